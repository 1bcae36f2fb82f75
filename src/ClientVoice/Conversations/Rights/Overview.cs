// Everything that is kept about one client, for whoever asks for it (AVG article 15 and 20): the same as a document to read and as data.
// A test goes over the schema: a table that is about clients is either in here or named there with the reason why not.
using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Register;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>All of it.</summary>
internal sealed record Overview(
    DateTimeOffset MadeAt, ClientRecord Client, string Place, string Group, IReadOnlyList<ClientMoveLine> Moves, IReadOnlyList<OverviewGroupMove> GroupMoves, IReadOnlyList<OverviewMoveAhead> MovesAhead, IReadOnlyList<Withdrawal> TakenBack, IReadOnlyList<OverviewTalk> Conversations,
    IReadOnlyList<OverviewAgreement> Agreements, IReadOnlyList<OverviewDocument> SideBySides, IReadOnlyList<OverviewPlan> Plans, IReadOnlyList<OverviewAnonymous> TookPartAnonymously, IReadOnlyList<OverviewAccess> Emergencies,
    IReadOnlyList<OverviewChange> EarlierDetails, IReadOnlyList<OverviewEvent> Trail);

/// <summary>A change from one client group to another.</summary>
internal sealed record OverviewGroupMove(string From, string To, DateOnly MovedOn);

/// <summary>A move that was entered ahead of its day; null of it stays as it was.</summary>
internal sealed record OverviewMoveAhead(DateOnly MovesOn, string? Place, string? Group, string? Became);

/// <summary>A conversation.</summary>
/// <param name="Earlier">Versions that were corrected.</param>
/// <param name="Quoted">The words that stand beside figures, by question, as they stand there.</param>
internal sealed record OverviewTalk(
    Guid Id, DateOnly HeldOn, string Place, string InstrumentId, string InstrumentVersion, string Perspective, string Outcome, DateTimeOffset ReceivedAt, bool QuotesAllowed,
    IReadOnlyList<string> Marks, IReadOnlyDictionary<string, double> Scores, JsonElement Document, IReadOnlyList<OverviewVersion> Earlier,
    IReadOnlyDictionary<string, string> Quoted);

/// <summary>A version that was corrected.</summary>
internal sealed record OverviewVersion(DateTimeOffset ChangedAt, string? Reason, JsonElement? Document);

/// <summary>Something that was agreed, and what became of it.</summary>
internal sealed record OverviewAgreement(string What, string Who, string? Name, DateOnly? DueOn, DateTimeOffset? DoneAt, DateTimeOffset? NotDoneAt, string? NotDoneReason, DateTimeOffset? ToldBackAt, string? ToldBackHow);

/// <summary>A talk in which views were laid side by side.</summary>
internal sealed record OverviewDocument(Guid Id, DateOnly HeldOn, JsonElement Document);

/// <summary>A decision on when or by whom the client is asked.</summary>
internal sealed record OverviewPlan(DateTimeOffset MadeAt, DateOnly? PostponedOn, string? Reason, string? Words);

/// <summary>That the client took part without a name. Which answers those were is known to nobody, so they are not here.</summary>
internal sealed record OverviewAnonymous
{
    public DateOnly GivenOn { get; init; }

    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";
}

/// <summary>Access in an emergency.</summary>
internal sealed record OverviewAccess(DateTimeOffset FromAt, DateTimeOffset UntilAt, string Reason);

/// <summary>How the details were before a change at the desk; null where the client was not there yet.</summary>
internal sealed record OverviewChange(DateTimeOffset MadeAt, JsonElement? Before);

/// <summary>A row of the audit trail: who by role, never by name.</summary>
internal sealed record OverviewEvent(DateTimeOffset At, string? Role, string Action, string Result);

/// <summary>Gathers it.</summary>
internal sealed class OverviewReader(IDatabase database, Secrets secrets, ClientRegister register, Consents consents, TimeProvider time)
{
    /// <summary>Everything about a client in a person's scope; null where there is none.</summary>
    public async Task<Overview?> FindAsync(Guid id, Guid person, CancellationToken cancel)
    {
        if (await register.FindAsync(id, person, cancel) is not { } client)
        {
            return null;
        }

        await using var connection = await database.OpenAsync(cancel);
        var places = (await RowsAsync<NamedRow>("SELECT Id, Name FROM Place")).ToDictionary(p => p.Id, p => p.Name);
        var groups = (await RowsAsync<NamedRow>("SELECT Id, NameNl AS Name FROM ClientGroup")).ToDictionary(g => g.Id, g => g.Name);
        return new Overview(
            time.GetUtcNow(), client, places[client.PlaceId], groups[client.GroupId], await register.MovesAsync(id, cancel),
            [.. (await register.GroupMovesAsync(id, cancel)).Select(m => new OverviewGroupMove(groups[m.FromGroupId], groups[m.ToGroupId], m.MovedOn))],
            [.. (await RowsAsync<MoveAheadRow>("SELECT MovesOn, ToPlaceId, ToGroupId, Became FROM ClientMoveAhead WHERE ClientId = @id ORDER BY MovesOn, Id"))
                .Select(m => new OverviewMoveAhead(m.MovesOn, m.ToPlaceId is { } to ? places[to] : null, m.ToGroupId is { } into ? groups[into] : null, m.Became))],
            await consents.OfAsync(id, cancel),
            await TalksAsync(connection, id, places, cancel),
            [.. (await RowsAsync<AgreementRow>("SELECT WhatSecret, Who, NameSecret, DueOn, DoneAt, NotDoneAt, NotDoneReasonSecret, ToldBackAt, ToldBackHow FROM Agreement WHERE ClientId = @id ORDER BY DueOn, Id"))
                .Select(a => new OverviewAgreement(secrets.Open(SecretKind.Words, a.WhatSecret), a.Who, Name(a.NameSecret), a.DueOn, a.DoneAt, a.NotDoneAt, Words(a.NotDoneReasonSecret), a.ToldBackAt, a.ToldBackHow))],
            [.. (await RowsAsync<DocumentRow>("SELECT Id, HeldOn, DocumentSecret FROM SideBySide WHERE ClientId = @id ORDER BY HeldOn, Id")).Select(d => new OverviewDocument(d.Id, d.HeldOn, Json(SecretKind.Document, d.DocumentSecret!)))],
            [.. (await RowsAsync<PlanRow>("SELECT MadeAt, PostponedOn, Reason, ReasonSecret FROM DuePlan WHERE ClientId = @id ORDER BY MadeAt")).Select(p => new OverviewPlan(p.MadeAt, p.PostponedOn, p.Reason, Words(p.ReasonSecret)))],
            [.. await RowsAsync<OverviewAnonymous>("SELECT GivenOn, InstrumentId, Perspective FROM AnonymousPermission WHERE ClientId = @id ORDER BY GivenOn, InstrumentId")],
            [.. (await RowsAsync<AccessRow>("SELECT FromAt, UntilAt, ReasonSecret FROM EmergencyAccess WHERE ClientId = @id ORDER BY FromAt")).Select(e => new OverviewAccess(e.FromAt, e.UntilAt, Words(e.ReasonSecret)!))],
            [.. (await RowsAsync<ChangeRow>("SELECT MadeAt, BeforeSecret FROM DeskChange WHERE SubjectId = @id ORDER BY MadeAt")).Select(c => new OverviewChange(c.MadeAt, c.BeforeSecret is null ? null : Json(SecretKind.Change, c.BeforeSecret)))],
            [.. (await RowsAsync<EventRow>("SELECT a.OccurredAt, p.Role, a.Action, a.Result FROM AuditEvent a LEFT JOIN Person p ON p.Id = a.ActorId WHERE a.SubjectId = @id ORDER BY a.Number"))
                .Select(e => new OverviewEvent(e.OccurredAt, e.Role, e.Action, e.Result))]);

        Task<IEnumerable<T>> RowsAsync<T>(string sql) => connection.QueryAsync<T>(new CommandDefinition(sql, new { id }, cancellationToken: cancel));
    }

    private async Task<IReadOnlyList<OverviewTalk>> TalksAsync(DbConnection connection, Guid id, Dictionary<Guid, string> places, CancellationToken cancel)
    {
        var of = "(SELECT v.Id FROM Conversation v WHERE v.ClientId = @id)";
        var marks = (await RowsAsync<MarkRow>($"SELECT ConversationId, Mark FROM ConversationMark WHERE ConversationId IN {of}")).ToLookup(m => m.ConversationId, m => m.Mark);
        var scores = (await RowsAsync<ScoreRow>($"SELECT ConversationId, DomainId, Score FROM DomainScore WHERE ConversationId IN {of}")).ToLookup(s => s.ConversationId);
        var versions = (await RowsAsync<VersionRow>($"SELECT ConversationId, ChangedAt, ReasonSecret, DocumentSecret FROM FormerConversation WHERE ConversationId IN {of} ORDER BY Number")).ToLookup(v => v.ConversationId);
        var quotes = (await RowsAsync<QuoteRow>($"SELECT ConversationId, QuestionId, TextSecret FROM Quote WHERE State = 'released' AND ConversationId IN {of}")).ToLookup(q => q.ConversationId);
        var rows = await RowsAsync<TalkRow>(
            "SELECT Id, HeldOn, PlaceId, InstrumentId, InstrumentVersion, Perspective, Outcome, ReceivedAt, QuotesAllowed, DocumentSecret FROM Conversation WHERE ClientId = @id ORDER BY HeldOn, Id");
        return [.. rows.Select(r => new OverviewTalk(
            r.Id, r.HeldOn, places[r.PlaceId], r.InstrumentId, r.InstrumentVersion, r.Perspective, r.Outcome, r.ReceivedAt, r.QuotesAllowed,
            [.. marks[r.Id].Order(StringComparer.Ordinal)], scores[r.Id].ToDictionary(s => s.DomainId, s => s.Score), Json(SecretKind.Document, r.DocumentSecret),
            [.. versions[r.Id].Select(v => new OverviewVersion(v.ChangedAt, Words(v.ReasonSecret), v.DocumentSecret is null ? null : Json(SecretKind.Document, v.DocumentSecret)))],
            quotes[r.Id].ToDictionary(q => q.QuestionId, q => Words(q.TextSecret)!)))];

        Task<IEnumerable<T>> RowsAsync<T>(string sql) => connection.QueryAsync<T>(new CommandDefinition(sql, new { id }, cancellationToken: cancel));
    }

    private JsonElement Json(SecretKind kind, byte[] secret)
    {
        using var json = JsonDocument.Parse(secrets.OpenBytes(kind, secret));
        return json.RootElement.Clone();
    }

    private string? Words(byte[]? secret) => secret is null ? null : secrets.Open(SecretKind.Words, secret);

    private string? Name(byte[]? secret) => secret is null ? null : secrets.Open(SecretKind.Name, secret);

    private sealed record NamedRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed record MoveAheadRow
    {
        public DateOnly MovesOn { get; init; }

        public Guid? ToPlaceId { get; init; }

        public Guid? ToGroupId { get; init; }

        public string? Became { get; init; }
    }

    private sealed record MarkRow
    {
        public Guid ConversationId { get; init; }

        public string Mark { get; init; } = "";
    }

    private sealed record ScoreRow
    {
        public Guid ConversationId { get; init; }

        public string DomainId { get; init; } = "";

        public double Score { get; init; }
    }

    private sealed record QuoteRow
    {
        public Guid ConversationId { get; init; }

        public string QuestionId { get; init; } = "";

        public byte[] TextSecret { get; init; } = [];
    }

    private sealed record VersionRow
    {
        public Guid ConversationId { get; init; }

        public DateTimeOffset ChangedAt { get; init; }

        public byte[]? ReasonSecret { get; init; }

        public byte[]? DocumentSecret { get; init; }
    }

    private sealed record TalkRow
    {
        public Guid Id { get; init; }

        public DateOnly HeldOn { get; init; }

        public Guid PlaceId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

        public string Outcome { get; init; } = "";

        public DateTimeOffset ReceivedAt { get; init; }

        public bool QuotesAllowed { get; init; }

        public byte[] DocumentSecret { get; init; } = [];
    }

    private sealed record AgreementRow
    {
        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }

        public DateTimeOffset? DoneAt { get; init; }

        public DateTimeOffset? NotDoneAt { get; init; }

        public byte[]? NotDoneReasonSecret { get; init; }

        public DateTimeOffset? ToldBackAt { get; init; }

        public string? ToldBackHow { get; init; }
    }

    private sealed record DocumentRow
    {
        public Guid Id { get; init; }

        public DateOnly HeldOn { get; init; }

        public byte[]? DocumentSecret { get; init; }
    }

    private sealed record PlanRow
    {
        public DateTimeOffset MadeAt { get; init; }

        public DateOnly? PostponedOn { get; init; }

        public string? Reason { get; init; }

        public byte[]? ReasonSecret { get; init; }
    }

    private sealed record AccessRow
    {
        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset UntilAt { get; init; }

        public byte[]? ReasonSecret { get; init; }
    }

    private sealed record ChangeRow
    {
        public DateTimeOffset MadeAt { get; init; }

        public byte[]? BeforeSecret { get; init; }
    }

    private sealed record EventRow
    {
        public DateTimeOffset OccurredAt { get; init; }

        public string? Role { get; init; }

        public string Action { get; init; } = "";

        public string Result { get; init; } = "";
    }
}
