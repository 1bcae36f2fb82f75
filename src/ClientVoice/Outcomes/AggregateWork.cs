using System.Globalization;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The job that makes a new publication when answers changed since the last.</summary>
internal sealed class AggregateWork(IDatabase database, ClientStore clients, ICatalogue catalogue, TimeProvider time) : IWork
{
    // Reading, counting, hiding with writing, committing.
    private const int Steps = 4;

    public static string Name => "aggregate";

    public Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel) => RunAsync(false, progress, cancel);

    /// <summary>Counts and publishes; null where nothing changed.</summary>
    /// <param name="full">Publish even then.</param>
    public async Task<LocalText?> RunAsync(bool full, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        progress.Report(new WorkProgress(0, Steps));
        var places = await clients.PlacesAsync(cancel);
        var groups = await clients.GroupsAsync(cancel);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        if (!full && await IsUpToDateAsync(cancel))
        {
            return null;
        }

        var (facts, presences) = await ReadAsync(cancel);
        progress.Report(new WorkProgress(1, Steps));
        var state = catalogue.Current;
        var newest = state.Instruments.Select(i => i.Key.Id).Distinct().Select(state.Newest).OfType<Instrument>().ToDictionary(i => i.Key.Id, i => i.Key.Version);
        var table = Aggregation.Count(facts, presences, Ancestors(places), newest, today);
        progress.Report(new WorkProgress(2, Steps));
        var publication = await PublishAsync(new PublicationSource(table, places, groups, state.Instruments), facts.ThroughSequence, cancel);
        progress.Report(new WorkProgress(3, Steps));
        var seconds = time.GetElapsedTime(begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return new LocalText(
            $"publicatie {publication.Number}: {facts.Conversations.Count} gesprekken, {publication.Cells} cellen, {publication.HiddenCells} verborgen, {seconds} s",
            $"publication {publication.Number}: {facts.Conversations.Count} conversations, {publication.Cells} cells, {publication.HiddenCells} hidden, {seconds} s");
    }

    private async Task<bool> IsUpToDateAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var published = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Publication", cancellationToken: cancel));
        return published > 0 && await OutcomeFacts.PendingAsync(connection, null, cancel) == 0;
    }

    // Everything of one moment, while tablets go on sending.
    private async Task<(OutcomeFacts Facts, IReadOnlyList<ClientPresence> Presences)> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var moment = await database.BeginReadAsync(connection, cancel);
        return (await OutcomeFacts.ReadAsync(connection, moment, cancel), await ClientStore.PresencesAsync(connection, moment, cancel));
    }

    private async Task<Publication> PublishAsync(PublicationSource source, long through, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var publication = await Publisher.WriteAsync(connection, transaction, source, through, time.GetUtcNow(), cancel);
        await transaction.CommitAsync(cancel);
        return publication;
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
}
