// Hiding that is proved and not only likely: a cell is shown when, together with everything that was ever shown, it tells
// nobody's answer and no hidden figure. Cells come in turn, those that matter most first. Used where a family is small enough
// to do the sums (small families are also where people are found); larger ones are hidden by the rules of Disclosure.
namespace ClientVoice.Outcomes;

/// <summary>Decides which cells of one family are hidden and why.</summary>
/// <param name="states">Every cell that was shown before, or hidden for its own sake.</param>
/// <param name="depth">How far below the organisation a place is.</param>
internal sealed class ExactHiding(AnswerBook book, MeasureSheet sheet, PublicationMoment moment, bool leaveOutMarked, int smallest, IReadOnlyList<CountedCell> states, Func<Guid, int> depth)
{
    // Cells that are let in together and looked at once: most do no harm.
    private const int Together = 32;

    private static readonly string[] Kinds = [PeriodKinds.Year, PeriodKinds.ThreeYears, PeriodKinds.Quarter, PeriodKinds.Month];

    /// <summary>The measures that say something of each other, and whether the unknowns behind them are few enough.</summary>
    /// <param name="conversations">How many the family has, those that do not count among them.</param>
    /// <param name="mostUnknowns">How many are few enough.</param>
    public static IReadOnlyList<(IReadOnlyList<int> Measures, bool Exact)> Clusters(MeasureSheet sheet, int conversations, int mostUnknowns)
    {
        var cluster = Enumerable.Range(0, sheet.All.Count).ToArray();
        foreach (var measure in sheet.All)
        {
            foreach (var part in measure.Parts)
            {
                var (from, to) = (cluster[part], cluster[measure.Index]);
                for (var i = 0; i < cluster.Length; i++)
                {
                    cluster[i] = cluster[i] == from ? to : cluster[i];
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, sheet.All.Count).GroupBy(i => cluster[i]).Select(g => ((IReadOnlyList<int>)[.. g],
                sheet.All.Count <= AnswerBook.MostMeasures && Unknowns(g, conversations) is > 0 and var unknowns && unknowns <= mostUnknowns)),
        ];

        // In whole numbers of 64 bits: a sector has millions.
        long Unknowns(IEnumerable<int> measures, long people) => people * measures.Count(i => sheet.All[i].Kind == MeasureKinds.Question);
    }

    /// <summary>The reason for each hidden cell of a cluster, by its place in <paramref name="cells"/>.</summary>
    /// <param name="period">A period by its id.</param>
    public IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells, IReadOnlyList<int> measures, Func<string, Period> period)
    {
        // Where nobody changed everything stays as it was: shown once more, it tells nothing new.
        if (cells.All(c => !c.Touched))
        {
            return Enumerable.Range(0, cells.Count).Where(i => Stays(cells[i]) is not null).ToDictionary(i => i, i => Stays(cells[i])!);
        }

        var questions = measures.Where(IsQuestion).ToList();
        var sums = cells.Select(c => book.Sums(new CountedCell(c.Period, c.Place, c.Measure, moment.Through, leaveOutMarked, false), questions).ToList()).ToList();
        var known = new KnownSums(book.Conversations * questions.Count);
        foreach (var sum in states.Where(s => s.Shown && measures.Contains(s.Measure)).SelectMany(s => book.Sums(s, questions)))
        {
            known.Add(sum);
        }

        var hidden = new Dictionary<int, string>();
        for (var i = 0; i < cells.Count; i++)
        {
            if ((cells[i].People < smallest ? HiddenBecause.FewPeople : cells[i].Own) is { } why)
            {
                hidden[i] = why;
            }
        }

        // What was told before cannot be taken back; it does not forbid the rest.
        var before = states.Where(s => !s.Shown && measures.Contains(s.Measure)).SelectMany(s => book.Sums(s, questions));
        var secrets = hidden.Keys.SelectMany(i => sums[i]).Concat(before).Where(sum => sum.Count > 0 && !known.Tells(sum)).ToList();
        var told = known.FewUnknowns();
        var candidates = Enumerable.Range(0, cells.Count).Where(i => !hidden.ContainsKey(i))
            .OrderBy(i => depth(cells[i].Place)).ThenBy(i => Array.IndexOf(Kinds, period(cells[i].Period).Kind)).ThenBy(i => cells[i].Measure)
            .ThenByDescending(i => period(cells[i].Period).FromOn).ThenBy(i => cells[i].Place).ToList();
        foreach (var chunk in candidates.Chunk(Together))
        {
            known = Let(known, chunk);
        }

        foreach (var i in hidden.Where(h => h.Value == HiddenBecause.TellsNeighbour).Select(h => h.Key).Where(i => sums[i].TrueForAll(known.Tells)).ToList())
        {
            hidden.Remove(i);
        }

        return hidden;

        string? Stays(HidingCell cell) => cell.People < smallest ? HiddenBecause.FewPeople : cell.Own ?? cell.Before;

        KnownSums Let(KnownSums now, IReadOnlyList<int> some)
        {
            var after = now.Copy();
            if (!some.SelectMany(i => sums[i]).Select(after.Add).ToList().Contains(true) || IsSafe(after))
            {
                return after;
            }

            if (some.Count == 1)
            {
                hidden[some[0]] = HiddenBecause.TellsNeighbour;
                return now;
            }

            // Halves: the one that does harm is found in a few steps.
            return Let(Let(now, [.. some.Take(some.Count / 2)]), [.. some.Skip(some.Count / 2)]);
        }

        // With the sum of two answers, each of the two knows the other's.
        bool IsSafe(KnownSums sums) => sums.FewUnknowns() <= told && !secrets.Exists(sums.Tells);
    }

    private bool IsQuestion(int measure) => sheet.All[measure].Kind == MeasureKinds.Question;
}
