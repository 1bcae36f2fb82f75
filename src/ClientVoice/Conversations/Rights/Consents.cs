// What a client agreed to can be taken back. Quotes: from then on no words of this client are quoted, not those said before either.
// Asking: no conversation is due any more; one that the client wants can still be held.
using ClientVoice.Clients;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>Something that was taken back.</summary>
/// <param name="AgainAt">When it was given again; null while it stands.</param>
internal sealed record Withdrawal(string Kind, DateTimeOffset WithdrawnAt, DateTimeOffset? AgainAt);

/// <summary>Keeps what clients take back.</summary>
internal sealed class Consents(IDatabase database, TimeProvider time)
{
    public const string Quotes = "quotes";
    public const string Asking = "asking";

    public static readonly IReadOnlyList<string> Kinds = [Quotes, Asking];

    /// <summary>What a client took back, newest first.</summary>
    public async Task<IReadOnlyList<Withdrawal>> OfAsync(Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT Kind, WithdrawnAt, AgainAt FROM ConsentWithdrawal WHERE ClientId = @clientId ORDER BY WithdrawnAt DESC, Id DESC", new { clientId }, cancellationToken: cancel));
        return [.. rows.Select(r => new Withdrawal(r.Kind, r.WithdrawnAt, r.AgainAt))];
    }

    /// <summary>Takes it back; does nothing where it was already.</summary>
    public async Task WithdrawAsync(Guid clientId, string kind, Guid by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var values = new { id = Guid.CreateVersion7(now), clientId, kind, now, by };
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM ConsentWithdrawal WHERE ClientId = @clientId AND Kind = @kind AND AgainAt IS NULL", values, transaction, cancellationToken: cancel)) > 0)
        {
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO ConsentWithdrawal (Id, ClientId, Kind, WithdrawnAt, WithdrawnBy) VALUES (@id, @clientId, @kind, @now, @by)", values, transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, [clientId], cancel);
        if (kind == Quotes)
        {
            await connection.ExecuteAsync(new CommandDefinition("UPDATE Conversation SET QuotesAllowed = @no WHERE ClientId = @clientId", new { clientId, no = false }, transaction, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM Quote WHERE ConversationId IN (SELECT v.Id FROM Conversation v WHERE v.ClientId = @clientId)", new { clientId }, transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>It is given again. What was said before stays unquoted: that was not asked about.</summary>
    public async Task AgainAsync(Guid clientId, string kind, Guid by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ConsentWithdrawal SET AgainAt = @now, AgainBy = @by WHERE ClientId = @clientId AND Kind = @kind AND AgainAt IS NULL", new { clientId, kind, by, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, [clientId], cancel);
        await transaction.CommitAsync(cancel);
    }

    private sealed record Row
    {
        public string Kind { get; init; } = "";

        public DateTimeOffset WithdrawnAt { get; init; }

        public DateTimeOffset? AgainAt { get; init; }
    }
}
