// What the outcomes are made of: codes, scores and days. No names, no words, no people: a fact that is not
// here cannot end up in a figure.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>A conversation as the outcomes see it.</summary>
internal sealed record HeldConversation
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public Guid PlaceId { get; init; }

    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    /// <summary><c>finished</c>, <c>refused</c> or <c>stopped</c>.</summary>
    public string Outcome { get; init; } = "";

    public DateOnly HeldOn { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Whether it has an answer-quality mark.</summary>
    public bool Marked { get; init; }

    /// <summary>The last change to it, in the order in which changes came in.</summary>
    public long Changed { get; init; }

    /// <summary>When it came in, in that same order.</summary>
    public long Received { get; init; }

    /// <summary>It came to count, or ceased to, after it was received.</summary>
    public bool Touched => Changed > Received;
}

/// <summary>People counted together: one group, one version of one instrument, one perspective.</summary>
internal sealed record OutcomeFamily(Guid Group, string InstrumentId, string Version, string Perspective)
{
    /// <summary>With its version, <c>mijn-verhaal@1.0</c>.</summary>
    public string Instrument { get; } = $"{InstrumentId}@{Version}";
}

/// <summary>A chosen option, a scored number, or a question passed over.</summary>
internal readonly record struct GivenAnswer(Guid ConversationId, string QuestionId, int Position, string? OptionCode, double? Score, bool PassedOver);

/// <summary>The score of a domain in one conversation.</summary>
internal readonly record struct GivenDomain(Guid ConversationId, string DomainId, double Score);

/// <summary>Who was to be asked what, how often.</summary>
internal sealed record AskedChoice
{
    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? UntilOn { get; init; }

    public int EveryMonths { get; init; }
}

/// <summary>Reads the facts of one moment; answers are streamed, so that memory does not grow with them.</summary>
/// <param name="transaction">Sees one moment.</param>
internal sealed class OutcomeFacts(DbConnection connection, DbTransaction transaction)
{
    // A family of a sector-wide feed is a few million answers.
    private const int Seconds = 1800;

    private const string OfFamily =
        " a ON a.ConversationId = c.Id WHERE c.GroupId = @Group AND c.InstrumentId = @InstrumentId AND c.InstrumentVersion = @Version AND c.Perspective = @Perspective AND c.Outcome = 'finished' ORDER BY a.ConversationId";

    /// <summary>How many changes wait to be counted.</summary>
    public static Task<int> PendingAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM OutcomeChange WHERE Sequence > (SELECT COALESCE(MAX(ThroughSequence), 0) FROM Publication)", transaction: transaction, cancellationToken: cancel));

    /// <summary>Notes that every marked conversation came to count, or ceased to.</summary>
    public static Task TouchMarkedAsync(DbConnection connection, DateTimeOffset now, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        "INSERT INTO OutcomeChange (ConversationId, ChangedAt) SELECT c.Id, @now FROM Conversation c WHERE c.Outcome = 'finished' AND EXISTS (SELECT 1 FROM ConversationMark m WHERE m.ConversationId = c.Id)",
        new { now }, commandTimeout: Seconds, cancellationToken: cancel));

    /// <summary>The last change that is in these facts.</summary>
    public Task<long> ThroughAsync(CancellationToken cancel) =>
        connection.ExecuteScalarAsync<long>(Command("SELECT COALESCE((SELECT MAX(Sequence) FROM OutcomeChange), 0)", null, cancel));

    /// <summary>Every conversation with a client, without its answers.</summary>
    public async Task<IReadOnlyList<HeldConversation>> ConversationsAsync(CancellationToken cancel)
    {
        var same = new Dictionary<string, string>();
        var held = new List<HeldConversation>();
        await foreach (var c in connection.QueryUnbufferedAsync<HeldConversation>(
            """
            SELECT c.Id, c.ClientId, c.PlaceId, c.GroupId, c.InstrumentId, c.InstrumentVersion, c.Perspective, c.Outcome, c.HeldOn, c.EndedAt,
              CASE WHEN EXISTS (SELECT 1 FROM ConversationMark m WHERE m.ConversationId = c.Id) THEN 1 ELSE 0 END AS Marked,
              COALESCE(o.Changed, 0) AS Changed, COALESCE(o.Received, 0) AS Received
            FROM Conversation c
            LEFT JOIN (SELECT ConversationId, MIN(Sequence) AS Received, MAX(Sequence) AS Changed FROM OutcomeChange GROUP BY ConversationId) o ON o.ConversationId = c.Id
            """,
            null, transaction, Seconds).WithCancellation(cancel))
        {
            // A million conversations share a handful of codes.
            held.Add(c with { InstrumentId = One(c.InstrumentId), InstrumentVersion = One(c.InstrumentVersion), Perspective = One(c.Perspective), Outcome = One(c.Outcome) });
        }

        return held;

        string One(string text) => same.TryGetValue(text, out var known) ? known : same[text] = text;
    }

    /// <summary>What was chosen, from when until when.</summary>
    public async Task<IReadOnlyList<AskedChoice>> ChoicesAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<AskedChoice>(Command("SELECT GroupId, InstrumentId, Perspective, FromOn, UntilOn, EveryMonths FROM Choice", null, cancel))];

    /// <summary>The answers of a family's finished conversations, those of one conversation together.</summary>
    public IAsyncEnumerable<GivenAnswer> AnswersAsync(OutcomeFamily family, CancellationToken cancel) => ReadAsync(
        "SELECT a.ConversationId, a.QuestionId, a.Position, a.OptionCode, a.Score, a.PassedOver FROM Conversation c JOIN Answer" + OfFamily,
        family,
        (row, text) => new GivenAnswer(TypeHandlers.Id(row, 0), text(row.GetString(1)), row.GetInt32(2), row.IsDBNull(3) ? null : text(row.GetString(3)), row.IsDBNull(4) ? null : row.GetDouble(4), row.GetBoolean(5)),
        cancel);

    /// <summary>The domain scores of a family's finished conversations, those of one conversation together.</summary>
    public IAsyncEnumerable<GivenDomain> DomainsAsync(OutcomeFamily family, CancellationToken cancel) => ReadAsync(
        "SELECT a.ConversationId, a.DomainId, a.Score FROM Conversation c JOIN DomainScore" + OfFamily,
        family,
        (row, text) => new GivenDomain(TypeHandlers.Id(row, 0), text(row.GetString(1)), row.GetDouble(2)),
        cancel);

    // Through the reader itself: twenty million rows are read column by column, without an object for each.
    private async IAsyncEnumerable<T> ReadAsync<T>(
        string sql, OutcomeFamily family, Func<DbDataReader, Func<string, string>, T> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var texts = new Dictionary<string, string>();
        await using var rows = await connection.ExecuteReaderAsync(Command(sql, new { family.Group, family.InstrumentId, family.Version, family.Perspective }, cancel));
        while (await rows.ReadAsync(cancel))
        {
            yield return read(rows, text => texts.TryGetValue(text, out var known) ? known : texts[text] = text);
        }
    }

    private CommandDefinition Command(string sql, object? values, CancellationToken cancel) => new(sql, values, transaction, Seconds, cancellationToken: cancel);
}
