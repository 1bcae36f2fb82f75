using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Tests.Choices;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ChoiceUndoTests(string database)
{
    [Test]
    public async Task TakingBackTheNewestChoiceBringsBackWhatHeldBeforeAndLeavesTheRowForTabletsThatStillSend()
    {
        await using var service = await ServiceUnderTest.StartAsync(database: database);
        var store = service.Services.GetRequiredService<ChoiceStore>();
        var first = (await store.AllAsync(default)).Single();
        var second = await MakeAsync(store, first.FromOn.AddDays(60));
        var third = await MakeAsync(store, first.FromOn.AddDays(30));
        Assert.That(await EndsAsync(store), Is.EqualTo(new Dictionary<Guid, DateOnly?> { [first.Id] = first.FromOn.AddDays(29), [second] = first.FromOn.AddDays(29), [third] = null }), "the second never takes effect");
        Assert.That(await store.UndoAsync(second, default), Is.False, "it is not the newest");
        Assert.That(await store.UndoAsync(third, default));
        Assert.That(await store.UndoAsync(third, default), Is.False, "it was taken back already");
        Assert.That(await EndsAsync(store), Is.EqualTo(new Dictionary<Guid, DateOnly?> { [first.Id] = first.FromOn.AddDays(59), [second] = null, [third] = ChoiceEnds.Never }));
        Assert.That((await store.AllAsync(default)).Where(c => c.HoldsOn(first.FromOn.AddDays(90))).Select(c => c.Id), Is.EqualTo((Guid[])[second]));
        Assert.That(await store.UndoAsync(second, default));
        var fourth = await MakeAsync(store, first.FromOn.AddDays(10));
        Assert.That(await EndsAsync(store), Is.EqualTo(new Dictionary<Guid, DateOnly?> { [first.Id] = first.FromOn.AddDays(9), [second] = ChoiceEnds.Never, [third] = ChoiceEnds.Never, [fourth] = null }), "what was taken back stays so");
    }

    [Test]
    public async Task ViewsThatWereChosenTogetherAreMadeAndTakenBackTogetherAndAMomentStandsBesideTheRhythm()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, database: database);
        var store = service.Services.GetRequiredService<ChoiceStore>();
        var first = (await store.AllAsync(default)).Single();
        var choice = new NewChoice(ServiceUnderTest.Group, "acht-domeinen", "client", first.FromOn.AddDays(20), 12, true, "Voor de proef", null) { SharePercent = 40, Spreads = true };
        Assert.That(async () => await store.MakeAsync([choice, choice with { Perspective = "observer" }], default), Throws.TypeOf<ClientVoice.Problems.ProblemException>());
        Assert.That(await store.AllAsync(default), Has.Count.EqualTo(1), "all or none");

        var made = await store.MakeAsync([choice, choice with { Perspective = "relative" }], default);
        var farewell = await store.MakeAsync(choice with { Moment = "farewell", Spreads = false }, default);
        var all = (await store.AllAsync(default)).ToDictionary(c => c.Id);
        Assert.That(all[made[0]].TogetherId, Is.Not.Null.And.EqualTo(all[made[1]].TogetherId));
        Assert.That((all[made[0]].SharePercent, all[made[0]].Spreads, all[made[0]].Moment, all[farewell].Moment), Is.EqualTo((40, true, (string?)null, "farewell")));
        Assert.That((all[first.Id].UntilOn, all[made[0]].UntilOn), Is.EqualTo(((DateOnly?)first.FromOn.AddDays(19), (DateOnly?)null)), "a farewell ends no rhythm");
        Assert.That(all[made[1]].MinimumObservers, Is.EqualTo(1), "a view that may be left out is somebody's once it is chosen");

        Assert.That(await store.UndoAsync(made[1], default));
        all = (await store.AllAsync(default)).ToDictionary(c => c.Id);
        Assert.That((all[made[0]].IsUndone, all[made[1]].IsUndone, all[farewell].IsUndone, all[first.Id].UntilOn), Is.EqualTo((true, true, false, (DateOnly?)null)));
    }

    private static Task<Guid> MakeAsync(ChoiceStore store, DateOnly from) => store.MakeAsync(new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", from, 6, true, null, null), default);

    private static async Task<Dictionary<Guid, DateOnly?>> EndsAsync(ChoiceStore store) => (await store.AllAsync(default)).ToDictionary(c => c.Id, c => c.UntilOn);
}

public sealed class ChoiceEffectTests
{
    [Test]
    public async Task TheEffectIsInConversationsAndHoursAMonthBesideWhatItReplaces()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, empty: true);
        var catalogue = service.Services.GetRequiredService<ICatalogue>();
        var instrument = catalogue.Current.Newest("laccs-observatie")!;
        var group = new ClientGroup(Guid.Empty, "g", new LocalText("G", null), "wlz", [], [], []) { MostPerYear = 2 };
        Choice[] running =
        [
            new() { Id = Guid.NewGuid(), InstrumentId = "laccs-observatie", Perspective = "observer", EveryMonths = 12, MinimumObservers = 2 },
            new() { Id = Guid.NewGuid(), InstrumentId = "mijn-verhaal", Perspective = "client", EveryMonths = 6, MinimumObservers = 1 },
        ];
        var effect = ChoiceEffect.Of(new NewChoice(Guid.Empty, "laccs-observatie", "observer", default, 6, true, null, null), instrument, group, _ => 30, running, catalogue.Current.Newest);
        Assert.That(effect.Then, Is.EqualTo(new Load(10, 10 * instrument.Minutes / 60.0)), "thirty clients, two observers, twice a year: sixty observations in six months");
        Assert.That(effect.Now, Is.EqualTo(new Load(5, 5 * instrument.Minutes / 60.0)));
        Assert.That((effect.IsOverLimit, effect.Clients), Is.EqualTo((false, 30)), "an observation asks the client nothing");

        var story = catalogue.Current.Newest("mijn-verhaal")!;
        var often = ChoiceEffect.Of(new NewChoice(Guid.Empty, "mijn-verhaal", "client", default, 3, true, null, null), story, group, _ => 30, running, catalogue.Current.Newest);
        Assert.That((often.AYear, often.IsOverLimit), Is.EqualTo((4.0, true)), "it replaces the one of twice a year, and asks four times");
        var first = ChoiceEffect.Of(new NewChoice(Guid.Empty, "mijn-verhaal", "client", default, 6, true, null, null), story, group, _ => 30, [], catalogue.Current.Newest);
        Assert.That((first.Now, first.AYear, first.IsOverLimit), Is.EqualTo(((Load?)null, 2.0, false)));
    }
}
