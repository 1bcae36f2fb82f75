// Names, own words and other free text are cipher text before they reach the database. What is kept about one client is under that
// client's key (ClientKeys); the rest is under Data Protection, each kind under its own purpose, so that a column copied into another
// does not open there. Which of the two a cipher text is, its first byte says; and of whom, the sixteen after it: reading needs no id.
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Access;

/// <summary>What kind of text is protected; the purpose of its key. The numbers stand in what is kept: they do not change.</summary>
internal enum SecretKind : byte
{
    /// <summary>Names and e-mail addresses of people.</summary>
    Name = 0,

    /// <summary>Clients' words and other free text.</summary>
    Words = 1,

    /// <summary>A conversation document as received.</summary>
    Document = 2,

    /// <summary>Keys of the service itself.</summary>
    ServiceKey = 3,

    /// <summary>How something at the desk was before it was changed.</summary>
    Change = 4,
}

/// <summary>Encrypts and decrypts what is kept.</summary>
internal sealed class Secrets(IDataProtectionProvider provider, ClientKeys clientKeys)
{
    /// <summary>Stands for a text whose key is not there: a list goes on, and who looks sees that something is amiss.</summary>
    public const string Unreadable = "(niet te lezen / unreadable)";

    private readonly IDataProtector[] protectors =
        [.. Enum.GetValues<SecretKind>().Select(kind => provider.CreateProtector("ClientVoice." + kind))];

    /// <summary>What writes about one client.</summary>
    /// <exception cref="ClientKeyGoneException">The client was erased, or the key is not in the folder.</exception>
    public async ValueTask<ClientSecrets> ForAsync(Guid client, CancellationToken cancel) => new(client, await clientKeys.FindOrMakeAsync(client, cancel));

    /// <summary>The same for several.</summary>
    public async Task<IReadOnlyDictionary<Guid, ClientSecrets>> ForAsync(IEnumerable<Guid> clients, CancellationToken cancel)
    {
        var all = new Dictionary<Guid, ClientSecrets>();
        foreach (var client in clients.Distinct())
        {
            all.Add(client, await ForAsync(client, cancel));
        }

        return all;
    }

    /// <summary>The same for clients who are about to be kept for the first time: their keys are made, before their rows.</summary>
    public async Task<IReadOnlyDictionary<Guid, ClientSecrets>> ForNewAsync(IReadOnlyCollection<Guid> clients, CancellationToken cancel)
    {
        await clientKeys.MakeAsync(clients, cancel);
        return await ForAsync(clients, cancel);
    }

    /// <summary>Protects what is about no client.</summary>
    public byte[] Protect(SecretKind kind, string text) => Protect(kind, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Protect(SecretKind, string)"/>
    public byte[] Protect(SecretKind kind, byte[] bytes) => protectors[(int)kind].Protect(bytes);

    /// <summary>Protects what holds words of several clients: once one of them is erased nobody opens it. Where there are none, it is about no client.</summary>
    public async Task<byte[]> ProtectForAllAsync(SecretKind kind, byte[] bytes, IReadOnlyCollection<Guid> clients, CancellationToken cancel)
    {
        List<Guid> speakers = [.. clients.Distinct().Order()];
        var keys = new List<byte[]>();
        foreach (var client in speakers)
        {
            keys.Add(await clientKeys.FindOrMakeAsync(client, cancel));
        }

        return speakers.Count == 0 ? Protect(kind, bytes) : SharedSecrets.Protect(kind, bytes, speakers, keys);
    }

    /// <summary>Null stays null: an absent text is not a secret.</summary>
    public byte[]? ProtectOrNull(SecretKind kind, string? text) => text is null ? null : Protect(kind, text);

    /// <summary>Opens a text; <see cref="Unreadable"/> where the client's key is not there.</summary>
    /// <exception cref="CryptographicException">The service's key is not in the key folder, or the bytes were changed.</exception>
    public string Open(SecretKind kind, byte[] cipher) => OpenOrNull(kind, cipher) ?? Unreadable;

    /// <summary>Opens a text; null where the client's key is not there.</summary>
    public string? OpenOrNull(SecretKind kind, byte[] cipher)
    {
        try
        {
            return Encoding.UTF8.GetString(OpenBytes(kind, cipher));
        }
        catch (ClientKeyGoneException)
        {
            return null;
        }
    }

    /// <summary>Opens bytes.</summary>
    /// <exception cref="ClientKeyGoneException">The client's key is not there.</exception>
    /// <exception cref="CryptographicException">The service's key is not in the key folder, or the bytes were changed.</exception>
    public byte[] OpenBytes(SecretKind kind, byte[] cipher) => ClientSecrets.ClientOf(cipher) is { } client
        ? new ClientSecrets(client, clientKeys.Find(client)).OpenBytes(kind, cipher)
        : SharedSecrets.ClientsOf(cipher) is { Count: > 0 } speakers
        ? SharedSecrets.Open(kind, cipher, speakers.Select(clientKeys.Find))
        : protectors[(int)kind].Unprotect(cipher);
}

/// <summary>Encrypts what is kept about one client: AES-256-GCM, with the client and the kind as associated data.</summary>
/// <remarks>Format, client, nonce and tag stand before the text. A nonce by chance is good for 2^32 texts under one key (NIST SP 800-38D).</remarks>
internal sealed class ClientSecrets(Guid client, byte[] key)
{
    /// <summary>The first byte of a cipher text under a client's key; Data Protection's own begin with 0x09.</summary>
    public const byte Format = 0xC1;

    private const int Whose = 1 + 16, Nonce = 12, Tag = 16, Head = Whose + Nonce + Tag;

    /// <summary>Whose key a cipher text is under; null where it is the service's.</summary>
    public static Guid? ClientOf(ReadOnlySpan<byte> cipher) => cipher.Length >= Head && cipher[0] == Format ? new Guid(cipher[1..Whose]) : null;

    public byte[] Protect(SecretKind kind, string text) => Protect(kind, Encoding.UTF8.GetBytes(text));

    public byte[] Protect(SecretKind kind, ReadOnlySpan<byte> bytes)
    {
        var cipher = new byte[Head + bytes.Length];
        cipher[0] = Format;
        client.TryWriteBytes(cipher.AsSpan(1));
        RandomNumberGenerator.Fill(cipher.AsSpan(Whose, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(cipher.AsSpan(Whose, Nonce), bytes, cipher.AsSpan(Head), cipher.AsSpan(Whose + Nonce, Tag), About(kind, cipher));
        return cipher;
    }

    /// <summary>Null stays null: an absent text is not a secret.</summary>
    public byte[]? ProtectOrNull(SecretKind kind, string? text) => text is null ? null : Protect(kind, text);

    /// <exception cref="CryptographicException">It is of another client or kind, or was changed.</exception>
    public byte[] OpenBytes(SecretKind kind, ReadOnlySpan<byte> cipher)
    {
        var plain = new byte[cipher.Length - Head];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(cipher.Slice(Whose, Nonce), cipher[Head..], cipher.Slice(Whose + Nonce, Tag), plain, About(kind, cipher));
        return plain;
    }

    private static byte[] About(SecretKind kind, ReadOnlySpan<byte> cipher) => [.. cipher[..Whose], (byte)kind];
}
