using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.QualityReports;

/// <summary>A report's figures as a workbook: a sheet for each part, every group in it.</summary>
internal static class SheetVoice
{
    public static async Task<byte[]> MakeAsync(QualityReport report, Language l)
    {
        var memory = new MemoryStream();
        await using (var book = new Workbook(memory))
        {
            await AboutAsync(book, report, l);
            foreach (var part in ReportOutline.Tables(report).GroupBy(t => t.Part).OrderBy(g => ReportParts.All.ToList().IndexOf(g.Key)))
            {
                await PartAsync(book, [.. part], l);
            }
        }

        return memory.ToArray();
    }

    private static async Task AboutAsync(Workbook book, QualityReport report, Language l)
    {
        await using var sheet = book.Sheet(l["Over dit rapport", "About this report"], [new(l["Wat", "What"], CellType.Text, 24), new(l["Waarde", "Value"], CellType.Text, 80)]);
        sheet.Row(l["Titel", "Title"], report.Title);
        sheet.Row(l["Plaats", "Place"], report.Place);
        sheet.Row(l["Periode", "Period"], l[ReportTexts.PeriodOf(report)]);
        sheet.Row(l["Publicatie", "Publication"], report.Source.Number.ToString(l.Culture));
        sheet.Row(l["Vingerafdruk", "Fingerprint"], report.Source.Sha256);
        foreach (var sentence in ReportTexts.About(report))
        {
            sheet.Row(l["Uitleg", "Explanation"], l[sentence]);
        }
    }

    private static async Task PartAsync(Workbook book, IReadOnlyList<FigureTable> tables, Language l)
    {
        var first = tables[0];
        var withGroup = tables.Any(t => t.Group is not null);
        var withAsked = tables.Any(t => t.Asked is not null);
        SheetColumn[] columns =
        [
            .. withGroup ? [new SheetColumn(l["Cliëntgroep", "Client group"], CellType.Text, 34)] : Array.Empty<SheetColumn>(),
            .. withAsked ? [new SheetColumn(l["Gevraagd met", "Asked with"], CellType.Text, 34)] : Array.Empty<SheetColumn>(),
            .. first.Columns.Select((c, i) => new SheetColumn(l[c.Label], c.IsNumber ? CellType.Whole : CellType.Text, c.IsNumber ? null : i == 0 ? 36 : 24)),
            new(l["Opmerking", "Remark"], CellType.Text, 50),
        ];
        await using var sheet = book.Sheet(l[ReportParts.NameOf(first.Part)], columns, rows => l[$"Aantal rijen: {rows}", $"Number of rows: {rows}"]);
        foreach (var table in tables)
        {
            foreach (var row in table.Rows)
            {
                sheet.Row([
                    .. withGroup ? [table.Group is null ? null : l[table.Group]] : Array.Empty<object?>(),
                    .. withAsked ? [table.Asked is null ? null : l[table.Asked]] : Array.Empty<object?>(),
                    .. row.Cells.Select(c => c.Text is { } text ? l[text] : (object?)c.Number),
                    row.Remark is null ? null : l[row.Remark],
                ]);
            }
        }
    }
}
