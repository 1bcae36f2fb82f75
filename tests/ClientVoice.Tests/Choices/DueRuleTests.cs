using ClientVoice.Choices;

namespace ClientVoice.Tests.Choices;

public sealed class DueRuleTests
{
    private static readonly Guid Sanne = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Mark = new("00000000-0000-7000-8000-000000000002");
    private static readonly Guid Third = new("00000000-0000-7000-8000-000000000003");
    private static readonly DateOnly Begin = new(2026, 1, 1);

    [Test]
    public void WhoWasNeverAskedIsDueWhenTheChoiceBegins() => Assert.That(Due(1, []), Is.EqualTo(Begin));

    [Test]
    public void WhoCameLaterIsDueFromTheFirstDayOfSupport() => Assert.That(
        DueRule.DueOn(Choice(1), Begin.AddDays(40), [], Sanne), Is.EqualTo(Begin.AddDays(40)));

    [Test]
    public void AYearAfterTheLastConversationTheNextIsDue() => Assert.That(
        Due(1, [Past(Sanne, new DateOnly(2026, 3, 5)), Past(Mark, new DateOnly(2025, 1, 1))]), Is.EqualTo(new DateOnly(2027, 3, 5)));

    [Test]
    public void AnObservationStaysDueForTheSecondObserverOnly() => Assert.Multiple(() =>
    {
        Assert.That(Due(2, [Past(Mark, new DateOnly(2026, 3, 5))]), Is.EqualTo(new DateOnly(2026, 3, 5)), "Sanne is still to observe");
        Assert.That(Due(2, [Past(Sanne, new DateOnly(2026, 3, 5))]), Is.Null, "Sanne has observed and waits for another");
    });

    [Test]
    public void TwoObserversFinishTheRound() => Assert.That(
        Due(2, [Past(Mark, new DateOnly(2026, 3, 5)), Past(Sanne, new DateOnly(2026, 3, 20))]), Is.EqualTo(new DateOnly(2027, 3, 20)));

    [Test]
    public void TwoObserversWithOneRelationWaitForAThirdWhereTheInstrumentAsksForDifferentOnes() => Assert.Multiple(() =>
    {
        PastConversation[] past = [Past(Mark, new DateOnly(2026, 3, 5)) with { ConductorRelation = "regular-worker" }, Past(Third, new DateOnly(2026, 3, 6)) with { ConductorRelation = "regular-worker" }];
        Assert.That(DueRule.DueOn(Choice(2), Begin, past, Sanne, true), Is.EqualTo(new DateOnly(2026, 3, 5)));
        Assert.That(DueRule.DueOn(Choice(2), Begin, past, Sanne), Is.EqualTo(new DateOnly(2027, 3, 6)), "where any two will do, it is done");
    });

    [Test]
    public void ARoundForWhichNobodyWasFoundInAQuarterIsOverAndEverybodyCanBeginAgain() => Assert.Multiple(() =>
    {
        PastConversation[] past = [Past(Sanne, new DateOnly(2026, 3, 5))];
        Assert.That(DueRule.DueOn(Choice(2), Begin, past, Sanne, false, new DateOnly(2026, 6, 4)), Is.Null);
        Assert.That(DueRule.DueOn(Choice(2), Begin, past, Sanne, false, new DateOnly(2026, 6, 5)), Is.EqualTo(new DateOnly(2026, 6, 5)));
    });

    [Test]
    public void ARefusalIsTheClientsAnswerAndNobodyIsSentAfterIt() => Assert.That(
        Due(2, [Past(Mark, new DateOnly(2026, 3, 5)) with { Outcome = "refused" }]), Is.EqualTo(new DateOnly(2027, 3, 5)));

    [TestCase("2026-11-21", "overdue")]
    [TestCase("2026-11-22", "due")]
    [TestCase("2026-12-22", "due")]
    [TestCase("2026-12-23", "upcoming")]
    public void AMonthAheadIsDueAndYesterdayIsOverdue(string dueOn, string state) => Assert.That(
        DueRule.State(DateOnly.ParseExact(dueOn, "yyyy-MM-dd"), new DateOnly(2026, 11, 22)), Is.EqualTo(state));

    private static DateOnly? Due(int observers, PastConversation[] past) => DueRule.DueOn(Choice(observers), Begin.AddYears(-1), past, Sanne);

    private static Choice Choice(int observers) => new() { FromOn = Begin, EveryMonths = 12, MinimumObservers = observers };

    private static PastConversation Past(Guid person, DateOnly on) => new() { PersonId = person, HeldOn = on };
}
