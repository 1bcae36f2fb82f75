using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Database;

namespace ClientVoice.Clients.Register;

/// <summary>What came of keeping a client.</summary>
internal enum Kept
{
    Done,

    /// <summary>Another client has this number in the client record system.</summary>
    NumberTaken,

    /// <summary>Somebody else changed the client since the form was opened.</summary>
    ChangedMeanwhile,
}

/// <summary>Adds and changes clients, each with a change that can be undone.</summary>
internal sealed class ClientWriter(IDatabase database, LookUps lookUps, ClientRows rows, DeskChanges changes)
{
    /// <summary>Adds a client.</summary>
    public Task<(Kept Kept, Guid Change)> AddAsync(ClientRecord client, Guid madeBy, CancellationToken cancel) => KeepAsync(client, null, null, null, madeBy, cancel);

    /// <summary>Changes a client.</summary>
    /// <param name="seen">The newest change when the form was opened.</param>
    /// <param name="movedOn">The day of a move, where the place or the group changed; null where it is put right rather than moved.</param>
    public Task<(Kept Kept, Guid Change)> ChangeAsync(ClientRecord before, ClientRecord client, Guid? seen, DateOnly? movedOn, Guid madeBy, CancellationToken cancel) =>
        KeepAsync(client, before, seen, movedOn, madeBy, cancel);

    private async Task<(Kept Kept, Guid Change)> KeepAsync(ClientRecord client, ClientRecord? before, Guid? seen, DateOnly? movedOn, Guid madeBy, CancellationToken cancel)
    {
        await lookUps.ReadyAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (before is not null && await changes.NewestAsync(connection, transaction, client.Id, cancel) != seen)
        {
            return (Kept.ChangedMeanwhile, default);
        }

        if (!await rows.WriteAsync(connection, transaction, await lookUps.InAsync(connection, transaction, cancel), client, before is null, cancel))
        {
            return (Kept.NumberTaken, default);
        }

        var change = await changes.AddAsync(connection, transaction, Subjects.Client, client.Id, before, madeBy, cancel);
        if (movedOn is { } day && before is not null)
        {
            await ClientRows.TraceMoveAsync(connection, transaction, change, before, client, day, cancel);
        }

        await transaction.CommitAsync(cancel);
        return (Kept.Done, change);
    }
}
