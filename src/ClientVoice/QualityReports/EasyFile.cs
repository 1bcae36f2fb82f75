// The easy report as one file that opens anywhere, without network and without an account: pictures, style and the script that reads
// aloud stand in it. The same report gives the same bytes.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>Writes a report in easy language as a web page of its own.</summary>
/// <param name="readAloud">The script that reads aloud.</param>
internal sealed class EasyFile(IReportPictures pictures, string readAloud)
{
    private const string Style =
        """
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 44rem; background: #fbf7ee; color: #17302f; font: 1.3rem/1.6 Verdana, Arial, sans-serif; }
        h1 { font-size: 1.9rem; line-height: 1.25; } h2 { font-size: 1.6rem; margin: 2.5rem 0 1rem; color: #0a4341; }
        ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
        li { display: grid; grid-template-columns: 64px 1fr auto; gap: 1.25rem; align-items: center; min-height: 68px; padding: .75rem 1rem; background: #fff; border: 1px solid #d9cfba; border-radius: 12px; }
        li.reading { border-color: #0e5a57; background: #e0eeea; } img { display: block; }
        button { min-width: 52px; min-height: 52px; padding: .4rem 1rem; border: 2px solid #0e5a57; border-radius: 10px; background: #fff; color: #0e5a57; font: inherit; font-size: 1.1rem; cursor: pointer; }
        button:focus-visible { outline: 4px solid #a4580b; outline-offset: 2px; }
        @media print { @page { size: A4; margin: 16mm; } body { background: #fff; padding: 0; font-size: 13pt; } li { break-inside: avoid; } h2 { break-after: avoid; } [data-read-all], .read-one { display: none; } }
        """;

    // The file is UTF-8: letters stay letters.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page as bytes, in UTF-8.</summary>
    public byte[] Make(QualityReport report, Language l)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(l.Code).Append("\">\n<head><meta charset=\"utf-8\" /><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" /><title>")
            .Append(Text(report.Title)).Append("</title><style>\n").Append(Style).Append("\n</style></head>\n<body><main>\n<h1 lang=\"nl\">").Append(Text(report.Title)).Append("</h1>\n<p data-read-all hidden data-one=\"")
            .Append(Text(l["Lees voor", "Read aloud"])).Append("\" data-stop=\"").Append(Text(l["Stop met voorlezen", "Stop reading"])).Append("\"><button type=\"button\">").Append(Text(l["Lees alles voor", "Read it all aloud"])).Append("</button></p>\n");
        foreach (var part in EasyVoice.Of(report))
        {
            html.Append("<section><h2>").Append(Text(l[part.Title])).Append("</h2>\n<ul>\n");
            foreach (var line in part.Lines)
            {
                html.Append("<li><span>");
                if (line.Picture is { } id && pictures.Find(id) is { } picture)
                {
                    html.Append("<img src=\"").Append(Text(picture)).Append("\" alt=\"\" width=\"64\" height=\"64\" />");
                }

                html.Append("</span><span data-read>").Append(Text(l[line.Text])).Append("</span></li>\n");
            }

            html.Append("</ul></section>\n");
        }

        html.Append("</main><script>\n").Append(readAloud).Append("</script></body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static string Text(string text) => Encoder.Encode(text);
}
