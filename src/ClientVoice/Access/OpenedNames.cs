// Opening a name costs some microseconds under a client's key and some fifty under the service's: nothing for a page, and more than need
// be for the five thousand of a large organisation, whose list is sorted by name. So names that were opened are kept, in memory only, as long as somebody looks at them.
using Microsoft.Extensions.Caching.Memory;

namespace ClientVoice.Access;

/// <summary>Opens names, and remembers them for a while.</summary>
internal sealed class OpenedNames(Secrets secrets) : IDisposable
{
    // Name and short name of the largest organisation, several times over; some tens of megabytes at most.
    private const int Most = 50_000;

    // Longer than somebody pauses between two looks at a list, shorter than a shift.
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(20);

    private readonly MemoryCache opened = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>The name in a cipher text. Another cipher text is another entry, so a name that was changed is never the old one.</summary>
    public string Open(byte[] cipher)
    {
        var key = new Cipher(cipher);
        if (opened.TryGetValue(key, out string? name))
        {
            return name!;
        }

        name = secrets.OpenOrNull(SecretKind.Name, cipher);
        if (name is null)
        {
            // Not remembered: a key that was missing may be put back.
            return Secrets.Unreadable;
        }

        opened.Set(key, name, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Lasts });
        return name;
    }

    public void Dispose() => opened.Dispose();

    private readonly record struct Cipher(byte[] Bytes)
    {
        public bool Equals(Cipher other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            // Nonce and tag of a client's, something of the middle of the service's: as good as random.
            hash.AddBytes(Bytes.Length < 45 ? Bytes : Bytes.AsSpan(17, 28));
            return hash.ToHashCode();
        }
    }
}
