using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

public sealed class PeriodTests
{
    [Test]
    public void HalfAYearHasItsMonthsQuartersYearsAndTheThreeYearsThatEndWithThem() => Assert.That(
        Period.Between(new DateOnly(2025, 11, 20), new DateOnly(2026, 5, 22)).Select(p => p.Id),
        Is.EqualTo((string[])
        [
            "2025-11", "2025-12", "2025-Q4", "2025", "2023-2025", "2026-01", "2026-02", "2026-03", "2026-Q1", "2026-04", "2026-05", "2026-Q2", "2026", "2024-2026",
        ]));

    [Test]
    public void APeriodIsMadeUpOfTheOnesBelowIt() => Assert.Multiple(() =>
    {
        Assert.That(Period.Quarter(Day("2026-11-26")).Parts(), Is.EqualTo((string[])["2026-10", "2026-11", "2026-12"]));
        Assert.That(Period.Year(Day("2026-11-26")).Parts(), Is.EqualTo((string[])["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]));
        Assert.That(Period.ThreeYears(2026).Parts(), Is.EqualTo((string[])["2024", "2025", "2026"]));
        Assert.That(Period.Month(Day("2026-11-26")).Parts(), Is.Empty);
    });

    [TestCase("2026-01-01", "2026-Q1", "2026-01-01", "2026-03-31")]
    [TestCase("2026-03-31", "2026-Q1", "2026-01-01", "2026-03-31")]
    [TestCase("2024-02-29", "2024-Q1", "2024-01-01", "2024-03-31")]
    [TestCase("2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31")]
    public void ADayLiesInItsQuarter(string day, string id, string from, string until) => Assert.That(
        Period.Quarter(Day(day)), Is.EqualTo(new Period(id, "quarter", Day(from), Day(until))));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
