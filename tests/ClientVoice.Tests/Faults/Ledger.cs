// Looks, without the service, whether what got a receipt stands in the database file.
using System.Globalization;
using ClientVoice.Conversations;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Faults;

/// <summary>Holds receipts against a database file.</summary>
internal static class Ledger
{
    // Of the conversation that tests send: two answers with their wishes, and one passed over.
    private const int AnswersOfOne = 5;

    /// <summary>How often something happened, by the audit trail.</summary>
    public static async Task<int> EventsAsync(string file, string action)
    {
        await using var database = Open(file);
        return await database.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM AuditEvent WHERE Action = @action", new { action });
    }

    /// <summary>Every row of the audit trail follows from the one before it.</summary>
    public static async Task AssertTrailAsync(string folder)
    {
        await using var check = ServiceProcess.Begin(folder, verb: ["trail", "check"]);
        Assert.That(await check.EndedAsync(), Is.Zero, check.Output);
    }

    /// <summary>Every receipt's conversation is there, whole, as of the moment that was signed; none is half there; the file is intact.</summary>
    /// <returns>How many conversations there are.</returns>
    public static async Task<int> AssertKeptAsync(string file, IEnumerable<Receipt> receipts)
    {
        await using var database = Open(file);
        var rows = (await database.QueryAsync<(string Id, string ReceivedAt, long Answers)>(
            "SELECT v.Id, v.ReceivedAt, (SELECT COUNT(*) FROM Answer a WHERE a.ConversationId = v.Id) FROM Conversation v")).ToList();
        var there = rows.Select(row => (Guid.Parse(row.Id, CultureInfo.InvariantCulture), row.ReceivedAt)).ToHashSet();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await database.QueryAsync<string>("PRAGMA integrity_check"), Is.EqualTo((string[])["ok"]));
            Assert.That(await database.QueryAsync<string>("SELECT \"table\" FROM pragma_foreign_key_check"), Is.Empty);
            Assert.That(receipts.Where(r => !there.Contains((r.Id, r.StoredAt))), Is.Empty, "what has a receipt is there, as of the moment that was signed");
            Assert.That(rows.Where(row => row.Answers != AnswersOfOne), Is.Empty, "nothing is half there");
            Assert.That(rows.Select(row => row.Id).Distinct().Count(), Is.EqualTo(rows.Count), "nothing is there twice");
        });
        return rows.Count;
    }

    // Not pooled: the disk that it is on is taken away afterwards.
    private static SqliteConnection Open(string file) => new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString());
}
