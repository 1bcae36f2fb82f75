// Corrects and erases conversations. What stood before is moved into FormerConversation in the same transaction, and the change
// is put in the queue of the outcomes: the next publication is without it.
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Why a conversation may be erased.</summary>
internal static class EraseReasons
{
    public const string AskedByClient = "asked-by-client";
    /// <summary>By who speaks for the client. As short as the trail's column.</summary>
    public const string AskedByRepresentative = "asked-for-client";
    public const string SentByMistake = "sent-by-mistake";
    public const string AboutSomebodyElse = "about-somebody-else";

    /// <summary>It was kept as long as was decided; no person chooses this one.</summary>
    public const string TimeIsOver = "time-is-over";

    /// <summary>A code and not words: words could tell what is to be forgotten.</summary>
    public static readonly IReadOnlyList<string> All = [AskedByClient, AskedByRepresentative, SentByMistake, AboutSomebodyElse];
}

/// <summary>What can be said of a conversation without what was said in it.</summary>
internal sealed record ConversationStub
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public Guid PlaceId { get; init; }

    public string PlaceName { get; init; } = "";

    public Guid GroupId { get; init; }

    public Guid PersonId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    public string Outcome { get; init; } = "";

    public DateOnly HeldOn { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>An earlier version of a conversation that was corrected.</summary>
internal sealed record CorrectedVersion(int Number, DateTimeOffset ChangedAt, string ChangedBy, string Reason);

/// <summary>Corrects and erases: everything of one in one transaction, or nothing.</summary>
internal sealed class FormerConversations(IDatabase database, ConversationStore store, Secrets secrets, PersonHashes people, TimeProvider time)
{
    private const string Stub =
        """
        SELECT v.Id, v.ClientId, v.PlaceId, p.Name AS PlaceName, v.GroupId, v.PersonId, v.InstrumentId, v.InstrumentVersion, v.Perspective, v.Outcome, v.HeldOn, v.EndedAt, v.ReceivedAt
        FROM Conversation v JOIN Client c ON c.Id = v.ClientId JOIN Place p ON p.Id = v.PlaceId
        WHERE v.Id = @id
        """;

    /// <summary>A conversation about a client in this person's scope; null where there is none.</summary>
    public async Task<ConversationStub?> FindAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<ConversationStub>(new CommandDefinition(
            Stub + $" AND {ScopeSql.Of("c", "@personId")}", new { id, personId }, cancellationToken: cancel));
    }

    /// <summary>The versions of a conversation that were corrected, oldest first.</summary>
    public async Task<IReadOnlyList<CorrectedVersion>> OfAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(int Number, DateTimeOffset ChangedAt, byte[] NameSecret, byte[] ReasonSecret)>(new CommandDefinition(
            """
            SELECT f.Number, f.ChangedAt, p.NameSecret, f.ReasonSecret FROM FormerConversation f JOIN Person p ON p.Id = f.ChangedBy
            WHERE f.ConversationId = @id AND f.Became = 'corrected' ORDER BY f.Number
            """,
            new { id }, cancellationToken: cancel));
        return [.. rows.Select(r => new CorrectedVersion(r.Number, r.ChangedAt, secrets.Open(SecretKind.Name, r.NameSecret), secrets.Open(SecretKind.Words, r.ReasonSecret)))];
    }

    /// <summary>The document that stands, member by member; null where there is none in this person's scope.</summary>
    public async Task<JsonObject?> DocumentAsync(Guid id, Guid personId, CancellationToken cancel) =>
        await FindAsync(id, personId, cancel) is null ? null : await OpenAsync("SELECT DocumentSecret FROM Conversation WHERE Id = @id", new { id }, cancel);

    /// <summary>A version that was corrected, by its number; null where there is none in this person's scope, or where it was not kept.</summary>
    public async Task<ConversationDocument?> VersionAsync(Guid id, int number, Guid personId, CancellationToken cancel) =>
        await FindAsync(id, personId, cancel) is not null
        && await OpenAsync("SELECT DocumentSecret FROM FormerConversation WHERE ConversationId = @id AND Number = @number AND Became = 'corrected'", new { id, number }, cancel) is { } document
            ? ConversationDocument.Read(JsonSerializer.SerializeToElement(document))
            : null;

    /// <summary>Puts a checked document in the place of the one that stands, and keeps that one beside it.</summary>
    /// <remarks>Place and group stay those of the day of the conversation, and so does the day, unless the document says another one.</remarks>
    /// <param name="corrected">The document, with the same id.</param>
    /// <param name="by">Who corrects.</param>
    /// <param name="reason">In words.</param>
    /// <exception cref="InvalidOperationException">It is not there any more.</exception>
    public async Task CorrectAsync(CheckedConversation corrected, Guid by, string reason, CancellationToken cancel)
    {
        var id = corrected.Document.Id;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var there = await StandingAsync(connection, transaction, id, cancel);
        var about = await secrets.ForAsync(there.ClientId, cancel);
        await SetAsideAsync(connection, transaction, there, new Former("corrected", by, null, about.Protect(SecretKind.Words, reason), Keep: true), cancel);
        await RemoveAnswersAsync(connection, transaction, id, ["Quote", "Answer", "DomainScore", "ConversationMark"], cancel);
        await store.ReplaceAsync(connection, transaction, corrected with { PlaceId = there.PlaceId, GroupId = there.GroupId, PersonId = there.PersonId }, there, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Takes away the document, its answers, agreements and marks, every earlier version, and the talks in which it was laid side by side.</summary>
    /// <param name="by">Who erases.</param>
    /// <param name="reason">One of <see cref="EraseReasons"/>.</param>
    /// <exception cref="InvalidOperationException">It is not there any more.</exception>
    public async Task EraseAsync(Guid id, Guid by, string reason, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var there = await StandingAsync(connection, transaction, id, cancel);
        await SetAsideAsync(connection, transaction, there, new Former("erased", by, reason, null, Keep: false), cancel);
        await RemoveAnswersAsync(connection, transaction, id, ["Quote", "Answer", "DomainScore", "ConversationMark", "Agreement"], cancel);
        // A talk about the differences repeats what was said; without this view it is a talk about nothing.
        await RunAsync("DELETE FROM SideBySidePart WHERE SideBySideId IN (SELECT SideBySideId FROM SideBySidePart WHERE ConversationId = @id)");
        await RunAsync("DELETE FROM SideBySide WHERE NOT EXISTS (SELECT 1 FROM SideBySidePart p WHERE p.SideBySideId = SideBySide.Id)");
        await RunAsync("DELETE FROM Conversation WHERE Id = @id");
        await RunAsync("UPDATE FormerConversation SET DocumentSecret = NULL, ReasonSecret = NULL, ContentHash = NULL, Became = 'erased' WHERE ConversationId = @id");
        await transaction.CommitAsync(cancel);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, new { id }, transaction, cancellationToken: cancel));
    }

    private async Task<JsonObject?> OpenAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var secret = await connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition(sql, values, cancellationToken: cancel));
        return secret is null ? null : JsonNode.Parse(secrets.OpenBytes(SecretKind.Document, secret))!.AsObject();
    }

    private static async Task<ConversationStub> StandingAsync(DbConnection connection, DbTransaction transaction, Guid id, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<ConversationStub>(new CommandDefinition(Stub, new { id }, transaction, cancellationToken: cancel))
            ?? throw new InvalidOperationException("The conversation is not there any more.");

    private static async Task RemoveAnswersAsync(DbConnection connection, DbTransaction transaction, Guid id, IReadOnlyList<string> tables, CancellationToken cancel)
    {
        foreach (var table in tables)
        {
            await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM {table} WHERE ConversationId = @id", new { id }, transaction, cancellationToken: cancel));
        }
    }

    // Before anything is taken away: which questions had an answer is read from the answers.
    private async Task SetAsideAsync(DbConnection connection, DbTransaction transaction, ConversationStub there, Former former, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var personHash = await people.OfAsync(connection, transaction, there.ClientId, cancel);
        var received = await ScalarAsync("SELECT COALESCE((SELECT MAX(Ended) FROM FormerConversation WHERE ConversationId = @Id), (SELECT MIN(Sequence) FROM OutcomeChange WHERE ConversationId = @Id), 0)");
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO OutcomeChange (ConversationId, ChangedAt, Kind) VALUES (@Id, @now, @Became)", new { there.Id, now, former.Became }, transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, [there.ClientId], cancel);
        var ended = await ScalarAsync("SELECT MAX(Sequence) FROM OutcomeChange WHERE ConversationId = @Id");
        // As the outcomes see an answer: an option or a score; several options of one question are one.
        var answered = await TextsAsync("SELECT QuestionId FROM Answer WHERE ConversationId = @Id AND PassedOver = 0 AND Position = 0 AND (OptionCode IS NOT NULL OR Score IS NOT NULL)");
        var scored = await TextsAsync("SELECT QuestionId FROM Answer WHERE ConversationId = @Id AND PassedOver = 0 AND Position = 0 AND Score IS NOT NULL");
        var domains = await TextsAsync("SELECT DomainId FROM DomainScore WHERE ConversationId = @Id");
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO FormerConversation (Id, ConversationId, Number, Became, PersonHash, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt,
              Marked, Received, Ended, Answered, Scored, Domains, ChangedAt, ChangedBy, Reason, ReasonSecret, ContentHash, DocumentSecret)
            SELECT @formerId, v.Id, 1 + (SELECT COUNT(*) FROM FormerConversation f WHERE f.ConversationId = v.Id), @Became, @personHash, v.PlaceId, v.GroupId, v.InstrumentId, v.InstrumentVersion,
              v.Perspective, v.Outcome, v.HeldOn, v.EndedAt, CASE WHEN EXISTS (SELECT 1 FROM ConversationMark m WHERE m.ConversationId = v.Id) THEN 1 ELSE 0 END,
              @received, @ended, @answered, @scored, @domains, @now, @By, @Reason, @ReasonSecret,
              CASE WHEN @Keep = 1 THEN v.ContentHash END, CASE WHEN @Keep = 1 THEN v.DocumentSecret END
            FROM Conversation v WHERE v.Id = @Id
            """,
            new
            {
                formerId = Guid.CreateVersion7(now), personHash, there.Id, received, ended, answered, scored, domains, now,
                former.Became, former.By, former.Reason, former.ReasonSecret, Keep = former.Keep ? 1 : 0,
            }, transaction, cancellationToken: cancel));

        Task<long> ScalarAsync(string sql) => connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { there.Id }, transaction, cancellationToken: cancel));

        async Task<string> TextsAsync(string sql) => string.Join(' ', (await connection.QueryAsync<string>(new CommandDefinition(sql, new { there.Id }, transaction, cancellationToken: cancel))).Order(StringComparer.Ordinal));
    }

    private sealed record Former(string Became, Guid By, string? Reason, byte[]? ReasonSecret, bool Keep);
}
