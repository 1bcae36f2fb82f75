using System.Security.Cryptography;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.QualityReports;

/// <summary>A file of a frozen report.</summary>
internal sealed record ReportFile
{
    public string Voice { get; init; } = "";

    public string Language { get; init; } = "";

    /// <summary>How often making it was tried and did not end well.</summary>
    public int Attempts { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>Null until it is made.</summary>
    public int? Bytes { get; init; }

    /// <summary>The query part of its address.</summary>
    public string Query => $"?voice={Voice}&language={Language}";

    public bool IsMade => Bytes is not null;

    /// <summary>Whether it is not tried any more.</summary>
    public bool HasFailed => !IsMade && Attempts >= ReportFiles.MostAttempts;
}

/// <summary>The files of frozen reports: made once by a job, kept, and made again to the byte where somebody asks.</summary>
internal sealed class ReportFiles(IDatabase database, Secrets secrets, ReportStore reports, ReportQuotes quotes, EasyFile easy, TimeProvider time)
{
    public const string Word = "word";
    public const string Excel = "excel";
    public const string Json = "json";
    public const string Easy = "easy";

    /// <summary>A report that three times cannot be made will not be made the fourth time: somebody must look.</summary>
    public const int MostAttempts = 3;

    public static readonly IReadOnlyList<(string Voice, string Language)> All = [(Word, "nl"), (Word, "en"), (Easy, "nl"), (Easy, "en"), (Excel, "nl"), (Excel, "en"), (Json, "nl"), (Json, "en")];

    /// <summary>The media type and the ending of a voice's files; null where it has none.</summary>
    public static (string Media, string Ending)? Form(string voice) => voice switch
    {
        Word => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        Excel => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        Json => ("application/json", "json"),
        Easy => ("text/html", "html"),
        _ => null,
    };

    /// <summary>The files of a report, made or not.</summary>
    public async Task<IReadOnlyList<ReportFile>> OfAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var files = await connection.QueryAsync<ReportFile>(new CommandDefinition("SELECT Voice, Language, Attempts, Sha256, Bytes FROM ReportFile WHERE ReportId = @report", new { report }, cancellationToken: cancel));
        return [.. files.OrderBy(f => All.ToList().IndexOf((f.Voice, f.Language)))];
    }

    /// <summary>A file's content; null where it is not made yet, or has to be made again because words in it were taken back.</summary>
    public async Task<byte[]?> ReadAsync(Guid report, string voice, string language, CancellationToken cancel)
    {
        await quotes.CheckAsync(report, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var content = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "SELECT ContentSecret FROM ReportFile WHERE ReportId = @report AND Voice = @voice AND Language = @language", new { report, voice, language }, cancellationToken: cancel));
        return content is null ? null : secrets.OpenBytes(SecretKind.Words, content);
    }

    /// <summary>Tries again what could not be made.</summary>
    public async Task TryAgainAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("UPDATE ReportFile SET Attempts = 0 WHERE ReportId = @report AND Bytes IS NULL", new { report }, cancellationToken: cancel));
    }

    /// <summary>Makes every file that waits.</summary>
    /// <returns>How many were made, and how many could not be.</returns>
    public async Task<(int Made, int Failed)> MakeAsync(IProgress<WorkProgress> progress, ILogger log, CancellationToken cancel)
    {
        await quotes.CheckAsync(null, cancel);
        await quotes.MakeAgainAsync(SharedSecrets.Format, cancel);
        var waiting = await WaitingAsync(cancel);
        var failed = 0;
        foreach (var (file, i) in waiting.Select((f, i) => (f, i)))
        {
            progress.Report(new WorkProgress(i, waiting.Count));
            try
            {
                var gone = await quotes.GoneAsync(file.ReportId, cancel);
                var report = await reports.FrozenAsync(file.ReportId, cancel) ?? throw new InvalidOperationException("A file waits of a report that is not frozen.");
                await KeepAsync(file, await MakeAsync(report, file.Voice, file.Language, easy), gone, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // One report that cannot be made does not keep the others waiting. The kind of error only: its text may quote.
                failed++;
                log.ReportFileFailed(file.ReportId, file.Voice, file.Language, error.GetType().Name);
                await FailedAsync(file, cancel);
            }
        }

        return (waiting.Count - failed, failed);
    }

    /// <summary>A voice as a file.</summary>
    public static async Task<byte[]> MakeAsync(QualityReport report, string voice, string language, EasyFile easy)
    {
        var l = language == "en" ? Language.InEnglish : Language.InDutch;
        return voice switch
        {
            Word => WordVoice.Make(report, l),
            Excel => await SheetVoice.MakeAsync(report, l),
            Json => JsonVoice.Make(report, l),
            Easy => easy.Make(report, l),
            _ => throw new ArgumentOutOfRangeException(nameof(voice)),
        };
    }

    private async Task<List<Waiting>> WaitingAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<Waiting>(new CommandDefinition(
            "SELECT ReportId, Voice, Language FROM ReportFile WHERE Bytes IS NULL AND Attempts < @MostAttempts ORDER BY ReportId, Voice, Language", new { MostAttempts }, cancellationToken: cancel))];
    }

    // Not where words were taken back while it was made: it is made again.
    private async Task KeepAsync(Waiting file, byte[] content, int gone, CancellationToken cancel)
    {
        var secret = await secrets.ProtectForAllAsync(SecretKind.Words, content, await quotes.SpeakersAsync(file.ReportId, cancel), cancel);
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE ReportFile SET ContentSecret = @secret, Sha256 = @hash, Bytes = @length, MadeAt = @now
            WHERE ReportId = @ReportId AND Voice = @Voice AND Language = @Language AND Bytes IS NULL
              AND (SELECT COUNT(*) FROM QualityReportQuote q WHERE q.ReportId = @ReportId AND q.GoneAt IS NOT NULL) = @gone
            """,
            new
            {
                secret, hash = Convert.ToHexStringLower(SHA256.HashData(content)), length = content.Length, now = time.GetUtcNow(),
                file.ReportId, file.Voice, file.Language, gone,
            }, cancellationToken: cancel));
    }

    private async Task FailedAsync(Waiting file, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE ReportFile SET Attempts = Attempts + 1 WHERE ReportId = @ReportId AND Voice = @Voice AND Language = @Language", new { file.ReportId, file.Voice, file.Language }, cancellationToken: cancel));
    }

    private sealed record Waiting
    {
        public Guid ReportId { get; init; }

        public string Voice { get; init; } = "";

        public string Language { get; init; } = "";
    }
}

/// <summary>The job that makes the files of frozen reports.</summary>
internal sealed class ReportWork(ReportFiles files, ILogger<ReportWork> log) : IWork
{
    public static string Name => "quality-reports";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var (made, failed) = await files.MakeAsync(progress, log, cancel);
        return made + failed == 0 ? null : new LocalText($"{made} bestanden van rapporten gemaakt, {failed} mislukt", $"{made} report files made, {failed} failed");
    }
}

internal static partial class ReportLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The {Voice} file ({Language}) of report {Report} could not be made: {Kind}")]
    public static partial void ReportFileFailed(this ILogger log, Guid report, string voice, string language, string kind);
}
