// Documents that come in at the same time are stored in one transaction: a commit waits for the disk, and sixty-four tablets need not wait
// for sixty-four of them. Nobody waits for others to come: a commit takes along whatever came while the one before it was on its way.
using System.Data.Common;
using ClientVoice.Database;

namespace ClientVoice.Conversations;

/// <summary>Stores checked documents, those that wait together in one transaction.</summary>
internal sealed class IngestWriter(IDatabase database, ConversationStore store, TimeProvider time)
{
    // Enough for all tablets of a morning at once; few enough that one that cannot be stored makes only these be stored anew, one by one.
    private const int MostTogether = 64;

    // SQLite has one writer. A server has many, and each round trip to it is time in which another can write.
    private readonly int mostWriters = database.Dialect == SqlDialect.SqlServer ? 4 : 1;
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = [];
    private int writers;

    /// <summary>Stores one conversation; returns when it is kept, as of which moment.</summary>
    /// <exception cref="DbException">It could not be stored; nothing of it is kept.</exception>
    public Task<DateTimeOffset> KeepAsync(CheckedConversation conversation, CancellationToken cancel) => KeepAsync(new Waiting(conversation, null, cancel));

    /// <summary>The same for a document of another kind: these are few, and each is stored in its own way.</summary>
    /// <inheritdoc cref="KeepAsync(CheckedConversation, CancellationToken)"/>
    public Task<DateTimeOffset> KeepAsync(Keep keep, CancellationToken cancel) => KeepAsync(new Waiting(null, keep, cancel));

    private Task<DateTimeOffset> KeepAsync(Waiting one)
    {
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

    // Of two writers that are in each other's way on a server one begins again. Where a connection broke as it committed, all may be there
    // already: then each is found there.
    private async Task StoreAsync(List<Waiting> together)
    {
        var now = await Again.WhereItPassesAsync(_ => StoreOnceAsync(together), CancellationToken.None);
        together.ForEach(one => one.Kept.TrySetResult(now));
    }

    private async Task<DateTimeOffset> StoreOnceAsync(List<Waiting> together)
    {
        var now = time.GetUtcNow();
        await using (var connection = await database.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await store.AddAsync(connection, transaction, [.. together.Where(one => one.Conversation is not null).Select(one => (one.Conversation!, now))], CancellationToken.None);
            foreach (var other in together.Where(one => one.Other is not null))
            {
                await other.Other!(connection, transaction, now, CancellationToken.None);
            }

            await database.CommitAsync(transaction, CancellationToken.None);
        }

        return now;
    }

    private sealed record Waiting(CheckedConversation? Conversation, Keep? Other, CancellationToken Cancel)
    {
        public TaskCompletionSource<DateTimeOffset> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
