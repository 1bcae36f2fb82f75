// A request of a batch goes the way that every request goes, with a context of its own: the same checks, answers and
// errors. Only its address and headers come from the batch.
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace ClientVoice.Feed.Batch;

/// <summary>Runs one request within another.</summary>
internal static class BatchRunner
{
    // What the batch says holds for each of its requests that does not say it itself.
    private static readonly string[] Inherited = ["OData-MaxVersion", "Prefer", "Accept-Language"];

    /// <summary>Runs a request and gathers its answer.</summary>
    public static async Task<BatchResult> RunAsync(HttpContext around, FeedReader reader, BatchItem item, Func<HttpContext, Task> answer, ILogger log)
    {
        using var body = new MemoryStream();
        var context = Context(around, reader, item, body);
        try
        {
            MustRead(around, item);
            await answer(context);
        }
        catch (ProblemException problem)
        {
            body.SetLength(0);
            await ProblemsRoom.WriteAsync(context, problem);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "A request in a batch failed.");
            body.SetLength(0);
            await ProblemsRoom.WriteAsync(context, ProblemKinds.Unexpected, null, []);
        }

        var headers = context.Response.Headers
            .Where(h => !h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()));
        return new BatchResult(item.Id, context.Response.StatusCode, [.. headers], body.ToArray());
    }

    private static void MustRead(HttpContext around, BatchItem item)
    {
        if (item.Method is not ("GET" or "HEAD"))
        {
            throw new ProblemException(ProblemKinds.MethodNotAllowed, $"{item.Method} is not done here: the feed is for reading.");
        }

        if (item.Url.StartsWith('$') && item.Url.Length > 1 && char.IsAsciiDigit(item.Url[1]))
        {
            throw Refusal.NotSupported("A reference to another request in $batch");
        }

        if (AddressOf(around.Request, item.Url) is not { } address || !address.AbsolutePath.StartsWith(Root(around.Request).AbsolutePath, StringComparison.OrdinalIgnoreCase))
        {
            throw BatchFault.NotValid("The url of a request in a batch lies below the feed's own address.");
        }
    }

    private static DefaultHttpContext Context(HttpContext around, FeedReader reader, BatchItem item, Stream body)
    {
        var address = AddressOf(around.Request, item.Url) ?? Root(around.Request);
        var request = new HttpRequestFeature
        {
            Method = item.Method,
            Scheme = around.Request.Scheme,
            Protocol = around.Request.Protocol,
            PathBase = around.Request.PathBase.Value ?? "",
            Path = Uri.UnescapeDataString(address.AbsolutePath)[(around.Request.PathBase.Value ?? "").Length..],
            QueryString = address.Query,
            RawTarget = address.PathAndQuery,
        };
        foreach (var name in Inherited.Where(n => around.Request.Headers.ContainsKey(n)))
        {
            request.Headers[name] = around.Request.Headers[name];
        }

        foreach (var (name, value) in item.Headers)
        {
            request.Headers[name] = value;
        }

        request.Headers.Host = around.Request.Host.Value;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set(reader);
        return new DefaultHttpContext(features) { RequestServices = around.RequestServices, RequestAborted = around.RequestAborted };
    }

    private static Uri Root(HttpRequest request) =>
        new($"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : "localhost")}{request.PathBase.ToUriComponent()}{FeedRequest.Prefix}/");

    /// <summary>The whole address; null where it is none, or on another host.</summary>
    private static Uri? AddressOf(HttpRequest request, string url)
    {
        var root = Root(request);
        return Uri.TryCreate(root, url, out var address) && address.Scheme == root.Scheme && address.Authority.Equals(root.Authority, StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    /// <summary>The path of a request of a batch, for the audit trail.</summary>
    public static string PathOf(HttpContext around, BatchItem item) => AddressOf(around.Request, item.Url)?.AbsolutePath ?? "(elsewhere)";

    /// <summary>A status as the audit trail has it.</summary>
    public static string ResultOf(BatchResult result) => result.Status.ToString(CultureInfo.InvariantCulture);
}
