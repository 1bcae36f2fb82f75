namespace ClientVoice.Access;

/// <summary>Who reads the feed: the key, and the place below (and including) which it may read.</summary>
internal sealed record FeedReader(Guid KeyId, string Name, Guid PlaceId);

/// <summary>Recognises BI keys.</summary>
internal interface IFeedKeys
{
    /// <summary>The reader of a key that is known, not revoked and not expired; else null.</summary>
    Task<FeedReader?> RecogniseAsync(string key, CancellationToken cancel);
}
