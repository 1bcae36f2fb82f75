using ClientVoice.Feed.Answer;
using ClientVoice.Problems;
using Microsoft.Net.Http.Headers;

namespace ClientVoice.Feed.Request;

/// <summary>The form of an answer, as a media type that ODataLib understands.</summary>
internal static class FeedFormat
{
    private const string Json = "application/json";
    private const string Xml = "application/xml";

    /// <summary>The form of data: JSON, with as much metadata as was asked for.</summary>
    /// <exception cref="ProblemException">Something other than JSON was asked for.</exception>
    public static (string MediaType, MetadataLevel Level, bool WideNumbersAsText) ForData(HttpRequest request, string? format)
    {
        foreach (var asked in Asked(request, format))
        {
            if (Matches(asked, Json) && JsonType(asked) is { } type)
            {
                return (type.MediaType, type.Level, type.Wide);
            }
        }

        throw new ProblemException(ProblemKinds.FormatNotSupported, "Data is given as application/json.");
    }

    /// <summary>The form of the model: XML where nothing else is asked for.</summary>
    /// <exception cref="ProblemException">Neither XML nor JSON was asked for.</exception>
    public static string ForMetadata(HttpRequest request, string? format)
    {
        var welcome = Asked(request, format);
        // BI tools send one list for everything, JSON first; who names XML at all can read the model as OData 4.0 has it.
        if (welcome.Any(a => a.MediaType.Equals(Xml, StringComparison.OrdinalIgnoreCase)))
        {
            return Xml;
        }

        foreach (var asked in welcome)
        {
            if (Matches(asked, Xml))
            {
                return Xml;
            }

            if (Matches(asked, Json))
            {
                return Json;
            }
        }

        throw new ProblemException(ProblemKinds.FormatNotSupported, "The model is given as application/xml or application/json.");
    }

    // $format goes before Accept; without both, everything is welcome.
    private static IReadOnlyList<MediaTypeHeaderValue> Asked(HttpRequest request, string? format)
    {
        var texts = format?.ToLowerInvariant() switch
        {
            null => [.. request.Headers.Accept],
            "json" => [Json],
            "xml" => [Xml],
            _ => new List<string?> { format },
        };
        if (texts.Count == 0)
        {
            return [new MediaTypeHeaderValue("*/*")];
        }

        return MediaTypeHeaderValue.TryParseList(texts!, out var types)
            ? [.. types.Where(t => t.Quality is not 0).OrderByDescending(t => t.Quality ?? 1)]
            : throw new ProblemException(ProblemKinds.FormatNotSupported, "The media type cannot be read.");
    }

    private static bool Matches(MediaTypeHeaderValue asked, string type) =>
        asked.MatchesAllTypes || (asked.MatchesAllSubTypes && asked.Type == "application")
        || asked.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>The JSON that a range asks for; null where one of its parameters is not known.</summary>
    private static (string MediaType, MetadataLevel Level, bool Wide)? JsonType(MediaTypeHeaderValue asked)
    {
        var metadata = "minimal";
        var numbers = "false";
        foreach (var parameter in asked.Parameters)
        {
            var value = HeaderUtilities.RemoveQuotes(parameter.Value).ToString().ToLowerInvariant();
            switch (parameter.Name.ToString().ToLowerInvariant())
            {
                case "odata.metadata" or "metadata" when value is "none" or "minimal" or "full":
                    metadata = value;
                    break;
                case "ieee754compatible" when value is "true" or "false":
                    numbers = value;
                    break;
                case "odata.streaming" or "streaming" or "charset" or "q" or "odata" or "exponentialdecimals":
                    break;
                default:
                    return null;
            }
        }

        var level = metadata switch
        {
            "none" => MetadataLevel.None,
            "full" => MetadataLevel.Full,
            _ => MetadataLevel.Minimal,
        };
        return ($"{Json};odata.metadata={metadata};odata.streaming=true;IEEE754Compatible={numbers}", level, numbers == "true");
    }
}
