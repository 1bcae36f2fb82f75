using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with one row, one of its properties, or the row that it refers to.</summary>
internal sealed class RowAnswer(FeedAnswer answer, FeedTarget.Row target)
{
    private readonly FeedRequest request = answer.Request;

    public async Task WriteAsync()
    {
        var parser = request.Parser();
        var query = new QueryReader(parser, target.Set, request.Options.Text, answer.Now).ReadRow(target.Key, target.Path, target.Target);
        if (target.Property is { } property)
        {
            var only = query.Shape.Fields.Single(f => f.Name == property.Name);
            query = query with { Shape = query.Shape with { Fields = [only] } };
        }

        var form = answer.Form(target.Bare ? null : request.Options["format"]);
        var publication = await answer.Check.CurrentAsync();
        if (answer.Check.IsKnown(publication, answer.Reader, form.MediaType + form.Version, 0, answer))
        {
            return;
        }

        var view = new View(publication.Number, answer.Reader.Places, answer.Reader.Groups);
        if (await answer.WithinAsync(target.Parent, view) is { } within)
        {
            query = query with { Filter = QueryReader.Both(query.Filter, within) };
        }

        var statement = StatementWriter.Page(answer.Database.Dialect, query, view, new PageStart(null, 0, 1));
        await using var rows = await answer.Database.ReadAsync(statement, answer.Cancel);
        if (!await rows.NextAsync())
        {
            throw new ProblemException(ProblemKinds.NotFound, "There is no row with this key.");
        }

        await WriteAsync(form, parser, statement.Shape!, rows, view);
    }

    private async Task WriteAsync(DataForm form, ODataUriParser parser, PlannedShape shape, FeedRows rows, View view)
    {
        var response = answer.Http.Response;
        response.Headers["OData-Version"] = request.Version;
        var value = target.Property is null ? null : rows.Value(shape.FieldsAt[0], target.Property.Type);
        if (rows.IsNull(shape.KeyAt) || (target.Property is not null && value is null))
        {
            // The way is right, but nothing is there.
            response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (target.Bare)
        {
            response.ContentType = "text/plain;charset=utf-8";
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Bare(value!)), answer.Cancel);
        }
        else if (target.Property is { } property)
        {
            using var library = new ODataAnswer(answer.Http, request, form, parser);
            library.Writer.WriteProperty(new ODataProperty { Name = property.Name, Value = Declared(value!) });
            await response.Body.WriteAsync(library.Written, answer.Cancel);
        }
        else
        {
            await WriteRowAsync(form, parser, shape, rows, view);
        }
    }

    private async Task WriteRowAsync(DataForm form, ODataUriParser parser, PlannedShape shape, FeedRows rows, View view)
    {
        var context = ODataAnswer.Context(answer.Http, request, form, parser, target.Target, many: false);
        var body = new BodyBuffer(answer.Http.Response);
        await using var json = new Utf8JsonWriter((IBufferWriter<byte>)body, RowWriter.Options);
        var writer = new RowWriter(json, body, form, answer, view);
        json.WriteStartObject();
        if (context is not null)
        {
            json.WriteString(form.Control("context"), context);
        }

        await writer.WriteContentAsync(writer.Plan(shape), rows);
        json.WriteEndObject();
        await json.FlushAsync(answer.Cancel);
        // What is left is for the reader's line: others may work.
        answer.Turn.Dispose();
        await body.SendAsync(answer.Cancel);
    }

    // A value in the types of ODataLib, as the model declares it.
    private static object Declared(object value) => value switch
    {
        DateOnly date => new Microsoft.OData.Edm.Date(date.Year, date.Month, date.Day),
        long whole => checked((int)whole),
        _ => value,
    };

    private static string Bare(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
