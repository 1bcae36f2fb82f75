// Events come in by the thousand (every page of a BI refresh is one) and are written in one transaction for many: a
// write to disk for each would slow the feed, and the tablets that write beside it. What must be there before the answer
// is (a key that was made) waits for its write.
using System.Threading.Channels;

namespace ClientVoice.Access;

/// <summary>Takes events for the trail.</summary>
internal interface IAuditTrail
{
    /// <summary>Writes the event in a second or so. For what is read.</summary>
    void Soon(AuditEvent happened);

    /// <summary>Writes the event and returns when it is kept. For what is changed.</summary>
    Task NowAsync(AuditEvent happened, CancellationToken cancel);
}

/// <summary>The trail: gathers events and writes them in order.</summary>
internal sealed class AuditTrail(AuditStore store, TimeProvider time, ILogger<AuditTrail> log) : BackgroundService, IAuditTrail
{
    // Long enough to put a burst together (SQLite has one writer, and tablets wait for it too), short enough that a page which
    // shows the trail is hardly behind.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    // A trail that cannot be written must not fill the memory; at this point the database has been away for long.
    private const int MostWaiting = 100_000;

    private readonly Channel<TimedEvent> waiting = Channel.CreateBounded<TimedEvent>(MostWaiting);

    // Taken from the channel and not written yet: where the database cannot write, they go first the next time.
    private readonly List<TimedEvent> held = [];

    public void Soon(AuditEvent happened)
    {
        if (!waiting.Writer.TryWrite(new TimedEvent(happened, time.GetUtcNow())))
        {
            log.LogError("The audit trail cannot take {Action}: it is full or has ended.", happened.Action);
        }
    }

    public Task NowAsync(AuditEvent happened, CancellationToken cancel) => store.AppendAsync([new TimedEvent(happened, time.GetUtcNow())], cancel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        // What came in last is written as well.
        await DrainAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (held.Count > 0 || await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Linger, time, stoppingToken);
                await DrainAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends; StopAsync writes the rest.
        }
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        while (held.Count > 0 || waiting.Reader.TryPeek(out _))
        {
            while (held.Count < AuditStore.MostAtOnce && waiting.Reader.TryRead(out var next))
            {
                held.Add(next);
            }

            try
            {
                await store.AppendAsync(held, CancellationToken.None);
                held.Clear();
            }
            catch (System.Data.Common.DbException error)
            {
                log.LogError(error, "{Count} events of the audit trail wait: they could not be written.", held.Count);
                return;
            }

            cancel.ThrowIfCancellationRequested();
        }
    }
}
