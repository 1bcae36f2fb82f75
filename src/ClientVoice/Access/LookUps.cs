// What is looked up exactly though it is kept as cipher text - an address, a number - stands beside it as a keyed hash. The key is renewed
// while the service serves (LookUpRenewal), so there can be two: all is looked under both, and written under the newer.
// Keys are read within the very transaction that writes or looks, not remembered: no node can write under a key that another does not know,
// nor under one that is about to go, however long it slept and whatever its clock says. That is one small statement.
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>A key of look-up hashes.</summary>
/// <param name="Tag">What hashes under it end in; null for the first of all.</param>
internal sealed record LookUpKey(byte[] Key, string? Tag)
{
    /// <summary>HMAC-SHA-256 of a normalised text, lower hex, of which a tag takes the place of the last characters: equal texts meet, nobody reads them back.</summary>
    public string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text.Trim().ToUpperInvariant())))[..^(Tag?.Length ?? 0)] + Tag;
}

/// <summary>The keys of look-up hashes at one moment.</summary>
/// <param name="keys">The one that is written under first.</param>
internal sealed class LookUpKeys(IReadOnlyList<LookUpKey> keys)
{
    /// <summary>Whether there is another key under which something may still stand.</summary>
    public bool IsRenewing => keys.Count > 1;

    /// <summary>The end of every hash that is written now; null where the first key has not been renewed.</summary>
    public string? Tag => keys[0].Tag;

    /// <summary>What is written.</summary>
    /// <exception cref="InvalidOperationException">There is no key yet: <see cref="LookUps.ReadyAsync"/> comes first.</exception>
    public string Hash(string text) => keys.Count > 0 ? keys[0].Hash(text) : throw new InvalidOperationException("There is no key of look-up hashes yet.");

    /// <summary>What is looked for: under every key, the one that is written first.</summary>
    public IReadOnlyList<string> All(string text) => [.. keys.Select(k => k.Hash(text))];

    /// <summary>What may stand from before; empty where no key is being renewed.</summary>
    public IEnumerable<string> Older(string text) => keys.Skip(1).Select(k => k.Hash(text));
}

/// <summary>Hashes texts for looking up.</summary>
internal sealed class LookUps(IDatabase database, ServiceKeys keys, Secrets secrets)
{
    private readonly ConcurrentDictionary<string, byte[]> opened = new();
    private bool isReady;

    /// <summary>Sees to it that there is a key. Before a transaction that writes: the first key is made in one of its own, and SQLite has one writer.</summary>
    public async Task ReadyAsync(CancellationToken cancel)
    {
        if (!isReady)
        {
            await keys.FirstLookUpKeyAsync(cancel);
            isReady = true;
        }
    }

    /// <summary>The keys as this transaction sees them. One that writes is to be serializable: then no key is renewed or destroyed before it ends.</summary>
    public async Task<LookUpKeys> InAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT Id, KeySecret, Tag FROM ServiceKey WHERE Purpose = @purpose AND GoneAt IS NULL ORDER BY CASE WHEN RetiredAt IS NULL THEN 0 ELSE 1 END, Id",
            new { purpose = ServiceKeys.LookUp }, transaction, cancellationToken: cancel))).ToList();
        // What was destroyed does not stay in memory.
        foreach (var gone in opened.Keys.Except(rows.Select(r => r.Id)))
        {
            opened.TryRemove(gone, out _);
        }

        return new LookUpKeys([.. rows.Select(r => new LookUpKey(opened.GetOrAdd(r.Id, _ => secrets.OpenBytes(SecretKind.ServiceKey, r.KeySecret)), r.Tag))]);
    }

    /// <summary>Looks something up: keys and rows are of one moment.</summary>
    public async Task<T> LookAsync<T>(Func<DbConnection, DbTransaction, LookUpKeys, Task<T>> look, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        try
        {
            await using var moment = await database.BeginReadAsync(connection, cancel);
            return await look(connection, moment, await InAsync(connection, moment, cancel));
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open && database.Dialect.AfterMoment is { Length: > 0 } word)
            {
                await connection.ExecuteAsync(word);
            }
        }
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public byte[] KeySecret { get; init; } = [];

        public string? Tag { get; init; }
    }
}
