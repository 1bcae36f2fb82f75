using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using Dapper;

namespace ClientVoice.Clients.Register;

/// <summary>The rows of a client: writes them, and puts them back.</summary>
internal sealed class ClientRows(Secrets secrets, LookUps lookUps, TimeProvider time) : IRestore
{
    public string Subject => Subjects.Client;

    public Task PrepareAsync(CancellationToken cancel) => lookUps.ReadyAsync(cancel);

    /// <summary>Writes a client with number and representatives, within the caller's transaction, which is serializable.</summary>
    /// <param name="keys">Of the same transaction.</param>
    /// <returns>False where another client has the number: then nothing was written.</returns>
    public async Task<bool> WriteAsync(DbConnection connection, DbTransaction transaction, LookUpKeys keys, ClientRecord client, bool isNew, CancellationToken cancel)
    {
        if (client.Number is not null && await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM ClientNumber WHERE NumberHash IN @hashes AND ClientId <> @Id", new { hashes = keys.All(client.Number), client.Id }, transaction, cancellationToken: cancel)) > 0)
        {
            return false;
        }

        // Of somebody new the key is there before the first row.
        var about = isNew ? (await secrets.ForNewAsync([client.Id], cancel))[client.Id] : await secrets.ForAsync(client.Id, cancel);
        await RunAsync(
            isNew
                ? """
                  INSERT INTO Client (Id, PlaceId, GroupId, NameSecret, ShortNameSecret, YearOfBirth, Communication, RegularWorkerId, FromOn, UntilOn, KeyedAt)
                  VALUES (@Id, @PlaceId, @GroupId, @NameSecret, @ShortNameSecret, @YearOfBirth, @Communication, @RegularWorkerId, @FromOn, @UntilOn, @now)
                  """
                : """
                  UPDATE Client SET PlaceId = @PlaceId, GroupId = @GroupId, NameSecret = @NameSecret, ShortNameSecret = @ShortNameSecret, YearOfBirth = @YearOfBirth,
                    Communication = @Communication, RegularWorkerId = @RegularWorkerId, FromOn = @FromOn, UntilOn = @UntilOn
                  WHERE Id = @Id
                  """,
            new
            {
                client.Id, client.PlaceId, client.GroupId, client.YearOfBirth, client.Communication, client.RegularWorkerId, client.FromOn, client.UntilOn, now = time.GetUtcNow(),
                NameSecret = about.Protect(SecretKind.Name, client.Name), ShortNameSecret = about.Protect(SecretKind.Name, client.ShortName),
            });
        await RunAsync("DELETE FROM ClientNumber WHERE ClientId = @Id", new { client.Id });
        if (client.Number is not null)
        {
            await RunAsync(
                "INSERT INTO ClientNumber (ClientId, NumberHash, NumberSecret) VALUES (@Id, @numberHash, @secret)",
                new { client.Id, numberHash = keys.Hash(client.Number), secret = about.Protect(SecretKind.Name, client.Number) });
        }

        await RunAsync("DELETE FROM ClientRepresentative WHERE ClientId = @Id", new { client.Id });
        await RunAsync(
            "INSERT INTO ClientRepresentative (ClientId, Position, NameSecret, Relation) VALUES (@Id, @position, @secret, @Relation)",
            client.Representatives.Select((r, position) => new { client.Id, position, secret = about.Protect(SecretKind.Name, r.Name), r.Relation }));
        await RunAsync("DELETE FROM ClientEvaluation WHERE ClientId = @Id", new { client.Id });
        await RunAsync("INSERT INTO ClientEvaluation (ClientId, EvaluatedOn) VALUES (@Id, @day)", client.Evaluations.Select(day => new { client.Id, day }));
        if (!isNew)
        {
            await ClientChanges.MarkAsync(connection, transaction, [client.Id], cancel);
        }

        return true;

        Task RunAsync(string sql, object values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    /// <summary>Keeps the trace of a move, of place or of group or both; nothing where neither changed.</summary>
    /// <param name="change">Whose id the trace has, so that undoing the change takes it along.</param>
    public static async Task TraceMoveAsync(DbConnection connection, DbTransaction transaction, Guid change, ClientRecord before, ClientRecord after, DateOnly movedOn, CancellationToken cancel)
    {
        if (before.PlaceId != after.PlaceId)
        {
            await RunAsync("INSERT INTO ClientMove (Id, ClientId, FromPlaceId, ToPlaceId, MovedOn) VALUES (@change, @Id, @from, @to, @movedOn)", before.PlaceId, after.PlaceId);
        }

        if (before.GroupId != after.GroupId)
        {
            await RunAsync("INSERT INTO ClientGroupMove (Id, ClientId, FromGroupId, ToGroupId, MovedOn) VALUES (@change, @Id, @from, @to, @movedOn)", before.GroupId, after.GroupId);
        }

        Task RunAsync(string sql, Guid from, Guid to) => connection.ExecuteAsync(new CommandDefinition(sql, new { change, after.Id, from, to, movedOn }, transaction, cancellationToken: cancel));
    }

    public async Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel)
    {
        await RunAsync("DELETE FROM ClientMove WHERE Id = @Id");
        await RunAsync("DELETE FROM ClientGroupMove WHERE Id = @Id");
        if (change.Before is not null)
        {
            var before = JsonSerializer.Deserialize<ClientRecord>(change.Before)!;
            if (!await WriteAsync(connection, transaction, await lookUps.InAsync(connection, transaction, cancel), before, false, cancel))
            {
                throw new CannotRestoreException("Another client has the number by now.");
            }

            return;
        }

        foreach (var sql in ClientChanges.Delete("@SubjectId"))
        {
            await RunAsync(sql);
        }

        await RunAsync("DELETE FROM ClientNumber WHERE ClientId = @SubjectId");
        await RunAsync("DELETE FROM ClientRepresentative WHERE ClientId = @SubjectId");
        await RunAsync("DELETE FROM ClientEvaluation WHERE ClientId = @SubjectId");
        await RunAsync("DELETE FROM Client WHERE Id = @SubjectId");
        // What was changed before it was undone is of somebody who is not here.
        await RunAsync("UPDATE DeskChange SET BeforeSecret = NULL WHERE Subject = 'client' AND SubjectId = @SubjectId");
        await ErasedClients.RecordAsync(connection, transaction, change.SubjectId, change.MadeBy, ErasureReasons.Undone, time.GetUtcNow(), cancel);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, change, transaction, cancellationToken: cancel));
    }
}
