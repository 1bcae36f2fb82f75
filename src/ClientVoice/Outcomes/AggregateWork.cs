using System.Data.Common;
using System.Globalization;
using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>The job that makes a new publication when answers changed since the last.</summary>
/// <remarks>
/// A run counts only the families and blocks in which somebody changed. Everything is counted where everything may be different:
/// other places, another smallest group, instruments that came or went, marked conversations left out or not, a new year.
/// </remarks>
internal sealed class AggregateWork(IDatabase database, ClientStore clients, ICatalogue catalogue, PersonHashes people, CountingLimits limits, TimeProvider time) : IWork
{
    public static string Name => "aggregate";

    public Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel) => RunAsync(false, progress, cancel);

    /// <summary>Counts and publishes; null where nothing changed.</summary>
    /// <param name="full">Count everything, and publish also where nothing changed.</param>
    public async Task<LocalText?> RunAsync(bool full, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        await using var turn = await AggregationTurn.TakeAsync(database, time, cancel);
        var places = await clients.PlacesAsync(cancel);
        var groups = await clients.GroupsAsync(cancel);
        var sheets = MeasureSheet.Of(catalogue.Current.Instruments);
        var leaveOutMarked = places.Any(p => p.LeavesOutMarked == true);
        await using var reading = await database.OpenAsync(cancel);
        await using var writing = await database.OpenAsync(cancel);
        var moves = await PlacesOverTime.ReadAsync(writing, null, cancel);
        await using var reads = await ForManyRows.BeginAsync(database.Dialect, reading);
        await using var writes = await ForManyRows.BeginAsync(database.Dialect, writing);
        await UnfinishedPublication.ClearAsync(writing, turn, cancel);
        await BlockStates.BringOverAsync(writing, turn, sheets, cancel);
        await CellOptions.HashAsync(writing, database.Dialect, turn, limits.RowsTogether, cancel);
        var last = await EarlierPublication.ReadAsync(reading, null, cancel);
        if (last.Number > 0 && leaveOutMarked != last.LeftOutMarked)
        {
            await OutcomeFacts.TouchMarkedAsync(reading, time.GetUtcNow(), cancel);
        }

        await using var snapshot = await MomentAsync(reading, writing, cancel);
        var before = await EarlierPublication.ReadAsync(reading, snapshot, cancel);
        var facts = new OutcomeFacts(reading, snapshot, people);
        var through = await facts.ThroughAsync(cancel);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var first = await facts.FirstDayAsync(cancel);
        var choices = await facts.ChoicesAsync(cancel);
        var changes = await facts.ChangesAsync(before.Through, through, cancel);
        var agreements = new FollowUpFacts(reading, snapshot);
        var followed = await agreements.WaitingAsync(cancel);
        var basis = AggregationRun.BasisOf(places, moves, sheets, leaveOutMarked, today);
        var whole = full || basis != before.Basis || changes > limits.MostChanges;
        var moment = new PublicationMoment(before.Number + 1, through, before);
        var blocks = new BlockNumbers(reading, snapshot);
        await using var publisher = await Publisher.OpenAsync(writing, database.Dialect, turn, moment, blocks, whole, limits.RowsTogether, cancel);
        var asked = AggregationRun.ParticipationBasisOf(today, first, choices, await ClientPresences.DigestAsync(reading, snapshot, cancel));
        if (!whole && changes == 0 && followed.Count == 0 && asked == before.ParticipationBasis)
        {
            return null;
        }

        var run = new AggregationRun(places, moves, first is { } day ? Period.Between(day, today) : [], sheets)
        {
            Limits = limits, Dialect = database.Dialect, Reading = reading, Snapshot = snapshot, Facts = facts, Kept = new KeptRows(reading, snapshot, blocks), LeaveOutMarked = leaveOutMarked, Today = today,
            Former = await facts.FormerAsync(cancel), Moment = moment, KnownThrough = await before.KnownThroughAsync(reading, snapshot, cancel),
        };
        await publisher.BeginAsync(places, groups, run.Periods.Values, [.. sheets.Values], cancel);
        var participation = new ParticipationWork(run, publisher, choices);
        var counting = new Counting(run, new FamilyWork(run, publisher), participation, progress);
        var conversations = whole
            ? await counting.WholeAsync(cancel)
            : before.Conversations + await counting.ChangedAsync(asked == before.ParticipationBasis, cancel);

        await new FollowUpWork(run, agreements, publisher).RunAsync(whole, cancel);
        var publication = await publisher.ShowAsync(new PublicationBasis(basis, asked, conversations, leaveOutMarked), time.GetUtcNow(), cancel);
        await FollowUpFacts.ForgetAsync(writing, followed, cancel);
        var seconds = time.GetElapsedTime(begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return new LocalText(
            $"publicatie {publication.Number}: {conversations} gesprekken, {publication.Cells} cellen, {publication.HiddenCells} verborgen, {seconds} s",
            $"publication {publication.Number}: {conversations} conversations, {publication.Cells} cells, {publication.HiddenCells} hidden, {seconds} s");
    }

    // Everything of one moment, while tablets go on sending; nothing is under way as it begins.
    private async Task<DbTransaction> MomentAsync(DbConnection reading, DbConnection writing, CancellationToken cancel)
    {
        if (database.Dialect.Alone.Length == 0)
        {
            return await database.BeginReadAsync(reading, cancel);
        }

        await using var alone = await writing.BeginTransactionAsync(cancel);
        await OutcomeFacts.AloneAsync(writing, alone, database.Dialect, cancel);
        var snapshot = await database.BeginReadAsync(reading, cancel);
        // A moment begins with what is read first.
        await EarlierPublication.ReadAsync(reading, snapshot, cancel);
        return snapshot;
    }
}
