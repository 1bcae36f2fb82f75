// A move that is entered ahead of its day waits here, and becomes an ordinary move on that day: a job looks every few minutes. Whatever
// reads clients knows one place and one group, those of today, so nothing else has to know of days to come.
using ClientVoice.Access;
using ClientVoice.Clients.Places;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Register;

/// <summary>A move to come, or what became of one.</summary>
/// <param name="PlaceId">Where to; null: the place stays.</param>
/// <param name="GroupId">Into which client group; null: the group stays.</param>
/// <param name="RegularWorkerId">At the new place; null: nobody yet.</param>
/// <param name="Became">One of <see cref="MovesAhead.Outcomes"/>; null while it waits.</param>
internal sealed record MoveAhead(Guid Id, Guid ClientId, Guid? PlaceId, Guid? GroupId, Guid? RegularWorkerId, DateOnly MovesOn, Guid MadeBy, string? Became);

/// <summary>What came of planning or withdrawing a move.</summary>
internal enum Planned
{
    Done,

    /// <summary>Another one waits: withdraw that first.</summary>
    AnotherWaits,

    /// <summary>It has taken effect or was withdrawn already.</summary>
    TooLate,

    /// <summary>The place that the client would stay at is closed or closes.</summary>
    PlaceCloses,
}

/// <summary>Keeps moves that are entered ahead, and has them take effect.</summary>
internal sealed class MovesAhead(IDatabase database, ClientRegister register, ClientWriter writer, Changes.DeskChanges changes, StaffStore staff, TimeProvider time)
{
    /// <summary>How far ahead a move can be entered: further than anybody plans one.</summary>
    public const int MostYears = 1;

    /// <summary>What can become of one: it took effect; it was withdrawn; the client had left; the place was closed.</summary>
    public static readonly IReadOnlyList<string> Outcomes = [Moved, Withdrawn, Left, Closed];

    private const string Moved = "moved";
    private const string Withdrawn = "withdrawn";
    private const string Left = "left";
    private const string Closed = "closed";

    private const string Columns = "Id, ClientId, ToPlaceId, ToGroupId, RegularWorkerId, MovesOn, MadeBy, Became";

    /// <summary>Every move of a client that waits, was withdrawn or could not be, newest first; those that took effect are moves.</summary>
    public async Task<IReadOnlyList<MoveAhead>> OfAsync(Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await ReadAsync(connection, null, $"SELECT {Columns} FROM ClientMoveAhead WHERE ClientId = @clientId AND (Became IS NULL OR Became <> 'moved') ORDER BY MovesOn DESC, Id DESC", new { clientId }, cancel);
    }

    /// <summary>Keeps a move for its day. A client has one at a time.</summary>
    public async Task<Planned> PlanAsync(Guid clientId, Guid? placeId, Guid? groupId, Guid? workerId, DateOnly movesOn, Guid madeBy, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM ClientMoveAhead WHERE ClientId = @clientId AND EndedAt IS NULL", new { clientId }, transaction, cancellationToken: cancel)) > 0)
        {
            return Planned.AnotherWaits;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO ClientMoveAhead (Id, ClientId, ToPlaceId, ToGroupId, RegularWorkerId, MovesOn, MadeBy, MadeAt)
            VALUES (@id, @clientId, @placeId, @groupId, @workerId, @movesOn, @madeBy, @now)
            """,
            new { id = Guid.CreateVersion7(time.GetUtcNow()), clientId, placeId, groupId, workerId, movesOn, madeBy, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return Planned.Done;
    }

    /// <summary>Takes a move back before its day. The row stays, as withdrawn.</summary>
    /// <param name="clientId">Whose it is: the caller has seen that the client is in scope.</param>
    public async Task<Planned> WithdrawAsync(Guid id, Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        // A place may close because everybody was going to be gone.
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            SELECT COUNT(*) FROM Client c JOIN Place p ON p.Id = c.PlaceId JOIN ClientMoveAhead a ON a.ClientId = c.Id
            WHERE a.Id = @id AND a.ToPlaceId IS NOT NULL AND p.ClosedOn IS NOT NULL AND (c.UntilOn IS NULL OR c.UntilOn >= p.ClosedOn)
            """,
            new { id }, transaction, cancellationToken: cancel)) > 0)
        {
            return Planned.PlaceCloses;
        }

        var ended = await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ClientMoveAhead SET EndedAt = @now, Became = @Withdrawn WHERE Id = @id AND ClientId = @clientId AND EndedAt IS NULL",
            new { id, clientId, Withdrawn, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return ended == 1 ? Planned.Done : Planned.TooLate;
    }

    /// <summary>Has the moves whose day has come take effect, as of that day. What cannot be any more ends with the reason.</summary>
    /// <returns>The clients who moved.</returns>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        IReadOnlyList<MoveAhead> waiting;
        await using (var connection = await database.OpenAsync(cancel))
        {
            waiting = await ReadAsync(connection, null, $"SELECT {Columns} FROM ClientMoveAhead WHERE EndedAt IS NULL AND MovesOn <= @today ORDER BY MovesOn, Id", new { today }, cancel);
        }

        var moved = new List<Guid>();
        foreach (var move in waiting)
        {
            if (await CarryOutAsync(move, cancel) is not { } became)
            {
                // Somebody changed the client in this very moment: the next run takes it up again.
                continue;
            }

            await using var connection = await database.OpenAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE ClientMoveAhead SET EndedAt = @now, Became = @became WHERE Id = @Id AND EndedAt IS NULL", new { move.Id, became, now = time.GetUtcNow() }, cancellationToken: cancel));
            if (became == Moved)
            {
                moved.Add(move.ClientId);
            }
        }

        return moved;
    }

    // Where a run died between the move and its mark, the client is there already: then nothing changes, and it is marked now.
    private async Task<string?> CarryOutAsync(MoveAhead move, CancellationToken cancel)
    {
        var seen = await changes.NewestAsync(move.ClientId, cancel);
        var before = await register.FindAnywhereAsync(move.ClientId, cancel);
        if (before is null || before.UntilOn < move.MovesOn)
        {
            return Left;
        }

        if (move.PlaceId is { } place && await IsClosedAsync(place, move.MovesOn, cancel))
        {
            return Closed;
        }

        var (to, group) = (move.PlaceId ?? before.PlaceId, move.GroupId ?? before.GroupId);
        var worker = move.PlaceId is null ? before.RegularWorkerId : move.RegularWorkerId;
        // Who left meanwhile, or works elsewhere or with other groups, is nobody's regular worker there.
        var works = worker is not null && (await staff.WorkersAtAsync(to, group, cancel)).Any(w => w.Id == worker);
        var after = before with { PlaceId = to, GroupId = group, RegularWorkerId = works ? worker : null };
        return (after.PlaceId, after.GroupId) == (before.PlaceId, before.GroupId) ? Moved
            : (await writer.ChangeAsync(before, after, seen, move.MovesOn < before.FromOn ? before.FromOn : move.MovesOn, move.MadeBy, cancel)).Kept == Kept.Done ? Moved : null;
    }

    private async Task<bool> IsClosedAsync(Guid place, DateOnly on, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Place WHERE Id = @place AND ClosedOn <= @on", new { place, on }, cancellationToken: cancel)) > 0;
    }

    private static async Task<IReadOnlyList<MoveAhead>> ReadAsync(
        System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction? transaction, string sql, object values, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel)))
            .Select(r => new MoveAhead(r.Id, r.ClientId, r.ToPlaceId, r.ToGroupId, r.RegularWorkerId, r.MovesOn, r.MadeBy, r.Became))];

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid ClientId { get; init; }

        public Guid? ToPlaceId { get; init; }

        public Guid? ToGroupId { get; init; }

        public Guid? RegularWorkerId { get; init; }

        public DateOnly MovesOn { get; init; }

        public Guid MadeBy { get; init; }

        public string? Became { get; init; }
    }
}
