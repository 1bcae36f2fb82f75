using ClientVoice.Outcomes;
using ClientVoice.QualityReports;
using ClientVoice.Shell;

namespace ClientVoice.Tests.QualityReports;

/// <summary>A report with something in every part: two groups, one of them hidden, two perspectives, points of both kinds.</summary>
internal static class Reports
{
    public static QualityReport Full() => new()
    {
        Id = new Guid("01900000-0000-7000-8000-00000000aaaa"), Title = "Kwaliteitsbeeld <2026> & meer", Place = "De \"Proef\"", PlaceKind = "organisation", Kind = ReportKinds.TwoYears,
        Periods = ["2025", "2026"], Source = new ReportSource(7, new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.Zero), new string('a', 64), true),
        Introduction = "# Kort\n\nWij willen **eerlijk** en *kort* zijn.\n\n1. een\n2. twee\n   - onder twee\n\n<b>geen</b> [html](javascript:alert(1))",
        Ahead = "1. opnieuw bij een", Council = "De raad is *blij*.", NotAsked = [], Groups = [Shown(), Hidden()],
        Promised = [Point("Meer keuze", "partly", 48, 55, Verdict.CannotTell, true), Point("=SUM(A1:A9)", "no", null, null, null, false)],
        Planned = [Point("Vaste gezichten", null, 51, null, null, false) with { Was = 51, Wanted = 60 }],
    };

    private static GroupPart Shown()
    {
        var home = new AreaFigure("2026", "home", new("Wonen", "Home"), 82, 78, 86, 40, null);
        var free = new AreaFigure("2026", "free-time", new("Vrije tijd", "Free time"), 51, 44, 58, 40, null);
        return new GroupPart
        {
            Id = new Guid("01900000-0000-7000-8000-00000000bbbb"), Name = new("Lichte beperking", "Mild disability"), Law = "wlz",
            Asked =
            [
                new AskedPart
                {
                    Instrument = "mijn-verhaal@1.0", Title = new("Mijn verhaal", "My story"), Perspective = "client",
                    TookPart = [new("2025", 43, 24, 1, 0, 18, 56, false) { HidesAnonymous = true }, new("2026", 1043, 940, 50, 3, 50, 90, false) { Anonymous = 61 }],
                    Areas = [home with { Period = "2025", Mean = 79 }, home, free with { Period = "2025", Mean = null, Low = null, High = null, People = null, HiddenBecause = HiddenBecause.FewPeople }, free],
                    Highest = home, Lowest = free,
                    Changes = [new(new("Wonen", "Home"), "2025", "2026", 79, 82, 24, 40, Verdict.Clear, true)],
                    Agreed = [new("2025", null, null, null, null, null, null, true), new("2026", 30, 41, 27, 4, 10, 19, false)],
                    Wishes = [new(new("Wat vindt u van uw vrije tijd?", "How is your free time?"), 40, 12, 15, 9)],
                },
            ],
            Views = [new("inclusion", new("erbij horen", "inclusion"), new("Mijn verhaal", "My story"), "client", 60, 52, 68, 40, null), new("inclusion", new("erbij horen", "inclusion"), new("Mijn verhaal", "My story"), "relative", null, null, null, null, HiddenBecause.FewPeople)],
            Text = "Wonen gaat goed.", Quotes = Quotes(),
        };
    }

    private static IReadOnlyList<QuotePart> Quotes() =>
    [
        new(0, new("Wat vindt u van uw vrije tijd?", "How is your free time?")) { From = new(new Guid("01900000-0000-7000-8000-00000000dddd"), "free-time", default), Text = "Ik wil <meer> naar buiten, met [naam]" },
        new(1, new("Hoe woont u?", "How do you live?")),
    ];

    /// <summary>A report as it is read back, with the words that still stand looked up again.</summary>
    public static QualityReport ReadBack(QualityReport frozen) => ReportJson.Read(ReportJson.Write(frozen)) is var read
        ? read with { Groups = [.. read.Groups.Select((g, i) => g with { Quotes = [.. g.Quotes.Select((q, j) => q with { Text = frozen.Groups[i].Quotes[j].Text })] })] }
        : throw new InvalidOperationException();

    /// <summary>The easy voice as a file, with a picture for everything.</summary>
    public static EasyFile Easy { get; } = new(new AnyPicture(), "// reads aloud\n");

    private sealed class AnyPicture : IReportPictures
    {
        public string Find(string id) => $"data:image/svg+xml;base64,{id}";
    }

    private static GroupPart Hidden() => new()
    {
        Id = new Guid("01900000-0000-7000-8000-00000000cccc"), Name = new("EMB", "PIMD"), Law = "wlz", Views = [], Heard = "Twee mensen keken samen.",
        Asked =
        [
            new AskedPart
            {
                Instrument = "laccs@1.0", Title = new("Kijken", "Looking"), Perspective = "observer", TookPart = [new("2026", null, null, null, null, null, null, true)],
                Areas = [new("2026", "body", new("Lichaam", "Body"), null, null, null, null, HiddenBecause.FewPeople)], Changes = [], Wishes = [],
            },
        ],
    };

    private static PointPart Point(string goal, string? reached, int? was, int? now, Verdict? verdict, bool on) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), Goal = goal, Owner = "Team Noord", Steps = "Een plan per week", Done = "Acht teams deden het", Why = "Twee teams hadden geen tijd.",
        DueOn = new DateOnly(2027, 6, 30), From = was is null ? null : new("Vrije tijd (cliënt), Lichte beperking", "Free time (client), Mild disability"), Was = was, WasIn = was is null ? null : "2025", Is = now,
        Verdict = verdict, Reached = reached, IsCarriedOn = on, PromisedIn = "Kwaliteitsbeeld 2025",
    };
}
