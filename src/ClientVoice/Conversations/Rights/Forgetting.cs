// Takes away what is tied to a client and counted somewhere: through the proof without the person, so that the outcomes follow at their
// next publication and go on hiding as they must.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Conversations.Anonymous;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations.Rights;

/// <summary>Forgets somebody who left, and that somebody took part without a name.</summary>
internal sealed class Forgetting(IDatabase database, FormerConversations former, ErasedClients erased, PersonHashes people, TimeProvider time)
{
    // The client last: whatever is not named here holds it, by its foreign key, and nothing is changed.
    private static readonly IReadOnlyList<string> OfClient =
    [
        "DELETE FROM SideBySidePart WHERE SideBySideId IN (SELECT Id FROM SideBySide WHERE ClientId = @id)", "DELETE FROM SideBySide WHERE ClientId = @id",
        "DELETE FROM DuePlan WHERE ClientId = @id", "DELETE FROM ConsentWithdrawal WHERE ClientId = @id", "DELETE FROM EmergencyAccess WHERE ClientId = @id",
        "DELETE FROM ClientMove WHERE ClientId = @id", "DELETE FROM ClientGroupMove WHERE ClientId = @id", "DELETE FROM ClientMoveAhead WHERE ClientId = @id", "DELETE FROM ClientEvaluation WHERE ClientId = @id", "DELETE FROM ClientRepresentative WHERE ClientId = @id", "DELETE FROM ClientNumber WHERE ClientId = @id",
        "DELETE FROM DeskChange WHERE Subject = 'client' AND SubjectId = @id", "DELETE FROM Client WHERE Id = @id",
    ];

    /// <summary>
    /// Erases every conversation of a client, that they took part without a name, then everything else about them, and last the key, with which
    /// older copies of the database lose them too. Taken up again, it goes on where it stopped.
    /// </summary>
    /// <param name="by">Who decided on the time.</param>
    /// <param name="reason">One of <see cref="ErasureReasons"/>.</param>
    public async Task ClientAsync(Guid id, Guid by, CancellationToken cancel, string reason = ErasureReasons.TimeIsOver)
    {
        foreach (var conversation in await IdsAsync("SELECT Id FROM Conversation WHERE ClientId = @id ORDER BY HeldOn, Id"))
        {
            await former.EraseAsync(conversation, by, EraseReasons.TimeIsOver, cancel);
        }

        foreach (var permission in await IdsAsync("SELECT Id FROM AnonymousPermission WHERE ClientId = @id ORDER BY GivenOn, Id"))
        {
            await PermissionAsync(permission, by, cancel);
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        // Before the client's own row is held: whoever makes lines anew holds them and looks at that row.
        await RunAsync(ClientChanges.Delete("@id"));
        // What was proven about the client while the value was still made of the id gets one that nobody can make again.
        await people.OfAsync(connection, transaction, id, cancel);
        await RunAsync(OfClient);

        await ErasedClients.RecordAsync(connection, transaction, id, by, reason, time.GetUtcNow(), cancel);
        await transaction.CommitAsync(cancel);
        await erased.DestroyAsync(cancel);

        async Task RunAsync(IEnumerable<string> statements)
        {
            foreach (var sql in statements)
            {
                await connection.ExecuteAsync(new CommandDefinition(sql, new { id }, transaction, cancellationToken: cancel));
            }
        }

        async Task<List<Guid>> IdsAsync(string sql)
        {
            await using var reading = await database.OpenAsync(cancel);
            return [.. await reading.QueryAsync<Guid>(new CommandDefinition(sql, new { id }, cancellationToken: cancel))];
        }
    }

    /// <summary>Takes away that somebody took part without a name. Which answers were theirs nobody knows: those stay.</summary>
    /// <param name="by">Who decided on the time.</param>
    public async Task PermissionAsync(Guid id, Guid by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var client = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("SELECT ClientId FROM AnonymousPermission WHERE Id = @id", new { id }, transaction, cancellationToken: cancel));
        var person = await people.OfAsync(connection, transaction, client, cancel);
        await ProveAsync(connection, transaction, id, person, by, cancel);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM AnonymousPermission WHERE Id = @id", new { id }, transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, [client], cancel);
        await transaction.CommitAsync(cancel);
    }

    // Participation counted it: the proof says that it did, and until which change.
    private async Task ProveAsync(DbConnection connection, DbTransaction transaction, Guid id, string person, Guid by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var received = await SequenceAsync("MIN");
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO OutcomeChange (ConversationId, ChangedAt, Kind) VALUES (@id, @now, 'erased')", new { id, now }, transaction, cancellationToken: cancel));
        var ended = await SequenceAsync("MAX");
        var given = await connection.QuerySingleAsync<DateOnly>(new CommandDefinition("SELECT GivenOn FROM AnonymousPermission WHERE Id = @id", new { id }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO FormerConversation (Id, ConversationId, Number, Became, PersonHash, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt,
              Marked, Received, Ended, Answered, Scored, Domains, ChangedAt, ChangedBy, Reason)
            SELECT @proof, a.Id, 1, 'erased', @person, a.PlaceId, a.GroupId, a.InstrumentId, a.InstrumentVersion, a.Perspective, 'anonymous', a.GivenOn, @givenAt,
              0, @received, @ended, '', '', '', @now, @by, @reason
            FROM AnonymousPermission a WHERE a.Id = @id
            """,
            new
            {
                id, proof = AnonymousKeys.RandomId(), person, received, ended, now, by, reason = EraseReasons.TimeIsOver,
                givenAt = new DateTimeOffset(given.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            },
            transaction, cancellationToken: cancel));

        Task<long> SequenceAsync(string which) => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            $"SELECT COALESCE({which}(Sequence), 0) FROM OutcomeChange WHERE ConversationId = @id", new { id }, transaction, cancellationToken: cancel));
    }
}
