// The report for clients: one idea in a line, a picture beside it, nothing that needs explaining. Its figures are those of the report.
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>One line of the easy report.</summary>
/// <param name="Picture">Of the symbols that ship with the instruments; null for none.</param>
internal sealed record EasyLine(LocalText Text, string? Picture);

/// <summary>Lines about one thing.</summary>
internal sealed record EasyPart(LocalText Title, IReadOnlyList<EasyLine> Lines);

/// <summary>Says a report in easy language. Pure.</summary>
internal static class EasyVoice
{
    public static IReadOnlyList<EasyPart> Of(QualityReport report) =>
    [
        new(T("Waar gaat dit over?", "What is this about?"),
        [
            Line("Wij vragen cliënten hoe het gaat.", "We ask clients how things are.", "tell"),
            Line($"Dit gaat over {report.Place}.", $"This is about {report.Place}.", "home"),
            new(new LocalText($"Dit gaat over de tijd: {ReportTexts.PeriodOf(report).Nl}.", $"This is about the time: {ReportTexts.PeriodOf(report).En}."), "moment"),
        ]),
        .. Promised(report),
        .. report.Groups.Select(g => new EasyPart(g.Name, [.. Group(report, g)])),
        .. Planned(report),
        new(T("Wilt u meer weten?", "Do you want to know more?"),
        [
            Line("Vraag het aan uw begeleider.", "Ask your support worker.", "support"),
            Line("Of vraag het aan de cliëntenraad.", "Or ask the client council.", "people"),
        ]),
    ];

    private static IEnumerable<EasyLine> Group(QualityReport report, GroupPart group)
    {
        if (group.Asked.Count == 0)
        {
            yield return Line("Wij hebben deze mensen nu niet gevraagd.", "We did not ask these people this time.", "quiet");
        }

        foreach (var asked in group.Asked)
        {
            foreach (var line in Asked(report, group, asked))
            {
                yield return line;
            }
        }

        foreach (var quote in group.Quotes.Where(q => q.Text is not null).Take(2))
        {
            yield return Line($"Iemand zei: “{quote.Text}”", $"Somebody said: “{quote.Text}”", "tell");
        }
    }

    private static IEnumerable<EasyLine> Asked(QualityReport report, GroupPart group, AskedPart asked)
    {
        if (asked.Perspective != "client")
        {
            yield return asked.Perspective == "observer"
                ? Line("Deze mensen kunnen het niet zelf zeggen. Iemand heeft goed naar hen gekeken.", "These people cannot tell it themselves. Somebody looked at them carefully.", "look")
                : new(new LocalText($"Wie vertelt: {ReportTexts.Perspective(asked.Perspective).Nl}.", $"Who tells: {ReportTexts.Perspective(asked.Perspective).En}."), "people");
        }

        if (asked.TookPart.LastOrDefault(t => t.Period == report.Periods[^1]) is { IsHidden: false, Invited: { } invited, Held: { } held } took)
        {
            yield return Line($"Wij vroegen {invited} {(invited == 1 ? "mens" : "mensen")}.", $"We asked {invited} {(invited == 1 ? "person" : "people")}.", "people");
            yield return Line(held == 1 ? "1 mens deed mee." : $"{held} mensen deden mee.", held == 1 ? "1 person took part." : $"{held} people took part.", "yes");
            if (took.Anonymous > 0)
            {
                yield return Line($"{took.Anonymous} van hen {(took.Anonymous == 1 ? "deed" : "deden")} mee zonder naam.", $"{took.Anonymous} of them took part without a name.", "people");
            }

            if (took.Refused > 0)
            {
                yield return Line(took.Refused == 1 ? "1 mens wilde niet. Dat mag." : $"{took.Refused} mensen wilden niet. Dat mag.", took.Refused == 1 ? "1 person did not want to. That is all right." : $"{took.Refused} people did not want to. That is all right.", "no");
            }
        }

        if (group.IsHidden)
        {
            yield return Line("Het zijn weinig mensen.", "They are few people.", "people");
            yield return Line("Daarom staat hier niet wat zij zeiden.", "So it does not say here what they said.", "quiet");
            yield return Line("Zo weet niemand wie wat zei.", "So nobody knows who said what.", "safety");
        }

        if (asked is { Highest: { } highest, Lowest: { } lowest })
        {
            yield return Area("Dit gaat het best:", "This goes best:", highest);
            yield return Area("Dit gaat het minst goed:", "This goes least well:", lowest);
        }

        foreach (var change in asked.Changes.Where(c => c.Verdict == Outcomes.Verdict.Clear))
        {
            yield return change.IsHigher
                ? Line($"Beter dan eerst: {change.Text.Nl}.", $"Better than before: {change.Text.In("en")}.", "growth")
                : Line($"Minder goed dan eerst: {change.Text.Nl}.", $"Less good than before: {change.Text.In("en")}.", "change");
        }

        if (asked.Wishes is [var wish, ..])
        {
            yield return Line("Deze vraag willen de meeste mensen anders:", "Most people want this to change:", "change");
            yield return new(wish.Question, "tell");
        }

        if (asked.Agreed?.LastOrDefault(a => a.Period == report.Periods[^1]) is { IsHidden: false, Made: { } made, Done: { } done, ToldBack: { } told })
        {
            yield return Line(made == 1 ? "Wij maakten 1 afspraak." : $"Wij maakten {made} afspraken.", made == 1 ? "We made 1 agreement." : $"We made {made} agreements.", "plan");
            yield return Line(done == 1 ? "1 afspraak is gedaan." : $"{done} afspraken zijn gedaan.", done == 1 ? "1 agreement was done." : $"{done} agreements were done.", "yes");
            yield return Line(told == 1 ? "Over 1 afspraak vertelden wij wat ermee is gedaan." : $"Over {told} afspraken vertelden wij wat ermee is gedaan.", told == 1 ? "Of 1 agreement we told what was done." : $"Of {told} agreements we told what was done.", "tell");
        }
    }

    private static IEnumerable<EasyPart> Promised(QualityReport report)
    {
        if (report.Promised.Count > 0)
        {
            yield return new EasyPart(T("Wat wij eerder beloofden", "What we promised before"), [.. report.Promised.SelectMany(Promise)]);
        }
    }

    private static IEnumerable<EasyLine> Promise(PointPart point)
    {
        yield return Line($"Wij beloofden: {point.Goal}", $"We promised: {point.Goal}", "together");
        yield return point.Reached switch
        {
            "yes" => Line("Dat is gelukt.", "That worked.", "yes"),
            "partly" => Line("Dat is voor een deel gelukt.", "That worked in part.", "bit"),
            "no" => Line("Dat is niet gelukt.", "That did not work.", "no"),
            _ => Line("Wij weten nog niet of het is gelukt.", "We do not know yet whether it worked.", "dont-know"),
        };
        if (point.Why is { } why)
        {
            yield return Line(why, why, "tell");
        }

        if (point.IsCarriedOn)
        {
            yield return Line("Wij gaan ermee door.", "We go on with it.", "again");
        }
    }

    private static IEnumerable<EasyPart> Planned(QualityReport report)
    {
        if (report.Planned.Count > 0)
        {
            yield return new EasyPart(T("Wat wij gaan doen", "What we are going to do"), [.. report.Planned.SelectMany(p => (EasyLine[])
            [
                Line(p.Goal, p.Goal, "plan"),
                Line($"Wie dit doet: {p.Owner}.", $"Who does this: {p.Owner}.", "people"),
                new(new LocalText($"Klaar op {ReportTexts.Day(p.DueOn).Nl}.", $"Ready on {ReportTexts.Day(p.DueOn).En}."), "moment"),
            ])]);
        }
    }

    private static EasyLine Area(string nl, string en, AreaFigure area) => Line($"{nl} {area.Text.Nl}.", $"{en} {area.Text.In("en")}.", Picture(area.Area));

    // Areas of the instruments that ship have a picture of their own; any other has a hand that points.
    private static string Picture(string area) => Known.Contains(area) ? area : "point";

    private static readonly HashSet<string> Known =
        ["activities", "alertness", "body", "choices", "communication", "contact", "family", "feelings", "free-time", "friends", "future", "growth", "home", "learning", "money", "participation", "physical-wellbeing", "rights", "safety", "stimulating-activity", "support"];

    private static EasyLine Line(string nl, string en, string picture) => new(new LocalText(nl, en), picture);

    private static LocalText T(string nl, string en) => new(nl, en);
}
