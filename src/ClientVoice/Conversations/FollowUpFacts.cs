// How the outcomes read what became of agreements, in one moment.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Reads agreements of one moment, without what was agreed.</summary>
/// <param name="transaction">Sees one moment.</param>
internal sealed class FollowUpFacts(DbConnection connection, DbTransaction transaction)
{
    private const int Seconds = 600;

    // SQLite looks every parameter up by name, one after another.
    private const int IdsTogether = 200;

    private const string FamilyOf = "SELECT DISTINCT c.GroupId, c.InstrumentId, c.InstrumentVersion, c.Perspective";

    /// <summary>Which changes to agreements wait to be published.</summary>
    public async Task<IReadOnlyList<long>> WaitingAsync(CancellationToken cancel) =>
        [.. await connection.QueryAsync<long>(Command("SELECT Sequence FROM FollowUpChange ORDER BY Sequence", null, cancel))];

    /// <summary>Every family with an agreement.</summary>
    public async Task<IReadOnlyList<OutcomeFamily>> FamiliesAsync(CancellationToken cancel) => [.. (await connection.QueryAsync<FamilyRow>(Command(
        FamilyOf + " FROM Conversation c WHERE EXISTS (SELECT 1 FROM Agreement a WHERE a.ConversationId = c.Id)", null, cancel))).Select(r => r.Family)];

    /// <summary>The conversations with a change to their agreements that waits, and those with agreements that changed themselves after one change up to another.</summary>
    public async Task<IReadOnlyList<FollowUpMoved>> MovedAsync(long since, long through, CancellationToken cancel) => [.. (await connection.QueryAsync<FamilyRow>(Command(
        FamilyOf + """
        , c.PlaceId, c.HeldOn FROM Conversation c WHERE c.Id IN (
          SELECT f.ConversationId FROM FollowUpChange f
          UNION SELECT o.ConversationId FROM OutcomeChange o WHERE o.Sequence > @since AND o.Sequence <= @through AND EXISTS (SELECT 1 FROM Agreement a WHERE a.ConversationId = o.ConversationId))
        """, new { since, through }, cancel))).Select(r => new FollowUpMoved(r.Family, r.PlaceId, r.HeldOn))];

    /// <summary>The agreements from a family's conversations, however these went.</summary>
    public async IAsyncEnumerable<FollowedAgreement> OfAsync(OutcomeFamily family, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using var row = await ManyRows.OfAsync(connection, Command(
            """
            SELECT c.ClientId, c.PlaceId, c.HeldOn, CASE WHEN a.DoneAt IS NULL THEN 0 ELSE 1 END, CASE WHEN a.NotDoneAt IS NULL THEN 0 ELSE 1 END, CASE WHEN a.ToldBackAt IS NULL THEN 0 ELSE 1 END
            FROM Conversation c JOIN Agreement a ON a.ConversationId = c.Id
            WHERE c.GroupId = @Group AND c.InstrumentId = @InstrumentId AND c.InstrumentVersion = @Version AND c.Perspective = @Perspective
            """,
            new { family.Group, family.InstrumentId, family.Version, family.Perspective }, cancel));
        while (await row.ReadAsync(cancel))
        {
            yield return new FollowedAgreement(
                row.Id(0), row.Id(1), row.Day(2), row.Flag(3), row.Flag(4), row.Flag(5));
        }
    }

    /// <summary>Forgets changes that are published.</summary>
    public static async Task ForgetAsync(DbConnection connection, IReadOnlyList<long> published, CancellationToken cancel)
    {
        // By number, not up to one: a change with a smaller number can become visible later.
        foreach (var some in published.Chunk(IdsTogether))
        {
            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM FollowUpChange WHERE Sequence IN @some", new { some }, commandTimeout: Seconds, cancellationToken: cancel));
        }
    }

    private CommandDefinition Command(string sql, object? values, CancellationToken cancel) => new(sql, values, transaction, Seconds, cancellationToken: cancel);

    private sealed record FamilyRow
    {
        public Guid GroupId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string InstrumentVersion { get; init; } = "";

        public string Perspective { get; init; } = "";

        public Guid PlaceId { get; init; }

        public DateOnly HeldOn { get; init; }

        public OutcomeFamily Family => new(GroupId, InstrumentId, InstrumentVersion, Perspective);
    }
}
