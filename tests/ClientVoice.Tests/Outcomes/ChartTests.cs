using System.Text.Json;
using ClientVoice.Outcomes;
using ClientVoice.Outcomes.Charts;
using ClientVoice.Shell;

namespace ClientVoice.Tests.Outcomes;

public sealed class ChartTests
{
    private static readonly ChartMaker Dutch = new(Language.InDutch, "Licht · Noord · 2026", "2026");
    private static readonly ChartMaker English = new(Language.InEnglish, "Mild · North · 2026", "2026");

    [Test]
    public void ALineOverTimeIsItsPiecesWithWhatIsHiddenAndWhy()
    {
        var chart = Dutch.Trend(OverTime.Lines(
        [
            Moment("a@1.0", 2023, 60), Moment("a@1.0", 2024, null), Moment("a@2.0", 2025, 70.25), Moment("a@2.0", 2026, 72),
        ]));
        Assert.That(chart.ToJson(), Is.EqualTo(
            """
            {"periods":[{"name":"2023","short":"2023"},{"name":"2024","short":"2024"},{"name":"2025","short":"2025"},{"name":"2026","short":"2026"}],
            "areas":[{"name":"Wonen","pieces":[
            {"version":"1.0","moments":[{"at":0,"mean":60,"low":55,"high":65,"people":20},{"at":1,"hidden":"te weinig mensen"}]},
            {"version":"2.0","moments":[{"at":2,"mean":70.25,"low":65.25,"high":75.25,"people":20},{"at":3,"mean":72,"low":67,"high":77,"people":20}]}]}],
            "kind":"trend","title":"Levensgebieden door de tijd (0-100)","about":"Licht \u00B7 Noord \u00B7 2026","file":"door-de-tijd-2026"}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void WhatIsSaidOfALineTellsOfTheBreakAndOfWhatIsHidden()
    {
        var lines = OverTime.Lines([Moment("a@1.0", 2024, 60), Moment("a@1.0", 2025, null), Moment("a@2.0", 2026, 72)]);
        Assert.Multiple(() =>
        {
            Assert.That(ChartTexts.Of(Dutch.Trend(lines), Language.InDutch), Is.EqualTo(
                "Lijnen van 1 levensgebied van 2024 tot en met 2026, tussen 60 en 72. Door een nieuwe versie van het instrument (2.0) breekt de lijn van Wonen: ervoor en erna zijn niet te vergelijken; één cijfer is verborgen."));
            Assert.That(ChartTexts.Of(English.Trend(lines), Language.InEnglish), Is.EqualTo(
                "Lines of 1 area of life from 2024 up to and including 2026, between 60 and 72. A new version of the instrument (2.0) breaks the line of Home: before and after cannot be compared; one figure is hidden."));
        });
    }

    [Test]
    public void AMinorVersionIsTheSamePiece() => Assert.That(
        Dutch.Trend(OverTime.Lines([Moment("a@1.0", 2025, 60), Moment("a@1.1", 2026, 70) with { ContinuesId = "a@1.0/domain/home" }])).Areas.Single().Pieces.Single().Moments.Select(m => m.At),
        Is.EqualTo((int[])[0, 1]));

    [Test]
    public void OfALongTimeTheLastTwelvePeriodsAreShownInTheChartAsInTheTable()
    {
        var rows = Enumerable.Range(0, 15).Select(i => new DateOnly(2025, 10, 1).AddMonths(i))
            .Select(day => Moment("a@1.0", day.Year, 60) with { PeriodId = $"{day:yyyy-MM}", FromOn = day }).ToList();
        var chart = Dutch.Trend(OverTime.Lines(rows));
        Assert.That(chart.Periods.Select(p => p.Short), Is.EqualTo((string[])["jan\n2026", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]));
        Assert.That(chart.Areas.Single().Pieces.Single().Moments.Select(m => m.At), Is.EqualTo(Enumerable.Range(0, 12)));
    }

    [Test]
    public void QuartersSayTheirYearWhereItBegins() => Assert.That(
        ((string[])["2025-Q3", "2025-Q4", "2026-Q1"]).Select((id, i) => OutcomeTexts.ShortPeriod(id, i == 0 ? null : ((string[])["2025-Q3", "2025-Q4"])[i - 1], Language.InEnglish)),
        Is.EqualTo((string[])["Q3\n2025", "Q4", "Q1\n2026"]));

    [Test]
    public void AHiddenRowGivesItsReasonAndNoFigureWhateverStandsInIt()
    {
        var row = new OutcomeRow { TextNl = "Wonen", TextEn = "Home", Respondents = 3, Mean = 61, IntervalLow = 40, IntervalHigh = 80, Suppressed = true, SuppressionReason = HiddenBecause.TellsNeighbour };
        Assert.That(English.Areas([row]).Rows.Single().Cells.Single(), Is.EqualTo(new ChartCell { Hidden = "otherwise a small group beside it could be worked out" }));
    }

    [Test]
    public void MeansSayHowManyAreasThereAreAndHowManyAreHidden()
    {
        OutcomeRow[] rows = [Mean("Wonen", "Home", 61), Mean("Werk", "Work", 80), Mean("Familie", "Family", null)];
        Assert.Multiple(() =>
        {
            Assert.That(ChartTexts.Of(Dutch.Areas(rows), Language.InDutch), Is.EqualTo(
                "Stippen op een schaal van 0 tot 100: de gemiddelden van 3 levensgebieden met hun 95%-interval, tussen 61 en 80. Één cijfer is verborgen."));
            Assert.That(Dutch.Areas(rows).Rows.Select(r => (r.Name, r.Cells.Single()!.Mean)), Is.EqualTo(((string, double?)[])[("Wonen", 61), ("Werk", 80), ("Familie", null)]), "in the order of the instrument");
        });
    }

    [Test]
    public void PerspectivesStandBesideEachOtherAndWhatWasNotAskedIsEmpty()
    {
        var chart = Dutch.Views(
            [
                Mean("Wonen", "Home", 61) with { InstrumentId = "a@1.0", Perspective = "client", Code = "home" }, Mean("Werk", "Work", 70) with { InstrumentId = "a@1.0", Perspective = "client", Code = "work" },
                Mean("Wonen", "Home", 50) with { InstrumentId = "b@1.0", Perspective = "relative", Code = "home" },
            ],
            id => id[..1].ToUpperInvariant());
        Assert.That(chart.Views, Is.EqualTo((string[])["A · cliënt", "B · verwant"]));
        Assert.That(chart.Rows.Select(r => (r.Name, r.Cells[0]?.Mean, r.Cells[1]?.Mean)), Is.EqualTo(((string, double?, double?)[])[("Wonen", 61, 50), ("Werk", 70, null)]));
    }

    [Test]
    public void AnswersKeepTheOrderOfTheInstrument()
    {
        var chart = English.Answers([Option("Goed", "Good", 6, .6), Option("Slecht", "Bad", 4, .4)])!;
        Assert.That(chart.ToJson(), Is.EqualTo(
            """{"wish":false,"options":[{"name":"Good","people":6,"share":0.6},{"name":"Bad","people":4,"share":0.4}],"kind":"answers","title":"How?","about":"Mild \u00B7 North \u00B7 2026","file":"answers-q1-2026"}"""));
        Assert.That(ChartTexts.Of(chart, Language.InEnglish), Is.EqualTo("A bar with the answers to “How?”, from left to right: Good 60%, Bad 40%."));
    }

    [Test]
    public void HiddenAnswersHaveNoChart() => Assert.That(Dutch.Answers([Option("Goed", "Good", 1, .5) with { Suppressed = true }, Option("Slecht", "Bad", 1, .5)]), Is.Null);

    [Test]
    public void NoTextCanEndTheElementInWhichTheDataStand()
    {
        const string name = "</script><!-- <script>alert('\"&')";
        var json = new ChartMaker(Language.InDutch, name, "2026").Areas([Mean(name, name, 50)]).ToJson();
        Assert.That(json, Does.Not.Contain('<').And.Not.Contain('>').And.Not.Contain('&'));
        Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("rows")[0].GetProperty("name").GetString(), Is.EqualTo(name));
    }

    private static MomentRow Moment(string version, int year, double? mean) => new()
    {
        MeasureId = $"{version}/domain/home", TextNl = "Wonen", TextEn = "Home", Version = version[2..], PeriodId = $"{year}", FromOn = new DateOnly(year, 1, 1),
        Respondents = mean is null ? null : 20, Mean = mean, IntervalLow = mean - 5, IntervalHigh = mean + 5, Suppressed = mean is null, SuppressionReason = mean is null ? HiddenBecause.FewPeople : null,
    };

    private static OutcomeRow Mean(string nl, string en, double? mean) => new()
    {
        TextNl = nl, TextEn = en, Respondents = mean is null ? null : 20, Mean = mean, IntervalLow = mean - 5, IntervalHigh = mean + 5, Suppressed = mean is null, SuppressionReason = HiddenBecause.FewPeople,
    };

    private static DistributionRow Option(string nl, string en, int people, double share) => new()
    {
        MeasureId = "m", Code = "q1", TextNl = "Hoe?", TextEn = "How?", OptionTextNl = nl, OptionTextEn = en, People = people, Share = share,
    };
}
