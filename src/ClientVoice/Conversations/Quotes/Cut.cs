namespace ClientVoice.Conversations.Quotes;

/// <summary>The one change that may be made to somebody's words: leaving something out.</summary>
internal static class Cut
{
    /// <summary>What stands where something was left out.</summary>
    public const string Sign = "[…]";

    /// <summary>At most so many characters: a quote, not a story.</summary>
    public const int Longest = 1000;

    /// <summary>Whether <paramref name="text"/> is <paramref name="said"/>, or less of it: its parts stand there in the same order.</summary>
    public static bool IsOf(string said, string text)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(text);
        var from = 0;
        var whole = OneLine(said);
        foreach (var part in OneLine(text).Replace("[...]", Sign, StringComparison.Ordinal).Split(Sign).Select(p => p.Trim()).Where(p => p.Length > 0))
        {
            var at = whole.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + part.Length;
        }

        return from > 0;
    }

    /// <summary>White space as single spaces: a form sends lines otherwise than a tablet.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
