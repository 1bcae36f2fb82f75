using System.Globalization;
using System.Net;
using System.Text;

namespace ClientVoice.QualityReports;

/// <summary>What somebody wrote as HTML: our own elements around words that are encoded, nothing else.</summary>
internal static class WrittenHtml
{
    /// <param name="top">The level of its largest heading, 2-6, so that it fits below the page's own.</param>
    public static string Of(string markdown, int top)
    {
        var html = new StringBuilder();
        var open = new Stack<WrittenBlock>();
        foreach (var block in Written.Read(markdown))
        {
            var isItem = block.Kind is WrittenKind.Bullet or WrittenKind.Numbered;
            while (open.TryPeek(out var last) && (!isItem || block.Level < last.Level || (block.Level == last.Level && block.List != last.List)))
            {
                Close(html, open.Pop());
            }

            if (isItem)
            {
                Item(html, open, block);
            }
            else
            {
                var element = block.Kind == WrittenKind.Heading ? $"h{Math.Min(6, top + block.Level - 1)}" : "p";
                html.Append(CultureInfo.InvariantCulture, $"<{element}>").Append(Runs(block)).Append(CultureInfo.InvariantCulture, $"</{element}>");
            }
        }

        while (open.TryPop(out var last))
        {
            Close(html, last);
        }

        return html.ToString();
    }

    // An item stays open until the next: a list may stand in it.
    private static void Item(StringBuilder html, Stack<WrittenBlock> open, WrittenBlock block)
    {
        if (open.TryPeek(out var last) && block.Level == last.Level)
        {
            html.Append("</li>");
        }
        else
        {
            html.Append(Element(block, ""));
            open.Push(block);
        }

        html.Append("<li>").Append(Runs(block));
    }

    private static void Close(StringBuilder html, WrittenBlock list) => html.Append("</li>").Append(Element(list, "/"));

    private static string Element(WrittenBlock list, string slash) => list.Kind == WrittenKind.Numbered ? $"<{slash}ol>" : $"<{slash}ul>";

    private static string Runs(WrittenBlock block) => string.Concat(block.Runs.Select(run =>
    {
        var words = WebUtility.HtmlEncode(run.Text);
        words = run.IsItalic ? $"<em>{words}</em>" : words;
        return run.IsBold ? $"<strong>{words}</strong>" : words;
    }));
}
