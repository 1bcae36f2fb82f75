// On SQL Server a row a statement costs a round trip each. A few rows go together in statements of a few sizes, of which the server keeps the
// plans; many go as a bulk copy, which asks for the table's columns first and then streams.
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.SqlClient;

namespace ClientVoice.Database;

/// <summary>Writes many rows to SQL Server.</summary>
internal static class ServerRows
{
    // From here on a bulk copy is quicker than statements.
    private const int Many = 200;

    // So many are held in memory at once, however many there are.
    private const int MostTogether = 5_000;

    // SQL Server takes 2,100 parameters a statement.
    private const int MostParameters = 2_000;

    private const int Seconds = 600;

    private static readonly int[] Sizes = [64, 16, 4, 1];

    /// <inheritdoc cref="Rows.InsertAsync"/>
    public static async Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var insert = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ";
        foreach (var some in rows.Chunk(MostTogether))
        {
            if (some.Length >= Many)
            {
                await CopyAsync((SqlConnection)connection, (SqlTransaction)transaction, table, columns, some, cancel);
                continue;
            }

            foreach (var (sql, values) in Statements(insert, columns.Count, some))
            {
                var parameters = new DynamicParameters();
                foreach (var (name, value, type) in values)
                {
                    parameters.Add(name, value, type);
                }

                await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, Seconds, cancellationToken: cancel));
            }
        }
    }

    /// <summary>The statements for a few rows, with their values.</summary>
    /// <param name="insert">Up to and with <c>VALUES</c>.</param>
    internal static IEnumerable<(string Sql, IReadOnlyList<(string Name, object? Value, DbType? Type)> Values)> Statements(string insert, int columns, IReadOnlyList<object?[]> rows)
    {
        for (var from = 0; from < rows.Count;)
        {
            var size = Sizes.First(s => s == 1 || (s <= rows.Count - from && s * columns <= MostParameters));
            yield return Statement(insert, columns, [.. rows.Skip(from).Take(size)]);
            from += size;
        }
    }

    private static (string Sql, IReadOnlyList<(string Name, object? Value, DbType? Type)> Values) Statement(string insert, int columns, IReadOnlyList<object?[]> rows)
    {
        // A null has no type of its own: SQL Server takes it for a text, and makes bytes of no text, not even of one that is absent.
        var held = Held(columns, rows);
        var values = new List<(string, object?, DbType?)>();
        var sql = new StringBuilder(insert);
        for (var row = 0; row < rows.Count; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns; column++)
            {
                sql.Append(column == 0 ? "" : ", ");
                if (held[column] is not { } like)
                {
                    sql.Append("NULL");
                    continue;
                }

                var name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * columns) + column}");
                sql.Append(name);
                values.Add((name, rows[row][column], like is byte[] ? DbType.Binary : null));
            }

            sql.Append(')');
        }

        return (sql.ToString(), values);
    }

    private static async Task CopyAsync(SqlConnection connection, SqlTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        // As an INSERT is: held against keys and checks.
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = table, BulkCopyTimeout = Seconds };
        using var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (column, like) in columns.Zip(Held(columns.Count, rows)))
        {
            data.Columns.Add(column, like is null ? typeof(string) : TypeHandlers.OnServer(like).GetType());
            copy.ColumnMappings.Add(column, column);
        }

        data.BeginLoadData();
        foreach (var row in rows)
        {
            data.Rows.Add(Array.ConvertAll(row, value => value is null ? DBNull.Value : TypeHandlers.OnServer(value)));
        }

        await copy.WriteToServerAsync(data, cancel);
    }

    // A value of each column; null where none has one.
    private static object?[] Held(int columns, IReadOnlyList<object?[]> rows) =>
        [.. Enumerable.Range(0, columns).Select(column => rows.Select(row => row[column]).FirstOrDefault(value => value is not null and not DBNull))];
}
