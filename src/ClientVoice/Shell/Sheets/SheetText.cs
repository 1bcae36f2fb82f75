using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace ClientVoice.Shell.Sheets;

/// <summary>What Excel allows in texts, names and numbers.</summary>
internal static class SheetText
{
    public const int MostRows = 1_048_576;
    public const int MostColumns = 16_384;
    private const int LongestText = 32_767;
    private const int LongestName = 31;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    // Excel's day 1 is 1 January 1900; the base is two days before, because it counts a 29 February 1900 that never was.
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>A text as XML content: reserved characters escaped, characters that XML does not know left out.</summary>
    public static string Escape(string text)
    {
        var plain = true;
        foreach (var c in text)
        {
            plain &= c is >= ' ' and < '\ud800' and not ('&' or '<' or '>' or '"' or '_');
        }

        return plain ? text : EscapeSlowly(text);
    }

    /// <summary>As much of a text as a cell can hold.</summary>
    public static string Fit(string text)
    {
        if (text.Length <= LongestText)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }

    /// <summary>A name that Excel takes for a sheet, and that no other sheet has.</summary>
    public static string SheetName(string wanted, IReadOnlyCollection<string> taken)
    {
        var kept = new string([.. wanted
            .Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && XmlConvert.IsXmlChar(c))
            .Select(c => c is ':' or '\\' or '/' or '?' or '*' or '[' or ']' ? ' ' : c)]);
        var name = Cut(kept.Trim(' ', '\''), LongestName);
        // "History" is a name that Excel keeps for itself.
        if (name.Length == 0 || name.Equals("History", StringComparison.OrdinalIgnoreCase))
        {
            name = name.Length == 0 ? "Blad" : name + "_";
        }

        var unique = name;
        for (var number = 2; taken.Contains(unique, StringComparer.OrdinalIgnoreCase); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" ({number})");
            unique = Cut(name, LongestName - suffix.Length) + suffix;
        }

        return unique;
    }

    /// <summary>A day as Excel counts it.</summary>
    public static int Serial(DateOnly date) => date.DayNumber - DayZero.DayNumber;

    /// <summary>A, B, ..., Z, AA, ... for 0, 1, ...</summary>
    public static string ColumnLetters(int index)
    {
        var letters = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length].TrimEnd(' ', '\'');

    private static bool LooksLikeEscape(ReadOnlySpan<char> text) =>
        text.Length > 6 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);

    private static string EscapeSlowly(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                // Excel reads _x0041_ as A: a text that happens to look like that is kept as it is.
                '_' when LooksLikeEscape(text.AsSpan(i)) => escaped.Append("_x005F_"),
                // A bare return would become a newline when read.
                '\r' => escaped.Append("&#13;"),
                _ when XmlConvert.IsXmlChar(c) => escaped.Append(c),
                _ => escaped,
            };
        }

        return escaped.ToString();
    }
}
