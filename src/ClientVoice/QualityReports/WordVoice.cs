// The report as a Word document that a screen reader reads well: real headings, header rows that say they are, a language, alt
// texts, and everything in reading order. The same report gives the same bytes.
using System.Globalization;
using ClientVoice.Shell;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ClientVoice.QualityReports;

/// <summary>Writes a report for Word.</summary>
internal static class WordVoice
{
    public static byte[] Make(QualityReport report, Language l)
    {
        var memory = new MemoryStream();
        using (var file = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
        {
            // Named, as every part is: the library's own names differ each time.
            var main = file.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rIdDocument");
            WordParts.Add(file, main, report, l);
            var body = new Body();
            main.Document = new Document(body);
            body.Append(Styled("Title", report.Title), Styled("Subtitle", $"{report.Place} · {l[ReportTexts.PeriodOf(report)]}"));
            var lists = new WordLists();
            var charts = 0;
            foreach (var block in ReportOutline.Of(report))
            {
                body.Append(Draw(block, main, lists, ref charts, l));
            }

            lists.Save(main);
            // A4 upright, two centimetres of margin.
            body.Append(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = WordParts.FooterId },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }));
        }

        return StableZip.Repack(memory);
    }

    private static IEnumerable<OpenXmlElement> Draw(Block block, MainDocumentPart main, WordLists lists, ref int charts, Language l) => block switch
    {
        HeadingBlock heading => [Styled($"Heading{heading.Level}", l[heading.Text])],
        SentenceBlock sentence => [new Paragraph(new Run(Plain(l[sentence.Text])))],
        QuoteBlock quote => [Styled("Quote", $"“{quote.Text}”"), Styled("QuoteAbout", l["bij de vraag: ", "at the question: "] + l[quote.About])],
        WordsBlock words => [.. lists.Begin(Written.Read(words.Markdown)).Select(w => Paragraph(w, lists))],
        TableBlock table => [Caption(l[table.Table.Caption]), WordTable.Of(table.Table, l), new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "AfterTable" }))],
        ChartBlock chart when WordChart.HasBars(chart.Table) => [WordChart.Of(chart, main, ++charts, l)],
        ChartBlock => [],
        _ => throw new InvalidOperationException($"A {block.GetType().Name} cannot be drawn in Word."),
    };

    private static Paragraph Paragraph(WrittenBlock block, WordLists lists)
    {
        var properties = block.Kind switch
        {
            // A report's own headings go down to the third level; what is written stands below them.
            WrittenKind.Heading => new ParagraphProperties(new ParagraphStyleId { Val = "Heading4" }),
            WrittenKind.Bullet => WordLists.Bullet(block.Level),
            WrittenKind.Numbered => lists.Numbered(block.List, block.Level),
            WrittenKind.Paragraph => null,
        };
        var paragraph = new Paragraph();
        if (properties is not null)
        {
            paragraph.Append(properties);
        }

        foreach (var run in block.Runs)
        {
            var drawn = new Run();
            if (run.IsBold || run.IsItalic)
            {
                drawn.Append(new RunProperties([.. run.IsBold ? [new Bold()] : Array.Empty<OpenXmlElement>(), .. run.IsItalic ? [new Italic()] : Array.Empty<OpenXmlElement>()]));
            }

            drawn.Append(Plain(run.Text));
            paragraph.Append(drawn);
        }

        return paragraph;
    }

    private static Paragraph Styled(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(Plain(text)));

    private static Paragraph Caption(string text) => Styled("Caption", text);

    internal static Text Plain(string text) => new(Clean(text)) { Space = SpaceProcessingModeValues.Preserve };

    // What XML cannot hold cannot be shown either.
    internal static string Clean(string text) => new([.. text.Where((c, i) => System.Xml.XmlConvert.IsXmlChar(c)
        || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1])))]);
}

/// <summary>Lists of a document: bullets, and a numbering of its own for each numbered list.</summary>
internal sealed class WordLists
{
    private const int BulletId = 1;
    private const int NumberedId = 2;
    private readonly Dictionary<(int, int), int> numbered = [];
    private int text;

    /// <summary>Begins a text: its lists are others than those of the text before.</summary>
    public IReadOnlyList<WrittenBlock> Begin(IReadOnlyList<WrittenBlock> blocks)
    {
        text++;
        return blocks;
    }

    public static ParagraphProperties Bullet(int level) => Item(BulletId, level);

    public ParagraphProperties Numbered(int list, int level)
    {
        if (!numbered.TryGetValue((text, list), out var id))
        {
            numbered.Add((text, list), id = NumberedId + numbered.Count);
        }

        return Item(id, level);
    }

    public void Save(MainDocumentPart main)
    {
        var numbering = new Numbering(Abstract(0, NumberFormatValues.Bullet), Abstract(1, NumberFormatValues.Decimal));
        numbering.Append(new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = BulletId });
        foreach (var id in numbered.Values)
        {
            numbering.Append(new NumberingInstance(
                new AbstractNumId { Val = 1 }, new LevelOverride(new StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 }) { NumberID = id });
        }

        main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering").Numbering = numbering;
    }

    private static ParagraphProperties Item(int id, int level) => new(
        new ParagraphStyleId { Val = "ListParagraph" }, new NumberingProperties(new NumberingLevelReference { Val = Math.Min(level, 2) }, new NumberingId { Val = id }));

    private static AbstractNum Abstract(int id, NumberFormatValues format) => new(
        [new MultiLevelType { Val = MultiLevelValues.HybridMultilevel }, .. Enumerable.Range(0, 3).Select(level => (OpenXmlElement)new Level(
            new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }, new LevelText { Val = format == NumberFormatValues.Bullet ? "•" : string.Create(CultureInfo.InvariantCulture, $"%{level + 1}.") },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = (567 * (level + 1)).ToString(CultureInfo.InvariantCulture), Hanging = "340" })) { LevelIndex = level })]) { AbstractNumberId = id };
}
