// How the outcomes read their facts (OutcomeFact.cs): in one moment, by family, by person or by what changed. Answers: AnswerFacts.cs.
using System.Data.Common;
using System.Runtime.CompilerServices;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Reads who spoke when and where, of one moment; what they answered is read by <see cref="Answers"/>.</summary>
/// <param name="transaction">Sees one moment.</param>
/// <param name="people">What people are known by in the proof of what was erased.</param>
internal sealed class OutcomeFacts(DbConnection connection, DbTransaction transaction, PersonHashes people)
{
    // A sector-wide feed has a million of them.
    private const int Seconds = 1800;

    // SQLite looks every parameter up by name, one after another.
    private const int IdsTogether = 200;

    // Everything that is counted. An answer without a name is a person of its own; taking part without a name is an outcome without answers.
    private const string Named = "(SELECT Id, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt FROM Conversation)";
    private const string OfNobody = "(SELECT Id, Id AS ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, 'finished' AS Outcome, CountedOn AS HeldOn, CountedOn AS EndedAt FROM AnonymousConversation)";
    private const string TookPart = "(SELECT Id, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, 'anonymous' AS Outcome, GivenOn AS HeldOn, GivenOn AS EndedAt FROM AnonymousPermission)";

    // In place of each of these in turn: over all three at once a database would not look into their indexes.
    private const string Counted = "{counted}";

    private static readonly string[] All = [Named, OfNobody, TookPart];

    private const string Held =
        $"""
        SELECT c.Id, c.ClientId, c.PlaceId, c.GroupId, c.InstrumentId, c.InstrumentVersion, c.Perspective, c.Outcome, c.HeldOn, c.EndedAt,
          CASE WHEN EXISTS (SELECT 1 FROM ConversationMark m WHERE m.ConversationId = c.Id) THEN 1 ELSE 0 END AS Marked,
          COALESCE((SELECT MAX(o.Sequence) FROM OutcomeChange o WHERE o.ConversationId = c.Id), 0) AS Changed,
          COALESCE((SELECT MAX(f.Ended) FROM FormerConversation f WHERE f.ConversationId = c.Id), (SELECT MIN(o.Sequence) FROM OutcomeChange o WHERE o.ConversationId = c.Id), 0) AS Received
        FROM {Counted} c
        """;

    private const string OfAsked = "\nWHERE c.InstrumentId = @instrumentId AND c.Perspective = @perspective";

    /// <summary>What was answered, of the same moment.</summary>
    public AnswerFacts Answers { get; } = new(connection, transaction);

    /// <summary>How many changes wait to be counted.</summary>
    public static Task<int> PendingAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM OutcomeChange WHERE Sequence > (SELECT COALESCE(MAX(ThroughSequence), 0) FROM Publication)", transaction: transaction, cancellationToken: cancel));

    /// <summary>Notes that every marked conversation came to count, or ceased to.</summary>
    public static Task TouchMarkedAsync(DbConnection connection, DateTimeOffset now, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        "INSERT INTO OutcomeChange (ConversationId, ChangedAt, Kind) SELECT c.Id, @now, 'marks' FROM Conversation c WHERE c.Outcome = 'finished' AND EXISTS (SELECT 1 FROM ConversationMark m WHERE m.ConversationId = c.Id)",
        new { now }, commandTimeout: Seconds, cancellationToken: cancel));

    /// <summary>
    /// Waits until no change is under way, and lets none begin until the transaction ends. SQL Server gives a change its number before
    /// the transaction ends: one with a later number can be seen sooner, and whoever takes up after the last number that was seen
    /// would pass the earlier one over for ever.
    /// </summary>
    public static Task AloneAsync(DbConnection connection, DbTransaction transaction, SqlDialect dialect, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        $"SELECT COUNT(*) FROM OutcomeChange{dialect.Alone} WHERE Sequence < 0", transaction: transaction, commandTimeout: 120, cancellationToken: cancel));

    /// <summary>The last change that is in these facts.</summary>
    public Task<long> ThroughAsync(CancellationToken cancel) =>
        connection.ExecuteScalarAsync<long>(Command("SELECT COALESCE((SELECT MAX(Sequence) FROM OutcomeChange), 0)", null, cancel));

    /// <summary>The day of the first conversation; null where there is none.</summary>
    public async Task<DateOnly?> FirstDayAsync(CancellationToken cancel) => TypeHandlers.Day(await connection.ExecuteScalarAsync<object?>(Command(
        "SELECT MIN(f.FirstOn) FROM (SELECT MIN(HeldOn) AS FirstOn FROM Conversation UNION ALL SELECT MIN(CountedOn) FROM AnonymousConversation UNION ALL SELECT MIN(GivenOn) FROM AnonymousPermission) f", null, cancel)));

    /// <summary>How many conversations there are, those without a name among them.</summary>
    public Task<int> CountAsync(CancellationToken cancel) => connection.ExecuteScalarAsync<int>(Command("SELECT (SELECT COUNT(*) FROM Conversation) + (SELECT COUNT(*) FROM AnonymousConversation)", null, cancel));

    /// <summary>How many changes there are after one up to another.</summary>
    public Task<int> ChangesAsync(long since, long through, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(Command("SELECT COUNT(*) FROM OutcomeChange WHERE Sequence > @since AND Sequence <= @through", new { since, through }, cancel));

    /// <summary>Every family with a finished conversation.</summary>
    public async Task<IReadOnlyList<OutcomeFamily>> FamiliesAsync(CancellationToken cancel) => [.. (await connection.QueryAsync<(Guid Group, string Id, string Version, string Perspective)>(Command(
        "SELECT GroupId, InstrumentId, InstrumentVersion, Perspective FROM Conversation WHERE Outcome = 'finished' UNION SELECT GroupId, InstrumentId, InstrumentVersion, Perspective FROM AnonymousConversation", null, cancel)))
        .Select(f => new OutcomeFamily(f.Group, f.Id, f.Version, f.Perspective))];

    /// <summary>Everything that was asked: instruments, of whatever version, and perspectives.</summary>
    public async Task<IReadOnlyList<(string InstrumentId, string Perspective)>> AskedAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<(string, string)>(Command(
            "SELECT InstrumentId, Perspective FROM Conversation UNION SELECT InstrumentId, Perspective FROM AnonymousConversation UNION SELECT InstrumentId, Perspective FROM AnonymousPermission", null, cancel))];

    /// <summary>Person by person everything in which an instrument was asked, however it went: streamed, so that memory does not grow with the conversations. Not the answers of nobody.</summary>
    public async IAsyncEnumerable<IReadOnlyList<HeldConversation>> PeopleAskedAsync(string instrumentId, string perspective, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asked = new { instrumentId, perspective };
        // They who took part without a name did so now and then, and that is known of them beside the rest.
        var tookPart = (await ReadAllAsync(In(TookPart, OfAsked), asked, cancel)).GroupBy(c => c.ClientId).ToDictionary(g => g.Key, g => g.ToList());
        var ofOne = new List<HeldConversation>();
        using (var row = await ManyRows.OfAsync(connection, Command(In(Named, OfAsked + " ORDER BY c.ClientId"), asked, cancel)))
        {
            while (await row.ReadAsync(cancel))
            {
                var held = Read(row);
                if (ofOne.Count > 0 && ofOne[0].ClientId != held.ClientId)
                {
                    yield return Whole(ofOne);
                    ofOne = [];
                }

                ofOne.Add(held);
            }
        }

        if (ofOne.Count > 0)
        {
            yield return Whole(ofOne);
        }

        foreach (var others in tookPart.Values)
        {
            yield return others;
        }

        List<HeldConversation> Whole(List<HeldConversation> named)
        {
            named.AddRange(tookPart.Remove(named[0].ClientId, out var more) ? more : []);
            return named;
        }
    }

    /// <summary>The answers of nobody with an instrument, each a person of its own.</summary>
    public Task<List<HeldConversation>> OfNobodyAsync(string instrumentId, string perspective, CancellationToken cancel) => ReadAllAsync(In(OfNobody, OfAsked), new { instrumentId, perspective }, cancel);

    /// <summary>The finished conversations, in every group, of the people who had one in this family: somebody who moves counts in one of them.</summary>
    public Task<IReadOnlyList<HeldConversation>> OfPeopleInAsync(OutcomeFamily family, CancellationToken cancel) => ConversationsAsync(
        Held.Replace(
            $"FROM {Counted} c",
            $"""
            FROM (SELECT ClientId FROM Conversation WHERE GroupId = @Group AND InstrumentId = @InstrumentId AND InstrumentVersion = @Version AND Perspective = @Perspective AND Outcome = 'finished'
                UNION SELECT Id FROM AnonymousConversation WHERE GroupId = @Group AND InstrumentId = @InstrumentId AND InstrumentVersion = @Version AND Perspective = @Perspective) p
            JOIN {Counted} c ON c.ClientId = p.ClientId AND c.InstrumentId = @InstrumentId AND c.Perspective = @Perspective AND c.InstrumentVersion = @Version AND c.Outcome = 'finished'
            """, StringComparison.Ordinal),
        new { family.Group, family.InstrumentId, family.Version, family.Perspective }, cancel);

    /// <summary>Of everyone with a change after one up to another: every conversation, however it went, with that instrument, of whatever version, and in that perspective.</summary>
    public Task<IReadOnlyList<HeldConversation>> OfChangedAsync(long since, long through, CancellationToken cancel) => ConversationsAsync(
        Held.Replace(
            $"FROM {Counted} c",
            $"""
            FROM (SELECT v.ClientId, v.InstrumentId, v.Perspective FROM OutcomeChange o JOIN Conversation v ON v.Id = o.ConversationId WHERE o.Sequence > @since AND o.Sequence <= @through
                UNION SELECT v.Id, v.InstrumentId, v.Perspective FROM OutcomeChange o JOIN AnonymousConversation v ON v.Id = o.ConversationId WHERE o.Sequence > @since AND o.Sequence <= @through
                UNION SELECT v.ClientId, v.InstrumentId, v.Perspective FROM OutcomeChange o JOIN AnonymousPermission v ON v.Id = o.ConversationId WHERE o.Sequence > @since AND o.Sequence <= @through) p
            JOIN {Counted} c ON c.ClientId = p.ClientId AND c.InstrumentId = p.InstrumentId AND c.Perspective = p.Perspective
            """, StringComparison.Ordinal),
        new { since, through }, cancel);

    /// <summary>Every conversation, however it went, of these people, with an instrument, of whatever version, and in a perspective.</summary>
    public async Task<IReadOnlyList<HeldConversation>> OfPeopleAsync(IEnumerable<Guid> people, string instrumentId, string perspective, CancellationToken cancel)
    {
        var held = new List<HeldConversation>();
        foreach (var some in people.Distinct().Chunk(IdsTogether).Select(IdList.Of))
        {
            held.AddRange(await ConversationsAsync(Held + "\nWHERE c.ClientId IN @some AND c.InstrumentId = @instrumentId AND c.Perspective = @perspective", new { some, instrumentId, perspective }, cancel));
        }

        return held;
    }

    /// <summary>The versions that do not stand any more. Whoever has no client here any more has an id of nobody, the same for all their versions.</summary>
    public async Task<IReadOnlyList<HeldConversation>> FormerAsync(CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<FormerRow>(Command(
            """
            SELECT f.Id, f.Became, f.PersonHash, c.ClientId, f.PlaceId, f.GroupId, f.InstrumentId, f.InstrumentVersion, f.Perspective, f.Outcome, f.HeldOn, f.EndedAt, f.Marked, f.Received, f.Ended,
              f.Answered, f.Scored, f.Domains
            FROM FormerConversation f LEFT JOIN Conversation c ON c.Id = f.ConversationId
            """, null, cancel))).ToList();
        var known = rows.Exists(r => r.ClientId is null) ? await people.OfAllAsync(connection, transaction, cancel) : new Dictionary<string, Guid>();
        return [.. rows.Select(r => r.Held(r.ClientId ?? (known.TryGetValue(r.PersonHash, out var client) ? client : new Guid(Convert.FromHexString(r.PersonHash).AsSpan(0, 16)))))];
    }

    /// <summary>Whether a family has more finished conversations than so many; does not count further.</summary>
    public async Task<bool> HasMoreThanAsync(SqlDialect dialect, OutcomeFamily family, int some, CancellationToken cancel) => await connection.ExecuteScalarAsync<int>(Command(
        $"""
        SELECT (SELECT COUNT(*) FROM (SELECT Id FROM Conversation
          WHERE GroupId = @Group AND InstrumentId = @InstrumentId AND InstrumentVersion = @Version AND Perspective = @Perspective AND Outcome = 'finished' ORDER BY Id{dialect.Page("@skip", "@take")}) f)
          + (SELECT COUNT(*) FROM (SELECT Id FROM AnonymousConversation
          WHERE GroupId = @Group AND InstrumentId = @InstrumentId AND InstrumentVersion = @Version AND Perspective = @Perspective ORDER BY Id{dialect.Page("@skip", "@take")}) n)
        """,
        new { family.Group, family.InstrumentId, family.Version, family.Perspective, skip = 0, take = some + 1 }, cancel)) > some;

    private async Task<IReadOnlyList<HeldConversation>> ConversationsAsync(string sql, object values, CancellationToken cancel)
    {
        var held = new List<HeldConversation>();
        foreach (var source in All)
        {
            held.AddRange(await ReadAllAsync(sql.Replace(Counted, source, StringComparison.Ordinal), values, cancel));
        }

        return held;
    }

    private static string In(string source, string which) => Held.Replace(Counted, source, StringComparison.Ordinal) + which;

    private async Task<List<HeldConversation>> ReadAllAsync(string sql, object values, CancellationToken cancel)
    {
        var held = new List<HeldConversation>();
        using var row = await ManyRows.OfAsync(connection, Command(sql, values, cancel));
        while (await row.ReadAsync(cancel))
        {
            held.Add(Read(row));
        }

        return held;
    }

    private static HeldConversation Read(ManyRows row) => new()
    {
        Id = row.Id(0), ClientId = row.Id(1), PlaceId = row.Id(2), GroupId = row.Id(3), InstrumentId = row.Text(4), InstrumentVersion = row.Text(5), Perspective = row.Text(6),
        Outcome = row.Text(7), HeldOn = row.Day(8), EndedAt = row.Moment(9), Marked = row.Flag(10), Changed = row.Whole(11), Received = row.Whole(12),
    };

    /// <summary>What was chosen, from when until when.</summary>
    public async Task<IReadOnlyList<AskedChoice>> ChoicesAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<AskedChoice>(Command("SELECT GroupId, InstrumentId, Perspective, FromOn, UntilOn, EveryMonths, SharePercent, Moment, Spreads FROM Choice", null, cancel))];

    private CommandDefinition Command(string sql, object? values, CancellationToken cancel) => new(sql, values, transaction, Seconds, cancellationToken: cancel);

    private sealed record FormerRow
    {
        public Guid Id { get; init; }

        public string Became { get; init; } = "";

        public string PersonHash { get; init; } = "";

        public Guid? ClientId { get; init; }

        public Guid PlaceId { get; init; }

        public Guid GroupId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

        public string Outcome { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public DateTimeOffset EndedAt { get; init; }

        public bool Marked { get; init; }

        public long Received { get; init; }

        public long Ended { get; init; }

        public string Answered { get; init; } = "";

        public string Scored { get; init; } = "";

        public string Domains { get; init; } = "";

        public HeldConversation Held(Guid client) => new()
        {
            Id = Id, ClientId = client, PlaceId = PlaceId, GroupId = GroupId, InstrumentId = InstrumentId, InstrumentVersion = InstrumentVersion, Perspective = Perspective, Outcome = Outcome,
            HeldOn = HeldOn, EndedAt = EndedAt, Marked = Marked, Received = Received, Changed = Ended, Ended = Ended,
            Had = new FormerAnswers(Codes(Answered), Codes(Scored), Codes(Domains)),
        };

        private static HashSet<string> Codes(string codes) => [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
