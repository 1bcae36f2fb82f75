// The service's own keys - for look-up hashes (LookUps) and for signing receipts - live in the database, wrapped by
// Data Protection, so that any number of nodes share them and a copied database alone opens nothing.
using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>The public half of the receipt key, as a JSON Web Key for the tablet.</summary>
internal sealed record ReceiptKey(string Kid, string Kty, string Crv, string X, string Y);

/// <summary>
/// The public half of the key under which tablets put away the keys of their vaults, as a JSON Web Key (RSA-OAEP with SHA-256):
/// with its private half, which never leaves the service, work of somebody who left can still be delivered.
/// </summary>
internal sealed record HandOverKey(string Kid, string Kty, string Alg, string N, string E);

/// <summary>Finds and makes the service's own keys, and signs with them.</summary>
internal sealed class ServiceKeys(IDatabase database, Secrets secrets, TimeProvider time) : IDisposable
{
    /// <summary>The purpose of keys of look-up hashes.</summary>
    public const string LookUp = "look-up";

    private const int LookUpBytes = 32;
    private const string Receipt = "receipt";
    private const string HandOver = "hand-over";

    // NIST SP 800-57: good beyond 2030, and a tablet wraps under it in a millisecond.
    private const int HandOverBits = 3072;
    private readonly SemaphoreSlim gate = new(1, 1);
    private ECDsa? signer;
    private ReceiptKey? publicKey;
    private RSA? opener;
    private HandOverKey? handOverKey;

    /// <summary>Makes the first key of look-up hashes where there is none, in a transaction of its own.</summary>
    public Task FirstLookUpKeyAsync(CancellationToken cancel) => KeyAsync(LookUp, () => RandomNumberGenerator.GetBytes(LookUpBytes), cancel);

    /// <summary>Adds another key of look-up hashes within the caller's transaction.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> NextLookUpKeyAsync(DbConnection connection, DbTransaction transaction, string tag, CancellationToken cancel)
    {
        var row = NewRow(LookUp, RandomNumberGenerator.GetBytes(LookUpBytes));
        await InsertAsync(connection, transaction, row, LookUp, tag, cancel);
        return row.Id;
    }

    /// <summary>The key with which tablets check receipts.</summary>
    public async Task<ReceiptKey> ReceiptKeyAsync(CancellationToken cancel)
    {
        await SignerAsync(cancel);
        return publicKey!;
    }

    /// <summary>ECDSA P-256 with SHA-256 over UTF-8, IEEE P1363 form, base64url.</summary>
    public async Task<string> SignAsync(string text, CancellationToken cancel) =>
        Base64Url.EncodeToString((await SignerAsync(cancel)).SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

    /// <summary>The key under which tablets put away the keys of their vaults.</summary>
    public async Task<HandOverKey> HandOverKeyAsync(CancellationToken cancel)
    {
        await OpenerAsync(cancel);
        return handOverKey!;
    }

    /// <summary>Opens what a tablet put away under <see cref="HandOverKeyAsync"/>.</summary>
    /// <exception cref="CryptographicException">It was put away under another key, or changed.</exception>
    public async Task<byte[]> OpenHandOverAsync(byte[] wrapped, CancellationToken cancel) =>
        (await OpenerAsync(cancel)).Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);

    public void Dispose()
    {
        signer?.Dispose();
        opener?.Dispose();
        gate.Dispose();
    }

    private async Task<ECDsa> SignerAsync(CancellationToken cancel)
    {
        if (signer is not null)
        {
            return signer;
        }

        var key = await KeyAsync(Receipt, NewSigningKey, cancel);
        var made = ECDsa.Create();
        made.ImportECPrivateKey(key.Bytes, out _);
        var point = made.ExportParameters(false).Q;
        publicKey = new ReceiptKey(key.Id, "EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return signer = made;
    }

    private async Task<RSA> OpenerAsync(CancellationToken cancel)
    {
        if (opener is not null)
        {
            return opener;
        }

        var key = await KeyAsync(HandOver, NewOpeningKey, cancel);
        var made = RSA.Create();
        made.ImportRSAPrivateKey(key.Bytes, out _);
        var parts = made.ExportParameters(false);
        handOverKey = new HandOverKey(key.Id, "RSA", "RSA-OAEP-256", Base64Url.EncodeToString(parts.Modulus), Base64Url.EncodeToString(parts.Exponent));
        return opener = made;
    }

    private static byte[] NewOpeningKey()
    {
        using var made = RSA.Create(HandOverBits);
        return made.ExportRSAPrivateKey();
    }

    private static byte[] NewSigningKey()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return made.ExportECPrivateKey();
    }

    private async Task<(string Id, byte[] Bytes)> KeyAsync(string purpose, Func<byte[]> make, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            // Two nodes make their first key at once: the database ends one of them, which then finds the other's.
            return await Again.WhereOneWasFirstAsync(stop => FindOrMakeAsync(purpose, make, stop), cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<(string Id, byte[] Bytes)> FindOrMakeAsync(string purpose, Func<byte[]> make, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var row = await connection.QueryFirstOrDefaultAsync<KeyRow>(new CommandDefinition(
            "SELECT Id, KeySecret FROM ServiceKey WHERE Purpose = @purpose AND RetiredAt IS NULL ORDER BY CreatedAt, Id", new { purpose }, transaction, cancellationToken: cancel));
        if (row is null)
        {
            row = NewRow(purpose, make());
            await InsertAsync(connection, transaction, row, purpose, null, cancel);
            await transaction.CommitAsync(cancel);
        }

        return (row.Id, secrets.OpenBytes(SecretKind.ServiceKey, row.KeySecret));
    }

    private KeyRow NewRow(string purpose, byte[] key) => new() { Id = $"{purpose}-{Guid.CreateVersion7(time.GetUtcNow()):N}", KeySecret = secrets.Protect(SecretKind.ServiceKey, key) };

    private Task InsertAsync(DbConnection connection, DbTransaction transaction, KeyRow row, string purpose, string? tag, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        "INSERT INTO ServiceKey (Id, Purpose, KeySecret, CreatedAt, Tag) VALUES (@Id, @purpose, @KeySecret, @now, @tag)",
        new { row.Id, purpose, row.KeySecret, now = time.GetUtcNow(), tag }, transaction, cancellationToken: cancel));

    private sealed record KeyRow
    {
        public string Id { get; init; } = "";

        public byte[] KeySecret { get; init; } = [];
    }
}
