using System.Globalization;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The job that makes a new publication when answers changed since the last.</summary>
internal sealed class AggregateWork(IDatabase database, ClientStore clients, ICatalogue catalogue, TimeProvider time) : IWork
{
    // Reading, counting, hiding with writing, committing.
    private const int Steps = 4;

    public static string Name => "aggregate";

    public Task<string> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel) => RunAsync(false, progress, cancel);

    /// <param name="full">Publish even where nothing changed.</param>
    public async Task<string> RunAsync(bool full, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        progress.Report(new WorkProgress(0, Steps));
        var places = await clients.PlacesAsync(cancel);
        var groups = await clients.GroupsAsync(cancel);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        await using var connection = await database.OpenAsync(cancel);
        // Facts and publication in one transaction: what is marked as seen is what was counted.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (!full && await IsUpToDateAsync())
        {
            return "nothing changed";
        }

        var facts = await OutcomeFacts.ReadAsync(connection, transaction, cancel);
        var presences = await ClientStore.PresencesAsync(connection, transaction, cancel);
        progress.Report(new WorkProgress(1, Steps));
        var state = catalogue.Current;
        var newest = state.Instruments.Select(i => i.Key.Id).Distinct().Select(state.Newest).OfType<Instrument>().ToDictionary(i => i.Key.Id, i => i.Key.Version);
        var table = Aggregation.Count(facts, presences, Ancestors(places), newest, today);
        progress.Report(new WorkProgress(2, Steps));
        var publication = await Publisher.WriteAsync(
            connection, transaction, new PublicationSource(table, places, groups, state.Instruments), facts.ThroughSequence, time.GetUtcNow(), cancel);
        progress.Report(new WorkProgress(3, Steps));
        await transaction.CommitAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture,
            $"publication {publication.Number}: {facts.Conversations.Count} conversations, {publication.Cells} cells, {publication.HiddenCells} hidden, {time.GetElapsedTime(begun).TotalSeconds:0.0} s");

        async Task<bool> IsUpToDateAsync()
        {
            var published = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Publication", transaction: transaction, cancellationToken: cancel));
            return published > 0 && await OutcomeFacts.PendingAsync(connection, transaction, cancel) == 0;
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
}
