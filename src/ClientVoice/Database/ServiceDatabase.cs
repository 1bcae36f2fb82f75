using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

/// <summary>Opens connections to the configured database.</summary>
internal sealed class ServiceDatabase : IDatabase
{
    private readonly EmbeddedFile? file;
    private readonly string? server;

    public ServiceDatabase(DatabaseOptions options)
    {
        TypeHandlers.Register();
        if (options.Kind == "sqlserver")
        {
            (Dialect, server) = (SqlDialect.SqlServer, options.ConnectionString!);
            return;
        }

        (Dialect, file) = (SqlDialect.Sqlite, new EmbeddedFile(options));
    }

    public SqlDialect Dialect { get; }

    public async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        if (file is not null)
        {
            return await file.OpenAsync(cancel);
        }

        var connection = new SqlConnection(server);
        await connection.OpenAsync(cancel);
        return connection;
    }

    public async Task CommitAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var connection = transaction.Connection;
        await transaction.CommitAsync(cancel);
        if (connection is SqliteConnection embedded)
        {
            file!.RefuseMoved(embedded);
        }
    }

    public async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancel) =>
        connection is SqliteConnection embedded
            ? embedded.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(System.Data.IsolationLevel.Snapshot, cancel);
}
