// OData 4.01 has `divby`, a division that does not round, and ODataLib 7 does not know the word. `a divby b` is
// `a mul 1.0 div b`: the two have the same rank and are read from the left, so the rewrite keeps every meaning.
using System.Text.RegularExpressions;

namespace ClientVoice.Feed.Request;

/// <summary>Rewrites <c>divby</c> before the library reads an expression.</summary>
internal static partial class DivBy
{
    public static string Rewrite(string text) => text.Contains("divby", StringComparison.OrdinalIgnoreCase)
        ? Word().Replace(text, m => m.Groups[1].Success ? m.Value : "mul 1.0 div")
        : text;

    // A text in quotes is taken whole, so that the word in it stays.
    [GeneratedRegex(@"('(?:[^']|'')*')|(?<=\s)divby(?=\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
