using ClientVoice.Access;
using ClientVoice.Tests.Feed;
using Dapper;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace ClientVoice.Tests.Access;

/// <summary>A key opens the feed until it expires or is revoked, and is kept nowhere.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class FeedKeysTests(string database)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly TimeProvider time = Substitute.For<TimeProvider>();
    private FeedStore store = null!;
    private FeedKeys keys = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        store = await FeedStore.CreateAsync(database);
        time.GetUtcNow().Returns(Noon);
        keys = new FeedKeys(store.Database, time, Substitute.For<IHostEnvironment>());
    }

    [TearDown]
    public async Task RemoveAsync() => await store.DisposeAsync();

    [Test]
    public async Task AKeyOpensUntilItExpires()
    {
        var (_, key) = await keys.MakeAsync("bi", [FeedStore.North], [], null, Noon.AddHours(1), default);
        Assert.That((await keys.RecogniseAsync(key, default))?.Places, Is.EqualTo((Guid[])[FeedStore.North]));
        time.GetUtcNow().Returns(Noon.AddHours(1));
        Assert.That(await keys.RecogniseAsync(key, default), Is.Null);
        Assert.That((await keys.AllAsync(default)).Single().Holds(time.GetUtcNow()), Is.False);
    }

    [Test]
    public async Task AKeyOpensEveryPlaceThatItWasMadeFor()
    {
        var (_, key) = await keys.MakeAsync("bi", [FeedStore.North, FeedStore.South, FeedStore.North], [], null, null, default);
        Assert.That((await keys.RecogniseAsync(key, default))?.Places, Is.EquivalentTo((Guid[])[FeedStore.North, FeedStore.South]));
        Assert.That((await keys.AllAsync(default)).Single().Places, Is.EquivalentTo((Guid[])[FeedStore.North, FeedStore.South]));
    }

    [Test]
    public async Task AKeyIsNarrowedToTheClientGroupsThatItWasMadeFor()
    {
        await store.ExecuteAsync(
            "INSERT INTO ClientGroup (Id, Code, NameNl, NameEn, Law, Communication, Disability, Setting) VALUES (@Group, 'lvb', 'Licht', 'Mild', 'wlz', 'speaks', 'mild', 'living')", new { FeedStore.Group });
        var (_, narrow) = await keys.MakeAsync("narrow", [FeedStore.North], [FeedStore.Group, FeedStore.Group], null, null, default);
        var (_, wide) = await keys.MakeAsync("wide", [FeedStore.North], [], null, null, default);
        Assert.That((await keys.RecogniseAsync(narrow, default))?.Groups, Is.EqualTo((Guid[])[FeedStore.Group]));
        Assert.That((await keys.RecogniseAsync(wide, default))?.Groups, Is.Empty);
        Assert.That((await keys.AllAsync(default)).ToDictionary(k => k.Name, k => k.Groups.Count), Is.EquivalentTo(new Dictionary<string, int> { ["narrow"] = 1, ["wide"] = 0 }));
    }

    [Test]
    public async Task ARevokedKeyOpensNothingAndTheOthersStillDo()
    {
        var (first, gone) = await keys.MakeAsync("one", [FeedStore.North], [], null, null, default);
        var (_, other) = await keys.MakeAsync("two", [FeedStore.North], [], null, null, default);
        Assert.That((await keys.RevokeAsync(first, default), await keys.RevokeAsync(first, default)), Is.EqualTo((true, false)), "once is enough");
        Assert.That((await keys.RecogniseAsync(gone, default), (await keys.RecogniseAsync(other, default))?.Name), Is.EqualTo(((FeedReader?)null, "two")));
    }

    [Test]
    public async Task TheListSaysWhenAKeyWasLastUsed()
    {
        var (_, key) = await keys.MakeAsync("bi", [FeedStore.North], [], null, null, default);
        Assert.That((await keys.AllAsync(default)).Single().LastUsedAt, Is.Null);
        await keys.RecogniseAsync(key, default);
        Assert.That((await keys.AllAsync(default)).Single().LastUsedAt, Is.EqualTo(Noon));
    }

    [Test]
    public async Task TheKeyItselfIsKeptNowhere()
    {
        var (_, key) = await keys.MakeAsync("bi", [FeedStore.North], [], null, null, default);
        await using var connection = await store.Database.OpenAsync(default);
        var row = (IDictionary<string, object?>)await connection.QuerySingleAsync("SELECT * FROM FeedKey");
        Assert.That(row.Values.Select(v => v?.ToString() ?? ""), Has.None.Contains(key[4..]));
    }
}
