using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClientVoice.Database;

/// <summary>Writes many rows quickly, on each database in the way that is quick there.</summary>
internal static class Rows
{
    // SQL Server takes 2,100 parameters a statement.
    private const int MostIds = 1_000;

    /// <summary>Inserts rows within the caller's transaction.</summary>
    /// <param name="table">A name from the program, never from outside.</param>
    /// <param name="columns">Likewise.</param>
    /// <param name="rows">The values in the order of the columns.</param>
    public static Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        return connection is SqliteConnection file
            ? Prepared(file, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", Enumerable.Repeat("?", columns.Count))})", columns.Count, rows, cancel)
            : ServerRows.InsertAsync(connection, transaction, table, columns, rows, cancel);
    }

    /// <summary>Does the same with many rows within the caller's transaction, each by its id.</summary>
    /// <param name="sql">A statement from the program with one value, <c>@value</c>, up to and with the name of the column of the id.</param>
    /// <param name="value">That value.</param>
    public static async Task EachAsync(DbConnection connection, DbTransaction transaction, string sql, object value, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        if (connection is SqliteConnection file)
        {
            await Prepared(file, $"{sql} = @id", 2, ids.Select(id => (object?[])[value, id]), cancel);
            return;
        }

        foreach (var some in ids.Chunk(MostIds))
        {
            await connection.ExecuteAsync(new CommandDefinition($"{sql} IN @some", new { value, some }, transaction, 600, cancellationToken: cancel));
        }
    }

    /// <summary>Does the same with each of many rows within the caller's transaction, on a database in the same process: to a server each would be a round trip.</summary>
    /// <param name="sql">A statement from the program, with its values in the order in which a row has them.</param>
    /// <param name="values">How many.</param>
    public static Task EachAsync(DbConnection connection, DbTransaction transaction, string sql, int values, IEnumerable<object?[]> rows, CancellationToken cancel) =>
        Prepared((SqliteConnection)connection, sql, values, rows, cancel);

    // In the same process a prepared statement is quickest. By the place of a value and not by its name, which the provider looks up for
    // each value of each row, and without a text for every id and day: counting writes a million rows of twenty-five columns.
    private static Task Prepared(SqliteConnection connection, string sql, int columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        Check(connection, raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        using (statement)
        {
            var values = new NativeSqlite(statement);
            foreach (var row in rows)
            {
                cancel.ThrowIfCancellationRequested();
                for (var i = 0; i < columns; i++)
                {
                    Check(connection, Bind(values, i + 1, row[i]));
                }

                Check(connection, values.Run());
            }
        }

        return Task.CompletedTask;
    }

    private static int Bind(NativeSqlite statement, int at, object? value) => value switch
    {
        null or DBNull => statement.BindNull(at),
        Guid id => statement.Bind(at, id),
        string word => statement.Bind(at, word),
        int number => statement.Bind(at, number),
        long number => statement.Bind(at, number),
        bool flag => statement.Bind(at, flag ? 1L : 0),
        double number => statement.Bind(at, number),
        byte[] bytes => statement.Bind(at, bytes),
        DateOnly day => statement.Bind(at, TypeHandlers.Text(day)),
        DateTimeOffset time => statement.Bind(at, TypeHandlers.Text(time)),
        _ => throw new NotSupportedException($"No column holds a {value.GetType().Name}."),
    };

    private static void Check(SqliteConnection connection, int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);
}
