using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Instruments;

namespace ClientVoice.Tests.Choices;

public sealed class ClientTurnTests
{
    private static readonly Guid Group = new("00000000-0000-7000-8000-0000000000aa");
    private static readonly DateOnly Begin = new(2026, 1, 1);

    [Test]
    public void WhoIsDrawnStaysDrawnAndALargerShareOnlyAddsPeople()
    {
        var clients = Clients(2000);
        var twenty = clients.Where(c => ClientTurn.IsDrawn(Group, c, 20)).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(clients.Where(c => ClientTurn.IsDrawn(Group, c, 20)), Is.EquivalentTo(twenty), "again the same people");
            Assert.That(clients.Where(c => ClientTurn.IsDrawn(Group, c, 30)).ToHashSet(), Is.SupersetOf(twenty));
            Assert.That(twenty, Has.Count.InRange(340, 460), "about a fifth of two thousand: four standard deviations either way");
            Assert.That(clients.Count(c => ClientTurn.IsDrawn(Guid.Empty, c, 20) && twenty.Contains(c)), Is.LessThan(130), "another group draws on its own");
            Assert.That(clients.Where(c => !ClientTurn.IsDrawn(Group, c, 100)), Is.Empty);
        });
    }

    [Test]
    public void FirstConversationsAreSpreadEvenlyOverTheRhythmAndNewcomersAreAskedAtOnce()
    {
        var rule = Rule() with { Spreads = true };
        var days = Clients(1200).Select(c => ClientTurn.First(rule, Of(c, Begin.AddYears(-3)))!.Value).ToList();
        var byMonth = days.CountBy(day => day.Month).ToDictionary();
        Assert.Multiple(() =>
        {
            Assert.That(days, Has.All.InRange(Begin, Begin.AddYears(1).AddDays(-1)));
            Assert.That(byMonth.Values, Has.Exactly(12).InRange(60, 140), "a hundred a month, four standard deviations either way");
            Assert.That(ClientTurn.First(rule, Of(Guid.NewGuid(), Begin.AddDays(40))), Is.EqualTo(Begin.AddDays(40)));
            Assert.That(ClientTurn.First(Rule(), Of(Guid.NewGuid(), Begin.AddYears(-3))), Is.EqualTo(Begin), "without spreading all at once");
        });
    }

    [Test]
    public void TheStartIsForWhoComesAndTheFarewellForWhoGoesFromTheFirstDayOfTheChoice() => Assert.Multiple(() =>
    {
        Assert.That(At("start", Begin.AddDays(-1), null), Is.Null, "was there already");
        Assert.That(At("start", Begin.AddDays(9), null), Is.EqualTo(Begin.AddDays(9)));
        Assert.That(At("farewell", Begin.AddYears(-3), null), Is.Null, "nobody knows of a farewell");
        Assert.That(At("farewell", Begin.AddYears(-3), Begin.AddDays(-1)), Is.Null);
        Assert.That(At("farewell", Begin.AddYears(-3), Begin.AddDays(30)), Is.EqualTo(Begin.AddDays(30)));
    });

    [Test]
    public void AMomentIsAskedOnceByAConversationFromAQuarterBeforeItOn() => Assert.Multiple(() =>
    {
        var farewell = Begin.AddDays(200);
        Assert.That(Due([]), Is.EqualTo(farewell));
        Assert.That(Due([farewell.AddDays(-93)]), Is.EqualTo(farewell), "that one was about something else");
        Assert.That(Due([farewell.AddDays(-92)]), Is.Null);

        DateOnly? Due(DateOnly[] held) => DueRule.DueOn(
            new Choice { GroupId = Group, FromOn = Begin, EveryMonths = 12, MinimumObservers = 1, Moment = "farewell" },
            Of(Guid.NewGuid(), Begin.AddYears(-1), farewell), [.. held.Select(day => new PastConversation { HeldOn = day })], Guid.Empty, false, Begin.AddDays(100));
    });

    [Test]
    public void EveryEvaluationAsksAndWhereTheNextHasNoDaySoManyMonthsAfterTheLast()
    {
        var (choice, client) = (At("evaluation"), Of(Guid.NewGuid(), Begin.AddYears(-3)) with { Evaluations = [Begin.AddMonths(-2), Begin.AddMonths(5)] });
        Assert.Multiple(() =>
        {
            Assert.That(Due(choice, client), Is.EqualTo(new Turn(Begin.AddMonths(5), DueBecause.Evaluation, Begin.AddMonths(5))), "the one before the choice has had its time");
            Assert.That(Due(choice, client, Begin.AddMonths(5).AddDays(-93)), Is.EqualTo(Due(choice, client)), "too long before it: that one was about something else");
            Assert.That(Due(choice, client, Begin.AddMonths(5).AddDays(-10)), Is.EqualTo(new Turn(Begin.AddMonths(17), DueBecause.AfterEvaluation, Begin.AddMonths(5))));
            Assert.That(Due(choice, client, Begin.AddMonths(9)), Is.EqualTo(new Turn(Begin.AddMonths(17), DueBecause.AfterEvaluation, Begin.AddMonths(5))), "a late one is still for it, and moves nothing");
            Assert.That(Due(choice, client, Begin.AddMonths(9), Begin.AddMonths(17)), Is.EqualTo(new Turn(Begin.AddMonths(29), DueBecause.AfterEvaluation, Begin.AddMonths(5))));
            Assert.That(Due(choice, client with { Evaluations = [Begin.AddYears(-2)] }), Is.EqualTo(new Turn(Begin, DueBecause.AfterEvaluation, Begin.AddYears(-2))), "long over: at once, not before the choice");
            Assert.That(Due(choice, client with { Evaluations = [] }), Is.Null, "no day is known");
            Assert.That(Due(choice, client with { UntilOn = Begin.AddMonths(5).AddDays(-1) }), Is.Null, "support ends before it");
        });

        static Turn? Due(Choice choice, ClientPresence client, params DateOnly[] held) =>
            DueRule.TurnOf(choice, client, [.. held.Select(day => new PastConversation { HeldOn = day })], Guid.Empty, false, Begin.AddMonths(1));
    }

    [Test]
    public void WhoComesFromAnotherGroupStartsInThisOneOnThatDay()
    {
        var client = Of(Guid.NewGuid(), Begin.AddYears(-3)) with { GroupFromOn = Begin.AddDays(40) };
        Assert.Multiple(() =>
        {
            Assert.That(Due(At("start"), client), Is.EqualTo(new Turn(Begin.AddDays(40), DueBecause.GroupStart, Begin.AddDays(40))));
            Assert.That(Due(At("start"), client with { GroupFromOn = null }), Is.Null, "was there already");
            Assert.That(Due(At(null), client), Is.EqualTo(new Turn(Begin.AddDays(40), DueBecause.GroupStart, Begin.AddDays(40))), "the rhythm counts from it too");
            Assert.That(Due(At(null), client with { FromOn = Begin.AddDays(50) }), Is.EqualTo(new Turn(Begin.AddDays(50), DueBecause.Start, Begin.AddDays(50))), "put right since: support began later");
            Assert.That(Due(At(null) with { Spreads = true }, client)!.DueOn, Is.EqualTo(Begin.AddDays(40)), "a newcomer is not spread");
            Assert.That(Due(At(null), client with { GroupFromOn = Begin.AddDays(-1) })!.Why, Is.EqualTo(DueBecause.NotYet));
        });

        static Turn? Due(Choice choice, ClientPresence client) => DueRule.TurnOf(choice, client, [], Guid.Empty, false, Begin.AddMonths(1));
    }

    [Test]
    public async Task TheForecastSaysByMonthWhatBecomesDueWithWhatIsLateInTheFirst()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, empty: true);
        var story = service.Services.GetRequiredService<ICatalogue>().Current.Newest("mijn-verhaal")!;
        var choice = new NewChoice(Group, "mijn-verhaal", "client", Begin, 6, true, null, null);
        ClientPresence[] people = [Person(), Person(), Person(Begin.AddDays(100)), Person(Begin.AddDays(-1))];
        var past = new[] { new PastConversation { ClientId = people[1].Id, HeldOn = Begin.AddMonths(-4) } }.ToLookup(p => p.ClientId);
        Assert.That(
            ChoiceForecast.ByMonth(choice, story, people, past, Begin), Is.EqualTo((int[])[2, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]),
            "two that were never asked at once, one of whom leaves before the second; one half a year after the last; one left already");
        Assert.That(ChoiceForecast.ByMonth(choice with { Spreads = true, EveryMonths = 12 }, story, Clients(1200).Select(id => new ClientPresence { Id = id, GroupId = Group, FromOn = Begin.AddYears(-2) }), past, Begin),
            Has.All.InRange(60, 140));

        static ClientPresence Person(DateOnly? until = null) => new() { Id = Guid.NewGuid(), GroupId = Group, FromOn = Begin.AddYears(-2), UntilOn = until };
    }

    private static DateOnly? At(string moment, DateOnly from, DateOnly? until) => ClientTurn.First(Rule() with { Moment = moment }, Of(Guid.NewGuid(), from, until));

    private static ClientPresence Of(Guid id, DateOnly from, DateOnly? until = null) => new() { Id = id, GroupId = Group, FromOn = from, UntilOn = until };

    private static Choice At(string? moment) => new() { GroupId = Group, FromOn = Begin, EveryMonths = 12, MinimumObservers = 1, Moment = moment };

    private static TurnRule Rule() => new(Group, Begin, 12, 100, null, false);

    private static List<Guid> Clients(int count) => [.. Enumerable.Range(1, count).Select(n => new Guid(n, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8))];
}
