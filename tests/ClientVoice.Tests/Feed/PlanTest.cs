using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Feed;

/// <summary>How SQLite goes about a page of a publication, by its own word (EXPLAIN QUERY PLAN).</summary>
public sealed class PlanTest
{
    [TestCase("PublishedOutcome")]
    [TestCase("PublishedDistribution")]
    [TestCase("PublishedParticipation")]
    [TestCase("PublishedFollowUp")]
    public async Task TheFirstPageIsReadInTheOrderOfItsRowsAndNotSorted(string published)
    {
        using var folder = new TemporaryFolder(Databases.Sqlite);
        await folder.Migrator().RunAsync(default);
        await using var connection = await folder.Database.OpenAsync(default);
        var steps = await connection.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN SELECT t.Id FROM {published} t WHERE t.Publication = 1 ORDER BY t.Id LIMIT 100");
        Assert.That(steps.Select(s => s.Detail), Has.None.Contains("ORDER BY").And.Not.Empty);
    }

    private sealed record PlanStep
    {
        public required string Detail { get; init; }
    }
}
