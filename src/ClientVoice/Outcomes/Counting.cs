using ClientVoice.Conversations;
using ClientVoice.Jobs;

namespace ClientVoice.Outcomes;

/// <summary>Says what one run counts: everything, or what changed.</summary>
internal sealed class Counting(AggregationRun run, FamilyWork families, ParticipationWork participation, IProgress<WorkProgress> progress)
{
    /// <summary>Counts everything.</summary>
    public async Task WholeAsync(CancellationToken cancel)
    {
        var standing = run.Moment.Before.Number == 0 ? [] : await run.Kept.FamiliesAsync(cancel);
        var all = InOrder((await run.Facts.FamiliesAsync(cancel)).Union(standing));
        for (var i = 0; i < all.Count; i++)
        {
            progress.Report(new WorkProgress(i, all.Count + 1));
            await families.WholeAsync(all[i], cancel);
        }

        progress.Report(new WorkProgress(all.Count, all.Count + 1));
        await participation.WholeAsync(standing, cancel);
    }

    /// <summary>Counts what changed since the publication before, and returns how many conversations came in.</summary>
    /// <param name="sameClients">Nothing that participation rests on changed beside conversations.</param>
    public async Task<int> ChangedAsync(bool sameClients, CancellationToken cancel)
    {
        var before = run.Moment.Before;
        var now = await run.Facts.OfChangedAsync(before.Through, run.Moment.Through, cancel);
        List<HeldConversation> then = [.. now.Where(c => c.Received <= before.Through)];
        var shifts = Shifts(then, now).ToLookup(s => new OutcomeFamily(s.Held.GroupId, s.Held.InstrumentId, s.Held.InstrumentVersion, s.Held.Perspective));
        var changes = Changes.Of(now.Where(c => c.Outcome == "finished" && (c.Touched || !(run.LeaveOutMarked && c.Marked))), before.Through, run.Periods, run.Ancestors);
        var all = InOrder(changes.Families.Union(shifts.Select(s => s.Key)).Where(f => run.Sheets.ContainsKey(f.Instrument)));
        for (var i = 0; i < all.Count; i++)
        {
            progress.Report(new WorkProgress(i, all.Count + 1));
            if (await run.Facts.HasMoreThanAsync(run.Dialect, all[i], ExactHiding.MostUnknowns, cancel))
            {
                await families.ChangedAsync(all[i], [.. shifts[all[i]]], changes, cancel);
            }
            else
            {
                await families.WholeAsync(all[i], cancel);
            }
        }

        progress.Report(new WorkProgress(all.Count, all.Count + 1));
        if (sameClients)
        {
            await participation.ChangedAsync(then, now, Changes.Of(now, before.Through, run.Periods, run.Ancestors), cancel);
        }
        else
        {
            await participation.WholeAsync(await run.Kept.FamiliesAsync(cancel), cancel);
        }

        return now.Count - then.Count;
    }

    // In one order, so that a run that is taken up again does the same.
    private static List<OutcomeFamily> InOrder(IEnumerable<OutcomeFamily> families) =>
        [.. families.OrderBy(f => f.Group).ThenBy(f => f.Instrument, StringComparer.Ordinal).ThenBy(f => f.Perspective, StringComparer.Ordinal)];

    private IEnumerable<CountShift> Shifts(IReadOnlyList<HeldConversation> then, IReadOnlyList<HeldConversation> now)
    {
        var before = Lasts(then);
        return Lasts(now).Values.Select(c => new CountShift(c.Held, before.TryGetValue(c.Held.Id, out var was) ? was.Lasts : 0, c.Lasts)).Where(s => s.Before != s.Now);

        Dictionary<Guid, CountedConversation> Lasts(IReadOnlyList<HeldConversation> held) =>
            CountedConversation.Of(held, run.LeaveOutMarked).SelectMany(f => f).ToDictionary(c => c.Held.Id);
    }
}
