using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClientVoice.Tests.Access;

/// <summary>The trail is only added to, and shows what was done to it.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class AuditTrailTests(string database)
{
    private static readonly Guid Key = new("01900000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.FromHours(1));
    private TemporaryFolder folder = null!;
    private AuditStore store = null!;
    private ServiceKeys keys = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        var secrets = folder.Secrets(new EphemeralDataProtectionProvider());
        keys = new ServiceKeys(folder.Database, secrets, TimeProvider.System);
        store = new AuditStore(folder.Database, new LookUps(folder.Database, keys, secrets), secrets);
    }

    [TearDown]
    public void Remove()
    {
        keys.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task EveryRowHoldsTheHashOfTheOneBeforeIt()
    {
        await AppendAsync(3);
        await AppendAsync(2);
        var rows = (await store.LastAsync(Key, 10, default)).Reverse().ToList();
        Assert.That(rows.Select(r => r.Number), Is.EqualTo(new long[] { 1, 2, 3, 4, 5 }));
        Assert.That(rows.Select(r => r.PreviousHash), Is.EqualTo(new[] { AuditRow.NothingBefore }.Concat(rows.Take(4).Select(r => r.Hash()))));
        Assert.That(await store.FirstFaultAsync(default), Is.Null, "the trail is whole");
    }

    [TestCase("UPDATE AuditEvent SET Result = '404' WHERE Number = 3", 3)]
    [TestCase("UPDATE AuditEvent SET ActorId = NULL WHERE Number = 3", 3)]
    [TestCase("UPDATE AuditEvent SET Hash = PreviousHash WHERE Number = 3", 3)]
    [TestCase("DELETE FROM AuditEvent WHERE Number = 3", 3)]
    [TestCase("DELETE FROM AuditEvent WHERE Number = 1", 1)]
    public async Task ARowThatWasChangedOrTakenOutShows(string harm, int number)
    {
        await AppendAsync(5);
        await folder.RunAsync(harm);
        Assert.That(await store.FirstFaultAsync(default), Is.EqualTo(number));
    }

    [Test]
    public async Task AnAddressIsKeptAsAHashThatMeetsItself()
    {
        await AppendAsync(2);
        var hashes = (await store.LastAsync(Key, 10, default)).Select(r => r.AddressHash!).Distinct().ToList();
        Assert.That(hashes, Has.Count.EqualTo(1));
        Assert.That(hashes[0], Has.Length.EqualTo(64).And.Not.Contains("192.0.2.1"));
    }

    [Test]
    public async Task WritersAtOnceMakeOneChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AppendAsync(25)));
        Assert.That((await store.FirstFaultAsync(default), (await store.CountsAsync("feed.read", Noon.AddDays(-1), default))[Key].Events), Is.EqualTo(((long?)null, 100L)));
    }

    [Test]
    public async Task WhatCameInBeforeTheEndIsWritten()
    {
        using var trail = new AuditTrail(store, TimeProvider.System, NullLogger<AuditTrail>.Instance);
        await trail.StartAsync(default);
        for (var i = 0; i < 1_200; i++)
        {
            trail.Soon(new AuditEvent("key", Key, "feed.read", $"/odata/Outcomes({i})", null, "200"));
        }

        await trail.StopAsync(default);
        Assert.That((await store.LastAsync(Key, 2_000, default)).Select(r => r.Resource).Reverse(), Is.EqualTo(Enumerable.Range(0, 1_200).Select(i => $"/odata/Outcomes({i})")), "all of them, in order");
        Assert.That(await store.FirstFaultAsync(default), Is.Null);
    }

    private Task AppendAsync(int rows) => store.AppendAsync(
        [.. Enumerable.Range(0, rows).Select(i => new TimedEvent(new AuditEvent("key", Key, "feed.read", $"/odata/Outcomes({i})", "192.0.2.1", "200"), Noon.AddTicks(i * 12_345)))], default);
}
