// Reading reflections back: only of places in the reader's own scope.
using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Instruments;
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

    public Guid PlaceId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Whether another view is still waited for: until then only who sent it in reads it.</summary>
    public bool Waits { get; init; }
}

/// <summary>A point with what came of it.</summary>
internal sealed record KeptPoint(string What, string Who, string? Name, DateOnly? DueOn, string? Came, string? CameWords);

/// <summary>A reflection with all that was kept of it.</summary>
/// <param name="OpenUntil">The last day on which another view is waited for; null where none is.</param>
/// <param name="Beside">The other views of the place, once all are there.</param>
internal sealed record KeptReflection(
    ReflectionDocument Document, string Place, string SentBy, DateOnly HeldOn, IReadOnlyList<KeptPoint> Points, DateOnly? OpenUntil, IReadOnlyList<KeptView> Beside);

/// <summary>Another view of the same place.</summary>
internal sealed record KeptView(ReflectionDocument Document, DateOnly HeldOn);

/// <summary>A reflection that only its sender reads yet.</summary>
internal sealed record ClosedReflection(string Place, string InstrumentId, string InstrumentVersion, string Perspective, DateOnly HeldOn, DateOnly OpenUntil);

/// <summary>What is to be shown of a reflection: one of the two.</summary>
internal sealed record FoundReflection(KeptReflection? Kept, ClosedReflection? Closed);

/// <summary>Reads reflections for people.</summary>
internal sealed class ReflectionReader(IDatabase database, Secrets secrets, ICatalogue catalogue, TimeProvider time)
{
    private static readonly string InScope =
        $"""
        FROM Reflection r
        JOIN Place p ON p.Id = r.PlaceId
        JOIN Person h ON h.Id = r.PersonId
        WHERE r.PlaceId IN {ScopeSql.Places("@personId")}
        """;

    /// <summary>The newest reflections in a person's scope.</summary>
    public async Task<IReadOnlyList<ReflectionLine>> NewestAsync(Guid personId, int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var lines = (await connection.QueryAsync<ReflectionLine>(new CommandDefinition(
            $"""
            SELECT r.Id, p.Name AS Place, r.PlaceId, r.PersonId, r.HeldOn, r.InstrumentId, r.InstrumentVersion, r.Perspective, r.Outcome,
              (SELECT COUNT(*) FROM ReflectionPoint x WHERE x.ReflectionId = r.Id) AS Points
            {InScope}
            ORDER BY r.HeldOn DESC, r.EndedAt DESC, r.Id DESC{database.Dialect.Page("@skip", "@take")}
            """,
            new { personId, skip = 0, take }, cancellationToken: cancel))).ToList();
        var views = new Dictionary<(Guid, string), IReadOnlyList<ReflectionSide>>();
        foreach (var (place, instrument) in lines.Where(line => Needed(line.InstrumentId).Count > 0).Select(line => (line.PlaceId, line.InstrumentId)).Distinct())
        {
            views[(place, instrument)] = await SidesAsync(connection, place, instrument, cancel);
        }

        return [.. lines.Select(line => views.TryGetValue((line.PlaceId, line.InstrumentId), out var sides)
            ? line with { Waits = View(line.Id, line.InstrumentId, line.Perspective, line.HeldOn, sides).OpenUntil is not null }
            : line)];
    }

    /// <summary>One reflection; null where there is none under this id in the person's scope.</summary>
    public async Task<FoundReflection?> FindAsync(Guid id, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT r.PlaceId, r.PersonId, r.InstrumentId, r.InstrumentVersion, r.Perspective, p.Name AS PlaceName, h.NameSecret, r.HeldOn, r.DocumentSecret {InScope} AND r.Id = @id", new { id, personId }, cancellationToken: cancel));
        if (row is null)
        {
            return null;
        }

        var view = View(id, row.InstrumentId, row.Perspective, row.HeldOn, await SidesAsync(connection, row.PlaceId, row.InstrumentId, cancel));
        if (view.OpenUntil is { } until && row.PersonId != personId)
        {
            return new FoundReflection(null, new ClosedReflection(row.PlaceName, row.InstrumentId, row.InstrumentVersion, row.Perspective, row.HeldOn, until));
        }

        var beside = new List<KeptView>();
        foreach (var other in view.Beside)
        {
            var found = await connection.QuerySingleAsync<Row>(new CommandDefinition(
                $"SELECT r.HeldOn, r.DocumentSecret {InScope} AND r.Id = @other", new { other, personId }, cancellationToken: cancel));
            beside.Add(new KeptView(Document(found), found.HeldOn));
        }

        var points = await connection.QueryAsync<PointRow>(new CommandDefinition(
            "SELECT WhatSecret, Who, NameSecret, DueOn, Came, CameWordsSecret FROM ReflectionPoint WHERE ReflectionId = @id ORDER BY Position", new { id }, cancellationToken: cancel));
        return new FoundReflection(
            new KeptReflection(
                Document(row), row.PlaceName, secrets.Open(SecretKind.Name, row.NameSecret), row.HeldOn,
                [.. points.Select(x => new KeptPoint(
                    secrets.Open(SecretKind.Words, x.WhatSecret), x.Who, Open(SecretKind.Name, x.NameSecret), x.DueOn, x.Came, Open(SecretKind.Words, x.CameWordsSecret)))],
                view.OpenUntil, beside),
            null);
    }

    private IReadOnlyList<string> Needed(string instrumentId) => ReflectionSides.Needed(catalogue.Current.Newest(instrumentId));

    private ReflectionView View(Guid id, string instrumentId, string perspective, DateOnly heldOn, IReadOnlyCollection<ReflectionSide> sides) =>
        ReflectionSides.Of(new ReflectionSide(id, perspective, heldOn), sides, Needed(instrumentId), DateOnly.FromDateTime(time.GetLocalNow().DateTime));

    private static async Task<IReadOnlyList<ReflectionSide>> SidesAsync(DbConnection connection, Guid place, string instrument, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<ReflectionLine>(new CommandDefinition(
            "SELECT Id, Perspective, HeldOn FROM Reflection WHERE PlaceId = @place AND InstrumentId = @instrument AND Outcome = 'finished'",
            new { place, instrument }, cancellationToken: cancel))).Select(r => new ReflectionSide(r.Id, r.Perspective, r.HeldOn))];

    private ReflectionDocument Document(Row row)
    {
        using var json = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, row.DocumentSecret));
        return ReflectionDocument.Read(json.RootElement.Clone());
    }

    private string? Open(SecretKind kind, byte[]? secret) => secret is null ? null : secrets.Open(kind, secret);

    private sealed record Row
    {
        public Guid PlaceId { get; init; }

        public Guid PersonId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

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
