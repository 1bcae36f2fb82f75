// Every text that the service can say to a database, read from its source and held against SQL Server's own grammar and the names that
// the migrations make: where no server is, a slip must not wait until somebody has one.
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests.Database.SqlTexts;

namespace ClientVoice.Tests.Database;

public sealed class SaidToADatabaseTests
{
    // What is held against the grammar in another way, and how.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["FeedRows.StartAsync statement.Sql"] = "made of queries: TransactSqlTests has those of the feed's tests",
        ["Migrator.RunAsync migration.Sql"] = "the files of db/sqlserver: TransactSqlTests",
        ["ServerRows.InsertAsync sql"] = "made of a table and its columns: read here where they are given",
    };

    // What must not slip through, as somebody could write it.
    private static readonly (string Said, string Fault)[] Slips =
    [
        ("\"SELECT Id FROM Place ORDER BY Id LIMIT 5\"", "LIMIT"),
        ("\"SELECT Id || Name FROM Place\"", "|| joins no texts"),
        ("\"INSERT OR IGNORE INTO Place (Id) VALUES (@id)\"", "OR"),
        ("\"REPLACE INTO Place (Id) VALUES (@id)\"", "INTO"),
        ("\"INSERT INTO Place (Id) VALUES (@id) ON CONFLICT DO NOTHING\"", "ON"),
        ("\"DELETE FROM Place WHERE Id = @id RETURNING Id\"", "RETURNING"),
        ("\"PRAGMA optimize\"", "it runs a procedure"),
        ("\"SELECT IFNULL(Name, '') FROM Place\"", "there is no function IFNULL"),
        ("\"SELECT Name FROM Plaec\"", "there is no table Plaec"),
        ("\"SELECT p.Nmae FROM Place p\"", "there is no column Nmae"),
        ("\"SELECT * FROM Place\"", "it asks for whatever columns there are"),
        ("\"SELECT Id FROM Place\" + (descending ? \" ORDER BY Id DESC\" : \" ORDER BY Id LIMIT 1\")", "LIMIT"),
        ("new CommandDefinition($\"SELECT Id FROM Place WHERE {Named}\")", "there is no function INSTR"),
        ("$\"SELECT Id FROM Place WHERE Name = '{name}'\"", "`name`"),
        ("From(\"Place\", descending ? \"Id\" : \"Number LIMIT 3\")", "LIMIT"),
    ];

    private static readonly Lazy<ServiceSource> Read = new(() => new ServiceSource(
            $$"""
            using Dapper;
            internal static class Slips
            {
                private const string Named = "INSTR(Name, @part) > 0";
                private static string From(string table, string columns) => $"SELECT {columns} FROM {table}";
                {{string.Join('\n', Slips.Select((slip, i) => $"public static Task Slip{i}(System.Data.Common.DbConnection connection, string name, bool descending) => connection.ExecuteAsync({slip.Said});"))}}
            }
            """));

    private static readonly Lazy<List<SqlPlace>> Places = new(() => [.. Read.Value.Places()]);

    private static readonly Lazy<SqlReader> Reader = new(() => new SqlReader(Read.Value, SqlDialect.SqlServer));

    /// <summary>The source of the service, and of a class with slips. Reading it takes a while: once for all tests.</summary>
    internal static ServiceSource Source => Read.Value;

    /// <summary>Where the service says something to a database, but for what is held against the grammar elsewhere.</summary>
    internal static IEnumerable<SqlPlace> Said => OfTheService.Where(place => !Elsewhere.ContainsKey($"{place.Where} {place.Text}"));

    private static IEnumerable<SqlPlace> OfTheService => Places.Value.Where(place => !place.Where.StartsWith("Slips.", StringComparison.Ordinal));

    [Test]
    public void WhateverTheServiceSaysToADatabaseIsTransactSqlAboutWhatIsThere()
    {
        var (faults, texts) = (new List<string>(), new HashSet<string>());
        foreach (var place in Said)
        {
            faults.AddRange(Look(place, texts).Select(fault => $"{place}: {fault}"));
        }

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty);
            Assert.That(texts, Has.Count.GreaterThan(700), "it was looked for");
        });
        TestContext.Out.WriteLine($"{OfTheService.Count()} places, {texts.Count} texts");
    }

    [Test]
    public void WhatIsHeldAgainstItElsewhereIsStillThere() =>
        Assert.That(Elsewhere.Keys.Except(OfTheService.Select(place => $"{place.Where} {place.Text}")), Is.Empty);

    [Test]
    public void NoPageSaysAnythingToADatabaseItself() => Assert.That(
        Directory.EnumerateFiles(HousePaths.Content, "*.razor", SearchOption.AllDirectories).Where(page => File.ReadAllText(page) is var text && (text.Contains("Dapper", StringComparison.Ordinal) || text.Contains("IDatabase", StringComparison.Ordinal))),
        Is.Empty,
        "only files of C# are read here");

    [TestCaseSource(nameof(SlipNumbers))]
    public void ASlipIsSeen(int number)
    {
        var place = Places.Value.Single(place => place.Where == $"Slips.Slip{number}");
        Assert.That(string.Join("; ", Look(place, [])), Does.Contain(Slips[number].Fault), Slips[number].Said);
    }

    private static IEnumerable<int> SlipNumbers() => Enumerable.Range(0, Slips.Length);

    private static IEnumerable<string> Look(SqlPlace place, HashSet<string> texts)
    {
        try
        {
            return [.. Reader.Value.Read(place).Where(texts.Add).SelectMany(text => TransactSql.FaultsOfStatement(text).Select(fault => $"{fault} in: {text}"))];
        }
        catch (NotToldException what)
        {
            return [$"what {what.Message} can be is not to be told from the source"];
        }
    }
}
