using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>A checked conversation, ready to be kept.</summary>
/// <param name="Raw">The document as received, unchanged.</param>
/// <param name="ClockBehind">How far the tablet's clock was behind ours when it sent this; negative when it was ahead.</param>
internal sealed record CheckedConversation(
    ConversationDocument Document,
    Instrument Instrument,
    string ContentHash,
    ReadOnlyMemory<byte> Raw,
    Guid PlaceId,
    Guid GroupId,
    Guid PersonId,
    TimeSpan ClockBehind = default);

/// <summary>What is already there under an id.</summary>
internal sealed record StoredConversation
{
    public string ContentHash { get; init; } = "";

    public Guid PersonId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Keeps conversations: everything of one in one transaction, or nothing.</summary>
internal sealed class ConversationStore(IDatabase database, Secrets secrets, TimeProvider time) : IPastConversations
{
    /// <summary>What is stored under an id, of whatever kind, as it was received; null where nothing is.</summary>
    /// <remarks>Of a conversation that was corrected since, it is the first version: that is what a tablet sends again.</remarks>
    public async Task<StoredConversation?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<StoredConversation>(new CommandDefinition(
            """
            SELECT COALESCE((SELECT f.ContentHash FROM FormerConversation f WHERE f.ConversationId = v.Id AND f.Number = 1), v.ContentHash) AS ContentHash, v.PersonId, v.ReceivedAt
            FROM Conversation v WHERE v.Id = @id
            UNION ALL SELECT ContentHash, PersonId, ReceivedAt FROM Reflection WHERE Id = @id
            UNION ALL SELECT ContentHash, PersonId, ReceivedAt FROM SideBySide WHERE Id = @id
            """,
            new { id }, cancellationToken: cancel));
    }

    /// <summary>Whether a conversation was here under this id and was erased: it must not come back.</summary>
    public async Task<bool> IsErasedAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM FormerConversation WHERE ConversationId = @id AND Became = 'erased'", new { id }, cancellationToken: cancel)) > 0;
    }

    /// <summary>Before the transaction in which something about a client is kept: the key is opened, and made for somebody who was kept before clients had keys.</summary>
    /// <exception cref="ClientKeyGoneException">Nothing can be kept about this client.</exception>
    public async Task PrepareAsync(Guid client, CancellationToken cancel) => await secrets.ForAsync(client, cancel);

    /// <summary>Keeps conversations within the caller's transaction: those that came in together, or the demo's by the hundred.</summary>
    /// <exception cref="DbException">One of these ids is there already (the primary key), or the database failed.</exception>
    public async Task AddAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<(CheckedConversation Conversation, DateTimeOffset ReceivedAt)> batch, CancellationToken cancel)
    {
        var about = await secrets.ForAsync(batch.Select(b => b.Conversation.Document.Client), cancel);
        await Rows.InsertAsync(
            connection, transaction, "Conversation", ConversationColumns, batch.Select(b => ConversationRow(b.Conversation, about[b.Conversation.Document.Client], b.ReceivedAt)), cancel);
        await LeaveUnquotedAsync(connection, transaction, [.. batch.Select(b => b.Conversation.Document).Where(d => d.QuotesAllowed)], cancel);
        await AddPartsAsync(connection, transaction, [.. batch.Select(b => b.Conversation)], about, cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            InsertAgreement, batch.SelectMany(b => AgreementRows(b.Conversation.Document, about[b.Conversation.Document.Client])), transaction, cancellationToken: cancel));
        await Rows.InsertAsync(
            connection, transaction, "OutcomeChange", ["ConversationId", "ChangedAt"], batch.Select(b => new object?[] { b.Conversation.Document.Id, b.ReceivedAt }), cancel);
        await ClientChanges.MarkAsync(connection, transaction, batch.Select(b => b.Conversation.Document.Client), cancel);
    }

    // Held before the client took quoting back, and sent after: offline that can be.
    private static async Task LeaveUnquotedAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<ConversationDocument> quoted, CancellationToken cancel)
    {
        if (quoted.Count == 0)
        {
            return;
        }

        var takenBack = (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT ClientId FROM ConsentWithdrawal WHERE Kind = 'quotes'", transaction: transaction, cancellationToken: cancel))).ToHashSet();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE Conversation SET QuotesAllowed = @no WHERE Id = @Id AND EXISTS (
              SELECT 1 FROM ConsentWithdrawal w WHERE w.ClientId = Conversation.ClientId AND w.Kind = 'quotes' AND w.AgainAt IS NULL AND w.WithdrawnAt > Conversation.StartedAt)
            """,
            quoted.Where(d => takenBack.Contains(d.Client)).Select(d => new { d.Id, no = false }), transaction, cancellationToken: cancel));
    }

    /// <summary>Puts a corrected document in the place of the one that stands, whose answers are gone already, within the caller's transaction.</summary>
    public async Task ReplaceAsync(DbConnection connection, DbTransaction transaction, CheckedConversation corrected, ConversationStub there, CancellationToken cancel)
    {
        var about = await secrets.ForAsync([corrected.Document.Client], cancel);
        var client = about[corrected.Document.Client];
        await ReplaceAgreementsAsync(connection, transaction, corrected.Document, client, cancel);
        var document = corrected.Document;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE Conversation SET Outcome = @Outcome, HeldOn = @heldOn, StartedAt = @StartedAt, EndedAt = @EndedAt, ConductorRelation = @Relation, QuotesAllowed = @QuotesAllowed,
              ContentHash = @ContentHash, DocumentSecret = @secret
            WHERE Id = @Id
            """,
            new
            {
                document.Id, document.Outcome, document.StartedAt, document.EndedAt, document.Conductor.Relation, document.QuotesAllowed, corrected.ContentHash,
                // Its day stays, unless this version says another.
                heldOn = there.EndedAt.ToUnixTimeMilliseconds() == document.EndedAt.ToUnixTimeMilliseconds() ? there.HeldOn : HeldOn(document.EndedAt + corrected.ClockBehind, there.ReceivedAt, time),
                secret = client.Protect(SecretKind.Document, corrected.Raw.Span),
            },
            transaction, cancellationToken: cancel));
        await AddPartsAsync(connection, transaction, [corrected], about, cancel);
    }

    // What became of an agreement since stays with it; those that came of laying views side by side are not in this document, and stay.
    private async Task ReplaceAgreementsAsync(DbConnection connection, DbTransaction transaction, ConversationDocument corrected, ClientSecrets about, CancellationToken cancel)
    {
        var there = (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT Id FROM Agreement WHERE ConversationId = @Id", new { corrected.Id }, transaction, cancellationToken: cancel))).ToHashSet();
        var agreed = corrected.Agreements.Select(a => a.Id).ToHashSet();
        if (there.Count > 0)
        {
            var secret = await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition("SELECT DocumentSecret FROM Conversation WHERE Id = @Id", new { corrected.Id }, transaction, cancellationToken: cancel));
            using var before = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, secret!));
            await RunAsync("DELETE FROM Agreement WHERE Id = @Id", ConversationDocument.Read(before.RootElement).Agreements.Where(a => !agreed.Contains(a.Id)).Select(a => (object)new { a.Id }));
        }

        await RunAsync("UPDATE Agreement SET Position = @Position, WhatSecret = @What, Who = @Who, NameSecret = @Name, DueOn = @DueOn WHERE Id = @Id", AgreementRows(corrected, about).Where(a => there.Contains(a.Id)));
        await RunAsync(InsertAgreement, AgreementRows(corrected, about).Where(a => !there.Contains(a.Id)));

        Task RunAsync(string sql, IEnumerable<object> rows) => connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancel));
    }

    private static async Task AddPartsAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<CheckedConversation> batch, IReadOnlyDictionary<Guid, ClientSecrets> about, CancellationToken cancel)
    {
        await Rows.InsertAsync(connection, transaction, "Answer", AnswerColumns, batch.SelectMany(c => AnswerRows(c, about[c.Document.Client])), cancel);
        await Rows.InsertAsync(
            connection, transaction, "DomainScore", ["ConversationId", "DomainId", "Score"],
            batch.SelectMany(c => c.Instrument.Score(c.Document.Answers).Where(s => s.Score is not null).Select(s => new object?[] { c.Document.Id, s.DomainId, s.Score })), cancel);
        await Rows.InsertAsync(
            connection, transaction, "ConversationMark", ["ConversationId", "Mark"],
            batch.SelectMany(c => QualityMarks.Of(c.Instrument, c.Document.Answers, c.Document.Seconds).Select(mark => new object?[] { c.Document.Id, mark })), cancel);
    }

    public async Task<IReadOnlyList<PastConversation>> OfScopeAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await PastAsync(connection, null, $"JOIN Client c ON c.Id = v.ClientId WHERE {ScopeSql.Of("c", "@personId")}", new { personId }, cancel);
    }

    public async Task<IReadOnlyList<PastConversation>> OfGroupAsync(Guid groupId, string instrumentId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await PastAsync(connection, null, "JOIN Client c ON c.Id = v.ClientId WHERE c.GroupId = @groupId AND v.InstrumentId = @instrumentId", new { groupId, instrumentId }, cancel);
    }

    public Task<IReadOnlyList<PastConversation>> OfClientsAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> clients, CancellationToken cancel) =>
        PastAsync(connection, transaction, "WHERE v.ClientId IN @clients", new { clients }, cancel);

    // Taking part without a name counts as a conversation, which was finished: it is not known by whom it was led.
    private static async Task<IReadOnlyList<PastConversation>> PastAsync(DbConnection connection, DbTransaction? transaction, string which, object values, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PastConversation>(new CommandDefinition(
            $"""
            SELECT v.Id, v.ClientId, v.InstrumentId, v.Perspective, v.PersonId, v.ConductorRelation, v.Outcome, v.HeldOn
            FROM Conversation v {which}
            UNION ALL
            SELECT v.Id, v.ClientId, v.InstrumentId, v.Perspective, v.Id, 'none', 'finished', v.GivenOn
            FROM AnonymousPermission v {which}
            """,
            values, transaction, cancellationToken: cancel))];

    public async Task<bool> AnyForAsync(Choice choice, CancellationToken cancel)
    {
        // Where it was asked at all, that was hardly ever long before it held or was made. Looked for there first, the years before are only gone through where nobody was,
        // for a tablet's clock can have been off by any time.
        var made = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(choice.MadeAt, time.LocalTimeZone).DateTime);
        var since = (made < choice.FromOn ? made : choice.FromOn).AddDays(-ClientTurn.DaysBefore);
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM Conversation WHERE GroupId = @GroupId AND HeldOn >= @since AND ChoiceId = @Id)
              OR EXISTS (SELECT 1 FROM AnonymousPermission WHERE GroupId = @GroupId AND ChoiceId = @Id)
              OR EXISTS (SELECT 1 FROM Conversation WHERE GroupId = @GroupId AND HeldOn < @since AND ChoiceId = @Id) THEN 1 ELSE 0 END
            """,
            new { choice.GroupId, choice.Id, since }, cancellationToken: cancel)) == 1;
    }

    /// <summary>The local day. A tablet whose clock runs ahead must not put a conversation into a period that has not begun.</summary>
    public static DateOnly HeldOn(DateTimeOffset endedAt, DateTimeOffset receivedAt, TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(endedAt < receivedAt ? endedAt : receivedAt, time.LocalTimeZone).DateTime);

    private static readonly string[] ConversationColumns =
    [
        "Id", "ChoiceId", "ClientId", "PlaceId", "GroupId", "InstrumentId", "InstrumentVersion", "Perspective", "Outcome", "HeldOn",
        "StartedAt", "EndedAt", "ReceivedAt", "PersonId", "ConductorRelation", "QuotesAllowed", "ContentHash", "DocumentSecret",
    ];

    private static readonly string[] AnswerColumns = ["ConversationId", "QuestionId", "Position", "OptionCode", "NumberValue", "TextSecret", "Score", "PassedOver", "WordsSecret"];

    /// <summary>Keeps one agreement.</summary>
    internal const string InsertAgreement =
        """
        INSERT INTO Agreement (Id, ConversationId, ClientId, Position, WhatSecret, Who, NameSecret, DueOn)
        VALUES (@Id, @ConversationId, @ClientId, @Position, @What, @Who, @Name, @DueOn)
        """;

    private object?[] ConversationRow(CheckedConversation conversation, ClientSecrets about, DateTimeOffset receivedAt)
    {
        var (document, instrument) = (conversation.Document, conversation.Instrument.Key);
        return
        [
            document.Id, document.Choice, document.Client, conversation.PlaceId, conversation.GroupId, instrument.Id, instrument.Version, document.Perspective, document.Outcome,
            // A clock that is off must not put it into another period: not one that has not begun, not one long past.
            HeldOn(document.EndedAt + conversation.ClockBehind, receivedAt, time),
            document.StartedAt, document.EndedAt, receivedAt, conversation.PersonId, document.Conductor.Relation, document.QuotesAllowed, conversation.ContentHash,
            about.Protect(SecretKind.Document, conversation.Raw.Span),
        ];
    }

    private static IEnumerable<object?[]> AnswerRows(CheckedConversation conversation, ClientSecrets about)
    {
        var document = conversation.Document;
        var answers = conversation.Instrument.Read(document.Answers);
        foreach (var a in answers)
        {
            yield return Row(a.QuestionId, a.Position, a.OptionCode, a.Number, a.Text, a.Score, false, a.Position == 0 ? Words(a.QuestionId) : null);
        }

        // Passed over, or only told about in own words: a row without a value.
        var answered = answers.Select(a => a.QuestionId).ToHashSet();
        foreach (var question in document.Passed.Keys.Union(document.Words.Keys).Where(q => !answered.Contains(q)))
        {
            var passed = document.Passed.TryGetValue(question, out var why);
            yield return Row(question, 0, null, null, why?.Reason, null, passed, Words(question));
        }

        string? Words(string question) => document.Words.GetValueOrDefault(question);

        object?[] Row(string question, int position, string? option, double? number, string? text, double? score, bool passedOver, string? words) =>
            [document.Id, question, position, option, number, about.ProtectOrNull(SecretKind.Words, text), score, passedOver, about.ProtectOrNull(SecretKind.Words, words)];
    }

    private static IEnumerable<AgreementRow> AgreementRows(ConversationDocument document, ClientSecrets about) => document.Agreements.Select((agreement, position) => new AgreementRow(
        agreement.Id, document.Id, document.Client, position, about.Protect(SecretKind.Words, agreement.What), agreement.Who, about.ProtectOrNull(SecretKind.Name, agreement.Name), agreement.On));

    private sealed record AgreementRow(Guid Id, Guid ConversationId, Guid ClientId, int Position, byte[] What, string Who, byte[]? Name, DateOnly? DueOn);
}
