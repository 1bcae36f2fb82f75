using ClientVoice.Database;

namespace ClientVoice.Tests.Database;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class MigrationTests(string database)
{
    [Test]
    public async Task ASecondRunHasNothingToDo()
    {
        using var folder = new TemporaryFolder(database);
        var migrator = folder.Migrator();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await migrator.RunAsync(default), Is.EqualTo(Migrator.All(folder.Database.Dialect).Select(m => m.Name)));
            Assert.That(await migrator.RunAsync(default), Is.Empty);
        });
    }

    [Test]
    public async Task OfProgramsThatStartAtOnceOneMigrates()
    {
        using var folder = new TemporaryFolder(database);
        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => folder.Migrator().RunAsync(default))));
        Assert.That(ran.SelectMany(names => names), Is.EqualTo(Migrator.All(folder.Database.Dialect).Select(m => m.Name)));
    }

    [Test]
    public async Task AMigrationThatWasChangedAfterItRanIsRefusedByName()
    {
        using var folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        await folder.RunAsync("UPDATE SchemaMigration SET Sha256 = 'other' WHERE Number = 1");
        await Assert.ThatAsync(async () => await folder.Migrator().RunAsync(default), Throws.InvalidOperationException.With.Message.Contains("0001_first_schema.sql"));
    }

    [Test]
    public async Task ALookSaysWhatWouldRunAndChangesNothing()
    {
        using var folder = new TemporaryFolder(database);
        var all = Migrator.All(folder.Database.Dialect);
        Assert.That(await folder.Migrator().PendingAsync(default), Is.EqualTo(all));
        Assert.That(await folder.Migrator().PendingAsync(default), Is.EqualTo(all), "nothing ran the first time");
        await folder.Migrator().RunAsync(default);
        Assert.That(await folder.Migrator().PendingAsync(default), Is.Empty);
        await folder.RunAsync("UPDATE SchemaMigration SET Sha256 = 'other' WHERE Number = 2");
        await Assert.ThatAsync(async () => await folder.Migrator().PendingAsync(default), Throws.InvalidOperationException.With.Message.Contains("0002_conversation_marks.sql"));
    }

    [Test]
    public async Task AMigrationThatFailsSaysWhichAndLeavesTheSchemaAsItWas()
    {
        using var folder = new TemporaryFolder(database);
        // Something of a name that the last migration wants.
        await folder.RunAsync("CREATE TABLE QualityReport (Id int NOT NULL)");
        await Assert.ThatAsync(
            async () => await folder.Migrator().RunAsync(default),
            Throws.InvalidOperationException.With.Message.StartsWith("Migration 0012_quality_reports.sql did not run").And.Message.Contains("the schema stands at 0011"));
        await folder.RunAsync("DROP TABLE QualityReport");
        Assert.That((await folder.Migrator().RunAsync(default))[0], Is.EqualTo("0012_quality_reports.sql"), "and nothing of it was left");
    }

    [Test]
    public async Task ADatabaseOfANewerProgramIsRefused()
    {
        using var folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        await folder.RunAsync("INSERT INTO SchemaMigration (Number, Name, Sha256, RanAt) VALUES (9999, 'x', 'x', '2026-01-01T00:00:00.000Z')");
        await Assert.ThatAsync(async () => await folder.Migrator().RunAsync(default), Throws.InvalidOperationException.With.Message.Contains("9999"));
    }
}
