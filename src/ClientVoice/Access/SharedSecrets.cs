// A file that holds words of several people - a report with what clients said - goes with each of them: it is cipher text under a key made
// of all their keys. Erasing one of them closes it, in every copy; it is then made again without those words.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClientVoice.Access;

/// <summary>AES-256-GCM under a key derived (HKDF with SHA-256) from the keys of everyone whose words are in it.</summary>
internal static class SharedSecrets
{
    /// <summary>The first byte.</summary>
    public const byte Format = 0xC2;

    private const int Id = 16, Before = 3, Nonce = 12, Tag = 16;

    /// <summary>Whose keys a cipher text is under, in order; empty where it is of another form.</summary>
    public static IReadOnlyList<Guid> ClientsOf(ReadOnlySpan<byte> cipher)
    {
        if (cipher.Length < Before || cipher[0] != Format)
        {
            return [];
        }

        var clients = new Guid[BinaryPrimitives.ReadUInt16BigEndian(cipher[1..])];
        for (var i = 0; i < clients.Length; i++)
        {
            clients[i] = new Guid(cipher.Slice(Before + (i * Id), Id));
        }

        return clients;
    }

    /// <param name="clients">One at least; in the order of <paramref name="keys"/>.</param>
    public static byte[] Protect(SecretKind kind, ReadOnlySpan<byte> bytes, IReadOnlyList<Guid> clients, IEnumerable<byte[]> keys)
    {
        var head = Before + (clients.Count * Id);
        var cipher = new byte[head + Nonce + Tag + bytes.Length];
        cipher[0] = Format;
        BinaryPrimitives.WriteUInt16BigEndian(cipher.AsSpan(1), checked((ushort)clients.Count));
        for (var i = 0; i < clients.Count; i++)
        {
            clients[i].TryWriteBytes(cipher.AsSpan(Before + (i * Id)));
        }

        RandomNumberGenerator.Fill(cipher.AsSpan(head, Nonce));
        using var aes = new AesGcm(Key(keys), Tag);
        aes.Encrypt(cipher.AsSpan(head, Nonce), bytes, cipher.AsSpan(head + Nonce + Tag), cipher.AsSpan(head + Nonce, Tag), About(kind, cipher.AsSpan(0, head)));
        return cipher;
    }

    /// <param name="keys">Of <see cref="ClientsOf"/>, in that order.</param>
    /// <exception cref="CryptographicException">It is of another kind, or was changed.</exception>
    public static byte[] Open(SecretKind kind, ReadOnlySpan<byte> cipher, IEnumerable<byte[]> keys)
    {
        var head = Before + (ClientsOf(cipher).Count * Id);
        var plain = new byte[cipher.Length - head - Nonce - Tag];
        using var aes = new AesGcm(Key(keys), Tag);
        aes.Decrypt(cipher.Slice(head, Nonce), cipher[(head + Nonce + Tag)..], cipher.Slice(head + Nonce, Tag), plain, About(kind, cipher[..head]));
        return plain;
    }

    private static byte[] Key(IEnumerable<byte[]> keys) => HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. keys.SelectMany(key => key)], 32, info: "ClientVoice.Shared"u8.ToArray());

    private static byte[] About(SecretKind kind, ReadOnlySpan<byte> head) => [.. head, (byte)kind];
}
