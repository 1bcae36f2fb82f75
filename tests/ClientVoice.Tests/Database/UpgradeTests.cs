// From every earlier schema, with something in every table of it, to the newest: nothing is lost on the way. The rows are made
// from what the schema itself says (types, constraints, keys), so that a table that is added later is tested without a word here.
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Database;

public sealed partial class UpgradeTests
{
    private const int RowsEach = 3;

    // What is not there any more under this name, by the migration that took it, with the reason.
    private static readonly Dictionary<string, int> Replaced = new()
    {
        // Only the current publication goes along, as rows of the Kept tables; those before it are finished (0006).
        ["PublishedOutcome"] = 6, ["PublishedDistribution"] = 6, ["PublishedParticipation"] = 6,
    };

    // Only what is of the last publication goes along (0028), by the column that names it.
    private const int LastAlone = 28;

    private static readonly Dictionary<string, string> OfPublication = new()
    {
        ["Publication"] = "Number", ["PublishedPlace"] = "Publication", ["PublishedClientGroup"] = "Publication", ["PublishedPeriod"] = "Publication", ["PublishedInstrument"] = "Publication",
        ["PublishedMeasure"] = "Publication",
    };

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["QualityReportFile"] = "ReportFile", ["KeptOutcome"] = "KeptCell", ["KeptDistribution"] = "CellOption", ["KeptFigure"] = "KeptCell", ["KeptOption"] = "CellOption", ["KeptParticipation"] = "KeptResponse", ["KeptFollowUp"] = "KeptAgreement", ["KeptBlock"] = "KeptCount",
    };

    public static IEnumerable<int> Earlier() => Migrator.All(SqlDialect.Sqlite).SkipLast(1).Select(m => m.Number);

    [TestCaseSource(nameof(Earlier))]
    public async Task NothingIsLostOnTheWayFromAnEarlierSchema(int number)
    {
        using var folder = new TemporaryFolder();
        await using (var old = await folder.Database.OpenAsync(default))
        {
            await UpToAsync(old, number);
            await FillAsync(old);
        }

        var before = await EverythingAsync(folder.Database);
        Assert.That(before.Values.Select(rows => rows.Count), Has.All.GreaterThan(0), "every table has something in it");
        await folder.Migrator().RunAsync(default);
        var after = await EverythingAsync(folder.Database);
        Assert.Multiple(() =>
        {
            foreach (var (table, all) in before.Where(t => !(Replaced.TryGetValue(t.Key, out var by) && by > number)))
            {
                var rows = number < LastAlone && OfPublication.TryGetValue(table, out var publication) ? [.. all.Where(r => (long)r[publication]! == RowsEach)] : all;
                var now = after[after.ContainsKey(table) ? table : Renamed[table]];
                // Columns may have come and gone, and rows come; what is in those that stayed stands.
                var stayed = rows[0].Keys.Intersect(now[0].Keys).ToList();
                Assert.That(stayed, Is.Not.Empty, table);
                Assert.That(now.Select(row => Flat(row, stayed)), Is.SupersetOf(rows.Select(row => Flat(row, stayed))), table);
            }
        });
        await using var connection = await folder.Database.OpenAsync(default);
        Assert.That(await connection.QueryAsync("PRAGMA foreign_key_check"), Is.Empty);
        Assert.That(await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    private static string Flat(IDictionary<string, object?> row, IEnumerable<string> columns) =>
        string.Join('|', columns.Select(c => row[c] is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(row[c], CultureInfo.InvariantCulture)));

    private static async Task UpToAsync(DbConnection connection, int number)
    {
        await connection.ExecuteAsync("CREATE TABLE SchemaMigration (Number int NOT NULL CONSTRAINT PK_SchemaMigration PRIMARY KEY, Name varchar(100) NOT NULL, Sha256 varchar(64) NOT NULL, RanAt TEXT NOT NULL)");
        foreach (var migration in Migrator.All(SqlDialect.Sqlite).Where(m => m.Number <= number))
        {
            await connection.ExecuteAsync(migration.Sql);
            await connection.ExecuteAsync(
                "INSERT INTO SchemaMigration (Number, Name, Sha256, RanAt) VALUES (@Number, @Name, @Sha256, '2026-01-01T00:00:00.000Z')", migration);
        }
    }

    private static async Task<Dictionary<string, List<IDictionary<string, object?>>>> EverythingAsync(IDatabase database)
    {
        await using var connection = await database.OpenAsync(default);
        var all = new Dictionary<string, List<IDictionary<string, object?>>>();
        foreach (var table in await TablesAsync(connection))
        {
            all.Add(table, [.. (await connection.QueryAsync($"SELECT * FROM {table}")).Select(row => (IDictionary<string, object?>)row)]);
        }

        return all;
    }

    private static Task<IEnumerable<string>> TablesAsync(DbConnection connection) =>
        connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'SchemaMigration' ORDER BY rowid");

    // In an order in which what is referred to is there; a table that refers to itself begins with a row that does not.
    private static async Task FillAsync(DbConnection connection)
    {
        var left = (await TablesAsync(connection)).ToList();
        var filled = new HashSet<string>();
        while (left.Count > 0)
        {
            var ready = new List<string>();
            foreach (var table in left)
            {
                if ((await KeysAsync(connection, table)).All(key => key.Table == table || filled.Contains(key.Table)))
                {
                    ready.Add(table);
                }
            }

            Assert.That(ready, Is.Not.Empty, $"tables that refer to each other: {string.Join(", ", left)}");
            foreach (var table in ready)
            {
                // Some come with their rows.
                if (await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table}") == 0)
                {
                    await FillAsync(connection, table);
                }

                filled.Add(table);
                left.Remove(table);
            }
        }
    }

    private static async Task FillAsync(DbConnection connection, string table)
    {
        var columns = (await connection.QueryAsync<Column>($"SELECT name AS Name, type AS Type, \"notnull\" AS IsNeeded FROM pragma_table_info('{table}')")).ToList();
        var keys = await KeysAsync(connection, table);
        var allowed = Allowed().Matches((await connection.ExecuteScalarAsync<string>("SELECT sql FROM sqlite_master WHERE name = @table", new { table }))!)
            .DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Split(", ").Select(v => v.Trim('\'')).ToArray());
        var referred = new Dictionary<string, List<IDictionary<string, object?>>>();
        foreach (var other in keys.Select(k => k.Table).Where(t => t != table).Distinct())
        {
            referred[other] = [.. (await connection.QueryAsync($"SELECT * FROM {other} ORDER BY 1")).Select(row => (IDictionary<string, object?>)row)];
        }

        for (var i = 0; i < RowsEach; i++)
        {
            var values = new DynamicParameters();
            foreach (var column in columns)
            {
                var key = keys.FirstOrDefault(k => k.From == column.Name && k.Table != table);
                values.Add(column.Name, key is not null ? referred[key.Table][i][key.To] : keys.Any(k => k.From == column.Name) ? null : Value(table, column, allowed.GetValueOrDefault(column.Name), i));
            }

            await connection.ExecuteAsync($"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", columns.Select(c => "@" + c.Name))})", values);
        }
    }

    private static object Value(string table, Column column, string[]? allowed, int row) => allowed is not null
        ? allowed[row % allowed.Length]
        : column.Type switch
        {
            "INTEGER" when column.Name == "UntilPublication" => int.MaxValue,
            "INTEGER" => column.Name.StartsWith("Is", StringComparison.Ordinal) || column.Name.EndsWith("Percent", StringComparison.Ordinal) ? 1 : row + 1,
            "REAL" => row + .5,
            "BLOB" => new byte[] { 1, 2, (byte)row },
            _ when column.Name.EndsWith("On", StringComparison.Ordinal) => $"2026-01-0{row + 1}",
            _ when column.Name.EndsWith("At", StringComparison.Ordinal) => $"2026-01-0{row + 1}T10:00:00.000Z",
            _ when column.Name.EndsWith("Id", StringComparison.Ordinal) => Guid.Parse($"00000000-0000-0000-0000-{row + 1:000000000000}").ToString("D").ToUpperInvariant(),
            _ => $"{table}-{column.Name}-{row}",
        };

    private static async Task<IReadOnlyList<Key>> KeysAsync(DbConnection connection, string table) =>
        [.. await connection.QueryAsync<Key>($"SELECT \"table\" AS \"Table\", \"from\" AS \"From\", COALESCE(\"to\", 'Id') AS \"To\" FROM pragma_foreign_key_list('{table}')")];

    private sealed record Column
    {
        public string Name { get; init; } = "";

        public string Type { get; init; } = "";

        public bool IsNeeded { get; init; }
    }

    private sealed record Key
    {
        public string Table { get; init; } = "";

        public string From { get; init; } = "";

        public string To { get; init; } = "";
    }

    [GeneratedRegex(@"CHECK \((\w+) IN \(([^)]+)\)\)")]
    private static partial Regex Allowed();
}
