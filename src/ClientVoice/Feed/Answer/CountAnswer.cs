using System.Globalization;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with a number alone.</summary>
internal sealed class CountAnswer(HttpContext context, FeedRequest request, FeedDatabase database, IPublications publications)
{
    public async Task WriteAsync(PublishedSet set)
    {
        var query = new QueryReader(request.Parser(), set).ReadRows();
        var check = new PublicationCheck(context, publications);
        var publication = await check.CurrentAsync();
        var reader = FeedSignIn.ReaderOf(context);
        if (check.IsKnown(publication, reader, "count", 0))
        {
            return;
        }

        var statement = StatementWriter.Count(database.Dialect, query, new View(publication.Number, reader.PlaceId));
        var count = await database.CountAsync(statement, context.RequestAborted);
        await check.StillThereAsync(publication.Number);
        context.Response.Headers["OData-Version"] = request.Version;
        context.Response.ContentType = "text/plain;charset=utf-8";
        await context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }
}
