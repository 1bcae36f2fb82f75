using System.Globalization;
using ClientVoice.Shell;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ClientVoice.QualityReports;

/// <summary>A table of figures in Word: a header row that comes back on the next page, and rows that do not break.</summary>
internal static class WordTable
{
    // The width of the text on A4, in twentieths of a point.
    private const int Width = 9638;

    // A bold letter of the table's size, in the same measure: a fifth wider than ours, for another font may stand in for it.
    private const int Letter = 122;

    // A table up to about a third of a page stays together; a longer one breaks between rows, with its head again.
    private const int MostTogether = 14;

    public static Table Of(FigureTable table, Language l)
    {
        var labels = table.Columns.Select(c => (Text: l[c.Label], c.IsNumber)).ToList();
        if (table.HasRemarks)
        {
            labels.Add((l["Opmerking", "Remark"], false));
        }

        var rows = table.Rows.Select(r => (IReadOnlyList<string>)[.. r.Cells.Select(c => c.Shown(l)), .. table.HasRemarks ? [r.Remark is null ? "" : l[r.Remark]] : Array.Empty<string>()]).ToList();
        var widths = Widths(labels, rows);
        var staysTogether = rows.Count <= MostTogether;
        var drawn = new Table(new TableProperties(
            new TableStyle { Val = "Figures" }, new TableWidth { Width = Width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableLook { FirstRow = true, FirstColumn = true, NoHorizontalBand = true, NoVerticalBand = true },
            new TableCaption { Val = WordVoice.Clean(l[table.Caption]) }, new TableDescription { Val = WordVoice.Clean(About(table, l)) }));
        drawn.Append(new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        drawn.Append(Row(labels, widths, isHead: true, isKept: true));
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            drawn.Append(Row(row.Select((text, c) => (text, labels[c].IsNumber)), widths, isHead: false, isKept: staysTogether && i < rows.Count - 1));
        }

        return drawn;
    }

    private static string About(FigureTable table, Language l) => table.Group is null
        ? l[table.Caption]
        : $"{l[table.Caption]}: {l[table.Group]}{(table.Asked is null ? "" : ", " + l[table.Asked])}";

    private static TableRow Row(IEnumerable<(string Text, bool IsNumber)> cells, IReadOnlyList<int> widths, bool isHead, bool isKept)
    {
        var row = new TableRow(new TableRowProperties([new CantSplit(), .. isHead ? [new TableHeader()] : Array.Empty<OpenXmlElement>()]));
        foreach (var (cell, i) in cells.Select((c, i) => (c, i)))
        {
            var properties = new ParagraphProperties();
            if (isKept)
            {
                properties.Append(new KeepNext());
            }

            if (cell.IsNumber)
            {
                properties.Append(new Justification { Val = JustificationValues.Right });
            }

            var run = new Run(WordVoice.Plain(cell.Text));
            row.Append(new TableCell(new TableCellProperties(new TableCellWidth { Width = widths[i].ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }), new Paragraph(properties, run)));
        }

        return row;
    }

    // No word is broken in two; what is left over goes to the columns that say most.
    private static List<int> Widths(IReadOnlyList<(string Text, bool IsNumber)> labels, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var columns = labels.Select((label, i) => (IReadOnlyList<string>)[label.Text, .. rows.Select(r => r[i])]).ToList();
        var least = columns.Select(texts => 230 + (Letter * Math.Min(22, texts.SelectMany(t => t.Split(' ')).Max(w => w.Length)))).ToList();
        var wants = columns.Select((texts, i) => labels[i].IsNumber ? 0.01 : texts.Skip(1).DefaultIfEmpty("").Average(t => Math.Min(80, t.Length)) + 1).ToList();
        var rest = Math.Max(0, Width - least.Sum());
        var most = Math.Max(Width, least.Sum());
        return [.. least.Select((l, i) => (int)((l + (rest * wants[i] / wants.Sum())) * Width / most))];
    }
}
