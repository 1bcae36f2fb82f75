using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Agreements;

/// <summary>Keeps what becomes of agreements.</summary>
internal sealed class AgreementStore(IDatabase database, Secrets secrets, TimeProvider time)
{
    /// <summary>It is done.</summary>
    /// <returns>False where somebody closed it meanwhile.</returns>
    public Task<bool> DoneAsync(Guid id, CancellationToken cancel) =>
        ChangeAsync($"UPDATE Agreement SET DoneAt = @now WHERE Id = @id AND DoneAt IS NULL AND NotDoneAt IS NULL", new { id, now = time.GetUtcNow() }, cancel);

    /// <summary>It was not done, and why.</summary>
    /// <returns>False where somebody closed it meanwhile.</returns>
    public async Task<bool> NotDoneAsync(Guid id, string reason, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("SELECT ClientId FROM Agreement WHERE Id = @id", new { id }, cancellationToken: cancel)) is not { } client)
        {
            return false;
        }

        var about = await secrets.ForAsync(client, cancel);
        return await ChangeAsync(
            "UPDATE Agreement SET NotDoneAt = @now, NotDoneReasonSecret = @reason WHERE Id = @id AND DoneAt IS NULL AND NotDoneAt IS NULL",
            new { id, now = time.GetUtcNow(), reason = about.Protect(SecretKind.Words, reason) }, cancel);
    }

    /// <summary>The client was told what became of it.</summary>
    /// <param name="how">One of <see cref="AgreementTexts.Ways"/>.</param>
    /// <returns>False where it was told already, or is still open.</returns>
    public Task<bool> ToldAsync(Guid id, DateOnly day, string how, Guid by, CancellationToken cancel)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return ChangeAsync(
            $"UPDATE Agreement SET ToldBackAt = @at, ToldBackHow = @how, ToldBackBy = @by WHERE Id = @id AND ToldBackAt IS NULL AND (DoneAt IS NOT NULL OR NotDoneAt IS NOT NULL)",
            new { id, at = new DateTimeOffset(noon, time.LocalTimeZone.GetUtcOffset(noon)).ToUniversalTime(), how, by }, cancel);
    }

    /// <summary>A slip: it is open again, and what was said of it is gone.</summary>
    public Task<bool> ReopenAsync(Guid id, CancellationToken cancel) => ChangeAsync(
        "UPDATE Agreement SET DoneAt = NULL, NotDoneAt = NULL, NotDoneReasonSecret = NULL, ToldBackAt = NULL, ToldBackHow = NULL, ToldBackBy = NULL WHERE Id = @id", new { id }, cancel);

    /// <summary>Somebody takes it over.</summary>
    public async Task<bool> HandOverAsync(Guid id, Guid owner, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition("UPDATE Agreement SET OwnerId = @owner WHERE Id = @id", new { id, owner }, cancellationToken: cancel)) == 1;
    }

    // What became of it is published: the outcomes are told in the same breath.
    private async Task<bool> ChangeAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel)) != 1)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition("INSERT INTO FollowUpChange (ConversationId) SELECT ConversationId FROM Agreement WHERE Id = @id", values, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return true;
    }
}
