using ClientVoice.Clients.Changes;
using ClientVoice.Database;

namespace ClientVoice.Clients.Places;

/// <summary>Why a place cannot be put under another one.</summary>
internal enum MovingFault
{
    None,

    /// <summary>It is there already, or is the organisation itself, or the other one is below it.</summary>
    Nowhere,

    /// <summary>A place of this kind does not belong below one of that kind.</summary>
    Kind,

    /// <summary>The other one is closed, or closes while this one goes on.</summary>
    Closed,

    /// <summary>The other one has a place of this name already.</summary>
    Name,

    /// <summary>Clients there have a regular worker who would not see the place any more.</summary>
    Workers,
}

/// <summary>What putting a place under another one would do.</summary>
/// <param name="Places">Below it, that come along.</param>
/// <param name="Clients">In support there and below.</param>
/// <param name="Lose">Members of staff who see it now and would not any more.</param>
/// <param name="Gain">Members of staff who do not see it now and would.</param>
/// <param name="Keys">Keys of the feed that would read it, or not any more.</param>
/// <param name="Workers">Clients whose regular worker would not see them any more.</param>
/// <param name="CountsFrom">The first day on which what is said there counts below the other one.</param>
internal sealed record PlaceMoveEffect(MovingFault Fault, int Places, int Clients, int Lose, int Gain, int Keys, int Workers, DateOnly CountsFrom);

/// <summary>Puts a place, with everything below it, under another one.</summary>
internal sealed class PlaceMover(IDatabase database, DeskChanges changes, PlaceTreeRows rows)
{
    /// <summary>Looks what it would do; changes nothing.</summary>
    public async Task<PlaceMoveEffect> LookAsync(Guid id, Guid to, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await rows.LookAsync(connection, null, id, to, cancel);
    }

    /// <summary>Does it, as a change that can be undone; nothing where there is a fault.</summary>
    public async Task<(MovingFault Fault, Guid Change)> MoveAsync(Guid id, Guid to, Guid madeBy, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (await rows.LookAsync(connection, transaction, id, to, cancel) is { Fault: not MovingFault.None and var fault })
        {
            return (fault, default);
        }

        var place = (await PlaceTreeRows.PlaceAsync(connection, transaction, id, cancel))!;
        await rows.PutAsync(connection, transaction, id, place.ParentId!.Value, to, cancel);
        var change = await changes.AddAsync(connection, transaction, Subjects.Place, id, new PlaceStore.PlaceBefore(place.Name, place.ClosedOn, place.ParentId), madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return (MovingFault.None, change);
    }
}

