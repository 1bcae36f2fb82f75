// Renews the key of look-up hashes while any number of nodes serve. From the moment it begins every node writes under the new key and
// looks under both (LookUps). What is kept encrypted beside its hash is hashed anew here, some rows in a transaction; what serves for an
// hour is waited for; what only its owner can bring again - an older link with a provider, a heading of a list - comes over when it is used, and goes when the
// time that was set is over. When nothing is left under the old key it is destroyed. Every step looks at what is there: cut off, it goes on.
using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>A renewal, under way or the last.</summary>
/// <param name="EndedAt">When the old key was destroyed; null while it is looked under.</param>
/// <param name="Left">Rows under the old key, by table.</param>
internal sealed record LookUpRenewalState(DateTimeOffset BeganAt, DateTimeOffset KeptUntil, DateTimeOffset? EndedAt, IReadOnlyList<(string Table, int Rows)> Left);

/// <summary>Begins a renewal, carries it on and ends it.</summary>
internal sealed class LookUpRenewal(
    IDatabase database, ServiceKeys keys, LookUps lookUps, Secrets secrets, AuditStore trail, IEnumerable<LookUpColumn> columns, IEnumerable<IHashedOtherwise> otherwise, TimeProvider time)
{
    /// <summary>A list that comes every month comes by within it.</summary>
    public const int UsualDays = 45;

    // Few enough that a tablet never waits for them.
    private const int RowsTogether = 100;

    // No digit of a hash, so that no hash without a tag ends in one.
    private const string TagLetters = "ghjkmnpqrstvwxyz";
    private const int TagLength = 8;

    /// <summary>Begins one.</summary>
    /// <param name="days">How long what only its owner can bring again is waited for; at least one, so that what serves for an hour is over.</param>
    /// <param name="by">Who begins.</param>
    /// <returns>False where one is under way: then nothing was changed.</returns>
    public async Task<bool> BeginAsync(int days, Guid? by, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        await lookUps.ReadyAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await AloneAsync(connection, cancel);
        if (await RetiredAsync(connection, transaction, cancel) is { GoneAt: null })
        {
            return false;
        }

        var now = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ServiceKey SET RetiredAt = @now, KeptUntil = @until WHERE Purpose = @purpose AND RetiredAt IS NULL", new { now, until = now.AddDays(days), purpose = ServiceKeys.LookUp }, transaction, cancellationToken: cancel));
        var id = await keys.NextLookUpKeyAsync(connection, transaction, RandomNumberGenerator.GetString(TagLetters, TagLength), cancel);
        await TellAsync(connection, transaction, by is null ? "system" : "person", by, "key.renewal-begin", $"service-key/{id}", cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>The renewal that is under way, or else the last; null where there was none.</summary>
    public Task<LookUpRenewalState?> StateAsync(CancellationToken cancel) => lookUps.LookAsync(async (connection, moment, current) =>
        await RetiredAsync(connection, moment, cancel) is not { } retired ? null : new LookUpRenewalState(
            retired.RetiredAt, retired.KeptUntil, retired.GoneAt, retired.GoneAt is null ? await LeftAsync(connection, moment, current, cancel) : []), cancel);

    /// <summary>Hashes anew what can be, and lets go what has served or whose time is over.</summary>
    /// <param name="progress">Rows that came over, of how many.</param>
    /// <returns>How many rows came over, and how many went.</returns>
    public async Task<(int Over, int Gone)> GoOnAsync(LookUpRenewalState state, Action<int, int> progress, CancellationToken cancel)
    {
        var (over, gone, total) = (0, 0, state.Left.Sum(l => l.Rows));
        foreach (var one in otherwise)
        {
            over += await one.BringOverAsync(cancel);
        }

        foreach (var column in columns)
        {
            over += await RehashAsync(column, done => progress(Math.Min(over + done, total), total), cancel);
            gone += await LetServedGoAsync(column, cancel);
        }

        return (over, time.GetUtcNow() < state.KeptUntil ? gone : gone + await LetRestGoAsync(cancel));
    }

    /// <summary>Destroys the old key where nothing is left under it.</summary>
    /// <returns>Whether it was destroyed now.</returns>
    public async Task<bool> EndAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await SayAsync(database.Dialect.WriteOver.Before);
        await using var transaction = await AloneAsync(connection, cancel);
        if (await RetiredAsync(connection, transaction, cancel) is not { GoneAt: null } retired
            || (await LeftAsync(connection, transaction, await lookUps.InAsync(connection, transaction, cancel), cancel)).Count > 0)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ServiceKey SET KeySecret = @nothing, GoneAt = @now WHERE Id = @Id", new { nothing = Array.Empty<byte>(), now = time.GetUtcNow(), retired.Id }, transaction, cancellationToken: cancel));
        await TellAsync(connection, transaction, "system", null, "key.renewal-end", $"service-key/{retired.Id}", cancel);
        await transaction.CommitAsync(cancel);
        await SayAsync(database.Dialect.WriteOver.After);
        return true;

        Task SayAsync(string word) => word.Length == 0 ? Task.CompletedTask : connection.ExecuteAsync(new CommandDefinition(word, cancellationToken: cancel));
    }

    // Every transaction that reads keys to write has ended, and none begins: whatever is written after this is written knowing it.
    private async Task<DbTransaction> AloneAsync(DbConnection connection, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
        await connection.ExecuteAsync(new CommandDefinition($"SELECT COUNT(*) FROM ServiceKey{database.Dialect.Alone} WHERE Purpose = ''", transaction: transaction, cancellationToken: cancel));
        return transaction;
    }

    private static Task<RetiredKey?> RetiredAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel) => connection.QueryFirstOrDefaultAsync<RetiredKey>(new CommandDefinition(
        "SELECT Id, RetiredAt, KeptUntil, GoneAt FROM ServiceKey WHERE Purpose = @purpose AND RetiredAt IS NOT NULL ORDER BY CASE WHEN GoneAt IS NULL THEN 0 ELSE 1 END, GoneAt DESC",
        new { purpose = ServiceKeys.LookUp }, transaction, cancellationToken: cancel));

    private async Task<IReadOnlyList<(string Table, int Rows)>> LeftAsync(DbConnection connection, DbTransaction transaction, LookUpKeys current, CancellationToken cancel)
    {
        var left = new List<(string, int)>();
        foreach (var column in columns)
        {
            var rows = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                $"SELECT COUNT(*) FROM {column.Table} WHERE {Old(column)}", new { current = Current(current) }, transaction, cancellationToken: cancel));
            if (rows > 0)
            {
                left.Add((column.Table, rows));
            }
        }

        return left;
    }

    private async Task<int> RehashAsync(LookUpColumn column, Action<int> told, CancellationToken cancel)
    {
        if (column.Text is null)
        {
            return 0;
        }

        var waiting = await lookUps.LookAsync(async (connection, moment, current) => (await connection.QueryAsync<HashedRow>(new CommandDefinition(
            $"SELECT {column.Column} AS Hash, {column.Text} AS Secret FROM {column.Table} WHERE {Old(column)} AND {column.Text} IS NOT NULL", new { current = Current(current) }, moment, cancellationToken: cancel))).ToList(), cancel);
        var over = 0;
        foreach (var some in waiting.Chunk(RowsTogether))
        {
            // What cannot be read, for want of a key, stays under the old one, and is waited for. What was changed meanwhile is under the new one already.
            var texts = some.Select(row => (row.Hash, Text: secrets.OpenOrNull(SecretKind.Name, row.Secret))).Where(row => row.Text is not null).ToList();
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
            var current = await lookUps.InAsync(connection, transaction, cancel);
            over += await connection.ExecuteAsync(new CommandDefinition(
                $"UPDATE {column.Table} SET {column.Column} = @hash WHERE {column.Column} = @was", texts.Select(row => new { hash = current.Hash(row.Text!), was = row.Hash }).ToList(), transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
            told(over);
        }

        return over;
    }

    private async Task<int> LetServedGoAsync(LookUpColumn column, CancellationToken cancel)
    {
        if (column.Served is not { } served)
        {
            return 0;
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
        var gone = await connection.ExecuteAsync(new CommandDefinition(
            $"{column.LetGo} WHERE {Old(column)} AND {served.Column} < @before",
            new { current = Current(await lookUps.InAsync(connection, transaction, cancel)), before = time.GetUtcNow() - served.After }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return gone;
    }

    private async Task<int> LetRestGoAsync(CancellationToken cancel)
    {
        var gone = 0;
        await using var connection = await database.OpenAsync(cancel);
        foreach (var column in columns.Where(c => c.GoesInTheEnd))
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
            var values = new { current = Current(await lookUps.InAsync(connection, transaction, cancel)) };
            if (column.Person is { } person)
            {
                foreach (var id in await connection.QueryAsync<Guid>(new CommandDefinition($"SELECT {person} FROM {column.Table} WHERE {Old(column)}", values, transaction, cancellationToken: cancel)))
                {
                    await TellAsync(connection, transaction, "system", null, "person.unlink", $"person/{id}", cancel);
                }
            }

            gone += await connection.ExecuteAsync(new CommandDefinition($"{column.LetGo} WHERE {Old(column)}", values, transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
        }

        return gone;
    }

    private static string Old(LookUpColumn column) => $"{column.Column} IS NOT NULL AND {column.Column} NOT LIKE @current";

    private static string Current(LookUpKeys current) => "%" + current.Tag;

    private Task TellAsync(DbConnection connection, DbTransaction transaction, string kind, Guid? by, string action, string about, CancellationToken cancel) =>
        trail.AppendAsync(connection, transaction, [new TimedEvent(new AuditEvent(kind, by, action, about, null, "done"), time.GetUtcNow())], cancel);

    private sealed record RetiredKey
    {
        public string Id { get; init; } = "";

        public DateTimeOffset RetiredAt { get; init; }

        public DateTimeOffset KeptUntil { get; init; }

        public DateTimeOffset? GoneAt { get; init; }
    }

    private sealed record HashedRow
    {
        public string Hash { get; init; } = "";

        public byte[] Secret { get; init; } = [];
    }
}
