// What a person is known by in the proof of what was erased (FormerConversation.PersonHash): a value by chance, the same for all that is
// proven about one client, for one who had two would be counted as two and hidden less. It stands encrypted with the client and goes with
// the client. Not under the client's own key: a copy that is older than an erasure, put back, has to find it though that key is gone; and
// what such a copy tells by it, it tells by the ids of conversations anyway.
// Before, it was a keyed hash of the client's id. Rows with that are brought over when a value is first needed, and whenever the key is
// renewed; those of who was erased before then keep it, and with the key nobody can try ids any more.
using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Finds and makes what clients are known by in the proof of what was erased.</summary>
internal sealed class PersonHashes(IDatabase database, LookUps lookUps, Secrets secrets) : IHashedOtherwise
{
    private const int Bytes = 32;

    /// <summary>A client's, made where there was none; within the caller's transaction, which is serializable.</summary>
    public async Task<string> OfAsync(DbConnection connection, DbTransaction transaction, Guid client, CancellationToken cancel)
    {
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        var secret = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition("SELECT PersonHashSecret FROM Client WHERE Id = @client", new { client }, transaction, cancellationToken: cancel));
        var hash = secret is null ? RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true) : Open(secret);
        if (secret is null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE Client SET PersonHashSecret = @secret WHERE Id = @client", new { client, secret = secrets.Protect(SecretKind.Name, hash) }, transaction, cancellationToken: cancel));
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE FormerConversation SET PersonHash = @hash WHERE PersonHash IN @keyed", new { hash, keyed = Keyed(keys, client) }, transaction, cancellationToken: cancel));
        return hash;
    }

    /// <summary>Whose each value is that may stand in a row.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> OfAllAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        var known = new Dictionary<string, Guid>();
        foreach (var client in await connection.QueryAsync<Row>(new CommandDefinition("SELECT Id, PersonHashSecret FROM Client", transaction: transaction, cancellationToken: cancel)))
        {
            foreach (var hash in Keyed(keys, client.Id).Concat(client.PersonHashSecret is { } secret ? [Open(secret)] : []))
            {
                known[hash] = client.Id;
            }
        }

        return known;
    }

    /// <inheritdoc />
    public async Task<int> BringOverAsync(CancellationToken cancel)
    {
        var (keys, hashes, clients) = await lookUps.LookAsync(async (connection, moment, keys) => (
            keys,
            (await connection.QueryAsync<string>(new CommandDefinition("SELECT DISTINCT PersonHash FROM FormerConversation", transaction: moment, cancellationToken: cancel))).ToHashSet(),
            (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT Id FROM Client", transaction: moment, cancellationToken: cancel))).ToList()), cancel);
        var waiting = hashes.Count == 0 ? [] : clients.Where(client => Keyed(keys, client).Any(hashes.Contains)).ToList();
        foreach (var client in waiting)
        {
            cancel.ThrowIfCancellationRequested();
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
            await OfAsync(connection, transaction, client, cancel);
            await transaction.CommitAsync(cancel);
        }

        return waiting.Count;
    }

    private static IReadOnlyList<string> Keyed(LookUpKeys keys, Guid client) => keys.All($"former-conversation {client:D}");

    private string Open(byte[] secret) => secrets.Open(SecretKind.Name, secret);

    private sealed record Row
    {
        public Guid Id { get; init; }

        public byte[]? PersonHashSecret { get; init; }
    }
}
