using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests;

/// <summary>A folder with a database of its own, embedded or on the server; both gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly List<ClientKeys> nodes = [];
    private readonly string name = $"clientvoice_test_{Guid.NewGuid():N}";

    /// <param name="kind">One of <see cref="Databases"/>.</param>
    public TemporaryFolder(string kind = Databases.Sqlite)
    {
        Path = Directory.CreateTempSubdirectory("clientvoice-").FullName;
        Options = new DatabaseOptions { Kind = kind, Folder = Path, ConnectionString = kind == Databases.SqlServer ? Create() : null };
        Database = new ServiceDatabase(Options);
    }

    public string Path { get; }

    public DatabaseOptions Options { get; }

    public IDatabase Database { get; }

    /// <summary>The server is Babelfish for PostgreSQL: it speaks T-SQL, but differs where a test says so.</summary>
    public bool IsBabelfish { get; private set; }

    /// <summary>The same as <see cref="Options"/>, as on the command line.</summary>
    public string[] Settings =>
    [
        $"--ClientVoice:Data={Path}",
        $"--ClientVoice:Database={Options.Kind}",
        .. Options.ConnectionString is { } connection ? (string[])[$"--ConnectionStrings:ClientVoice={connection}"] : [],
    ];

    /// <summary>Secrets of a node on this folder.</summary>
    public Secrets Secrets(IDataProtectionProvider provider) => new(provider, Keys(provider));

    /// <summary>Keys of clients, of a node on this folder.</summary>
    public ClientKeys Keys(IDataProtectionProvider provider)
    {
        nodes.Add(new ClientKeys(provider, Options, Database));
        return nodes[^1];
    }

    public Migrator Migrator() => new(Database, TimeProvider.System);

    public async Task RunAsync(string sql, object? values = null)
    {
        await using var connection = await Database.OpenAsync(default);
        await connection.ExecuteAsync(sql, values);
    }

    public async Task<T?> ValueAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Database.OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql, values);
    }

    public void Dispose()
    {
        nodes.ForEach(node => node.Dispose());
        SqliteConnection.ClearAllPools();
        if (Options.ConnectionString is not null)
        {
            SqlConnection.ClearAllPools();
            OnServer(Drop);
        }

        Directory.Delete(Path, true);
    }

    private void Drop(SqlConnection server)
    {
        if (!IsBabelfish)
        {
            server.Execute($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                server.Execute($"DROP DATABASE {name}");
                return;
            }
            catch (SqlException) when (IsBabelfish && attempt < 20)
            {
                // It cannot end the sessions of others: one that just closed is waited for.
                Thread.Sleep(500);
            }
        }
    }

    private string Create()
    {
        OnServer(server =>
        {
            IsBabelfish = server.ExecuteScalar<int?>("SELECT CAST(SERVERPROPERTY('Babelfish') AS int)") == 1;
            server.Execute($"CREATE DATABASE {name}");
            if (!IsBabelfish)
            {
                server.Execute($"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON");
                return;
            }

            // Always allows snapshots. But Quartz looks for its tables by asking them, and here a table that is not
            // there ends the transaction: so they are there.
            server.ChangeDatabase(name);
            foreach (var statement in QuartzSchema())
            {
                server.Execute(statement);
            }
        });
        return new SqlConnectionStringBuilder(Databases.Server) { InitialCatalog = name }.ToString();
    }

    // What Quartz runs itself where its tables are missing; {0} and {1} stand for the prefix of their names.
    private static IEnumerable<string> QuartzSchema()
    {
        using var script = new StreamReader(typeof(Quartz.IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_sqlServer.sql")!);
        return script.ReadToEnd().ReplaceLineEndings("\n").Replace("{0}", "QRTZ_", StringComparison.Ordinal).Replace("{1}", "QRTZ_", StringComparison.Ordinal)
            .Split("\n--;;\n").Skip(1);
    }

    private static void OnServer(Action<SqlConnection> work)
    {
        using var server = new SqlConnection(Databases.Server);
        server.Open();
        work(server);
    }
}
