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
    public async Task ADatabaseOfANewerProgramIsRefused()
    {
        using var folder = new TemporaryFolder(database);
        await folder.Migrator().RunAsync(default);
        await folder.RunAsync("INSERT INTO SchemaMigration (Number, Name, Sha256, RanAt) VALUES (9999, 'x', 'x', '2026-01-01T00:00:00.000Z')");
        await Assert.ThatAsync(async () => await folder.Migrator().RunAsync(default), Throws.InvalidOperationException.With.Message.Contains("9999"));
    }
}
