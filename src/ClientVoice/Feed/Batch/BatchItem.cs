using ClientVoice.Feed.Query;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Batch;

/// <summary>One request of a batch.</summary>
/// <param name="Id">Its name in the batch; null where it has none (multipart).</param>
/// <param name="Url">As it was sent: whole, from the host's root, or from the feed's address.</param>
/// <param name="DependsOn">Requests before it that must have gone well.</param>
internal sealed record BatchItem(string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> DependsOn);

/// <summary>What became of it.</summary>
internal sealed record BatchResult(string? Id, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsGood => Status < 400;

    public string? ContentType => Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>The ways in which a batch as a whole is not right.</summary>
internal static class BatchFault
{
    public static ProblemException NotValid(string message) => Refusal.NotValid("$batch", message);

    /// <summary>Refuses a batch with too many requests in it.</summary>
    public static void MustBeSmall(int requests)
    {
        if (requests > FeedLimits.BatchRequests)
        {
            throw Refusal.TooLarge("$batch", $"A batch holds at most {FeedLimits.BatchRequests} requests.");
        }
    }
}
