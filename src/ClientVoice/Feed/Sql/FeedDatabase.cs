// Runs the feed's statements: unbuffered, with an end to them. SQLite knows no time-out for a query and does not look
// at cancellation while it works, so there it is interrupted.
using System.Data.Common;
using System.Globalization;
using System.Text;
using ClientVoice.Database;
using ClientVoice.Feed.Query;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClientVoice.Feed.Sql;

/// <summary>Runs statements.</summary>
internal sealed class FeedDatabase(IDatabase database, TimeProvider time)
{
    public SqlDialect Dialect => database.Dialect;

    /// <summary>A connection for several statements, one after the other; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        TeachLetters(connection);
        return connection;
    }

    /// <summary>The rows of a statement, to be read one by one; the caller disposes them.</summary>
    /// <param name="on">A connection that is open; null for one of its own.</param>
    public async Task<FeedRows> ReadAsync(Statement statement, CancellationToken cancel, DbConnection? on = null)
    {
        var rows = new FeedRows(on ?? await OpenAsync(cancel), on is null, time, cancel);
        try
        {
            await rows.StartAsync(statement);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>The single number that a statement gives.</summary>
    public async Task<long> CountAsync(Statement statement, CancellationToken cancel)
    {
        await using var rows = await ReadAsync(statement, cancel);
        await rows.NextAsync();
        return rows.Whole(0);
    }

    // SQLite's own LOWER and UPPER know the letters of English only: CLIËNT would stay half as it is. Ours have
    // names of their own: a pooled connection that had LOWER taught anew has no LOWER at all afterwards.
    private static void TeachLetters(DbConnection connection)
    {
        if (connection is SqliteConnection sqlite)
        {
#pragma warning disable CA1308 // Lower case is what was asked for.
            sqlite.CreateFunction(FeedDialect.SqliteLower, (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
#pragma warning restore CA1308
            sqlite.CreateFunction(FeedDialect.SqliteUpper, (string? text) => text?.ToUpperInvariant(), isDeterministic: true);
        }
    }
}

/// <summary>The rows of one statement, as they come.</summary>
internal sealed class FeedRows : IAsyncDisposable
{
    // SQL Server: arithmetic overflow. SQLite goes on with a less exact number.
    private const int Overflow = 8115;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(FeedLimits.StatementSeconds);
    private readonly DbConnection connection;
    private readonly bool owns;
    private readonly CancellationToken request;
    private readonly CancellationTokenSource timeout;
    private readonly CancellationTokenSource either;
    private readonly CancellationTokenRegistration interruption;
    private DbDataReader? reader;
    private sqlite3_stmt? row;

    /// <param name="owns">The connection is closed with the rows.</param>
    public FeedRows(DbConnection connection, bool owns, TimeProvider time, CancellationToken request)
    {
        this.connection = connection;
        this.owns = owns;
        this.request = request;
        timeout = new CancellationTokenSource(Patience, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(request, timeout.Token);
        interruption = either.Token.Register(Interrupt);
    }

    public async Task StartAsync(Statement statement)
    {
        try
        {
            reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                statement.Sql, statement.Parameters.ForDapper, commandTimeout: FeedLimits.StatementSeconds, cancellationToken: either.Token));
            row = (reader as SqliteDataReader ?? (reader as IWrappedDataReader)?.Reader as SqliteDataReader)?.Handle;
        }
        catch (Exception error) when (error is DbException or OperationCanceledException)
        {
            throw Said(error);
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public ValueTask<bool> NextAsync()
    {
        if (row is null)
        {
            return NextOfServerAsync();
        }

        try
        {
            // SQLite has the row or has not; there is nothing to wait for.
            return ValueTask.FromResult(HasRow = reader!.Read());
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>The database's time starts anew: what the reader of the answer took is not its.</summary>
    public void StartTimeAnew() => timeout.CancelAfter(Patience);

    /// <summary>The last step went to a row.</summary>
    public bool HasRow { get; private set; }

    public bool IsNull(int at) => row is null ? reader!.IsDBNull(at) : raw.sqlite3_column_type(row, at) == raw.SQLITE_NULL;

    // SQLite reads straight from its row; a server's reader insists on the type that the column happens to have.
    public long Whole(int at) => row is null ? Convert.ToInt64(reader!.GetValue(at), CultureInfo.InvariantCulture) : raw.sqlite3_column_int64(row, at);

    public double Number(int at) => row is null ? Convert.ToDouble(reader!.GetValue(at), CultureInfo.InvariantCulture) : raw.sqlite3_column_double(row, at);

    public bool Flag(int at) => row is null ? Convert.ToBoolean(reader!.GetValue(at), CultureInfo.InvariantCulture) : raw.sqlite3_column_int64(row, at) != 0;

    /// <summary>A text, a day (2026-01-31) or a key, as it is written, in UTF-8; until the next row is read.</summary>
    public ReadOnlySpan<byte> Text(int at, Outcomes.PublishedType type) => row is not null ? raw.sqlite3_column_blob(row, at) : Encoding.UTF8.GetBytes(Values.Read(reader!, at, type) switch
    {
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var key => ((Guid)key).ToString("D"),
    });

    /// <summary>A value as our terms have it: string, long, double, bool, Guid, DateOnly or null.</summary>
    public object? Value(int at, Outcomes.PublishedType type) => reader!.IsDBNull(at) ? null : Values.Read(reader, at, type);

    public async ValueTask DisposeAsync()
    {
        await interruption.DisposeAsync();
        if (reader is not null)
        {
            await reader.DisposeAsync();
        }

        if (owns)
        {
            await connection.DisposeAsync();
        }

        either.Dispose();
        timeout.Dispose();
    }

    private async ValueTask<bool> NextOfServerAsync()
    {
        try
        {
            return HasRow = await reader!.ReadAsync(either.Token);
        }
        catch (Exception error) when (error is DbException or OperationCanceledException)
        {
            throw Said(error);
        }
    }

    /// <summary>What an error of the database says to the reader; the error itself where that is nothing.</summary>
    private Exception Said(Exception error)
    {
        if (either.IsCancellationRequested)
        {
            return request.IsCancellationRequested
                ? new OperationCanceledException(error.Message, error, request)
                : Refusal.TooLarge("query", $"This query takes more than {FeedLimits.StatementSeconds} seconds; ask for less of it.");
        }

        return error is SqlException { Number: Overflow } ? Refusal.NotValid("query", "A number in this query becomes too large.") : error;
    }

    private void Interrupt()
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            raw.sqlite3_interrupt(handle);
        }
    }
}
