using System.Collections.Concurrent;
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>Why cells of a publication are hidden, and how many.</summary>
internal sealed record HiddenCount(string Why, int Cells);

/// <summary>What became of the cells of outcomes between two publications.</summary>
/// <param name="Moved">Shown in both, with other figures.</param>
/// <param name="Hidden">Shown in the earlier alone.</param>
/// <param name="Shown">Shown in the later alone.</param>
/// <param name="Gone">Nothing is counted there any more.</param>
/// <param name="Largest">The areas of life over a year that moved most, in the places in scope.</param>
internal sealed record PublicationDifference(int Moved, int Hidden, int Shown, int Gone, IReadOnlyList<MovedFigure> Largest);

/// <summary>A mean that moved.</summary>
internal sealed record MovedFigure
{
    public string GroupNl { get; init; } = "";

    public string GroupEn { get; init; } = "";

    public string Place { get; init; } = "";

    public string PeriodId { get; init; } = "";

    public string TextNl { get; init; } = "";

    public string TextEn { get; init; } = "";

    public string Perspective { get; init; } = "";

    public int PeopleBefore { get; init; }

    public double MeanBefore { get; init; }

    public double? DeviationBefore { get; init; }

    public int People { get; init; }

    public double Mean { get; init; }

    public double? Deviation { get; init; }

    /// <summary>What can be said of it.</summary>
    public Verdict Verdict => Difference.Between(new MeanOf(PeopleBefore, MeanBefore, DeviationBefore), new MeanOf(People, Mean, Deviation));
}

/// <summary>Reads the publications that are still kept, and lays two beside each other.</summary>
internal sealed class PublicationHistory(IDatabase database)
{
    private const int MostFigures = 15;

    // A publication never changes, and every row of it is looked at: once is enough. A handful is kept; of those before nothing is left to read.
    private readonly ConcurrentDictionary<(int Number, string Sha256), IReadOnlyList<HiddenCount>> counted = new();

    // Rows of the earlier one that ended on the way to the later one, and what stands there now.
    private const string Between =
        """
        FROM KeptCell o
        JOIN OutcomeBlock b ON b.Id = o.BlockId
        LEFT JOIN KeptCell n ON n.Id = o.Id AND n.FromPublication <= @later AND n.UntilPublication > @later
        """;

    // The first is said by the second too; with it the index of what ended is used.
    private const string Ended = "WHERE o.UntilPublication < 2147483647 AND o.UntilPublication > @earlier AND o.UntilPublication <= @later AND o.FromPublication <= @earlier";

    /// <summary>Those that can still be read, newest first.</summary>
    public async Task<IReadOnlyList<Publication>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<(int Number, DateTimeOffset MadeAt, string Sha256, int Cells, int HiddenCells, bool LeftOutMarked)>(new CommandDefinition(
            "SELECT Number, MadeAt, Sha256, Cells, HiddenCells, LeftOutMarked FROM Publication ORDER BY Number DESC", cancellationToken: cancel)))
            .Select(p => new Publication(p.Number, p.MadeAt, p.Sha256, p.Cells, p.HiddenCells) { LeftOutMarked = p.LeftOutMarked })];
    }

    /// <summary>Why cells are hidden, most first.</summary>
    /// <param name="publication">Of this one.</param>
    /// <param name="narrowedTo">Somebody whose scope is narrowed to some client groups: of those alone; null for all.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IReadOnlyList<HiddenCount>> HiddenAsync(Publication publication, Guid? narrowedTo, CancellationToken cancel)
    {
        if (narrowedTo is not null)
        {
            return await CountHiddenAsync(publication.Number, narrowedTo, cancel);
        }

        var key = (publication.Number, publication.Sha256);
        if (counted.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = await CountHiddenAsync(publication.Number, null, cancel);
        foreach (var old in counted.Keys.Where(k => k.Number < publication.Number - 3))
        {
            counted.TryRemove(old, out _);
        }

        return counted[key] = found;
    }

    private async Task<IReadOnlyList<HiddenCount>> CountHiddenAsync(int publication, Guid? narrowedTo, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var narrowed = narrowedTo is null ? "" : $" AND {ScopeSql.Group("ClientGroupId", "@narrowedTo")}";
        var rows = new List<HiddenCount>();
        foreach (var table in (string[])["PublishedOutcome", "PublishedDistribution", "PublishedParticipation", "PublishedFollowUp"])
        {
            rows.AddRange((await connection.QueryAsync<(string Why, int Cells)>(new CommandDefinition(
                $"SELECT SuppressionReason, COUNT(*) FROM {table} WHERE Publication = @publication AND Suppressed = 1{narrowed} GROUP BY SuppressionReason", new { publication, narrowedTo }, commandTimeout: 120, cancellationToken: cancel)))
                .Select(r => new HiddenCount(r.Why, r.Cells)));
        }

        return [.. rows.GroupBy(r => r.Why).Select(g => new HiddenCount(g.Key, g.Sum(r => r.Cells))).OrderByDescending(r => r.Cells)];
    }

    /// <summary>What is different in the later of two publications.</summary>
    /// <param name="personId">Whose groups are counted, and whose places the figures are from.</param>
    public async Task<PublicationDifference> CompareAsync(int earlier, int later, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var counts = (await connection.QueryAsync<(int Before, int? Now, int Cells)>(new CommandDefinition(
            $"""
            SELECT CASE WHEN o.Suppressed = 1 THEN 1 ELSE 0 END AS Was, CASE WHEN n.Id IS NULL THEN NULL WHEN n.Suppressed = 1 THEN 1 ELSE 0 END AS IsNow, COUNT(*)
            {Between}
            {Ended} AND {ScopeSql.Group("b.ClientGroupId", "@personId")}
            GROUP BY CASE WHEN o.Suppressed = 1 THEN 1 ELSE 0 END, CASE WHEN n.Id IS NULL THEN NULL WHEN n.Suppressed = 1 THEN 1 ELSE 0 END
            """,
            new { earlier, later, personId }, commandTimeout: 120, cancellationToken: cancel))).ToList();
        return new PublicationDifference(Count(0, 0), Count(0, 1), Count(1, 0), counts.Where(c => c.Now is null).Sum(c => c.Cells), await LargestAsync(connection, earlier, later, personId, cancel));

        int Count(int before, int now) => counts.Where(c => c.Before == before && c.Now == now).Sum(c => c.Cells);
    }

    private async Task<IReadOnlyList<MovedFigure>> LargestAsync(DbConnection connection, int earlier, int later, Guid personId, CancellationToken cancel) =>
        [.. await connection.QueryAsync<MovedFigure>(new CommandDefinition(
            $"""
            SELECT g.NameNl AS GroupNl, g.NameEn AS GroupEn, p.Name AS Place, b.PeriodId, m.TextNl, m.TextEn, b.Perspective,
              o.Respondents AS PeopleBefore, o.Mean AS MeanBefore, o.StandardDeviation AS DeviationBefore, n.Respondents AS People, n.Mean, n.StandardDeviation AS Deviation
            {Between}
            JOIN PublishedMeasure m ON m.Publication = @later AND m.Id = o.MeasureId AND m.Kind = 'domain'
            JOIN PublishedPeriod t ON t.Publication = @later AND t.Id = b.PeriodId AND t.Kind = 'year'
            JOIN PublishedPlace p ON p.Publication = @later AND p.Id = b.PlaceId
            JOIN PublishedClientGroup g ON g.Publication = @later AND g.Id = b.ClientGroupId
            {Ended} AND o.Mean IS NOT NULL AND n.Mean IS NOT NULL AND o.Mean <> n.Mean
              AND b.PlaceId IN {ScopeSql.Places("@personId")} AND {ScopeSql.Group("b.ClientGroupId", "@personId")}
            ORDER BY ABS(n.Mean - o.Mean) DESC, o.Id{database.Dialect.Page("@skip", "@take")}
            """,
            new { earlier, later, personId, skip = 0, take = MostFigures }, commandTimeout: 120, cancellationToken: cancel))];
}
