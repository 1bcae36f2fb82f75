using ClientVoice.Database;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Feed;

/// <summary>
/// A small organisation in a fresh file: one organisation, two regions, two locations; two publications of which the
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

    private readonly string folder = Directory.CreateTempSubdirectory("feed-").FullName;

    private FeedStore() =>
        Database = new ServiceDatabase(new DatabaseOptions { Kind = "sqlite", Folder = folder });

    public ServiceDatabase Database { get; }

    public static async Task<FeedStore> CreateAsync()
    {
        var store = new FeedStore();
        await new Migrator(store.Database, TimeProvider.System).RunAsync(CancellationToken.None);
        await using var connection = await store.Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(Places);
        foreach (var publication in new[] { 1, 2 })
        {
            await connection.ExecuteAsync(Dimensions, new { publication });
            await connection.ExecuteAsync(Facts, new { publication });
        }

        return store;
    }

    public async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, values);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
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
        """;

    private const string Dimensions = """
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

    // Mean = 40 + 5 * Id in publication 2; ten less in publication 1. Cells 4 and 9 are hidden.
    private const string Facts = """
        WITH Cell (Id, PlaceId, MeasureId) AS (VALUES
          (1, '00000000-0000-7000-8000-000000000001', 'plain@1.0/home'), (2, '00000000-0000-7000-8000-000000000001', 'plain@1.0/day'),
          (3, '00000000-0000-7000-8000-000000000002', 'plain@1.0/home'), (4, '00000000-0000-7000-8000-000000000002', 'plain@1.0/day'),
          (5, '00000000-0000-7000-8000-000000000003', 'plain@1.0/home'), (6, '00000000-0000-7000-8000-000000000003', 'plain@1.0/day'),
          (7, '00000000-0000-7000-8000-000000000004', 'plain@1.0/home'), (8, '00000000-0000-7000-8000-000000000004', 'plain@1.0/day'),
          (9, '00000000-0000-7000-8000-000000000005', 'plain@1.0/home'), (10, '00000000-0000-7000-8000-000000000005', 'plain@1.0/day'))
        INSERT INTO PublishedOutcome (Publication, Id, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, MeasureId,
            Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, Suppressed, SuppressionReason)
          SELECT @publication, Id, '2025', PlaceId, '00000000-0000-7000-8000-0000000000a1', 'plain@1.0', 'client', MeasureId,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE 10 + Id % 3 END,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE (10 + Id % 3) * (40.0 + 5 * Id - 10 * (2 - @publication)) END,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE 40.0 + 5 * Id - 10 * (2 - @publication) END,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE 12.5 END,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE 30.0 END,
            CASE WHEN Id IN (4, 9) THEN NULL ELSE 99.5 END,
            CASE WHEN Id IN (4, 9) THEN 1 ELSE 0 END,
            CASE WHEN Id IN (4, 9) THEN 'small-group' END
          FROM Cell;
        INSERT INTO PublishedParticipation (Publication, Id, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective,
            Invited, Held, Refused, Stopped, ResponseRate, Suppressed, SuppressionReason) VALUES
          (@publication, 1, '2025', '00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-0000000000a1', 'plain@1.0', 'client',
           20, 15, 3, 2, 0.75, 0, NULL);
        """;
}
