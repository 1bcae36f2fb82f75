// Counts who was asked and who took part: of everybody, or only of those who had a conversation since the last run, where
// nothing else that it rests on changed (the day, clients, choices).
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;

namespace ClientVoice.Outcomes;

/// <summary>Counts the participation of one run.</summary>
internal sealed class ParticipationWork
{
    private const int Counts = ParticipationCell.CountsOfACell;

    private readonly AggregationRun run;
    private readonly Publisher publisher;
    private readonly IReadOnlyList<AskedChoice> choices;
    private readonly IReadOnlyDictionary<string, string> newest;

    public ParticipationWork(AggregationRun run, Publisher publisher, IReadOnlyList<AskedChoice> choices)
    {
        this.run = run;
        this.publisher = publisher;
        this.choices = choices;
        newest = run.Sheets.Values.GroupBy(s => s.Instrument.Key.Id).ToDictionary(g => g.Key, g => g.MaxBy(s => Comparability.Number(s.Instrument))!.Instrument.Key.Version);
    }

    /// <summary>Counts everybody.</summary>
    /// <param name="standing">The families that have rows now; those where nobody is left end.</param>
    public async Task WholeAsync(IEnumerable<OutcomeFamily> standing, CancellationToken cancel)
    {
        var left = standing.ToHashSet();
        var presences = await ClientPresences.AllAsync(run.Reading, run.Snapshot, cancel);
        var asked = (await run.Facts.AskedAsync(cancel)).Union(choices.Select(c => (c.InstrumentId, c.Perspective)));
        foreach (var (instrument, perspective) in asked.Order())
        {
            var (cells, changes) = await CountAsync(instrument, perspective, presences, cancel);
            foreach (var family in cells.GroupBy(c => c.Block.Family))
            {
                left.Remove(family.Key);
                await WriteAsync(family.Key, family.ToDictionary(c => c.Block.Key, c => c.Counts), null, null, changes, cancel);
            }
        }

        foreach (var family in left)
        {
            await WriteAsync(family, [], null, null, null, cancel);
        }
    }

    // Person by person; only those with a change are held on to.
    private async Task<(IReadOnlyList<ParticipationCell> Cells, Changes? Changes)> CountAsync(string instrument, string perspective, IReadOnlyList<ClientPresence> presences, CancellationToken cancel)
    {
        var (first, through) = (run.Moment.Before.Number == 0, run.Moment.Before.Through);
        var counted = Of(choices.Where(c => c.InstrumentId == instrument && c.Perspective == perspective), presences);
        // What was corrected or erased since the publication before stood in it, and changed it by going.
        var changed = run.Former.Where(c => c.InstrumentId == instrument && c.Perspective == perspective && c.Ended > through && c.Received <= through).ToList();
        var gone = changed.Select(c => c.ClientId).ToHashSet();
        await foreach (var person in ReadAhead.Of(run.Facts.PeopleAskedAsync(instrument, perspective, cancel), cancel).SelectMany(some => some))
        {
            counted.Add(person);
            if (!first && (gone.Contains(person[0].ClientId) || person.Any(c => c.Changed > through)))
            {
                changed.AddRange(person);
            }
        }

        if (first)
        {
            return (Known(counted), null);
        }

        changed.AddRange((await run.Facts.OfNobodyAsync(instrument, perspective, cancel)).Where(c => c.Changed > through));
        return (Known(counted), Changes.Of(changed, through, run.Periods, run.Tree));
    }

    /// <summary>Counts those who had a conversation since the publication before, without what they added to it.</summary>
    /// <param name="before">All conversations, with those instruments and in those perspectives, of those who had one, as they were then.</param>
    /// <param name="now">As they are now.</param>
    public async Task ChangedAsync(IReadOnlyList<HeldConversation> before, IReadOnlyList<HeldConversation> now, Changes changes, CancellationToken cancel)
    {
        var people = now.Concat(before).Select(c => c.ClientId).ToHashSet();
        var some = await ClientPresences.OfAsync(run.Reading, run.Snapshot, people, cancel);
        // Who they are asked with another instrument is in both, and cancels out.
        var differences = new Dictionary<Block, int[]>();
        Add(Count(now, some), 1);
        Add(Count(before, some), -1);
        var touched = differences.Where(d => Array.Exists(d.Value, n => n != 0)).ToLookup(d => d.Key.Family, d => d.Key.Key);
        foreach (var family in touched.Select(t => t.Key).Union(changes.Families))
        {
            HashSet<BlockKey> blocks = [.. touched[family], .. changes.In(family).Keys];
            var (there, kept) = await KeptAsync(family, blocks, cancel);
            foreach (var block in blocks)
            {
                if (differences.TryGetValue(new Block(block.Period, block.Place, family.Group, family.Instrument, family.Perspective), out var difference))
                {
                    there[block] = [.. difference.Zip(there.GetValueOrDefault(block, new int[Counts]), (a, b) => a + b)];
                }
            }

            await WriteAsync(family, there, blocks, kept, changes, cancel);
        }

        void Add(IReadOnlyList<ParticipationCell> cells, int times)
        {
            foreach (var cell in cells)
            {
                differences[cell.Block] = [.. cell.Counts.Zip(differences.GetValueOrDefault(cell.Block, new int[Counts]), (a, b) => (times * a) + b)];
            }
        }
    }

    // Who took part without a name is counted by having taken part, where they were then; their answers are of nobody.
    private IReadOnlyList<ParticipationCell> Count(IReadOnlyList<HeldConversation> conversations, IReadOnlyList<ClientPresence> people)
    {
        var counted = Of(choices, people);
        foreach (var person in conversations.Where(c => !c.IsOfNobody).GroupBy(c => (c.ClientId, c.InstrumentId, c.Perspective)))
        {
            counted.Add([.. person]);
        }

        return Known(counted);
    }

    private Participation Of(IEnumerable<AskedChoice> asked, IReadOnlyList<ClientPresence> people) => new(run.Periods, run.Tree, newest, run.Today, asked, people);

    private IReadOnlyList<ParticipationCell> Known(Participation counted) => [.. counted.Cells().Where(c => run.Sheets.ContainsKey(c.Block.Instrument))];

    // What was counted in these blocks and in their neighbours, with the rows that say so.
    private async Task<(Dictionary<BlockKey, int[]> Counts, IReadOnlyList<KeptRow> Rows)> KeptAsync(OutcomeFamily family, HashSet<BlockKey> blocks, CancellationToken cancel)
    {
        var rows = new List<KeptRow>();
        foreach (var place in run.WithNeighbours(blocks).GroupBy(b => b.Place, b => b.Period))
        {
            rows.AddRange(await run.Kept.BlocksAsync(CountedBlock.AboutParticipation, family, place.Key, place.ToHashSet(), cancel));
        }

        return (rows.ToDictionary(CountedBlock.Of, row => CountedBlock.ReadCounts((byte[])row.Values[CountedBlock.CountedAt]!, Counts)), rows);
    }

    /// <param name="touched">The blocks whose rows are made anew, the others are their neighbours; null for all.</param>
    /// <param name="kept">What is kept of all these; null where that was not read.</param>
    private async Task WriteAsync(OutcomeFamily family, Dictionary<BlockKey, int[]> counts, HashSet<BlockKey>? touched, IReadOnlyList<KeptRow>? kept, Changes? changes, CancellationToken cancel)
    {
        foreach (var (block, _) in counts.Where(c => Array.TrueForAll(c.Value, n => n == 0)).ToList())
        {
            counts.Remove(block);
        }

        var first = run.Moment.Before.Number == 0;
        var places = touched is null ? run.Places.ToDictionary(p => p.Id, _ => (HashSet<string>?)null) : run.WithNeighbours(touched).GroupBy(b => b.Place, b => b.Period).ToDictionary(g => g.Key, g => (HashSet<string>?)g.ToHashSet());
        var standing = new List<KeptRow>();
        List<KeptRow> blocks = [.. kept ?? []];
        foreach (var (place, periods) in first ? [] : places)
        {
            standing.AddRange(await run.Kept.OfPlaceAsync(KeptTable.Participation, family, place, periods, cancel));
            if (kept is null)
            {
                blocks.AddRange(await run.Kept.BlocksAsync(CountedBlock.AboutParticipation, family, place, periods, cancel));
            }
        }

        var changed = changes?.In(family);
        var rows = ParticipationRows.Make(
            counts.Select(c => ParticipationCell.Of(new Block(c.Key.Period, c.Key.Place, family.Group, family.Instrument, family.Perspective), c.Value)),
            run.Disclosure(null),
            standing.ToDictionary(CountedBlock.Of, ParticipationRows.Before),
            block => changed is null || !changed.ContainsKey(block));
        await publisher.ReplaceAsync(KeptTable.Participation, [.. standing.Where(r => IsTouched(CountedBlock.Of(r)))], [.. rows.Where(r => IsTouched(r.Block)).Select(r => r.Row)], cancel);
        await publisher.ReplaceAsync(
            KeptTable.Blocks, [.. blocks.Where(r => IsTouched(CountedBlock.Of(r)))],
            [.. counts.Where(c => IsTouched(c.Key)).Select(c => (object?[])[c.Key.Period, c.Key.Place, family.Group, family.Instrument, family.Perspective, CountedBlock.AboutParticipation, CountedBlock.Write(c.Value), Array.Empty<byte>(), null])],
            cancel);

        bool IsTouched(BlockKey block) => touched is null || touched.Contains(block);
    }
}
