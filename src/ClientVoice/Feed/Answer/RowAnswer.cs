using System.Globalization;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.OData;
using Microsoft.OData.Edm;

namespace ClientVoice.Feed.Answer;

/// <summary>Answers with one row, one of its properties, or the row that it refers to.</summary>
internal sealed class RowAnswer(HttpContext context, FeedRequest request, FeedDatabase database, IPublications publications)
{
    public async Task WriteAsync(FeedTarget.Row target)
    {
        var parser = request.Parser();
        var query = new QueryReader(parser, target.Set).ReadRow(target.Key, target.Path, target.Target);
        if (target.Property is { } property)
        {
            var only = query.Shape.Fields.Single(f => f.Name == property.Name);
            query = query with { Shape = query.Shape with { Fields = [only] } };
        }

        var form = FeedFormat.ForData(context.Request, target.Bare ? null : request.Options["format"]);
        var check = new PublicationCheck(context, publications);
        var publication = await check.CurrentAsync();
        var reader = FeedSignIn.ReaderOf(context);
        if (check.IsKnown(publication, reader, form, 0))
        {
            return;
        }

        var statement = StatementWriter.Page(database.Dialect, query, new View(publication.Number, reader.PlaceId), new PageStart(null, 0, 1));
        await using var rows = await database.ReadAsync(statement, context.RequestAborted);
        if (!await rows.NextAsync())
        {
            throw new ProblemException(ProblemKinds.NotFound, "There is no row with this key.");
        }

        await using var answer = new ODataAnswer(context, request, form, parser);
        Write(answer, target, statement.Shape!, rows);
        await answer.Body.SendAsync(context.RequestAborted);
    }

    private void Write(ODataAnswer answer, FeedTarget.Row target, PlannedShape shape, FeedRows rows)
    {
        var (name, value) = target.Property is null ? ("", null) : (target.Property.Name, rows.Value(shape.FieldsAt[0], target.Property.Type));
        if (rows.IsNull(shape.KeyAt) || (target.Property is not null && value is null))
        {
            // The way is right, but nothing is there.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (target.Bare)
        {
            context.Response.ContentType = "text/plain;charset=utf-8";
            answer.Body.Write(System.Text.Encoding.UTF8.GetBytes(Bare(value!)));
        }
        else if (target.Property is not null)
        {
            answer.Writer.WriteProperty(new ODataProperty { Name = name, Value = RowWriter.Declared(value, shape.Shape.Fields[0].Term) });
        }
        else
        {
            var entitySet = FeedModel.EntitySet(target.Target);
            var writer = answer.Writer.CreateODataResourceWriter(entitySet, entitySet.EntityType());
            new RowWriter(writer, rows, answer.IsFull ? request.Root : null).Write(shape);
            writer.Flush();
        }
    }

    private static string Bare(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
