using System.Net;
using System.Threading.RateLimiting;
using ClientVoice.Access;
using ClientVoice.Problems;
using Microsoft.Extensions.Options;

namespace ClientVoice.Feed.Request;

/// <summary>How much a key may ask in a minute; what it saved up it may use at once.</summary>
internal sealed class FeedRate(IOptions<FeedOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> limiter = PartitionedRateLimiter.Create<Guid, Guid>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(options.Value.RequestsPerMinute)));

    // One a minute tells that somebody tries; all of them would let whoever tries fill the trail.
    private readonly PartitionedRateLimiter<IPAddress> refusals = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = 1, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Whether a key that opens nothing is the first one from that address this minute.</summary>
    public bool TakeRefusal(IPAddress? address)
    {
        using var lease = refusals.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    /// <summary>Counts requests of a reader.</summary>
    /// <exception cref="ProblemException">It asks too much; the problem says when to ask again.</exception>
    public void Take(FeedReader reader, int requests)
    {
        // More than the bucket holds would never be let through: a batch of a hundred counts as full, at most.
        using var lease = limiter.AttemptAcquire(reader.Id, Math.Min(requests, options.Value.RequestsPerMinute));
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            throw new ProblemException(ProblemKinds.TooManyRequests, $"A key may ask {options.Value.RequestsPerMinute} times a minute.") { RetryAfter = wait };
        }
    }

    public void Dispose()
    {
        limiter.Dispose();
        refusals.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(int aMinute) => new()
    {
        TokenLimit = aMinute,
        QueueLimit = 0,
        TokensPerPeriod = Math.Max(1, aMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / aMinute)),
    };
}
