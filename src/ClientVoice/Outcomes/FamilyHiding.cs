using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Hides the cells of one family: proved where that can be worked out, by rule in the clusters of measures that are too large for it.</summary>
internal sealed class FamilyHiding
{
    private const int MostInOneGo = 60_000;

    private readonly AggregationRun run;
    private readonly MeasureSheet? sheet;
    private readonly IReadOnlyList<(IReadOnlyList<int> Measures, bool Exact)> clusters;
    private readonly ExactHiding? exact;

    private FamilyHiding(AggregationRun run, MeasureSheet? sheet, IReadOnlyList<(IReadOnlyList<int> Measures, bool Exact)> clusters, ExactHiding? exact)
    {
        this.run = run;
        this.sheet = sheet;
        this.clusters = clusters;
        this.exact = exact;
    }

    /// <param name="sheet">Null where the family's version is no longer known: then it has no cells.</param>
    /// <param name="book">Null where the family is too large for it.</param>
    /// <param name="conversations">How many the family has.</param>
    public static async Task<FamilyHiding> OfAsync(AggregationRun run, OutcomeFamily family, MeasureSheet? sheet, AnswerBook? book, int conversations, CancellationToken cancel)
    {
        var clusters = sheet is null ? [] : ExactHiding.Clusters(sheet, conversations, run.Limits.MostUnknowns);
        var isExact = sheet is not null && book is not null && clusters.Any(c => c.Exact);
        var states = isExact ? await BlockStates.OfAsync(run.Reading, run.Snapshot, family, sheet!, cancel) : [];
        var exact = isExact ? new ExactHiding(book!, sheet!, run.Moment, run.LeaveOutMarked, run.Smallest, states, place => run.Tree.Above(place, run.Today).Count()) : null;
        return new FamilyHiding(run, sheet, clusters, exact);
    }

    /// <summary>Whether the hiding of a measure is worked out.</summary>
    public bool IsExact(int measure) => clusters.First(c => c.Measures.Contains(measure)).Exact;

    /// <summary>The reason for each hidden cell, by its place in <paramref name="cells"/>.</summary>
    public IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells)
    {
        // No sum reaches from one cluster into another: what is hidden by rule can be hidden in one go. That saves time where something changed,
        // and costs memory where everything is counted.
        const int byRule = -1;
        var inOneGo = cells.Count <= MostInOneGo;
        if (inOneGo && !clusters.Any(c => c.Exact))
        {
            return run.Disclosure(sheet).Hide(cells);
        }

        var hidden = new Dictionary<int, string>();
        var clusterOf = clusters.SelectMany((c, i) => c.Measures.Select(measure => (measure, of: inOneGo && !c.Exact ? byRule : i))).ToDictionary(x => x.measure, x => x.of);
        foreach (var at in Enumerable.Range(0, cells.Count).GroupBy(i => clusterOf[cells[i].Measure]))
        {
            List<int> some = [.. at];
            List<HidingCell> of = [.. some.Select(i => cells[i])];
            foreach (var (i, why) in at.Key == byRule || !clusters[at.Key].Exact ? run.Disclosure(sheet).Hide(of) : exact!.Hide(of, clusters[at.Key].Measures, id => run.Periods[id]))
            {
                hidden[some[i]] = why;
            }
        }

        return hidden;
    }
}
