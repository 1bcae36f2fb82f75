using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
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
            Trim();
        }
    }

    // The C library keeps what was freed, for each thread apart, and every run has other threads: 60 to 140 MB more of the process after each.
    private static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library than glibc, which has no such word.
        }
    }

    [DllImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint left);
}
