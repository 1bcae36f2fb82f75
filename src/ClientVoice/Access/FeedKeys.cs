using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>A key as a list shows it; the key itself is kept nowhere.</summary>
/// <param name="Places">What it opens: these, and everything below them.</param>
internal sealed record FeedKey(Guid Id, string Name, IReadOnlyList<Guid> Places, bool IsDemo, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>The client groups to which it is narrowed; none is every group.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];

    /// <summary>Whether it opens the feed at a moment.</summary>
    public bool Holds(DateTimeOffset at) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > at);
}

/// <summary>Keys for BI tools: random, shown once, kept as a hash, revocable.</summary>
internal sealed class FeedKeys(IDatabase database, TimeProvider time, IHostEnvironment environment) : IFeedKeys
{
    /// <summary>Every key ever made, newest first.</summary>
    public async Task<IReadOnlyList<FeedKey>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<KeyRow>(new CommandDefinition(
            "SELECT Id, Name, PlaceId, IsDemo, CreatedAt, ExpiresAt, RevokedAt, LastUsedAt FROM FeedKey ORDER BY CreatedAt DESC, Name", cancellationToken: cancel));
        var further = (await connection.QueryAsync<PlaceRow>(new CommandDefinition("SELECT KeyId, PlaceId FROM FeedKeyPlace", cancellationToken: cancel))).ToLookup(p => p.KeyId, p => p.PlaceId);
        var groups = (await connection.QueryAsync<GroupRow>(new CommandDefinition("SELECT KeyId, GroupId FROM FeedKeyGroup", cancellationToken: cancel))).ToLookup(g => g.KeyId, g => g.GroupId);
        return [.. rows.Select(r => new FeedKey(r.Id, r.Name, [r.PlaceId, .. further[r.Id]], r.IsDemo, r.CreatedAt, r.ExpiresAt, r.RevokedAt, r.LastUsedAt) { Groups = [.. groups[r.Id]] })];
    }

    public async Task<FeedReader?> RecogniseAsync(string key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var now = time.GetUtcNow();
        var row = await connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(
            """
            SELECT Id, Name, PlaceId, IsDemo, LastUsedAt FROM FeedKey
            WHERE KeyHash = @hash AND RevokedAt IS NULL AND (ExpiresAt IS NULL OR ExpiresAt > @now)
            """,
            new { hash = Hash(key), now }, cancellationToken: cancel));
        if (row is null || (row.IsDemo && !environment.IsDevelopment()))
        {
            return null;
        }

        // Once a minute is enough for "last used", and keeps a busy reader from writing at every page.
        if (row.LastUsedAt is null || now - row.LastUsedAt > TimeSpan.FromMinutes(1))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE FeedKey SET LastUsedAt = @now WHERE Id = @Id", new { now, row.Id }, cancellationToken: cancel));
        }

        var further = await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT PlaceId FROM FeedKeyPlace WHERE KeyId = @Id ORDER BY PlaceId", new { row.Id }, cancellationToken: cancel));
        var groups = await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT GroupId FROM FeedKeyGroup WHERE KeyId = @Id ORDER BY GroupId", new { row.Id }, cancellationToken: cancel));
        return new FeedReader(row.Id, row.Name, [row.PlaceId, .. further]) { Groups = [.. groups] };
    }

    /// <summary>Keeps a new key that does not expire and returns it; it cannot be shown again.</summary>
    /// <param name="given">A fixed key, for the demo only.</param>
    public async Task<string> CreateAsync(string name, Guid placeId, string? given, CancellationToken cancel) =>
        (await MakeAsync(name, [placeId], [], given, null, cancel)).Text;

    /// <summary>Keeps a new key and returns it with its id; it cannot be shown again.</summary>
    /// <param name="places">At least one.</param>
    /// <param name="groups">The client groups to which it is narrowed; none is every group.</param>
    /// <param name="given">A fixed key, for the demo only.</param>
    /// <param name="expires">When it stops opening the feed; null for never.</param>
    public async Task<(Guid Id, string Text)> MakeAsync(string name, IReadOnlyCollection<Guid> places, IReadOnlyCollection<Guid> groups, string? given, DateTimeOffset? expires, CancellationToken cancel)
    {
        var (id, key) = (Guid.CreateVersion7(time.GetUtcNow()), given ?? "cvk_" + RandomNumberGenerator.GetHexString(64, lowercase: true));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO FeedKey (Id, Name, KeyHash, PlaceId, IsDemo, CreatedAt, ExpiresAt) VALUES (@id, @name, @hash, @placeId, @demo, @now, @expires)",
            new { id, name, hash = Hash(key), placeId = places.First(), demo = given is not null, now = time.GetUtcNow(), expires }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO FeedKeyPlace (KeyId, PlaceId) VALUES (@id, @placeId)", places.Distinct().Skip(1).Select(placeId => new { id, placeId }), transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO FeedKeyGroup (KeyId, GroupId) VALUES (@id, @groupId)", groups.Distinct().Select(groupId => new { id, groupId }), transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return (id, key);
    }

    /// <summary>Revokes one key; false where it was not in force.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE FeedKey SET RevokedAt = @now WHERE Id = @id AND RevokedAt IS NULL", new { now = time.GetUtcNow(), id }, cancellationToken: cancel)) == 1;
    }

    /// <summary>Revokes every key of that name; returns those that were in force.</summary>
    public async Task<IReadOnlyList<Guid>> RevokeAsync(string name, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var held = await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT Id FROM FeedKey WHERE Name = @name AND RevokedAt IS NULL", new { name }, cancellationToken: cancel));
        var revoked = new List<Guid>();
        foreach (var id in held)
        {
            if (await RevokeAsync(id, cancel))
            {
                revoked.Add(id);
            }
        }

        return revoked;
    }

    // A key has 256 random bits: a plain hash cannot be guessed, and it can be looked up by index.
    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed record KeyRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public Guid PlaceId { get; init; }

        public bool IsDemo { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }
    }

    private sealed record GroupRow
    {
        public Guid KeyId { get; init; }

        public Guid GroupId { get; init; }
    }

    private sealed record PlaceRow
    {
        public Guid KeyId { get; init; }

        public Guid PlaceId { get; init; }
    }
}
