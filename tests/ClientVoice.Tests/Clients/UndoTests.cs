// What undoing a change says when something goes wrong in the midst of it: what stands in the way is an answer, trouble of the database is not.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Database;
using ClientVoice.Tests.Database;

namespace ClientVoice.Tests.Clients;

public sealed class UndoTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task TroubleThatPassesIsTriedAgainAndNothingIsLeftOfTheFirstTry()
    {
        var (place, change) = await AddedAsync("Nieuw huis");
        var restorer = new Troubled(PlaceRestorer, new AgainTests.Deadlock(), times: 2);
        Assert.That(await Changes(restorer).UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That((restorer.Tries, await IsThereAsync(place)), Is.EqualTo((3, false)));
    }

    [Test]
    public async Task ADatabaseThatCannotBeWrittenIsNotToldAsSomethingThatStandsOnIt()
    {
        var (place, change) = await AddedAsync("Ander huis");
        await Assert.ThrowsAsync<DatabaseFileException>(() => Changes(new Troubled(PlaceRestorer, new DatabaseFileException("The disk is full."), times: 1)).UndoAsync(change, ServiceUnderTest.Officer, default));
        Assert.That(await IsThereAsync(place), "nothing was changed");
        Assert.That(await Changes(PlaceRestorer).UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done), "and it can be undone when the disk has room");
    }

    [Test]
    public async Task APlaceOnWhichAnotherStandsIsToldAsInUse()
    {
        var (place, change) = await AddedAsync("Huis met een team");
        await service.Services.GetRequiredService<PlaceStore>().AddAsync(place, "team", "Team erin", ServiceUnderTest.Officer, default);
        Assert.That(await Changes(PlaceRestorer).UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.InUse));
        Assert.That(await IsThereAsync(place));
    }

    private IRestore PlaceRestorer => service.Services.GetServices<IRestore>().Single(r => r.Subject == Subjects.Place);

    private DeskChanges Changes(IRestore restorer) => new(
        service.Services.GetRequiredService<IDatabase>(), service.Services.GetRequiredService<Secrets>(), service.Services.GetRequiredService<TimeProvider>(), [restorer]);

    private Task<(Guid Place, Guid Change)> AddedAsync(string name) =>
        service.Services.GetRequiredService<PlaceStore>().AddAsync(ServiceUnderTest.Organisation, "location", name, ServiceUnderTest.Officer, default);

    private async Task<bool> IsThereAsync(Guid place) => (await service.Services.GetRequiredService<PlaceStore>().AllAsync(new DateOnly(2026, 1, 1), default)).Any(p => p.Id == place);

    /// <summary>Fails so many times after the work was done, as a deadlock does, and then lets it be.</summary>
    private sealed class Troubled(IRestore within, Exception trouble, int times) : IRestore
    {
        public string Subject => within.Subject;

        public int Tries { get; private set; }

        public async Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel)
        {
            await within.RestoreAsync(connection, transaction, change, cancel);
            if (++Tries <= times)
            {
                throw trouble;
            }
        }
    }
}
