// JSON Schema's patterns are ECMAScript's with the u flag. .NET reads the same text with other meanings: \d is
// every digit of every script, $ allows a line end after it, a character is half of what lies beyond U+FFFF.
using System.Text;

namespace ClientVoice.Instruments.Schema;

/// <summary>Writes an ECMAScript pattern as a .NET pattern that means the same.</summary>
internal sealed class EcmaTranslator
{
    private const int LongestPattern = 2000;
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly string pattern;
    private readonly StringBuilder output = new();
    private int at;

    private EcmaTranslator(string pattern) => this.pattern = pattern;

    /// <summary>The .NET pattern, or null where there is none that means the same.</summary>
    public static string? Translate(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return null;
        }

        var translator = new EcmaTranslator(pattern);
        return translator.All() ? translator.output.ToString() : null;
    }

    private bool All()
    {
        while (at < pattern.Length)
        {
            if (!One())
            {
                return false;
            }
        }

        return true;
    }

    private bool One()
    {
        switch (pattern[at])
        {
            case '\\':
                return Escape();
            case '[':
                return Class();
            case '(':
                return Group();
            case '$':
                return Write(@"\z", 1);
            case '.':
                return Write(@$"(?:{Pair}|[^\n\r\u2028\u2029])", 1);
            default:
                var rune = ReadRune();
                // Syntax that both share is copied; a character beyond U+FFFF is two for .NET, so it is kept together.
                output.Append(rune.IsBmp && "^|)*+?{},".Contains((char)rune.Value, StringComparison.Ordinal) ? rune.ToString() : EcmaClass.Literal(rune));
                return true;
        }
    }

    private bool Group()
    {
        var rest = pattern.AsSpan(at);
        if (!rest.StartsWith("(?"))
        {
            return Write("(", 1);
        }

        foreach (var head in (ReadOnlySpan<string>)["(?:", "(?=", "(?!", "(?<=", "(?<!"])
        {
            if (rest.StartsWith(head))
            {
                return Write(head, head.Length);
            }
        }

        // A named group; everything else after (? is .NET's own.
        var end = rest.IndexOf('>');
        return rest.StartsWith("(?<") && end > 3 && IsName(rest[3..end]) && Write(rest[..(end + 1)].ToString(), end + 1);
    }

    private bool Escape()
    {
        if (at + 1 >= pattern.Length)
        {
            return false;
        }

        var letter = pattern[at + 1];
        switch (letter)
        {
            case 'b':
            case 'B':
                const string edge = @"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";
                return Write(letter == 'b' ? edge : $"(?!{edge})", 2);
            case >= '1' and <= '9':
                return Write(@"(?:\" + letter + ")", 2);
            case 'k':
                var end = pattern.IndexOf('>', at);
                return end > at + 3 && pattern[at + 2] == '<' && IsName(pattern.AsSpan(at + 3, end - at - 3)) && Write(pattern[at..(end + 1)], end + 1 - at);
            default:
                var parsed = EcmaClass.ReadEscape(pattern, ref at);
                output.Append(parsed?.Written());
                return parsed is not null;
        }
    }

    private bool Class()
    {
        var parsed = EcmaClass.Read(pattern, ref at);
        output.Append(parsed?.Written());
        return parsed is not null;
    }

    private Rune ReadRune()
    {
        Rune.DecodeFromUtf16(pattern.AsSpan(at), out var rune, out var used);
        at += used;
        return rune;
    }

    private bool Write(string text, int used)
    {
        output.Append(text);
        at += used;
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(name[0]);
    }
}
