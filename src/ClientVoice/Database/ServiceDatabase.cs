using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

/// <summary>Opens connections to the configured database.</summary>
internal sealed class ServiceDatabase : IDatabase
{
    private readonly string connectionString;

    public ServiceDatabase(DatabaseOptions options)
    {
        TypeHandlers.Register();
        if (options.Kind == "sqlserver")
        {
            Dialect = SqlDialect.SqlServer;
            connectionString = options.ConnectionString!;
            return;
        }

        Directory.CreateDirectory(options.Folder);
        Dialect = SqlDialect.Sqlite;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = options.File,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    public SqlDialect Dialect { get; }

    public async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        if (Dialect == SqlDialect.SqlServer)
        {
            var server = new SqlConnection(connectionString);
            await server.OpenAsync(cancel);
            return server;
        }

        var file = new SqliteConnection(connectionString);
        await file.OpenAsync(cancel);
        // FULL: a receipt promises that the answer survives a power cut. WAL: readers do not wait for writers.
        await using var pragma = file.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000;";
        await pragma.ExecuteNonQueryAsync(cancel);
        return file;
    }

    public async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancel) =>
        connection is SqliteConnection file
            ? file.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(System.Data.IsolationLevel.Snapshot, cancel);
}
