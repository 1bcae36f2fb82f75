// SQL Server's own grammar, where no server is: what stands in the T-SQL files, and what the feed makes of any query, can be read by it.
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests.Database.SqlTexts;
using ClientVoice.Tests.Feed;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Database;

public sealed partial class TransactSqlTests
{
    // Of queries put together anew in every run.
    private const int Many = 1_000;

    private static IEnumerable<string> Migrations() => Migrator.All(SqlDialect.SqlServer).Select(m => m.Name);

    [TestCaseSource(nameof(Migrations))]
    public void AMigrationIsTransactSqlAlsoInsideWhatItExecutes(string name)
    {
        var sql = Migrator.All(SqlDialect.SqlServer).Single(m => m.Name == name).Sql;
        Assert.That(TransactSql.Inside(sql).Prepend(sql).SelectMany(TransactSql.Faults), Is.Empty);
    }

    [Test]
    public void TheScriptThatMakesDatabaseAndUsersIsTransactSql() =>
        // What sqlcmd fills in stands within quotes.
        Assert.That(TransactSql.Faults(File.ReadAllText(Path.Combine(HousePaths.House, "deploy", "sqlserver.sql"))), Is.Empty);

    [Test]
    public void WhatTheFeedMakesOfAnyQueryOfItsTestsIsTransactSql()
    {
        var queries = Queries();
        Assert.That(queries, Has.Count.GreaterThan(50));
        Assert.That(queries.SelectMany(query => TransactSql.FaultsOfStatement(Translation.Sql(SqlDialect.SqlServer, query).Sql).Select(fault => $"{query}: {fault}")), Is.Empty);
    }

    [Test]
    public void WhatTheFeedMakesOfAnyQueryThatItTakesIsTransactSql() => Prop.ForAll(AnyQuery.All.ToArbitrary(), query =>
    {
        // Whatever is put together here is what the feed says that it takes: a refusal fails too.
        Assert.That(Translation.Texts(SqlDialect.SqlServer, query).SelectMany(TransactSql.FaultsOfStatement), Is.Empty, query);
    })
    .Check(Config.QuickThrowOnFailure.WithMaxTest(Many));

    [TestCase("SELECT Id FROM Client LIMIT 5")]
    [TestCase("SELECT TOP FROM Client")]
    [TestCase("CREATE TABLE T (Id uniqueidentifier NOT NULL")]
    public void WhatIsNoTransactSqlIsSeenToBeNone(string sql) => Assert.That(TransactSql.Faults(sql), Is.Not.Empty);

    private static List<string> Queries([CallerFilePath] string here = "") =>
        [.. Query().Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Feed", "Translations.txt"))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^=== (.+)$", RegexOptions.Multiline)]
    private static partial Regex Query();
}
