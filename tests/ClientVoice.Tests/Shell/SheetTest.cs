using System.IO.Compression;
using System.Xml.Linq;
using ClientVoice.Shell.Sheets;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using CellType = ClientVoice.Shell.Sheets.CellType;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using Workbook = ClientVoice.Shell.Sheets.Workbook;

namespace ClientVoice.Tests.Shell;

internal sealed class SheetTest
{
    private static readonly SheetColumn[] Columns =
    [
        new("Plaats", CellType.Text), new("Mensen", CellType.Whole), new("Gemiddelde", CellType.Number, 14), new("Dag", CellType.Date), new("Verborgen", CellType.Flag),
    ];

    [Test]
    public async Task ABookIsValidAndReadsBackAsItWasWritten()
    {
        using var file = await BookAsync(async book =>
        {
            await using (var first = book.Sheet("Uitkomsten", Columns))
            {
                first.Row("Huis Één", 12, 65.5, new DateOnly(2026, 2, 28), false);
                first.Row(null, null, null, null, true);
            }

            await using var second = book.Sheet("Uitkomsten", [new SheetColumn("Code", CellType.Text)]);
            second.Row("wlz & wmo < 100%");
        });
        using var document = Open(file);
        Assert.That(Names(document), Is.EqualTo(new[] { "Uitkomsten", "Uitkomsten (2)" }));
        Assert.That(Values(document, 0), Is.EqualTo(new[]
        {
            "Plaats|Mensen|Gemiddelde|Dag|Verborgen",
            "Huis Één|12|65.5|46081|0",
            "1",
        }));
        Assert.That(Values(document, 1), Is.EqualTo(new[] { "Code", "wlz & wmo < 100%" }));
    }

    [Test]
    public async Task TheHeaderIsBoldFrozenAndFiltered()
    {
        using var file = await BookAsync(async book =>
        {
            await using var sheet = book.Sheet("A", Columns);
            sheet.Row("x", 1, 1.0, new DateOnly(2026, 1, 1), true);
        });
        using var document = Open(file);
        var part = Part(document, 0);
        var pane = part.Worksheet.Descendants<Pane>().Single();
        Assert.That((pane.VerticalSplit!.Value, pane.State!.Value), Is.EqualTo((1d, PaneStateValues.Frozen)));
        Assert.That(part.Worksheet.Descendants<AutoFilter>().Single().Reference!.Value, Is.EqualTo("A1:E2"));
        Assert.That(part.Worksheet.Descendants<Column>().Select(c => c.Width!.Value), Is.EqualTo(new[] { 18d, 12, 14, 12, 13 }));
        var style = part.Worksheet.Descendants<Cell>().First().StyleIndex!.Value;
        var sheetStyles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var font = (int)sheetStyles.CellFormats!.Elements<CellFormat>().ElementAt((int)style).FontId!.Value;
        Assert.That(sheetStyles.Fonts!.Elements<Font>().ElementAt(font).Bold, Is.Not.Null);
    }

    [Test]
    public async Task AClosingRowSaysHowManyRowsThereWereAndStandsOutsideTheFilter()
    {
        using var file = await BookAsync(async book =>
        {
            await using var sheet = book.Sheet("A", [new SheetColumn("Mensen", CellType.Whole)], rows => $"Aantal rijen: {rows}");
            sheet.Row(1);
            sheet.Row(2);
        });
        using var document = Open(file);
        Assert.That(Values(document, 0), Is.EqualTo(new[] { "Mensen", "1", "2", "Aantal rijen: 2" }));
        Assert.That(Part(document, 0).Worksheet.Descendants<AutoFilter>().Single().Reference!.Value, Is.EqualTo("A1:A3"));
        Assert.That(document.WorkbookPart!.Workbook.Descendants<DefinedName>().Single().Text, Is.EqualTo("'A'!$A$1:$A$3"));
    }

    [Test]
    public async Task TheSameRowsGiveTheSameBytes()
    {
        async Task<byte[]> Made() => (await BookAsync(async book =>
        {
            await using var sheet = book.Sheet("A", Columns);
            sheet.Row("x", 1, 1.5, new DateOnly(2026, 1, 1), true);
        })).ToArray();
        var first = await Made();
        // A zip keeps the time in steps of two seconds: a file's own time would show here only sometimes, so the time itself is read.
        Assert.That(await Made(), Is.EqualTo(first));
        using var zip = new ZipArchive(new MemoryStream(first));
        Assert.That(zip.Entries.Select(e => e.LastWriteTime.Year).Distinct(), Is.EqualTo(new[] { 1980 }));
    }

    [TestCase("=1+1")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    [TestCase("=HYPERLINK(\"http://x\",\"y\")")]
    [TestCase("\t=1")]
    [TestCase("  spaces  ")]
    [TestCase("two\nlines\tand a tab")]
    [TestCase("é 😀 \u200d 漢")]
    [TestCase("<c><f>1</f></c>")]
    public async Task ATextStaysTheTextItIs(string text)
    {
        using var file = await BookAsync(async book =>
        {
            await using var sheet = book.Sheet("A", [new SheetColumn("T", CellType.Text)]);
            sheet.Row(text);
        });
        using var document = Open(file);
        var cell = Part(document, 0).Worksheet.Descendants<Cell>().Last();
        Assert.That((cell.DataType!.Value, cell.CellFormula, cell.InlineString!.Text!.Text), Is.EqualTo((CellValues.InlineString, (CellFormula?)null, text)));
    }

    // Not as attributes: those are kept as UTF-8, which has no lone surrogates.
    private static readonly object[] Misread =
    [
        // With a name of its own: no filter finds one that has this in it.
        new TestCaseData("a\0b\u0001c\uffffd" + '\ud800' + "e", "abcde").SetArgDisplayNames("not in XML"),
        new TestCaseData("_x0041_", "_x005F_x0041_"),
    ];

    [TestCaseSource(nameof(Misread))]
    public async Task WhatXmlOrExcelWouldMisreadIsLeftOutOrEscaped(string text, string stored)
    {
        using var file = await BookAsync(async book =>
        {
            await using var sheet = book.Sheet("A", [new SheetColumn("T", CellType.Text)]);
            sheet.Row(text);
        });
        using var document = Open(file);
        Assert.That(Values(document, 0)[1], Is.EqualTo(stored));
    }

    [Test]
    public void AnyTextsMakeAValidBook() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), (name, text) =>
        {
            using var file = BookAsync(async book =>
            {
                for (var i = 0; i < 2; i++)
                {
                    await using var sheet = book.Sheet(name ?? "", [new SheetColumn(text ?? "", CellType.Text)]);
                    sheet.Row(text);
                }
            }).GetAwaiter().GetResult();
            using var document = Open(file);
            return true;
        })
        .QuickCheckThrowOnFailure();

    [TestCase("Wonen/werken: [2025]*?\\", "Wonen werken   2025")]
    [TestCase("'quoted'", "quoted")]
    [TestCase("", "Blad")]
    [TestCase("History", "History_")]
    [TestCase("Een naam die langer is dan een blad mag heten", "Een naam die langer is dan een")]
    public void ASheetsNameIsMadeSafe(string wanted, string name) => Assert.That(SheetText.SheetName(wanted, []), Is.EqualTo(name));

    [Test]
    public void LongNamesStayApart()
    {
        var taken = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            taken.Add(SheetText.SheetName(i % 2 == 0 ? "Een naam die langer is dan een blad" : "EEN NAAM DIE LANGER IS DAN EEN BLAD", taken));
        }

        Assert.That(taken.Distinct(StringComparer.OrdinalIgnoreCase).Count(), Is.EqualTo(12));
        Assert.That(taken.Max(n => n.Length), Is.LessThanOrEqualTo(31));
    }

    [TestCase(0, "A")]
    [TestCase(25, "Z")]
    [TestCase(26, "AA")]
    [TestCase(701, "ZZ")]
    [TestCase(702, "AAA")]
    [TestCase(16_383, "XFD")]
    public void ColumnsAreNamedAsExcelDoes(int index, string letters) => Assert.That(SheetText.ColumnLetters(index), Is.EqualTo(letters));

    [Test]
    public async Task ABookWithoutSheetsIsStillABook()
    {
        using var file = await BookAsync(_ => Task.CompletedTask);
        using var document = Open(file);
        Assert.That(Names(document), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task ARowThatDoesNotFitIsRefused()
    {
        await using var book = new Workbook(new MemoryStream());
        await using var sheet = book.Sheet("A", Columns);
        Assert.Throws<ArgumentException>(() => sheet.Row("x"), "too few values");
        Assert.Throws<ArgumentException>(() => sheet.Row("x", "1", 1.0, null, null), "a text is no number");
        Assert.Throws<InvalidOperationException>(() => book.Sheet("B", Columns), "one sheet at a time");
    }

    [Test]
    public async Task AHundredThousandRowsTakeLittleMemory()
    {
        await using var book = new Workbook(Stream.Null);
        await using var sheet = book.Sheet("A", Columns);
        sheet.Row("x", 1, 1.0, new DateOnly(2026, 1, 1), true);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100_000; i++)
        {
            sheet.Row("Huis Één", i, i / 3.0, new DateOnly(2026, 1, 1), true);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(2_000_000), "rows are written, not kept");
    }

    private static async Task<MemoryStream> BookAsync(Func<Workbook, Task> fill)
    {
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await fill(book);
        }

        file.Position = 0;
        return file;
    }

    /// <summary>Opens a book after every judge has found it right: the SDK's validator, an XML parser, and the order of its parts.</summary>
    private static SpreadsheetDocument Open(MemoryStream file)
    {
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                Assert.DoesNotThrow(() => XDocument.Load(content), entry.FullName);
            }
        }

        file.Position = 0;
        var document = SpreadsheetDocument.Open(file, isEditable: false);
        var faults = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}");
        Assert.That(faults, Is.Empty);
        return document;
    }

    private static string?[] Names(SpreadsheetDocument document) =>
        [.. document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => s.Name!.Value)];

    private static WorksheetPart Part(SpreadsheetDocument document, int index) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Descendants<Sheet>().ElementAt(index).Id!);

    private static List<string> Values(SpreadsheetDocument document, int sheet) =>
        [.. Part(document, sheet).Worksheet.Descendants<Row>().Select(r => string.Join('|', r.Elements<Cell>().Select(c => c.InlineString?.Text?.Text ?? c.CellValue?.Text)))];
}
