// Names, own words and other free text are cipher text before they reach the database, each kind under
// its own purpose, so that a column copied into another does not open there.
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Access;

/// <summary>What kind of text is protected; the purpose of its key.</summary>
internal enum SecretKind
{
    /// <summary>Names and e-mail addresses of people.</summary>
    Name,

    /// <summary>Clients' words and other free text.</summary>
    Words,

    /// <summary>A conversation document as received.</summary>
    Document,

    /// <summary>Keys of the service itself.</summary>
    ServiceKey,

    /// <summary>How something at the desk was before it was changed.</summary>
    Change,
}

/// <summary>Encrypts and decrypts what is kept.</summary>
internal sealed class Secrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector[] protectors =
        [.. Enum.GetValues<SecretKind>().Select(kind => provider.CreateProtector("ClientVoice." + kind))];

    public byte[] Protect(SecretKind kind, string text) => Protect(kind, Encoding.UTF8.GetBytes(text));

    public byte[] Protect(SecretKind kind, byte[] bytes) => protectors[(int)kind].Protect(bytes);

    /// <summary>Null stays null: an absent text is not a secret.</summary>
    public byte[]? ProtectOrNull(SecretKind kind, string? text) => text is null ? null : Protect(kind, text);

    /// <exception cref="CryptographicException">The key is not in the key folder, or the bytes were changed.</exception>
    public string Open(SecretKind kind, byte[] cipher) => Encoding.UTF8.GetString(OpenBytes(kind, cipher));

    public byte[] OpenBytes(SecretKind kind, byte[] cipher) => protectors[(int)kind].Unprotect(cipher);
}
