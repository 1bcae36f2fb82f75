using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Feed;

/// <summary>
/// A small organisation in a fresh database: one organisation, two regions, two locations; two publications of which the
/// second is current; ten cells of which two are hidden.
/// </summary>
internal sealed class FeedStore : IAsyncDisposable
{
    public static readonly Guid Organisation = Guid.ParseExact("00000000-0000-7000-8000-000000000001", "D");
    public static readonly Guid North = Guid.ParseExact("00000000-0000-7000-8000-000000000002", "D");
    public static readonly Guid South = Guid.ParseExact("00000000-0000-7000-8000-000000000003", "D");
    public static readonly Guid NorthHouse = Guid.ParseExact("00000000-0000-7000-8000-000000000004", "D");
    public static readonly Guid SouthHouse = Guid.ParseExact("00000000-0000-7000-8000-000000000005", "D");
    public static readonly Guid Group = Guid.ParseExact("00000000-0000-7000-8000-0000000000a1", "D");

    /// <summary>Of which nothing was published.</summary>
    public static readonly Guid OtherGroup = Guid.ParseExact("00000000-0000-7000-8000-0000000000a2", "D");

    private readonly TemporaryFolder data;

    private FeedStore(string database) => data = new TemporaryFolder(database);

    public IDatabase Database => data.Database;

    public bool IsBabelfish => data.IsBabelfish;

    /// <param name="database">One of <see cref="Databases"/>.</param>
    public static async Task<FeedStore> CreateAsync(string database)
    {
        var store = new FeedStore(database);
        await store.data.Migrator().RunAsync(CancellationToken.None);
        await using var connection = await store.Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(Places);
        foreach (var publication in new[] { 1, 2 })
        {
            await connection.ExecuteAsync(Dimensions, new { publication });
            await connection.ExecuteAsync(Outcome, Cells(publication));
            await connection.ExecuteAsync(Participation, new { publication });
        }

        return store;
    }

    public Task ExecuteAsync(string sql, object? values = null) => data.RunAsync(sql, values);

    public ValueTask DisposeAsync()
    {
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    private const string Places = """
        INSERT INTO Place (Id, ParentId, Kind, Name) VALUES
          ('00000000-0000-7000-8000-000000000001', NULL, 'organisation', 'Zorg'),
          ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'region', 'Noord'),
          ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', 'region', 'Zuid'),
          ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000002', 'location', 'Huis Één'),
          ('00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000003', 'location', 'D''Olde Börg');
        INSERT INTO PlaceTree (AncestorId, DescendantId, Depth) SELECT Id, Id, 0 FROM Place;
        INSERT INTO PlaceTree (AncestorId, DescendantId, Depth) SELECT ParentId, Id, 1 FROM Place WHERE ParentId IS NOT NULL;
        INSERT INTO PlaceTree (AncestorId, DescendantId, Depth)
          SELECT p.ParentId, c.Id, 2 FROM Place c JOIN Place p ON p.Id = c.ParentId WHERE p.ParentId IS NOT NULL;
        INSERT INTO OutcomeBlock (Id, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective)
          SELECT ROW_NUMBER() OVER (ORDER BY Id), '2025', Id, '00000000-0000-7000-8000-0000000000a1', 'plain@1.0', 'client' FROM Place;
        """;

    private const string Dimensions = """
        INSERT INTO Publication (Number, MadeAt, ThroughSequence, Sha256, Cells, HiddenCells, IsCurrent) VALUES (@publication, '2026-01-01T00:00:00.000Z', 0, '', 11, 2, @publication - 1);
        INSERT INTO PublishedPlace (Publication, Id, ParentId, Kind, Name) SELECT @publication, Id, ParentId, Kind, Name FROM Place;
        INSERT INTO PublishedClientGroup (Publication, Id, Code, NameNl, NameEn, Law) VALUES
          (@publication, '00000000-0000-7000-8000-0000000000a1', 'lvb', 'Licht verstandelijk beperkt', 'Mild intellectual disability', 'wlz');
        INSERT INTO PublishedPeriod (Publication, Id, Kind, FromOn, UntilOn) VALUES
          (@publication, '2025', 'year', '2025-01-01', '2025-12-31'),
          (@publication, '2025-Q4', 'quarter', '2025-10-01', '2025-12-31');
        INSERT INTO PublishedInstrument (Publication, Id, InstrumentId, Version, Kind, TitleNl, TitleEn) VALUES
          (@publication, 'plain@1.0', 'plain', '1.0', 'plain-language', 'Gewoon gesprek', 'Plain talk');
        INSERT INTO PublishedMeasure (Publication, Id, InstrumentId, Kind, Code, TextNl, TextEn, SharedDomain, Position) VALUES
          (@publication, 'plain@1.0/home', 'plain@1.0', 'domain', 'home', 'Wonen', 'Home', 'home', 1),
          (@publication, 'plain@1.0/day', 'plain@1.0', 'question', 'day', 'Hoe is je dag?', 'How is your day?', NULL, 2);
        """;

    private const string Outcome = """
        INSERT INTO KeptCell (FromPublication, UntilPublication, Id, BlockId, MeasureId,
            Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, Suppressed, SuppressionReason, Scored, Options)
          SELECT @publication, @publication + 1, @id, b.Id, @measure, @people, @sum, @mean, @deviation, @low, @high, @hidden, @reason, 1, 0
          FROM OutcomeBlock b WHERE b.PlaceId = @place
        """;

    private const string Participation = """
        INSERT INTO KeptResponse (FromPublication, UntilPublication, Id, BlockId, Invited, Held, AnonymousSuppressed, Refused, Stopped, ResponseRate, Suppressed, SuppressionReason)
          SELECT @publication, @publication + 1, 1, b.Id, 20, 15, 0, 3, 2, 0.75, 0, NULL
          FROM OutcomeBlock b WHERE b.PlaceId = '00000000-0000-7000-8000-000000000004';
        INSERT INTO KeptAgreement (FromPublication, UntilPublication, Id, BlockId, People, Made, Done, NotDone, StillOpen, ToldBack, Suppressed, SuppressionReason)
          SELECT @publication, @publication + 1, 1, b.Id, 12, 18, 11, 2, 5, 9, 0, NULL
          FROM OutcomeBlock b WHERE b.PlaceId = '00000000-0000-7000-8000-000000000004';
        """;

    // Every place has a domain and a question. Mean = 40 + 5 * Id in publication 2; ten less in publication 1. Cells 4 and 9 are hidden.
    private static IEnumerable<object> Cells(int publication) =>
        new[] { Organisation, North, South, NorthHouse, SouthHouse }
            .SelectMany(place => new[] { (Place: place, Measure: "plain@1.0/home"), (Place: place, Measure: "plain@1.0/day") })
            .Select((cell, index) => Cell(publication, index + 1, cell.Place, cell.Measure));

    private static object Cell(int publication, int id, Guid place, string measure)
    {
        var hidden = id is 4 or 9;
        var people = hidden ? (int?)null : 10 + (id % 3);
        var mean = hidden ? (double?)null : 40 + (5 * id) - (10 * (2 - publication));
        return new
        {
            publication, id, place, measure, people, sum = people * mean, mean,
            deviation = hidden ? (double?)null : 12.5, low = hidden ? (double?)null : 30, high = hidden ? (double?)null : 99.5,
            hidden, reason = hidden ? "small-group" : null,
        };
    }
}
