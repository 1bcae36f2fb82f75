using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;
using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

/// <summary>What became of agreements: counted by hand, and hidden where people are few.</summary>
public sealed class FollowUpTests
{
    private static readonly Guid Organisation = Id(1), North = Id(2), South = Id(3);
    private static readonly OutcomeFamily Family = new(Id(9), "mijn-verhaal", "1.0", "client");
    private static readonly Period[] All = [Period.Month(new DateOnly(2026, 5, 1)), Period.Quarter(new DateOnly(2026, 5, 1)), Period.Year(new DateOnly(2026, 5, 1))];
    private static readonly PlacesOverTime Tree = new(
        [new Place(Organisation, null, "organisation", "O", 5), new Place(North, Organisation, "location", "N", null), new Place(South, Organisation, "location", "Z", null)], []);

    [Test]
    public void AnAgreementCountsInThePeriodOfItsConversationAtItsPlaceAndAllAboveItAndAPersonCountsOnce()
    {
        var counted = Count(
            Agreement(11, North, done: true, told: true), Agreement(11, North, notDone: true), Agreement(12, North), Agreement(13, South, done: true));
        Assert.That(counted.Single(c => c.Block == new BlockKey("2026-05", Organisation)), Is.EqualTo(new FollowUpCell(new BlockKey("2026-05", Organisation), People: 3, Made: 4, Done: 2, NotDone: 1, ToldBack: 1)));
        Assert.That(counted.Single(c => c.Block == new BlockKey("2026", North)), Is.EqualTo(new FollowUpCell(new BlockKey("2026", North), People: 2, Made: 3, Done: 1, NotDone: 1, ToldBack: 1)));
        Assert.That(counted.Select(c => c.StillOpen), Has.All.InRange(0, 1));
        Assert.That(counted, Has.Count.EqualTo(9), "month, quarter and year, of two locations and their organisation");
    }

    [Test]
    public void OfFewPeopleNothingIsShownAndWhatWouldTellThemBySubtractionNeither()
    {
        // Ten people in the north, two in the south: the south is few, and the organisation less the north is the south.
        var counted = Count([.. Enumerable.Range(20, 10).Select(i => Agreement(i, North, done: true)), Agreement(41, South), Agreement(42, South)]);
        var rows = FollowUpWork.Make(Family, counted, Hiding(), new Dictionary<BlockKey, string?>(), _ => false);
        var year = rows.Where(r => (string)r[0]! == "2026").ToDictionary(r => (Guid)r[1]!);
        Assert.Multiple(() =>
        {
            Assert.That(year[South][^1], Is.EqualTo(HiddenBecause.FewPeople));
            Assert.That(year[North][^1], Is.EqualTo(HiddenBecause.TellsNeighbour), "one of the two others must go with it");
            Assert.That(year[South][5..11].Concat(year[North][5..11]), Has.All.Null, "a hidden row has no figures");
            Assert.That(year[Organisation][5..], Is.EqualTo(new object?[] { 12, 12, 10, 0, 2, 0, false, null }));
        });
    }

    [Test]
    public void WhatWasHiddenAndDidNotChangeStaysHidden()
    {
        var counted = Count([.. Enumerable.Range(20, 10).Select(i => Agreement(i, North))]);
        var before = counted.ToDictionary(c => c.Block, _ => (string?)HiddenBecause.TellsNeighbour);
        Assert.That(FollowUpWork.Make(Family, counted, Hiding(), before, _ => true).Select(r => r[^1]), Has.All.EqualTo(HiddenBecause.TellsNeighbour));
        Assert.That(FollowUpWork.Make(Family, counted, Hiding(), before, _ => false).Select(r => r[^1]), Has.All.Null, "something changed");
    }

    private static ILookup<Guid, Guid> Pairs(params (Guid From, Guid To)[] pairs) => pairs.ToLookup(p => p.From, p => p.To);

    private static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:000000000000}");

    private static FollowedAgreement Agreement(int person, Guid place, bool done = false, bool notDone = false, bool told = false) => new(Id(person), place, new DateOnly(2026, 5, 17), done, notDone, told);

    private static Disclosure Hiding() => new(
        (period, place) => place == Organisation ? [new BlockKey(period, North), new BlockKey(period, South)] : [],
        All.SelectMany(p => p.Parts().Select(part => (p.Id, part))).ToLookup(x => x.Id, x => x.part), Enumerable.Empty<int>().ToLookup(i => i), 5);

    private static IReadOnlyList<FollowUpCell> Count(params FollowedAgreement[] agreements)
    {
        var counted = new FollowUp(All.ToDictionary(p => p.Id), Tree);
        foreach (var agreement in agreements)
        {
            counted.Add(agreement);
        }

        return counted.Cells();
    }
}
