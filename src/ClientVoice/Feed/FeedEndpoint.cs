using ClientVoice.Feed.Answer;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed;

/// <summary>Answers a request by what its path leads to.</summary>
internal sealed class FeedEndpoint(FeedDatabase database, IPublications publications, FeedGate gate, TimeProvider time)
{
    /// <summary>Which options mean something at which address; also what $metadata promises.</summary>
    public static readonly IReadOnlyList<string> ForRows =
        ["filter", "search", "select", "expand", "compute", "orderby", "top", "skip", "count", "skiptoken", "apply"];

    private static readonly string[] ForCount = ["filter", "search", "apply"];
    private static readonly string[] ForRow = ["select", "expand", "compute"];

    public async Task AnswerAsync(HttpContext context)
    {
        var request = FeedRequest.Read(context);
        using var turn = await gate.TakeAsync(context.RequestAborted);
        var answer = new FeedAnswer(context, request, database, publications, time.GetUtcNow(), turn);
        var target = FeedTarget.Read(request);
        switch (target)
        {
            case FeedTarget.ServiceDocument:
                request.Options.AllowOnly();
                await DescriptionAnswer.ServiceDocumentAsync(context, request);
                break;
            case FeedTarget.Metadata:
                request.Options.AllowOnly();
                await DescriptionAnswer.MetadataAsync(context, request);
                break;
            case FeedTarget.Rows rows:
                request.Options.AllowOnly([.. ForRows]);
                await new RowsAnswer(answer, rows).WriteAsync();
                break;
            case FeedTarget.Count count:
                request.Options.AllowOnly(ForCount);
                await CountAnswer.WriteAsync(answer, count);
                break;
            case FeedTarget.Row row:
                request.Options.AllowOnly(row.Property is null ? ForRow : []);
                await new RowAnswer(answer, row).WriteAsync();
                break;
        }
    }
}
