using System.Collections.Concurrent;
using ClientVoice.Commands;
using ClientVoice.Conversations;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>A conversation that was sent.</summary>
internal sealed record SoakTalk(Guid Id, byte[] Body, DemoTalk Talk);

/// <summary>What tablets were promised: every receipt, and what was sent without an answer.</summary>
internal sealed class SoakLedger
{
    private const int Recent = 500;

    private readonly ConcurrentQueue<SoakTalk> recent = new();

    public ConcurrentDictionary<Guid, Receipt> Receipts { get; } = new();

    /// <summary>Sent, and nobody answered: they may be there or not.</summary>
    public ConcurrentDictionary<Guid, bool> Unanswered { get; } = new();

    /// <summary>How many corrections were taken, and how many got no answer.</summary>
    public (int Taken, int Unanswered) Corrections { get; set; }

    /// <summary>Keeps a receipt.</summary>
    /// <returns>Null where it is in order; what is wrong with it otherwise.</returns>
    public string? Keep(SoakTalk talk, Receipt receipt)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(talk.Body));
        if (receipt.Id != talk.Id || receipt.Sha256 != hash)
        {
            return "receipt of something else";
        }

        var first = Receipts.GetOrAdd(talk.Id, receipt);
        Unanswered.TryRemove(talk.Id, out _);
        if (ReferenceEquals(first, receipt))
        {
            recent.Enqueue(talk);
            while (recent.Count > Recent)
            {
                recent.TryDequeue(out _);
            }
        }

        return first.StoredAt == receipt.StoredAt ? null : "another moment in a second receipt";
    }

    /// <summary>One of the last that were kept; null while there is none.</summary>
    public SoakTalk? Any(DemoRandom random) => recent.ToArray() is { Length: > 0 } all ? random.Of(all) : null;
}
