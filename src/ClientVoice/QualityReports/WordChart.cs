using System.Globalization;
using System.Text;
using ClientVoice.Shell;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ClientVoice.QualityReports;

/// <summary>Means as bars, drawn by Word itself; the alt text says what the picture shows, and its table follows.</summary>
internal static class WordChart
{
    private const string Space = "http://schemas.openxmlformats.org/drawingml/2006/chart";

    /// <summary>Whether there is anything to draw: of one period, or of the last of two.</summary>
    public static bool HasBars(FigureTable areas) => Bars(areas).Count > 1;

    public static Paragraph Of(ChartBlock chart, MainDocumentPart main, int number, Language l)
    {
        var bars = Bars(chart.Table);
        var part = main.AddNewPart<ChartPart>($"rIdChart{number}");
        using (var stream = part.GetStream(FileMode.Create))
        {
            stream.Write(Encoding.UTF8.GetBytes(Xml(bars, l)));
        }

        var alt = l["Staafdiagram van het gemiddelde per levensgebied. ", "Bar chart of the mean per area of life. "] + string.Join(", ", bars.Select(b => $"{l[b.Name]} {b.Mean}")) + ".";
        // 16 cm wide; 0.75 cm a bar and some air.
        var height = (270_000L * bars.Count) + 420_000;
        var text = System.Security.SecurityElement.Escape(WordVoice.Clean(alt));
        return new Paragraph(
            $"""
            <w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5760000" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="{System.Security.SecurityElement.Escape(l["Diagram", "Chart"])} {number}" descr="{text}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="{Space}"><c:chart xmlns:c="{Space}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
            """.Trim());
    }

    // The last period of each area.
    private static List<(LocalText Name, int Mean)> Bars(FigureTable areas) =>
        [.. areas.Rows.GroupBy(r => r.Cells[0].Text).Select(g => g.Last()).Where(r => FigureTable.Interval(r).Mean is not null).Select(r => (r.Cells[0].Text!, FigureTable.Interval(r).Mean!.Value))];

    private static string Xml(List<(LocalText Name, int Mean)> bars, Language l)
    {
        var names = new StringBuilder();
        var means = new StringBuilder();
        foreach (var (bar, i) in bars.Select((b, i) => (b, i)))
        {
            names.Append(CultureInfo.InvariantCulture, $"""<c:pt idx="{i}"><c:v>{System.Security.SecurityElement.Escape(WordVoice.Clean(l[bar.Name]))}</c:v></c:pt>""");
            means.Append(CultureInfo.InvariantCulture, $"""<c:pt idx="{i}"><c:v>{bar.Mean}</c:v></c:pt>""");
        }

        // The category axis runs from the top: the bars stand in the order of the table.
        return
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <c:chartSpace xmlns:c="{Space}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill><a:srgbClr val="3F8680"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:dLbls><c:spPr><a:noFill/></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls><c:cat><c:strLit><c:ptCount val="{bars.Count}"/>{names}</c:strLit></c:cat><c:val><c:numLit><c:formatCode>0</c:formatCode><c:ptCount val="{bars.Count}"/>{means}</c:numLit></c:val></c:ser><c:gapWidth val="45"/><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="100"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E4D9C4"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="max"/><c:majorUnit val="25"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>
            """.Trim();
    }
}
