// The arithmetic of the soak (tests/ClientVoice.Benchmarks, compiled in here): a benchmark that counts wrongly says that all is well.
using ClientVoice.Benchmarks.Soak;

namespace ClientVoice.Tests.Benchmarks;

public sealed class SoakFiguresTests
{
    private static readonly SoakState Still = new(100, 50, 20, 10, 1, 0, 0);

    [Test]
    public void APercentileIsAValueThatWasSeenAndNothingOfNothing() => Assert.Multiple(() =>
    {
        List<double> hundred = [.. Enumerable.Range(1, 100)];
        Assert.That(new[] { .5, .95, .99, 1 }.Select(share => SoakFigures.At(hundred, share)), Is.EqualTo(new[] { 50.0, 95, 99, 100 }));
        Assert.That(new[] { .5, .99 }.Select(share => SoakFigures.At([7], share)), Is.EqualTo(new[] { 7.0, 7 }));
        Assert.That(SoakFigures.At([], .5), Is.Zero);
    });

    [Test]
    public void WhatComesAfterAMinuteEndedIsTheNextOnes()
    {
        var figures = new SoakFigures();
        figures.Took("submit", 9);
        figures.Took("submit", 3);
        figures.Accepted();
        figures.Error("page", "500");
        figures.Error("page", "500");
        var first = figures.Close(Still);
        figures.Took("submit", 1);
        var second = figures.Close(Still);
        Assert.Multiple(() =>
        {
            Assert.That((first.Number, first.Accepted, second.Number, second.Accepted), Is.EqualTo((1, 1, 2, 0)));
            Assert.That(first.Took["submit"], Is.EqualTo(new[] { 3.0, 9 }), "sorted");
            Assert.That(second.Took["submit"], Is.EqualTo(new[] { 1.0 }));
            Assert.That(first.Errors, Is.EqualTo(new Dictionary<string, int> { ["page 500"] = 2 }));
            Assert.That(second.Errors, Is.Empty);
            Assert.That(SoakFigures.Percentiles(first, "submit"), Is.EqualTo("    3/    9/    9"));
        });
    }

    [Test]
    public void TheLastQuarterIsHeldAgainstTheFirstByAllItsRequestsTogether()
    {
        var figures = new SoakFigures();
        for (var minute = 1; minute <= 8; minute++)
        {
            // One slow request in the last minute of eight; the middle is as bad as can be and does not count.
            figures.Took("submit", minute is > 2 and < 7 ? 1_000 : 10);
            figures.Took("submit", minute == 8 ? 40 : 10);
            if (minute == 8)
            {
                figures.Took("sign-in", 5);
            }

            figures.Close(Still with { Memory = minute <= 2 ? 100 : 150 });
        }

        var trends = SoakFigures.Trends(figures.Minutes).ToDictionary(t => t.Name);
        Assert.Multiple(() =>
        {
            Assert.That(trends["submit p50 ms"], Is.EqualTo(new SoakTrend("submit p50 ms", 10, 10)));
            Assert.That((trends["submit p99 ms"].Ratio, trends["submit p99 ms"].IsFlat), Is.EqualTo((4.0, false)));
            Assert.That((trends["memory MB"].Ratio, trends["memory MB"].IsFlat), Is.EqualTo((1.5, false)));
            Assert.That((trends["handles"].Ratio, trends["handles"].IsFlat), Is.EqualTo((1.0, true)));
            Assert.That((trends["pending changes"].Ratio, trends["pending changes"].IsFlat), Is.EqualTo((1.0, true)), "nothing of nothing is flat");
            Assert.That(trends.Keys, Has.None.StartsWith("sign-in"), "what was not asked in both quarters is not compared");
        });
    }

    [Test]
    public void OneMinuteHasNothingToBeHeldAgainst()
    {
        var figures = new SoakFigures();
        figures.Close(Still);
        Assert.That(SoakFigures.Trends(figures.Minutes), Is.Empty);
    }
}
