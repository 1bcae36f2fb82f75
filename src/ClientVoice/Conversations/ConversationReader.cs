// Reading back: only clients in the reader's own scope, so that a conversation elsewhere is as absent as one
// that never was.
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>A conversation in the list.</summary>
internal sealed record ConversationLine(
    Guid Id, string Client, string Place, DateOnly HeldOn, string InstrumentId, string InstrumentVersion, string Perspective, string Outcome, int Marks, int Agreements);

/// <summary>An agreement as it stands now.</summary>
internal sealed record KeptAgreement(string What, string Who, string? Name, DateOnly? DueOn, DateTimeOffset? DoneAt, DateTimeOffset? ToldBackAt);

/// <summary>A conversation with all that was kept of it.</summary>
/// <param name="SentBy">The name of who sent it in; who led is said by the relation, it can be a relative.</param>
internal sealed record KeptConversation(
    ConversationDocument Document, string Client, string Place, string SentBy, DateOnly HeldOn, IReadOnlyList<string> Marks, IReadOnlyList<KeptAgreement> Agreements);

/// <summary>Reads conversations for people.</summary>
internal sealed class ConversationReader(IDatabase database, Secrets secrets)
{
    private const string InScope =
        """
        FROM Conversation v
        JOIN Client c ON c.Id = v.ClientId
        JOIN Place p ON p.Id = c.PlaceId
        JOIN Person h ON h.Id = v.PersonId
        WHERE c.PlaceId IN (
          SELECT t.DescendantId FROM PersonScope s JOIN PlaceTree t ON t.AncestorId = s.PlaceId WHERE s.PersonId = @personId)
        """;

    /// <summary>A page of the conversations in a person's scope, newest first.</summary>
    public async Task<IReadOnlyList<ConversationLine>> ListAsync(Guid personId, int skip, int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT v.Id, c.NameSecret, p.Name AS PlaceName, v.HeldOn, v.InstrumentId, v.InstrumentVersion, v.Perspective, v.Outcome,
              (SELECT COUNT(*) FROM ConversationMark m WHERE m.ConversationId = v.Id) AS Marks,
              (SELECT COUNT(*) FROM Agreement a WHERE a.ConversationId = v.Id) AS Agreements
            {InScope}
            ORDER BY v.HeldOn DESC, v.EndedAt DESC, v.Id DESC{database.Dialect.Page("@skip", "@take")}
            """,
            new { personId, skip, take }, cancellationToken: cancel));
        return [.. rows.Select(r => new ConversationLine(
            r.Id, secrets.Open(SecretKind.Name, r.NameSecret), r.PlaceName, r.HeldOn, r.InstrumentId, r.InstrumentVersion, r.Perspective, r.Outcome, r.Marks, r.Agreements))];
    }

    /// <summary>One conversation; null where there is none under this id in the person's scope.</summary>
    public async Task<KeptConversation?> FindAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT v.Id, c.NameSecret, p.Name AS PlaceName, h.NameSecret AS SentBySecret, v.HeldOn, v.DocumentSecret {InScope} AND v.Id = @id",
            new { id, personId }, cancellationToken: cancel));
        if (row is null)
        {
            return null;
        }

        var marks = await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT Mark FROM ConversationMark WHERE ConversationId = @id ORDER BY Mark", new { id }, cancellationToken: cancel));
        var agreements = await connection.QueryAsync<AgreementRow>(new CommandDefinition(
            "SELECT WhatSecret, Who, NameSecret, DueOn, DoneAt, ToldBackAt FROM Agreement WHERE ConversationId = @id ORDER BY Position", new { id }, cancellationToken: cancel));
        using var json = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, row.DocumentSecret));
        return new KeptConversation(
            ConversationDocument.Read(json.RootElement.Clone()),
            secrets.Open(SecretKind.Name, row.NameSecret), row.PlaceName, secrets.Open(SecretKind.Name, row.SentBySecret), row.HeldOn,
            [.. marks],
            [.. agreements.Select(a => new KeptAgreement(
                secrets.Open(SecretKind.Words, a.WhatSecret), a.Who, a.NameSecret is null ? null : secrets.Open(SecretKind.Name, a.NameSecret), a.DueOn, a.DoneAt, a.ToldBackAt))]);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public byte[] SentBySecret { get; init; } = [];

        public byte[] DocumentSecret { get; init; } = [];

        public string PlaceName { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

        public string Outcome { get; init; } = "";

        public int Marks { get; init; }

        public int Agreements { get; init; }
    }

    private sealed record AgreementRow
    {
        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }

        public DateTimeOffset? DoneAt { get; init; }

        public DateTimeOffset? ToldBackAt { get; init; }
    }
}
