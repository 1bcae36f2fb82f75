using System.Data.Common;
using System.Globalization;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>The job that makes a new publication when answers changed since the last.</summary>
internal sealed class AggregateWork(IDatabase database, ClientStore clients, ICatalogue catalogue, TimeProvider time) : IWork
{
    public static string Name => "aggregate";

    public Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel) => RunAsync(false, progress, cancel);

    /// <summary>Counts and publishes; null where nothing changed.</summary>
    /// <param name="full">Publish even then.</param>
    public async Task<LocalText?> RunAsync(bool full, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        await using var turn = await AggregationTurn.TakeAsync(database, time, cancel);
        var places = await clients.PlacesAsync(cancel);
        var groups = await clients.GroupsAsync(cancel);
        // Everything of one moment, while tablets go on sending.
        var leaveOutMarked = places.Any(p => p.LeavesOutMarked == true);
        await using var reading = await database.OpenAsync(cancel);
        var last = await EarlierPublication.ReadAsync(reading, null, cancel);
        if (last.Number > 0 && leaveOutMarked != last.LeftOutMarked)
        {
            await OutcomeFacts.TouchMarkedAsync(reading, time.GetUtcNow(), cancel);
        }

        await using var snapshot = await database.BeginReadAsync(reading, cancel);
        var before = await EarlierPublication.ReadAsync(reading, snapshot, cancel);
        if (!full && before.Number > 0 && leaveOutMarked == before.LeftOutMarked && await OutcomeFacts.PendingAsync(reading, snapshot, cancel) == 0)
        {
            return null;
        }

        var facts = new OutcomeFacts(reading, snapshot);
        var conversations = await facts.ConversationsAsync(cancel);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var periods = conversations.Count == 0 ? [] : Period.Between(conversations.Min(c => c.HeldOn), today);
        var run = new Run
        {
            Reading = reading, Snapshot = snapshot, Facts = facts, Conversations = conversations, Places = places, LeaveOutMarked = leaveOutMarked,
            Periods = periods.ToDictionary(p => p.Id), Ancestors = Ancestors(places), Sheets = MeasureSheet.Of(catalogue.Current.Instruments), Progress = progress, Today = today,
            Moment = new PublicationMoment(before.Number + 1, await facts.ThroughAsync(cancel), before),
        };
        await using var writing = await database.OpenAsync(cancel);
        await using var publisher = await Publisher.BeginAsync(writing, turn, run.Moment, cancel);
        await publisher.DimensionsAsync(places, groups, periods, run.Sheets.Values, cancel);
        var hidden = await FamiliesAsync(run, publisher, cancel) + await ParticipationAsync(run, publisher, cancel);
        var publication = await publisher.ShowAsync(hidden, leaveOutMarked, time.GetUtcNow(), cancel);
        var seconds = time.GetElapsedTime(begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return new LocalText(
            $"publicatie {publication.Number}: {conversations.Count} gesprekken, {publication.Cells} cellen, {publication.HiddenCells} verborgen, {seconds} s",
            $"publication {publication.Number}: {conversations.Count} conversations, {publication.Cells} cells, {publication.HiddenCells} hidden, {seconds} s");
    }

    private static async Task<int> FamiliesAsync(Run run, Publisher publisher, CancellationToken cancel)
    {
        var counted = CountedConversation.Of(run.Conversations, run.LeaveOutMarked);
        // A version that is no longer known has no texts to publish its figures under.
        var families = counted.Where(f => run.Sheets.ContainsKey(f.Key.Instrument))
            .OrderBy(f => f.Key.Group).ThenBy(f => f.Key.Instrument, StringComparer.Ordinal).ThenBy(f => f.Key.Perspective, StringComparer.Ordinal).ToList();
        var changes = await run.ChangesAsync(cancel);
        var finished = run.Conversations.Where(c => c.Outcome == "finished").ToLookup(c => (c.InstrumentId, c.InstrumentVersion, c.Perspective));
        var hidden = 0;
        foreach (var family in families)
        {
            run.Progress.Report(new WorkProgress(families.IndexOf(family), families.Count + 1));
            var sheet = run.Sheets[family.Key.Instrument];
            var book = new AnswerBook(family.Key, sheet, finished[(family.Key.InstrumentId, family.Key.Version, family.Key.Perspective)], run.Periods, run.Ancestors);
            var count = await CountAsync(run.Facts, family, sheet, book, cancel);
            var states = await EarlierPublication.StatesAsync(run.Reading, run.Snapshot, family.Key, sheet, cancel);
            var exact = new ExactHiding(book, sheet, run.Moment, run.LeaveOutMarked, run.Smallest, states, place => run.Ancestors[place].Count());
            var rows = new FamilyRows(family.Key, run.Smallest, run.Moment, changes, cells => Hide(run, sheet, exact, cells));
            rows.Make(count.Cells(run.Periods, run.Ancestors), await run.Moment.Before.CellsAsync(run.Reading, run.Snapshot, family.Key, cancel));
            await publisher.FactsAsync("PublishedOutcome", PublishedFigures.Columns, [.. rows.Figures.Select(r => r.Values())], 1, cancel);
            await publisher.FactsAsync("PublishedDistribution", PublishedOption.Columns, [.. rows.Options.Select(r => r.Values())], 1, cancel);
            // What is hidden by rule is not looked up again; what was shown always is.
            await publisher.StatesAsync(family.Key, rows.NewStates.Where(s => s.Shown || exact.Covers(s.Cell.Measure.Index)), run.LeaveOutMarked, cancel);
            hidden += rows.Hidden;
        }

        return hidden;
    }

    // Proved where that can be worked out; by rule in the clusters that are too large for it.
    private static Dictionary<int, string> Hide(Run run, MeasureSheet sheet, ExactHiding exact, IReadOnlyList<HidingCell> cells)
    {
        var hidden = new Dictionary<int, string>();
        foreach (var (measures, isExact) in exact.Clusters)
        {
            var at = Enumerable.Range(0, cells.Count).Where(i => measures.Contains(cells[i].Measure)).ToList();
            List<HidingCell> some = [.. at.Select(i => cells[i])];
            foreach (var (i, why) in isExact ? exact.Hide(some, measures, id => run.Periods[id]) : run.Disclosure(sheet).Hide(some))
            {
                hidden[at[i]] = why;
            }
        }

        return hidden;
    }

    private static async Task<FamilyCount> CountAsync(OutcomeFacts facts, IGrouping<OutcomeFamily, CountedConversation> family, MeasureSheet sheet, AnswerBook book, CancellationToken cancel)
    {
        var counts = new FamilyCount(sheet);
        var counting = family.Where(c => c.Lasts > 0).ToDictionary(c => c.Held.Id);
        var one = new List<GivenAnswer>();
        await foreach (var answer in facts.AnswersAsync(family.Key, cancel))
        {
            if (one.Count > 0 && one[0].ConversationId != answer.ConversationId)
            {
                Flush();
            }

            one.Add(answer);
        }

        Flush();
        await foreach (var domain in facts.DomainsAsync(family.Key, cancel))
        {
            book.Domain(domain);
            if (counting.TryGetValue(domain.ConversationId, out var conversation))
            {
                counts.Domain(conversation, domain);
            }
        }

        return counts;

        void Flush()
        {
            if (one.Count > 0)
            {
                book.Answers(one);
                if (counting.TryGetValue(one[0].ConversationId, out var conversation))
                {
                    counts.Answers(conversation, one);
                }
            }

            one.Clear();
        }
    }

    private static async Task<int> ParticipationAsync(Run run, Publisher publisher, CancellationToken cancel)
    {
        var newest = run.Sheets.Values.GroupBy(s => s.Instrument.Key.Id).ToDictionary(g => g.Key, g => g.MaxBy(s => Comparability.Number(s.Instrument))!.Instrument.Key.Version);
        var presences = await ClientStore.PresencesAsync(run.Reading, run.Snapshot, cancel);
        var cells = new Participation(run.Periods, run.Ancestors, newest, run.Today).Count(run.Conversations, await run.Facts.ChoicesAsync(cancel), presences);
        var changes = Changes.Of(run.Conversations, run.Moment.Before.Through, c => c.Changed, run.Periods, run.Ancestors);
        var shown = await run.Moment.Before.ParticipationAsync(run.Reading, run.Snapshot, cancel);
        var (rows, hidden) = ParticipationRows.Make(cells.Where(c => run.Sheets.ContainsKey(c.Block.Instrument)), run.Disclosure(null), shown, IsUnchanged);
        await publisher.FactsAsync("PublishedParticipation", ParticipationRows.Columns, rows, 0, cancel);
        return hidden;

        bool IsUnchanged(Block block)
        {
            var at = block.Instrument.IndexOf('@', StringComparison.Ordinal);
            return changes.Since(new OutcomeFamily(block.Group, block.Instrument[..at], block.Instrument[(at + 1)..], block.Perspective), block.Period, block.Place, run.Moment.Before.Through) == 0;
        }
    }

    private static ILookup<Guid, Guid> Ancestors(IReadOnlyList<Place> places)
    {
        var parents = places.ToDictionary(p => p.Id, p => p.ParentId);
        return places.SelectMany(p => Upwards(p.Id).Select(a => (p.Id, Ancestor: a))).ToLookup(x => x.Id, x => x.Ancestor);

        IEnumerable<Guid> Upwards(Guid place)
        {
            for (Guid? at = place; at is { } id; at = parents[id])
            {
                yield return id;
            }
        }
    }

    /// <summary>What one run works with.</summary>
    private sealed record Run
    {
        private const int UsualSmallest = 5;

        public required DbConnection Reading { get; init; }

        public required DbTransaction Snapshot { get; init; }

        public required OutcomeFacts Facts { get; init; }

        public required IReadOnlyList<HeldConversation> Conversations { get; init; }

        public required IReadOnlyList<Place> Places { get; init; }

        public required bool LeaveOutMarked { get; init; }

        public required IReadOnlyDictionary<string, Period> Periods { get; init; }

        public required ILookup<Guid, Guid> Ancestors { get; init; }

        public required IReadOnlyDictionary<string, MeasureSheet> Sheets { get; init; }

        public required IProgress<WorkProgress> Progress { get; init; }

        public required DateOnly Today { get; init; }

        public required PublicationMoment Moment { get; init; }

        public int Smallest => Math.Max(Outcomes.Disclosure.Least, Places.FirstOrDefault(p => p.ParentId is null)?.SmallestGroup ?? UsualSmallest);

        /// <param name="sheet">Whose questions make up its domains; null where there are no measures.</param>
        public Disclosure Disclosure(MeasureSheet? sheet) => new(
            Places.Where(p => p.ParentId is not null).ToLookup(p => p.ParentId!.Value, p => p.Id),
            Periods.Values.SelectMany(p => p.Parts().Select(part => (p.Id, part))).ToLookup(x => x.Id, x => x.part),
            (sheet?.All ?? []).SelectMany(m => m.Parts.Select(part => (m.Index, part))).ToLookup(x => x.Index, x => x.part),
            Smallest);

        /// <summary>Who changed since anything shown was counted. A marked conversation that is left out and always was changed nothing.</summary>
        public async Task<Changes> ChangesAsync(CancellationToken cancel)
        {
            var since = await Moment.Before.OldestShownAsync(Reading, Snapshot, cancel);
            return Changes.Of(Conversations.Where(c => c.Outcome == "finished" && (c.Touched || !(LeaveOutMarked && c.Marked))), since, c => c.Changed, Periods, Ancestors);
        }
    }
}
