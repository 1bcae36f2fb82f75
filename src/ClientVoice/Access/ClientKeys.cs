// A key for each client: what is kept about one person is cipher text under it, so that destroying it reaches every copy of the
// database. The key is wrapped by Data Protection and lies outside the database (ClientKeyFolder). Keys that were opened are kept in
// memory: opening one costs a file and some fifty microseconds, and a list shows thousands of people.
using System.Security.Cryptography;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace ClientVoice.Access;

/// <summary>A client's key is not there: destroyed with the client, or not in this folder.</summary>
internal sealed class ClientKeyGoneException(Guid client, bool isErased)
    : CryptographicException(isErased ? $"Client {client:D} was erased, and the key with it." : $"The key of client {client:D} is not in the folder of keys.")
{
    /// <summary>Whether it was destroyed on purpose.</summary>
    public bool IsErased => isErased;
}

/// <summary>Finds, makes and destroys the keys of clients.</summary>
internal sealed class ClientKeys(IDataProtectionProvider provider, DatabaseOptions options, IDatabase database) : IDisposable
{
    private const int KeyBytes = 32, IdBytes = 16;

    // All of the largest organisations there are, some ten megabytes; a sector's worth is opened as it comes.
    private const int Most = 60_000;

    // A flush is waiting and no work: several at once are one to the disk.
    private const int TogetherAtMost = 16;

    // A key that another node destroyed is forgotten here within the hour.
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly IDataProtector protector = provider.CreateProtector("ClientVoice.ClientKey");
    private readonly MemoryCache opened = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>The files.</summary>
    public ClientKeyFolder Folder { get; } = new(Path.Combine(options.Folder, "keys", "clients"));

    /// <summary>A client's key of 256 bits.</summary>
    /// <exception cref="ClientKeyGoneException">There is none.</exception>
    /// <exception cref="CryptographicException">It is not of this client, or wrapped by another ring.</exception>
    public byte[] Find(Guid client) => FindOrNull(client) ?? throw Gone(client);

    /// <summary>The same, to write with: a client who was kept before clients had keys gets one now.</summary>
    /// <exception cref="ClientKeyGoneException">There is none, though everything about this client is under one.</exception>
    public async ValueTask<byte[]> FindOrMakeAsync(Guid client, CancellationToken cancel)
    {
        if (FindOrNull(client) is { } key)
        {
            return key;
        }

        await using (var connection = await database.OpenAsync(cancel))
        {
            if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Client WHERE Id = @client AND KeyedAt IS NULL", new { client }, cancellationToken: cancel)) == 0)
            {
                throw Gone(client);
            }
        }

        await MakeAsync([client], cancel);
        return Find(client);
    }

    /// <summary>Makes keys for clients who are about to be kept: before their rows, and durably. Who has one keeps it.</summary>
    /// <exception cref="ClientKeyGoneException">One of them was erased: an id does not come back.</exception>
    public async Task MakeAsync(IReadOnlyCollection<Guid> clients, CancellationToken cancel)
    {
        var without = clients.Where(client => FindOrNull(client) is null).ToList();
        await Parallel.ForEachAsync(without, new ParallelOptions { MaxDegreeOfParallelism = TogetherAtMost, CancellationToken = cancel }, (client, _) =>
        {
            if (Folder.ProofOf(client) is not null)
            {
                throw new ClientKeyGoneException(client, true);
            }

            Remember(client, Open(client, Folder.Keep(client, Wrap(client))));
            return ValueTask.CompletedTask;
        });
        Folder.Settle(without);
    }

    /// <summary>Destroys a client's key, here and in the folder.</summary>
    public void Destroy(Guid client, ErasureProof proof)
    {
        Folder.Destroy(client, proof);
        opened.Remove(client);
    }

    public void Dispose() => opened.Dispose();

    private ClientKeyGoneException Gone(Guid client) => new(client, Folder.ProofOf(client) is not null);

    private byte[]? FindOrNull(Guid client)
    {
        if (opened.TryGetValue(client, out byte[]? key))
        {
            return key;
        }

        if (Folder.Read(client) is not { } wrapped)
        {
            return null;
        }

        key = Remember(client, Open(client, wrapped));
        if (Folder.Has(client))
        {
            return key;
        }

        // Destroyed while it was read: it must not stay in memory.
        opened.Remove(client);
        return null;
    }

    private byte[] Remember(Guid client, byte[] key) => opened.Set(client, key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lasts });

    // Whose key it is stands in it: a file that was put under another name opens nothing.
    private byte[] Wrap(Guid client)
    {
        var plain = new byte[IdBytes + KeyBytes];
        client.TryWriteBytes(plain);
        RandomNumberGenerator.Fill(plain.AsSpan(IdBytes));
        return protector.Protect(plain);
    }

    private byte[] Open(Guid client, byte[] wrapped)
    {
        var plain = protector.Unprotect(wrapped);
        return plain.Length == IdBytes + KeyBytes && new Guid(plain.AsSpan(0, IdBytes)) == client
            ? plain[IdBytes..]
            : throw new CryptographicException($"The file of the key of client {client:D} holds another one.");
    }
}
