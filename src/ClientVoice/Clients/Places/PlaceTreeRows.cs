using System.Data.Common;
using ClientVoice.Clients.Changes;
using Dapper;

namespace ClientVoice.Clients.Places;

/// <summary>The rows of the tree: what a change would do to them, and doing it.</summary>
internal sealed class PlaceTreeRows(TimeProvider time)
{
    // What is above the place and would not be any more, and what would be.
    private const string Old = "(SELECT a.AncestorId FROM PlaceTree a WHERE a.DescendantId = @id AND a.Depth > 0)";
    private const string New = "(SELECT b.AncestorId FROM PlaceTree b WHERE b.DescendantId = @to)";

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>Undoes it within the caller's transaction: away before its month it never counted, later it is a change of its own, from the next month.</summary>
    /// <exception cref="CannotRestoreException">It would break something by now.</exception>
    public async Task MoveBackAsync(DbConnection connection, DbTransaction transaction, Guid id, Guid to, CancellationToken cancel)
    {
        if (await LookAsync(connection, transaction, id, to, cancel) is { Fault: not MovingFault.None and var fault })
        {
            throw new CannotRestoreException($"The place cannot be where it was: {fault}.");
        }

        var from = (await PlaceAsync(connection, transaction, id, cancel))!.ParentId!.Value;
        await PutAsync(connection, transaction, id, from, to, cancel);
    }

    /// <summary>Looks what it would do.</summary>
    public async Task<PlaceMoveEffect> LookAsync(DbConnection connection, DbTransaction? transaction, Guid id, Guid to, CancellationToken cancel)
    {
        var (place, below) = (await PlaceAsync(connection, transaction, id, cancel), await PlaceAsync(connection, transaction, to, cancel));
        var workers = await CountAsync(
            $"""
            SELECT COUNT(*) FROM Client c JOIN PlaceTree t ON t.DescendantId = c.PlaceId
            WHERE t.AncestorId = @id AND (c.UntilOn IS NULL OR c.UntilOn >= @today) AND c.RegularWorkerId IS NOT NULL
              AND EXISTS (SELECT 1 FROM PersonScope s WHERE s.PersonId = c.RegularWorkerId AND s.PlaceId IN {Old})
              AND NOT EXISTS (SELECT 1 FROM PersonScope s WHERE s.PersonId = c.RegularWorkerId AND s.PlaceId IN {New})
              AND NOT EXISTS (
                SELECT 1 FROM PersonScope s JOIN PlaceTree u ON u.AncestorId = s.PlaceId JOIN PlaceTree v ON v.DescendantId = s.PlaceId AND v.AncestorId = @id
                WHERE s.PersonId = c.RegularWorkerId AND u.DescendantId = c.PlaceId)
            """);
        return new PlaceMoveEffect(
            await FaultAsync(),
            await CountAsync("SELECT COUNT(*) FROM PlaceTree WHERE AncestorId = @id AND Depth > 0"),
            await CountAsync("SELECT COUNT(*) FROM Client c JOIN PlaceTree t ON t.DescendantId = c.PlaceId WHERE t.AncestorId = @id AND c.FromOn <= @today AND (c.UntilOn IS NULL OR c.UntilOn >= @today)"),
            await CountAsync(People(Old, New)), await CountAsync(People(New, Old)),
            await CountAsync($"SELECT COUNT(*) FROM FeedKey k WHERE k.RevokedAt IS NULL AND ({InOne("k.PlaceId")} OR EXISTS (SELECT 1 FROM FeedKeyPlace f WHERE f.KeyId = k.Id AND {InOne("f.PlaceId")}))"),
            workers, PlacesOverTime.CountsFrom(Today));

        async Task<MovingFault> FaultAsync() =>
            place?.ParentId is null || below is null || place.ParentId == to || await CountAsync("SELECT COUNT(*) FROM PlaceTree WHERE AncestorId = @id AND DescendantId = @to") > 0 ? MovingFault.Nowhere
            : !PlaceStore.Below(below.Kind).Contains(place.Kind) ? MovingFault.Kind
            : below.ClosedOn is { } closes && (place.ClosedOn is null || place.ClosedOn > closes) ? MovingFault.Closed
            : await CountAsync("SELECT COUNT(*) FROM Place p WHERE p.ParentId = @to AND LOWER(p.Name) = (SELECT LOWER(q.Name) FROM Place q WHERE q.Id = @id)") > 0 ? MovingFault.Name
            : workers > 0 ? MovingFault.Workers : MovingFault.None;

        static string InOne(string place) => $"(({place} IN {Old} AND {place} NOT IN {New}) OR ({place} IN {New} AND {place} NOT IN {Old}))";

        // Who sees by what is in one, by nothing in the other, and not by the place itself.
        static string People(string by, string not) =>
            $"""
            SELECT COUNT(*) FROM Person q WHERE q.DisabledAt IS NULL AND EXISTS (SELECT 1 FROM PersonScope s WHERE s.PersonId = q.Id AND s.PlaceId IN {by})
              AND NOT EXISTS (SELECT 1 FROM PersonScope s WHERE s.PersonId = q.Id AND (s.PlaceId = @id OR s.PlaceId IN {not}))
            """;

        Task<int> CountAsync(string sql) => connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { id, to, today = Today }, transaction, cancellationToken: cancel));
    }

    /// <summary>Does it, within the caller's transaction.</summary>
    public async Task PutAsync(DbConnection connection, DbTransaction transaction, Guid id, Guid from, Guid to, CancellationToken cancel)
    {
        await RunAsync("UPDATE Place SET ParentId = @to WHERE Id = @id");
        // What is below comes along as it is; what was above all of it makes way for what is above now.
        await RunAsync(
            """
            DELETE FROM PlaceTree WHERE DescendantId IN (SELECT d.DescendantId FROM PlaceTree d WHERE d.AncestorId = @id)
              AND AncestorId NOT IN (SELECT d.DescendantId FROM PlaceTree d WHERE d.AncestorId = @id)
            """);
        await RunAsync(
            """
            INSERT INTO PlaceTree (AncestorId, DescendantId, Depth)
            SELECT a.AncestorId, d.DescendantId, a.Depth + d.Depth + 1 FROM PlaceTree a CROSS JOIN PlaceTree d WHERE a.DescendantId = @to AND d.AncestorId = @id
            """);
        // Of what happens to a place within a month the first and the last count; there and back is as if it had not been.
        var counted = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "SELECT FromParentId FROM PlaceMove WHERE PlaceId = @id AND CountsFrom = @counts", new { id, counts = PlacesOverTime.CountsFrom(Today) }, transaction, cancellationToken: cancel));
        await RunAsync(
            counted is null ? "INSERT INTO PlaceMove (Id, PlaceId, FromParentId, ToParentId, CountsFrom, MovedAt) VALUES (@move, @id, @from, @to, @counts, @now)"
            : counted == to ? "DELETE FROM PlaceMove WHERE PlaceId = @id AND CountsFrom = @counts"
            : "UPDATE PlaceMove SET ToParentId = @to, MovedAt = @now WHERE PlaceId = @id AND CountsFrom = @counts");

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(
            sql, new { id, from, to, move = Guid.CreateVersion7(time.GetUtcNow()), counts = PlacesOverTime.CountsFrom(Today), now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
    }

    /// <summary>A place as it is; null where there is none.</summary>
    public static Task<Row?> PlaceAsync(DbConnection connection, DbTransaction? transaction, Guid id, CancellationToken cancel) => connection.QuerySingleOrDefaultAsync<Row?>(
        new CommandDefinition("SELECT ParentId, Kind, Name, ClosedOn FROM Place WHERE Id = @id", new { id }, transaction, cancellationToken: cancel));

    /// <summary>A place.</summary>
    internal sealed record Row
    {
        public Guid? ParentId { get; init; }

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";

        public DateOnly? ClosedOn { get; init; }
    }
}
