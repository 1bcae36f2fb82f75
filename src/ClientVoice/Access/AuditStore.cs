using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>An event and when it happened.</summary>
internal sealed record TimedEvent(AuditEvent Event, DateTimeOffset At);

/// <summary>How often a key or person did something, and when last.</summary>
internal sealed record AuditCount(Guid ActorId, long Events, DateTimeOffset LastAt);

/// <summary>Keeps the trail: adds rows, reads and checks them, and does nothing else to them.</summary>
internal sealed class AuditStore(IDatabase database, LookUps lookUps, Secrets secrets)
{
    /// <summary>Rows in one transaction: enough to keep up with any reader, few enough not to hold others up.</summary>
    public const int MostAtOnce = 500;

    private static readonly string[] Stored = ["Number", "OccurredAt", "ActorKind", "ActorId", "Action", "Resource", "AddressHash", "Result", "PreviousHash", "Hash", "SubjectId", "DeviceId", "ReasonSecret"];

    /// <summary>All columns, as <see cref="StoredRow"/> has them.</summary>
    internal static readonly string Columns = string.Join(", ", Stored);

    /// <summary>Adds events after the last one that is there.</summary>
    public async Task AppendAsync(IReadOnlyList<TimedEvent> events, CancellationToken cancel)
    {
        await lookUps.ReadyAsync(cancel);
        var reasons = await ReasonsAsync(events, cancel);
        // Where another node took the next number, ours comes after it.
        await Again.WhereOneWasFirstAsync(
            async stop =>
            {
                await using var connection = await database.OpenAsync(stop);
                await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, stop);
                await AppendAsync(connection, transaction, events, reasons, stop);
                await transaction.CommitAsync(stop);
            },
            cancel);
    }

    /// <summary>The same for something that is done in a transaction and is nothing without it; serializable.</summary>
    public async Task AppendAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<TimedEvent> events, CancellationToken cancel) =>
        await AppendAsync(connection, transaction, events, await ReasonsAsync(events, cancel), cancel);

    /// <summary>The number of the first row that does not follow from the one before it; null where the trail is whole.</summary>
    public async Task<long?> FirstFaultAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (expected, previous) = (1L, AuditRow.NothingBefore);
        await foreach (var row in connection.QueryUnbufferedAsync<StoredRow>($"SELECT {Columns} FROM AuditEvent ORDER BY Number"))
        {
            if (row.Number != expected || row.PreviousHash != previous || row.Hash != row.Content.Hash())
            {
                return expected;
            }

            (expected, previous) = (expected + 1, row.Hash);
        }

        return null;
    }

    /// <summary>The number and hash of the last row; null where there is none.</summary>
    public async Task<(long Number, string Hash)?> LastAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await LastAsync(connection, null, cancel) is { } last ? (last.Number, last.Hash) : null;
    }

    /// <summary>What each key did since a moment.</summary>
    public async Task<IReadOnlyDictionary<Guid, AuditCount>> CountsAsync(string action, DateTimeOffset since, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<CountRow>(new CommandDefinition(
            """
            SELECT ActorId, COUNT(*) AS Events, MAX(OccurredAt) AS LastAt FROM AuditEvent
            WHERE Action = @action AND OccurredAt >= @since AND ActorId IS NOT NULL
            GROUP BY ActorId
            """,
            new { action, since }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.ActorId, r => new AuditCount(r.ActorId, r.Events, r.LastAt));
    }

    /// <summary>The last events of a key or person, newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> LastAsync(Guid actor, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<StoredRow>(new CommandDefinition(
            $"SELECT {Columns} FROM AuditEvent WHERE ActorId = @actor ORDER BY Number DESC{database.Dialect.Page("@skip", "@most")}",
            new { actor, skip = 0, most }, cancellationToken: cancel));
        return [.. rows.Select(r => r.Content)];
    }

    private static Task<LastRow?> LastAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<LastRow>(new CommandDefinition(
            "SELECT Number, Hash FROM AuditEvent WHERE Number = (SELECT MAX(Number) FROM AuditEvent)", transaction: transaction, cancellationToken: cancel));

    private async Task AppendAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<TimedEvent> events, Dictionary<AuditEvent, byte[]> reasons, CancellationToken cancel)
    {
        // Keys first, as whoever renews them does; and none where there is no address.
        var keys = events.Any(e => e.Event.Address is not null) ? await lookUps.InAsync(connection, transaction, cancel) : null;
        var last = await LastAsync(connection, transaction, cancel) ?? new LastRow { Hash = AuditRow.NothingBefore };
        var (number, previous) = (last.Number, last.Hash);
        var rows = new List<object?[]>();
        foreach (var (happened, at) in events)
        {
            var row = new AuditRow(
                ++number, Whole(at), happened.ActorKind, happened.ActorId, happened.Action, Short(happened.Resource),
                happened.Address is null ? null : keys!.Hash(happened.Address), happened.Result, previous)
            {
                SubjectId = happened.About, DeviceId = happened.Device, ReasonSecret = reasons.GetValueOrDefault(happened),
            };
            previous = row.Hash();
            rows.Add([row.Number, row.OccurredAt, row.ActorKind, row.ActorId, row.Action, row.Resource, row.AddressHash, row.Result, row.PreviousHash, previous, row.SubjectId, row.DeviceId, row.ReasonSecret]);
        }

        await Rows.InsertAsync(connection, transaction, "AuditEvent", Stored, rows, cancel);
    }

    // Why about a client is under that client's key: the row stands, and once the client is erased nobody reads the words.
    private async Task<Dictionary<AuditEvent, byte[]>> ReasonsAsync(IReadOnlyList<TimedEvent> events, CancellationToken cancel)
    {
        var reasons = new Dictionary<AuditEvent, byte[]>(ReferenceEqualityComparer.Instance);
        foreach (var happened in events.Select(e => e.Event).Where(e => e.Reason is not null))
        {
            try
            {
                reasons[happened] = happened.About is { } client
                    ? (await secrets.ForAsync(client, cancel)).Protect(SecretKind.Words, happened.Reason!)
                    : secrets.Protect(SecretKind.Words, happened.Reason!);
            }
            catch (ClientKeyGoneException)
            {
                // Erased since it happened: that it happened is kept all the same.
            }
        }

        return reasons;
    }

    // To the millisecond, as the database keeps it: the hash must come out the same when the row is read.
    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)).ToUniversalTime();

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    private sealed record LastRow
    {
        public long Number { get; init; }

        public string Hash { get; init; } = "";
    }

    private sealed record CountRow
    {
        public Guid ActorId { get; init; }

        public long Events { get; init; }

        public DateTimeOffset LastAt { get; init; }
    }

    /// <summary>A row as it stands in the database.</summary>
    internal sealed record StoredRow
    {
        public long Number { get; init; }

        public DateTimeOffset OccurredAt { get; init; }

        public string ActorKind { get; init; } = "";

        public Guid? ActorId { get; init; }

        public string Action { get; init; } = "";

        public string Resource { get; init; } = "";

        public string? AddressHash { get; init; }

        public string Result { get; init; } = "";

        public string PreviousHash { get; init; } = "";

        public string Hash { get; init; } = "";

        public Guid? SubjectId { get; init; }

        public Guid? DeviceId { get; init; }

        public byte[]? ReasonSecret { get; init; }

        public AuditRow Content => new(Number, OccurredAt, ActorKind, ActorId, Action, Resource, AddressHash, Result, PreviousHash)
        {
            SubjectId = SubjectId, DeviceId = DeviceId, ReasonSecret = ReasonSecret,
        };
    }
}
