using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with a page of rows.</summary>
internal sealed class RowsAnswer(HttpContext context, FeedRequest request, FeedDatabase database, IPublications publications)
{
    private readonly PublicationCheck check = new(context, publications);

    public async Task WriteAsync(PublishedSet set)
    {
        var parser = request.Parser();
        var query = new QueryReader(parser, set).ReadRows();
        var form = FeedFormat.ForData(context.Request, request.Options["format"]);
        var fingerprint = request.Options.Fingerprint(request.Path);
        var token = request.Options["skiptoken"] is { } text ? SkipToken.Read(text, query.Order, fingerprint) : null;
        var publication = token is null ? await check.CurrentAsync() : await check.StillThereAsync(token.Publication);
        var reader = FeedSignIn.ReaderOf(context);
        var size = request.PageSize ?? token?.PageSize ?? FeedLimits.DefaultPage;
        if (request.PageSize is { } preferred)
        {
            context.Response.Headers["Preference-Applied"] = $"odata.maxpagesize={preferred}";
        }

        if (check.IsKnown(publication, reader, form, size))
        {
            return;
        }

        var view = new View(publication.Number, reader.PlaceId);
        var left = query.Top is { } top ? Math.Max(0, top - (token?.Given ?? 0)) : long.MaxValue;
        var total = !query.Count ? null : token?.Total ?? await CountAsync(query, view);
        await using var answer = new ODataAnswer(context, request, form, parser);
        var page = new Page(query, view, token, size, left, total, fingerprint);
        await WriteAsync(answer, page);
        // The reader saw one publication or none: had it gone while we read, rows would be missing.
        await check.StillThereAsync(publication.Number);
        await answer.Body.SendAsync(context.RequestAborted);
    }

    private async Task<long?> CountAsync(FeedQuery query, View view)
    {
        // OData counts before $top and $skip.
        return await database.CountAsync(StatementWriter.Count(database.Dialect, query, view), context.RequestAborted);
    }

    private async Task WriteAsync(ODataAnswer answer, Page page)
    {
        var entitySet = FeedModel.EntitySet(page.Query.Set);
        var writer = answer.Writer.CreateODataResourceSetWriter(entitySet, entitySet.EntityType());
        var rows = new ODataResourceSet { Count = page.Total };
        writer.WriteStart(rows);
        if (page.Left > 0)
        {
            rows.NextPageLink = await WriteRowsAsync(answer, writer, page);
        }

        writer.WriteEnd();
        writer.Flush();
    }

    /// <summary>Writes the rows, and gives the address of the next page where there is one.</summary>
    private async Task<Uri?> WriteRowsAsync(ODataAnswer answer, ODataWriter writer, Page page)
    {
        var most = (int)Math.Min(page.Size, page.Left);
        // One row more than is shown tells whether there is a next page.
        var start = new PageStart(page.Token?.Last, page.Token is null ? page.Query.Skip : 0, page.Left > page.Size ? most + 1 : most);
        var statement = StatementWriter.Page(database.Dialect, page.Query, page.View, start);
        await using var rows = await database.ReadAsync(statement, context.RequestAborted);
        var row = new RowWriter(writer, rows, answer.IsFull ? request.Root : null);
        IReadOnlyList<object?> last = [];
        for (var given = 0; await rows.NextAsync(); given++)
        {
            if (given == most)
            {
                return NextLink(page, given, last);
            }

            row.Write(statement.Shape!);
            if (given == most - 1)
            {
                last = [.. page.Query.Order.Select((o, i) => rows.Value(statement.OrderAt[i], o.Term.Type))];
            }

            if (answer.Body.IsFull)
            {
                writer.Flush();
                await answer.Body.SendAsync(context.RequestAborted);
                rows.StartTimeAnew();
            }
        }

        return null;
    }

    private Uri NextLink(Page page, int given, IReadOnlyList<object?> last)
    {
        var token = new SkipToken(page.View.Publication, (page.Token?.Given ?? 0) + given, page.Total, page.Size, page.Fingerprint, last);
        return new Uri(request.Root, request.Path + request.Options.WithToken(token.Write()));
    }

    /// <param name="Left">Rows that $top still allows.</param>
    private sealed record Page(FeedQuery Query, View View, SkipToken? Token, int Size, long Left, long? Total, string Fingerprint);
}
