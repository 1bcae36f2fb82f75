// Own words that may stand beside figures: only of people who said so, only as the quality officer released them.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Quotes;

/// <summary>Whose words are meant: a client group at a place, asked with one version of an instrument by one perspective, between two days.</summary>
/// <param name="Questions">Only words at these questions: those of which the figures are shown.</param>
internal sealed record QuoteQuestion(
    Guid Group, Guid Place, DateOnly From, DateOnly Until, string InstrumentId, string Version, string Perspective, IReadOnlyCollection<string> Questions);

/// <summary>What was decided about a quote.</summary>
internal static class QuoteStates
{
    public const string Waiting = "waiting";
    public const string Released = "released";
    public const string LeftOut = "left-out";
}

/// <summary>Somebody's own words at a question, with the names out of them.</summary>
/// <param name="Text">As released where they are; else as said.</param>
/// <param name="Shortened">The officer cut something.</param>
internal sealed record Quote(Guid Conversation, string Question, string State, string Text, bool Shortened)
{
    /// <summary>When that was decided; null where it waits.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Finds words that may be quoted, and keeps what was decided about them.</summary>
internal sealed class QuoteStore(IDatabase database, Secrets secrets, OpenedNames names, ClientStore clients, TimeProvider time)
{
    /// <summary>A page of words to judge at once.</summary>
    public const int Most = 200;

    // Whether or not it was judged.
    private const string All =
        """
        FROM Conversation c
        JOIN Answer a ON a.ConversationId = c.Id AND a.Position = 0
        LEFT JOIN Quote q ON q.ConversationId = c.Id AND q.QuestionId = a.QuestionId
        WHERE
        """;

    // Beginning at what was released, of which there are few: in any other order every conversation of the period is looked at, whenever a page shows figures.
    private const string Released =
        """
        FROM Quote q
        CROSS JOIN Conversation c
        JOIN Answer a ON a.ConversationId = c.Id AND a.QuestionId = q.QuestionId AND a.Position = 0
        WHERE q.State = 'released' AND c.Id = q.ConversationId AND
        """;

    private static readonly string Allowed =
        $"""
        c.QuotesAllowed = 1 AND c.Outcome = 'finished' AND COALESCE(a.WordsSecret, CASE WHEN a.PassedOver = 0 THEN a.TextSecret END) IS NOT NULL
          AND {ScopeSql.Of("c", "@personId")}
        """;

    private const string Columns = "SELECT c.Id, a.QuestionId, COALESCE(a.WordsSecret, a.TextSecret) AS Said, q.State, q.TextSecret AS Released, q.Shortened, q.DecidedAt ";

    // SQLite looks every parameter up by name, one after another.
    private const int IdsTogether = 200;

    /// <summary>What was released, in no order that says whose it is.</summary>
    public async Task<IReadOnlyList<Quote>> ReleasedAsync(QuoteQuestion question, Guid personId, CancellationToken cancel) =>
        [.. (await RowsAsync(Released, question, personId, cancel)).Select(AsReleased)];

    /// <summary>What is released of these conversations and may still be quoted, whoever asks.</summary>
    public async Task<IReadOnlyList<Quote>> StandingAsync(IReadOnlyCollection<Guid> conversations, CancellationToken cancel)
    {
        var standing = new List<Quote>();
        await using var connection = await database.OpenAsync(cancel);
        foreach (var some in conversations.Chunk(IdsTogether).Select(IdList.Of))
        {
            standing.AddRange((await connection.QueryAsync<Row>(new CommandDefinition(
                """
                SELECT q.ConversationId AS Id, q.QuestionId, q.State, q.TextSecret AS Released, q.Shortened, q.DecidedAt
                FROM Quote q JOIN Conversation c ON c.Id = q.ConversationId
                WHERE q.ConversationId IN @some AND q.State = 'released' AND c.QuotesAllowed = 1 AND c.Outcome = 'finished'
                """,
                new { some }, cancellationToken: cancel))).Select(AsReleased));
        }

        return standing;
    }

    /// <summary>Who speaks in these conversations.</summary>
    public async Task<IReadOnlyList<Guid>> SpeakersAsync(IReadOnlyCollection<Guid> conversations, CancellationToken cancel)
    {
        var speakers = new HashSet<Guid>();
        await using var connection = await database.OpenAsync(cancel);
        foreach (var some in conversations.Chunk(IdsTogether).Select(IdList.Of))
        {
            speakers.UnionWith(await connection.QueryAsync<Guid>(new CommandDefinition("SELECT ClientId FROM Conversation WHERE Id IN @some", new { some }, cancellationToken: cancel)));
        }

        return [.. speakers];
    }

    /// <summary>Everything that may be quoted, names taken out, at most <see cref="Most"/>; what waits first.</summary>
    public async Task<IReadOnlyList<Quote>> AllAsync(QuoteQuestion question, Guid personId, CancellationToken cancel)
    {
        var rows = await RowsAsync(All, question, personId, cancel);
        var mask = rows.Count == 0 ? null : await MaskAsync(cancel);
        return [.. rows.Select(r => Opened(r, mask!)).OrderBy(q => q.State != QuoteStates.Waiting)];
    }

    /// <summary>One that may be quoted, in this person's scope; null where there is none.</summary>
    public async Task<Quote?> FindAsync(Guid conversation, string question, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Columns}{All} {Allowed} AND c.Id = @conversation AND a.QuestionId = @question", new { conversation, question, personId }, cancellationToken: cancel));
        return row is null ? null : Opened(row, await MaskAsync(cancel));
    }

    /// <summary>Keeps a decision in the place of the one before.</summary>
    /// <param name="text">What is released; null for what is left out.</param>
    public async Task DecideAsync(Quote quote, string? text, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var client = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("SELECT ClientId FROM Conversation WHERE Id = @Conversation", new { quote.Conversation }, cancellationToken: cancel));
        var about = await secrets.ForAsync(client, cancel);
        var values = new
        {
            quote.Conversation, quote.Question, personId, now = time.GetUtcNow(),
            State = text is null ? QuoteStates.LeftOut : QuoteStates.Released, TextSecret = about.ProtectOrNull(SecretKind.Words, text), quote.Shortened,
        };
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync("DELETE FROM Quote WHERE ConversationId = @Conversation AND QuestionId = @Question");
        await RunAsync("INSERT INTO Quote (ConversationId, QuestionId, State, TextSecret, Shortened, DecidedBy, DecidedAt) VALUES (@Conversation, @Question, @State, @TextSecret, @Shortened, @personId, @now)");
        await transaction.CommitAsync(cancel);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    /// <summary>Takes a decision back: nothing is shown until there is another.</summary>
    public async Task TakeBackAsync(Guid conversation, string question, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM Quote WHERE ConversationId = @conversation AND QuestionId = @question", new { conversation, question }, cancellationToken: cancel));
    }

    private async Task<IReadOnlyList<Row>> RowsAsync(string from, QuoteQuestion question, Guid personId, CancellationToken cancel)
    {
        if (question.Questions.Count == 0)
        {
            return [];
        }

        await using var connection = await database.OpenAsync(cancel);
        // An id that came with the time says when: the order is that of the second half, which is chance.
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            {Columns}{from} {Allowed}
              AND c.GroupId = @Group AND c.InstrumentId = @InstrumentId AND c.InstrumentVersion = @Version AND c.Perspective = @Perspective
              AND c.HeldOn >= @From AND c.HeldOn <= @Until AND a.QuestionId IN @Questions
              AND c.PlaceId IN (SELECT here.DescendantId FROM PlaceTree here WHERE here.AncestorId = @Place)
            """,
            new { question.Group, question.Place, question.From, question.Until, question.InstrumentId, question.Version, question.Perspective, question.Questions, personId }, cancellationToken: cancel)))
            .OrderBy(r => r.Id.ToString("N")[16..], StringComparer.Ordinal).Take(Most)];
    }

    private Quote Opened(Row row, NameMask mask) => row.State == QuoteStates.Released
        ? AsReleased(row)
        : new Quote(row.Id, row.QuestionId, row.State ?? QuoteStates.Waiting, mask.Of(secrets.Open(SecretKind.Words, row.Said)), false);

    private Quote AsReleased(Row row) => new(row.Id, row.QuestionId, QuoteStates.Released, secrets.Open(SecretKind.Words, row.Released!), row.Shortened) { DecidedAt = row.DecidedAt };

    // Everybody who is or was here: somebody who left is still somebody.
    private async Task<NameMask> MaskAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var sealedNames = await connection.QueryAsync<byte[]>(new CommandDefinition("SELECT NameSecret FROM Client UNION ALL SELECT ShortNameSecret FROM Client UNION ALL SELECT NameSecret FROM Person", cancellationToken: cancel));
        return new NameMask(sealedNames.Where(name => name.Length > 0).Select(names.Open), (await clients.PlacesAsync(cancel)).Select(p => p.Name));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string QuestionId { get; init; } = "";

        public byte[] Said { get; init; } = [];

        public string? State { get; init; }

        public byte[]? Released { get; init; }

        public bool Shortened { get; init; }

        public DateTimeOffset? DecidedAt { get; init; }
    }
}
