using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

public sealed class KnownSumsTests
{
    [Test]
    public void FromASumAndAPartFollowsTheOtherPart()
    {
        var known = Of([1, 1, 1, 0], [0, 1, 1, 0]);
        Assert.Multiple(() =>
        {
            Assert.That(known.Tells([(0, 1)]), Is.True, "a + b + c less b + c");
            Assert.That(known.Tells([(1, 1)]), Is.False);
            Assert.That(known.Tells([(0, 2), (1, 3), (2, 3)]), Is.True, "2a + 3b + 3c");
            Assert.That(known.Tells([(3, 1)]), Is.False);
        });
    }

    [Test]
    public void OneAnswerThatFollowsIsFound() => Assert.That(Of([1, 1, 1, 1], [0, 1, 1, 1]).FewUnknowns(), Is.Positive);

    [Test]
    public void ASumOfTwoThatFollowsIsFound() => Assert.That(Of([1, 1, 1, 1, 1], [0, 0, 1, 1, 1]).FewUnknowns(), Is.Positive);

    [Test]
    public void SumsOfThreeThatOverlapInOneTellNobody() => Assert.That(Of([1, 1, 1, 0, 0], [0, 0, 1, 1, 1]).FewUnknowns(), Is.Zero);

    /// <summary>Against trying every combination of up to four small sums: a sum of one or two is found exactly when it follows.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property WhetherAFewUnknownsFollowDoesNotDependOnTheOrder()
    {
        var sum = Gen.Choose(0, 1).ArrayOf(7);
        return Prop.ForAll(sum.ArrayOf(4).ToArbitrary(), sums =>
        {
            var known = Of(sums);
            var follows = Enumerable.Range(0, 7).Any(i => known.Tells([(i, 1)]))
                || Enumerable.Range(0, 7).Any(i => Enumerable.Range(i + 1, 6 - i).Any(j => Factors().Any(f => known.Tells([(i, 1), (j, f)]))));
            return known.FewUnknowns() > 0 == follows && Of([.. sums.Reverse()]).FewUnknowns() > 0 == follows;
        });

        // Whatever a combination of sums of noughts and ones can have as a ratio, as far as four of them go.
        static IEnumerable<long> Factors() =>
            from top in Enumerable.Range(1, 6)
            from bottom in Enumerable.Range(1, 6)
            from sign in new[] { 1L, KnownSums.Prime - 1 }
            select top * KnownSums.Inverse(bottom) % KnownSums.Prime * sign % KnownSums.Prime;
    }

    private static KnownSums Of(params int[][] sums)
    {
        var known = new KnownSums(sums[0].Length);
        foreach (var sum in sums)
        {
            known.Add([.. sum.Select((factor, i) => (i, (long)factor)).Where(x => x.Item2 != 0)]);
        }

        return known;
    }
}
