// The only place where small groups are hidden. Works on the whole table at once: a cell with few people
// is hidden, and then as many neighbours as it takes that nobody finds it by subtracting one level from
// another - places within a larger place, quarters within a year.
namespace ClientVoice.Outcomes;

/// <summary>A cell as hiding sees it.</summary>
/// <param name="Series">What may be added up with what: group, instrument, perspective and measure.</param>
/// <param name="Own">Why it is hidden for its own sake; null where it is not.</param>
internal sealed record HidingCell(string Series, string Period, Guid Place, int People, string? Own);

/// <summary>Decides which cells are hidden and why.</summary>
/// <param name="children">The places directly below a place.</param>
/// <param name="quarters">The quarters of a year.</param>
/// <param name="smallest">Fewer people than this are hidden; never below 3.</param>
internal sealed class Disclosure(ILookup<Guid, Guid> children, ILookup<string, string> quarters, int smallest)
{
    private readonly int smallest = Math.Max(3, smallest);

    /// <summary>The reason for each hidden cell, by its place in <paramref name="cells"/>.</summary>
    public IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells)
    {
        var hidden = new Dictionary<int, string>();
        var series = Enumerable.Range(0, cells.Count).GroupBy(i => cells[i].Series);
        foreach (var one in series)
        {
            HideSeries(cells, [.. one], hidden);
        }

        return hidden;
    }

    private void HideSeries(IReadOnlyList<HidingCell> cells, IReadOnlyList<int> members, Dictionary<int, string> hidden)
    {
        var at = members.ToDictionary(i => (cells[i].Period, cells[i].Place));
        foreach (var i in members)
        {
            if (cells[i].People < smallest)
            {
                hidden[i] = HiddenBecause.FewPeople;
            }
            else if (cells[i].Own is { } own)
            {
                hidden[i] = own;
            }
        }

        // A cell hidden in one family can lay another bare: again until nothing changes. Each round hides
        // at least one more cell, so it ends.
        var families = members.SelectMany(i => Families(cells[i], i, at)).ToList();
        while (families.Select(family => Protect(cells, family, hidden)).ToList().Contains(true))
        {
        }
    }

    /// <summary>The sums in which a cell is the total: over the places below it, and over the quarters of its year.</summary>
    private IEnumerable<(int Total, List<int> Parts)> Families(HidingCell cell, int index, Dictionary<(string Period, Guid Place), int> at)
    {
        var places = children[cell.Place].Where(p => at.ContainsKey((cell.Period, p))).Select(p => at[(cell.Period, p)]).ToList();
        if (places.Count > 0)
        {
            yield return (index, places);
        }

        var parts = quarters[cell.Period].Where(q => at.ContainsKey((q, cell.Place))).Select(q => at[(q, cell.Place)]).ToList();
        if (parts.Count > 0)
        {
            yield return (index, parts);
        }
    }

    private bool Protect(IReadOnlyList<HidingCell> cells, (int Total, List<int> Parts) family, Dictionary<int, string> hidden)
    {
        var parts = family.Parts.Where(hidden.ContainsKey).ToList();
        var open = family.Parts.Where(p => !hidden.ContainsKey(p)).OrderBy(p => cells[p].People).ThenBy(p => p).ToList();
        if (hidden.ContainsKey(family.Total))
        {
            // A hidden total is the sum of its parts: one of them has to be hidden with it.
            return parts.Count == 0 && HideOne(open[0]);
        }

        // One hidden part is the total less the others; a few people together are still a few people.
        var told = parts.Count == 1 || (parts.Count > 1 && parts.Sum(p => cells[p].People) < smallest);
        return told && HideOne(open.Count > 0 ? open[0] : family.Total);

        bool HideOne(int cell)
        {
            hidden[cell] = HiddenBecause.TellsNeighbour;
            return true;
        }
    }
}
