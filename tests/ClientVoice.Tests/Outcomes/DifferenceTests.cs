using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

public sealed class DifferenceTests
{
    // 10 people, mean 60, s 10, beside 10 people, s 10: √(10 + 10) = 4.472, f = 18, t = 2.101, half = 9.396.
    [TestCase(70, Verdict.Clear)]
    [TestCase(69, Verdict.CannotTell)]
    [TestCase(60.5, Verdict.Small)]
    [TestCase(61, Verdict.CannotTell)]
    [TestCase(50, Verdict.Clear)]
    public void ADifferenceIsClearWhenItsIntervalLeavesOutZeroAndSmallWhenItIsWithinTenPoints(double later, object verdict) => Assert.That(
        Difference.Between(new MeanOf(10, 60, 10), new MeanOf(10, later, 10)), Is.EqualTo(verdict));

    [Test]
    public void UnequalSpreadTakesWelchsDegreesOfFreedom()
    {
        // s²/n: 400 / 5 = 80 and 25 / 20 = 1.25. f = 81.25² / (80² / 4 + 1.25² / 19) = 6601.56 / 1600.08 = 4.1: 4, t = 2.776; half = 2.776 * 9.014 = 25.03.
        Assert.Multiple(() =>
        {
            Assert.That(Difference.Between(new MeanOf(5, 50, 20), new MeanOf(20, 75, 5)), Is.EqualTo(Verdict.CannotTell));
            Assert.That(Difference.Between(new MeanOf(5, 50, 20), new MeanOf(20, 75.1, 5)), Is.EqualTo(Verdict.Clear));
        });
    }

    [Test]
    public void OfOnePersonNothingCanBeSaid() => Assert.That(Difference.Between(new MeanOf(1, 50, null), new MeanOf(20, 75, 5)), Is.EqualTo(Verdict.CannotTell));
}
