using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClientVoice.Database;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>
/// Whole query in, whole SQL and parameters out, in both dialects. The cases stand in Translations.txt: a query, what it
/// becomes, and the values. A new case is written with its query alone; the failure shows what is to be read and put there.
/// </summary>
internal sealed partial class TranslationTest
{
    private sealed record Case(string Query, string Sqlite, string SqlServer, string Parameters);

    private static IEnumerable<TestCaseData> Cases() =>
        Read().Select(c => new TestCaseData(c).SetArgDisplayNames(c.Query));

    [TestCaseSource(nameof(Cases))]
    public void AQueryBecomesExactlyThisSql(object given)
    {
        var expected = (Case)given;
        var sqlite = Translation.Sql(SqlDialect.Sqlite, expected.Query);
        var server = Translation.Sql(SqlDialect.SqlServer, expected.Query);
        Assert.That(server.Parameters, Is.EqualTo(sqlite.Parameters), "the dialects differ in words, not in values");
        Assert.That(
            new Case(expected.Query, sqlite.Sql, server.Sql, sqlite.Parameters),
            Is.EqualTo(expected),
            $"=== {expected.Query}\n--- sqlite\n{sqlite.Sql}\n--- sqlserver\n{server.Sql}\n--- parameters\n{sqlite.Parameters}\n");
    }

    [Test]
    public void EveryTableAndColumnNameComesFromTheMap()
    {
        foreach (var query in Read().Select(c => c.Query))
        {
            var sql = Translation.Sql(SqlDialect.SqlServer, query).Sql;
            Assert.That(sql, Does.Not.Match("'(?!%)"), $"a literal text stands in the SQL of {query}; values are parameters");
        }
    }

    private static IReadOnlyList<Case> Read([CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Translations.txt"));
        return [.. Pattern().Matches(text).Select(m => new Case(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value))];
    }

    [GeneratedRegex(@"^=== (.+?)\n--- sqlite\n(.*?)\n--- sqlserver\n(.*?)\n--- parameters\n(.*?)\n(?=\n===|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
