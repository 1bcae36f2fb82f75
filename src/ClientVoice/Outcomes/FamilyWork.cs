// Counts families and writes their rows: a family whole, from its answers, or of a large one only the blocks in which
// somebody changed, from what was counted there before.
using ClientVoice.Conversations;
using ClientVoice.Database;

namespace ClientVoice.Outcomes;

/// <summary>A conversation that came to count, or ceased to, in some of the periods around its day.</summary>
/// <param name="Before">In how many of them it counted (see <see cref="CountedConversation.Lasts"/>).</param>
/// <param name="Now">In how many it counts.</param>
internal readonly record struct CountShift(HeldConversation Held, int Before, int Now);

/// <summary>Counts the families of one run.</summary>
internal sealed class FamilyWork(AggregationRun run, Publisher publisher)
{
    private static readonly int MeasureAt = KeptTable.At(PublishedCell.Columns, "MeasureId");

    /// <summary>Counts a family from its answers.</summary>
    public async Task WholeAsync(OutcomeFamily family, CancellationToken cancel)
    {
        var sheet = run.Sheets.GetValueOrDefault(family.Instrument);
        var (blocks, book, conversations, news) = await CountedAsync(family, sheet, cancel);
        var earlier = run.Moment.Before.Number == 0 ? [] : await run.Kept.CellsAsync(family, sheet, cancel);
        var work = new Work(family, sheet, blocks, news, earlier, null);
        await ReadKeptAsync(work, places: null, cancel);
        await WriteAsync(work, await FamilyHiding.OfAsync(run, family, sheet, book, conversations, cancel), cancel);
    }

    // Apart from the rest: while rows are made and written, the conversations of a large family are not held any more.
    private async Task<(Dictionary<BlockKey, Tally?[]> Blocks, AnswerBook? Book, int Conversations, News News)> CountedAsync(OutcomeFamily family, MeasureSheet? sheet, CancellationToken cancel)
    {
        var people = await run.PeopleInAsync(family, cancel);
        var inGroup = people.Count(c => c.GroupId == family.Group);
        var blocks = new Dictionary<BlockKey, Tally?[]>();
        AnswerBook? book = null;
        // A version that is no longer known has no texts to publish its figures under.
        if (sheet is not null)
        {
            book = inGroup <= run.Limits.MostUnknowns ? new AnswerBook(family, sheet, people, run.Periods, run.Tree) : null;
            var counted = CountedConversation.Of(people, run.LeaveOutMarked)[family].Where(c => c.Lasts > 0).ToDictionary(c => c.Held.Id);
            blocks = (await CountAsync(family, counted, sheet, book, cancel)).Blocks(run.Periods, run.Tree);
        }

        var news = new News();
        if (run.Moment.Before.Number > 0)
        {
            news.Add(Changes.Of(people.Where(run.IsNews), run.KnownThrough, run.Periods, run.Tree, family).In(family));
        }

        return (blocks, book, inGroup, news);
    }

    /// <summary>Counts only what changed in a family that is too large for its hiding to be worked out exactly.</summary>
    /// <param name="shifts">The conversations of this family that came to count or ceased to.</param>
    public async Task ChangedAsync(OutcomeFamily family, IReadOnlyList<CountShift> shifts, Changes changes, CancellationToken cancel)
    {
        var sheet = run.Sheets[family.Instrument];
        var news = new News();
        news.Add(changes.In(family));

        var differences = await DifferencesAsync(sheet, shifts, cancel);
        HashSet<BlockKey> touched = [.. changes.In(family).Keys, .. differences.Keys];
        var places = run.WithNeighbours(touched).GroupBy(b => b.Place, b => b.Period).ToDictionary(g => g.Key, g => g.ToHashSet());
        var work = new Work(family, sheet, [], news, [], touched);
        await ReadKeptAsync(work, places, cancel);
        foreach (var (block, difference) in differences)
        {
            FamilyCount.Add(work.Blocks, block, difference);
        }

        await WriteAsync(work, await FamilyHiding.OfAsync(run, family, sheet, null, run.Limits.MostUnknowns + 1, cancel), cancel);
    }

    private async Task<Dictionary<BlockKey, Tally?[]>> DifferencesAsync(MeasureSheet sheet, IReadOnlyList<CountShift> shifts, CancellationToken cancel)
    {
        var (answers, domains) = await run.Facts.Answers.OfAsync([.. shifts.Select(s => s.Held.Id)], cancel);
        var differences = new Dictionary<BlockKey, Tally?[]>();
        foreach (var (held, before, now) in shifts)
        {
            var one = FamilyCount.One(sheet, new CountedConversation(held, 1), [.. answers[held.Id]], domains[held.Id]);
            // The periods are nested: what is in the longer list and not in the shorter came, or went.
            var shorter = CountedConversation.Periods(held.HeldOn, Math.Min(before, now), run.Periods).Select(p => p.Id).ToHashSet();
            foreach (var period in CountedConversation.Periods(held.HeldOn, Math.Max(before, now), run.Periods).Where(p => !shorter.Contains(p.Id)))
            {
                foreach (var place in run.Tree.Above(held.PlaceId, held.HeldOn))
                {
                    FamilyCount.Add(differences, new BlockKey(period.Id, place), one, now > before ? 1 : -1);
                }
            }
        }

        return differences;
    }

    // Blocks as they were kept: their counts where only changes are counted, and in any case who changed.
    private async Task ReadKeptAsync(Work work, Dictionary<Guid, HashSet<string>>? places, CancellationToken cancel)
    {
        if (run.Moment.Before.Number == 0)
        {
            return;
        }

        foreach (var place in places?.Keys ?? (IEnumerable<Guid>)run.Places.Select(p => p.Id).ToList())
        {
            var periods = places?[place];
            foreach (var row in await run.Kept.BlocksAsync(CountedBlock.AboutOutcomes, work.Family, place, periods, cancel))
            {
                var block = CountedBlock.Of(row);
                work.News.Read(block, (byte[])row.Values[CountedBlock.NewsAt]!);
                if (periods is not null)
                {
                    work.Blocks[block] = CountedBlock.Read((byte[])row.Values[CountedBlock.CountedAt]!, work.Sheet!.All.Count);
                    work.Earlier[block] = CountedBlock.ReadStanding((byte[])row.Values[CountedBlock.StandingAt]!, work.Sheet.All.Count);
                }
            }
        }
    }

    private async Task WriteAsync(Work work, FamilyHiding hiding, CancellationToken cancel)
    {
        var (family, sheet) = (work.Family, work.Sheet);
        var rows = new FamilyRows(family, run.Smallest, run.Moment, work.News, hiding.Hide);
        // In order block by block: there are fifty times as many cells.
        var decided = rows.Decide(work.Blocks.OrderBy(b => b.Key.Period, StringComparer.Ordinal).ThenBy(b => b.Key.Place).SelectMany(b => b.Value.Select((tally, i) => (tally, i)).Where(x => x.tally is not null)
            .Select(x => new OutcomeCell(b.Key.Period, b.Key.Place, sheet!.All[x.i], x.tally!))), work.Earlier);
        var touched = decided.Where(d => work.Touched?.Contains(d.Cell.Block) ?? true).ToList();
        var byPlace = touched.ToLookup(d => d.Cell.Place);
        var blocks = work.Blocks.Keys.Where(b => work.Touched?.Contains(b) ?? true).ToLookup(b => b.Place);
        var periods = work.Touched?.ToLookup(b => b.Place, b => b.Period);
        // Also places where nothing is counted any more: what stood there ends.
        foreach (var place in periods?.Select(p => p.Key) ?? run.Places.Select(p => p.Id).Union(blocks.Select(b => b.Key)).Union(work.Earlier.Keys.Select(b => b.Place)))
        {
            var decidedOf = byPlace[place].GroupBy(d => d.Cell.Block).ToDictionary(g => g.Key, g => g.ToList());
            // Where everything is counted every row is looked at, for the hash; else those alone that do not stay as they are.
            var moving = byPlace[place].Where(d => work.Touched is null || !rows.Stays(d)).ToList();
            var staying = work.Touched is null ? [] : byPlace[place].Where(rows.Stays).Select(d => (d.Cell.Period, d.Cell.Measure.Id)).ToHashSet();
            var moved = periods?[place].Where(p => moving.Exists(d => d.Cell.Period == p) || Goes(new BlockKey(p, place))).ToHashSet();
            if (moved is not { Count: 0 })
            {
                IReadOnlyList<KeptRow> standing = run.Moment.Before.Number == 0 ? [] : [.. (await run.Kept.OfPlaceAsync(KeptTable.Cells, family, place, moved, cancel)).Where(IsMoving)];
                await publisher.ReplaceAsync(standing, rows.Rows(moving, standing.ToDictionary(r => KeptTable.Cells.Key(r.Values), r => r.Values)), cancel);
            }

            var counted = run.Moment.Before.Number == 0 ? [] : await run.Kept.BlocksAsync(CountedBlock.AboutOutcomes, family, place, periods?[place].ToHashSet(), cancel);
            await publisher.ReplaceAsync(KeptTable.Blocks, counted, [.. blocks[place].Where(b => Array.Exists(work.Blocks[b], t => t is not null)).Select(b => (object?[])
            [
                b.Period, b.Place, family.Group, family.Instrument, family.Perspective, CountedBlock.AboutOutcomes,
                CountedBlock.Write(work.Blocks[b]), work.News.Write(b, rows.OldestShown(decidedOf.GetValueOrDefault(b, []))), CountedBlock.Write(Standing(decidedOf.GetValueOrDefault(b, []))),
            ])], cancel);

            // A cell stood there, and nothing is counted in it any more.
            bool Goes(BlockKey block) => work.Earlier.TryGetValue(block, out var earlier)
                && earlier.Where((cell, measure) => cell is not null && !decidedOf.GetValueOrDefault(block, []).Exists(d => d.Cell.Measure.Index == measure)).Any();

            bool IsMoving(KeptRow row) => !staying.Contains(((string)row.Values[0]!, (string)row.Values[MeasureAt]!));
        }

        EarlierCell?[] Standing(List<DecidedCell> ofBlock)
        {
            var standing = new EarlierCell?[sheet!.All.Count];
            foreach (var decidedCell in ofBlock)
            {
                standing[decidedCell.Cell.Measure.Index] = rows.Standing(decidedCell);
            }

            return standing;
        }

        // What is hidden by rule is not looked up again; what was shown always is.
        await publisher.StatesAsync(
            family, touched.Where(rows.IsNewState).Select(d => (d.Cell, Shown: d.Why is null)).Where(s => s.Shown || hiding.IsExact(s.Cell.Measure.Index)), run.LeaveOutMarked, cancel);
    }

    private async Task<FamilyCount> CountAsync(OutcomeFamily family, Dictionary<Guid, CountedConversation> counted, MeasureSheet sheet, AnswerBook? book, CancellationToken cancel)
    {
        var counts = new FamilyCount(sheet);
        var one = new List<GivenAnswer>();
        await foreach (var some in ReadAhead.Of(run.Facts.Answers.AnswersAsync(family, cancel), cancel))
        {
            foreach (var answer in some)
            {
                if (one.Count > 0 && one[0].ConversationId != answer.ConversationId)
                {
                    Flush();
                }

                one.Add(answer);
            }
        }

        Flush();
        await foreach (var domain in ReadAhead.Of(run.Facts.Answers.DomainsAsync(family, cancel), cancel).SelectMany(some => some))
        {
            book?.Domain(domain);
            if (counted.TryGetValue(domain.ConversationId, out var conversation))
            {
                counts.Domain(conversation, domain);
            }
        }

        return counts;

        void Flush()
        {
            if (one.Count > 0)
            {
                book?.Answers(one);
                if (counted.TryGetValue(one[0].ConversationId, out var conversation))
                {
                    counts.Answers(conversation, one);
                }
            }

            one.Clear();
        }
    }

    /// <summary>A family as it is worked on.</summary>
    /// <param name="Blocks">What is counted in each, neighbours of what changed among them.</param>
    /// <param name="Touched">Those whose rows are made anew; null for all.</param>
    private sealed record Work(
        OutcomeFamily Family, MeasureSheet? Sheet, Dictionary<BlockKey, Tally?[]> Blocks, News News, Dictionary<BlockKey, EarlierCell?[]> Earlier, HashSet<BlockKey>? Touched);
}
