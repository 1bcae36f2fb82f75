using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

public sealed class OverTimeTests
{
    [Test]
    public void AMinorVersionRunsOnInTheSameLine()
    {
        var lines = OverTime.Lines([Row("a@1.0/domain/home", null, "1.0", 2025, 60), Row("a@1.1/domain/home", "a@1.0/domain/home", "1.1", 2026, 70)]);
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.Multiple(() =>
        {
            Assert.That(lines[0].Moments.Select(m => m.Mean), Is.EqualTo((double?[])[60, 70]));
            Assert.That(lines[0].Breaks, Is.False);
            Assert.That(lines[0].Change, Is.EqualTo(Verdict.Clear));
        });
    }

    [Test]
    public void AMajorVersionBreaksTheLineVisibly()
    {
        var lines = OverTime.Lines([Row("a@1.0/domain/home", null, "1.0", 2025, 60), Row("a@2.0/domain/home", null, "2.0", 2026, 70)]);
        Assert.That(lines.Select(l => (l.Version, l.Breaks, Mean: l.Moments.Single().Mean, l.Change)), Is.EqualTo(((string, bool, double?, Verdict?)[])[("2.0", true, 70, null), ("1.0", false, 60, null)]));
    }

    [Test]
    public void InAPeriodWithTwoComparableVersionsTheLaterOneStandsForIt() => Assert.That(
        OverTime.Lines([Row("a@1.0/domain/home", null, "1.0", 2026, 60), Row("a@1.1/domain/home", "a@1.0/domain/home", "1.1", 2026, 70)]).Single().Moments.Single().Mean,
        Is.EqualTo(70), "two versions are never added up");

    [Test]
    public void WhatIsHiddenIsNoMomentToCompareWith() => Assert.That(
        OverTime.Lines([Row("a@1.0/domain/home", null, "1.0", 2024, 60), Row("a@1.0/domain/home", null, "1.0", 2025, null), Row("a@1.0/domain/home", null, "1.0", 2026, 90)]).Single().LastTwo!.Value.Earlier.Mean,
        Is.EqualTo(60));

    [Test]
    public void AMeasureThatContinuesItselfDoesNotGoRoundForEver() => Assert.That(
        OverTime.Lines([Row("a@1.0/domain/home", "a@1.0/domain/home", "1.0", 2026, 60)]), Has.Count.EqualTo(1));

    private static MomentRow Row(string measure, string? continues, string version, int year, double? mean) => new()
    {
        MeasureId = measure, ContinuesId = continues, TextNl = "Wonen", TextEn = "Home", Version = version, PeriodId = $"{year}", FromOn = new DateOnly(year, 1, 1),
        Respondents = mean is null ? null : 20, Mean = mean, StandardDeviation = mean is null ? null : 5, Suppressed = mean is null,
    };
}
