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
        var hidden = new string?[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            hidden[i] = cells[i].People < smallest ? HiddenBecause.FewPeople : cells[i].Own ?? cells[i].Before;
        }

        var sums = new CellSums(cells, below, parts, questions);
        // A cell hidden in one sum can lay another bare, so its other sums are looked at again. Each look that matters
        // hides one more cell, so it ends.
        var waiting = new Queue<int>();
        var queued = new bool[sums.Count];
        for (var sum = 0; sum < sums.Count; sum++)
        {
            if (hidden[sums.Total(sum)] is not null || AnyHidden(sums.Parts(sum)))
            {
                waiting.Enqueue(sum);
                queued[sum] = true;
            }
        }

        while (waiting.TryDequeue(out var sum))
        {
            queued[sum] = false;
            while (Cover(cells, sums, sum, hidden) is { } cover)
            {
                hidden[cover] = HiddenBecause.TellsNeighbour;
                foreach (var other in sums.Of(cover))
                {
                    if (other != sum && !queued[other])
                    {
                        waiting.Enqueue(other);
                        queued[other] = true;
                    }
                }
            }
        }

        var reasons = new Dictionary<int, string>(hidden.Count(why => why is not null));
        for (var i = 0; i < hidden.Length; i++)
        {
            if (hidden[i] is { } why)
            {
                reasons.Add(i, why);
            }
        }

        return reasons;

        bool AnyHidden(ReadOnlySpan<int> some)
        {
            foreach (var part in some)
            {
                if (hidden[part] is not null)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The cell to hide so that this sum tells nothing; null where it tells nothing.</summary>
    private int? Cover(IReadOnlyList<HidingCell> cells, CellSums sums, int sum, string?[] hidden)
    {
        var (total, unknown, unknownPeople) = (sums.Total(sum), 0, 0);
        int? open = null;
        foreach (var part in sums.Parts(sum))
        {
            if (hidden[part] is not null)
            {
                unknown++;
                unknownPeople += cells[part].Unknown;
            }
            else if (!cells[part].Known && (open is not { } fewest || cells[part].People < cells[fewest].People || (cells[part].People == cells[fewest].People && part < fewest)))
            {
                open = part;
            }
        }

        if (hidden[total] is not null)
        {
            // A hidden total is the sum of its parts: one of them has to be hidden with it.
            return unknown == 0 ? open : null;
        }

        // One hidden part is the total less the others; a few people together are still a few people.
        var told = unknown == 1 || (unknown > 1 && sums.OfDifferentPeople(sum) && unknownPeople < smallest);
        return !told ? null : open ?? (cells[total].Known ? null : total);
    }
}
