using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.QualityReports;

/// <summary>Keeps improvement points. Only points that a draft may still change are written.</summary>
internal sealed class PointStore(IDatabase database, Secrets secrets, TimeProvider time)
{
    /// <summary>
    /// The points of a report: those that begin in it, and those of the place's frozen reports that went on until it. A point of another
    /// draft is not promised to anybody yet; one of a report about more client groups is for that report's successors.
    /// </summary>
    public async Task<IReadOnlyList<ImprovementPoint>> OfReportAsync(ReportHead report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT i.Id, i.PlaceId, i.MadeInReportId, i.ClosedInReportId, i.ClientGroupId, i.InstrumentId, i.Perspective, i.Area, i.MeanAtStart, i.StartPeriod, i.MeanWanted, i.DueOn, i.Reached, i.Version,
              i.ContentSecret, r.TitleSecret, r.FrozenAt
            FROM ImprovementPoint i JOIN QualityReport r ON r.Id = i.MadeInReportId
            WHERE i.PlaceId = @PlaceId AND (i.MadeInReportId = @Id OR (r.FrozenAt IS NOT NULL AND r.MadeAt < @MadeAt AND (i.ClosedInReportId IS NULL OR i.ClosedInReportId = @Id)))
              AND (NOT EXISTS (SELECT 1 FROM QualityReportGroup g WHERE g.ReportId = @Id)
                OR (EXISTS (SELECT 1 FROM QualityReportGroup m WHERE m.ReportId = i.MadeInReportId)
                  AND NOT EXISTS (SELECT 1 FROM QualityReportGroup m WHERE m.ReportId = i.MadeInReportId AND m.GroupId NOT IN (SELECT g.GroupId FROM QualityReportGroup g WHERE g.ReportId = @Id))))
            ORDER BY i.MadeAt, i.Id
            """,
            new { report.PlaceId, report.Id, report.MadeAt }, cancellationToken: cancel));
        return [.. rows.Select(Open)];
    }

    /// <summary>Makes a point in a draft.</summary>
    public async Task<Guid> AddAsync(ReportHead report, PointWords words, PointSource? source, int? wanted, DateOnly dueOn, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO ImprovementPoint (Id, PlaceId, MadeInReportId, ClientGroupId, InstrumentId, Perspective, Area, MeanAtStart, StartPeriod, MeanWanted, DueOn, Version, ContentSecret, MadeAt)
            VALUES (@id, @PlaceId, @report, @Group, @Instrument, @Perspective, @Area, @Mean, @Period, @wanted, @dueOn, 1, @content, @now)
            """,
            new
            {
                id, report.PlaceId, report = report.Id, source?.Group, source?.Instrument, source?.Perspective, source?.Area, source?.Mean, source?.Period, wanted, dueOn,
                content = Protect(words), now = time.GetUtcNow(),
            }, cancellationToken: cancel));
        return id;
    }

    /// <summary>Changes the plan of a point that is of this draft.</summary>
    /// <returns>False where somebody changed it meanwhile.</returns>
    public Task<bool> PlanAsync(ImprovementPoint point, PointWords words, PointSource? source, int? wanted, DateOnly dueOn, CancellationToken cancel) => ChangeAsync(
        "ClientGroupId = @Group, InstrumentId = @Instrument, Perspective = @Perspective, Area = @Area, MeanAtStart = @Mean, StartPeriod = @Period, MeanWanted = @wanted, DueOn = @dueOn, ContentSecret = @content",
        new { point.Id, point.Version, source?.Group, source?.Instrument, source?.Perspective, source?.Area, source?.Mean, source?.Period, wanted, dueOn, content = Protect(words) }, cancel);

    /// <summary>Writes down what was done and what came of it.</summary>
    /// <param name="closedIn">The report that says goodbye to it; null where it goes on, with a new day.</param>
    /// <returns>False where somebody changed it meanwhile.</returns>
    public Task<bool> JudgeAsync(ImprovementPoint point, PointWords words, string? reached, DateOnly dueOn, Guid? closedIn, CancellationToken cancel) => ChangeAsync(
        "Reached = @reached, DueOn = @dueOn, ClosedInReportId = @closedIn, ContentSecret = @content",
        new { point.Id, point.Version, reached, dueOn, closedIn, content = Protect(words) }, cancel);

    /// <summary>Takes away a point that is of a draft: it was promised to nobody.</summary>
    public async Task<bool> RemoveAsync(ImprovementPoint point, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM ImprovementPoint WHERE Id = @Id AND MadeInReportId IN (SELECT r.Id FROM QualityReport r WHERE r.FrozenAt IS NULL)", new { point.Id }, cancellationToken: cancel)) == 1;
    }

    private async Task<bool> ChangeAsync(string set, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition($"UPDATE ImprovementPoint SET {set}, Version = Version + 1 WHERE Id = @Id AND Version = @Version", values, cancellationToken: cancel)) == 1;
    }

    private byte[] Protect(PointWords words) => secrets.Protect(SecretKind.Words, JsonSerializer.Serialize(words));

    private ImprovementPoint Open(Row r) => new()
    {
        Id = r.Id, PlaceId = r.PlaceId, MadeInReportId = r.MadeInReportId, ClosedInReportId = r.ClosedInReportId, MeanWanted = r.MeanWanted, DueOn = r.DueOn, Reached = r.Reached, Version = r.Version,
        Words = JsonSerializer.Deserialize<PointWords>(secrets.Open(SecretKind.Words, r.ContentSecret))!,
        Source = r.ClientGroupId is { } group ? new PointSource(group, r.InstrumentId!, r.Perspective!, r.Area!, r.MeanAtStart, r.StartPeriod) : null,
        PromisedIn = secrets.Open(SecretKind.Words, r.TitleSecret), IsOfDraft = r.FrozenAt is null,
    };

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid PlaceId { get; init; }

        public Guid MadeInReportId { get; init; }

        public Guid? ClosedInReportId { get; init; }

        public Guid? ClientGroupId { get; init; }

        public string? InstrumentId { get; init; }

        public string? Perspective { get; init; }

        public string? Area { get; init; }

        public int? MeanAtStart { get; init; }

        public string? StartPeriod { get; init; }

        public int? MeanWanted { get; init; }

        public DateOnly DueOn { get; init; }

        public string? Reached { get; init; }

        public int Version { get; init; }

        public byte[] ContentSecret { get; init; } = [];

        public byte[] TitleSecret { get; init; } = [];

        public DateTimeOffset? FrozenAt { get; init; }
    }
}
