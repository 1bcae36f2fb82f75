// A made-up organisation has a year and a half behind it; pages must stand what a large one asked over many. So the conversations that are there come
// again and again, each time a month earlier, with answers, marks and agreements: encrypted as they were, since they are of the same clients.
using System.Data.Common;
using System.Globalization;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Benchmarks;

/// <summary>Gives an organisation on the embedded database a long past.</summary>
internal static class LongPast
{
    private const int DaysEarlier = 30;
    // Ids of copies differ from all others by what a version and a variant of a UUID cannot be.
    private const string Versions = "012345689abcdef", Variants = "01234567cdef";

    private static readonly string[] Tables = ["Conversation", "Answer", "DomainScore", "ConversationMark", "Agreement"];

    /// <summary>Until there are at least so many conversations.</summary>
    /// <returns>How many there are.</returns>
    public static async Task<int> AddAsync(IDatabase database, int conversations)
    {
        await using var connection = await database.OpenAsync(default);
        var before = await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Conversation");
        var copies = Math.Max(0, ((conversations + before - 1) / before) - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, Versions.Length * (Variants.Length + 1), nameof(conversations));
        if (copies == 0)
        {
            return before;
        }

        // Nothing here has to outlive a power cut. Indexes are made at the end, as that is quicker.
        await connection.ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; CREATE TEMP TABLE Base AS SELECT Id FROM Conversation;");
        var indexes = (await connection.QueryAsync<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN @Tables", new { Tables })).ToList();
        await connection.ExecuteAsync(string.Concat(indexes.Select(i => $"DROP INDEX {i.Name};")));
        for (var copy = 0; copy < copies; copy++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var table in Tables)
            {
                await CopyAsync(connection, transaction, table, copy);
            }

            await transaction.CommitAsync();
        }

        await connection.ExecuteAsync(string.Concat(indexes.Select(i => i.Sql + ";")) + "DROP TABLE Base; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);", commandTimeout: 1_800);
        return before * (copies + 1);
    }

    private static async Task CopyAsync(DbConnection connection, DbTransaction transaction, string table, int copy)
    {
        var columns = (await connection.QueryAsync<string>("SELECT name FROM pragma_table_info(@table)", new { table }, transaction)).ToList();
        var key = table == "Conversation" ? "Id" : "ConversationId";
        await connection.ExecuteAsync(
            $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => Value(c, copy)))} FROM Base b CROSS JOIN {table} x ON x.{key} = b.Id",
            new { days = string.Create(CultureInfo.InvariantCulture, $"-{DaysEarlier * (copy + 1)} days") }, transaction, commandTimeout: 1_800);
    }

    // What was agreed long ago has ended, and the client was told.
    private static string Value(string column, int copy) => column switch
    {
        "Id" or "ConversationId" => copy < Versions.Length
            ? $"SUBSTR(x.{column}, 1, 14) || '{Versions[copy]}' || SUBSTR(x.{column}, 16)"
            : $"SUBSTR(x.{column}, 1, 14) || '{Versions[copy % Versions.Length]}' || SUBSTR(x.{column}, 16, 4) || '{Variants[(copy / Versions.Length) - 1]}' || SUBSTR(x.{column}, 21)",
        "HeldOn" or "DueOn" => $"DATE(x.{column}, @days)",
        "StartedAt" or "EndedAt" or "ReceivedAt" => $"STRFTIME('%Y-%m-%dT%H:%M:%S.000Z', x.{column}, @days)",
        // Told on a day, which is kept as its noon.
        "DoneAt" or "ToldBackAt" => $"COALESCE(STRFTIME('%Y-%m-%dT%H:%M:%S.000Z', x.{column}, @days), (SELECT STRFTIME('%Y-%m-%dT11:00:00.000Z', v.ReceivedAt, @days, '+14 days') FROM Conversation v WHERE v.Id = x.ConversationId))",
        _ => $"x.{column}",
    };
}
