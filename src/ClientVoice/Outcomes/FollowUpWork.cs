// Publishes what became of agreements. Of a family in which something changed everything is counted, for an agreement is a row and
// no answer; what did not change stays as it was, hidden or shown.
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Counts the agreements of one run.</summary>
internal sealed class FollowUpWork(AggregationRun run, FollowUpFacts facts, Publisher publisher)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "People", "Made", "Done", "NotDone", "StillOpen", "ToldBack", "Suppressed", "SuppressionReason",
    ];

    /// <param name="whole">Count every family, not only those in which something changed.</param>
    public async Task RunAsync(bool whole, CancellationToken cancel)
    {
        var before = run.Moment.Before;
        var blocks = new FollowUp(run.Periods, run.Tree);
        var moved = (await facts.MovedAsync(before.Through, run.Moment.Through, cancel))
            .Concat(run.Former.Where(c => c.Ended > before.Through).Select(c => new FollowUpMoved(new OutcomeFamily(c.GroupId, c.InstrumentId, c.InstrumentVersion, c.Perspective), c.PlaceId, c.HeldOn)))
            .ToLookup(m => m.Family);
        var families = moved.Select(m => m.Key);
        if (whole)
        {
            families = families.Union(await facts.FamiliesAsync(cancel)).Union(before.Number == 0 ? [] : await run.Kept.FamiliesAsync(cancel));
        }

        foreach (var family in families.OrderBy(f => f.Group).ThenBy(f => f.Instrument, StringComparer.Ordinal).ThenBy(f => f.Perspective, StringComparer.Ordinal))
        {
            await FamilyAsync(family, moved[family].SelectMany(m => blocks.BlocksOf(m.HeldOn, m.PlaceId)).ToHashSet(), cancel);
        }
    }

    private async Task FamilyAsync(OutcomeFamily family, HashSet<BlockKey> changed, CancellationToken cancel)
    {
        var counted = new FollowUp(run.Periods, run.Tree);
        // Of an instrument that is not there any more nothing is shown, as with the figures.
        if (run.Sheets.ContainsKey(family.Instrument))
        {
            await foreach (var agreement in facts.OfAsync(family, cancel))
            {
                counted.Add(agreement);
            }
        }

        var standing = new List<KeptRow>();
        foreach (var place in run.Moment.Before.Number == 0 ? [] : run.Places)
        {
            standing.AddRange(await run.Kept.OfPlaceAsync(KeptTable.FollowUp, family, place.Id, null, cancel));
        }

        var rows = Make(family, counted.Cells(), run.Disclosure(null), standing.ToDictionary(CountedBlock.Of, r => (string?)r.Values[^1]), block => !changed.Contains(block));
        await publisher.ReplaceAsync(KeptTable.FollowUp, standing, rows, cancel);
    }

    /// <summary>From counts to the rows that are published.</summary>
    /// <param name="before">Of the publication before: why a block was hidden, null where it was shown; a block that it had not is absent.</param>
    /// <param name="isUnchanged">Whether nothing in a block changed since that publication.</param>
    /// <remarks>
    /// Hidden are few people, and what would tell of few. That all was done, or nothing, is not hidden: it is what the organisation
    /// did, and nobody's answer.
    /// </remarks>
    public static IReadOnlyList<object?[]> Make(
        OutcomeFamily family, IReadOnlyList<FollowUpCell> cells, Disclosure disclosure, IReadOnlyDictionary<BlockKey, string?> before, Func<BlockKey, bool> isUnchanged)
    {
        var hidden = disclosure.Hide([.. cells.Select(Hiding)]);
        return [.. cells.Select((cell, i) => Row(family, cell, hidden.GetValueOrDefault(i)))];

        HidingCell Hiding(FollowUpCell cell)
        {
            var unchanged = before.TryGetValue(cell.Block, out var why) && isUnchanged(cell.Block);
            return new HidingCell(cell.Block.Period, cell.Block.Place, -1, cell.People, null, unchanged && why is null, cell.People, unchanged ? why : null);
        }
    }

    private static object?[] Row(OutcomeFamily family, FollowUpCell cell, string? why)
    {
        return
        [
            cell.Block.Period, cell.Block.Place, family.Group, family.Instrument, family.Perspective,
            Open(cell.People), Open(cell.Made), Open(cell.Done), Open(cell.NotDone), Open(cell.StillOpen), Open(cell.ToldBack), why is not null, why,
        ];

        int? Open(int count) => why is null ? count : null;
    }
}
