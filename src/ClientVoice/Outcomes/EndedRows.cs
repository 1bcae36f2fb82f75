using System.Data.Common;
using ClientVoice.Database;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Outcomes;

/// <summary>What ended in a publication that nobody can read any more: taken away some at a time, the options of cells with them.</summary>
/// <param name="oldest">The oldest publication that can be read.</param>
/// <param name="most">So many rows at a time, options not counted.</param>
internal sealed class EndedRows(KeptTable table, SqlDialect dialect, int oldest, int most)
{
    // That it ended is said twice: without it the index of what ended is not used.
    private const string Ended = "UntilPublication < 2147483647 AND UntilPublication <= @oldest";

    private const int Seconds = 600;

    private readonly string some = $"WHERE {Ended} ORDER BY UntilPublication, Id{dialect.Page("@skip", "@take")}";
    private readonly object values = new { oldest, skip = 0, take = most };

    public int Most => most;

    /// <summary>Takes away some, and returns how many.</summary>
    public async Task<int> TakeAwayAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel) => connection is SqliteConnection
        ? await OneByOneAsync(connection, transaction, cancel)
        : await AtOnceAsync(connection, transaction, cancel);

    // In the same process: each is found at once by what it is, and looked at once.
    private async Task<int> OneByOneAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var options = table == KeptTable.Cells ? "FirstOption, Options" : "NULL AS FirstOption, 0 AS Options";
        var rows = (await connection.QueryAsync<(int Id, int From, int? First, int Options)>(
            new CommandDefinition($"SELECT Id, FromPublication, {options} FROM {table.Name} {some}", values, transaction, Seconds, cancellationToken: cancel))).ToList();
        await Rows.EachAsync(connection, transaction, "DELETE FROM CellOption WHERE Id >= @first AND Id < @next AND FromPublication = @from", 3,
            rows.Where(r => r.Options > 0).OrderBy(r => r.First).Select(r => (object?[])[r.First, r.First + r.Options, r.From]), cancel);
        await Rows.EachAsync(connection, transaction, $"DELETE FROM {table.Name} WHERE Id = @id AND FromPublication = @from", 2, rows.OrderBy(r => r.Id).Select(r => (object?[])[r.Id, r.From]), cancel);
        return rows.Count;
    }

    // A server is asked once. An id is a cell's, and what stands now has it too; by its publication alone almost no other row of an option is looked at twice.
    private async Task<int> AtOnceAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        if (table == KeptTable.Cells)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"""
                DELETE FROM CellOption WHERE Id IN (
                  SELECT o.Id FROM (SELECT FromPublication, FirstOption, Options FROM KeptCell {some}) k
                  CROSS JOIN CellOption o WHERE o.Id >= k.FirstOption AND o.Id < k.FirstOption + k.Options AND o.FromPublication = k.FromPublication)
                AND FromPublication < @oldest AND EXISTS (SELECT 1 FROM KeptCell WHERE KeptCell.Id = CellOption.CellId AND KeptCell.FromPublication = CellOption.FromPublication AND {Ended})
                """,
                values, transaction, Seconds, cancellationToken: cancel));
        }

        return await connection.ExecuteAsync(new CommandDefinition(
            $"DELETE FROM {table.Name} WHERE {Ended} AND Id IN (SELECT Id FROM {table.Name} {some})", values, transaction, Seconds, cancellationToken: cancel));
    }
}
