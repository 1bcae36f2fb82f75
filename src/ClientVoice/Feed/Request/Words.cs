// Words of OData 4.01 that ODataLib 7 does not know or takes in one spelling only. `a divby b`, a division that does not
// round, is `a mul 1.0 div b`: the two have the same rank and are read from the left, so the rewrite keeps every meaning.
using System.Text.RegularExpressions;

namespace ClientVoice.Feed.Request;

/// <summary>Rewrites an expression before the library reads it.</summary>
internal static partial class Words
{
    public static string Rewrite(string text) => Operator().Replace(text, m => m.Groups["text"].Success ? m.Value : m.Value.Equals("in", StringComparison.OrdinalIgnoreCase) ? "in" : "mul 1.0 div");

    // A text in quotes is taken whole, so that the word in it stays.
    [GeneratedRegex(@"(?<text>'(?:[^']|'')*')|(?<=\s)(?:divby|in)(?=[\s(])", RegexOptions.IgnoreCase)]
    private static partial Regex Operator();
}
