using ClientVoice.Shell;
using DocumentFormat.OpenXml.Packaging;

namespace ClientVoice.QualityReports;

/// <summary>What stands around the text of a document: styles, language, footer, and what the file says of itself.</summary>
internal static class WordParts
{
    public const string FooterId = "rIdFooter";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static void Add(WordprocessingDocument file, MainDocumentPart main, QualityReport report, Language l)
    {
        Write(main.AddNewPart<StyleDefinitionsPart>("rIdStyles"), Styles(l.Culture.Name));
        Write(main.AddNewPart<FooterPart>(FooterId), Footer(report, l));
        Write(main.AddNewPart<DocumentSettingsPart>("rIdSettings"), $"""{Head}<w:settings xmlns:w="{Main}"><w:themeFontLang w:val="{l.Culture.Name}"/></w:settings>""");
        // Not through the package's own properties: their file would have another name each time.
        Write(file.AddNewPart<CoreFilePropertiesPart>("rIdCore"), Core(report, l));
    }

    private static void Write(OpenXmlPart part, string xml)
    {
        using var stream = part.GetStream(FileMode.Create);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    private static string Core(QualityReport report, Language l) =>
        $"""
        {Head}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Text(report.Title)}</dc:title><dc:creator>{Text(report.Place)}</dc:creator><dc:language>{l.Culture.Name}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{report.Source.MadeAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z</dcterms:created></cp:coreProperties>
        """;

    private static string Footer(QualityReport report, Language l) =>
        $"""
        {Head}<w:ftr xmlns:w="{Main}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{Text(report.Title)} · {Text(l["publicatie", "publication"])} {report.Source.Number} · {Text(l["bladzijde", "page"])} </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>
        """;

    private static string Text(string text) => System.Security.SecurityElement.Escape(WordVoice.Clean(text))!;

    private static string Styles(string language) =>
        $"""
        {Head}<w:styles xmlns:w="{Main}">
        <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:color w:val="17302F"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
        <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
        <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:b/><w:color w:val="0A4341"/><w:sz w:val="52"/><w:szCs w:val="52"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="320"/></w:pPr><w:rPr><w:color w:val="56625C"/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>
        {HeadingStyle(1, 34, 400)}{HeadingStyle(2, 28, 320)}{HeadingStyle(3, 24, 240)}{HeadingStyle(4, 22, 200)}
        <w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="60"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="AfterTable"><w:name w:val="After Table"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60" w:line="120" w:lineRule="exact"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="3F8680"/></w:pBdr><w:spacing w:before="160" w:after="0"/><w:ind w:left="284"/></w:pPr><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:customStyle="1" w:styleId="QuoteAbout"><w:name w:val="Quote About"/><w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="3F8680"/></w:pBdr><w:spacing w:after="160"/><w:ind w:left="284"/></w:pPr><w:rPr><w:color w:val="56625C"/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:color w:val="56625C"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
        <w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/><w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="0E5A57"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="0E5A57"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9CFBA"/></w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E0EEEA"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
        </w:styles>
        """;

    private static string HeadingStyle(int level, int size, int before) =>
        $"""<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="100" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:color w:val="0A4341"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>""";
}
