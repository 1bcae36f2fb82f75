using ClientVoice.Conversations;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>Holds what was promised against the database, after the service stopped.</summary>
internal static class SoakProof
{
    /// <summary>How many rows a table has.</summary>
    public static async Task<long> CountAsync(string file, string table)
    {
        await using var database = Open(file);
        return await database.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}");
    }

    /// <summary>Everything that is not as it was promised; empty where all is well.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(SoakHouse house, SoakLedger ledger)
    {
        var faults = new List<string>();
        await using (var database = Open(house.File))
        {
            var rows = (await database.QueryAsync<(string Id, string ReceivedAt)>("SELECT Id, ReceivedAt FROM Conversation")).ToLookup(r => Guid.Parse(r.Id), r => r.ReceivedAt);
            Say(ledger.Receipts.Values.Count(r => !rows.Contains(r.Id)), "receipts whose conversation is not there: lost");
            Say(ledger.Receipts.Values.Count(r => rows[r.Id].Count() > 1), "conversations that are there more than once");
            Say(ledger.Receipts.Values.Count(r => rows[r.Id].Any(at => at != r.StoredAt)), "conversations of another moment than was signed");
            var there = rows.Sum(r => r.Count());
            var known = house.Before + ledger.Receipts.Count + ledger.Unanswered.Keys.Count(rows.Contains);
            Say(Math.Abs(there - known), $"conversations between the {there} that are there and the {known} that are known of");
            Say((int)Math.Abs(there - house.Before - await database.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM AuditEvent WHERE Action = 'conversation.receive'")), "conversations that the audit trail has too many or too few");
            var corrected = await database.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM FormerConversation WHERE Became = 'corrected'");
            Say(corrected < ledger.Corrections.Taken || corrected > ledger.Corrections.Taken + ledger.Corrections.Unanswered ? 1 : 0, $"other number of corrections ({corrected}) than were taken ({ledger.Corrections.Taken})");
            foreach (var (job, message) in await database.QueryAsync<(string, string)>("SELECT DISTINCT Job, Message FROM JobRun WHERE State = 'failed' AND Message <> 'cut off'"))
            {
                faults.Add($"job {job} failed: {message}");
            }

            var integrity = (await database.QueryAsync<string>("PRAGMA integrity_check(5)")).ToList();
            Say(integrity is ["ok"] ? 0 : integrity.Count, $"faults in the database file: {string.Join("; ", integrity)}");
            Say((await database.QueryAsync<string>("SELECT \"table\" FROM pragma_foreign_key_check")).Count(), "rows that belong to rows that are not there");
        }

        Say(await SoakService.VerbAsync(house.Folder, "trail", "check") == 0 ? 0 : 1, "break in the chain of the audit trail");
        return faults;

        void Say(int count, string what)
        {
            if (count > 0)
            {
                faults.Add($"{count} {what}");
            }
        }
    }

    private static SqliteConnection Open(string file) => new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString());
}
