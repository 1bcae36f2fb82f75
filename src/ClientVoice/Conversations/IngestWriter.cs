// Documents that come in at the same time are stored in one transaction: a commit waits for the disk, and sixty-four tablets need not wait
// for sixty-four of them. Nobody waits for others to come: a commit takes along whatever came while the one before it was on its way.
using System.Data.Common;
using ClientVoice.Database;

namespace ClientVoice.Conversations;

/// <summary>Stores checked documents, those that wait together in one transaction.</summary>
internal sealed class IngestWriter(IDatabase database, TimeProvider time)
{
    // Enough for all tablets of a morning at once; few enough that one that cannot be stored makes only these be stored anew, one by one.
    private const int MostTogether = 64;

    // SQLite has one writer. A server has many, and each round trip to it is time in which another can write.
    private readonly int mostWriters = database.Dialect == SqlDialect.SqlServer ? 4 : 1;
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = [];
    private int writers;

    /// <summary>Stores one document; returns when it is kept, as of which moment.</summary>
    /// <exception cref="DbException">It could not be stored; nothing of it is kept.</exception>
    public Task<DateTimeOffset> KeepAsync(Keep keep, CancellationToken cancel)
    {
        var one = new Waiting(keep, cancel);
        lock (gate)
        {
            waiting.Enqueue(one);
            if (writers < mostWriters)
            {
                writers++;
                _ = Task.Run(WriteAsync, CancellationToken.None);
            }
        }

        return one.Kept.Task;
    }

    private async Task WriteAsync()
    {
        while (Next() is { Count: > 0 } together)
        {
            try
            {
                await StoreAsync(together);
            }
            catch (Exception error) when (together.Count == 1 || DatabaseTrouble.IsOfTheMoment(error))
            {
                together.ForEach(one => one.Kept.TrySetException(error));
            }
            catch (Exception)
            {
                // One of them cannot be stored, and took the others with it: each by itself.
                await OneByOneAsync(together);
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (gate)
        {
            var next = new List<Waiting>();
            while (next.Count < MostTogether && waiting.TryDequeue(out var one))
            {
                // Whoever sent it has gone: it comes again.
                if (!one.Cancel.IsCancellationRequested)
                {
                    next.Add(one);
                }
                else
                {
                    one.Kept.TrySetCanceled(one.Cancel);
                }
            }

            writers -= next.Count == 0 ? 1 : 0;
            return next;
        }
    }

    private async Task OneByOneAsync(List<Waiting> together)
    {
        foreach (var one in together)
        {
            try
            {
                await StoreAsync([one]);
            }
            catch (Exception error)
            {
                one.Kept.TrySetException(error);
            }
        }
    }

    private async Task StoreAsync(List<Waiting> together)
    {
        var now = time.GetUtcNow();
        await using (var connection = await database.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            foreach (var one in together)
            {
                await one.Keep(connection, transaction, now, CancellationToken.None);
            }

            await database.CommitAsync(transaction, CancellationToken.None);
        }

        together.ForEach(one => one.Kept.TrySetResult(now));
    }

    private sealed record Waiting(Keep Keep, CancellationToken Cancel)
    {
        public TaskCompletionSource<DateTimeOffset> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
