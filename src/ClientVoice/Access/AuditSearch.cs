// The trail, searched: who did what, when, about whom, from where and why. Whoever guards privacy for some places or client groups
// finds what was about clients there; what was about nobody is for who guards it for all.
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>What is looked for.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Room">First part of the action, as <c>conversation</c>; null for all.</param>
/// <param name="Address">A hash of a network address, as a row shows it.</param>
internal sealed record AuditQuery(DateOnly? From, DateOnly? Until, Guid? Actor, string? Room, Guid? About, string? Address);

/// <summary>A row, with its reason opened.</summary>
internal sealed record AuditFound(AuditRow Row, string? Reason);

/// <summary>Searches the trail.</summary>
internal sealed class AuditSearch(IDatabase database, Secrets secrets, TimeProvider time)
{
    /// <summary>The rooms that actions are of, as a search offers them.</summary>
    public static readonly IReadOnlyList<string> Rooms =
        ["conversation", "agreement", "reflection", "side-by-side", "client", "emergency", "work", "due", "feed", "key", "person", "session", "staff", "place", "group", "choice", "desk", "device", "rights", "retention", "consent", "trail"];

    /// <summary>A part of what was found, newest first, and how many there are.</summary>
    /// <param name="reader">Who looks.</param>
    public async Task<(IReadOnlyList<AuditFound> Rows, int Total)> FindAsync(AuditQuery query, Guid reader, int skip, int take, CancellationToken cancel)
    {
        var where = "WHERE " + Scope
            + (query.From is null ? "" : " AND a.OccurredAt >= @from")
            + (query.Until is null ? "" : " AND a.OccurredAt < @until")
            + (query.Actor is null ? "" : " AND a.ActorId = @actor")
            + (query.Room is null ? "" : " AND a.Action LIKE @room")
            + (query.About is null ? "" : " AND a.SubjectId = @about")
            + (query.Address is null ? "" : " AND a.AddressHash = @address");
        var values = new
        {
            reader, skip, take, actor = query.Actor, about = query.About, address = query.Address, room = query.Room + ".%",
            from = query.From is { } from ? Start(from) : default, until = query.Until is { } until ? Start(until.AddDays(1)) : default,
        };
        await using var connection = await database.OpenAsync(cancel);
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) FROM AuditEvent a {where}", values, cancellationToken: cancel));
        var rows = await connection.QueryAsync<AuditStore.StoredRow>(new CommandDefinition(
            $"SELECT {AuditStore.Columns} FROM AuditEvent a {where} ORDER BY a.Number DESC{database.Dialect.Page("@skip", "@take")}", values, cancellationToken: cancel));
        return ([.. rows.Select(r => new AuditFound(r.Content, r.ReasonSecret is null ? null : secrets.Open(SecretKind.Words, r.ReasonSecret)))], total);
    }

    private static readonly string Scope =
        $"""
        (EXISTS (SELECT 1 FROM PersonScope s JOIN Place o ON o.Id = s.PlaceId WHERE s.PersonId = @reader AND o.ParentId IS NULL AND NOT EXISTS (SELECT 1 FROM PersonGroup n WHERE n.PersonId = @reader))
          OR a.SubjectId IN (SELECT c.Id FROM Client c WHERE {ScopeSql.Of("c", "@reader")}))
        """;

    private DateTimeOffset Start(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, time.LocalTimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}

/// <summary>Knows the people whom events are about; another room does.</summary>
internal interface IAuditSubjects
{
    /// <summary>Those in a person's scope whose name holds these words, or whose number this is; ten at most.</summary>
    Task<IReadOnlyList<(Guid Id, string Name, string Place)>> FindAsync(string search, Guid reader, CancellationToken cancel);

    /// <summary>Names of those in a person's scope; who is elsewhere is absent.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, Guid reader, CancellationToken cancel);
}
