// A list of ten thousand takes longer than somebody waits before an empty page, and a browser that is closed must not stop it
// half-way. So it is written apart from the request. What is kept here is only how far it is: whether it was done stands in
// the database, for every node to see.
using System.Collections.Concurrent;
using ClientVoice.Access;

namespace ClientVoice.Clients.Import;

/// <summary>What became of a list that is read in.</summary>
internal enum ImportEnd
{
    /// <summary>It is still going on.</summary>
    None,

    /// <summary>All of it is there.</summary>
    Done,

    /// <summary>Somebody changed something since it was looked at; nothing was done.</summary>
    Overtaken,

    /// <summary>It failed, or the service stopped; nothing was done.</summary>
    Failed,
}

/// <summary>How far the reading in of a list is.</summary>
internal sealed class ImportRun(Guid person, int total) : IProgress<(int Done, int Total)>
{
    private int done;
    private int end;

    public Guid Person { get; } = person;

    /// <summary>Clients that change.</summary>
    public int Total { get; } = total;

    /// <summary>Clients written so far; they count only once all are.</summary>
    public int Done => Volatile.Read(ref done);

    public ImportEnd End
    {
        get => (ImportEnd)Volatile.Read(ref end);
        set => Volatile.Write(ref end, (int)value);
    }

    /// <summary>Ends when the run does; never fails.</summary>
    public Task Written { get; set; } = Task.CompletedTask;

    public void Report((int Done, int Total) value) => Volatile.Write(ref done, value.Done);
}

/// <summary>Reads lists in behind the page.</summary>
internal sealed partial class ImportRuns(ImportWriter writer, IAuditTrail audit, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ImportRuns> log)
{
    // Long enough to come back from lunch and see what became of it.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, (ImportRun Run, DateTimeOffset At)> runs = new();

    /// <summary>Begins to carry out a good plan.</summary>
    /// <param name="batch">What the change will be called.</param>
    /// <param name="trail">For the audit trail, once it is done.</param>
    public ImportRun Start(ImportPlan plan, Guid batch, Guid person, AuditEvent trail)
    {
        var now = time.GetUtcNow();
        foreach (var old in runs.Where(r => r.Value.Run.End != ImportEnd.None && now - r.Value.At > Remembered))
        {
            runs.TryRemove(old.Key, out _);
        }

        var run = new ImportRun(person, plan.New.Count + plan.Changed.Count + plan.Missing.Count);
        runs[batch] = (run, now);
        run.Written = Task.Run(() => WriteAsync(run, plan, batch, trail), CancellationToken.None);
        return run;
    }

    /// <summary>How far it is; null where this node does not know it, or it is somebody else's.</summary>
    public ImportRun? Find(Guid batch, Guid person) => runs.TryGetValue(batch, out var found) && found.Run.Person == person ? found.Run : null;

    private async Task WriteAsync(ImportRun run, ImportPlan plan, Guid batch, AuditEvent trail)
    {
        try
        {
            if (!await writer.WriteAsync(plan, batch, run.Person, run, lifetime.ApplicationStopping))
            {
                run.End = ImportEnd.Overtaken;
                return;
            }

            await audit.NowAsync(trail, CancellationToken.None);
            run.End = ImportEnd.Done;
        }
        catch (Exception error)
        {
            // Nobody awaits this: whatever it is, the page must say that nothing was done.
            run.End = ImportEnd.Failed;
            ImportFailed(batch, error.GetType().Name);
        }
    }

    // The kind of error, not its text: an exception's message may quote a row.
    [LoggerMessage(Level = LogLevel.Error, Message = "Reading in list {Batch} failed: {Kind}")]
    private partial void ImportFailed(Guid batch, string kind);
}
