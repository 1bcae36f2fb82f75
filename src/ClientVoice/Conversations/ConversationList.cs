// The list of conversations: only clients in the reader's own scope, so that one elsewhere is as absent as one that never was.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Database;
using ClientVoice.Shell.Lists;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>A conversation in the list.</summary>
/// <param name="Waits">An observation for which another observer is still to look.</param>
/// <param name="IsClosed">And it is somebody else's: it cannot be opened yet.</param>
internal sealed record ConversationLine(
    Guid Id, Guid ClientId, string Client, string Place, DateOnly HeldOn, string InstrumentId, string InstrumentVersion, string Perspective, string Outcome, int Marks, int Agreements, bool Waits, bool IsClosed);

/// <summary>Which conversations; null is any.</summary>
/// <param name="Place">At it or below it.</param>
/// <param name="Search">Part of the client's name.</param>
internal sealed record ConversationFilter(string? Instrument = null, string? Perspective = null, string? Outcome = null, Guid? Place = null, string? Search = null);

/// <summary>Reads the list.</summary>
internal sealed class ConversationList(IDatabase database, OpenedNames names, Observations observations, TimeProvider time)
{
    private const string Newest = "v.HeldOn DESC, v.EndedAt DESC, v.Id DESC";
    private static readonly string Scope = ScopeSql.Of("c", "@personId");

    private const string From = "FROM Conversation v JOIN Client c ON c.Id = v.ClientId JOIN Place p ON p.Id = c.PlaceId";

    private const string Since = " AND v.HeldOn >= @since";
    private const string OnDays = " AND v.HeldOn >= @first AND v.HeldOn <= @last";

    // A database takes only so many values at once; who finds more than this must search more precisely.
    private const int MostFound = 500;

    // By these the database sorts; every order ends in the id.
    private static readonly Dictionary<string, (string Up, string Down)> Orders = new()
    {
        ["held"] = ("v.HeldOn, v.EndedAt, v.Id", Newest),
        ["place"] = ($"p.Name, {Newest}", $"p.Name DESC, {Newest}"),
        ["instrument"] = ($"v.InstrumentId, v.Perspective, {Newest}", $"v.InstrumentId DESC, v.Perspective DESC, {Newest}"),
    };

    /// <summary>The columns by which the list can be sorted.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [.. Orders.Keys];

    /// <summary>How it is sorted where nobody says: the newest first.</summary>
    public const string UsualSort = "-held";

    /// <summary>A part of the list, and how many there are. Names are cipher text: a search opens those of the clients in scope, and finds them in memory.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<(IReadOnlyList<ConversationLine> Lines, int Total)> ListAsync(Guid personId, ConversationFilter filter, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        if (sort == "instrument")
        {
            return await ByInstrumentAsync(personId, filter, descending, skip, take, cancel);
        }

        await using var connection = await database.OpenAsync(cancel);
        var values = await ValuesAsync(connection, personId, filter, cancel);
        values.Add("skip", skip);
        values.Add("take", take);
        var where = Where(filter);
        int total;
        var shown = "";
        if (sort == "place")
        {
            total = await ShowPlacesAsync(connection, where, descending, skip, take, values, cancel);
            shown = " AND p.Name IN @places";
        }
        else if (!descending)
        {
            total = await ShowDaysAsync(connection, where, descending, skip, take, values, cancel);
            shown = OnDays;
        }
        else
        {
            total = await CountAsync(connection, where, values, cancel);
            if (total > take && await HasHeldLatelyAsync(connection, where, (long)skip + take, values, cancel))
            {
                shown = Since;
            }
            else if (total > take)
            {
                await ShowDaysAsync(connection, where, descending, skip, take, values, cancel);
                shown = OnDays;
            }
        }

        var order = Order(sort, descending);
        // Sorted by their ids alone, so that one page is read and not all that are sorted.
        var page = $"(SELECT v.Id {From} {where}{shown}{order}{database.Dialect.Page("@skip", "@take")})";
        return (await ReadAsync(connection, $"WHERE v.Id IN {page}{order}", values, personId, cancel), total);
    }

    // In each part of an instrument the newest come first, whichever way the instruments are sorted: a part of the list is one of those lists, or of a few.
    private async Task<(IReadOnlyList<ConversationLine> Lines, int Total)> ByInstrumentAsync(Guid personId, ConversationFilter filter, bool descending, int skip, int take, CancellationToken cancel)
    {
        IReadOnlyList<((string Instrument, string Perspective) Section, int Size)> parts;
        await using (var connection = await database.OpenAsync(cancel))
        {
            parts = [.. (await connection.QueryAsync<(string Instrument, string Perspective, int Size)>(new CommandDefinition(
                $"""
                SELECT v.InstrumentId, v.Perspective, COUNT(*) FROM Conversation v JOIN Client c ON c.Id = v.ClientId {Where(filter)}
                GROUP BY v.InstrumentId, v.Perspective ORDER BY v.InstrumentId, v.Perspective
                """,
                await ValuesAsync(connection, personId, filter, cancel), cancellationToken: cancel))).Select(p => ((p.Instrument, p.Perspective), p.Size))];
        }

        var (shown, after) = Sections.Shown(descending ? parts.Reverse() : parts, skip, take);
        var lines = new List<ConversationLine>();
        foreach (var (instrument, perspective) in shown)
        {
            var (some, _) = await ListAsync(personId, filter with { Instrument = instrument, Perspective = perspective }, "held", true, after, take - lines.Count, cancel);
            lines.AddRange(some);
            after = 0;
        }

        return (lines, parts.Sum(p => p.Size));
    }

    private async Task<bool> HasHeldLatelyAsync(DbConnection connection, string where, long wanted, DynamicParameters values, CancellationToken cancel) =>
        await Lately.SinceAsync(time, wanted, since =>
        {
            values.Add("since", since);
            return CountAsync(connection, where + Since, values, cancel);
        }) is not null;

    private static Task<int> CountAsync(DbConnection connection, string where, DynamicParameters values, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) FROM Conversation v JOIN Client c ON c.Id = v.ClientId {where}", values, cancellationToken: cancel));

    // Sets the values of the days that a page shows, and of how many come before it on those; returns how many there are of all.
    private static async Task<int> ShowDaysAsync(DbConnection connection, string where, bool descending, int skip, int take, DynamicParameters values, CancellationToken cancel)
    {
        var (shown, total) = await Sections.ShownAsync<DateOnly?>(
            connection,
            $"SELECT v.HeldOn, COUNT(*) FROM Conversation v JOIN Client c ON c.Id = v.ClientId {where} GROUP BY v.HeldOn ORDER BY v.HeldOn{(descending ? " DESC" : "")}",
            values, skip, take, cancel);
        values.Add("first", shown.Min());
        values.Add("last", shown.Max());
        return total;
    }

    // Likewise of places.
    private static async Task<int> ShowPlacesAsync(DbConnection connection, string where, bool descending, int skip, int take, DynamicParameters values, CancellationToken cancel)
    {
        var (shown, total) = await Sections.ShownAsync<string>(
            connection,
            $"""
            SELECT p.Name, SUM(x.Size)
            FROM (SELECT c.PlaceId, COUNT(*) AS Size FROM Conversation v JOIN Client c ON c.Id = v.ClientId {where} GROUP BY c.PlaceId) x JOIN Place p ON p.Id = x.PlaceId
            GROUP BY p.Name ORDER BY p.Name{(descending ? " DESC" : "")}
            """,
            values, skip, take, cancel);
        values.Add("places", shown);
        return total;
    }

    private async Task<DynamicParameters> ValuesAsync(DbConnection connection, Guid personId, ConversationFilter filter, CancellationToken cancel) => new(new
    {
        personId, instrument = filter.Instrument, perspective = filter.Perspective, outcome = filter.Outcome, place = filter.Place,
        found = filter.Search is { } search ? IdList.Of(await FindAsync(connection, personId, search, cancel)) : [],
    });

    /// <summary>The whole list, whose lines are read as they are asked for.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<WholeList<ConversationLine>> WholeAsync(Guid personId, ConversationFilter filter, string sort, bool descending, CancellationToken cancel)
    {
        var order = Order(sort, descending);
        await using var connection = await database.OpenAsync(cancel);
        var ids = await connection.QueryAsync<Guid>(new CommandDefinition(
            $"SELECT v.Id {From} {Where(filter)}{order}", await ValuesAsync(connection, personId, filter, cancel), cancellationToken: cancel));
        return new WholeList<ConversationLine>(ids.AsList(), async (some, stop) =>
        {
            await using var again = await database.OpenAsync(stop);
            return await ReadAsync(again, $"WHERE {Scope} AND v.Id IN @ids{order}", new { personId, ids = IdList.Of(some) }, personId, stop);
        });
    }

    private static string Order(string sort, bool descending) => $" ORDER BY {(descending ? Orders[sort].Down : Orders[sort].Up)}";

    private static string Where(ConversationFilter filter) => $"WHERE {Scope}"
        + (filter.Instrument is null ? "" : " AND v.InstrumentId = @instrument")
        + (filter.Perspective is null ? "" : " AND v.Perspective = @perspective")
        + (filter.Outcome is null ? "" : " AND v.Outcome = @outcome")
        + (filter.Place is null ? "" : " AND c.PlaceId IN (SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place)")
        + (filter.Search is null ? "" : " AND v.ClientId IN @found");

    /// <summary>Those with one client, newest first; also where there is access in an emergency.</summary>
    public async Task<IReadOnlyList<ConversationLine>> OfClientAsync(Guid personId, Guid client, int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await ReadAsync(
            connection,
            $"WHERE ({Scope} OR c.Id IN ({EmergencyAccess.Clients})) AND v.ClientId = @client ORDER BY {Newest}{database.Dialect.Page("@skip", "@take")}",
            new { personId, client, skip = 0, take, now = time.GetUtcNow() }, personId, cancel);
    }

    private async Task<IReadOnlyList<Guid>> FindAsync(DbConnection connection, Guid personId, string search, CancellationToken cancel) =>
    [
        .. (await connection.QueryAsync<(Guid Id, byte[] NameSecret)>(new CommandDefinition(
            $"SELECT c.Id, c.NameSecret FROM Client c WHERE {Scope}", new { personId }, cancellationToken: cancel)))
            .Where(c => NameSearch.Matches(names.Open(c.NameSecret), search)).Select(c => c.Id).Take(MostFound),
    ];

    private async Task<IReadOnlyList<ConversationLine>> ReadAsync(DbConnection connection, string rest, object values, Guid personId, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT v.Id, v.ClientId, v.PersonId, c.NameSecret, p.Name AS PlaceName, v.HeldOn, v.InstrumentId, v.InstrumentVersion, v.Perspective, v.Outcome,
              (SELECT COUNT(*) FROM ConversationMark m WHERE m.ConversationId = v.Id) AS Marks,
              (SELECT COUNT(*) FROM Agreement a WHERE a.ConversationId = v.Id) AS Agreements
            {From}
            {rest}
            """,
            values, cancellationToken: cancel))).ToList();
        var waiting = await observations.WaitingAsync(connection, rows.Select(r => new Observed(r.ClientId, r.InstrumentId, r.Perspective, r.HeldOn)), cancel);
        return [.. rows.Select(r =>
        {
            var waits = waiting.Contains(r.Id);
            return new ConversationLine(
                r.Id, r.ClientId, names.Open(r.NameSecret), r.PlaceName, r.HeldOn, r.InstrumentId, r.InstrumentVersion, r.Perspective, r.Outcome,
                r.Marks, r.Agreements, waits, waits && r.PersonId != personId);
        })];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid ClientId { get; init; }

        public Guid PersonId { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public string PlaceName { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

        public string Outcome { get; init; } = "";

        public int Marks { get; init; }

        public int Agreements { get; init; }
    }
}
