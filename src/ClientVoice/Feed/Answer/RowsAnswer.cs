using System.Data.Common;
using System.Text.Json;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with a page of rows.</summary>
internal sealed class RowsAnswer(FeedAnswer answer, FeedTarget.Rows target)
{
    private readonly FeedRequest request = answer.Request;

    public async Task WriteAsync()
    {
        var parser = request.Parser();
        var query = new QueryReader(parser, target.Set, request.Options.Text, answer.Now).ReadRows();
        var form = answer.Form(request.Options["format"]);
        var fingerprint = request.Options.Fingerprint(request.Path);
        var token = request.Options["skiptoken"] is { } text ? SkipToken.Read(text, query.Order, fingerprint) : null;
        var publication = token is null ? await answer.Check.CurrentAsync() : await answer.Check.StillThereAsync(token.Publication);
        var size = request.PageSize?.Rows ?? token?.PageSize ?? FeedLimits.DefaultPage;
        size = query.Shape.HasLists ? Math.Min(size, FeedLimits.PageWithLists) : size;
        if (request.PageSize is { } preferred)
        {
            answer.Http.Response.Headers["Preference-Applied"] = $"{preferred.Name}={size}";
        }

        if (answer.Check.IsKnown(publication, answer.Reader, form.MediaType + form.Version, size, answer))
        {
            return;
        }

        var view = new View(publication.Number, answer.Reader.Places, answer.Reader.Groups);
        if (await answer.WithinAsync(target.Parent, view) is { } within)
        {
            query = query with { Filter = QueryReader.Both(query.Filter, within) };
        }

        var left = query.Top is { } top ? Math.Max(0, top - (token?.Given ?? 0)) : long.MaxValue;
        // OData counts before $top and $skip.
        long? total = !query.Count ? null : token?.Total ?? await answer.Database.CountAsync(StatementWriter.Count(answer.Database.Dialect, query, view), answer.Cancel);
        await WriteAsync(new Page(query, view, token, size, left, total, fingerprint), form, parser);
    }

    private async Task WriteAsync(Page page, DataForm form, ODataUriParser parser)
    {
        var context = ODataAnswer.Context(answer.Http, request, form, parser, target.Set, many: true);
        var body = new BodyBuffer(answer.Http.Response);
        await using var json = new Utf8JsonWriter(body, RowWriter.Options);
        json.WriteStartObject();
        if (context is not null)
        {
            json.WriteString(form.Control("context"), context);
        }

        if (page.Total is { } total)
        {
            RowWriter.WriteWide(json, form.Control("count"), total, form);
        }

        json.WriteStartArray("value");
        var next = page.Left > 0 ? await WriteRowsAsync(json, body, page, form) : null;
        json.WriteEndArray();
        if (next is not null)
        {
            json.WriteString(form.Control("nextLink"), next.AbsoluteUri);
        }

        json.WriteEndObject();
        await json.FlushAsync(answer.Cancel);
        // The reader saw one publication or none: had it gone while we read, rows would be missing.
        await answer.Check.StillThereAsync(page.View.Publication);
        // What is left is for the reader's line: others may work.
        answer.Turn.Dispose();
        await body.SendAsync(answer.Cancel);
    }

    /// <summary>Writes the rows, and gives the address of the next page where there is one.</summary>
    private async Task<Uri?> WriteRowsAsync(Utf8JsonWriter json, BodyBuffer body, Page page, DataForm form)
    {
        var writer = new RowWriter(json, body, form, answer, page.View);
        var most = (int)Math.Min(page.Size, page.Left);
        // In the order of the key a statement can end and go on for nothing. While one is open, SQLite cannot tidy up after
        // those who write, so it is not kept open while bytes go out. In any other order going on would sort anew.
        var atOnce = page.Query.IsInOrderOfKey && !page.Query.Shape.HasLists ? FeedLimits.ChunkRows : most;
        await using var connection = await answer.Database.OpenAsync(answer.Cancel);
        var (given, after) = (0, page.Token?.Last);
        while (true)
        {
            var take = Math.Min(atOnce, most - given);
            // One row more than is shown tells whether there is a next page.
            var ask = given + take == most && page.Left > page.Size ? take + 1 : take;
            var chunk = await WriteChunkAsync(writer, page, connection, new PageStart(after, after is null ? page.Query.Skip : 0, ask), take);
            (given, after) = (given + chunk.Rows, chunk.Last);
            if (chunk.HasMore)
            {
                return NextLink(page, given, after!);
            }

            if (chunk.Rows < take || given == most)
            {
                return null;
            }

            await writer.SendIfFullAsync();
        }
    }

    private async Task<(int Rows, IReadOnlyList<object?>? Last, bool HasMore)> WriteChunkAsync(RowWriter writer, Page page, DbConnection connection, PageStart start, int take)
    {
        var statement = StatementWriter.Page(answer.Database.Dialect, page.Query, page.View, start);
        await using var rows = await answer.Database.ReadAsync(statement, answer.Cancel, connection);
        var plan = writer.PlanOnce(statement.Shape!);
        IReadOnlyList<object?>? last = null;
        for (var written = 0; ; written++)
        {
            if (!await rows.NextAsync() || written == take)
            {
                return (written, last, written == take && start.Take > take && rows.HasRow);
            }

            if (plan.HasLists)
            {
                await writer.WriteAsync(plan, rows);
            }
            else
            {
                writer.Write(plan, rows);
            }

            if (written == take - 1)
            {
                last = SkipToken.Values(page.Query, statement, rows);
            }

            if (take > FeedLimits.ChunkRows && await writer.SendIfFullAsync())
            {
                rows.StartTimeAnew();
            }
        }
    }

    private Uri NextLink(Page page, int given, IReadOnlyList<object?> last)
    {
        var token = new SkipToken(page.View.Publication, (page.Token?.Given ?? 0) + given, page.Total, page.Size, page.Fingerprint, last);
        return new Uri(request.Root, request.Path + request.Options.WithToken(token.Write()));
    }

    /// <param name="Left">Rows that $top still allows.</param>
    private sealed record Page(FeedQuery Query, View View, SkipToken? Token, int Size, long Left, long? Total, string Fingerprint);
}
