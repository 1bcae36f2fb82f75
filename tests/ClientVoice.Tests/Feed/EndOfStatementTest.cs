using System.Diagnostics;
using ClientVoice.Feed.Sql;
using ClientVoice.Problems;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>A statement ends: when its reader leaves, and when it takes too long.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class EndOfStatementTest(string database)
{
    // Twenty rows to the twelfth power: nobody waits for that.
    private static readonly Statement Endless = new(
        $"SELECT COUNT(*) FROM {string.Join(", ", Enumerable.Range(1, 12).Select(i => $"PublishedOutcome t{i}"))}", new SqlParameters(), null, []);

    private FeedStore store = null!;

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        store = await FeedStore.CreateAsync(database);
        if (store.IsBabelfish)
        {
            Assert.Ignore("Babelfish does not hear that a client gives up; run this on SQL Server itself.");
        }
    }

    [OneTimeTearDown]
    public async Task EmptyAsync() => await store.DisposeAsync();

    [Test]
    public async Task AStatementStopsWhenItsReaderLeaves()
    {
        using var leaves = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        await Assert.CatchAsync<OperationCanceledException>(() => new FeedDatabase(store.Database, TimeProvider.System).CountAsync(Endless, leaves.Token));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task AStatementThatTakesTooLongIsStoppedAndSaidToBeTooLarge()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new FeedDatabase(store.Database, new HurriedTime()).CountAsync(Endless, CancellationToken.None));
        Assert.That((problem!.Kind.Code, problem.Detail), Is.EqualTo(("query-too-large", "This query takes more than 60 seconds; ask for less of it.")));
    }

    /// <summary>A minute passes in a fifth of a second.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 300 : dueTime, period);
    }
}
