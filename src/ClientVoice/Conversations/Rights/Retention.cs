// How long each kind of data is kept. Who guards privacy says it; a job takes away what is over its time, and a report says how many,
// never what. The audit trail itself is not in it: its rows hold each other, and the law asks to keep it; who leaves it too long takes
// the database away with it.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>A rule as it stands.</summary>
/// <param name="Months">Null where nobody decided: kept.</param>
/// <param name="Over">How many are over their time now: what the next run takes away.</param>
/// <param name="Waiting">How many more are, but stay as long as something of them is open.</param>
internal sealed record RetentionLine(string Kind, int? Months, int Over, int Waiting);

/// <summary>What a run took away.</summary>
internal sealed record RetentionReport(string Kind, DateTimeOffset RanAt, DateOnly BeforeOn, int Removed);

/// <summary>Keeps the rules, looks ahead, and takes away.</summary>
internal sealed class Retention(IDatabase database, FormerConversations former, Forgetting forgetting, TimeProvider time)
{
    /// <summary>The shortest time, in months: under it a slip would take away what is still in use.</summary>
    public const int Shortest = 1;

    /// <summary>The longest, in months: fifty years.</summary>
    public const int Longest = 600;

    /// <summary>Every kind with its rule, and how many are over their time.</summary>
    public async Task<IReadOnlyList<RetentionLine>> LinesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rules = (await connection.QueryAsync<RuleRow>(new CommandDefinition("SELECT Kind, Months, ChangedBy FROM RetentionRule", cancellationToken: cancel))).ToDictionary(r => r.Kind);
        var lines = new List<RetentionLine>();
        foreach (var kind in RetentionKinds.All)
        {
            var rule = rules.GetValueOrDefault(kind.Code);
            var (over, waiting) = rule is null ? (0, 0) : await CountAsync(connection, kind, Before(rule.Months), cancel);
            lines.Add(new RetentionLine(kind.Code, rule?.Months, over, waiting));
        }

        return lines;
    }

    /// <summary>How many would be over their time with this many months, and how many more would wait for something that is open.</summary>
    public async Task<(int Over, int Waiting)> WouldTakeAsync(string kind, int months, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await CountAsync(connection, RetentionKinds.All.Single(k => k.Code == kind), Before(months), cancel);
    }

    /// <summary>Sets or takes away a rule.</summary>
    /// <param name="months">Null: kept until somebody decides.</param>
    public async Task SetAsync(string kind, int? months, Guid by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM RetentionRule WHERE Kind = @kind", new { kind }, transaction, cancellationToken: cancel));
        if (months is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO RetentionRule (Kind, Months, ChangedBy, ChangedAt) VALUES (@kind, @months, @by, @now)", new { kind, months, by, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>The last reports, newest first.</summary>
    public async Task<IReadOnlyList<RetentionReport>> ReportsAsync(int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<ReportRow>(new CommandDefinition(
            "SELECT Kind, RanAt, BeforeOn, Removed FROM RetentionRun ORDER BY RanAt DESC, Id DESC" + database.Dialect.Page("@skip", "@most"), new { skip = 0, most }, cancellationToken: cancel));
        return [.. rows.Select(r => new RetentionReport(r.Kind, r.RanAt, r.BeforeOn, r.Removed))];
    }

    /// <summary>Takes away what is over its time.</summary>
    /// <returns>How many in all.</returns>
    public async Task<int> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rules = (await connection.QueryAsync<RuleRow>(new CommandDefinition("SELECT Kind, Months, ChangedBy FROM RetentionRule", cancellationToken: cancel))).ToList();
        var all = 0;
        foreach (var rule in rules)
        {
            var kind = RetentionKinds.All.Single(k => k.Code == rule.Kind);
            var before = Before(rule.Months);
            var removed = kind.Remove.Count > 0
                ? await RemoveAsync(connection, kind, before, cancel)
                : await EraseAsync(kind.Code, await IdsAsync(connection, kind, before, cancel), rule.ChangedBy, progress, cancel);
            if (removed > 0)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO RetentionRun (Id, Kind, RanAt, BeforeOn, Removed) VALUES (@id, @Code, @now, @Day, @removed)",
                    new { id = Guid.CreateVersion7(time.GetUtcNow()), kind.Code, now = time.GetUtcNow(), before.Day, removed }, cancellationToken: cancel));
                all += removed;
            }
        }

        return all;
    }

    private static async Task<(int Over, int Waiting)> CountAsync(DbConnection connection, RetentionKind kind, RetentionCut before, CancellationToken cancel) =>
        (await ScalarAsync(connection, kind.Over, before, cancel), kind.Waits is null ? 0 : await ScalarAsync(connection, kind.Waits, before, cancel));

    private static Task<int> ScalarAsync(DbConnection connection, string of, RetentionCut before, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM " + of, before, cancellationToken: cancel));

    private static async Task<List<Guid>> IdsAsync(DbConnection connection, RetentionKind kind, RetentionCut before, CancellationToken cancel) =>
        [.. await connection.QueryAsync<Guid>(new CommandDefinition($"SELECT Id FROM {kind.Over} ORDER BY Id", before, cancellationToken: cancel))];

    private static async Task<int> RemoveAsync(DbConnection connection, RetentionKind kind, RetentionCut before, CancellationToken cancel)
    {
        var removed = 0;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var sql in kind.Remove)
        {
            removed = await connection.ExecuteAsync(new CommandDefinition(sql, before, transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
        return removed;
    }

    // One by one, each with its proof without the person, so that the outcomes go on hiding as they must.
    private async Task<int> EraseAsync(string kind, List<Guid> ids, Guid by, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        for (var done = 0; done < ids.Count; done++)
        {
            progress.Report(new WorkProgress(done, ids.Count));
            await (kind switch
            {
                RetentionKinds.Clients => forgetting.ClientAsync(ids[done], by, cancel),
                RetentionKinds.Permissions => forgetting.PermissionAsync(ids[done], by, cancel),
                _ => former.EraseAsync(ids[done], by, EraseReasons.TimeIsOver, cancel),
            });
        }

        return ids.Count;
    }

    private RetentionCut Before(int months) => RetentionKinds.Cut(months, DateOnly.FromDateTime(time.GetLocalNow().DateTime), time.GetUtcNow());

    private sealed record RuleRow
    {
        public string Kind { get; init; } = "";

        public int Months { get; init; }

        public Guid ChangedBy { get; init; }
    }

    private sealed record ReportRow
    {
        public string Kind { get; init; } = "";

        public DateTimeOffset RanAt { get; init; }

        public DateOnly BeforeOn { get; init; }

        public int Removed { get; init; }
    }
}

/// <summary>The job.</summary>
internal sealed class RetentionWork(Retention retention, IAuditTrail audit) : IWork
{
    public static string Name => "retention";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var removed = await retention.RunAsync(progress, cancel);
        if (removed == 0)
        {
            return null;
        }

        await audit.NowAsync(new AuditEvent("system", null, "retention.run", $"retention/{removed}", null, "done"), cancel);
        return new LocalText($"{removed} weggehaald omdat de bewaartermijn om is", $"{removed} taken away because their time is over");
    }
}
