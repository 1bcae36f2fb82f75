// Reports, their texts and their points, in the places of whoever asks. What is frozen is kept as one text and never written again.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell.Forms;
using Dapper;

namespace ClientVoice.QualityReports;

/// <summary>What a report is about, before anything is read.</summary>
internal sealed record ReportHead(Guid Id, Guid PlaceId, string Place, string Kind, string Period, string Title, DateTimeOffset MadeAt, DateTimeOffset? FrozenAt, int? Publication)
{
    /// <summary>SHA-256 of the frozen report; null of a draft.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The client groups that it is about; none is every group.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];

    public bool IsFrozen => FrozenAt is not null;
}

/// <summary>Keeps reports.</summary>
internal sealed class ReportStore(IDatabase database, Secrets secrets, ReportQuotes quotes, TimeProvider time)
{
    // A report is one text: whoever may not see all of its groups does not see it.
    private static readonly string InScope =
        $"""
        r.PlaceId IN {ScopeSql.Places("@person")}
          AND (NOT EXISTS (SELECT 1 FROM PersonGroup n WHERE n.PersonId = @person)
            OR (EXISTS (SELECT 1 FROM QualityReportGroup g WHERE g.ReportId = r.Id)
              AND NOT EXISTS (SELECT 1 FROM QualityReportGroup g WHERE g.ReportId = r.Id AND g.GroupId NOT IN (SELECT n.GroupId FROM PersonGroup n WHERE n.PersonId = @person))))
        """;

    private const string Heads =
        "SELECT r.Id, r.PlaceId, p.Name AS Place, r.Kind, r.Period, r.TitleSecret, r.MadeAt, r.FrozenAt, r.Publication, r.ContentSha256 FROM QualityReport r JOIN Place p ON p.Id = r.PlaceId";

    private static readonly Dictionary<string, string> Orders = new() { ["made"] = "r.MadeAt", ["period"] = "r.Period", ["place"] = "p.Name", ["frozen"] = "r.FrozenAt" };

    /// <summary>What a list of reports can be sorted by, the usual one first. Titles are kept as cipher text, which has no order.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["made", "period", "place", "frozen"];

    /// <summary>The reports in somebody's scope, sorted by one of <see cref="Sorts"/>, and how many there are in all.</summary>
    /// <param name="drafts">Whether drafts too.</param>
    /// <param name="place">Of this place or below it alone; null: of any.</param>
    /// <param name="state"><c>draft</c> or <c>frozen</c>; null: either.</param>
    public async Task<(IReadOnlyList<ReportHead> Reports, int Total)> ListAsync(Guid person, bool drafts, Guid? place, string? state, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        var inState = (drafts ? "" : " AND r.FrozenAt IS NOT NULL") + state switch { "draft" => " AND r.FrozenAt IS NULL", "frozen" => " AND r.FrozenAt IS NOT NULL", _ => "" };
        var below = place is null ? "" : " AND r.PlaceId IN (SELECT b.DescendantId FROM PlaceTree b WHERE b.AncestorId = @place)";
        var (where, values, direction) = ($"WHERE {InScope}{below}{inState}", new { person, place, skip, take }, descending ? " DESC" : "");
        await using var connection = await database.OpenAsync(cancel);
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) FROM QualityReport r {where}", values, cancellationToken: cancel));
        List<HeadRow> rows = [.. await connection.QueryAsync<HeadRow>(new CommandDefinition(
            $"{Heads} {where} ORDER BY {Orders[sort]}{direction}, r.Id{database.Dialect.Page("@skip", "@take")}", values, cancellationToken: cancel))];
        return (await OpenAsync(connection, rows, cancel), total);
    }

    /// <summary>The places in somebody's scope of which there are reports.</summary>
    public async Task<IReadOnlyList<FormOption>> PlacesAsync(Guid person, bool drafts, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<(Guid Id, string Name)>(new CommandDefinition(
            $"SELECT DISTINCT p.Id, p.Name FROM QualityReport r JOIN Place p ON p.Id = r.PlaceId WHERE {InScope}{(drafts ? "" : " AND r.FrozenAt IS NOT NULL")} ORDER BY p.Name, p.Id", new { person }, cancellationToken: cancel)))
            .Select(p => new FormOption(p.Id.ToString("D"), p.Name))];
    }

    /// <summary>One report; null where there is none in this person's scope, or a draft that they may not see.</summary>
    public async Task<ReportHead?> FindAsync(Guid id, Guid person, bool drafts, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<HeadRow>(new CommandDefinition($"{Heads} WHERE r.Id = @id AND {InScope}", new { id, person }, cancellationToken: cancel));
        return row is null || (!drafts && row.FrozenAt is null) ? null : (await OpenAsync(connection, [row], cancel))[0];
    }

    /// <summary>Begins a draft, about the client groups in the scope of who begins it.</summary>
    public async Task<Guid> BeginAsync(Guid place, string kind, string period, string title, Guid person, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var values = new { id, place, kind, period, title = secrets.Protect(SecretKind.Words, title), person, now = time.GetUtcNow() };
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO QualityReport (Id, PlaceId, Kind, Period, TitleSecret, MadeBy, MadeAt) VALUES (@id, @place, @kind, @period, @title, @person, @now)", values, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO QualityReportGroup (ReportId, GroupId) SELECT @id, n.GroupId FROM PersonGroup n WHERE n.PersonId = @person", values, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>Takes a draft away, with its texts and the points that were made in it.</summary>
    /// <returns>False where it was frozen meanwhile.</returns>
    public async Task<bool> DiscardAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM QualityReport WHERE Id = @id AND FrozenAt IS NULL", new { id }, transaction, cancellationToken: cancel)) == 0)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE ImprovementPoint SET ClosedInReportId = NULL WHERE ClosedInReportId = @id;
            DELETE FROM ImprovementPoint WHERE MadeInReportId = @id;
            DELETE FROM QualityReportText WHERE ReportId = @id;
            DELETE FROM QualityReportGroup WHERE ReportId = @id;
            DELETE FROM QualityReport WHERE Id = @id;
            """,
            new { id }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>The texts of a draft.</summary>
    public async Task<ReportWords> WordsAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<TextRow>(new CommandDefinition("SELECT Part, TextSecret, Version FROM QualityReportText WHERE ReportId = @id", new { id }, cancellationToken: cancel));
        return new ReportWords(rows.ToDictionary(r => r.Part, r => new WrittenText(secrets.Open(SecretKind.Words, r.TextSecret), r.Version)));
    }

    /// <summary>Keeps a text of a draft.</summary>
    /// <param name="version">The version that was read, 0 where there was none.</param>
    /// <returns>False where somebody wrote meanwhile, or the report was frozen: nothing is overwritten.</returns>
    public async Task<bool> WriteAsync(Guid id, string part, string markdown, int version, Guid person, CancellationToken cancel)
    {
        var values = new { id, part, text = secrets.Protect(SecretKind.Words, markdown), version, person, now = time.GetUtcNow() };
        await using var connection = await database.OpenAsync(cancel);
        const string draft = "EXISTS (SELECT 1 FROM QualityReport r WHERE r.Id = @id AND r.FrozenAt IS NULL)";
        try
        {
            return await connection.ExecuteAsync(new CommandDefinition(
                version == 0
                    ? $"INSERT INTO QualityReportText (ReportId, Part, TextSecret, Version, WrittenBy, WrittenAt) SELECT @id, @part, @text, 1, @person, @now WHERE {draft}"
                    : $"UPDATE QualityReportText SET TextSecret = @text, Version = Version + 1, WrittenBy = @person, WrittenAt = @now WHERE ReportId = @id AND Part = @part AND Version = @version AND {draft}",
                values, cancellationToken: cancel)) == 1;
        }
        catch (DbException error) when (version == 0 && DatabaseTrouble.IsConstraint(error))
        {
            // A colleague was the first to write this text: there is a row already.
            return false;
        }
    }

    /// <summary>Freezes a draft: from now on it is this text.</summary>
    /// <returns>False where it was frozen already.</returns>
    public async Task<bool> FreezeAsync(Guid id, QualityReport report, Guid person, CancellationToken cancel)
    {
        var content = ReportJson.Write(report);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var changed = await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE QualityReport SET FrozenBy = @person, FrozenAt = @now, Publication = @publication, ContentSecret = @content, ContentSha256 = @hash WHERE Id = @id AND FrozenAt IS NULL",
            new { id, person, now = time.GetUtcNow(), publication = report.Source.Number, content = secrets.Protect(SecretKind.Words, content), hash = Hash(content) }, transaction, cancellationToken: cancel));
        if (changed == 0)
        {
            return false;
        }

        foreach (var (voice, language) in ReportFiles.All)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO ReportFile (ReportId, Voice, Language, Attempts) VALUES (@id, @voice, @language, 0)", new { id, voice, language }, transaction, cancellationToken: cancel));
        }

        await ReportQuotes.KeepAsync(connection, transaction, id, report, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>A frozen report as it was frozen, with the words of clients that still stand; null where it is none.</summary>
    /// <exception cref="InvalidOperationException">What is kept is not what was frozen.</exception>
    public async Task<QualityReport?> FrozenAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<FrozenRow>(new CommandDefinition(
            "SELECT ContentSecret, ContentSha256 FROM QualityReport WHERE Id = @id AND FrozenAt IS NOT NULL", new { id }, cancellationToken: cancel));
        if (row is null)
        {
            return null;
        }

        var content = secrets.Open(SecretKind.Words, row.ContentSecret);
        return Hash(content) == row.ContentSha256 ? await quotes.WithWordsAsync(ReportJson.Read(content), cancel) : throw new InvalidOperationException($"The report {id} is not as it was frozen.");
    }

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private async Task<IReadOnlyList<ReportHead>> OpenAsync(DbConnection connection, IReadOnlyList<HeadRow> rows, CancellationToken cancel)
    {
        var groups = new List<GroupRow>();
        foreach (var ids in rows.Select(r => r.Id).Chunk(200))
        {
            groups.AddRange(await connection.QueryAsync<GroupRow>(new CommandDefinition(
                "SELECT ReportId, GroupId FROM QualityReportGroup WHERE ReportId IN @ids ORDER BY GroupId", new { ids = IdList.Of(ids) }, cancellationToken: cancel)));
        }

        var of = groups.ToLookup(g => g.ReportId, g => g.GroupId);
        return [.. rows.Select(r => Open(r) with { Groups = [.. of[r.Id]] })];
    }

    private ReportHead Open(HeadRow r) => new(r.Id, r.PlaceId, r.Place, r.Kind, r.Period, secrets.Open(SecretKind.Words, r.TitleSecret), r.MadeAt, r.FrozenAt, r.Publication) { Sha256 = r.ContentSha256 };

    private sealed record GroupRow
    {
        public Guid ReportId { get; init; }

        public Guid GroupId { get; init; }
    }

    private sealed record HeadRow
    {
        public Guid Id { get; init; }

        public Guid PlaceId { get; init; }

        public string Place { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Period { get; init; } = "";

        public byte[] TitleSecret { get; init; } = [];

        public DateTimeOffset MadeAt { get; init; }

        public DateTimeOffset? FrozenAt { get; init; }

        public int? Publication { get; init; }

        public string? ContentSha256 { get; init; }
    }

    private sealed record TextRow
    {
        public string Part { get; init; } = "";

        public byte[] TextSecret { get; init; } = [];

        public int Version { get; init; }
    }

    private sealed record FrozenRow
    {
        public byte[] ContentSecret { get; init; } = [];

        public string ContentSha256 { get; init; } = "";
    }
}

/// <summary>A report as text, the same text for the same report.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Write(QualityReport report) => JsonSerializer.Serialize(report, Options);

    public static QualityReport Read(string text) => JsonSerializer.Deserialize<QualityReport>(text, Options)!;
}
