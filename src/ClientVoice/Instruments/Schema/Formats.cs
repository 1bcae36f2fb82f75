// The formats that an instrument can ask for. Each follows its RFC, not the framework's idea of it: DateTime
// accepts forms that RFC 3339 does not have, and knows no leap second.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ClientVoice.Instruments.Schema;

/// <summary>Checks of <c>format</c>.</summary>
internal static partial class Formats
{
    /// <summary>The check of a format, or null for one that is not asserted here.</summary>
    public static Func<string, bool>? Find(string format) => format switch
    {
        "date" => IsDate,
        "time" => IsTime,
        "date-time" => IsDateTime,
        "uuid" => text => Uuid().IsMatch(text),
        "email" => IsEmail,
        "uri" => IsUri,
        "ipv4" => V4().IsMatch,
        _ => null,
    };

    private static bool IsDate(string text) =>
        Date().IsMatch(text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    private static bool IsTime(string text)
    {
        var match = Time().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var (hour, minute, second) = (Number(match, 1), Number(match, 2), Number(match, 3));
        var (awayHours, awayMinutes) = (Number(match, 5), Number(match, 6));
        if (hour > 23 || minute > 59 || second > 60 || awayHours > 23 || awayMinutes > 59)
        {
            return false;
        }

        // A leap second comes at the end of a day in UTC, wherever the clock hangs.
        var away = (awayHours * 60) + awayMinutes;
        var utc = (hour * 60) + minute + (match.Groups[4].Value == "+" ? -away : away);
        return second < 60 || ((utc % 1440) + 1440) % 1440 == 1439;
    }

    private static int Number(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1)
        {
            return false;
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        return (DotAtom().IsMatch(local) || Quoted().IsMatch(local)) && (Host().IsMatch(domain) || IsAddressLiteral(domain));
    }

    private static bool IsAddressLiteral(string domain)
    {
        if (!domain.StartsWith('[') || !domain.EndsWith(']'))
        {
            return false;
        }

        var inner = domain[1..^1];
        return inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.TryParse(inner[5..], out var six) && six.AddressFamily == AddressFamily.InterNetworkV6
            : V4().IsMatch(inner);
    }

    private static bool IsUri(string text)
    {
        var match = UriForm().Match(text);
        if (!match.Success || !AuthorityForm().IsMatch(match.Groups["authority"].Value))
        {
            return false;
        }

        var host = AuthorityForm().Match(match.Groups["authority"].Value).Groups["six"];
        return !host.Success || host.Value.StartsWith('v') || (IPAddress.TryParse(host.Value, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6);
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"\A([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DotAtom();

    [GeneratedRegex("""\A"(?:[\x20-\x21\x23-\x5B\x5D-\x7E]|\\[\x20-\x7E])*"\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\z)|\z)){4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex V4();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:(?:(?<hier>//)(?<authority>[^/?#]*)(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?|(?!//)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UriForm();

    [GeneratedRegex(@"\A(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:\[(?<six>[0-9A-Fa-f:.]+|v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AuthorityForm();
}
