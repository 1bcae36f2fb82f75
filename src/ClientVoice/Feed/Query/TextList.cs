// ODataLib 7.7 reads the list after `in` as JSON, so that a backslash in a text becomes an escape. The list as it was
// written is kept beside it; texts are read from there.
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>Reads a list of texts: <c>('a','it''s',null)</c>.</summary>
internal static class TextList
{
    /// <exception cref="Problems.ProblemException">It is not a list of texts in single quotes.</exception>
    public static IReadOnlyList<ConstantTerm> Read(string literal, string option)
    {
        var values = new List<ConstantTerm>();
        var at = Skip(literal, 0);
        do
        {
            // Past the opening parenthesis, or past the comma.
            at = Skip(literal, at + 1);
            var (value, end) = Item(literal, at) ?? throw Wrong(option);
            values.Add(new ConstantTerm(value, PublishedType.Text));
            at = Skip(literal, end);
        }
        while (at < literal.Length && literal[at] == ',');
        return literal[0] == '(' && at == literal.Length - 1 && literal[at] == ')' ? values : throw Wrong(option);
    }

    private static Problems.ProblemException Wrong(string option) =>
        Refusal.NotValid(option, $"{option}: a list of texts is written as ('a','b').");

    private static (string? Value, int End)? Item(string text, int at)
    {
        if (text.AsSpan(at).StartsWith("null", StringComparison.Ordinal))
        {
            return (null, at + 4);
        }

        if (at >= text.Length || text[at] != '\'')
        {
            return null;
        }

        var end = at + 1;
        while (end < text.Length && (text[end] != '\'' || (end + 1 < text.Length && text[end + 1] == '\'')))
        {
            // A quote in a text is written twice.
            end += text[end] == '\'' ? 2 : 1;
        }

        return end < text.Length ? (text[(at + 1)..end].Replace("''", "'", StringComparison.Ordinal), end + 1) : null;
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return Math.Min(at, text.Length);
    }
}
