// Between looking at a list and reading it in, the list travels with the page, packed and encrypted: nothing of it is left behind
// where somebody stops half-way, and any node can go on with it.
using System.IO.Compression;
using System.Text.Json;
using ClientVoice.Access;

namespace ClientVoice.Clients.Import;

/// <summary>Seals a list for the person who brought it.</summary>
internal sealed class ImportDraft(Secrets secrets, TimeProvider time)
{
    /// <summary>Of the sealed text: what a form takes in one field.</summary>
    public const int Longest = 4_000_000;

    // An afternoon: long enough to ask a colleague which column is which.
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(4);

    /// <exception cref="ImportException">It is too large to travel.</exception>
    public string Seal(ImportTable table, Guid person)
    {
        using var packed = new MemoryStream();
        using (var zip = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(zip, new Draft(person, time.GetUtcNow(), table));
        }

        var text = Convert.ToBase64String(secrets.Protect(SecretKind.Document, packed.ToArray()));
        return text.Length <= Longest ? text : throw new ImportException(ImportFaultKind.FileTooLarge);
    }

    /// <summary>Opens it; null where it is too old, of somebody else, or was touched.</summary>
    public ImportTable? Open(string? text, Guid person)
    {
        try
        {
            using var packed = new MemoryStream(secrets.OpenBytes(SecretKind.Document, Convert.FromBase64String(text ?? "")));
            using var zip = new BrotliStream(packed, CompressionMode.Decompress);
            var draft = JsonSerializer.Deserialize<Draft>(zip)!;
            return draft.Person == person && time.GetUtcNow() - draft.At < Lasts ? draft.Table : null;
        }
        catch (Exception error) when (error is FormatException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private sealed record Draft(Guid Person, DateTimeOffset At, ImportTable Table);
}
