// A session is a row: the cookie only names it. So the list of sessions is true, and one that is ended is over at its next request.
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Tablet">The name of a paired tablet; null elsewhere.</param>
/// <param name="Browser">What the browser says it is, in two words.</param>
internal sealed record OpenSession(Guid Id, string? Tablet, string Browser, string Means, DateTimeOffset BeganAt, DateTimeOffset SeenAt);

/// <summary>Begins, checks, lists and ends sessions.</summary>
internal sealed class Sessions(IDatabase database, TimeProvider time)
{
    /// <summary>A working day: long enough not to sign in twice in a shift, short enough for a tablet that was lost.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    // Once a minute is enough for "last seen", and keeps a busy page from writing at every request.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public async Task<Guid> BeginAsync(Guid personId, Guid? deviceId, string means, string browser, CancellationToken cancel)
    {
        var (id, now) = (Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow());
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO PersonSession (Id, PersonId, DeviceId, Means, Browser, BeganAt, SeenAt) VALUES (@id, @personId, @deviceId, @means, @browser, @now, @now)",
            new { id, personId, deviceId, means, browser, now }, cancellationToken: cancel));
        return id;
    }

    /// <summary>Whether a session still holds: not ended, its person not shut out or changed, its tablet not revoked.</summary>
    public async Task<bool> HoldsAsync(Guid id, Guid personId, string stamp, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var now = time.GetUtcNow();
        var seen = await connection.QuerySingleOrDefaultAsync<SeenRow>(new CommandDefinition(
            """
            SELECT s.SeenAt FROM PersonSession s JOIN Person p ON p.Id = s.PersonId LEFT JOIN Device d ON d.Id = s.DeviceId
            WHERE s.Id = @id AND s.PersonId = @personId AND s.EndedAt IS NULL AND s.SeenAt > @oldest
              AND p.SecurityStamp = @stamp AND p.DisabledAt IS NULL AND (s.DeviceId IS NULL OR d.RevokedAt IS NULL)
            """,
            new { id, personId, stamp, oldest = now - Lasts }, cancellationToken: cancel));
        if (seen is not null && now - seen.SeenAt > SeenEvery)
        {
            await connection.ExecuteAsync(new CommandDefinition("UPDATE PersonSession SET SeenAt = @now WHERE Id = @id", new { id, now }, cancellationToken: cancel));
        }

        return seen is not null;
    }

    /// <summary>A person's sessions that hold, the last seen first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT s.Id, d.Name AS Tablet, s.Browser, s.Means, s.BeganAt, s.SeenAt FROM PersonSession s LEFT JOIN Device d ON d.Id = s.DeviceId
            WHERE s.PersonId = @personId AND s.EndedAt IS NULL AND s.SeenAt > @oldest ORDER BY s.SeenAt DESC, s.Id DESC
            """,
            new { personId, oldest = time.GetUtcNow() - Lasts }, cancellationToken: cancel));
        return [.. rows.Select(r => new OpenSession(r.Id, r.Tablet, r.Browser, r.Means, r.BeganAt, r.SeenAt))];
    }

    /// <summary>Ends one session of a person; false where it was over.</summary>
    public Task<bool> EndAsync(Guid id, Guid personId, CancellationToken cancel) =>
        RunAsync("UPDATE PersonSession SET EndedAt = @now WHERE Id = @id AND PersonId = @personId AND EndedAt IS NULL", new { id, personId, now = time.GetUtcNow() }, cancel);

    /// <summary>Ends every session of a person, but one.</summary>
    public Task<bool> EndAllAsync(Guid personId, Guid? but, CancellationToken cancel) => RunAsync(
        "UPDATE PersonSession SET EndedAt = @now WHERE PersonId = @personId AND EndedAt IS NULL AND Id <> @but", new { personId, but = but ?? Guid.Empty, now = time.GetUtcNow() }, cancel);

    /// <summary>What a browser says it is, in two words; never the whole of it, which would tell one person's device from another's.</summary>
    public static string BrowserOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var browser = First(("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")) ?? "browser";
        var system = First(("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"));
        return system is null ? browser : $"{browser}, {system}";

        string? First(params (string Mark, string Name)[] known) => known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
    }

    private async Task<bool> RunAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancel)) > 0;
    }

    private sealed record SeenRow
    {
        public DateTimeOffset SeenAt { get; init; }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string? Tablet { get; init; }

        public string Browser { get; init; } = "";

        public string Means { get; init; } = "";

        public DateTimeOffset BeganAt { get; init; }

        public DateTimeOffset SeenAt { get; init; }
    }
}
