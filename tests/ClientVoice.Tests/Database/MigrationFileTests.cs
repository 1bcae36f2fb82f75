using System.Text.RegularExpressions;
using ClientVoice.Database;

namespace ClientVoice.Tests.Database;

/// <summary>The schema files: the two dialects say the same.</summary>
public sealed partial class MigrationFileTests
{
    [Test]
    public void BothDialectsHaveTheSameMigrations() => Assert.That(
        Migrator.All(SqlDialect.SqlServer).Select(m => m.Name), Is.EqualTo(Migrator.All(SqlDialect.Sqlite).Select(m => m.Name)).And.Not.Empty);

    [Test]
    public void BothDialectsHaveTheSameTablesColumnsNullabilityConstraintsAndIndexes() =>
        Assert.That(Shape(SqlDialect.SqlServer), Is.EqualTo(Shape(SqlDialect.Sqlite)).And.Count.GreaterThan(150));

    // Every line of a file without its types: what must be equal in both.
    private static List<string> Shape(SqlDialect dialect) => [.. Migrator.All(dialect)
        .SelectMany(m => m.Sql.Split('\n'))
        .Select(l => l.TrimEnd(',', ' ').TrimEnd())
        .Where(l => l.Length > 0 && !l.StartsWith("--", StringComparison.Ordinal))
        // T-SQL wants a view in a batch of its own.
        .Where(l => l is not ("EXEC(N'" or "');"))
        .Select(l => l.Replace(") STRICT;", ");", StringComparison.Ordinal).Replace(") STRICT, WITHOUT ROWID;", ");", StringComparison.Ordinal))
        .Select(l => Column().Replace(l, "  $1 $2"))
        .Select(l => Added().Replace(l, "ADD $1 $2"))
        // An index has a name of its own in SQLite, and one of its table's in T-SQL.
        .Select(l => Dropped().Replace(l, "DROP INDEX $1;"))];

    [GeneratedRegex(@"^DROP INDEX (\w+) ON \w+;$")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"\bADD (\w+) \w+(?:\([^)]*\))? ((?:NOT )?NULL)")]
    private static partial Regex Added();

    [GeneratedRegex(@"^  (?!CONSTRAINT)(\w+) .*?((NOT )?NULL)\b.*$")]
    private static partial Regex Column();
}
