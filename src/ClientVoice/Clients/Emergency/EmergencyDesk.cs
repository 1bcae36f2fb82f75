// Finds the client whom an emergency is about. Whoever asks must know who it is: the whole name or the client number, and where the
// client lives. There is no list to look through, and a few wrong tries an hour are all.
using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Emergency;

/// <summary>What came of asking.</summary>
internal enum EmergencyCame
{
    /// <summary>Exactly one client is of this name or number there.</summary>
    Found,

    /// <summary>There is none.</summary>
    Nobody,

    /// <summary>There are several: the number tells which.</summary>
    Several,

    /// <summary>Too many wrong tries.</summary>
    TooOften,
}

/// <summary>Finds clients for access in an emergency.</summary>
internal sealed class EmergencyDesk(IDatabase database, OpenedNames names, LookUps lookUps, AuditStore trail, TimeProvider time)
{
    /// <summary>Enough for a name that is hard to spell, too few to try names.</summary>
    public const int TriesAnHour = 5;

    /// <summary>Looks for a client at a place or below it.</summary>
    public async Task<(EmergencyCame Came, Guid Client)> FindAsync(Guid person, Guid place, string who, CancellationToken cancel)
    {
        var refused = await trail.CountsAsync("emergency.refused", time.GetUtcNow().AddHours(-1), cancel);
        if (refused.GetValueOrDefault(person)?.Events >= TriesAnHour)
        {
            return (EmergencyCame.TooOften, default);
        }

        var rows = (await lookUps.LookAsync((connection, moment, keys) => connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT c.Id, c.NameSecret, CASE WHEN EXISTS (SELECT 1 FROM ClientNumber n WHERE n.ClientId = c.Id AND n.NumberHash IN @hashes) THEN 1 ELSE 0 END AS HasNumber
            FROM Client c WHERE c.PlaceId IN (SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place)
            """,
            new { place, hashes = keys.All(who) }, moment, cancellationToken: cancel)), cancel)).ToList();
        var found = rows.Where(r => r.HasNumber == 1).ToList();
        if (found.Count == 0)
        {
            found = [.. rows.Where(r => IsName(names.Open(r.NameSecret), who))];
        }

        return found.Count switch
        {
            0 => (EmergencyCame.Nobody, default),
            1 => (EmergencyCame.Found, found[0].Id),
            _ => (EmergencyCame.Several, default),
        };
    }

    /// <summary>Names of the clients whom a person has access to in an emergency.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> clients, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition("SELECT Id, NameSecret, 0 AS HasNumber FROM Client WHERE Id IN @ids", new { ids = IdList.Of(clients) }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.Id, r => names.Open(r.NameSecret));
    }

    // The whole name, whatever the order, case and accents.
    private static bool IsName(string name, string who)
    {
        var compare = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);
        return Words(name).Order(compare).SequenceEqual(Words(who).Order(compare), compare);

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public int HasNumber { get; init; }
    }
}
