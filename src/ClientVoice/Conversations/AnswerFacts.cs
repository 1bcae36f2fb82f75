// How the outcomes read what was answered, in one moment: streamed, so that memory does not grow with the answers.
using System.Data.Common;
using System.Runtime.CompilerServices;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Reads answers and domain scores of finished conversations, and of those without a name.</summary>
/// <param name="transaction">Sees one moment.</param>
internal sealed class AnswerFacts(DbConnection connection, DbTransaction transaction)
{
    // A family of a sector-wide feed is a few million answers.
    private const int Seconds = 1800;

    // SQLite looks every parameter up by name, one after another.
    private const int IdsTogether = 200;

    private const string AnswerColumns = "QuestionId, a.Position, a.OptionCode, a.Score, a.PassedOver";
    private const string ScoreColumns = "DomainId, a.Score";

    // Whose answers: by name, and of nobody.
    private static readonly Source Named = new("Conversation", "ConversationId", "Answer", "DomainScore", " AND c.Outcome = 'finished'");
    private static readonly Source OfNobody = new("AnonymousConversation", "AnonymousId", "AnonymousAnswer", "AnonymousScore", "");

    /// <summary>The answers of a family's finished conversations, those of one conversation together.</summary>
    public IAsyncEnumerable<GivenAnswer> AnswersAsync(OutcomeFamily family, CancellationToken cancel) => BothAsync(s => s.OfFamily(s.Answers, AnswerColumns), Of(family), Answer, cancel);

    /// <summary>The domain scores of a family's finished conversations, those of one conversation together.</summary>
    public IAsyncEnumerable<GivenDomain> DomainsAsync(OutcomeFamily family, CancellationToken cancel) => BothAsync(s => s.OfFamily(s.Scores, ScoreColumns), Of(family), Domain, cancel);

    /// <summary>The answers and domain scores of some conversations.</summary>
    public async Task<(ILookup<Guid, GivenAnswer> Answers, ILookup<Guid, GivenDomain> Domains)> OfAsync(IReadOnlyCollection<Guid> conversations, CancellationToken cancel)
    {
        var answers = new List<GivenAnswer>();
        var domains = new List<GivenDomain>();
        foreach (var some in conversations.Chunk(IdsTogether).Select(IdList.Of))
        {
            await foreach (var answer in BothAsync(s => s.OfSome(s.Answers, AnswerColumns), new { some }, Answer, cancel))
            {
                answers.Add(answer);
            }

            await foreach (var domain in BothAsync(s => s.OfSome(s.Scores, ScoreColumns), new { some }, Domain, cancel))
            {
                domains.Add(domain);
            }
        }

        return (answers.ToLookup(a => a.ConversationId), domains.ToLookup(d => d.ConversationId));
    }

    private static object Of(OutcomeFamily family) => new { family.Group, family.InstrumentId, family.Version, family.Perspective };

    private static GivenAnswer Answer(ManyRows row) => new(row.Id(0), row.Text(1), (int)row.Whole(2), row.TextOrNull(3), row.NumberOrNull(4), row.Flag(5));

    private static GivenDomain Domain(ManyRows row) => new(row.Id(0), row.Text(1), row.Number(2));

    // One after the other, each in the order of its index: over both at once a database would sort millions of answers.
    private async IAsyncEnumerable<T> BothAsync<T>(Func<Source, string> sql, object values, Func<ManyRows, T> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var source in (Source[])[Named, OfNobody])
        {
            using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(sql(source), values, transaction, Seconds, cancellationToken: cancel));
            while (await rows.ReadAsync(cancel))
            {
                yield return read(rows);
            }
        }
    }

    /// <param name="Key">The column that says of which conversation an answer is.</param>
    /// <param name="Counts">Which conversations have answers that count.</param>
    private sealed record Source(string Conversations, string Key, string Answers, string Scores, string Counts)
    {
        // In the order of the index, which is that of the answers too: nothing has to be sorted.
        public string OfFamily(string table, string columns) =>
            $"SELECT a.{Key}, a.{columns} FROM {Conversations} c JOIN {table} a ON a.{Key} = c.Id "
            + $"WHERE c.GroupId = @Group AND c.InstrumentId = @InstrumentId AND c.InstrumentVersion = @Version AND c.Perspective = @Perspective{Counts} ORDER BY c.Id";

        public string OfSome(string table, string columns) => $"SELECT a.{Key}, a.{columns} FROM {table} a WHERE a.{Key} IN @some ORDER BY a.{Key}";
    }
}
