// Whose words a frozen report shows. Figures never change; words are looked up each time, for they are their speaker's: taken back,
// corrected or erased they are gone from every report, and the files that held them are made again.
using System.Data.Common;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.QualityReports;

/// <summary>Keeps which words belong to a frozen report, and takes those out that do not stand any more.</summary>
internal sealed class ReportQuotes(IDatabase database, ReleasedWords released, TimeProvider time)
{
    /// <summary>Notes the words of a report that is being frozen.</summary>
    public static Task KeepAsync(DbConnection connection, DbTransaction transaction, Guid id, QualityReport report, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        "INSERT INTO QualityReportQuote (ReportId, Position, ConversationId, QuestionId, DecidedAt) VALUES (@id, @Position, @Conversation, @Question, @DecidedAt)",
        from q in report.Groups.SelectMany(g => g.Quotes)
        from source in q.From is { } known ? (ReleasedFrom[])[known] : []
        select new { id, q.Position, source.Conversation, source.Question, source.DecidedAt }, transaction, cancellationToken: cancel));

    /// <summary>A frozen report with the words that still stand.</summary>
    public async Task<QualityReport> WithWordsAsync(QualityReport report, CancellationToken cancel)
    {
        if (report.Groups.All(g => g.Quotes.Count == 0))
        {
            return report;
        }

        var words = await CheckAsync(report.Id, cancel);
        return report with { Groups = [.. report.Groups.Select(g => g with { Quotes = [.. g.Quotes.Select(q => q with { Text = words.GetValueOrDefault((report.Id, q.Position)) })] })] };
    }

    /// <summary>Finds the words that stand; notes the others as gone, with the files that held them.</summary>
    /// <param name="report">That one alone; null for all.</param>
    public async Task<IReadOnlyDictionary<(Guid Report, int Position), string>> CheckAsync(Guid? report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT ReportId, Position, ConversationId, QuestionId, DecidedAt FROM QualityReportQuote WHERE GoneAt IS NULL" + (report is null ? "" : " AND ReportId = @report"), new { report }, cancellationToken: cancel))).ToList();
        var standing = await released.StandingAsync([.. rows.Select(r => r.From).Distinct()], cancel);
        foreach (var gone in rows.Where(r => !standing.ContainsKey(r.From)).GroupBy(r => r.ReportId))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var values = new { id = gone.Key, positions = gone.Select(r => r.Position), now = time.GetUtcNow() };
            await connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE QualityReportQuote SET GoneAt = @now WHERE ReportId = @id AND Position IN @positions;
                UPDATE ReportFile SET ContentSecret = NULL, Sha256 = NULL, Bytes = NULL, MadeAt = NULL, Attempts = 0 WHERE ReportId = @id;
                """,
                values, transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
        }

        return rows.Where(r => standing.ContainsKey(r.From)).ToDictionary(r => (r.ReportId, r.Position), r => standing[r.From]);
    }

    /// <summary>Whose words stand in a frozen report.</summary>
    public async Task<IReadOnlyList<Guid>> SpeakersAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var conversations = await connection.QueryAsync<Guid>(new CommandDefinition("SELECT DISTINCT ConversationId FROM QualityReportQuote WHERE ReportId = @report AND GoneAt IS NULL", new { report }, cancellationToken: cancel));
        return await released.SpeakersAsync([.. conversations], cancel);
    }

    /// <summary>Has files made again that hold words of clients under the service's key, as they were before clients had keys.</summary>
    /// <param name="shared">The first byte of what is under the keys of clients.</param>
    public async Task MakeAgainAsync(byte shared, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE ReportFile SET ContentSecret = NULL, Sha256 = NULL, Bytes = NULL, MadeAt = NULL, Attempts = 0
            WHERE Bytes IS NOT NULL AND SUBSTRING(ContentSecret, 1, 1) <> @first
              AND EXISTS (SELECT 1 FROM QualityReportQuote q WHERE q.ReportId = ReportFile.ReportId AND q.GoneAt IS NULL)
            """,
            new { first = new[] { shared } }, cancellationToken: cancel));
    }

    /// <summary>How many words of a report are gone.</summary>
    public async Task<int> GoneAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM QualityReportQuote WHERE ReportId = @report AND GoneAt IS NOT NULL", new { report }, cancellationToken: cancel));
    }

    private sealed record Row
    {
        public Guid ReportId { get; init; }

        public int Position { get; init; }

        public Guid ConversationId { get; init; }

        public string QuestionId { get; init; } = "";

        public DateTimeOffset DecidedAt { get; init; }

        public ReleasedFrom From => new(ConversationId, QuestionId, DecidedAt);
    }
}
