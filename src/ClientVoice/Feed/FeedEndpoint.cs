using ClientVoice.Feed.Answer;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed;

/// <summary>Answers a request by what its path leads to.</summary>
internal sealed class FeedEndpoint(FeedDatabase database, IPublications publications)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var request = FeedRequest.Read(context);
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
                request.Options.AllowOnly("filter", "select", "expand", "orderby", "top", "skip", "count", "skiptoken", "apply");
                await new RowsAnswer(context, request, database, publications).WriteAsync(rows.Set);
                break;
            case FeedTarget.Count count:
                request.Options.AllowOnly("filter", "apply");
                await new CountAnswer(context, request, database, publications).WriteAsync(count.Set);
                break;
            case FeedTarget.Row row:
                request.Options.AllowOnly(row.Property is null ? ["select", "expand"] : []);
                await new RowAnswer(context, request, database, publications).WriteAsync(row);
                break;
        }
    }
}
