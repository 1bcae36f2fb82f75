// Before there were keys of clients, everything was under the service's. What is left of that is carried over while the service serves:
// client by client, some rows in a transaction, each only where it is still as it was read. Cut off, it goes on with the next client.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>Puts what is kept about clients under their own keys.</summary>
internal sealed class CarryOver(IDatabase database, Secrets secrets, TimeProvider time)
{
    // Few enough that a tablet never waits for them.
    private const int RowsTogether = 100;

    // Somebody corrects in the very moment: looked at again. More than a few times in a row is nobody.
    private const int MostRounds = 5;

    /// <summary>Carries over every client of whom something may be under the service's key.</summary>
    /// <returns>How many clients.</returns>
    public async Task<int> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        List<Guid> waiting;
        await using (var connection = await database.OpenAsync(cancel))
        {
            waiting = [.. await connection.QueryAsync<Guid>(new CommandDefinition("SELECT Id FROM Client WHERE KeyedAt IS NULL ORDER BY Id", cancellationToken: cancel))];
        }

        for (var done = 0; done < waiting.Count; done++)
        {
            progress.Report(new WorkProgress(done, waiting.Count));
            await ClientAsync(waiting[done], cancel);
        }

        return waiting.Count;
    }

    private async Task ClientAsync(Guid client, CancellationToken cancel)
    {
        ClientSecrets about;
        try
        {
            about = await secrets.ForAsync(client, cancel);
        }
        catch (ClientKeyGoneException)
        {
            // Erased meanwhile; or carried over by another node, where the key says itself that it is not here.
            return;
        }

        await using var connection = await database.OpenAsync(cancel);
        for (var round = 0; round < MostRounds; round++)
        {
            var carried = 0;
            foreach (var table in ClientColumns.All)
            {
                foreach (var (column, kind) in table.Columns)
                {
                    carried += await ColumnAsync(connection, table, column, kind, client, about, cancel);
                }
            }

            // Only what was looked through and found whole is said to be so.
            if (carried == 0)
            {
                await connection.ExecuteAsync(new CommandDefinition("UPDATE Client SET KeyedAt = @now WHERE Id = @client AND KeyedAt IS NULL", new { client, now = time.GetUtcNow() }, cancellationToken: cancel));
                return;
            }
        }
    }

    private async Task<int> ColumnAsync(DbConnection connection, ClientColumns table, string column, SecretKind kind, Guid client, ClientSecrets about, CancellationToken cancel)
    {
        var keys = string.Join(", ", table.Keys);
        var rows = (await connection.QueryAsync(new CommandDefinition($"SELECT {keys}, {column} FROM {table.Table} WHERE {table.OfClient} AND {column} IS NOT NULL", new { client }, cancellationToken: cancel)))
            .Select(row => (IDictionary<string, object>)row).Where(row => ClientSecrets.ClientOf((byte[])row[column]) is null).ToList();
        var update = $"UPDATE {table.Table} SET {column} = @carried WHERE {string.Join(" AND ", table.Keys.Select(key => $"{key} = @{key}"))} AND {column} = @was";
        foreach (var some in rows.Chunk(RowsTogether))
        {
            var changes = some.Select(row => Change(table, row, (byte[])row[column], kind, about)).ToList();
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition(update, changes, transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
        }

        return rows.Count;
    }

    private DynamicParameters Change(ClientColumns table, IDictionary<string, object> row, byte[] was, SecretKind kind, ClientSecrets about)
    {
        var values = new DynamicParameters();
        foreach (var key in table.Keys)
        {
            values.Add(key, row[key]);
        }

        values.Add("was", was);
        values.Add("carried", about.Protect(kind, secrets.OpenBytes(kind, was)));
        return values;
    }
}
