using System.Globalization;
using ClientVoice.Problems;
using Microsoft.Extensions.Primitives;

namespace ClientVoice.Feed.Request;

/// <summary>The headers that OData gives a meaning.</summary>
internal static class FeedHeaders
{
    /// <summary>The version we answer in: 4.01 where the reader says that it takes it, else 4.0, which every reader takes.</summary>
    /// <exception cref="ProblemException">The reader takes only older versions, or speaks a newer one.</exception>
    public static string Version(IHeaderDictionary headers)
    {
        if (headers["OData-Version"].ToString() is { Length: > 0 } spoken && spoken is not ("4.0" or "4.01"))
        {
            throw new ProblemException(ProblemKinds.VersionNotSupported, "OData-Version must be 4.0 or 4.01.");
        }

        if (headers["OData-MaxVersion"].ToString() is not { Length: > 0 } most)
        {
            return "4.0";
        }

        return decimal.TryParse(most, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) && version >= 4.0m
            ? version >= 4.01m ? "4.01" : "4.0"
            : throw new ProblemException(ProblemKinds.VersionNotSupported, "OData-MaxVersion must be 4.0 or higher.");
    }

    /// <summary>The page size that is preferred, within our limit, under the name it was asked by; null where none is.</summary>
    public static Preference? PageSize(IHeaderDictionary headers)
    {
        foreach (var (name, value) in Preferences(headers))
        {
            // A preference that cannot be met is passed over, not refused: that is what a preference is.
            if (name is "odata.maxpagesize" or "maxpagesize" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
            {
                return new Preference(name, Math.Min(size, FeedLimits.LargestPage));
            }
        }

        return null;
    }

    /// <summary>Whether a batch goes on after a request that failed; null where the reader does not say.</summary>
    public static bool? ContinueOnError(IHeaderDictionary headers)
    {
        foreach (var (name, value) in Preferences(headers))
        {
            if (name is "odata.continue-on-error" or "continue-on-error")
            {
                return value != "false";
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, string Value)> Preferences(IHeaderDictionary headers) =>
        headers["Prefer"].ToString().Split(',', ';').Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(p => (p[0].ToLowerInvariant(), p.Length == 2 ? p[1].Trim('"').ToLowerInvariant() : ""));

    /// <summary>Whether the reader has this answer already.</summary>
    public static bool Matches(StringValues ifNoneMatch, string tag) =>
        ifNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(t => t == "*" || Opaque(t) == Opaque(tag));

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}

/// <summary>A page size that was asked for.</summary>
internal sealed record Preference(string Name, int Rows);
