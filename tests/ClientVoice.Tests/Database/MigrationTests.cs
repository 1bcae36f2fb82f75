using System.Text.RegularExpressions;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Database;

public sealed partial class MigrationTests
{
    [Test]
    public void BothDialectsHaveTheSameMigrations() => Assert.That(
        Migrator.All(SqlDialect.SqlServer).Select(m => m.Name), Is.EqualTo(Migrator.All(SqlDialect.Sqlite).Select(m => m.Name)).And.Not.Empty);

    [Test]
    public void BothDialectsHaveTheSameTablesColumnsNullabilityConstraintsAndIndexes() =>
        Assert.That(Shape(SqlDialect.SqlServer), Is.EqualTo(Shape(SqlDialect.Sqlite)).And.Count.GreaterThan(150));

    [Test]
    public async Task ASecondRunHasNothingToDo()
    {
        using var folder = new TemporaryFolder();
        var migrator = folder.Migrator();
        Assert.Multiple(async () =>
        {
            Assert.That(await migrator.RunAsync(default), Is.EqualTo(Migrator.All(SqlDialect.Sqlite).Select(m => m.Name)));
            Assert.That(await migrator.RunAsync(default), Is.Empty);
        });
        await Task.CompletedTask;
    }

    [Test]
    public async Task AMigrationThatWasChangedAfterItRanIsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        await folder.Migrator().RunAsync(default);
        await folder.RunAsync("UPDATE SchemaMigration SET Sha256 = 'other' WHERE Number = 1");
        Assert.That(async () => await folder.Migrator().RunAsync(default), Throws.InvalidOperationException.With.Message.Contains("0001_first_schema.sql"));
    }

    [Test]
    public async Task ADatabaseOfANewerProgramIsRefused()
    {
        using var folder = new TemporaryFolder();
        await folder.Migrator().RunAsync(default);
        await folder.RunAsync("INSERT INTO SchemaMigration (Number, Name, Sha256, RanAt) VALUES (9999, 'x', 'x', 'x')");
        Assert.That(async () => await folder.Migrator().RunAsync(default), Throws.InvalidOperationException.With.Message.Contains("9999"));
    }

    // Every line of a file without its types: what must be equal in both.
    private static List<string> Shape(SqlDialect dialect) => [.. Migrator.All(dialect)
        .SelectMany(m => m.Sql.Split('\n'))
        .Select(l => l.TrimEnd(',', ' ').TrimEnd())
        .Where(l => l.Length > 0 && !l.StartsWith("--", StringComparison.Ordinal))
        .Select(l => l.Replace(") STRICT;", ");", StringComparison.Ordinal))
        .Select(l => Column().Replace(l, "  $1 $2"))];

    [GeneratedRegex(@"^  (?!CONSTRAINT)(\w+) .*?((NOT )?NULL)\b.*$")]
    private static partial Regex Column();
}
