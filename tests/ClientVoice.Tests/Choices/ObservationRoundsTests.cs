using ClientVoice.Choices;

namespace ClientVoice.Tests.Choices;

public sealed class ObservationRoundsTests
{
    private static readonly DateOnly Day = new(2026, 3, 5);

    [Test]
    public void TheSameRoundIsFoundWhicheverCameInFirst()
    {
        PastConversation[] held = [Seen(1, 1, 0), Seen(2, 2, 10), Seen(3, 1, 100)];
        var rounds = Shape(ObservationRounds.Of(held, 2, false));
        Assert.That(rounds, Is.EqualTo((string[])["1,2 final", "3"]));
        Assert.That(Shape(ObservationRounds.Of(held.Reverse(), 2, false)), Is.EqualTo(rounds));
    }

    [Test]
    public void WhoLooksAgainAfterTheRoundIsFinalBeginsTheNextAndAThirdJoins() => Assert.Multiple(() =>
    {
        Assert.That(Shape(ObservationRounds.Of([Seen(1, 1, 0), Seen(2, 2, 1), Seen(3, 1, 30)], 2, false)), Is.EqualTo((string[])["1,2 final", "3"]));
        Assert.That(Shape(ObservationRounds.Of([Seen(1, 1, 0), Seen(2, 2, 1), Seen(3, 3, 30)], 2, false)), Is.EqualTo((string[])["1,2,3 final"]));
    });

    [Test]
    public void OnePersonTwiceIsNotTwoObservers() =>
        Assert.That(Shape(ObservationRounds.Of([Seen(1, 1, 0), Seen(2, 1, 5)], 2, false)), Is.EqualTo((string[])["1,2"]));

    [Test]
    public void DifferentRelationsAreAskedOfDifferentPeople() => Assert.Multiple(() =>
    {
        Assert.That(Final(("a", 1), ("b", 2)), "two people, two relations");
        Assert.That(Final(("a", 1), ("a", 2)), Is.False, "two people, one relation");
        Assert.That(Final(("a", 1), ("b", 1)), Is.False, "one person who says two things");
        Assert.That(Final(("a", 1), ("b", 1), ("a", 2)), "the second person pairs with the first one's other relation");
    });

    [Test]
    public void ARefusalIsNoObservation() =>
        Assert.That(ObservationRounds.IsFinal([Seen(1, 1, 0), Seen(2, 2, 1) with { Outcome = "refused" }], 2, false), Is.False);

    [TestCase(91, true)]
    [TestCase(92, false)]
    public void ARoundIsOpenForAQuarter(int days, bool open) =>
        Assert.That(ObservationRounds.Of([Seen(1, 1, 0)], 2, false)[0].IsOpenOn(Day.AddDays(days)), Is.EqualTo(open));

    private static bool Final(params (string Relation, int Person)[] members) =>
        ObservationRounds.IsFinal([.. members.Select((m, i) => Seen(i, m.Person, i) with { ConductorRelation = m.Relation })], 2, true);

    private static string[] Shape(IReadOnlyList<ObservationRound> rounds) =>
        [.. rounds.Select(r => string.Join(',', r.Members.Select(m => m.Id.ToString()[^1])) + (r.IsFinal ? " final" : ""))];

    private static PastConversation Seen(int id, int person, int after) => new() { Id = Id(id), PersonId = Id(person), HeldOn = Day.AddDays(after) };

    private static Guid Id(int number) => new($"00000000-0000-7000-8000-{number:000000000000}");
}
