using System.Text.RegularExpressions;

namespace ClientVoice.Instruments.Schema;

/// <summary>References between schemas: URIs as RFC 3986 resolves them, with the fragment apart.</summary>
internal static partial class SchemaUri
{
    /// <summary>Splits <c>uri#fragment</c>; the fragment is decoded and empty where there is none.</summary>
    public static (string Uri, string Fragment) Split(string reference)
    {
        var at = reference.IndexOf('#', StringComparison.Ordinal);
        return at < 0 ? (reference, "") : (reference[..at], Uri.UnescapeDataString(reference[(at + 1)..]));
    }

    /// <summary>An absolute URI without fragment, or null where it cannot be made.</summary>
    public static string? Resolve(string baseUri, string reference)
    {
        if (reference.Length == 0)
        {
            return baseUri;
        }

        // Uri takes "/path" for a file on some systems: only what has a scheme is absolute.
        if (HasScheme().IsMatch(reference))
        {
            return Uri.TryCreate(reference, UriKind.Absolute, out var absolute) ? absolute.AbsoluteUri : null;
        }

        return Uri.TryCreate(baseUri, UriKind.Absolute, out var from)
            && Uri.TryCreate(from, reference, out var resolved) ? resolved.AbsoluteUri : null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex HasScheme();
}
