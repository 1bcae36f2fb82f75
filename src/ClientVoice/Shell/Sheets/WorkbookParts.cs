using System.Globalization;
using System.Text;

namespace ClientVoice.Shell.Sheets;

/// <summary>The small parts of an xlsx file around its sheets.</summary>
internal static class WorkbookParts
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    // In the order of CellStyle. numFmt 1: 0, without thousands, for a year is a whole number too; 4: #,##0.00; 164: a day, in the one order that no reader mistakes.
    private const string Styles =
        $"""
        {Head}
        <styleSheet xmlns="{Main}">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="5">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
        <xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        </cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    public static IEnumerable<(string Name, string Content)> All(IReadOnlyList<Sheet> sheets) =>
    [
        ("xl/styles.xml", Styles),
        ("xl/workbook.xml", Book(sheets)),
        ("xl/_rels/workbook.xml.rels", BookRelations(sheets)),
        ("_rels/.rels", $"""{Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("[Content_Types].xml", ContentTypes(sheets)),
    ];

    private static string Book(IReadOnlyList<Sheet> sheets)
    {
        var text = new StringBuilder($"""{Head}<workbook xmlns="{Main}" xmlns:r="{Relation}"><bookViews><workbookView/></bookViews><sheets>""");
        for (var i = 0; i < sheets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<sheet name="{SheetText.Escape(sheets[i].Name)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""");
        }

        text.Append("</sheets><definedNames>");
        for (var i = 0; i < sheets.Count; i++)
        {
            // Excel keeps a filter as a hidden name beside the element in the sheet.
            var name = SheetText.Escape(sheets[i].Name.Replace("'", "''", StringComparison.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $"""<definedName name="_xlnm._FilterDatabase" localSheetId="{i}" hidden="1">'{name}'!{sheets[i].AbsoluteRange}</definedName>""");
        }

        return text.Append("</definedNames></workbook>").ToString();
    }

    private static string BookRelations(IReadOnlyList<Sheet> sheets)
    {
        var text = new StringBuilder($"""{Head}<Relationships xmlns="{Package}/relationships">""");
        for (var i = 1; i <= sheets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Relation}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        }

        return text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{sheets.Count + 1}" Type="{Relation}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }

    private static string ContentTypes(IReadOnlyList<Sheet> sheets)
    {
        const string types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var text = new StringBuilder(
            $"""
            {Head}<Types xmlns="{Package}/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/>
            """);
        for (var i = 1; i <= sheets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{types}.worksheet+xml"/>""");
        }

        return text.Append("</Types>").ToString();
    }
}
