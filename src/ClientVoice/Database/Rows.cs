using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

/// <summary>Writes many rows quickly, on each database in the way that is quick there.</summary>
internal static class Rows
{
    // SQL Server takes 2,100 parameters a statement and 1,000 rows a VALUES list.
    private const int MostParameters = 2_000;
    private const int MostRows = 1_000;

    /// <summary>Inserts rows within the caller's transaction.</summary>
    /// <param name="table">A name from the program, never from outside.</param>
    /// <param name="columns">Likewise.</param>
    /// <param name="rows">The values in the order of the columns.</param>
    public static Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var insert = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ";
        return connection is SqliteConnection file
            ? OneByOneAsync(file, (SqliteTransaction)transaction, insert, columns.Count, rows, cancel)
            : TogetherAsync(connection, transaction, insert, columns.Count, rows, cancel);
    }

    // In the same process a prepared statement is quickest; and SQLite looks every parameter up by name, one after another.
    private static async Task OneByOneAsync(SqliteConnection connection, SqliteTransaction transaction, string insert, int columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{insert}({string.Join(", ", Enumerable.Range(0, columns).Select(Name))})";
        var parameters = Enumerable.Range(0, columns).Select(i => command.Parameters.Add(new SqliteParameter { ParameterName = Name(i) })).ToList();
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < columns; i++)
            {
                parameters[i].Value = row[i] switch
                {
                    null => DBNull.Value,
                    Guid id => id.ToString("D"),
                    DateOnly day => TypeHandlers.Text(day),
                    DateTimeOffset time => TypeHandlers.Text(time),
                    var value => value,
                };
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    // Over a network a row a statement costs a round trip each.
    private static async Task TogetherAsync(DbConnection connection, DbTransaction transaction, string insert, int columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        foreach (var chunk in rows.Chunk(Math.Min(MostRows, MostParameters / columns)))
        {
            var values = new DynamicParameters();
            var sql = new StringBuilder(insert);
            for (var row = 0; row < chunk.Length; row++)
            {
                sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(row * columns, columns).Select(Name)).Append(')');
                for (var column = 0; column < columns; column++)
                {
                    values.Add(Name((row * columns) + column), chunk[row][column]);
                }
            }

            await connection.ExecuteAsync(new CommandDefinition(sql.ToString(), values, transaction, 300, cancellationToken: cancel));
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"@p{number}");
}
