// Moves that are entered ahead of their day, with one body on every database. Time goes on in them, so each has a clock of its own.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Groups;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;

namespace ClientVoice.Tests.Clients;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class MovesAheadTests(string database)
{
    private readonly LaterTime time = new();
    private ServiceUnderTest service = null!;

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    [SetUp]
    public async Task StartAsync()
    {
        time.Days = 0;
        service = await ServiceUnderTest.StartAsync(database: database, empty: true, time: time);
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AMoveTakesEffectOnItsDayToPlaceAndGroupAndIsNoneBefore()
    {
        var (group, _) = await Get<GroupStore>().AddAsync(new GroupProfile("Anders", "Other", "wlz", ["speaks"], ["mild"], ["living"]), ServiceUnderTest.Officer, default);
        var day = Today.AddDays(10);
        Assert.That(await PlanAsync(ServiceUnderTest.South, group, ServiceUnderTest.Colleague, day), Is.EqualTo(Planned.Done));
        Assert.That(await PlanAsync(ServiceUnderTest.South, null, null, day.AddDays(1)), Is.EqualTo(Planned.AnotherWaits));
        time.Days = 9;
        Assert.That(await RunAsync(), Is.Empty);
        Assert.That((await AnnaAsync()).PlaceId, Is.EqualTo(ServiceUnderTest.North));

        // The service was out for two days: the move is still of its own day.
        time.Days = 12;
        Assert.That(await RunAsync(), Is.EqualTo((Guid[])[ServiceUnderTest.Anna]));
        var anna = await AnnaAsync();
        Assert.That((anna.PlaceId, anna.GroupId, anna.RegularWorkerId), Is.EqualTo((ServiceUnderTest.South, group, (Guid?)ServiceUnderTest.Colleague)));
        Assert.That((await Get<ClientRegister>().MovesAsync(anna.Id, default)).Single().MovedOn, Is.EqualTo(day));
        Assert.That((await Get<ClientRegister>().GroupMovesAsync(anna.Id, default)).Single().MovedOn, Is.EqualTo(day));
        Assert.That(await Get<MovesAhead>().OfAsync(anna.Id, default), Is.Empty, "a move by now");
        Assert.That(await RunAsync(), Is.Empty, "once");
    }

    [Test]
    public async Task AWithdrawnMoveNeverHappensAndOneThatHappenedCannotBeWithdrawn()
    {
        await PlanAsync(ServiceUnderTest.South, null, null, Today.AddDays(3));
        var move = (await Get<MovesAhead>().OfAsync(ServiceUnderTest.Anna, default)).Single();
        Assert.That(await Get<MovesAhead>().WithdrawAsync(move.Id, ServiceUnderTest.Bram, default), Is.EqualTo(Planned.TooLate), "of somebody else");
        Assert.That(await Get<MovesAhead>().WithdrawAsync(move.Id, ServiceUnderTest.Anna, default), Is.EqualTo(Planned.Done));
        time.Days = 5;
        Assert.That(await RunAsync(), Is.Empty);
        Assert.That((await AnnaAsync()).PlaceId, Is.EqualTo(ServiceUnderTest.North));

        await PlanAsync(ServiceUnderTest.South, null, null, Today);
        move = (await Get<MovesAhead>().OfAsync(ServiceUnderTest.Anna, default)).Single(m => m.Became is null);
        await RunAsync();
        Assert.That(await Get<MovesAhead>().WithdrawAsync(move.Id, ServiceUnderTest.Anna, default), Is.EqualTo(Planned.TooLate));
    }

    [Test]
    public async Task WhoLeftMeanwhileOrWhosePlaceClosedDoesNotMoveAndWhoWorksElsewhereByThenIsNobodysWorkerThere()
    {
        await PlanAsync(ServiceUnderTest.South, null, null, Today.AddDays(3));
        await Get<PlaceStore>().CloseAsync(ServiceUnderTest.South, Today.AddDays(2), ServiceUnderTest.Officer, default);
        time.Days = 3;
        Assert.That(await RunAsync(), Is.Empty);
        Assert.That((await Get<MovesAhead>().OfAsync(ServiceUnderTest.Anna, default)).Select(m => m.Became), Is.EqualTo((string[])["closed"]));
        await Get<PlaceStore>().CloseAsync(ServiceUnderTest.South, null, ServiceUnderTest.Officer, default);

        await PlanAsync(ServiceUnderTest.South, null, ServiceUnderTest.Worker, Today.AddDays(1));
        time.Days = 4;
        Assert.That(await RunAsync(), Has.Count.EqualTo(1));
        Assert.That(((await AnnaAsync()).PlaceId, (await AnnaAsync()).RegularWorkerId), Is.EqualTo((ServiceUnderTest.South, (Guid?)null)), "the worker is of another place");

        await PlanAsync(ServiceUnderTest.North, null, null, Today.AddDays(10));
        var anna = await AnnaAsync();
        await Get<ClientWriter>().ChangeAsync(anna, anna with { UntilOn = Today.AddDays(9) }, await Get<DeskChanges>().NewestAsync(anna.Id, default), null, ServiceUnderTest.Officer, default);
        time.Days = 20;
        Assert.That(await RunAsync(), Is.Empty);
        Assert.That((await AnnaAsync()).PlaceId, Is.EqualTo(ServiceUnderTest.South));
        Assert.That((await Get<MovesAhead>().OfAsync(anna.Id, default))[0].Became, Is.EqualTo("left"));
    }

    [Test]
    public async Task APlaceCanCloseOnADayWhenEverybodyWillHaveMovedAndNotWhileSomebodyIsToCome()
    {
        var places = Get<PlaceStore>();
        var day = Today.AddDays(5);
        await PlanAsync(ServiceUnderTest.South, null, null, day);
        Assert.That(await places.WhyNotCloseAsync(ServiceUnderTest.North, day.AddDays(-1), default), Is.EqualTo(ClosingFault.Clients));
        Assert.That(await places.WhyNotCloseAsync(ServiceUnderTest.North, day, default), Is.EqualTo(ClosingFault.None));
        await places.CloseAsync(ServiceUnderTest.North, day, ServiceUnderTest.Officer, default);
        var move = (await Get<MovesAhead>().OfAsync(ServiceUnderTest.Anna, default)).Single();
        Assert.That(await Get<MovesAhead>().WithdrawAsync(move.Id, ServiceUnderTest.Anna, default), Is.EqualTo(Planned.PlaceCloses), "she would stay where nobody can be");

        var bram = await Get<ClientRegister>().FindAnywhereAsync(ServiceUnderTest.Bram, default);
        await Get<ClientWriter>().ChangeAsync(bram!, bram! with { UntilOn = Today }, await Get<DeskChanges>().NewestAsync(bram!.Id, default), null, ServiceUnderTest.Officer, default);
        Assert.That(await places.WhyNotCloseAsync(ServiceUnderTest.South, day.AddDays(30), default), Is.EqualTo(ClosingFault.MovesAhead), "Anna is to come");
    }

    [Test]
    public async Task TwoRunsAtOnceMoveAClientOnce()
    {
        await PlanAsync(ServiceUnderTest.South, null, null, Today);
        var moved = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Get<MovesAhead>().RunAsync(default))));
        Assert.That(moved.Sum(m => m.Count), Is.GreaterThanOrEqualTo(1));
        Assert.That(await Get<ClientRegister>().MovesAsync(ServiceUnderTest.Anna, default), Has.Count.EqualTo(1));
        Assert.That(await Get<MovesAhead>().OfAsync(ServiceUnderTest.Anna, default), Is.Empty);
    }

    private Task<Planned> PlanAsync(Guid? place, Guid? group, Guid? worker, DateOnly on) =>
        Get<MovesAhead>().PlanAsync(ServiceUnderTest.Anna, place, group, worker, on, ServiceUnderTest.Officer, default);

    private Task<IReadOnlyList<Guid>> RunAsync() => Get<MovesAhead>().RunAsync(default);

    private async Task<ClientRecord> AnnaAsync() => (await Get<ClientRegister>().FindAnywhereAsync(ServiceUnderTest.Anna, default))!;

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
