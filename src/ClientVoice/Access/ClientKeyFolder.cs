// The keys of clients as files: outside the database and every copy of it, one for each client, so that one can be destroyed. A key that
// was destroyed leaves a proof under the same id: no node makes it anew, and a copy of the database that is older is known for what it is.
using System.Text.Json;

namespace ClientVoice.Access;

/// <summary>That a client's key was destroyed. Names nobody: the client's id stands for nothing any more.</summary>
/// <param name="ErasedAt">When everything about the client was taken away.</param>
/// <param name="By">Who decided; null where nobody signed in did.</param>
/// <param name="Reason">A code.</param>
internal sealed record ErasureProof(DateTimeOffset ErasedAt, Guid? By, string Reason);

/// <summary>Keeps wrapped keys: <c>xx/ID.key</c>, spread over folders by the end of the id, and <c>erased/ID.json</c>.</summary>
internal sealed class ClientKeyFolder(string root)
{
    private const string Ending = ".key", ProofEnding = ".json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly string erased = Path.Combine(root, "erased");

    /// <summary>The wrapped key of a client; null where there is none.</summary>
    public byte[]? Read(Guid client)
    {
        try
        {
            return File.ReadAllBytes(KeyFile(client));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a key of this client.</summary>
    public bool Has(Guid client) => File.Exists(KeyFile(client));

    /// <summary>Keeps the first key of a client; where another node was first, that one stands. Call <see cref="Settle"/> before a row is written that needs it.</summary>
    /// <returns>The wrapped key that stands.</returns>
    public byte[] Keep(Guid client, byte[] wrapped) =>
        DurableFile.Create(KeyFile(client), wrapped) ? wrapped : Read(client) ?? throw new IOException($"The key of client {client:D} was there and is gone.");

    /// <summary>Makes new keys safe against a loss of power.</summary>
    public void Settle(IEnumerable<Guid> clients)
    {
        foreach (var folder in clients.Select(Folder).Distinct())
        {
            DurableFile.FlushFolder(folder);
        }
    }

    /// <summary>Destroys a client's key, and leaves the proof. Taken up again it ends in the same.</summary>
    public void Destroy(Guid client, ErasureProof proof)
    {
        // The proof first: whatever happens in between, the key is not made anew.
        DurableFile.Create(ProofFile(client), JsonSerializer.SerializeToUtf8Bytes(proof, Json));
        DurableFile.FlushFolder(erased);
        var folder = Folder(client);
        if (!Directory.Exists(folder))
        {
            return;
        }

        // A node that was killed while it made the key left the same file under a second name.
        foreach (var file in Directory.GetFiles(folder, $"{client:N}{Ending}*"))
        {
            DurableFile.Destroy(file);
        }

        DurableFile.FlushFolder(folder);
    }

    /// <summary>The proof that a client's key was destroyed; null where it was not.</summary>
    public ErasureProof? ProofOf(Guid client) => File.Exists(ProofFile(client)) ? JsonSerializer.Deserialize<ErasureProof>(File.ReadAllBytes(ProofFile(client)), Json) : null;

    /// <summary>Every client whose key was destroyed.</summary>
    public IReadOnlyList<Guid> Destroyed() => !Directory.Exists(erased)
        ? []
        : [.. Directory.EnumerateFiles(erased, "*" + ProofEnding).Select(f => Guid.TryParseExact(Path.GetFileNameWithoutExtension(f), "N", out var id) ? id : default).Where(id => id != default)];

    // By its end: the beginning of an id is the time, and would put all of a day into one folder.
    private string Folder(Guid client) => Path.Combine(root, client.ToString("N")[^2..]);

    private string KeyFile(Guid client) => Path.Combine(Folder(client), client.ToString("N") + Ending);

    private string ProofFile(Guid client) => Path.Combine(erased, client.ToString("N") + ProofEnding);
}
