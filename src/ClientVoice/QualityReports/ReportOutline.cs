// The order in which a report is read, the same on the web, on paper and in Word. A voice draws the blocks one after the other.
using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>A piece of a report.</summary>
internal abstract record Block;

/// <param name="Level">1 is below the title.</param>
internal sealed record HeadingBlock(int Level, LocalText Text, string Anchor) : Block;

internal sealed record SentenceBlock(LocalText Text) : Block;

/// <summary>Words of a client, and at which question they were said.</summary>
internal sealed record QuoteBlock(LocalText About, string Text) : Block;

/// <summary>Somebody's own text, as Markdown.</summary>
internal sealed record WordsBlock(string Markdown) : Block;

internal sealed record TableBlock(FigureTable Table) : Block;

/// <summary>The means of a table of areas as bars; its table always follows.</summary>
internal sealed record ChartBlock(LocalText Title, FigureTable Table) : Block;

/// <summary>Lays a report out. Pure.</summary>
internal static class ReportOutline
{
    public static IReadOnlyList<Block> Of(QualityReport report) =>
    [
        .. Opening(report),
        .. Promised(report),
        Heading(1, "Per cliëntgroep", "Per client group", "groups"),
        .. report.Groups.SelectMany((g, i) => Group(report, g, i + 1)),
        .. NotAsked(report),
        .. Planned(report),
        .. Council(report),
        .. About(report),
    ];

    /// <summary>Every table, in the order of the report.</summary>
    public static IReadOnlyList<FigureTable> Tables(QualityReport report) => [.. Of(report).OfType<TableBlock>().Select(b => b.Table)];

    private static IEnumerable<Block> Opening(QualityReport report)
    {
        if (report.Introduction is { } words)
        {
            yield return Heading(1, "Inleiding", "Introduction", "introduction");
            yield return new WordsBlock(words);
        }

        yield return Heading(1, "In één oogopslag", "At a glance", "glance");
        if (report.Groups.Any(g => g.Asked.Count > 0))
        {
            yield return new TableBlock(ReportTables.Overview(report));
            yield return Sentence(
                "Hoog en laag zeggen allebei iets: vraag door naar wat er goed gaat, en naar wat anders kan. Er is geen cijfer voor alles samen.",
                "High and low both say something: ask what goes well, and what could be different. There is no one figure for everything.");
        }
        else
        {
            yield return Sentence("In deze periode is hier niemand gevraagd.", "Nobody was asked here in this period.");
        }
    }

    private static IEnumerable<Block> Promised(QualityReport report)
    {
        yield return Heading(1, "Wat we beloofden, en wat ervan kwam", "What we promised, and what came of it", "promised");
        if (report.Promised.Count == 0)
        {
            yield return Sentence("Er was geen eerder rapport met verbeterpunten die nog liepen.", "There was no earlier report with points that were still running.");
            yield break;
        }

        yield return new SentenceBlock(ReportTexts.PromisedInShort(report.Promised));
        yield return new TableBlock(ReportTables.Promised(report));
    }

    private static IEnumerable<Block> Group(QualityReport report, GroupPart group, int number)
    {
        yield return new HeadingBlock(2, group.Name, $"group-{number}");
        if (group.Asked.Count == 0)
        {
            yield return Sentence("In deze periode is van deze groep niemand gevraagd.", "Nobody of this group was asked in this period.");
        }

        foreach (var asked in group.Asked)
        {
            yield return new SentenceBlock(ReportTexts.AskedWith(asked, group));
            yield return new TableBlock(ReportTables.Participation(report, group, asked));
            foreach (var block in group.IsHidden ? [] : Asked(report, group, asked))
            {
                yield return block;
            }

            foreach (var block in Agreed(group, asked))
            {
                yield return block;
            }
        }

        foreach (var block in Told(group))
        {
            yield return block;
        }
    }

    private static IEnumerable<Block> Asked(QualityReport report, GroupPart group, AskedPart asked)
    {
        if (asked is { Highest: { } highest, Lowest: { } lowest })
        {
            yield return new SentenceBlock(ReportTexts.HighestAndLowest(highest, lowest));
        }

        if (asked.Areas.Count > 0)
        {
            var areas = ReportTables.Areas(report, group, asked);
            yield return new ChartBlock(areas.Caption, areas);
            yield return new TableBlock(areas);
        }

        if (asked.Changes.Count > 0)
        {
            yield return new TableBlock(ReportTables.Changes(group, asked));
        }
        else if (asked.Areas.Count > 0)
        {
            yield return Sentence("Wat er veranderde is nog niet te zeggen: er zijn geen twee perioden die met elkaar te vergelijken zijn.", "What changed cannot be said yet: there are no two periods that can be compared.");
        }

        if (asked.Wishes.Count > 0)
        {
            yield return new TableBlock(ReportTables.Wishes(group, asked));
        }
    }

    private static IEnumerable<Block> Agreed(GroupPart group, AskedPart asked)
    {
        if (asked.Agreed is { Count: > 0 })
        {
            yield return new TableBlock(ReportTables.Agreed(group, asked));
        }
        else if (asked.Agreed is not null && asked.TookPart.Any(t => t.Held > 0))
        {
            yield return Sentence("In deze gesprekken zijn geen afspraken gemaakt.", "No agreements were made in these conversations.");
        }
    }

    private static IEnumerable<Block> Told(GroupPart group)
    {
        if (group.Views.Count > 0)
        {
            yield return new TableBlock(ReportTables.Views(group));
        }

        if (group.IsHidden && group.Asked.Count > 0)
        {
            yield return Sentence(
                "De cijfers van deze groep zijn verborgen: er zijn te weinig mensen om herkenning te voorkomen. Dat zij niet in cijfers staan, betekent niet dat zij niet gehoord zijn.",
                "The figures of this group are hidden: there are too few people to prevent recognition. That they are not in figures does not mean that they were not heard.");
        }

        if (group.Heard is { } heard)
        {
            yield return Heading(3, "Wat we deden om deze mensen te horen", "What we did to hear these people", "");
            yield return new WordsBlock(heard);
        }
        else if (group.IsHidden)
        {
            yield return Sentence("Wat er is gedaan om deze mensen te horen, is niet opgeschreven.", "What was done to hear these people was not written down.");
        }

        if (group.Text is { } text)
        {
            yield return Heading(3, "Wat wij hierin zien", "What we see in this", "");
            yield return new WordsBlock(text);
        }

        if (group.Quotes.Count > 0)
        {
            yield return Heading(3, "In hun eigen woorden", "In their own words", "");
        }

        foreach (var quote in group.Quotes.Where(q => q.Text is not null))
        {
            yield return new QuoteBlock(quote.About, quote.Text!);
        }

        if (group.Quotes.Count(q => q.Text is null) is > 0 and var gone)
        {
            yield return gone == 1
                ? Sentence("Eén citaat is na het vaststellen teruggenomen.", "One quote was taken back after the report was frozen.")
                : Sentence($"{gone} citaten zijn na het vaststellen teruggenomen.", $"{gone} quotes were taken back after the report was frozen.");
        }
    }

    private static IEnumerable<Block> NotAsked(QualityReport report)
    {
        if (report.NotAsked.Count > 0 && report.PlaceKind != "organisation")
        {
            yield return new SentenceBlock(ReportTexts.NotAskedHere(report.NotAsked));
        }
    }

    private static IEnumerable<Block> Planned(QualityReport report)
    {
        yield return Heading(1, "Wat we nu gaan doen", "What we are going to do now", "planned");
        if (report.Ahead is { } words)
        {
            yield return new WordsBlock(words);
        }

        if (report.Planned.Count > 0)
        {
            yield return new TableBlock(ReportTables.Planned(report));
        }
        else
        {
            yield return Sentence("Er zijn geen nieuwe verbeterpunten.", "There are no new points to improve.");
        }
    }

    private static IEnumerable<Block> Council(QualityReport report)
    {
        yield return Heading(1, "Wat de cliëntenraad vindt", "What the client council says", "council");
        yield return report.Council is { } words
            ? new WordsBlock(words)
            : Sentence("De cliëntenraad heeft nog niet op dit rapport gereageerd.", "The client council has not responded to this report yet.");
    }

    private static IEnumerable<Block> About(QualityReport report)
    {
        yield return Heading(1, "Over deze cijfers", "About these figures", "about");
        foreach (var sentence in ReportTexts.About(report))
        {
            yield return new SentenceBlock(sentence);
        }
    }

    private static HeadingBlock Heading(int level, string nl, string en, string anchor) => new(level, new LocalText(nl, en), anchor);

    private static SentenceBlock Sentence(string nl, string en) => new(new LocalText(nl, en));
}
