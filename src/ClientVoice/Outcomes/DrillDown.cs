// From the organisation to a location and back, with the same question: every step is another cell of the same publication, so what is
// hidden there stays hidden. Places stand in the order of their names, with what can be seen and without a score: this is a way, no ranking.
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>A place beside the one that is looked at, and how much of the same outcomes can be seen there.</summary>
internal sealed record PlaceNear
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary><c>organisation</c>, <c>region</c>, <c>location</c> or <c>team</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>People who took part; null where nobody was invited, or where it is hidden.</summary>
    public int? Held { get; init; }

    /// <summary>0 to 1; null as above.</summary>
    public double? ResponseRate { get; init; }

    /// <summary>Areas of life that something is counted for.</summary>
    public int Areas { get; init; }

    /// <summary>Of those, the ones whose figures are shown.</summary>
    public int AreasShown { get; init; }
}

/// <summary>Finds the way from a place to those around it.</summary>
internal sealed class DrillDown(IDatabase database)
{
    private static readonly string Scope = $"IN {ScopeSql.Places("@personId")}";
    private static readonly string GroupInScope = ScopeSql.Group("@Group", "@personId");

    /// <summary>The places above one within a person's scope, the largest first.</summary>
    public async Task<IReadOnlyList<PlaceNear>> AboveAsync(int publication, Guid personId, Guid place, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<PlaceNear>(new CommandDefinition(
            $"""
            SELECT p.Id, p.Name, p.Kind
            FROM PublishedPlace p
            JOIN PlaceTree a ON a.AncestorId = p.Id AND a.DescendantId = @place
            WHERE p.Publication = @publication AND p.Id <> @place AND p.Id {Scope}
            ORDER BY (SELECT COUNT(*) FROM PlaceTree up WHERE up.DescendantId = p.Id)
            """,
            new { publication, personId, place }, cancellationToken: cancel))];
    }

    /// <summary>The places directly below the one that is asked about, within a person's scope, by name.</summary>
    public async Task<IReadOnlyList<PlaceNear>> BelowAsync(int publication, Guid personId, OutcomeQuestion question, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<PlaceNear>(new CommandDefinition(
            $"""
            SELECT p.Id, p.Name, p.Kind, part.Held, part.ResponseRate, COALESCE(areas.Areas, 0) AS Areas, COALESCE(areas.AreasShown, 0) AS AreasShown
            FROM PublishedPlace p
            LEFT JOIN PublishedParticipation part ON part.Publication = @publication AND part.PlaceId = p.Id AND part.ClientGroupId = @Group AND part.PeriodId = @Period
              AND part.InstrumentId = @Instrument AND part.Perspective = @Perspective AND part.Suppressed = 0 AND {GroupInScope}
            LEFT JOIN (
              SELECT o.PlaceId, COUNT(*) AS Areas, SUM(CASE WHEN o.Suppressed = 1 THEN 0 ELSE 1 END) AS AreasShown
              FROM PublishedOutcome o
              JOIN PublishedMeasure m ON m.Publication = o.Publication AND m.Id = o.MeasureId AND m.Kind = 'domain'
              WHERE o.Publication = @publication AND o.ClientGroupId = @Group AND o.PeriodId = @Period AND o.InstrumentId = @Instrument AND o.Perspective = @Perspective AND {GroupInScope}
                AND o.PlaceId IN (SELECT c.Id FROM PublishedPlace c WHERE c.Publication = @publication AND c.ParentId = @Place)
              GROUP BY o.PlaceId
            ) areas ON areas.PlaceId = p.Id
            WHERE p.Publication = @publication AND p.ParentId = @Place AND p.Id {Scope}
            ORDER BY p.Name, p.Id
            """,
            new { publication, personId, question.Group, question.Place, question.Period, question.Instrument, question.Perspective }, cancellationToken: cancel))];
    }
}
