using System.Data.Common;
using System.Text.Json;
using ClientVoice.Clients.Changes;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Places;

/// <summary>A place as the desk shows it.</summary>
/// <param name="Depth">Below the top of what this person sees: 0, 1, ...</param>
/// <param name="Clients">In support there today, at this place itself.</param>
/// <param name="Staff">Whose scope names this place.</param>
internal sealed record PlaceLine(Guid Id, Guid? ParentId, string Kind, string Name, DateOnly? ClosedOn, int Depth, int Clients, int Staff)
{
    /// <summary>Whether somebody can be placed there on a day.</summary>
    public bool IsOpenOn(DateOnly day) => ClosedOn is null || day < ClosedOn;
}

/// <summary>Why a place cannot be closed.</summary>
internal enum ClosingFault
{
    None,

    /// <summary>Clients are in support there on that day or later.</summary>
    Clients,

    /// <summary>A place below it is open on that day.</summary>
    PlacesBelow,

    /// <summary>A client is going to move to it.</summary>
    MovesAhead,

    /// <summary>The organisation itself.</summary>
    Organisation,
}

/// <summary>Adds, renames and closes places.</summary>
internal sealed class PlaceStore(IDatabase database, DeskChanges changes, TimeProvider time)
{
    /// <summary>Organisation above region above location above team; a level that an organisation has not is passed over.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["organisation", "region", "location", "team"];

    /// <summary>The kinds that can stand below a kind.</summary>
    public static IReadOnlyList<string> Below(string kind) => kind switch
    {
        "organisation" => ["location", "region", "team"],
        "region" => ["location"],
        "location" => ["team"],
        _ => [],
    };

    /// <summary>The places in a person's scope as a tree, each right below its parent, by name; with how many clients of the groups in scope.</summary>
    public Task<IReadOnlyList<PlaceLine>> InScopeAsync(Guid personId, DateOnly today, CancellationToken cancel) =>
        TreeAsync($" WHERE p.Id IN {ScopeSql.Places("@personId")}", $" AND {ScopeSql.Group("c.GroupId", "@personId")}", new { personId, today }, cancel);

    /// <summary>The whole tree, for who works at the terminal.</summary>
    public Task<IReadOnlyList<PlaceLine>> AllAsync(DateOnly today, CancellationToken cancel) => TreeAsync("", "", new { today }, cancel);

    private async Task<IReadOnlyList<PlaceLine>> TreeAsync(string where, string counted, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<PlaceRow>(new CommandDefinition(
            $"""
            SELECT p.Id, p.ParentId, p.Kind, p.Name, p.ClosedOn,
              (SELECT COUNT(*) FROM Client c WHERE c.PlaceId = p.Id AND c.FromOn <= @today AND (c.UntilOn IS NULL OR c.UntilOn >= @today){counted}) AS Clients,
              (SELECT COUNT(*) FROM PersonScope s JOIN Person q ON q.Id = s.PersonId WHERE s.PlaceId = p.Id AND q.DisabledAt IS NULL) AS Staff
            FROM Place p{where}
            """,
            values, cancellationToken: cancel))).ToList();
        var children = rows.ToLookup(r => r.ParentId);
        var ids = rows.Select(r => r.Id).ToHashSet();
        return [.. Sorted(rows.Where(r => r.ParentId is not { } parent || !ids.Contains(parent))).SelectMany(top => Tree(top, 0))];

        IEnumerable<PlaceLine> Tree(PlaceRow row, int depth) =>
            Sorted(children[row.Id]).SelectMany(child => Tree(child, depth + 1))
                .Prepend(new PlaceLine(row.Id, row.ParentId, row.Kind, row.Name, row.ClosedOn, depth, row.Clients, row.Staff));

        static IEnumerable<PlaceRow> Sorted(IEnumerable<PlaceRow> places) => places.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id);
    }

    /// <summary>Adds a place below another.</summary>
    public async Task<(Guid Place, Guid Change)> AddAsync(Guid parentId, string kind, string name, Guid madeBy, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ClientStore.AddPlaceAsync(connection, transaction, new Place(id, parentId, kind, name, null), cancel);
        var change = await changes.AddAsync(connection, transaction, Subjects.Place, id, null, madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return (id, change);
    }

    /// <summary>Gives a place another name.</summary>
    public Task<Guid> RenameAsync(Guid id, string name, Guid madeBy, CancellationToken cancel) => ChangeAsync(id, madeBy, before => before with { Name = name }, cancel);

    /// <summary>Closes a place, or opens it again.</summary>
    /// <param name="closedOn">The first day on which nobody is there any more; null opens it.</param>
    public Task<Guid> CloseAsync(Guid id, DateOnly? closedOn, Guid madeBy, CancellationToken cancel) => ChangeAsync(id, madeBy, before => before with { ClosedOn = closedOn }, cancel);

    /// <summary>Why a place cannot be closed on a day.</summary>
    public async Task<ClosingFault> WhyNotCloseAsync(Guid id, DateOnly closedOn, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await CountAsync("SELECT COUNT(*) FROM Place WHERE Id = @id AND ParentId IS NULL") > 0)
        {
            return ClosingFault.Organisation;
        }

        // Below it too: who is at a team is at its location. Who will have moved by then is not there, who is going to come would be.
        return await CountAsync("SELECT COUNT(*) FROM Client c JOIN PlaceTree t ON t.DescendantId = c.PlaceId WHERE t.AncestorId = @id AND (c.UntilOn IS NULL OR c.UntilOn >= @closedOn) AND NOT EXISTS (SELECT 1 FROM ClientMoveAhead a WHERE a.ClientId = c.Id AND a.EndedAt IS NULL AND a.MovesOn <= @closedOn AND a.ToPlaceId NOT IN (SELECT b.DescendantId FROM PlaceTree b WHERE b.AncestorId = @id))") > 0
            ? ClosingFault.Clients
            : await CountAsync("SELECT COUNT(*) FROM Place p JOIN PlaceTree t ON t.DescendantId = p.Id WHERE t.AncestorId = @id AND t.Depth > 0 AND (p.ClosedOn IS NULL OR p.ClosedOn > @closedOn)") > 0
                ? ClosingFault.PlacesBelow
                : await CountAsync("SELECT COUNT(*) FROM ClientMoveAhead a JOIN PlaceTree t ON t.DescendantId = a.ToPlaceId WHERE t.AncestorId = @id AND a.EndedAt IS NULL") > 0
                ? ClosingFault.MovesAhead
                : ClosingFault.None;

        Task<int> CountAsync(string sql) => connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { id, closedOn }, cancellationToken: cancel));
    }

    private async Task<Guid> ChangeAsync(Guid id, Guid madeBy, Func<PlaceBefore, PlaceBefore> change, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var row = await connection.QuerySingleAsync<PlaceRow>(new CommandDefinition("SELECT Name, ClosedOn FROM Place WHERE Id = @id", new { id }, transaction, cancellationToken: cancel));
        var before = new PlaceBefore(row.Name, row.ClosedOn);
        await SetAsync(connection, transaction, id, change(before), cancel);
        var made = await changes.AddAsync(connection, transaction, Subjects.Place, id, before, madeBy, cancel);
        await transaction.CommitAsync(cancel);
        return made;
    }

    private static Task SetAsync(DbConnection connection, DbTransaction transaction, Guid id, PlaceBefore place, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        "UPDATE Place SET Name = @Name, ClosedOn = @ClosedOn WHERE Id = @id", new { id, place.Name, place.ClosedOn }, transaction, cancellationToken: cancel));

    /// <summary>Puts places back.</summary>
    internal sealed class Restore(PlaceTreeRows tree) : IRestore
    {
        public string Subject => Subjects.Place;

        public async Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel)
        {
            if (change.Before is not null)
            {
                var before = JsonSerializer.Deserialize<PlaceBefore>(change.Before)!;
                await SetAsync(connection, transaction, change.SubjectId, before, cancel);
                if (before.ParentId is { } parent)
                {
                    await tree.MoveBackAsync(connection, transaction, change.SubjectId, parent, cancel);
                }

                return;
            }

            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM PlaceTree WHERE DescendantId = @SubjectId", change, transaction, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM Place WHERE Id = @SubjectId", change, transaction, cancellationToken: cancel));
        }
    }

    /// <summary>How a place was.</summary>
    /// <param name="ParentId">What it was below, where that is what changed; else null.</param>
    internal sealed record PlaceBefore(string Name, DateOnly? ClosedOn, Guid? ParentId = null);

    private sealed record PlaceRow
    {
        public Guid Id { get; init; }

        public Guid? ParentId { get; init; }

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";

        public DateOnly? ClosedOn { get; init; }

        public int Clients { get; init; }

        public int Staff { get; init; }
    }
}
