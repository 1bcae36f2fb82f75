using System.Globalization;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with a number alone.</summary>
internal static class CountAnswer
{
    public static async Task WriteAsync(FeedAnswer answer, FeedTarget.Count target)
    {
        var query = new QueryReader(answer.Request.Parser(), target.Set, answer.Request.Options.Text, answer.Now).ReadRows();
        var publication = await answer.Check.CurrentAsync();
        if (answer.Check.IsKnown(publication, answer.Reader, "count", 0, answer))
        {
            return;
        }

        var view = new View(publication.Number, answer.Reader.Places, answer.Reader.Groups);
        if (await answer.WithinAsync(target.Parent, view) is { } within)
        {
            query = query with { Filter = QueryReader.Both(query.Filter, within) };
        }

        var count = await answer.Database.CountAsync(StatementWriter.Count(answer.Database.Dialect, query, view), answer.Cancel);
        await answer.Check.StillThereAsync(publication.Number);
        var response = answer.Http.Response;
        response.Headers["OData-Version"] = answer.Request.Version;
        response.ContentType = "text/plain;charset=utf-8";
        await response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), answer.Cancel);
    }
}
