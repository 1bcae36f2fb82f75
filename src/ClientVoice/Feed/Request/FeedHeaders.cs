using System.Globalization;
using ClientVoice.Problems;
using Microsoft.Extensions.Primitives;

namespace ClientVoice.Feed.Request;

/// <summary>The headers that OData gives a meaning.</summary>
internal static class FeedHeaders
{
    /// <summary>The version we answer in. 4.0 is understood by every reader that takes 4.01, so there is one.</summary>
    /// <exception cref="ProblemException">The reader takes only older versions, or speaks a newer one.</exception>
    public static string Version(IHeaderDictionary headers)
    {
        if (headers["OData-Version"].ToString() is { Length: > 0 } spoken && spoken is not ("4.0" or "4.01"))
        {
            throw new ProblemException(ProblemKinds.VersionNotSupported, "OData-Version must be 4.0 or 4.01.");
        }

        if (headers["OData-MaxVersion"].ToString() is { Length: > 0 } most
            && !(decimal.TryParse(most, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) && version >= 4.0m))
        {
            throw new ProblemException(ProblemKinds.VersionNotSupported, "OData-MaxVersion must be 4.0 or higher.");
        }

        return "4.0";
    }

    /// <summary>The page size that is preferred, within our limit; null where none is.</summary>
    public static int? PageSize(IHeaderDictionary headers)
    {
        foreach (var preference in headers["Prefer"].ToString().Split(',', ';').Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            // A preference that cannot be met is passed over, not refused: that is what a preference is.
            if (preference.Length == 2 && preference[0].ToLowerInvariant() is "odata.maxpagesize" or "maxpagesize"
                && int.TryParse(preference[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
            {
                return Math.Min(size, FeedLimits.LargestPage);
            }
        }

        return null;
    }

    /// <summary>Whether the reader has this answer already.</summary>
    public static bool Matches(StringValues ifNoneMatch, string tag) =>
        ifNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(t => t == "*" || Opaque(t) == Opaque(tag));

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
