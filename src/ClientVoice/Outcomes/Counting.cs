using ClientVoice.Conversations;
using ClientVoice.Jobs;

namespace ClientVoice.Outcomes;

/// <summary>Says what one run counts: everything, or what changed.</summary>
internal sealed class Counting(AggregationRun run, FamilyWork families, ParticipationWork participation, IProgress<WorkProgress> progress)
{
    /// <summary>Counts everything, and returns how many conversations there are.</summary>
    public async Task<int> WholeAsync(CancellationToken cancel)
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
        return await run.Facts.CountAsync(cancel);
    }

    /// <summary>Counts what changed since the publication before, and returns how many conversations came in.</summary>
    /// <param name="sameClients">Whether nothing that participation rests on changed beside conversations.</param>
    public async Task<int> ChangedAsync(bool sameClients, CancellationToken cancel)
    {
        var before = run.Moment.Before;
        var (now, then) = await ChangedPeopleAsync(before.Through, cancel);
        var shifts = Shifts(then, now).ToLookup(s => FamilyOf(s.Held));
        List<HeldConversation> both = [.. now, .. then.Where(c => c.Ended is not null)];
        var changes = Changes.Of(both.Where(c => c.Outcome == "finished" && run.IsNews(c)), before.Through, run.Periods, run.Tree);
        // The answers that were corrected or erased are gone and cannot be taken away: what is left is counted again.
        var anew = both.Where(c => c.Ended is not null || c.Touched).Select(FamilyOf).ToHashSet();
        var all = InOrder(changes.Families.Union(shifts.Select(s => s.Key)).Union(anew).Where(f => run.Sheets.ContainsKey(f.Instrument)));
        for (var i = 0; i < all.Count; i++)
        {
            progress.Report(new WorkProgress(i, all.Count + 1));
            if (!anew.Contains(all[i]) && await run.Facts.HasMoreThanAsync(run.Dialect, all[i], run.Limits.MostUnknowns, cancel))
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
            await participation.ChangedAsync(then, now, Changes.Of(both, before.Through, run.Periods, run.Tree), cancel);
        }
        else
        {
            await participation.WholeAsync(await run.Kept.FamiliesAsync(cancel), cancel);
        }

        // Taking part without a name is no conversation: its answers are counted on their own.
        return now.Count(c => c.Outcome != "anonymous") - then.Count(c => c.Outcome != "anonymous");
    }

    // Everything of everyone with a change, as it is now and as it was at the publication before.
    private async Task<(IReadOnlyList<HeldConversation> Now, IReadOnlyList<HeldConversation> Then)> ChangedPeopleAsync(long since, CancellationToken cancel)
    {
        var now = (await run.Facts.OfChangedAsync(since, run.Moment.Through, cancel)).ToList();
        var ended = run.Former.Where(c => c.Ended > since && c.Received <= since).ToList();
        // Of somebody whose conversation was erased, nothing that stands need have changed.
        foreach (var asked in ended.GroupBy(c => (c.InstrumentId, c.Perspective)))
        {
            var there = now.Where(c => c.InstrumentId == asked.Key.InstrumentId && c.Perspective == asked.Key.Perspective).Select(c => c.ClientId).ToHashSet();
            now.AddRange(await run.Facts.OfPeopleAsync(asked.Select(c => c.ClientId).Where(c => !there.Contains(c)), asked.Key.InstrumentId, asked.Key.Perspective, cancel));
        }

        return (now, [.. now.Where(c => c.Received <= since), .. ended]);
    }

    private static OutcomeFamily FamilyOf(HeldConversation c) => new(c.GroupId, c.InstrumentId, c.InstrumentVersion, c.Perspective);

    // In one order, so that a run that is taken up again does the same.
    private static List<OutcomeFamily> InOrder(IEnumerable<OutcomeFamily> families) =>
        [.. families.OrderBy(f => f.Group).ThenBy(f => f.Instrument, StringComparer.Ordinal).ThenBy(f => f.Perspective, StringComparer.Ordinal)];

    private IEnumerable<CountShift> Shifts(IReadOnlyList<HeldConversation> then, IReadOnlyList<HeldConversation> now)
    {
        // As it was then: what ended since stood.
        var before = Lasts([.. then.Select(c => c with { Ended = null })]);
        return Lasts(now).Values.Select(c => new CountShift(c.Held, before.TryGetValue(c.Held.Id, out var was) ? was.Lasts : 0, c.Lasts)).Where(s => s.Before != s.Now);

        Dictionary<Guid, CountedConversation> Lasts(IReadOnlyList<HeldConversation> held) =>
            CountedConversation.Of(held, run.LeaveOutMarked).SelectMany(f => f).ToDictionary(c => c.Held.Id);
    }
}
