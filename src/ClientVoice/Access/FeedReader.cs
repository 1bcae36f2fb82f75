namespace ClientVoice.Access;

/// <summary>Who reads the feed.</summary>
/// <param name="Id">Of the key, or of the person who tries a query on the page.</param>
/// <param name="Places">What it may read: these, and everything below them.</param>
/// <param name="IsPerson">It is a person.</param>
internal sealed record FeedReader(Guid Id, string Name, IReadOnlyList<Guid> Places, bool IsPerson = false)
{
    /// <summary>The client groups to which it is narrowed; none is every group.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];
}

/// <summary>Recognises BI keys.</summary>
internal interface IFeedKeys
{
    /// <summary>The reader of a key that is known, not revoked and not expired; else null.</summary>
    Task<FeedReader?> RecogniseAsync(string key, CancellationToken cancel);
}
