using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;
using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

public sealed class ParticipationTests
{
    private static readonly Guid Group = new("00000000-0000-7000-8000-0000000000aa");
    private static readonly Guid Place = new("00000000-0000-7000-8000-0000000000bb");
    private static readonly Period Quarter = Period.Quarter(new DateOnly(2026, 7, 1));

    [Test]
    public void WhoIsNotDrawnIsNotInvited()
    {
        var everyone = Enumerable.Range(1, 400).Select(n => Person(n, new DateOnly(2020, 1, 1), null)).ToList();
        Assert.That(Invited(Asked(), everyone), Is.EqualTo(400));
        var drawn = Invited(Asked() with { SharePercent = 25 }, everyone);
        Assert.That(drawn, Is.InRange(65, 135), "a quarter of four hundred: four standard deviations either way");
    }

    [Test]
    public void WhoseFirstConversationIsSpreadToLaterIsInvitedThen()
    {
        var everyone = Enumerable.Range(1, 400).Select(n => Person(n, new DateOnly(2020, 1, 1), null)).ToList();
        Assert.That(Invited(Asked() with { FromOn = new DateOnly(2026, 7, 1), Spreads = true }, everyone), Is.InRange(65, 135), "a quarter of a year's");
    }

    [Test]
    public void AFarewellIsOfTheQuarterInWhichItIs()
    {
        ClientPresence[] people = [Person(1, new(2020, 1, 1), new(2026, 8, 1)), Person(2, new(2020, 1, 1), new(2026, 5, 1)), Person(3, new(2020, 1, 1), null)];
        Assert.That(Invited(Asked() with { Moment = "farewell" }, people), Is.EqualTo(1));
    }

    [Test]
    public void AnEvaluationIsOfItsQuarterAlsoWhereItsDayWasOnlyToBeExpected()
    {
        var choice = Asked() with { Moment = "evaluation", EveryMonths = 6 };
        ClientPresence[] people =
        [
            Person(1, new(2020, 1, 1), null) with { Evaluations = [new(2026, 8, 1)] }, Person(2, new(2020, 1, 1), null) with { Evaluations = [new(2026, 2, 1)] },
            Person(3, new(2020, 1, 1), null) with { Evaluations = [new(2026, 5, 1)] }, Person(4, new(2020, 1, 1), null),
        ];
        Assert.That(Invited(choice, people), Is.EqualTo(2), "in August, and half a year after February; not in November, nor where nothing is known");
        Assert.That(Invited(choice with { UntilOn = new DateOnly(2026, 7, 31) }, people), Is.Zero, "the choice had ended");
    }

    [Test]
    public void WhoCameFromAnotherGroupIsInvitedInThisOneFromThatDay()
    {
        ClientPresence[] people = [Person(1, new(2020, 1, 1), null) with { GroupFromOn = new(2026, 8, 1) }, Person(2, new(2020, 1, 1), null) with { GroupFromOn = new(2026, 10, 1) }];
        Assert.That(Invited(Asked(), people), Is.EqualTo(1));
        Assert.That(Invited(Asked() with { Moment = "start" }, people), Is.EqualTo(1));
    }

    private static int Invited(AskedChoice choice, IReadOnlyList<ClientPresence> people) =>
        new Participation(
            new Dictionary<string, Period> { [Quarter.Id] = Quarter }, new PlacesOverTime([new Place(Place, null, "organisation", "O", 5)], []), new Dictionary<string, string> { ["verhaal"] = "1.0" }, new DateOnly(2026, 12, 1), [choice], people)
            .Cells().Sum(cell => cell.Invited);

    private static AskedChoice Asked() => new() { GroupId = Group, InstrumentId = "verhaal", Perspective = "client", FromOn = new DateOnly(2026, 1, 1), EveryMonths = 12 };

    private static ClientPresence Person(int number, DateOnly from, DateOnly? until) =>
        new() { Id = new Guid(number, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8), GroupId = Group, PlaceId = Place, FromOn = from, UntilOn = until };
}
