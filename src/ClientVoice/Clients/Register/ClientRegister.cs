// Names are cipher text, so the database can neither search nor sort them. A list that is sorted and filtered by what the
// database can read is paged there, and only the names on the page are opened. A search for a name, or an order by name, opens
// the names of everyone in the person's scope who passes the other filters: a few thousand at most, in memory, gone with the
// answer. Keyed hashes of names were weighed and left: they find whole names only, and equal names would show as equal in a
// stolen database. The number in the client record system does have one: it is looked up exactly, ten thousand at a time.
using System.Data.Common;
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell.Lists;
using Dapper;

namespace ClientVoice.Clients.Register;

/// <summary>Which clients a list shows.</summary>
/// <param name="Place">It and everything below it; null for all in scope.</param>
/// <param name="State"><c>here</c>, <c>left</c> or <c>all</c>.</param>
/// <param name="Search">Part of a name, or a whole number in the client record system; null for everyone.</param>
internal sealed record ClientFilter(Guid? Place, Guid? Group, string State, string? Search = null)
{
    public const string Here = "here";
    public const string Left = "left";
    public const string Everyone = "all";
}

/// <summary>Part of a list, and how many there are in all.</summary>
internal sealed record ClientListPart(IReadOnlyList<ClientLine> Lines, int Total);

/// <summary>Finds and reads clients in somebody's scope.</summary>
internal sealed class ClientRegister(IDatabase database, OpenedNames names, LookUps lookUps, TimeProvider time)
{
    /// <summary>The column that only memory can sort.</summary>
    public const string ByName = "name";

    // By these the database sorts. Every order ends in the id, so that no page shows a row of another.
    private static readonly Dictionary<string, string> Orders = new()
    {
        ["place"] = "p.Name",
        ["group"] = "g.NameNl",
        ["since"] = "c.FromOn",
    };

    private const string Lines = "SELECT c.Id, c.NameSecret, c.ShortNameSecret, c.PlaceId, p.Name AS PlaceName, c.GroupId, c.Communication, c.RegularWorkerId, c.FromOn, c.UntilOn";

    private const string Record =
        "c.Id, c.NameSecret, c.ShortNameSecret, c.YearOfBirth, c.Communication, c.PlaceId, c.GroupId, c.RegularWorkerId, c.FromOn, c.UntilOn, (SELECT n.NumberSecret FROM ClientNumber n WHERE n.ClientId = c.Id) AS NumberSecret";

    private static readonly string InScope =
        $"""
        FROM Client c JOIN Place p ON p.Id = c.PlaceId JOIN ClientGroup g ON g.Id = c.GroupId
        WHERE {ScopeSql.Of("c", "@person")}
        """;

    /// <summary>The columns by which a list can be sorted, the usual one first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [ByName, .. Orders.Keys];

    /// <summary>A part of the list.</summary>
    public async Task<ClientListPart> ListAsync(Guid person, ClientFilter filter, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        var search = filter.Search?.Trim();
        var isSearch = !string.IsNullOrEmpty(search);
        var (where, values) = Where(person, filter);
        if (!isSearch && Orders.TryGetValue(sort, out var column))
        {
            await using var connection = await database.OpenAsync(cancel);
            values.Add("skip", skip);
            values.Add("take", take);
            var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {where}", values, cancellationToken: cancel));
            var rows = await connection.QueryAsync<LineRow>(new CommandDefinition(
                $"{Lines} {where} ORDER BY {column}{(descending ? " DESC" : "")}, c.Id{database.Dialect.Page("@skip", "@take")}", values, cancellationToken: cancel));
            return new ClientListPart([.. rows.Select(Open)], total);
        }

        var everyone = await lookUps.LookAsync(
            (looking, moment, keys) =>
            {
                values.Add("hashes", isSearch ? keys.All(search!) : []);
                return looking.QueryAsync<LineRow>(new CommandDefinition(
                    $"{Lines}, CASE WHEN EXISTS (SELECT 1 FROM ClientNumber n WHERE n.ClientId = c.Id AND n.NumberHash IN @hashes) THEN 1 ELSE 0 END AS HasNumber {where}", values, moment, cancellationToken: cancel));
            },
            cancel);
        // Opened on all cores: it is all that this takes.
        List<(LineRow Row, string Name)> found = [.. everyone.AsParallel().Select(row => (Row: row, Name: Name(row.NameSecret)))
            .Where(r => !isSearch || r.Row.HasNumber == 1 || NameSearch.Matches($"{r.Name} {Name(r.Row.ShortNameSecret)}", search!))];
        var comparer = StringComparer.Create(CultureInfo.GetCultureInfo("nl-NL"), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);
        var sorted = descending ? found.OrderByDescending(r => r.Name, comparer).ThenBy(r => r.Row.Id) : found.OrderBy(r => r.Name, comparer).ThenBy(r => r.Row.Id);
        return new ClientListPart([.. sorted.Skip(skip).Take(take).Select(r => Open(r.Row))], found.Count);
    }

    /// <summary>Everything that is kept about a client; null where there is none in this person's scope.</summary>
    public async Task<ClientRecord?> FindAsync(Guid id, Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<RecordRow>(new CommandDefinition(
            $"SELECT {Record} {InScope} AND c.Id = @id",
            new { person, id }, cancellationToken: cancel));
        return row is null ? null : await OpenAsync(connection, row, cancel);
    }

    /// <summary>The same wherever the client is, for work that nobody asks for: a move whose day has come.</summary>
    public async Task<ClientRecord?> FindAnywhereAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<RecordRow>(new CommandDefinition($"SELECT {Record} FROM Client c WHERE c.Id = @id", new { id }, cancellationToken: cancel));
        return row is null ? null : await OpenAsync(connection, row, cancel);
    }

    /// <summary>The same, to read only: also of a client elsewhere, where this person has access in an emergency.</summary>
    /// <returns>The client, and whether it is by that access.</returns>
    public async Task<(ClientRecord Client, bool IsEmergency)?> FindToReadAsync(Guid id, Guid person, CancellationToken cancel)
    {
        if (await FindAsync(id, person, cancel) is { } own)
        {
            return (own, false);
        }

        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<RecordRow>(new CommandDefinition(
            $"SELECT {Record} FROM Client c WHERE c.Id = @id AND c.Id IN ({EmergencyAccess.Clients})", new { id, personId = person, now = time.GetUtcNow() }, cancellationToken: cancel));
        return row is null ? null : (await OpenAsync(connection, row, cancel), true);
    }

    private static Task<IEnumerable<RepresentativeRow>> RepresentativesAsync(DbConnection connection, Guid id, CancellationToken cancel) =>
        connection.QueryAsync<RepresentativeRow>(new CommandDefinition(
            "SELECT NameSecret, Relation FROM ClientRepresentative WHERE ClientId = @id ORDER BY Position", new { id }, cancellationToken: cancel));

    private async Task<ClientRecord> OpenAsync(DbConnection connection, RecordRow row, CancellationToken cancel)
    {
        var evaluations = await connection.QueryAsync<DateOnly>(new CommandDefinition("SELECT EvaluatedOn FROM ClientEvaluation WHERE ClientId = @Id ORDER BY EvaluatedOn", new { row.Id }, cancellationToken: cancel));
        return Open(row, await RepresentativesAsync(connection, row.Id, cancel), [.. evaluations]);
    }

    /// <summary>Everyone who has a number in the client record system, by its hash under whichever key it stands: of these groups at these places opened, of others the hash alone.</summary>
    public async Task<(LookUpKeys Keys, IReadOnlyDictionary<string, ClientRecord> Here, IReadOnlySet<string> Elsewhere)> NumberedAsync(IReadOnlySet<Guid> placeIds, IReadOnlySet<Guid> groupIds, CancellationToken cancel)
    {
        await lookUps.ReadyAsync(cancel);
        return await lookUps.LookAsync(async (connection, moment, keys) =>
        {
            var (here, elsewhere) = await NumberedAsync(connection, moment, placeIds, groupIds, cancel);
            return (keys, here, elsewhere);
        }, cancel);
    }

    private async Task<(IReadOnlyDictionary<string, ClientRecord> Here, IReadOnlySet<string> Elsewhere)> NumberedAsync(
        DbConnection connection, DbTransaction moment, IReadOnlySet<Guid> placeIds, IReadOnlySet<Guid> groupIds, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<RecordRow>(new CommandDefinition(
            """
            SELECT c.Id, c.NameSecret, c.ShortNameSecret, c.YearOfBirth, c.Communication, c.PlaceId, c.GroupId, c.RegularWorkerId, c.FromOn, c.UntilOn, n.NumberSecret, n.NumberHash
            FROM ClientNumber n JOIN Client c ON c.Id = n.ClientId
            """,
            transaction: moment, cancellationToken: cancel))).ToLookup(r => placeIds.Contains(r.PlaceId) && groupIds.Contains(r.GroupId));
        var representatives = (await connection.QueryAsync<RepresentativeRow>(new CommandDefinition(
            "SELECT r.ClientId, r.NameSecret, r.Relation FROM ClientRepresentative r JOIN ClientNumber n ON n.ClientId = r.ClientId ORDER BY r.ClientId, r.Position", transaction: moment, cancellationToken: cancel))).ToLookup(r => r.ClientId);
        var evaluations = (await connection.QueryAsync<EvaluationRow>(new CommandDefinition(
            "SELECT e.ClientId, e.EvaluatedOn FROM ClientEvaluation e JOIN ClientNumber n ON n.ClientId = e.ClientId ORDER BY e.ClientId, e.EvaluatedOn", transaction: moment, cancellationToken: cancel))).ToLookup(e => e.ClientId, e => e.EvaluatedOn);
        return (rows[true].AsParallel().Select(r => (r.NumberHash, Client: Open(r, representatives[r.Id], [.. evaluations[r.Id]]))).ToDictionary(r => r.NumberHash, r => r.Client), rows[false].Select(r => r.NumberHash).ToHashSet());
    }

    /// <summary>A client's moves, newest first.</summary>
    public async Task<IReadOnlyList<ClientMoveLine>> MovesAsync(Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<ClientMoveLine>(new CommandDefinition(
            """
            SELECT f.Name AS FromPlace, t.Name AS ToPlace, m.MovedOn
            FROM ClientMove m JOIN Place f ON f.Id = m.FromPlaceId JOIN Place t ON t.Id = m.ToPlaceId
            WHERE m.ClientId = @clientId ORDER BY m.MovedOn DESC, m.Id DESC
            """,
            new { clientId }, cancellationToken: cancel))];
    }

    /// <summary>A client's changes of group, newest first.</summary>
    public async Task<IReadOnlyList<ClientGroupMoveLine>> GroupMovesAsync(Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<ClientGroupMoveLine>(new CommandDefinition(
            "SELECT FromGroupId, ToGroupId, MovedOn FROM ClientGroupMove WHERE ClientId = @clientId ORDER BY MovedOn DESC, Id DESC", new { clientId }, cancellationToken: cancel))];
    }

    private (string Where, DynamicParameters Values) Where(Guid person, ClientFilter filter)
    {
        var values = new DynamicParameters();
        values.Add("person", person);
        values.Add("today", DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        var where = InScope;
        if (filter.Place is { } place)
        {
            where += " AND c.PlaceId IN (SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place)";
            values.Add("place", place);
        }

        if (filter.Group is { } group)
        {
            where += " AND c.GroupId = @group";
            values.Add("group", group);
        }

        where += filter.State switch
        {
            ClientFilter.Left => " AND c.UntilOn < @today",
            ClientFilter.Everyone => "",
            _ => " AND (c.UntilOn IS NULL OR c.UntilOn >= @today)",
        };
        return (where, values);
    }

    private ClientLine Open(LineRow r) => new(
        r.Id, Name(r.NameSecret), Name(r.ShortNameSecret), r.PlaceId, r.PlaceName, r.GroupId, r.Communication, r.RegularWorkerId, r.FromOn, r.UntilOn);

    private ClientRecord Open(RecordRow r, IEnumerable<RepresentativeRow> representatives, IReadOnlyList<DateOnly> evaluations) => new(
        r.Id, Name(r.NameSecret), Name(r.ShortNameSecret), r.YearOfBirth, r.Communication, r.PlaceId, r.GroupId, r.RegularWorkerId,
        r.NumberSecret is null ? null : Name(r.NumberSecret), r.FromOn, r.UntilOn,
        [.. representatives.Select(p => new Representative(Name(p.NameSecret), p.Relation))]) { Evaluations = evaluations.Count == 0 ? [] : evaluations };

    private string Name(byte[] secret) => names.Open(secret);

    private record LineRow
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public byte[] ShortNameSecret { get; init; } = [];

        public Guid PlaceId { get; init; }

        public string PlaceName { get; init; } = "";

        public Guid GroupId { get; init; }

        public string Communication { get; init; } = "";

        public Guid? RegularWorkerId { get; init; }

        public DateOnly FromOn { get; init; }

        public DateOnly? UntilOn { get; init; }

        public int HasNumber { get; init; }
    }

    private sealed record RecordRow : LineRow
    {
        public int? YearOfBirth { get; init; }

        public byte[]? NumberSecret { get; init; }

        public string NumberHash { get; init; } = "";
    }

    private sealed record EvaluationRow
    {
        public Guid ClientId { get; init; }

        public DateOnly EvaluatedOn { get; init; }
    }

    private sealed record RepresentativeRow
    {
        public Guid ClientId { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public string Relation { get; init; } = "";
    }
}
