// Whose an agreement is follows from who is there: somebody took it over, else the client's regular worker has it, else whoever
// sent the conversation in. So it goes along when a client gets another worker, and nobody has to remember to hand it over.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Agreements;

/// <summary>Reads agreements in somebody's scope. Its SQL takes who that is as <c>@person</c>.</summary>
internal sealed class AgreementReader(IDatabase database, Secrets secrets, OpenedNames names, Observations observations, TimeProvider time)
{
    private const string Owner = "COALESCE(o.Id, w.Id, h.Id)";

    // Whose it can be at all. To look only at these is what keeps a page of one's own from reading those of a whole organisation.
    private const string MaybeMine =
        """
        (SELECT x.Id FROM Agreement x WHERE x.OwnerId = @person
         UNION ALL SELECT x.Id FROM Client k JOIN Agreement x ON x.ClientId = k.Id WHERE k.RegularWorkerId = @person
         UNION ALL SELECT x.Id FROM Conversation k JOIN Agreement x ON x.ConversationId = k.Id WHERE k.PersonId = @person)
        """;

    /// <summary>The condition that it is this person's.</summary>
    public const string IsMine = $" AND {Owner} = @person AND a.Id IN {MaybeMine}";

    /// <summary>Agreements (a) in scope, with their conversation (v), client (c) and place (p).</summary>
    public static readonly string InScope =
        $"""
        FROM Agreement a
        JOIN Conversation v ON v.Id = a.ConversationId
        JOIN Client c ON c.Id = a.ClientId
        JOIN Place p ON p.Id = c.PlaceId
        LEFT JOIN Person o ON o.Id = a.OwnerId AND o.DisabledAt IS NULL
        LEFT JOIN Person w ON w.Id = c.RegularWorkerId AND w.DisabledAt IS NULL
        LEFT JOIN Person h ON h.Id = v.PersonId AND h.DisabledAt IS NULL
        WHERE {ScopeSql.Of("c", "@person")}
        """;

    /// <summary>The same rows where nobody asks whose they are, with their client alone.</summary>
    public static readonly string Anybodys = $"FROM Agreement a JOIN Client c ON c.Id = a.ClientId WHERE {ScopeSql.Of("c", "@person")}";

    /// <summary>The condition that it is nobody's: who is without access does not count. Whether the client has a regular worker is looked at before any agreement is.</summary>
    public const string IsNobodys =
        """
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = c.RegularWorkerId AND x.DisabledAt IS NULL)
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = a.OwnerId AND x.DisabledAt IS NULL)
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = v.PersonId AND x.DisabledAt IS NULL)
        """;

    /// <summary>The condition that it runs. Like the next it says that nothing was told yet: the index of what runs is of those alone, and does not grow with what ended.</summary>
    public const string IsOpen = "a.ToldBackAt IS NULL AND a.DoneAt IS NULL AND a.NotDoneAt IS NULL";

    /// <summary>The condition that it ended, and the client does not know it yet.</summary>
    public const string IsToTell = "a.ToldBackAt IS NULL AND (a.DoneAt IS NOT NULL OR a.NotDoneAt IS NOT NULL)";

    /// <summary>The condition that the client was told: nothing is told that has not ended.</summary>
    public const string IsTold = "a.ToldBackAt IS NOT NULL";

    /// <summary>One agreement; null where there is none in this person's scope.</summary>
    public async Task<AgreementLine?> FindAsync(Guid id, Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await ReadAsync(connection, $"{InScope} AND a.Id = @id", new { id, person }, person, cancel)).SingleOrDefault();
    }

    /// <summary>What waits for somebody.</summary>
    public async Task<AgreementCounts> CountsAsync(Guid person, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleAsync<CountRow>(new CommandDefinition(
            $"""
            SELECT COUNT(CASE WHEN {IsOpen} AND a.DueOn < @today THEN 1 END) AS Late,
              COUNT(CASE WHEN {IsOpen} AND a.DueOn >= @today AND a.DueOn <= @week THEN 1 END) AS Soon,
              COUNT(CASE WHEN {IsToTell} THEN 1 END) AS Tell
            {InScope}{IsMine}
            """,
            new { person, today, week = today.AddDays(7) }, cancellationToken: cancel));
        return new AgreementCounts(row.Late, row.Soon, row.Tell);
    }

    /// <summary>Agreements, opened.</summary>
    /// <param name="from"><see cref="InScope"/>, and what narrows it down.</param>
    /// <param name="person">Who reads: what somebody else observed is closed while another observer is to look.</param>
    public async Task<IReadOnlyList<AgreementLine>> ReadAsync(DbConnection connection, string from, object values, Guid person, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT a.Id, a.ConversationId, a.ClientId, c.NameSecret AS ClientSecret, c.PlaceId, c.GroupId, p.Name AS Place, v.HeldOn, v.PersonId, v.InstrumentId, v.Perspective,
              a.WhatSecret, a.Who, a.NameSecret, a.DueOn, {Owner} AS OwnerId, COALESCE(o.NameSecret, w.NameSecret, h.NameSecret) AS OwnerSecret,
              CASE WHEN o.Id IS NULL THEN 0 ELSE 1 END AS HandedOver, a.DoneAt, a.NotDoneAt, a.NotDoneReasonSecret, a.ToldBackAt, a.ToldBackHow,
              (SELECT b.NameSecret FROM Person b WHERE b.Id = a.ToldBackBy) AS ToldBySecret
            {from}
            """,
            values, cancellationToken: cancel))).ToList();
        var waiting = await observations.WaitingAsync(connection, rows.Select(r => new Observed(r.ClientId, r.InstrumentId, r.Perspective, r.HeldOn)), cancel);
        return [.. rows.Select(r => Open(r, waiting.Contains(r.ConversationId) && r.PersonId != person))];
    }

    private AgreementLine Open(Row r, bool isClosed) => new(
        r.Id, r.ConversationId, r.ClientId, names.Open(r.ClientSecret), r.PlaceId, r.GroupId, r.Place, r.HeldOn,
        isClosed ? null : secrets.Open(SecretKind.Words, r.WhatSecret), r.Who, Name(r.NameSecret), r.DueOn,
        r.OwnerId, Name(r.OwnerSecret), r.HandedOver == 1, r.DoneAt, r.NotDoneAt, r.NotDoneReasonSecret is null ? null : secrets.Open(SecretKind.Words, r.NotDoneReasonSecret),
        r.ToldBackAt, r.ToldBackHow, Name(r.ToldBySecret));

    private string? Name(byte[]? secret) => secret is null ? null : names.Open(secret);

    private sealed record CountRow
    {
        public int Late { get; init; }

        public int Soon { get; init; }

        public int Tell { get; init; }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid ConversationId { get; init; }

        public Guid ClientId { get; init; }

        public byte[] ClientSecret { get; init; } = [];

        public Guid PlaceId { get; init; }

        public Guid GroupId { get; init; }

        public string Place { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public Guid PersonId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }

        public Guid? OwnerId { get; init; }

        public byte[]? OwnerSecret { get; init; }

        public int HandedOver { get; init; }

        public DateTimeOffset? DoneAt { get; init; }

        public DateTimeOffset? NotDoneAt { get; init; }

        public byte[]? NotDoneReasonSecret { get; init; }

        public DateTimeOffset? ToldBackAt { get; init; }

        public string? ToldBackHow { get; init; }

        public byte[]? ToldBySecret { get; init; }
    }
}
