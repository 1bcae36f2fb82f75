// What somebody writes beside the figures: headings, lists, emphasis. Markdig reads it; what it knows beyond that (links, pictures,
// HTML, code) comes out as the words alone, so a text can never bring anything into a page or a document but words.
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ClientVoice.QualityReports;

/// <summary>What a paragraph is.</summary>
internal enum WrittenKind
{
    Paragraph,
    Heading,
    Bullet,
    Numbered,
}

/// <summary>A paragraph, a heading or an item of a list.</summary>
/// <param name="Level">Of a heading from 1, of an item from 0.</param>
/// <param name="List">Items of one list have one number.</param>
internal sealed record WrittenBlock(WrittenKind Kind, int Level, int List, IReadOnlyList<WrittenRun> Runs);

/// <summary>Words in one hand.</summary>
internal sealed record WrittenRun(string Text, bool IsBold, bool IsItalic);

/// <summary>Reads a text. Pure.</summary>
internal static class Written
{
    /// <summary>As long as a text beside figures may be, in characters: four pages.</summary>
    public const int Longest = 12_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static IReadOnlyList<WrittenBlock> Read(string markdown)
    {
        var blocks = new List<WrittenBlock>();
        var lists = 0;
        Add(Markdown.Parse(markdown, Pipeline), null, 0);
        return blocks;

        void Add(ContainerBlock container, WrittenBlock? item, int depth)
        {
            foreach (var block in container)
            {
                switch (block)
                {
                    case ListBlock list:
                        var number = ++lists;
                        foreach (var entry in list.OfType<ListItemBlock>())
                        {
                            Add(entry, new WrittenBlock(list.IsOrdered ? WrittenKind.Numbered : WrittenKind.Bullet, depth, number, []), depth + 1);
                        }

                        break;
                    case ContainerBlock inner:
                        Add(inner, item, depth);
                        break;
                    case LeafBlock leaf when Runs(leaf) is { Count: > 0 } runs:
                        blocks.Add(leaf is Markdig.Syntax.HeadingBlock heading ? new WrittenBlock(WrittenKind.Heading, heading.Level, 0, runs) : (item ?? new WrittenBlock(WrittenKind.Paragraph, 0, 0, [])) with { Runs = runs });
                        break;
                }
            }
        }
    }

    private static List<WrittenRun> Runs(LeafBlock leaf)
    {
        var runs = new List<WrittenRun>();
        if (leaf.Inline is { } inline)
        {
            Add(inline, false, false);
        }
        else if (leaf.Lines.ToString() is { Length: > 0 } lines)
        {
            runs.Add(new WrittenRun(lines, false, false));
        }

        return runs;

        void Add(ContainerInline container, bool bold, bool italic)
        {
            foreach (var part in container)
            {
                switch (part)
                {
                    case EmphasisInline emphasis:
                        Add(emphasis, bold || emphasis.DelimiterCount > 1, italic || emphasis.DelimiterCount == 1);
                        break;
                    case ContainerInline inner:
                        Add(inner, bold, italic);
                        break;
                    case LiteralInline literal:
                        Say(literal.Content.ToString(), bold, italic);
                        break;
                    case CodeInline code:
                        Say(code.Content, bold, italic);
                        break;
                    case HtmlEntityInline entity:
                        Say(entity.Transcoded.ToString(), bold, italic);
                        break;
                    case AutolinkInline link:
                        Say(link.Url, bold, italic);
                        break;
                    case LineBreakInline:
                        Say(" ", bold, italic);
                        break;
                }
            }
        }

        void Say(string text, bool bold, bool italic)
        {
            if (runs is [.., var last] && last.IsBold == bold && last.IsItalic == italic)
            {
                runs[^1] = last with { Text = last.Text + text };
            }
            else
            {
                runs.Add(new WrittenRun(text, bold, italic));
            }
        }
    }
}
