using ClientVoice.Feed.Answer;
using ClientVoice.Feed.Query;
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
        switch (FeedTarget.Read(request))
        {
            case FeedTarget.ServiceDocument:
                request.Options.AllowOnly();
                await DescriptionAnswer.ServiceDocumentAsync(context, request);
                break;
            case FeedTarget.Metadata:
                request.Options.AllowOnly();
                await DescriptionAnswer.MetadataAsync(context, request);
                break;
            case var target:
                using (var turn = await gate.TakeAsync(context.RequestAborted))
                {
                    await AnswerAsync(new FeedAnswer(context, request, database, publications, time.GetUtcNow(), turn), target);
                }

                break;
        }
    }

    private static async Task AnswerAsync(FeedAnswer answer, FeedTarget target)
    {
        try
        {
            await WriteAsync(answer, target);
        }
        catch (WrongWord wrong)
        {
            throw wrong.In(answer.Request.Options.Text);
        }
    }

    private static async Task WriteAsync(FeedAnswer answer, FeedTarget target)
    {
        var options = answer.Request.Options;
        switch (target)
        {
            case FeedTarget.Rows rows:
                options.AllowOnly([.. ForRows]);
                await new RowsAnswer(answer, rows).WriteAsync();
                break;
            case FeedTarget.Count count:
                options.AllowOnly(ForCount);
                await CountAnswer.WriteAsync(answer, count);
                break;
            case FeedTarget.Row row:
                options.AllowOnly(row.Property is null ? ForRow : []);
                await new RowAnswer(answer, row).WriteAsync();
                break;
        }
    }
}
