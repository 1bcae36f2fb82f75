// Three voices and two files of figures from one model: every cell of every table is the same in all, and nothing was worked out anew.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientVoice.QualityReports;
using ClientVoice.Shell;
using ClientVoice.Tests.Shell;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sheets = DocumentFormat.OpenXml.Spreadsheet;

namespace ClientVoice.Tests.QualityReports;

internal sealed partial class VoicesTests
{
    private static readonly object[] BothLanguages = [Language.InDutch, Language.InEnglish];

    [TestCaseSource(nameof(BothLanguages))]
    public async Task EveryFigureIsTheSameCellByCellInEveryVoice(Language l)
    {
        var report = Reports.Full();
        var expected = ReportOutline.Tables(report).Select(t => Told(t, l)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(expected, Has.Count.EqualTo(10), "each of the nine parts, and who took part for both groups");
            Assert.That(expected.Select(t => t.Part).Distinct(), Is.EquivalentTo(ReportParts.All));
        });
        AreSame(await WebAsync(report, l), expected, "web and print");
        AreSame(Word(report, l), expected, "Word");
        AreSame(Json(report, l), expected, "JSON");
        // A sheet has the tables of one part below each other.
        AreSame(await ExcelAsync(report, l), [.. ReportParts.All.Select(part => Together(part, [.. expected.Where(t => t.Part == part)]))], "Excel");
    }

    [Test]
    public void HowManyTookPartWithoutANameStandsBesideTheOthersAndNotInAReportFromBefore()
    {
        var report = Reports.Full();
        Assert.That(Columns(report), Does.Contain("Waarvan zonder naam"));
        Assert.That(ReportOutline.Tables(report).SelectMany(t => t.Rows).Select(r => r.Remark?.Nl), Does.Contain("zonder naam verborgen: te weinig mensen met of zonder naam"));
        var before = report with
        {
            Groups = [.. report.Groups.Select(g => g with { Asked = [.. g.Asked.Select(a => a with { TookPart = [.. a.TookPart.Select(t => t with { Anonymous = null, HidesAnonymous = false })] })] })],
        };
        Assert.That(Columns(before), Does.Not.Contain("Waarvan zonder naam").And.Contain("Deden mee"), "it was frozen without");

        static List<string> Columns(QualityReport of) => [.. ReportOutline.Tables(of).Where(t => t.Part == ReportParts.Participation).SelectMany(t => t.Columns).Select(c => c.Label.Nl)];
    }

    [TestCaseSource(nameof(BothLanguages))]
    public void TheEasyVoiceSaysOneIdeaInALineAndNoFigureThatTheReportDoesNotHave(Language l)
    {
        var report = Reports.Full();
        var lines = EasyVoice.Of(report).SelectMany(p => p.Lines).ToList();
        Assert.That(lines.Where(line => line.Picture is null), Is.Empty, "every line has a picture");
        Assert.That(lines.Where(line => l[line.Text].Count(c => c is '.' or '?') > 2).Select(line => l[line.Text]), Is.Empty, "one idea in a line");
        var figures = ReportOutline.Tables(report).SelectMany(t => t.Rows).SelectMany(r => r.Cells).Select(c => c.Number).OfType<int>().ToHashSet();
        var said = EasyVoice.Of(report).Where(p => report.Groups.Select(g => g.Name).Contains(p.Title)).SelectMany(p => p.Lines).SelectMany(line => Digits().Matches(l[line.Text])).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.That(said, Is.EqualTo(new[] { 1043, 940, 61, 50, 41, 27, 19 }), "asked, took part, without a name, did not want to; agreements made, done, told back");
        Assert.That(said.Where(n => !figures.Contains(n)), Is.Empty);
    }

    [Test]
    public async Task TheSameReportGivesTheSameBytesInEveryFile()
    {
        foreach (var (voice, language) in ReportFiles.All)
        {
            var first = await ReportFiles.MakeAsync(Reports.Full(), voice, language, Reports.Easy);
            // Through what is kept of a frozen report, as when it is made again.
            var again = await ReportFiles.MakeAsync(Reports.ReadBack(Reports.Full()), voice, language, Reports.Easy);
            Assert.That(again, Is.EqualTo(first), $"{voice} {language}");
        }
    }

    [Test]
    public async Task WordsThatStillStandAreInEveryVoiceThatTellsAndThoseThatWereTakenBackAreSaidToBe()
    {
        const string words = "Ik wil <meer> naar buiten, met [naam]";
        var report = Reports.Full();
        var encoded = System.Net.WebUtility.HtmlEncode(words);
        var word = WordprocessingDocument.Open(new MemoryStream(WordVoice.Make(report, Language.InDutch)), false);
        Assert.Multiple(async () =>
        {
            Assert.That(System.Net.WebUtility.HtmlDecode(await HtmlAsync(report, Language.InDutch)), Does.Contain($"<blockquote lang=\"nl\">{words}</blockquote>").And.Contain("Eén citaat is na het vaststellen teruggenomen."));
            Assert.That(word.MainDocumentPart!.Document.InnerText, Does.Contain($"“{words}”").And.Contain("Eén citaat is na het vaststellen teruggenomen."));
            Assert.That(System.Text.Encoding.UTF8.GetString(JsonVoice.Make(report, Language.InDutch)), Does.Contain($"\"words\": \"{words}\""));
            Assert.That(System.Text.Encoding.UTF8.GetString(Reports.Easy.Make(report, Language.InDutch)), Does.Contain(encoded).And.Not.Contain("<meer>"));
            Assert.That(ReportJson.Write(report), Does.Not.Contain("naar buiten").And.Not.Contain("dddd"), "a frozen report keeps neither words nor whose they are");
        });
    }

    [TestCaseSource(nameof(BothLanguages))]
    public void TheWordDocumentIsValidAndReadsWellToAScreenReader(Language l)
    {
        var report = Reports.Full();
        using var file = WordprocessingDocument.Open(new MemoryStream(WordVoice.Make(report, l)), false);
        Assert.That(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"), Is.Empty);
        var body = file.MainDocumentPart!.Document.Body!;
        var levels = body.Elements<Paragraph>().Select(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Where(s => s?.StartsWith("Heading", StringComparison.Ordinal) == true).Select(s => s![^1] - '0').ToList();
        var outline = ReportOutline.Of(report);
        Assert.Multiple(() =>
        {
            Assert.That(levels.Where(n => n < 4), Is.EqualTo(outline.OfType<HeadingBlock>().Select(h => h.Level)), "headings in the order of the report");
            Assert.That(body.Elements<Table>().All(t => t.Elements<TableRow>().First().TableRowProperties!.Elements<TableHeader>().Any()), "each table says which row is its head");
            Assert.That(body.Elements<Table>().All(t => t.GetFirstChild<TableProperties>()!.GetFirstChild<TableDescription>()!.Val!.Value!.Length > 0), "each table has an alt text");
            Assert.That(file.MainDocumentPart.StyleDefinitionsPart!.Styles!.DocDefaults!.Descendants<Languages>().Single().Val!.Value, Is.EqualTo(l.Culture.Name));
            Assert.That(body.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().Single().Description!.Value, Does.Contain(" 82, ").And.Contain(" 51."), "the chart says in words what it shows");
            Assert.That(file.CoreFilePropertiesPart, Is.Not.Null);
        });
    }

    [Test]
    public void EachNumberedListOfADocumentBeginsAtOne()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(WordVoice.Make(Reports.Full(), Language.InDutch)), false);
        var lists = file.MainDocumentPart!.Document.Descendants<NumberingId>().Select(n => n.Val!.Value).ToList();
        Assert.That(lists, Is.EqualTo(new[] { 2, 2, 1, 3 }), "two items, a bullet below the second, and a list of its own in the next text");
    }

    [Test]
    public async Task TheWorkbookIsValidAndEachPartClosesWithItsNumberOfRows()
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(await SheetVoice.MakeAsync(Reports.Full(), Language.InDutch)), false);
        Assert.That(new OpenXmlValidator().Validate(book).Select(e => e.Description), Is.Empty);
        var parts = SheetRows(book).Skip(1).ToList();
        Assert.That(parts.Select(p => p[^1][0]), Is.EqualTo(parts.Select(p => $"Aantal rijen: {p.Count - 2}")));
    }

    [Test]
    public async Task OfficeOpensTheDocumentAndTheWorkbook()
    {
        using var folder = new TemporaryFolder();
        var files = new List<string>();
        foreach (var (voice, name) in ((string, string)[])[(ReportFiles.Word, "report.docx"), (ReportFiles.Excel, "figures.xlsx")])
        {
            files.Add(Path.Combine(folder.Path, name));
            await File.WriteAllBytesAsync(files[^1], await ReportFiles.MakeAsync(Reports.Full(), voice, "nl", Reports.Easy));
        }

        Assert.That(await LibreOffice.PdfAsync(folder.Path, files), Has.All.GreaterThan(5_000), "both have pages");
    }

    private static void AreSame(IReadOnlyList<ToldTable> actual, IReadOnlyList<ToldTable> expected, string voice) =>
        Assert.That(actual.Select(t => t.ToString()), Is.EqualTo(expected.Select(t => t.ToString())), voice);

    private static ToldTable Told(FigureTable t, Language l) => new(
        t.Part, [.. t.Columns.Select(c => l[c.Label])],
        [.. t.Rows.Select(r => (IReadOnlyList<string>)[.. r.Cells.Select(c => c.Text is { } text ? l[text] : c.Number?.ToString(CultureInfo.InvariantCulture) ?? ""), r.Remark is { } remark ? l[remark] : ""])]);

    private static ToldTable Together(string part, IReadOnlyList<ToldTable> tables) => new(part, tables[0].Head, [.. tables.SelectMany(t => t.Rows)]);

    // A number as a page shows it: 1.043 or 1,043; a dash is nothing.
    private static string Plain(string shown, bool isNumber, Language l) => shown == "–" ? "" : isNumber ? int.Parse(shown, NumberStyles.AllowThousands, l.Culture).ToString(CultureInfo.InvariantCulture) : shown;

    private static ToldTable Read(FigureTable like, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, Language l) => new(
        like.Part, [.. head.Take(like.Columns.Count)],
        [.. rows.Select(r => (IReadOnlyList<string>)[.. like.Columns.Select((c, i) => Plain(r[i], c.IsNumber, l)), r.Count > like.Columns.Count ? r[^1] : ""])]);

    private static async Task<string> HtmlAsync(QualityReport report, Language l)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(l).AddSingleton<IHttpContextAccessor, HttpContextAccessor>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ReportView>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Report"] = report }))).ToHtmlString());
    }

    private static async Task<IReadOnlyList<ToldTable>> WebAsync(QualityReport report, Language l)
    {
        var html = await HtmlAsync(report, l);
        var tables = ReportOutline.Tables(report);
        return [.. Table().Matches(html).Select((table, i) =>
        {
            var rows = Row().Matches(table.Groups["rows"].Value).Select(r => Cell().Matches(r.Groups["cells"].Value).Where(c => !c.Groups["about"].Value.Contains("data-extra=\"bar\"", StringComparison.Ordinal))
                .Select(c => System.Net.WebUtility.HtmlDecode(c.Groups["text"].Value).Trim()).ToList()).ToList();
            Assert.That(table.Groups["part"].Value, Is.EqualTo(tables[i].Part));
            return Read(tables[i], rows[0], rows.Skip(1), l);
        })];
    }

    private static IReadOnlyList<ToldTable> Word(QualityReport report, Language l)
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(WordVoice.Make(report, l)), false);
        var tables = ReportOutline.Tables(report);
        return [.. file.MainDocumentPart!.Document.Body!.Elements<Table>().Select((table, i) =>
        {
            var rows = table.Elements<TableRow>().Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToList()).ToList();
            return Read(tables[i], rows[0], rows.Skip(1), l);
        })];
    }

    private static IReadOnlyList<ToldTable> Json(QualityReport report, Language l)
    {
        using var document = JsonDocument.Parse(JsonVoice.Make(report, l));
        return [.. document.RootElement.GetProperty("tables").EnumerateArray().Select(t => new ToldTable(
            t.GetProperty("part").GetString()!, [.. t.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)],
            [.. t.GetProperty("rows").EnumerateArray().Select(r => (IReadOnlyList<string>)
                [.. r.GetProperty("cells").EnumerateArray().Select(c => c.ToString()), r.TryGetProperty("remark", out var remark) ? remark.GetString()! : ""])]))];
    }

    private static async Task<IReadOnlyList<ToldTable>> ExcelAsync(QualityReport report, Language l)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(await SheetVoice.MakeAsync(report, l)), false);
        var tables = ReportOutline.Tables(report);
        return [.. SheetRows(book).Skip(1).Zip(ReportParts.All, (rows, part) =>
        {
            var like = tables.First(t => t.Part == part);
            var before = rows[0].Count - 1 - like.Columns.Count;
            return new ToldTable(part, [.. rows[0].Skip(before).Take(like.Columns.Count)], [.. rows.Skip(1).SkipLast(1).Select(r => (IReadOnlyList<string>)[.. r.Skip(before)])]);
        })];
    }

    private static IEnumerable<List<List<string>>> SheetRows(SpreadsheetDocument book) => book.WorkbookPart!.Workbook.Descendants<Sheets.Sheet>()
        .Select(s => ((WorksheetPart)book.WorkbookPart.GetPartById(s.Id!.Value!)).Worksheet)
        .Select(sheet =>
        {
            var width = sheet.Descendants<Sheets.Column>().Count();
            return sheet.Descendants<Sheets.Row>().Select(r => Enumerable.Range(0, width).Select(i => r.Elements<Sheets.Cell>().FirstOrDefault(c => c.CellReference!.Value!.TrimEnd("0123456789".ToCharArray()) == ((char)('A' + i)).ToString())?.InnerText ?? "").ToList()).ToList();
        });

    private sealed record ToldTable(string Part, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
    {
        public override string ToString() => $"{Part}\n{string.Join(" | ", Head)}\n{string.Join('\n', Rows.Select(r => string.Join(" | ", r)))}";
    }

    [GeneratedRegex("<table class=\"figures[^\"]*\" data-part=\"(?<part>[^\"]+)\">(?<rows>.*?)</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<tr>(?<cells>.*?)</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd](?<about>[^>]*)>(?<text>.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
