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

    public static Table Of(FigureTable table, Language l)
    {
        var labels = table.Columns.Select(c => (Text: l[c.Label], c.IsNumber)).ToList();
        if (table.HasRemarks)
        {
            labels.Add((l["Opmerking", "Remark"], false));
        }

        var widths = Widths(table, labels.Select(c => c.IsNumber));
        var drawn = new Table(new TableProperties(
            new TableStyle { Val = "Figures" }, new TableWidth { Width = Width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableLook { FirstRow = true, FirstColumn = true, NoHorizontalBand = true, NoVerticalBand = true },
            new TableCaption { Val = WordVoice.Clean(l[table.Caption]) }, new TableDescription { Val = WordVoice.Clean(About(table, l)) }));
        drawn.Append(new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        drawn.Append(Row(labels.Select(c => (c.Text, c.IsNumber)), widths, isHead: true));
        foreach (var row in table.Rows)
        {
            var cells = row.Cells.Select((c, i) => (c.Shown(l), table.Columns[i].IsNumber)).ToList();
            if (table.HasRemarks)
            {
                cells.Add((row.Remark is null ? "" : l[row.Remark], false));
            }

            drawn.Append(Row(cells, widths, isHead: false));
        }

        return drawn;
    }

    private static string About(FigureTable table, Language l) => table.Group is null
        ? l[table.Caption]
        : $"{l[table.Caption]}: {l[table.Group]}{(table.Asked is null ? "" : ", " + l[table.Asked])}";

    private static TableRow Row(IEnumerable<(string Text, bool IsNumber)> cells, IReadOnlyList<int> widths, bool isHead)
    {
        var row = new TableRow(new TableRowProperties([new CantSplit(), .. isHead ? [new TableHeader()] : Array.Empty<OpenXmlElement>()]));
        foreach (var (cell, i) in cells.Select((c, i) => (c, i)))
        {
            var properties = new ParagraphProperties();
            if (isHead)
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

    // A number takes little room, words share the rest; the first column, which names the row, a little more.
    private static List<int> Widths(FigureTable table, IEnumerable<bool> isNumber)
    {
        var kinds = isNumber.ToList();
        var number = table.Part is ReportParts.Promised or ReportParts.Planned ? 760 : 1180;
        var shares = kinds.Select((n, i) => n ? 0 : i == 0 ? 1.35 : 1.0).ToList();
        var rest = Width - (number * kinds.Count(n => n));
        return [.. kinds.Select((n, i) => n ? number : (int)(rest * shares[i] / shares.Sum()))];
    }
}
