// JSON numbers have no size: 1.0 is 1, 1e400 is a number, 0.1 is not a binary fraction. A double or a decimal
// would make two validators disagree at the edge, so a number is kept as its digits and its exponent.
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>A JSON number, exactly: <c>±0.d1d2d3… × 10^Magnitude</c> with no zero at either end of the digits.</summary>
/// <param name="Negative">Below zero; never for zero.</param>
/// <param name="Digits">Significant digits; empty for zero.</param>
/// <param name="Magnitude">The power of ten just above the number; 0 for zero.</param>
internal readonly record struct ExactNumber(bool Negative, string Digits, long Magnitude) : IComparable<ExactNumber>
{
    /// <summary>High enough for every figure a person meant, low enough that dividing stays instant.</summary>
    public const int MostCharacters = 1000;

    // Saturating here keeps arithmetic on exponents inside a long; nobody can tell 1e(10^17) from larger.
    private const long MostMagnitude = 100_000_000_000_000_000;

    public bool IsZero => Digits.Length == 0;

    /// <summary>No fraction: 1.0 and 1e2 are integers, as JSON Schema has it.</summary>
    public bool IsInteger => Magnitude >= Digits.Length;

    /// <summary>Reads a number element; false where it is longer than <see cref="MostCharacters"/>.</summary>
    public static bool TryRead(JsonElement element, out ExactNumber number)
    {
        var raw = element.GetRawText();
        number = default;
        if (raw.Length > MostCharacters)
        {
            return false;
        }

        number = Parse(raw);
        return true;
    }

    /// <summary>Reads the text of a well-formed JSON number.</summary>
    public static ExactNumber Parse(string raw)
    {
        var negative = raw[0] == '-';
        var exponentAt = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = raw.AsSpan(negative ? 1 : 0, (exponentAt < 0 ? raw.Length : exponentAt) - (negative ? 1 : 0));
        var exponent = exponentAt < 0 ? 0 : Exponent(raw.AsSpan(exponentAt + 1));
        var pointAt = mantissa.IndexOf('.');
        var whole = pointAt < 0 ? mantissa : mantissa[..pointAt];
        var all = pointAt < 0 ? whole.ToString() : string.Concat(whole, mantissa[(pointAt + 1)..]);
        var leading = all.Length - all.AsSpan().TrimStart('0').Length;
        var digits = all.Trim('0');
        return digits.Length == 0
            ? new ExactNumber(false, "", 0)
            : new ExactNumber(negative, digits, exponent + whole.Length - leading);
    }

    public int CompareTo(ExactNumber other)
    {
        if (IsZero || other.IsZero || Negative != other.Negative)
        {
            return Sign.CompareTo(other.Sign);
        }

        var size = Magnitude != other.Magnitude
            ? Magnitude.CompareTo(other.Magnitude)
            : string.CompareOrdinal(Digits, other.Digits);
        return Negative ? -size : size;
    }

    /// <summary>Whether this is a whole number of times <paramref name="divisor"/> (above zero).</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (IsZero)
        {
            return true;
        }

        // this = a·10^x and divisor = b·10^y with a and b not ending in 0: below, the powers of ten left over.
        var power = (Magnitude - Digits.Length) - (divisor.Magnitude - divisor.Digits.Length);
        if (power < 0)
        {
            return false;
        }

        var (a, b) = (Whole(Digits), Whole(divisor.Digits));
        return (a % b * BigInteger.ModPow(10, power, b) % b).IsZero;
    }

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <summary>The number as a count, or null where it is not a whole number from 0 to <see cref="int.MaxValue"/>.</summary>
    public int? AsCount()
    {
        if (IsZero)
        {
            return 0;
        }

        return Negative || !IsInteger || Magnitude > 10
            ? null
            : long.Parse(Digits.PadRight((int)Magnitude, '0'), CultureInfo.InvariantCulture) is var count and <= int.MaxValue
                ? (int)count
                : null;
    }

    private int Sign => IsZero ? 0 : Negative ? -1 : 1;

    private static BigInteger Whole(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Exponent(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Math.Clamp(value, -MostMagnitude, MostMagnitude)
            : text[0] == '-' ? -MostMagnitude : MostMagnitude;
}
