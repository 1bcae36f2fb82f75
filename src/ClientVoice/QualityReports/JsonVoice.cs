using System.Text.Json;
using System.Text.Encodings.Web;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>A report as data: its tables with typed cells, and its texts, in one language.</summary>
internal static class JsonVoice
{
    // The file is read as a file, never put into a page: letters stay letters.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Make(QualityReport report, Language l)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", report.Id);
            json.WriteString("language", l.Code);
            json.WriteString("title", report.Title);
            json.WriteString("place", report.Place);
            json.WriteString("placeKind", report.PlaceKind);
            json.WriteString("kind", report.Kind);
            json.WriteStartArray("periods");
            report.Periods.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartObject("publication");
            json.WriteNumber("number", report.Source.Number);
            json.WriteString("madeAt", report.Source.MadeAt);
            json.WriteString("sha256", report.Source.Sha256);
            json.WriteEndObject();
            json.WriteStartArray("tables");
            foreach (var table in ReportOutline.Tables(report))
            {
                Table(json, table, l);
            }

            json.WriteEndArray();
            Texts(json, report, l);
            json.WriteEndObject();
        }

        return memory.ToArray();
    }

    private static void Table(Utf8JsonWriter json, FigureTable table, Language l)
    {
        json.WriteStartObject();
        json.WriteString("part", table.Part);
        json.WriteString("caption", l[table.Caption]);
        Optional(json, "group", table.Group, l);
        Optional(json, "askedWith", table.Asked, l);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStringValue(l[column.Label]);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteStartArray("cells");
            foreach (var cell in row.Cells)
            {
                if (cell.Number is { } number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteStringValue(cell.Text is { } text ? l[text] : null);
                }
            }

            json.WriteEndArray();
            Optional(json, "remark", row.Remark, l);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, QualityReport report, Language l)
    {
        json.WriteStartObject("texts");
        json.WriteString("introduction", report.Introduction);
        json.WriteString("ahead", report.Ahead);
        json.WriteString("council", report.Council);
        json.WriteStartArray("groups");
        foreach (var group in report.Groups)
        {
            json.WriteStartObject();
            json.WriteString("group", l[group.Name]);
            json.WriteString("law", group.Law);
            json.WriteBoolean("hidden", group.IsHidden);
            json.WriteString("text", group.Text);
            json.WriteString("heard", group.Heard);
            json.WriteStartArray("quotes");
            foreach (var quote in group.Quotes.Where(q => q.Text is not null))
            {
                json.WriteStartObject();
                json.WriteString("question", l[quote.About]);
                json.WriteString("words", quote.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, LocalText? text, Language l)
    {
        if (text is not null)
        {
            json.WriteString(name, l[text]);
        }
    }
}
