// Of who took part it is also told how many did so without a name. Those with a name are then known too: each of the two is hidden where it
// is few or would tell a neighbour, and the other with it. A row that is hidden shows neither. No row is hidden for their sake.
namespace ClientVoice.Outcomes;

/// <summary>How a row of participation is hidden.</summary>
/// <param name="Why">Why it is hidden; null where it is shown.</param>
/// <param name="HidesAnonymous">Whether the count without a name is hidden in it.</param>
internal readonly record struct HiddenParticipation(string? Why, bool HidesAnonymous);

/// <summary>Decides which participation is hidden.</summary>
internal static class ParticipationHiding
{
    private const int Anonymous = 1;
    private const int Named = 2;

    /// <summary>For each cell how it is hidden.</summary>
    /// <param name="before">Of the publication before; a block that it had not is absent.</param>
    /// <param name="isUnchanged">Whether nobody in a block had a conversation since that publication.</param>
    public static IReadOnlyList<HiddenParticipation> Of(
        IReadOnlyList<ParticipationCell> cells, Disclosure disclosure, IReadOnlyDictionary<BlockKey, HiddenParticipation> before, Func<BlockKey, bool> isUnchanged)
    {
        List<HiddenParticipation?> was = [.. cells.Select(c => isUnchanged(c.Block.Key) && before.TryGetValue(c.Block.Key, out var stood) ? stood : (HiddenParticipation?)null)];
        // With nobody who took part there is nobody to recognise among those who did.
        var rows = disclosure.Hide([.. cells.Select((c, i) => Cell(c, 0, c.Held == 0 ? c.Invited : c.Held, was[i] is { Why: null }, was[i]?.Why))]);
        var apart = Apart(cells, rows, was, disclosure);
        return [.. cells.Select((_, i) => new HiddenParticipation(rows.GetValueOrDefault(i), rows.ContainsKey(i) || apart.Contains(i)))];
    }

    /// <summary>The cells of which the count without a name is hidden.</summary>
    private static HashSet<int> Apart(IReadOnlyList<ParticipationCell> cells, IReadOnlyDictionary<int, string> rows, List<HiddenParticipation?> was, Disclosure disclosure)
    {
        var all = new List<HidingCell>();
        var of = new List<int>();
        for (var i = 0; i < cells.Count; i++)
        {
            Add(i, Anonymous, cells[i].Anonymous);
            // Where nobody did without a name, those with one are the row itself.
            Add(i, Named, cells[i].Anonymous > 0 || rows.ContainsKey(i) ? cells[i].Held - cells[i].Anonymous : 0);
        }

        // One that is hidden takes the other along, and that can tell a neighbour: looked at again until nothing more is hidden.
        while (true)
        {
            var hidden = disclosure.Hide(all);
            var taken = hidden.Keys.Select(at => of[at]).ToHashSet();
            List<int> along = [.. Enumerable.Range(0, all.Count).Where(at => !hidden.ContainsKey(at) && taken.Contains(of[at]))];
            if (along.Count == 0)
            {
                return taken;
            }

            foreach (var at in along)
            {
                all[at] = all[at] with { Own = HiddenBecause.TellsNeighbour, Known = false };
            }
        }

        void Add(int i, int measure, int people)
        {
            // Nobody is no small group: there is nothing apart to tell.
            if (people > 0)
            {
                of.Add(i);
                var why = rows.GetValueOrDefault(i) ?? (was[i] is { HidesAnonymous: true } ? HiddenBecause.TellsNeighbour : null);
                all.Add(Cell(cells[i], measure, people, was[i] is { HidesAnonymous: false }, why));
            }
        }
    }

    private static HidingCell Cell(ParticipationCell cell, int measure, int people, bool known, string? why) =>
        new(cell.Block.Period, cell.Block.Place, measure, people, null, known, people, why);
}
