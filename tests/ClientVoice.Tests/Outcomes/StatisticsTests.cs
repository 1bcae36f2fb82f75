using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

public sealed class StatisticsTests
{
    // From the printed table of Student's t, 97.5 % point.
    [TestCase(1, 12.7062)]
    [TestCase(2, 4.3027)]
    [TestCase(4, 2.7764)]
    [TestCase(9, 2.2622)]
    [TestCase(29, 2.0452)]
    [TestCase(100, 1.9840)]
    [TestCase(1000, 1.9623)]
    public void StudentsPointAgreesWithThePrintedTable(int freedom, double point) =>
        Assert.That(Statistics.StudentPoint(freedom), Is.EqualTo(point).Within(0.0002));

    [Test]
    public void AHandComputedSampleGivesItsMeanDeviationAndInterval()
    {
        // 50 75 75 100 100: sum 400, mean 80, squared deviations 900+25+25+400+400 = 1750, s² = 437.5,
        // s = 20.9165, t(4) = 2.7764, half = 2.7764 * 20.9165 / √5 = 25.9711; 105.97 is cut at 100.
        var summary = Tally.Of([50, 75, 75, 100, 100]).Summary!.Value;
        Assert.Multiple(() =>
        {
            Assert.That(summary.Count, Is.EqualTo(5));
            Assert.That(summary.Sum, Is.EqualTo(400));
            Assert.That(summary.Mean, Is.EqualTo(80));
            Assert.That(summary.StandardDeviation, Is.EqualTo(20.9165).Within(0.0001));
            Assert.That(summary.Low, Is.EqualTo(54.0289).Within(0.001));
            Assert.That(summary.High, Is.EqualTo(100), "a mean on a scale to 100 cannot lie above it");
        });
    }

    // 3 of 10: p = 0.3, z = 1.959964, z² = 3.841459. Middle (0.3 + 3.841459 / 20) / 1.3841459 = 0.355506; half
    // 1.959964 · √(0.021 + 3.841459 / 400) / 1.3841459 = 0.247724. 0 of 5: the lower end is 0, the upper z² / (5 + z²) = 0.434482.
    [TestCase(3, 10, 0.107789, 0.603222)]
    [TestCase(0, 5, 0, 0.434482)]
    [TestCase(5, 5, 0.565518, 1)]
    public void TheIntervalOfAShareIsWilsons(int part, int count, double low, double high)
    {
        var interval = Statistics.Wilson(part, count);
        Assert.Multiple(() =>
        {
            Assert.That(interval.Low, Is.EqualTo(low).Within(0.00001));
            Assert.That(interval.High, Is.EqualTo(high).Within(0.00001));
        });
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property CountingInTwoPartsGivesTheSameToTheLastBit() => Prop.ForAll(
        Gen.Choose(0, 300).ArrayOf(20).ToArbitrary(),
        Gen.Choose(0, 20).ToArbitrary(),
        (thirds, first) =>
        {
            var scores = thirds.Select(third => third / 3.0).ToList();
            var apart = Tally.Of(scores.Take(first));
            apart.Add(Tally.Of(scores.Skip(first).Reverse()));
            var together = Tally.Of(scores);
            return apart.Summary == together.Summary && apart.AllTheSame == together.AllTheSame && apart.NotGood == together.NotGood;
        });

    [Test]
    public void OnePersonHasNoInterval() => Assert.That(Tally.Of([40]).Summary, Is.EqualTo(new Summary(1, 40, 40, null, null, null)));
}
