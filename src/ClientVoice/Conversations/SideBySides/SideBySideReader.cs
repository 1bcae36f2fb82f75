// GET /api/side-by-sides: what waits to be laid side by side. Of a set in which somebody has not answered yet only
// the fact is told, never an answer: neither sees the other's before both are done.
using System.Text.Json;
using System.Text.Json.Serialization;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Conversations.SideBySides;

/// <summary>Reads what waits to be laid side by side, for the clients in a person's scope.</summary>
internal sealed class SideBySideReader(IDatabase database, Secrets secrets, ICatalogue catalogue, TimeProvider time)
{
    private static readonly string Waiting =
        $"""
        SELECT v.Id, v.ClientId, v.InstrumentId, v.InstrumentVersion, v.Perspective, v.PersonId, v.HeldOn, v.EndedAt
        FROM Conversation v
        JOIN Client c ON c.Id = v.ClientId
        WHERE v.Outcome = 'finished' AND v.HeldOn >= @since AND v.InstrumentId IN @instruments
          AND NOT EXISTS (SELECT 1 FROM SideBySidePart s WHERE s.ConversationId = v.Id)
          AND {ScopeSql.Of("c", "@personId")}
        """;

    public async Task<SideBySideAnswer> ForAsync(Guid personId, CancellationToken cancel)
    {
        var state = catalogue.Current;
        var instruments = state.Instruments.Where(SideRule.Applies).Select(i => i.Key.Id).Distinct().ToList();
        if (instruments.Count == 0)
        {
            return new SideBySideAnswer(personId, []);
        }

        var since = DateOnly.FromDateTime(time.GetLocalNow().DateTime).AddDays(-ObservationRounds.Days);
        await using var connection = await database.OpenAsync(cancel);
        var waiting = await connection.QueryAsync<Side>(new CommandDefinition(Waiting, new { since, instruments, personId }, cancellationToken: cancel));
        var sets = SideRule.SetsOf(waiting, key => state.Find(key.Id, key.Version)).ToList();
        var documents = new Dictionary<Guid, ConversationDocument>();
        // In small lists: a database takes only so many parameters.
        foreach (var ids in sets.Where(set => set.Complete).SelectMany(set => set.Sides).Select(s => s.Id).Chunk(200))
        {
            foreach (var row in await connection.QueryAsync<DocumentRow>(new CommandDefinition("SELECT Id, DocumentSecret FROM Conversation WHERE Id IN @ids", new { ids = IdList.Of(ids) }, cancellationToken: cancel)))
            {
                if (Open(row.DocumentSecret) is { } document)
                {
                    documents.Add(row.Id, document);
                }
            }
        }

        // One that cannot be read takes its own set along, and nobody else's.
        return new SideBySideAnswer(personId, [.. sets.Where(set => !set.Complete || set.Sides.All(s => documents.ContainsKey(s.Id))).Select(set => new WaitingSet(
            set.ClientId, set.Instrument, state.Find(set.Instrument.Id, set.Instrument.Version)!.Sha256, set.Complete,
            [.. set.Sides.Select(s => new WaitingSide(s.Id, s.Perspective, s.HeldOn, s.PersonId == personId, Said(documents.GetValueOrDefault(s.Id))))]))]);
    }

    private ConversationDocument? Open(byte[] secret)
    {
        try
        {
            using var json = JsonDocument.Parse(secrets.OpenBytes(SecretKind.Document, secret));
            return ConversationDocument.Read(json.RootElement.Clone());
        }
        catch (ClientKeyGoneException)
        {
            return null;
        }
    }

    private static SaidAnswers? Said(ConversationDocument? document) => document is null
        ? null
        : new SaidAnswers(document.Conductor.Relation, document.Conductor.KnowsClient, document.Answers, document.Words, document.Passed);

    private sealed record DocumentRow
    {
        public Guid Id { get; init; }

        public byte[] DocumentSecret { get; init; } = [];
    }
}

/// <summary>The answer to <c>GET /api/side-by-sides</c>.</summary>
/// <param name="Person">Whose scope it is: a shared tablet keeps it for that person only.</param>
internal sealed record SideBySideAnswer(Guid Person, IReadOnlyList<WaitingSet> Sets);

/// <summary>The views of one client with one instrument.</summary>
internal sealed record WaitingSet(Guid Client, InstrumentKey Instrument, string Sha256, bool Complete, IReadOnlyList<WaitingSide> Sides);

/// <summary>One view.</summary>
/// <param name="Mine">Sent by who asks.</param>
/// <param name="Said">Only in a complete set.</param>
internal sealed record WaitingSide(
    Guid Id, string Perspective, DateOnly HeldOn, bool Mine, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SaidAnswers? Said);

/// <summary>What somebody said, and from how near.</summary>
internal sealed record SaidAnswers(
    string Relation, string KnowsClient, JsonElement Answers, IReadOnlyDictionary<string, string> Words, IReadOnlyDictionary<string, DocumentPassed> Passed);
