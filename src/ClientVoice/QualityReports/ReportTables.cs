using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>A report's figures as tables. Pure, and without arithmetic.</summary>
internal static class ReportTables
{
    private static readonly FigureColumn Period = Words("Periode", "Period");

    public static FigureTable Overview(QualityReport report) => new(
        ReportParts.Overview,
        Text($"Wie deden mee in {ReportTexts.Period(report.Periods[^1]).Nl}, en wat staat hoog en laag", $"Who took part in {ReportTexts.Period(report.Periods[^1]).En}, and what is high and low"),
        [Words("Cliëntgroep", "Client group"), Words("Wie vertelt", "Who tells"), Number("Gevraagd", "Asked"), Number("Deden mee", "Took part"), Number("Respons (%)", "Response (%)"), Words("Hoogste", "Highest"), Words("Laagste", "Lowest")],
        [
            .. from g in report.Groups
               from a in g.Asked
               let took = a.TookPart.LastOrDefault(t => t.Period == report.Periods[^1])
               select new FigureRow(
                   [g.Name, ReportTexts.Perspective(a.Perspective), took?.Invited, took?.Held, took?.ResponsePercent, a.Highest?.Text, a.Lowest?.Text],
                   took is null ? Text("niet gevraagd in deze periode", "not asked in this period") : took.IsHidden || g.IsHidden ? Text("verborgen: te weinig mensen", "hidden: too few people") : null),
        ]);

    public static FigureTable Participation(QualityReport report, GroupPart group, AskedPart asked)
    {
        // A report from before it was published has no such column; in one report all tables of a part have the same.
        var tellsAnonymous = report.Groups.SelectMany(g => g.Asked).SelectMany(a => a.TookPart).Any(t => t.Anonymous is not null || t.HidesAnonymous);
        return new FigureTable(
            ReportParts.Participation, Text("Wie deden mee", "Who took part"),
            [
                Period, Number("Gevraagd", "Asked"), Number("Deden mee", "Took part"), .. tellsAnonymous ? [Number("Waarvan zonder naam", "Of which without a name")] : Array.Empty<FigureColumn>(),
                Number("Wilden niet", "Refused"), Number("Stopten", "Stopped"), Number("Niet bereikt", "Not reached"), Number("Respons (%)", "Response (%)"),
            ],
            [.. asked.TookPart.Select(t => new FigureRow(
                [ReportTexts.Period(t.Period), t.Invited, t.Held, .. tellsAnonymous ? [t.Anonymous] : Array.Empty<FigureCell>(), t.Refused, t.Stopped, t.NotReached, t.ResponsePercent],
                t.IsHidden ? Text("verborgen: te weinig mensen", "hidden: too few people")
                    : t.HidesAnonymous ? Text("zonder naam verborgen: te weinig mensen met of zonder naam", "without a name hidden: too few people with or without one") : null))],
            group.Name, ReportTexts.With(asked));
    }

    public static FigureTable Areas(QualityReport report, GroupPart group, AskedPart asked)
    {
        // Of one period the caption says which; of two it stands in the rows.
        var hasPeriods = report.Periods.Count > 1;
        var period = ReportTexts.PeriodOf(report);
        return new FigureTable(
            ReportParts.Areas, Text($"Hoe het gaat, per levensgebied, {period.Nl}", $"How it is, per area of life, {period.En}"),
            [Words("Levensgebied", "Area of life"), .. hasPeriods ? [Period] : Array.Empty<FigureColumn>(), Number("Gemiddelde (0-100)", "Mean (0-100)"), Number("Van", "From"), Number("Tot", "To"), Number("Mensen", "People")],
            [
                .. from area in asked.Areas.Select(a => a.Area).Distinct()
                   from a in asked.Areas
                   where a.Area == area
                   select new FigureRow([a.Text, .. hasPeriods ? [ReportTexts.Period(a.Period)] : Array.Empty<FigureCell>(), a.Mean, a.Low, a.High, a.People], Hidden(a.HiddenBecause)),
            ],
            group.Name, ReportTexts.With(asked));
    }

    public static FigureTable Changes(GroupPart group, AskedPart asked) => new(
        ReportParts.Changes, Text("Wat er veranderde", "What changed"),
        [Words("Levensgebied", "Area of life"), Words("Van", "From"), Number("Was", "Was"), Words("Naar", "To"), Number("Is", "Is"), Words("Wat is erover te zeggen", "What can be said of it")],
        // What can be said comes first.
        [.. asked.Changes.OrderBy(c => c.Verdict).Select(c => new FigureRow([c.Text, ReportTexts.Period(c.Earlier), c.Was, ReportTexts.Period(c.Later), c.Is, ReportTexts.Change(c.Verdict, c.IsHigher)]))],
        group.Name, ReportTexts.With(asked));

    public static FigureTable Wishes(GroupPart group, AskedPart asked) => new(
        ReportParts.Wishes, Text("Wat mensen het vaakst anders willen", "What people most often want to change"),
        [Words("Vraag", "Question"), Number("Mensen", "People"), Number("Ontevreden", "Unhappy"), Number("Wil het anders", "Wants change"), Number("Allebei", "Both")],
        [.. asked.Wishes.Select(w => new FigureRow([w.Question, w.People, w.NotGood, w.WantChange, w.NotGoodWantChange]))],
        group.Name, ReportTexts.With(asked));

    public static FigureTable Agreed(GroupPart group, AskedPart asked) => new(
        ReportParts.Agreed, Text("Wat er van afspraken kwam", "What became of agreements"),
        [Period, Number("Mensen", "People"), Number("Gemaakt", "Made"), Number("Gedaan", "Done"), Number("Niet gedaan", "Not done"), Number("Nog open", "Still open"), Number("Terugverteld", "Told back")],
        [.. asked.Agreed!.Select(a => new FigureRow(
            [ReportTexts.Period(a.Period), a.People, a.Made, a.Done, a.NotDone, a.StillOpen, a.ToldBack],
            a.IsHidden ? Text("verborgen: te weinig mensen", "hidden: too few people") : null))],
        group.Name, ReportTexts.With(asked));

    public static FigureTable Views(GroupPart of) => new(
        ReportParts.Views, Text("Perspectieven naast elkaar", "Perspectives side by side"),
        [Words("Levensgebied", "Area of life"), Words("Wie vertelt", "Who tells"), Words("Gevraagd met", "Asked with"), Number("Gemiddelde (0-100)", "Mean (0-100)"), Number("Van", "From"), Number("Tot", "To"), Number("Mensen", "People")],
        [
            .. from code in of.Views.Select(v => v.Code).Distinct()
               from v in of.Views
               where v.Code == code
               select new FigureRow([v.Text, ReportTexts.Perspective(v.Perspective), v.Instrument, v.Mean, v.Low, v.High, v.People], Hidden(v.HiddenBecause)),
        ],
        of.Name);

    public static FigureTable Promised(QualityReport report) => new(
        ReportParts.Promised, Text("Beloofd en nagekomen", "Promised and kept"),
        [Words("Wat we wilden", "What we wanted"), Words("Uitkomst", "Outcome"), Number("Was", "Was"), Number("Wens", "Wanted"), Number("Is", "Is"), Words("Gelukt?", "Reached?"), Words("Wat we deden, en waarom het zo ging", "What we did, and why it went so"), Words("Hoe verder", "What next")],
        [.. report.Promised.Select(p => new FigureRow([p.Goal, p.From, p.Was, p.Wanted, p.Is, ReportTexts.Reached(p), ReportTexts.WhatCame(p), ReportTexts.Next(p)]))]);

    public static FigureTable Planned(QualityReport report) => new(
        ReportParts.Planned, Text("Verbeterpunten", "Points to improve"),
        [Words("Wat we willen", "What we want"), Words("Uit welke uitkomst", "From which outcome"), Number("Is", "Is"), Number("Wens", "Wanted"), Words("Wat we doen", "What we do"), Words("Wie", "Who"), Words("Klaar op", "Ready on")],
        [.. report.Planned.Select(p => new FigureRow([p.Goal, p.From, p.Was, p.Wanted, p.Steps, p.Owner, ReportTexts.Day(p.DueOn)]))]);

    private static LocalText? Hidden(string? reason) => reason is null ? null : new LocalText(OutcomeTexts.Hidden(reason, Language.InDutch), OutcomeTexts.Hidden(reason, Language.InEnglish));

    private static FigureColumn Words(string nl, string en) => new(new LocalText(nl, en), false);

    private static FigureColumn Number(string nl, string en) => new(new LocalText(nl, en), true);

    private static LocalText Text(string nl, string en) => new(nl, en);
}
