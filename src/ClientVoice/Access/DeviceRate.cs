using System.Threading.RateLimiting;
using ClientVoice.Problems;
using Microsoft.Extensions.Options;

namespace ClientVoice.Access;

/// <summary>What one tablet may ask in a minute. By tablet, or by session where it is not paired; never by address, for a care home shares one.</summary>
internal sealed class DeviceRate : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly PartitionedRateLimiter<Guid> asked;

    public DeviceRate(IOptions<AccessOptions> options)
    {
        var most = options.Value.RequestsPerMinute;
        asked = PartitionedRateLimiter.Create<Guid, Guid>(id => RateLimitPartition.GetFixedWindowLimiter(id, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Minute }));
    }

    /// <exception cref="ProblemException"><c>too-many-requests</c>.</exception>
    public void Take(Guid device)
    {
        using var lease = asked.AttemptAcquire(device);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(ProblemKinds.TooManyRequests) { RetryAfter = Minute };
        }
    }

    public void Dispose() => asked.Dispose();
}
