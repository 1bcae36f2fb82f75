using System.Globalization;

namespace ClientVoice.Instruments;

/// <summary>A version as a number pair: 1.10 comes after 1.9.</summary>
internal readonly record struct InstrumentVersion(int Major, int Minor) : IComparable<InstrumentVersion>
{
    /// <summary>Reads <c>major.minor</c>; null where the text is something else.</summary>
    public static InstrumentVersion? TryParse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2 && text.Length <= 20 && TryPart(parts[0], out var major) && TryPart(parts[1], out var minor)
            ? new InstrumentVersion(major, minor)
            : null;
    }

    public int CompareTo(InstrumentVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public static bool operator <(InstrumentVersion left, InstrumentVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(InstrumentVersion left, InstrumentVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(InstrumentVersion left, InstrumentVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InstrumentVersion left, InstrumentVersion right) => left.CompareTo(right) >= 0;

    // 01 and 1 would be one version under two names.
    private static bool TryPart(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text == "0" || text[0] != '0');
}
