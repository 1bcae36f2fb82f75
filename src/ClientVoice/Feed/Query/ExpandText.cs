// ODataLib keeps the meaning of what stands inside $expand and not its text, and the link to more rows of a list needs
// the text: there those options stand in the address itself.
namespace ClientVoice.Feed.Query;

/// <summary>Finds the options of an item in the text of $expand.</summary>
internal static class ExpandText
{
    /// <summary>The options of <paramref name="name"/> at a depth of the text, by name without <c>$</c>.</summary>
    public static IReadOnlyDictionary<string, string> Options(string text, string name, int depth)
    {
        var inside = Inside(text, name, depth);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Split(inside, ';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2))
        {
            options[pair[0].Trim().TrimStart('$').ToLowerInvariant()] = pair[1].Trim();
        }

        return options;
    }

    // The first item of that name at that depth: two of the same, ODataLib puts together or refuses.
    private static string Inside(string text, string name, int depth)
    {
        foreach (var item in Split(text, ','))
        {
            var open = item.IndexOf('(', StringComparison.Ordinal);
            var (own, inside) = open < 0 ? (item.Trim(), "") : (item[..open].Trim(), item[(open + 1)..].TrimEnd()[..^1]);
            if (depth == 0 && own.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return inside;
            }

            var deeper = Split(inside, ';').Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0].Trim().TrimStart('$').Equals("expand", StringComparison.OrdinalIgnoreCase));
            if (depth > 0 && deeper is [_, var nested] && Inside(nested, name, depth - 1) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return "";
    }

    /// <summary>Cuts at a sign that stands neither in parentheses nor in a text.</summary>
    public static IEnumerable<string> Split(string text, char sign)
    {
        var (start, depth, quoted) = (0, 0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\'')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
                if (depth == 0 && text[at] == sign)
                {
                    yield return text[start..at];
                    start = at + 1;
                }
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
