// The only place where small groups are hidden. Works on the whole table of a family at once: a cell with few people is
// hidden, and then as many neighbours as it takes that nobody finds it by subtracting one level from another - places
// within a larger place, months within a quarter, quarters within a year, years within three years, questions within a
// domain - and not by laying this publication beside an earlier one either.
namespace ClientVoice.Outcomes;

/// <summary>A cell as hiding sees it.</summary>
/// <param name="Own">Why it is hidden for its own sake; null where it is not.</param>
/// <param name="Known">It was shown before with what it would show now: hiding it again hides nothing.</param>
/// <param name="Unknown">How many people's answers in it were never part of a shown figure.</param>
/// <param name="Before">Why what it would show now was hidden before; null where it was not.</param>
/// <param name="Touched">Somebody changed in it since the publication before, or it was not there. What is not touched stays as it was.</param>
internal sealed record HidingCell(string Period, Guid Place, int Measure, int People, string? Own, bool Known, int Unknown, string? Before = null, bool Touched = true);

/// <summary>Decides which cells are hidden and why.</summary>
/// <param name="below">The blocks that add up to a place in a period.</param>
/// <param name="parts">The periods that make up a period.</param>
/// <param name="questions">The questions of a domain.</param>
/// <param name="smallest">Fewer people than this are hidden; never below 3.</param>
internal sealed class Disclosure(Func<string, Guid, IEnumerable<BlockKey>> below, ILookup<string, string> parts, ILookup<int, int> questions, int smallest)
{
    /// <summary>Fewer than this is never shown, whatever the organisation says.</summary>
    public const int Least = 3;

    private readonly int smallest = Math.Max(Least, smallest);

    /// <summary>The reason for each hidden cell of one family, by its place in <paramref name="cells"/>.</summary>
    public IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells)
    {
        var hidden = new Dictionary<int, string>();
        for (var i = 0; i < cells.Count; i++)
        {
            if ((cells[i].People < smallest ? HiddenBecause.FewPeople : cells[i].Own ?? cells[i].Before) is { } why)
            {
                hidden[i] = why;
            }
        }

        var sums = Sums(cells);
        var of = sums.SelectMany(sum => (int[])[sum.Total, .. sum.Parts], (sum, cell) => (cell, sum)).ToLookup(x => x.cell, x => x.sum);
        // A cell hidden in one sum can lay another bare, so its other sums are looked at again. Each look that matters
        // hides one more cell, so it ends.
        var waiting = new Queue<Sum>(sums.Where(sum => hidden.ContainsKey(sum.Total) || sum.Parts.Any(hidden.ContainsKey)));
        var queued = waiting.ToHashSet();
        while (waiting.TryDequeue(out var sum))
        {
            queued.Remove(sum);
            while (Cover(cells, sum, hidden) is { } cover)
            {
                hidden[cover] = HiddenBecause.TellsNeighbour;
                foreach (var other in of[cover].Where(other => other != sum && queued.Add(other)))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return hidden;
    }

    private List<Sum> Sums(IReadOnlyList<HidingCell> cells)
    {
        var at = new Dictionary<(string, Guid, int), int>(cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            at[(cells[i].Period, cells[i].Place, cells[i].Measure)] = i;
        }

        var sums = new List<Sum>();
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            Add(i, below(cell.Period, cell.Place).Select(block => (block.Period, block.Place, cell.Measure)), true);
            Add(i, parts[cell.Period].Select(period => (period, cell.Place, cell.Measure)), true);
            Add(i, questions[cell.Measure].Select(question => (cell.Period, cell.Place, question)), false);
        }

        return sums;

        void Add(int total, IEnumerable<(string, Guid, int)> keys, bool differentPeople)
        {
            List<int> there = [.. keys.Where(at.ContainsKey).Select(key => at[key])];
            if (there.Count > 0)
            {
                sums.Add(new Sum(total, there, differentPeople));
            }
        }
    }

    /// <summary>The cell to hide so that this sum tells nothing; null where it tells nothing.</summary>
    private int? Cover(IReadOnlyList<HidingCell> cells, Sum sum, Dictionary<int, string> hidden)
    {
        var unknown = sum.Parts.Where(hidden.ContainsKey).ToList();
        var open = sum.Parts.Where(p => !hidden.ContainsKey(p) && !cells[p].Known).OrderBy(p => cells[p].People).ThenBy(p => p).ToList();
        var totalIsOpen = !hidden.ContainsKey(sum.Total);
        if (!totalIsOpen)
        {
            // A hidden total is the sum of its parts: one of them has to be hidden with it.
            return unknown.Count == 0 && open.Count > 0 ? open[0] : null;
        }

        // One hidden part is the total less the others; a few people together are still a few people.
        var told = unknown.Count == 1 || (unknown.Count > 1 && sum.DifferentPeople && unknown.Sum(p => cells[p].Unknown) < smallest);
        return !told ? null : open.Count > 0 ? open[0] : cells[sum.Total].Known ? null : sum.Total;
    }

    private sealed record Sum(int Total, IReadOnlyList<int> Parts, bool DifferentPeople)
    {
        public bool Equals(Sum? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
