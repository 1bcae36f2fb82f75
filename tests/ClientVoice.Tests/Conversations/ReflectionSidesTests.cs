using ClientVoice.Conversations.Reflections;

namespace ClientVoice.Tests.Conversations;

/// <summary>Which views of a place stand beside each other.</summary>
public sealed class ReflectionSidesTests
{
    private static readonly string[] Both = ["relative", "worker"];
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Test]
    public void OneSideWaitsForTheOtherForAQuarterAndNoLonger()
    {
        var one = Side("relative", Today);
        Assert.That(ReflectionSides.Of(one, [one], Both, Today).OpenUntil, Is.EqualTo(new DateOnly(2027, 2, 21)));
        Assert.That(ReflectionSides.Of(one, [one], Both, new DateOnly(2027, 2, 21)).OpenUntil, Is.Not.Null, "the last day");
        Assert.That(ReflectionSides.Of(one, [one], Both, new DateOnly(2027, 2, 22)).OpenUntil, Is.Null, "the day after");
    }

    [Test]
    public void BothSidesStandBesideEachOtherFromWhicheverOneIsRead()
    {
        var (parents, provider) = (Side("relative", Today), Side("worker", Today.AddDays(30)));
        Assert.That(ReflectionSides.Of(parents, [parents, provider], Both, Today).Beside, Is.EqualTo((Guid[])[provider.Id]));
        Assert.That(ReflectionSides.Of(provider, [parents, provider], Both, Today).Beside, Is.EqualTo((Guid[])[parents.Id]));
    }

    [Test]
    public void OfSeveralTheNearestInTimeStandsBesideAndNoneOfAnotherQuarter()
    {
        var one = Side("relative", Today);
        var (far, near, old) = (Side("worker", Today.AddDays(-60)), Side("worker", Today.AddDays(20)), Side("worker", Today.AddDays(-92)));
        Assert.That(ReflectionSides.Of(one, [one, far, near, old], Both, Today).Beside, Is.EqualTo((Guid[])[near.Id]));
        Assert.That(ReflectionSides.Of(one, [one, old], Both, Today).Beside, Is.Empty);
    }

    [Test]
    public void AViewThatIsWelcomeButNotNeededStandsAlone() =>
        Assert.That(ReflectionSides.Of(Side("client", Today), [Side("worker", Today)], Both, Today), Is.EqualTo(ReflectionView.Alone));

    private static ReflectionSide Side(string perspective, DateOnly heldOn) => new(Guid.CreateVersion7(), perspective, heldOn);
}
