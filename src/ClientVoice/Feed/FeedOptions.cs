using System.ComponentModel.DataAnnotations;

namespace ClientVoice.Feed;

/// <summary>Settings of the feed, under <c>ClientVoice:Feed</c>.</summary>
internal sealed class FeedOptions
{
    public const string Section = "ClientVoice:Feed";

    /// <summary>
    /// Requests that one key may make in a minute. Enough for a refresh of a million rows in pages of the default size, too few
    /// for a report that was set up wrong to keep the tablets waiting.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1_200;
}
