using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Benchmarks;

/// <summary>
/// Conversations from 64 tablets at once over HTTP, durably, against bare inserts of the same rows in the same database: checked, encrypted,
/// signed and written in the trail on the one side, rows that are ready on the other.
/// </summary>
internal static class IngestBenchmarks
{
    private const int Tablets = 64;
    private const int Rounds = 3;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5), Measured = TimeSpan.FromSeconds(10), Bare = TimeSpan.FromSeconds(3);

    // What one conversation of these tablets puts there; in the order in which it goes in.
    private static readonly (string Table, string Key, string Columns)[] Tables =
        [("Conversation", "Id", "*"), ("Answer", "ConversationId", "*"), ("DomainScore", "ConversationId", "*"), ("OutcomeChange", "ConversationId", "ConversationId, ChangedAt")];

    /// <param name="server">A connection string to a T-SQL server, of somebody who may create a database there; null for the embedded database.</param>
    public static async Task RunAsync(string? server)
    {
        var data = Directory.CreateTempSubdirectory("benchmark-ingest-").FullName;
        var name = $"clientvoice_benchmark_{Guid.NewGuid():N}";
        await OnServerAsync(server, $"CREATE DATABASE {name}");
        await using (var house = await IngestHouse.StartAsync(data, Tablets, server is null ? [] : ["--ClientVoice:Database", "sqlserver", "--ConnectionStrings:ClientVoice", $"{server};Initial Catalog={name}"]))
        {
            await house.SubmitAsync(Warm);
            var all = new List<(Submitted Served, double OneByOne, double Together)>();
            for (var round = 0; round < Rounds; round++)
            {
                // In turn, so that whatever else the machine does falls on all alike.
                var served = await house.SubmitAsync(Measured);
                var (oneByOne, together) = (await BareAsync(house.Database, 1), await BareAsync(house.Database, Tablets));
                all.Add((served, oneByOne, together));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                      {Tablets} tablets: {served.PerSecond,6:N0} conversations/s, median {served.Percentile(0.50).TotalMilliseconds,5:N0} ms, p99 {served.Percentile(0.99).TotalMilliseconds,5:N0} ms, largest {served.Percentile(1).TotalMilliseconds,5:N0} ms
                      bare inserts, a commit each (baseline):   {oneByOne,6:N0} conversations/s; served is {served.PerSecond / oneByOne:N2} of it
                      bare inserts, {Tablets} to a commit:              {together,6:N0} conversations/s; served is {served.PerSecond / together:N2} of it
                    """));
            }

            var median = all.Select(a => a.Served.PerSecond / a.OneByOne).Order().ElementAt(Rounds / 2);
            var togetherMedian = all.Select(a => a.Served.PerSecond / a.Together).Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  median ratio to bare inserts: {median:N2}, to those {Tablets} to a commit {togetherMedian:N2}; memory of service and tablets together {Environment.WorkingSet / 1e6:N0} MB"));
        }

        SqliteConnection.ClearAllPools();
        SqlConnection.ClearAllPools();
        await OnServerAsync(server, $"DROP DATABASE {name}");
        Directory.Delete(data, recursive: true);
    }

    private static async Task OnServerAsync(string? server, string sql)
    {
        if (server is not null)
        {
            await using var connection = new SqlConnection(server);
            await connection.ExecuteAsync(sql);
        }
    }

    // The rows of conversations that were served, under other ids, in prepared statements on one connection; on disk at every commit.
    private static async Task<double> BareAsync(IDatabase database, int together)
    {
        await using var connection = await database.OpenAsync(default);
        var id = await connection.ExecuteScalarAsync<object>("SELECT MAX(Id) FROM Conversation");
        var statements = new List<(DbCommand Insert, List<object?[]> Rows, int Key)>();
        foreach (var (table, key, columns) in Tables)
        {
            statements.Add(await PreparedAsync(connection, table, key, columns, id!));
        }

        var (watch, done) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < Bare)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var i = 0; i < together; i++, done++)
            {
                var other = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                foreach (var (insert, rows, key) in statements)
                {
                    insert.Transaction = transaction;
                    foreach (var row in rows)
                    {
                        for (var column = 0; column < row.Length; column++)
                        {
                            insert.Parameters[column].Value = column != key ? row[column] : id is Guid ? other : other.ToString("D");
                        }

                        await insert.ExecuteNonQueryAsync();
                    }
                }
            }

            await transaction.CommitAsync();
        }

        return done / watch.Elapsed.TotalSeconds;
    }

    private static async Task<(DbCommand Insert, List<object?[]> Rows, int Key)> PreparedAsync(DbConnection connection, string table, string key, string read, object id)
    {
        var rows = new List<object?[]>();
        string[] columns;
        Type[] types;
        await using (var reader = await connection.ExecuteReaderAsync($"SELECT {read} FROM {table} WHERE {key} = @id", new { id }))
        {
            columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
            while (await reader.ReadAsync())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            throw new InvalidOperationException($"A conversation that was served has rows in {table}.");
        }

        var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < columns.Length; i++)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            if (connection is SqlConnection && types[i] == typeof(byte[]))
            {
                // A null has no type of its own.
                parameter.DbType = System.Data.DbType.Binary;
            }

            insert.Parameters.Add(parameter);
        }

        return (insert, rows, Array.IndexOf(columns, key));
    }
}

/// <summary>What tablets sent in a while.</summary>
internal sealed record Submitted(IReadOnlyList<TimeSpan> Took, TimeSpan Within)
{
    public double PerSecond => Took.Count / Within.TotalSeconds;

    public TimeSpan Percentile(double share) => Took.Order().ElementAt(Math.Min(Took.Count - 1, (int)(share * Took.Count)));
}

/// <summary>The service as it runs, with the demo organisation and without its jobs.</summary>
internal sealed class IngestHouse : IAsyncDisposable
{
    private readonly List<Tablet> tablets = [];
    private WebApplication app = null!;

    public IDatabase Database => app.Services.GetRequiredService<IDatabase>();

    private string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="settings">Of the database.</param>
    public static async Task<IngestHouse> StartAsync(string data, int tablets, string[] settings)
    {
        var builder = House.Builder(
        [
            "--environment", "Development", "--Logging:LogLevel:Default=Warning", "--urls", "http://127.0.0.1:0", "--ClientVoice:Data", data,
            "--ClientVoice:Instruments", Path.Combine(HousePaths.House, "instruments"), "--ClientVoice:Access:RequestsPerMinute", "100000000", .. settings,
        ]);
        // A count in the midst of one measurement and not of another would be measured too.
        BenchmarkHouse.WithoutJobs(builder);

        var house = new IngestHouse { app = House.Application(builder) };
        await House.PrepareAsync(house.app.Services, default);
        await house.app.Services.GetRequiredService<DemoOrganisation>().FillIfEmptyAsync(DemoSize.Small, new Progress<WorkProgress>(), default);
        await house.app.StartAsync();
        for (var i = 0; i < tablets; i++)
        {
            // One after the other: so many at once of one account look like guessing, and are told to wait.
            house.tablets.Add(await Tablet.SignedInAsync(house.Address));
        }

        return house;
    }

    /// <summary>The tablets send one conversation after the other, each over its own connection and in its own session.</summary>
    public async Task<Submitted> SubmitAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var took = await Task.WhenAll(tablets.Select(tablet => Task.Run(() => tablet.SubmitAllForAsync(time))));
        return new Submitted([.. took.SelectMany(t => t)], watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tablet in tablets)
        {
            await tablet.DisposeAsync();
        }

        await app.StopAsync();
        await app.DisposeAsync();
    }
}
