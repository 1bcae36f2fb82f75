using System.Text.Json;
using ClientVoice.Feed.Answer;
using ClientVoice.Feed.Request;
using ClientVoice.Problems;
using Microsoft.Net.Http.Headers;

namespace ClientVoice.Feed.Batch;

/// <summary>Answers several requests in one: read in JSON or multipart, answered in the same or as Accept asks.</summary>
internal sealed class BatchEndpoint(FeedEndpoint feed, FeedRate rate, FeedTrail trail, ILogger<BatchEndpoint> log)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var version = FeedHeaders.Version(context.Request.Headers);
        QueryOptions.Read(context.Request.Query).AllowOnly();
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type))
        {
            throw new ProblemException(ProblemKinds.MediaType, "A batch is application/json or multipart/mixed.");
        }

        var isJson = type.MediaType.Equals(JsonBatch.MediaType, StringComparison.OrdinalIgnoreCase);
        var items = isJson ? await JsonBatch.ReadAsync(context.Request.Body, context.RequestAborted)
            : type.MediaType.Equals(MultipartBatch.MediaType, StringComparison.OrdinalIgnoreCase) ? await MultipartBatch.ReadAsync(type, context.Request.Body, context.RequestAborted)
            : throw new ProblemException(ProblemKinds.MediaType, "A batch is application/json or multipart/mixed.");
        rate.Take(FeedSignIn.ReaderOf(context), items.Count);
        context.Response.Headers["OData-Version"] = version;
        var goOn = FeedHeaders.ContinueOnError(context.Request.Headers);
        if (goOn is not null)
        {
            context.Response.Headers["Preference-Applied"] = $"continue-on-error={(goOn.Value ? "true" : "false")}";
        }

        var results = RunAsync(context, items, goOn ?? false);
        await (AnswersJson(context.Request.Headers, isJson) ? WriteJsonAsync(context, results) : WriteMultipartAsync(context, results));
    }

    // One after the other, and each is sent before the next: no more than one answer is in memory.
    private async IAsyncEnumerable<BatchResult> RunAsync(HttpContext context, IReadOnlyList<BatchItem> items, bool goOn)
    {
        var reader = FeedSignIn.ReaderOf(context);
        var failed = new HashSet<string>();
        foreach (var item in items)
        {
            Func<HttpContext, Task> answer = item.DependsOn.Any(failed.Contains)
                ? _ => throw new ProblemException(ProblemKinds.DependencyFailed)
                : feed.AnswerAsync;
            var result = await BatchRunner.RunAsync(context, reader, item, answer, log);
            trail.Read(context, reader, BatchRunner.PathOf(context, item), BatchRunner.ResultOf(result));
            yield return result;
            if (!result.IsGood)
            {
                failed.Add(item.Id ?? "");
                if (!goOn)
                {
                    yield break;
                }
            }
        }
    }

    private static async Task WriteJsonAsync(HttpContext context, IAsyncEnumerable<BatchResult> results)
    {
        context.Response.ContentType = "application/json";
        var body = new BodyBuffer(context.Response);
        await using var json = new Utf8JsonWriter(body, RowWriter.Options);
        JsonBatch.WriteStart(json);
        await foreach (var result in results)
        {
            JsonBatch.Write(json, result);
            await json.FlushAsync(context.RequestAborted);
            await body.SendAsync(context.RequestAborted);
        }

        JsonBatch.WriteEnd(json);
        await json.FlushAsync(context.RequestAborted);
        await body.SendAsync(context.RequestAborted);
    }

    private static async Task WriteMultipartAsync(HttpContext context, IAsyncEnumerable<BatchResult> results)
    {
        var boundary = $"batch_{context.TraceIdentifier.Replace(':', '_')}";
        context.Response.ContentType = $"{MultipartBatch.MediaType};boundary={boundary}";
        await foreach (var result in results)
        {
            await context.Response.Body.WriteAsync(MultipartBatch.Part(boundary, result), context.RequestAborted);
        }

        await context.Response.Body.WriteAsync(MultipartBatch.End(boundary), context.RequestAborted);
    }

    private static bool AnswersJson(IHeaderDictionary headers, bool isJson)
    {
        var accept = headers.Accept.ToString();
        return accept.Contains(JsonBatch.MediaType, StringComparison.OrdinalIgnoreCase)
            ? isJson || !accept.Contains(MultipartBatch.MediaType, StringComparison.OrdinalIgnoreCase)
            : accept.Contains(MultipartBatch.MediaType, StringComparison.OrdinalIgnoreCase) ? false : isJson;
    }
}
