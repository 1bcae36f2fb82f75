using ClientVoice.Choices;
using ClientVoice.Choices.Due;

namespace ClientVoice.Tests.Choices;

public sealed class PlanRuleTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly DateOnly Due = new(2026, 5, 1);

    [Test]
    public void ADecisionMovesTheDayOnlyForwardAndOnlyUntilTheNextConversation() => Assert.Multiple(() =>
    {
        Assert.That(PlanRule.After(Due, null, []), Is.EqualTo(Due));
        Assert.That(PlanRule.After(Due, Plan(new DateOnly(2026, 8, 1)), []), Is.EqualTo(new DateOnly(2026, 8, 1)));
        Assert.That(PlanRule.After(Due, Plan(new DateOnly(2026, 4, 1)), []), Is.EqualTo(Due), "to postpone is not to hurry");
        Assert.That(PlanRule.After(Due, Plan(new DateOnly(2026, 8, 1)), [Past("finished", new DateOnly(2026, 5, 20))]), Is.EqualTo(Due), "that was about the conversation that was held since");
        Assert.That(PlanRule.After(Due, Plan(new DateOnly(2026, 8, 1)), [Past("finished", new DateOnly(2025, 5, 20))]), Is.EqualTo(new DateOnly(2026, 8, 1)));
    });

    [Test]
    public void OneMoreThanTheLimitWaitsUntilAYearAfterTheOneThatFillsIt() => Assert.Multiple(() =>
    {
        DateOnly[] asked = [new(2025, 7, 1), new(2025, 12, 1), new(2024, 1, 1)];
        Assert.That(PlanRule.Within(Due, asked, null), Is.EqualTo(Due));
        Assert.That(PlanRule.Within(Due, asked, 3), Is.EqualTo(Due), "two in the last year leave room for a third");
        Assert.That(PlanRule.Within(Due, asked, 2), Is.EqualTo(new DateOnly(2026, 7, 1)));
        Assert.That(PlanRule.Within(Due, asked, 1), Is.EqualTo(new DateOnly(2026, 12, 1)));
        Assert.That(PlanRule.Within(new DateOnly(2026, 7, 1), asked, 2), Is.EqualTo(new DateOnly(2026, 7, 1)), "on the day a year later there is room again");
        Assert.That(PlanRule.Within(Due, [], 1), Is.EqualTo(Due));
    });

    [TestCase("2023-06-01", null, null, nameof(NotReached.None), TestName = "Three years to the day is not longer than three years")]
    [TestCase("2023-05-31", null, null, nameof(NotReached.NeverAsked), TestName = "Whoever is longer in support without a word was never asked")]
    [TestCase("2015-01-01", "finished 2024-01-01", null, nameof(NotReached.None), TestName = "A conversation within three years is reached")]
    [TestCase("2015-01-01", "finished 2023-01-01", null, nameof(NotReached.NotSince), TestName = "A conversation before that is not since")]
    [TestCase("2015-01-01", "finished 2022-01-01, refused 2026-01-01", null, nameof(NotReached.Refused), TestName = "A refusal afterwards is the reason")]
    [TestCase("2015-01-01", "stopped 2026-01-01", null, nameof(NotReached.Stopped), TestName = "So is a talk that was stopped")]
    [TestCase("2015-01-01", "refused 2022-01-01, finished 2026-01-01", null, nameof(NotReached.None), TestName = "What came after a refusal counts")]
    [TestCase("2015-01-01", "finished 2022-01-01", "2023-06-15", nameof(NotReached.Moved), TestName = "A move since the last conversation is a reason")]
    [TestCase("2015-01-01", "finished 2022-01-01", "2021-06-15", nameof(NotReached.NotSince), TestName = "A move before it is none")]
    public void WhyNobodySpokeWithAClientForThreeYearsIsSaid(string from, string? past, string? moved, string why) => Assert.That(
        PlanRule.Why(
            Day(from), [.. (past ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => Past(p.Split(' ')[0], Day(p.Split(' ')[1])))],
            false, moved is null ? null : Day(moved), Today),
        Is.EqualTo(Enum.Parse<NotReached>(why)));

    [Test]
    public void APostponementIsTheReasonWhereNothingWasSaid() => Assert.That(PlanRule.Why(new DateOnly(2015, 1, 1), [], true, null, Today), Is.EqualTo(NotReached.Postponed));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static DuePlan Plan(DateOnly until) => new(Guid.Empty, Guid.Empty, null, until, "ill", null, new DateOnly(2026, 5, 10));

    private static PastConversation Past(string outcome, DateOnly on) => new() { Outcome = outcome, HeldOn = on };
}
