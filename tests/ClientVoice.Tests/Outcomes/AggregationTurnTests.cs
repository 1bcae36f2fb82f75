using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AggregationTurnTests(string database)
{
    [Test]
    public async Task WhileOneRunCountsAnotherWaits()
    {
        using var folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        var first = await AggregationTurn.TakeAsync(folder.Database, TimeProvider.System, default);
        var second = AggregationTurn.TakeAsync(folder.Database, TimeProvider.System, default);
        await Task.WhenAny(second, Task.Delay(500));
        Assert.That(second.IsCompleted, Is.False);
        await first.DisposeAsync();
        await using var turn = await second.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task ARunThatLostItsTurnWritesNothing()
    {
        using var folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        var first = await AggregationTurn.TakeAsync(folder.Database, TimeProvider.System, default);
        await folder.RunAsync("UPDATE AggregationTurn SET UntilAt = @past", new { past = TimeProvider.System.GetUtcNow().AddMinutes(-1) });
        await using var second = await AggregationTurn.TakeAsync(folder.Database, TimeProvider.System, default);
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await Assert.ThatAsync(() => first.RenewAsync(connection, transaction, default), Throws.InvalidOperationException);
        await Assert.ThatAsync(() => second.RenewAsync(connection, transaction, default), Throws.Nothing);
    }
}
