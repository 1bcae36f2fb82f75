using System.Globalization;
using System.Text;

namespace ClientVoice.Instruments.Schema;

/// <summary>A set of characters in an ECMAScript pattern: a class in brackets, or an escape that stands for one.</summary>
internal sealed class EcmaClass
{
    private const string White = @"\u0009-\u000D\u0020\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NotWhite = @"\u0000-\u0008\u000E-\u001F\u0021-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    private readonly StringBuilder members = new();
    private readonly List<Rune> beyond = [];
    private bool isNegated;
    private bool standsAlone;

    // Set while reading: the single character that was read last, where it can begin a range.
    private Rune? last;

    /// <summary>One character as a .NET pattern.</summary>
    public static string Literal(Rune rune) => rune.IsBmp
        ? char.IsAsciiLetterOrDigit((char)rune.Value) ? rune.ToString() : Unit((char)rune.Value)
        : "(?:" + string.Concat(rune.ToString().Select(Unit)) + ")";

    /// <summary>Reads the escape at <paramref name="at"/>; null where ECMAScript has none such.</summary>
    public static EcmaClass? ReadEscape(string pattern, ref int at)
    {
        var set = new EcmaClass { standsAlone = true };
        return set.AddEscape(pattern, ref at) ? set : null;
    }

    /// <summary>Reads the class in brackets at <paramref name="at"/>; null where it is not well formed.</summary>
    public static EcmaClass? Read(string pattern, ref int at)
    {
        var set = new EcmaClass();
        at++;
        if (at < pattern.Length && pattern[at] == '^')
        {
            set.isNegated = true;
            at++;
        }

        while (at < pattern.Length && pattern[at] != ']')
        {
            if (!set.AddMember(pattern, ref at))
            {
                return null;
            }
        }

        return at++ < pattern.Length ? set : null;
    }

    /// <summary>As a .NET pattern that takes exactly one character, also one beyond U+FFFF.</summary>
    public string Written()
    {
        var far = string.Join('|', beyond.Select(Literal));
        if (isNegated)
        {
            var near = members.Length == 0 ? @"[\s\S]" : $"[^{members}]";
            var any = $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|{near})";
            return far.Length == 0 ? any : $"(?:(?!{far}){any})";
        }

        return (members.Length, far.Length) switch
        {
            (0, 0) => "(?!)",
            (0, _) => $"(?:{far})",
            (_, 0) => $"[{members}]",
            _ => $"(?:[{members}]|{far})",
        };
    }

    private bool AddMember(string pattern, ref int at)
    {
        if (!AddAtom(pattern, ref at))
        {
            return false;
        }

        var isRange = at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']';
        if (!isRange)
        {
            return true;
        }

        // A range runs between two characters of one unit each; others cannot be said in .NET.
        var from = last;
        at++;
        var length = members.Length;
        if (from is not { IsBmp: true } || !AddAtom(pattern, ref at) || last is not { IsBmp: true } to || to < from)
        {
            return false;
        }

        members.Insert(length, '-');
        return true;
    }

    private bool AddAtom(string pattern, ref int at)
    {
        if (at >= pattern.Length)
        {
            return false;
        }

        if (pattern[at] == '\\')
        {
            return AddEscape(pattern, ref at);
        }

        Rune.DecodeFromUtf16(pattern.AsSpan(at), out var rune, out var used);
        at += used;
        Add(rune);
        return true;
    }

    private bool AddEscape(string pattern, ref int at)
    {
        if (at + 1 >= pattern.Length)
        {
            return false;
        }

        var letter = pattern[at + 1];
        at += 2;
        last = null;
        return letter switch
        {
            'd' => AddSet("0-9"),
            'D' => AddNegated(@"\u0000-\u002F\u003A-\uFFFF", "0-9"),
            'w' => AddSet("0-9A-Za-z_"),
            'W' => AddNegated(@"\u0000-\u002F\u003A-\u0040\u005B-\u005E\u0060\u007B-\uFFFF", "0-9A-Za-z_"),
            's' => AddSet(White),
            'S' => AddNegated(NotWhite, White),
            'p' or 'P' => AddCategory(pattern, ref at, letter),
            't' => Add(new Rune('\t')),
            'n' => Add(new Rune('\n')),
            'v' => Add(new Rune('\v')),
            'f' => Add(new Rune('\f')),
            'r' => Add(new Rune('\r')),
            'b' => Add(new Rune('\b')),
            '0' => Add(new Rune('\0')),
            'c' => at < pattern.Length && char.IsAsciiLetter(pattern[at]) && Add(new Rune((char)(pattern[at++] % 32))),
            'x' => Hex(pattern, ref at, 2) is { } code && Add(new Rune((char)code)),
            'u' => AddUnicode(pattern, ref at),
            _ => !char.IsAsciiLetterOrDigit(letter) && letter < 0x80 && Add(new Rune(letter)),
        };
    }

    private bool AddUnicode(string pattern, ref int at)
    {
        if (at < pattern.Length && pattern[at] == '{')
        {
            var end = pattern.IndexOf('}', at);
            var digits = end < 0 ? "" : pattern[(at + 1)..end];
            at = end + 1;
            return digits.Length is > 0 and <= 6
                && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && Rune.IsValid(code) && Add(new Rune(code));
        }

        if (Hex(pattern, ref at, 4) is not { } unit)
        {
            return false;
        }

        if (char.IsHighSurrogate((char)unit) && pattern.AsSpan(at).StartsWith(@"\u"))
        {
            at += 2;
            return Hex(pattern, ref at, 4) is { } low && Rune.TryCreate((char)unit, (char)low, out var pair) && Add(pair);
        }

        return Rune.IsValid(unit) && Add(new Rune(unit));
    }

    private static int? Hex(string pattern, ref int at, int length)
    {
        if (at + length > pattern.Length
            || !int.TryParse(pattern.AsSpan(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        at += length;
        return code;
    }

    private bool AddCategory(string pattern, ref int at, char letter)
    {
        var end = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) : -1;
        if (end < 0 || UnicodeCategories.Short(pattern[(at + 1)..end]) is not { } category)
        {
            return false;
        }

        at = end + 1;
        return AddSet($@"\{letter}{{{category}}}");
    }

    private bool Add(Rune rune)
    {
        last = rune;
        if (rune.IsBmp)
        {
            members.Append(Literal(rune));
        }
        else
        {
            beyond.Add(rune);
        }

        return true;
    }

    private bool AddSet(string set)
    {
        members.Append(set);
        last = null;
        return true;
    }

    // On its own the complement takes characters beyond U+FFFF too; among others it adds those of one unit.
    private bool AddNegated(string within, string alone)
    {
        isNegated |= standsAlone;
        return AddSet(standsAlone ? alone : within);
    }

    private static string Unit(char unit) => $@"\u{(int)unit:X4}";
}
