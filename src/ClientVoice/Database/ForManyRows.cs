using System.Data;
using System.Data.Common;
using Dapper;

namespace ClientVoice.Database;

/// <summary>
/// A connection that reads and writes a great many rows, until this is disposed. It takes memory for that and has to give it back: it goes to
/// the pool as it is, the next run takes another one from there, and by the end of a day every connection would have as much.
/// </summary>
internal sealed class ForManyRows : IAsyncDisposable
{
    private readonly SqlDialect dialect;
    private readonly DbConnection connection;

    private ForManyRows(SqlDialect dialect, DbConnection connection) => (this.dialect, this.connection) = (dialect, connection);

    /// <summary>Begins; dispose it after the transactions on the connection, and before the connection.</summary>
    public static async Task<ForManyRows> BeginAsync(SqlDialect dialect, DbConnection connection)
    {
        if (dialect.ManyRows.Before is { Length: > 0 } word)
        {
            await connection.ExecuteAsync(word);
        }

        return new ForManyRows(dialect, connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.State == ConnectionState.Open && dialect.ManyRows.After is { Length: > 0 } word)
        {
            await connection.ExecuteAsync(word);
        }
    }
}
