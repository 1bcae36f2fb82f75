// Rows are written here and not by ODataLib, which takes ten times as long for each; it still says what stands around
// them (context, model, service document). A test has the library read back what is written here.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Answer;

/// <summary>Writes rows of the database as JSON, with what is expanded in them.</summary>
internal sealed class RowWriter(Utf8JsonWriter json, BodyBuffer body, DataForm form, FeedAnswer answer, View view)
{
    /// <summary>Text stays readable (é, not \u00e9); what is written is put together here, so it needs no second look.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Dictionary<NestedRows, RowPlan> plans = [];

    private RowPlan? once;

    /// <summary>What can be worked out once for all rows.</summary>
    public RowPlan Plan(PlannedShape shape) => new(shape, form);

    /// <summary>The same for statements that differ only in where they start.</summary>
    public RowPlan PlanOnce(PlannedShape shape) => once ??= Plan(shape);

    /// <summary>Writes a row without lists in it.</summary>
    public void Write(RowPlan plan, FeedRows rows)
    {
        json.WriteStartObject();
        WriteFields(plan, rows);
        json.WriteEndObject();
    }

    /// <summary>Writes a row and reads the lists in it.</summary>
    public async Task WriteAsync(RowPlan plan, FeedRows rows)
    {
        json.WriteStartObject();
        await WriteContentAsync(plan, rows);
        json.WriteEndObject();
    }

    /// <summary>Writes what stands in a row, without its braces.</summary>
    public async Task WriteContentAsync(RowPlan plan, FeedRows rows)
    {
        WriteOwn(plan, rows);
        foreach (var (name, inside) in plan.Inside)
        {
            json.WritePropertyName(name);
            if (IsAbsent(inside, rows))
            {
                json.WriteNullValue();
            }
            else
            {
                await WriteAsync(inside, rows);
            }
        }

        foreach (var list in plan.Shape.Shape.Lists)
        {
            await WriteListAsync(list, plan, rows.Value(plan.Shape.KeyAt, plan.Shape.Shape.Key!.Type)!);
        }
    }

    /// <summary>Sends what has been written where it is enough; says whether it did.</summary>
    public async Task<bool> SendIfFullAsync()
    {
        if (body.Waiting + json.BytesPending < FeedLimits.BufferBytes)
        {
            return false;
        }

        json.Flush();
        await answer.Turn.PauseAsync(body.SendAsync(answer.Cancel), answer.Cancel);
        return true;
    }

    /// <summary>Writes a number that may be larger than JavaScript can hold.</summary>
    public static void WriteWide(Utf8JsonWriter json, string name, long value, DataForm form)
    {
        if (form.WideNumbersAsText)
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }

    private static bool IsAbsent(RowPlan plan, FeedRows rows) => plan.Shape.KeyAt >= 0 && rows.IsNull(plan.Shape.KeyAt);

    private void WriteFields(RowPlan plan, FeedRows rows)
    {
        WriteOwn(plan, rows);
        foreach (var (name, inside) in plan.Inside)
        {
            json.WritePropertyName(name);
            if (IsAbsent(inside, rows))
            {
                json.WriteNullValue();
            }
            else
            {
                Write(inside, rows);
            }
        }
    }

    private void WriteOwn(RowPlan plan, FeedRows rows)
    {
        if (plan.Shape.Shape.Set is not { } set)
        {
            if (form.Level != MetadataLevel.None)
            {
                // A row that was put together is nowhere else to be had.
                json.WriteNull(form.Control("id"));
            }
        }
        else if (form.Level == MetadataLevel.Full)
        {
            WriteAddresses(plan, set, rows);
        }

        foreach (var column in plan.Columns)
        {
            WriteColumn(column, rows);
        }
    }

    private void WriteColumn(in PlannedColumn column, FeedRows rows)
    {
        if (column.MayBeNull && rows.IsNull(column.At))
        {
            json.WriteNull(column.Name);
            return;
        }

        if (column.TypeName is { } type)
        {
            json.WriteString(type, column.TypeValue);
        }

        switch (column.Type)
        {
            case PublishedType.Whole:
                WriteWhole(column, rows.Whole(column.At));
                break;
            case PublishedType.Number:
                WriteNumber(column.Name, rows.Number(column.At));
                break;
            case PublishedType.Flag:
                json.WriteBoolean(column.Name, rows.Flag(column.At));
                break;
            case PublishedType.Text or PublishedType.Date or PublishedType.Key:
                json.WriteString(column.Name, rows.Text(column.At, column.Type));
                break;
        }
    }

    private void WriteWhole(in PlannedColumn column, long value)
    {
        if (column.IsWide && form.WideNumbersAsText)
        {
            json.WriteString(column.Name, value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumber(column.Name, value);
        }
    }

    private void WriteNumber(JsonEncodedText name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
        }
    }

    private void WriteAddresses(RowPlan plan, PublishedSet set, FeedRows rows)
    {
        var path = EntityPath(set, rows.Value(plan.Shape.KeyAt, plan.Shape.Shape.Key!.Type)!);
        json.WriteString(form.Control("type"), "#" + FeedModel.TypeName(set));
        json.WriteString(form.Control("id"), new Uri(answer.Request.Root, path).AbsoluteUri);
        foreach (var (name, link) in plan.Links)
        {
            json.WriteString(link, new Uri(answer.Request.Root, $"{path}/{name}").AbsoluteUri);
        }
    }

    private async Task WriteListAsync(NestedRows list, RowPlan parent, object key)
    {
        var query = list.Query with { Filter = QueryReader.Both(list.Query.Filter, FeedAnswer.Refers(list.Related, key)) };
        var name = list.Related.Name;
        long? total = null;
        if (query.Count)
        {
            total = await answer.Database.CountAsync(StatementWriter.Count(answer.Database.Dialect, query, view), answer.Cancel);
            WriteWide(json, name + form.Control("count"), total.Value, form);
        }

        json.WriteStartArray(name);
        var next = await WriteListRowsAsync(list, query, EntityPath(parent.Shape.Shape.Set!, key), total);
        json.WriteEndArray();
        if (next is not null)
        {
            json.WriteString(form.Control(name, "nextLink"), next.AbsoluteUri);
        }
    }

    private async Task<Uri?> WriteListRowsAsync(NestedRows list, FeedQuery query, string parent, long? total)
    {
        var size = query.Shape.HasLists ? FeedLimits.PageWithLists : FeedLimits.DefaultPage;
        var most = (int)Math.Min(query.Top ?? long.MaxValue, size);
        var statement = StatementWriter.Page(answer.Database.Dialect, query, view, new PageStart(null, query.Skip, query.Top <= size ? most : most + 1));
        await using var rows = await answer.Database.ReadAsync(statement, answer.Cancel);
        if (!plans.TryGetValue(list, out var plan))
        {
            plans.Add(list, plan = Plan(statement.Shape!));
        }

        IReadOnlyList<object?> last = [];
        for (var given = 0; most > 0 && await rows.NextAsync(); given++)
        {
            if (given == most)
            {
                return NextLink(list, $"{parent}/{list.Related.Name}", given, size, total, last);
            }

            await WriteAsync(plan, rows);
            if (given == most - 1)
            {
                last = SkipToken.Values(query, statement, rows);
            }

            await SendIfFullAsync();
        }

        return null;
    }

    private Uri NextLink(NestedRows list, string path, int given, int size, long? total, IReadOnlyList<object?> last)
    {
        var options = QueryOptions.Of(list.Options);
        var token = new SkipToken(view.Publication, given, total, size, options.Fingerprint(path), last);
        return new Uri(answer.Request.Root, path + options.WithToken(token.Write()));
    }

    private static string EntityPath(PublishedSet set, object key) => key switch
    {
        string text => $"{set.Name}('{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}')",
        Guid guid => $"{set.Name}({guid:D})",
        _ => $"{set.Name}({Convert.ToString(key, CultureInfo.InvariantCulture)})",
    };
}
