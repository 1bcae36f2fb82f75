using System.Globalization;
using System.Text;
using ClientVoice.Access;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace ClientVoice.Feed.Request;

/// <summary>
/// Lets in who holds a BI key: as the password of Basic, as Bearer, or in a header of its own. Counts what the key asks, and
/// puts every read in the audit trail.
/// </summary>
internal sealed class FeedSignIn(IFeedKeys keys, FeedRate rate, FeedTrail trail) : IEndpointFilter
{
    public const string KeyHeader = "X-ClientVoice-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = KeyOf(http.Request.Headers);
        var reader = key is null ? null : await keys.RecogniseAsync(key, http.RequestAborted);
        if (reader is null && key is not null && rate.TakeRefusal(http.Connection.RemoteIpAddress))
        {
            trail.Refused(http);
        }

        http.Features.Set(reader ?? throw new ProblemException(ProblemKinds.SignInNeeded, "Give a BI key: as the password of Basic, as Bearer token, or in X-ClientVoice-Key."));
        try
        {
            rate.Take(reader, 1);
            var result = await next(context);
            trail.Read(http, reader, http.Request.Path, http.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
            return result;
        }
        catch (Exception error)
        {
            trail.Read(http, reader, http.Request.Path, FeedTrail.ResultOf(error));
            throw;
        }
    }

    /// <summary>Who reads; only behind this filter.</summary>
    public static FeedReader ReaderOf(HttpContext context) => context.Features.GetRequiredFeature<FeedReader>();

    /// <summary>The key in the headers, or null.</summary>
    public static string? KeyOf(IHeaderDictionary headers)
    {
        if (headers[KeyHeader].ToString() is { Length: > 0 } own)
        {
            return own;
        }

        var parts = headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        return parts.Length < 2 || parts[1].Length == 0 ? null : parts[0].ToUpperInvariant() switch
        {
            "BEARER" => parts[1],
            "BASIC" => Password(parts[1]),
            _ => null,
        };
    }

    private static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 && pair[1].Length > 0 ? pair[1] : null;
    }
}
