// A place that is put under another one: the tree, who sees it, what refuses, and undoing it. With one body on every database.
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Clients;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class PlaceMoverTests(string database)
{
    private readonly LaterTime time = new();
    private ServiceUnderTest service = null!;
    private Guid east;
    private Guid west;
    private Guid linde;
    private Guid team;

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    [SetUp]
    public async Task StartAsync()
    {
        time.Days = 0;
        service = await ServiceUnderTest.StartAsync(database: database, empty: true, time: time);
        east = await AddAsync(ServiceUnderTest.Organisation, "region", "Oost");
        west = await AddAsync(ServiceUnderTest.Organisation, "region", "West");
        linde = await AddAsync(east, "location", "Linde");
        team = await AddAsync(linde, "team", "Team");
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task APlaceGoesWithAllBelowItAndTheTreeIsAsIfItHadAlwaysStoodThere()
    {
        await RunAsync("INSERT INTO PersonScope (PersonId, PlaceId) VALUES (@Worker, @east)");
        var effect = await Get<PlaceMover>().LookAsync(linde, west, default);
        Assert.That((effect.Fault, effect.Places, effect.Lose, effect.Gain), Is.EqualTo((MovingFault.None, 1, 1, 0)), "a worker of the east loses sight");
        Assert.That(effect.CountsFrom, Is.EqualTo(new DateOnly(Today.Year, Today.Month, 1).AddMonths(1)));
        Assert.That(await TreeAsync(), Is.EqualTo(await FreshTreeAsync()), "looking changes nothing");

        var (fault, change) = await Get<PlaceMover>().MoveAsync(linde, west, ServiceUnderTest.Officer, default);
        Assert.That(fault, Is.EqualTo(MovingFault.None));
        Assert.That(await TreeAsync(), Is.EqualTo(await FreshTreeAsync()));
        Assert.That(await AboveAsync(team), Is.EqualTo((Guid[])[team, linde, west, ServiceUnderTest.Organisation]));
        Assert.That((await Get<PlaceStore>().InScopeAsync(ServiceUnderTest.Worker, Today, default)).Select(p => p.Id), Does.Not.Contain(team));
        Assert.That((await TreeOverTimeAsync()).Above(team, Today), Is.EqualTo((Guid[])[team, linde, east, ServiceUnderTest.Organisation]), "this month still counts there");
        Assert.That((await TreeOverTimeAsync()).Above(team, effect.CountsFrom), Is.EqualTo((Guid[])[team, linde, west, ServiceUnderTest.Organisation]));

        Assert.That(await Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That(await AboveAsync(team), Is.EqualTo((Guid[])[team, linde, east, ServiceUnderTest.Organisation]));
        Assert.That(await TreeAsync(), Is.EqualTo(await FreshTreeAsync()));
        Assert.That((await TreeOverTimeAsync()).Moves, Is.Empty, "nothing was counted by it yet");
    }

    [Test]
    public async Task OfTwoChangesInOneMonthTheDaysBeforeAreOfTheFirstOnesTreeAndTheDaysAfterOfTheLast()
    {
        await Get<PlaceMover>().MoveAsync(linde, west, ServiceUnderTest.Officer, default);
        await Get<PlaceMover>().MoveAsync(linde, ServiceUnderTest.Organisation, ServiceUnderTest.Officer, default);
        var tree = await TreeOverTimeAsync();
        Assert.That((tree.Above(linde, Today).ElementAt(1), tree.Above(linde, PlacesOverTime.CountsFrom(Today)).ElementAt(1)), Is.EqualTo((east, ServiceUnderTest.Organisation)));
    }

    [Test]
    public async Task UndoingItInALaterMonthLeavesWhatCountedMeanwhileWhereItCounted()
    {
        var (_, change) = await Get<PlaceMover>().MoveAsync(linde, west, ServiceUnderTest.Officer, default);
        var first = PlacesOverTime.CountsFrom(Today);
        time.Days = 40;
        Assert.That(await Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        var tree = await TreeOverTimeAsync();
        Assert.That((tree.Above(linde, first.AddDays(-1)).ElementAt(1), tree.Above(linde, Today).ElementAt(1), tree.Above(linde, PlacesOverTime.CountsFrom(Today)).ElementAt(1)), Is.EqualTo((east, west, east)));
    }

    [Test]
    public async Task WhatWouldBreakIsRefusedWithItsReasonAndChangesNothing()
    {
        Assert.That(await FaultAsync(ServiceUnderTest.Organisation, east), Is.EqualTo(MovingFault.Nowhere));
        Assert.That(await FaultAsync(linde, east), Is.EqualTo(MovingFault.Nowhere), "is there already");
        Assert.That(await FaultAsync(linde, team), Is.EqualTo(MovingFault.Nowhere), "is below it");
        Assert.That(await FaultAsync(team, west), Is.EqualTo(MovingFault.Kind));
        await Get<PlaceStore>().CloseAsync(west, Today.AddDays(9), ServiceUnderTest.Officer, default);
        Assert.That(await FaultAsync(linde, west), Is.EqualTo(MovingFault.Closed));
        await Get<PlaceStore>().CloseAsync(west, null, ServiceUnderTest.Officer, default);
        await AddAsync(west, "location", "LINDE");
        Assert.That(await FaultAsync(linde, west), Is.EqualTo(MovingFault.Name));

        await RunAsync("UPDATE Place SET Name = 'Anders' WHERE ParentId = @west");
        await RunAsync("UPDATE Client SET PlaceId = @team, RegularWorkerId = @Worker WHERE Id = @Anna");
        await RunAsync("INSERT INTO PersonScope (PersonId, PlaceId) VALUES (@Worker, @east)");
        Assert.That(await FaultAsync(linde, west), Is.EqualTo(MovingFault.Workers));
        Assert.That((await Get<PlaceMover>().LookAsync(linde, west, default)).Workers, Is.EqualTo(1));
        Assert.That((await TreeOverTimeAsync()).Moves, Is.Empty);
        await RunAsync("INSERT INTO PersonScope (PersonId, PlaceId) VALUES (@Worker, @team)");
        Assert.That(await FaultAsync(linde, west), Is.EqualTo(MovingFault.None), "the worker works at the team itself");
    }

    [Test]
    public async Task UndoingIsRefusedWhereThePlaceItCameFromHasClosed()
    {
        var (_, change) = await Get<PlaceMover>().MoveAsync(linde, west, ServiceUnderTest.Officer, default);
        await Get<PlaceStore>().CloseAsync(east, Today, ServiceUnderTest.Officer, default);
        Assert.That(await Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.InUse));
        Assert.That(await AboveAsync(linde), Is.EqualTo((Guid[])[linde, west, ServiceUnderTest.Organisation]));
    }

    private async Task<MovingFault> FaultAsync(Guid place, Guid to)
    {
        var before = await TreeAsync();
        var (fault, change) = await Get<PlaceMover>().MoveAsync(place, to, ServiceUnderTest.Officer, default);
        if (fault == MovingFault.None)
        {
            await Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default);
        }

        Assert.That(await TreeAsync(), Is.EqualTo(before));
        return fault;
    }

    private async Task<Guid> AddAsync(Guid parent, string kind, string name) => (await Get<PlaceStore>().AddAsync(parent, kind, name, ServiceUnderTest.Officer, default)).Place;

    private Task<PlacesOverTime> TreeOverTimeAsync() => PlacesOverTime.ReadAsync(Get<ClientStore>(), Get<IDatabase>(), default);

    private async Task<List<Guid>> AboveAsync(Guid place)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return [.. await connection.QueryAsync<Guid>("SELECT AncestorId FROM PlaceTree WHERE DescendantId = @place ORDER BY Depth", new { place })];
    }

    private async Task<List<string>> TreeAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return [.. (await connection.QueryAsync<(Guid, Guid, int)>("SELECT AncestorId, DescendantId, Depth FROM PlaceTree")).Select(r => $"{r}").Order(StringComparer.Ordinal)];
    }

    // As it would be made from nothing, out of what each place is right below.
    private async Task<List<string>> FreshTreeAsync()
    {
        var parents = (await Get<ClientStore>().PlacesAsync(default)).ToDictionary(p => p.Id, p => p.ParentId);
        return [.. parents.Keys.SelectMany(place => Upwards(place).Select((above, depth) => $"{(above, place, depth)}")).Order(StringComparer.Ordinal)];

        IEnumerable<Guid> Upwards(Guid place)
        {
            for (Guid? at = place; at is { } id; at = parents[id])
            {
                yield return id;
            }
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync(sql, new { east, west, linde, team, ServiceUnderTest.Worker, ServiceUnderTest.Anna });
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
