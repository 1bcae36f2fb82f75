// Reads who is due, filtered, sorted and paged by the database. By name it cannot: then the ids and names of all lines that pass the other
// filters are read, in memory, and only the lines of the page whole (as the list of clients does).
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using Dapper;

namespace ClientVoice.Choices.Due;

/// <summary>Reads who is due in somebody's scope.</summary>
internal sealed class DueReader(IDatabase database, DueRefresh refresh, OpenedNames names, Secrets secrets, ICatalogue catalogue, TimeProvider time)
{
    /// <summary>The column that only memory can sort.</summary>
    public const string ByName = "client";

    // Names of one page and of one day's few are looked up by id; beyond this many it is quicker to read all. SQL Server takes 2,100.
    private const int MostById = 500;

    // Lines of one day by place, so that a team finds its own together. Every order ends in the key, so that no page shows a line of another.
    private static readonly Dictionary<string, Func<string, string>> Orders = new()
    {
        ["due"] = way => $"l.DueOn{way}, p.Name{way}, l.ClientId{way}, l.ChoiceId{way}",
        ["last"] = way => $"CASE WHEN l.LastOn IS NULL THEN 0 ELSE 1 END{way}, l.LastOn{way}, l.DueOn, p.Name, l.ClientId, l.ChoiceId",
    };

    private const string From = "FROM DueLine l JOIN Client c ON c.Id = l.ClientId JOIN Place p ON p.Id = c.PlaceId";

    private static readonly string InScope = $"{From} WHERE {ScopeSql.Of("c", "@person")}";

    private static readonly string Lines =
        $"""
        SELECT l.ClientId, l.ChoiceId, l.DueOn, l.LastOn, l.LeaderId, l.IsPostponed, l.NotReached, l.Because, l.SinceOn, c.NameSecret, c.PlaceId, p.Name AS PlaceName, c.GroupId, c.UntilOn,
          h.InstrumentId, h.Perspective, l.PlanId, d.PersonId, d.PostponedOn, d.Reason, d.ReasonSecret, d.MadeAt
        {From} JOIN Choice h ON h.Id = l.ChoiceId LEFT JOIN DuePlan d ON d.Id = l.PlanId
        WHERE {ScopeSql.Of("c", "@person")}
        """;

    // What a line has to be; its day is compared, and so is the last day of who left.
    private static readonly Dictionary<string, string> States = new()
    {
        [DueFilter.Now] = " AND l.DueOn <= @soon",
        [DueFilter.Overdue] = " AND l.DueOn < @today",
        [DueFilter.Three] = " AND l.NotReached IS NOT NULL",
        [DueFilter.Left] = " AND c.UntilOn < @today",
        [DueFilter.Everyone] = "",
    };

    private static readonly StringComparer NameOrder = StringComparer.Create(CultureInfo.GetCultureInfo("nl-NL"), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    /// <summary>The columns by which a list can be sorted, the usual one first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [.. Orders.Keys, ByName];

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>A part of the list.</summary>
    /// <param name="search">Part of a name, looked for among everyone in scope; null for none.</param>
    public async Task<DuePart> ListAsync(Guid person, DueFilter filter, string sort, bool descending, int skip, int take, CancellationToken cancel, string? search = null)
    {
        await refresh.OfScopeAsync(person, cancel);
        var figures = await FiguresAsync(person, filter, cancel);
        if (search is null && Orders.TryGetValue(sort, out var order))
        {
            var (where, values) = Where(person, filter);
            values.Add("skip", skip);
            values.Add("take", take);
            return new DuePart(await ReadAsync($"{where} ORDER BY {order(descending ? " DESC" : "")}{database.Dialect.Page("@skip", "@take")}", values, cancel), figures.In(filter.State), figures);
        }

        var asked = search is null ? filter : DueFilter.Whole;
        var found = await NamedAsync(person, asked, search, cancel);
        if (sort == ByName)
        {
            found = [.. descending ? found.OrderByDescending(f => f.Name, NameOrder) : found.OrderBy(f => f.Name, NameOrder)];
        }

        return new DuePart(await TheseAsync(person, asked, [.. found.Skip(skip).Take(take)], cancel), found.Count, figures);
    }

    /// <summary>Whether there is anything to be held at all, for somebody who looked at the list.</summary>
    public async Task<bool> AnyAsync(Guid person, CancellationToken cancel) => (await FiguresAsync(person, DueFilter.Whole, cancel)).Lines > 0;

    /// <summary>One conversation to be held, with the words of the decision about it; null where there is none in this person's scope.</summary>
    public async Task<DueLine?> FindAsync(Guid person, Guid client, Guid choice, CancellationToken cancel)
    {
        await refresh.OfScopeAsync(person, cancel);
        var (where, values) = Where(person, DueFilter.Whole);
        values.Add("client", client);
        values.Add("choice", choice);
        return (await ReadAsync($"{where} AND l.ClientId = @client AND l.ChoiceId = @choice", values, cancel, withWords: true)).SingleOrDefault();
    }

    /// <summary>A month, with the days around it that its weeks show.</summary>
    /// <param name="first">The first day shown.</param>
    /// <param name="month">The first day of the month.</param>
    /// <param name="perDay">So many of a day by name.</param>
    public async Task<DueMonth> MonthAsync(Guid person, DueFilter filter, DateOnly first, DateOnly month, int perDay, CancellationToken cancel)
    {
        await refresh.OfScopeAsync(person, cancel);
        var (where, values) = Where(person, filter with { State = DueFilter.Everyone });
        var weeks = (month.AddMonths(1).DayNumber - first.DayNumber + 6) / 7;
        values.Add("first", first);
        values.Add("last", first.AddDays((weeks * 7) - 1));
        values.Add("month", month);
        values.Add("perDay", perDay);
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<DayRow>(new CommandDefinition(
            $"""
            SELECT x.DueOn, x.ClientId, x.ChoiceId, x.NameSecret, x.OnDay
            FROM (SELECT l.DueOn, l.ClientId, l.ChoiceId, c.NameSecret, COUNT(*) OVER (PARTITION BY l.DueOn) AS OnDay,
                    ROW_NUMBER() OVER (PARTITION BY l.DueOn ORDER BY p.Name, l.ClientId, l.ChoiceId) AS Nth
                  {InScope}{where} AND l.DueOn >= @first AND l.DueOn <= @last) x
            WHERE x.Nth <= @perDay ORDER BY x.DueOn, x.Nth
            """,
            values, cancellationToken: cancel))).ToList();
        var before = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {InScope}{where} AND l.DueOn < @today AND l.DueOn < @month", values, cancellationToken: cancel));
        return new DueMonth(
            [.. rows.Select(r => new DueDay(r.DueOn, r.ClientId, names.Open(r.NameSecret), r.ChoiceId))], rows.DistinctBy(r => r.DueOn).ToDictionary(r => r.DueOn, r => r.OnDay),
            before, await FiguresAsync(person, filter, cancel));
    }

    private async Task<DueFigures> FiguresAsync(Guid person, DueFilter filter, CancellationToken cancel)
    {
        var (where, values) = Where(person, filter with { State = DueFilter.Everyone });
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleAsync<DueFigures>(new CommandDefinition(
            $"""
            SELECT COUNT(*) AS Lines, COALESCE(SUM(CASE WHEN l.DueOn < @today THEN 1 ELSE 0 END), 0) AS Overdue,
              COALESCE(SUM(CASE WHEN l.DueOn >= @today AND l.DueOn <= @soon THEN 1 ELSE 0 END), 0) AS Due, COUNT(l.NotReached) AS NotReached,
              COUNT(DISTINCT CASE WHEN l.NotReached IS NOT NULL THEN l.ClientId END) AS PeopleNotReached, COALESCE(SUM(CASE WHEN c.UntilOn < @today THEN 1 ELSE 0 END), 0) AS WhoLeft
            {InScope}{where}
            """,
            values, cancellationToken: cancel));
    }

    // In the usual order, with the names that the database cannot read.
    private async Task<IReadOnlyList<Named>> NamedAsync(Guid person, DueFilter filter, string? search, CancellationToken cancel)
    {
        var (where, values) = Where(person, filter);
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<DayRow>(new CommandDefinition(
            $"SELECT l.ClientId, l.ChoiceId, c.NameSecret {InScope}{where} ORDER BY {Orders["due"]("")}", values, cancellationToken: cancel))).ToList();
        return [.. rows.AsParallel().AsOrdered().Select(r => new Named(r.ClientId, r.ChoiceId, names.Open(r.NameSecret))).Where(n => search is null || NameSearch.Matches(n.Name, search))];
    }

    // Whole, in the order in which they are asked for.
    private async Task<IReadOnlyList<DueLine>> TheseAsync(Guid person, DueFilter filter, IReadOnlyList<Named> asked, CancellationToken cancel)
    {
        var (where, values) = Where(person, filter);
        var clients = IdList.Of(asked.Select(a => a.Client).Distinct());
        if (clients.Count is > 0 and <= MostById)
        {
            where += " AND l.ClientId IN @clients";
            values.Add("clients", clients);
        }

        var lines = asked.Count == 0 ? [] : (await ReadAsync(where, values, cancel)).ToDictionary(l => (l.ClientId, l.ChoiceId));
        // One that is not there any more was held meanwhile.
        return [.. asked.Select(a => lines.GetValueOrDefault((a.Client, a.Choice))).OfType<DueLine>()];
    }

    private async Task<IReadOnlyList<DueLine>> ReadAsync(string where, DynamicParameters values, CancellationToken cancel, bool withWords = false)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<LineRow>(new CommandDefinition($"{Lines}{where}", values, cancellationToken: cancel))).Select(row => Open(row, withWords))];
    }

    private (string Where, DynamicParameters Values) Where(Guid person, DueFilter filter)
    {
        var (values, where) = (new DynamicParameters(), "");
        values.Add("person", person);
        values.Add("today", Today);
        values.Add("soon", DueRule.DueUntil(Today));
        if (filter.Place is { } place)
        {
            where += " AND c.PlaceId IN (SELECT t.DescendantId FROM PlaceTree t WHERE t.AncestorId = @place)";
            values.Add("place", place);
        }

        if (filter.Group is { } group)
        {
            where += " AND c.GroupId = @group";
            values.Add("group", group);
        }

        return (where + States.GetValueOrDefault(filter.State, States[DueFilter.Now]), values);
    }

    private DueLine Open(LineRow r, bool withWords) => new(
        r.ClientId, names.Open(r.NameSecret), r.PlaceId, r.PlaceName, r.GroupId, r.ChoiceId, catalogue.Current.Newest(r.InstrumentId)?.Title ?? new LocalText(r.InstrumentId, r.InstrumentId), r.Perspective,
        r.DueOn, DueRule.State(r.DueOn, Today), r.LastOn, r.LeaderId, r.PlanId is null ? null : DuePlans.Open(r.Plan, withWords ? secrets : null, time), r.IsPostponed,
        DueCodes.Why(r.NotReached), new DueReason(DueCodes.Because(r.Because), r.SinceOn), r.UntilOn < Today ? r.UntilOn : null);

    private sealed record Named(Guid Client, Guid Choice, string Name);

    private record DayRow
    {
        public Guid ClientId { get; init; }

        public Guid ChoiceId { get; init; }

        public DateOnly DueOn { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public int OnDay { get; init; }
    }

    private sealed record LineRow : DayRow
    {
        public Guid PlaceId { get; init; }

        public string PlaceName { get; init; } = "";

        public Guid GroupId { get; init; }

        public DateOnly? UntilOn { get; init; }

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public DateOnly? LastOn { get; init; }

        public Guid? LeaderId { get; init; }

        public bool IsPostponed { get; init; }

        public string? NotReached { get; init; }

        public string Because { get; init; } = "";

        public DateOnly SinceOn { get; init; }

        public Guid? PlanId { get; init; }

        public Guid? PersonId { get; init; }

        public DateOnly? PostponedOn { get; init; }

        public string? Reason { get; init; }

        public byte[]? ReasonSecret { get; init; }

        public DateTimeOffset? MadeAt { get; init; }

        public PlanRow Plan => new() { Id = PlanId ?? default, ClientId = ClientId, ChoiceId = ChoiceId, PersonId = PersonId, PostponedOn = PostponedOn, Reason = Reason, ReasonSecret = ReasonSecret, MadeAt = MadeAt ?? default };
    }
}
