using ClientVoice.Database;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests;

/// <summary>A folder with a database of its own, embedded or on the server; both gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
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

    /// <summary>The same as <see cref="Options"/>, as on the command line.</summary>
    public string[] Settings =>
    [
        $"--ClientVoice:Data={Path}",
        $"--ClientVoice:Database={Options.Kind}",
        .. Options.ConnectionString is { } connection ? (string[])[$"--ConnectionStrings:ClientVoice={connection}"] : [],
    ];

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
        SqliteConnection.ClearAllPools();
        if (Options.ConnectionString is not null)
        {
            SqlConnection.ClearAllPools();
            OnServer(server =>
            {
                if (!IsBabelfish(server))
                {
                    server.Execute($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
                }

                server.Execute($"DROP DATABASE {name}");
            });
        }

        Directory.Delete(Path, true);
    }

    private string Create()
    {
        OnServer(server =>
        {
            server.Execute($"CREATE DATABASE {name}");
            // Babelfish knows no such switch: it always allows snapshots.
            if (!IsBabelfish(server))
            {
                server.Execute($"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON");
            }
        });
        return new SqlConnectionStringBuilder(Databases.Server) { InitialCatalog = name }.ToString();
    }

    private static bool IsBabelfish(SqlConnection server) => server.ExecuteScalar<int?>("SELECT CAST(SERVERPROPERTY('Babelfish') AS int)") == 1;

    private static void OnServer(Action<SqlConnection> work)
    {
        using var server = new SqlConnection(Databases.Server);
        server.Open();
        work(server);
    }
}
