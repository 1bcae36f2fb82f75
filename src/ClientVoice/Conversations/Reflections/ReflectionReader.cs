// Reading reflections back: only of places in the reader's own scope.
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Reflections;

/// <summary>A reflection in the list.</summary>
internal sealed record ReflectionLine
{
    public Guid Id { get; init; }

    public string Place { get; init; } = "";

    public DateOnly HeldOn { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    public string Outcome { get; init; } = "";

    public int Points { get; init; }
}

/// <summary>A point with what came of it.</summary>
internal sealed record KeptPoint(string What, string Who, string? Name, DateOnly? DueOn, string? Came, string? CameWords);

/// <summary>A reflection with all that was kept of it.</summary>
internal sealed record KeptReflection(ReflectionDocument Document, string Place, string SentBy, DateOnly HeldOn, IReadOnlyList<KeptPoint> Points);

/// <summary>Reads reflections for people.</summary>
internal sealed class ReflectionReader(IDatabase database, Secrets secrets)
{
    private const string InScope =
        """
        FROM Reflection r
        JOIN Place p ON p.Id = r.PlaceId
        JOIN Person h ON h.Id = r.PersonId
        WHERE r.PlaceId IN (
          SELECT t.DescendantId FROM PersonScope s JOIN PlaceTree t ON t.AncestorId = s.PlaceId WHERE s.PersonId = @personId)
        """;

    /// <summary>The newest reflections in a person's scope.</summary>
    public async Task<IReadOnlyList<ReflectionLine>> NewestAsync(Guid personId, int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<ReflectionLine>(new CommandDefinition(
            $"""
            SELECT r.Id, p.Name AS Place, r.HeldOn, r.InstrumentId, r.InstrumentVersion, r.Perspective, r.Outcome,
              (SELECT COUNT(*) FROM ReflectionPoint x WHERE x.ReflectionId = r.Id) AS Points
            {InScope}
            ORDER BY r.HeldOn DESC, r.EndedAt DESC, r.Id DESC{database.Dialect.Page("@skip", "@take")}
            """,
            new { personId, skip = 0, take }, cancellationToken: cancel))];
    }

    /// <summary>One reflection; null where there is none under this id in the person's scope.</summary>
    public async Task<KeptReflection?> FindAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT p.Name AS PlaceName, h.NameSecret, r.HeldOn, r.DocumentSecret {InScope} AND r.Id = @id", new { id, personId }, cancellationToken: cancel));
        if (row is null)
        {
            return null;
        }

        var points = await connection.QueryAsync<PointRow>(new CommandDefinition(
            "SELECT WhatSecret, Who, NameSecret, DueOn, Came, CameWordsSecret FROM ReflectionPoint WHERE ReflectionId = @id ORDER BY Position", new { id }, cancellationToken: cancel));
        using var json = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, row.DocumentSecret));
        return new KeptReflection(
            ReflectionDocument.Read(json.RootElement.Clone()), row.PlaceName, secrets.Open(SecretKind.Name, row.NameSecret), row.HeldOn,
            [.. points.Select(x => new KeptPoint(
                secrets.Open(SecretKind.Words, x.WhatSecret), x.Who, Open(SecretKind.Name, x.NameSecret), x.DueOn, x.Came, Open(SecretKind.Words, x.CameWordsSecret)))]);
    }

    private string? Open(SecretKind kind, byte[]? secret) => secret is null ? null : secrets.Open(kind, secret);

    private sealed record Row
    {
        public string PlaceName { get; init; } = "";

        public byte[] NameSecret { get; init; } = [];

        public DateOnly HeldOn { get; init; }

        public byte[] DocumentSecret { get; init; } = [];
    }

    private sealed record PointRow
    {
        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }

        public string? Came { get; init; }

        public byte[]? CameWordsSecret { get; init; }
    }
}
