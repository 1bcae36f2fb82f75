using System.Data.Common;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>What a run wrote of a publication that it never showed.</summary>
internal static class UnfinishedPublication
{
    /// <summary>Takes away what a run that died had written; afterwards only what can be read is there.</summary>
    public static async Task ClearAsync(DbConnection connection, AggregationTurn turn, CancellationToken cancel)
    {
        if (await connection.ExecuteScalarAsync<int?>(new CommandDefinition("SELECT Writing FROM AggregationTurn WHERE Id = 1", cancellationToken: cancel)) is not { } unfinished)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await turn.RenewAsync(connection, transaction, cancel);
        foreach (var table in KeptTable.All)
        {
            await RunAsync($"DELETE FROM {table.Name} WHERE FromPublication >= @unfinished");
            await RunAsync($"UPDATE {table.Name} SET UntilPublication = 2147483647 WHERE UntilPublication >= @unfinished AND UntilPublication < 2147483647");
        }

        await RunAsync("DELETE FROM CellOption WHERE FromPublication >= @unfinished");
        foreach (var table in PublishedModel.Dimensions)
        {
            await RunAsync($"DELETE FROM {table} WHERE Publication >= @unfinished");
        }

        await RunAsync("DELETE FROM BlockState WHERE Publication >= @unfinished");
        // Of before an upgrade.
        await RunAsync("DELETE FROM PublishedState WHERE Through > (SELECT COALESCE(MAX(ThroughSequence), 0) FROM Publication)");
        await RunAsync("UPDATE AggregationTurn SET Writing = NULL WHERE Id = 1");
        await transaction.CommitAsync(cancel);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, new { unfinished }, transaction, 600, cancellationToken: cancel));
    }
}
