// Reading back: only clients in the reader's own scope, so that a conversation elsewhere is as absent as one
// that never was.
using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>An agreement as it stands now.</summary>
internal sealed record KeptAgreement(string What, string Who, string? Name, DateOnly? DueOn, DateTimeOffset? DoneAt, DateTimeOffset? ToldBackAt);

/// <summary>A conversation with all that was kept of it.</summary>
/// <param name="SentBy">The name of who sent it in; who led is said by the relation, it can be a relative.</param>
/// <param name="Waits">An observation for which another observer is still to look.</param>
/// <param name="Beside">The observations of the others, once all have looked.</param>
internal sealed record KeptConversation(
    ConversationDocument Document, string Client, string Place, string SentBy, DateOnly HeldOn, IReadOnlyList<string> Marks, IReadOnlyList<KeptAgreement> Agreements,
    bool Waits, IReadOnlyList<KeptBeside> Beside);

/// <summary>What another observer saw in the same round.</summary>
internal sealed record KeptBeside(ConversationDocument Document, string SentBy, DateOnly HeldOn);

/// <summary>An observation that nobody but its observer opens, for another is still to look.</summary>
internal sealed record ClosedObservation(string Client, DateOnly HeldOn, DateOnly UntilOn);

/// <summary>Reads conversations for people.</summary>
internal sealed class ConversationReader(IDatabase database, Secrets secrets, Observations observations, TimeProvider time)
{
    private const string Told =
        """
        FROM Conversation v
        JOIN Client c ON c.Id = v.ClientId
        JOIN Place p ON p.Id = c.PlaceId
        JOIN Person h ON h.Id = v.PersonId
        """;

    private static readonly string Own = ScopeSql.Of("c", "@personId");

    // One client or conversation by its id: also where there is access in an emergency.
    private static readonly string Readable = $"{Told} WHERE ({Own} OR c.Id IN ({EmergencyAccess.Clients}))";

    /// <summary>An observation that this person may not open yet; null where there is nothing of the kind under this id.</summary>
    public async Task<ClosedObservation?> ClosedAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT v.Id, v.ClientId, v.PersonId, v.InstrumentId, c.NameSecret, v.HeldOn {Readable} AND v.Id = @id", new { id, personId, now = time.GetUtcNow() }, cancellationToken: cancel));
        var round = row is null ? null : await observations.RoundAsync(connection, id, row.ClientId, row.InstrumentId, cancel);
        return row is not null && row.PersonId != personId && observations.IsOpen(round)
            ? new ClosedObservation(secrets.Open(SecretKind.Name, row.NameSecret), row.HeldOn, round!.UntilOn)
            : null;
    }

    /// <summary>One conversation; null where there is none under this id in the person's scope, or none that this person may open yet.</summary>
    public async Task<KeptConversation?> FindAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT v.Id, v.ClientId, v.PersonId, v.InstrumentId, c.NameSecret, p.Name AS PlaceName, h.NameSecret AS SentBySecret, v.HeldOn, v.DocumentSecret {Readable} AND v.Id = @id",
            new { id, personId, now = time.GetUtcNow() }, cancellationToken: cancel));
        var round = row is null ? null : await observations.RoundAsync(connection, id, row.ClientId, row.InstrumentId, cancel);
        var waits = observations.IsOpen(round);
        if (row is null || (waits && row.PersonId != personId))
        {
            return null;
        }

        var marks = await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT Mark FROM ConversationMark WHERE ConversationId = @id ORDER BY Mark", new { id }, cancellationToken: cancel));
        var agreements = await connection.QueryAsync<AgreementRow>(new CommandDefinition(
            "SELECT WhatSecret, Who, NameSecret, DueOn, DoneAt, ToldBackAt FROM Agreement WHERE ConversationId = @id ORDER BY Position", new { id }, cancellationToken: cancel));
        return new KeptConversation(
            Document(row),
            secrets.Open(SecretKind.Name, row.NameSecret), row.PlaceName, secrets.Open(SecretKind.Name, row.SentBySecret), row.HeldOn,
            [.. marks],
            [.. agreements.Select(a => new KeptAgreement(
                secrets.Open(SecretKind.Words, a.WhatSecret), a.Who, a.NameSecret is null ? null : secrets.Open(SecretKind.Name, a.NameSecret), a.DueOn, a.DoneAt, a.ToldBackAt))],
            waits, waits || round is null ? [] : await BesideAsync(connection, round, id, personId, cancel));
    }

    private async Task<IReadOnlyList<KeptBeside>> BesideAsync(DbConnection connection, ObservationRound round, Guid id, Guid personId, CancellationToken cancel)
    {
        var beside = new List<KeptBeside>();
        foreach (var other in round.Members.Where(m => m.Id != id && m.Outcome != "refused").Select(m => m.Id))
        {
            var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                $"SELECT v.Id, h.NameSecret AS SentBySecret, v.HeldOn, v.DocumentSecret {Readable} AND v.Id = @other", new { personId, other, now = time.GetUtcNow() }, cancellationToken: cancel));
            beside.AddRange(rows.Select(r => new KeptBeside(Document(r), secrets.Open(SecretKind.Name, r.SentBySecret), r.HeldOn)));
        }

        return beside;
    }

    private ConversationDocument Document(Row row)
    {
        using var json = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, row.DocumentSecret));
        return ConversationDocument.Read(json.RootElement.Clone());
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string InstrumentId { get; init; } = "";

        public Guid ClientId { get; init; }

        public Guid PersonId { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public byte[] SentBySecret { get; init; } = [];

        public byte[] DocumentSecret { get; init; } = [];

        public string PlaceName { get; init; } = "";

        public DateOnly HeldOn { get; init; }
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
