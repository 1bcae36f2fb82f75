using ClientVoice.Outcomes;

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
        var summary = Statistics.Summarise([50, 75, 75, 100, 100]);
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

    [Test]
    public void OnePersonHasNoInterval() => Assert.That(Statistics.Summarise([40]), Is.EqualTo(new Summary(1, 40, 40, null, null, null)));
}
