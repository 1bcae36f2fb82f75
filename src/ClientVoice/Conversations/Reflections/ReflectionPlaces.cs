// The places a person can hold a reflection about, and the points with which each opens: those of the last time.
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Conversations.Reflections;

/// <summary>Answers <c>GET /api/reflections</c>.</summary>
internal sealed class ReflectionPlaces(IDatabase database, Secrets secrets, ICatalogue catalogue)
{
    /// <summary>The kinds of place that an instrument of this subject can be about.</summary>
    public static IReadOnlyList<string> KindsFor(string subject) => subject switch
    {
        // A small organisation has no teams in the tree: its locations are its teams.
        "team" => ["team", "location"],
        // Dialogue tables are held for a region too.
        "location" => ["location", "region"],
        _ => [],
    };

    public async Task<ReflectionWork> ForAsync(Guid personId, CancellationToken cancel)
    {
        var state = catalogue.Current;
        var instruments = state.Instruments.Select(i => i.Key.Id).Distinct().Select(state.Newest).OfType<Instrument>().Where(i => i.Subject is "team" or "location").ToList();
        await using var connection = await database.OpenAsync(cancel);
        var places = (await connection.QueryAsync<PlaceRow>(new CommandDefinition(
            $"""
            SELECT p.Id, p.Kind, p.Name
            FROM Place p
            WHERE p.Kind IN ('team', 'location', 'region') AND p.Id IN {ScopeSql.Places("@personId")}
            ORDER BY p.Name, p.Id
            """,
            new { personId }, cancellationToken: cancel))).ToList();
        var last = (await connection.QueryAsync<LastRow>(new CommandDefinition(
            $"""
            SELECT r.Id, r.PlaceId, r.InstrumentId, r.Perspective, r.HeldOn
            FROM Reflection r
            WHERE r.PlaceId IN {ScopeSql.Places("@personId")}
              AND NOT EXISTS (SELECT 1 FROM Reflection n WHERE n.PlaceId = r.PlaceId AND n.InstrumentId = r.InstrumentId AND n.Perspective = r.Perspective AND n.EndedAt > r.EndedAt)
            """,
            new { personId }, cancellationToken: cancel))).ToList();
        var points = new List<PointRow>();
        foreach (var ids in last.Select(r => r.Id).Chunk(200))
        {
            points.AddRange(await connection.QueryAsync<PointRow>(new CommandDefinition(
                "SELECT Id, ReflectionId, WhatSecret, Who, NameSecret, DueOn FROM ReflectionPoint WHERE ReflectionId IN @ids ORDER BY Position", new { ids = IdList.Of(ids) }, cancellationToken: cancel)));
        }

        return new ReflectionWork(
            personId,
            [.. places.Select(p => new ReflectionPlace(
                p.Id, p.Kind, p.Name,
                [.. instruments.Where(i => KindsFor(i.Subject).Contains(p.Kind)).Select(i => i.Key.Id)],
                [.. last.Where(r => r.PlaceId == p.Id).Select(r => new LastTime(r.InstrumentId, r.Perspective, r.HeldOn, [.. points.Where(x => x.ReflectionId == r.Id).Select(Open)]))]))],
            [.. instruments.Select(i => new ReflectionInstrument(i.Key.Id, i.Key.Version, i.Sha256, i.Title, i.Kind, i.Minutes))]);
    }

    private LastPoint Open(PointRow row) => new(
        row.Id, secrets.Open(SecretKind.Words, row.WhatSecret), row.Who, row.NameSecret is null ? null : secrets.Open(SecretKind.Name, row.NameSecret), row.DueOn);

    private sealed record PlaceRow
    {
        public Guid Id { get; init; }

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";
    }

    private sealed record LastRow
    {
        public Guid Id { get; init; }

        public Guid PlaceId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public DateOnly HeldOn { get; init; }
    }

    private sealed record PointRow
    {
        public Guid Id { get; init; }

        public Guid ReflectionId { get; init; }

        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }
    }
}

/// <summary>The answer to <c>GET /api/reflections</c>.</summary>
/// <param name="Person">Whose scope it is: a shared tablet keeps it for that person only.</param>
internal sealed record ReflectionWork(Guid Person, IReadOnlyList<ReflectionPlace> Places, IReadOnlyList<ReflectionInstrument> Instruments);

/// <summary>A team or location, with the ids of the instruments that can be about it.</summary>
internal sealed record ReflectionPlace(Guid Id, string Kind, string Name, IReadOnlyList<string> Instruments, IReadOnlyList<LastTime> Last);

/// <summary>The last reflection about a place with an instrument from one view, and its points: a view opens with its own.</summary>
internal sealed record LastTime(string Instrument, string Perspective, DateOnly HeldOn, IReadOnlyList<LastPoint> Points);

/// <summary>A point that was taken on then.</summary>
internal sealed record LastPoint(Guid Id, string What, string Who, string? Name, DateOnly? On);

/// <summary>The newest version of an instrument about places.</summary>
internal sealed record ReflectionInstrument(string Id, string Version, string Sha256, LocalText Title, string Kind, int Minutes);
