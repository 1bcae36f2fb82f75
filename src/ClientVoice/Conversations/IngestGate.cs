// How much may be on its way into the database at once. What comes on top is told to wait before a byte of it is read, so that memory
// stays bounded however many tablets send, and those that are in get their receipt soon. A tablet keeps what it has and comes again.
using ClientVoice.Problems;
using Microsoft.Extensions.Options;

namespace ClientVoice.Conversations;

/// <summary>Settings below <c>ClientVoice:Ingest</c>.</summary>
internal sealed class IngestOptions
{
    public const string Section = "ClientVoice:Ingest";

    /// <summary>Documents that are read, checked or stored at once: some times the tablets of a morning, and stored within a second or two.</summary>
    public int MostAtOnce { get; set; } = 256;

    /// <summary>Bytes of their bodies: a few dozen of the largest, thousands of the usual. In memory a document takes some times its bytes.</summary>
    public long MostBytesAtOnce { get; set; } = 32_000_000;
}

/// <summary>Lets documents in while there is room.</summary>
internal sealed class IngestGate(IOptions<IngestOptions> options, IHostApplicationLifetime lifetime)
{
    private readonly Lock gate = new();
    private int documents;
    private long bytes;

    /// <summary>Takes a place; it is given back by disposing.</summary>
    /// <param name="length">What the request says of its length; null where it does not say.</param>
    /// <exception cref="ProblemException"><c>overloaded</c>: there is no room, or the service is stopping. With when to come again.</exception>
    public IDisposable Enter(long? length)
    {
        var size = Math.Min(length ?? ReceiveConversation.MaxBytes, ReceiveConversation.MaxBytes);
        lock (gate)
        {
            // The first is always let in: a bound that is too small must not keep everything out.
            var isFull = documents > 0 && (documents >= options.Value.MostAtOnce || bytes + size > options.Value.MostBytesAtOnce);
            if (isFull || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Not all at the same moment again.
                throw new ProblemException(ProblemKinds.Overloaded) { RetryAfter = TimeSpan.FromSeconds(Random.Shared.Next(2, 10)) };
            }

            (documents, bytes) = (documents + 1, bytes + size);
        }

        return new Place(this, size);
    }

    private void Leave(long size)
    {
        lock (gate)
        {
            (documents, bytes) = (documents - 1, bytes - size);
        }
    }

    private sealed class Place(IngestGate gate, long size) : IDisposable
    {
        private bool left;

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                gate.Leave(size);
            }
        }
    }
}
