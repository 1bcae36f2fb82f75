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

        return await Again.WhereItPassesAsync(
            async stop =>
            {
                var connection = new SqlConnection(server);
                try
                {
                    await connection.OpenAsync(stop);
                    return connection;
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            },
            cancel);
    }

    public async Task CommitAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var connection = transaction.Connection;
        await transaction.CommitAsync(cancel);
        if (connection is SqliteConnection embedded)
        {
            file!.RefuseMoved(embedded);
        }

        Confirm();
    }

    public void Confirm() => file?.RefuseBroken();

    public async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancel) =>
        connection is SqliteConnection embedded
            ? embedded.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(System.Data.IsolationLevel.Snapshot, cancel);
}
