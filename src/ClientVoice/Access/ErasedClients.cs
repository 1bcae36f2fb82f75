// Erasing a client ends with the key: the rows go in one transaction that leaves a proof, then the key is destroyed, then the proof says
// so. Killed in between, it is taken up again by the proof. And the other way round: a database that is older than an erasure, put back
// from a copy, holds rows of somebody whose key is gone; the folder of keys says who that is.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>Why a client's key may be destroyed.</summary>
internal static class ErasureReasons
{
    /// <summary>The client was kept as long as was decided.</summary>
    public const string TimeIsOver = "time-is-over";

    /// <summary>Adding the client was undone.</summary>
    public const string Undone = "undone";
}

/// <summary>Keeps the proof of erased clients, and destroys their keys.</summary>
internal sealed class ErasedClients(IDatabase database, ClientKeys keys, TimeProvider time)
{
    /// <summary>Whoever undid a whole import by mistake has this long to put a copy of the database back; then the keys go.</summary>
    public static readonly TimeSpan UndoneStays = TimeSpan.FromDays(30);

    private const int IdsTogether = 200;

    /// <summary>Keeps the proof, in the transaction that takes the client's last rows away. The key is destroyed after it: <see cref="DestroyAsync"/>.</summary>
    /// <param name="by">Who decided; null where nobody signed in did.</param>
    /// <param name="reason">One of <see cref="ErasureReasons"/>.</param>
    public static Task RecordAsync(DbConnection connection, DbTransaction transaction, Guid client, Guid? by, string reason, DateTimeOffset at, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO ErasedClient (Id, ErasedAt, ErasedBy, Reason) SELECT @client, @at, @by, @reason WHERE NOT EXISTS (SELECT 1 FROM ErasedClient e WHERE e.Id = @client)",
            new { client, at, by, reason }, transaction, cancellationToken: cancel));

    /// <summary>Destroys every key whose client is gone.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DestroyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var waiting = (await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT Id, ErasedAt, ErasedBy, Reason FROM ErasedClient WHERE KeyGoneAt IS NULL AND (Reason <> @undone OR ErasedAt < @before)",
            new { undone = ErasureReasons.Undone, before = time.GetUtcNow() - UndoneStays }, cancellationToken: cancel))).ToList();
        foreach (var one in waiting)
        {
            cancel.ThrowIfCancellationRequested();
            keys.Destroy(one.Id, one.Proof);
            await connection.ExecuteAsync(new CommandDefinition("UPDATE ErasedClient SET KeyGoneAt = @now WHERE Id = @Id", new { one.Id, now = time.GetUtcNow() }, cancellationToken: cancel));
        }

        return waiting.Count;
    }

    /// <summary>Destroys again what came back: a folder of keys that was put back from an older copy holds keys of people who were erased since.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DestroyAgainAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var back = (await connection.QueryAsync<Row>(new CommandDefinition("SELECT Id, ErasedAt, ErasedBy, Reason FROM ErasedClient WHERE KeyGoneAt IS NOT NULL", cancellationToken: cancel)))
            .Where(one => keys.Folder.Has(one.Id)).ToList();
        back.ForEach(one => keys.Destroy(one.Id, one.Proof));
        return back.Count;
    }

    /// <summary>Clients whose rows are in the database though their key was destroyed: the database is older than that.</summary>
    public async Task<IReadOnlyList<(Guid Client, ErasureProof Proof)>> CameBackAsync(CancellationToken cancel)
    {
        var destroyed = keys.Folder.Destroyed();
        var back = new List<(Guid, ErasureProof)>();
        await using var connection = await database.OpenAsync(cancel);
        foreach (var some in destroyed.Chunk(IdsTogether).Select(IdList.Of))
        {
            back.AddRange((await connection.QueryAsync<Guid>(new CommandDefinition("SELECT Id FROM Client WHERE Id IN @some", new { some }, cancellationToken: cancel)))
                .Select(client => (client, keys.Folder.ProofOf(client)!)));
        }

        return back;
    }

    /// <summary>How many clients there are whose key is not in the folder, and who were not erased: the folder is older than the database, or not the one that belongs to it.</summary>
    public async Task<int> WithoutKeyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT Id FROM Client WHERE KeyedAt IS NOT NULL", cancellationToken: cancel)))
            .Count(client => !keys.Folder.Has(client) && keys.Folder.ProofOf(client) is null);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public DateTimeOffset ErasedAt { get; init; }

        public Guid? ErasedBy { get; init; }

        public string Reason { get; init; } = "";

        public ErasureProof Proof => new(ErasedAt, ErasedBy, Reason);
    }
}
