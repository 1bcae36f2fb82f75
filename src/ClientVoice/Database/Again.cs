using System.Data.Common;
using Polly;
using Polly.Retry;

namespace ClientVoice.Database;

/// <summary>
/// Does work on a server's database again where it failed only for the moment: a deadlock, a node that changes over, a connection that broke.
/// A few times with a growing pause, and not longer than somebody waits; after that the trouble is told.
/// </summary>
/// <remarks>The embedded database waits by itself for whoever writes, and a full disk is not emptied in a second: there nothing is done again.</remarks>
internal static class Again
{
    /// <summary>How often work is done at most.</summary>
    public const int Most = 5;

    // Of what is called from here alone: it ends with the call.
    private static readonly AsyncLocal<bool> IsWithin = new();

    /// <summary>How often work is done at most that met another writer.</summary>
    public const int MostMeetings = 10;

    private static readonly ResiliencePipeline Usual = Made(TimeProvider.System);

    private static readonly ResiliencePipeline Meeting = Made(TimeProvider.System, Meets, MostMeetings);

    private static readonly ResiliencePipeline MeetingWithin = Made(TimeProvider.System, error => Meets(error) && !DatabaseTrouble.PassesSoon(error), MostMeetings);

    /// <param name="work">A transaction from its beginning, or less than one; what it changed outside the database it must be able to change twice.</param>
    public static async Task WhereItPassesAsync(Func<CancellationToken, Task> work, CancellationToken cancel) =>
        await WhereItPassesAsync(Answering(work), cancel);

    /// <inheritdoc cref="WhereItPassesAsync(Func{CancellationToken, Task}, CancellationToken)"/>
    public static async Task<T> WhereItPassesAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        // Within work that is done again anyway, opening a connection is not done again for itself: five times five is not a few.
        if (IsWithin.Value)
        {
            return await work(cancel);
        }

        IsWithin.Value = true;
        return await Usual.ExecuteAsync(async stop => await work(stop), cancel);
    }

    /// <summary>
    /// Does work again where another writer may have been first with the same row: the next number of the trail, the first key of its kind. The second time it finds the
    /// other's. On the embedded database too: two services can share one file.
    /// </summary>
    /// <inheritdoc cref="WhereItPassesAsync(Func{CancellationToken, Task}, CancellationToken)" path="/param"/>
    public static async Task<T> WhereOneWasFirstAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var pipeline = IsWithin.Value ? MeetingWithin : Meeting;
        IsWithin.Value = true;
        return await pipeline.ExecuteAsync(async stop => await work(stop), cancel);
    }

    /// <inheritdoc cref="WhereOneWasFirstAsync{T}"/>
    public static async Task WhereOneWasFirstAsync(Func<CancellationToken, Task> work, CancellationToken cancel) =>
        await WhereOneWasFirstAsync(Answering(work), cancel);

    private static Func<CancellationToken, Task<bool>> Answering(Func<CancellationToken, Task> work) => async stop =>
    {
        await work(stop);
        return true;
    };

    // A unique index, a lock, transactions that cannot be put in order: what a server says of two that meet has no one number. A disk that is full or
    // a server that is away is not that, and waiting a second does not mend it.
    private static bool Meets(Exception error) => error is DbException && (!DatabaseTrouble.IsOfTheMoment(error) || DatabaseTrouble.PassesSoon(error));

    /// <summary>How it is done again, by a clock.</summary>
    internal static ResiliencePipeline Made(TimeProvider time) => Made(time, DatabaseTrouble.PassesSoon, Most);

    private static ResiliencePipeline Made(TimeProvider time, Func<Exception, bool> isWorthIt, int most) => new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(isWorthIt),
        MaxRetryAttempts = most - 1,
        BackoffType = DelayBackoffType.Exponential,
        // Two that were in each other's way are not there again at the same moment.
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(50),
        MaxDelay = TimeSpan.FromSeconds(1),
    }).Build();
}
