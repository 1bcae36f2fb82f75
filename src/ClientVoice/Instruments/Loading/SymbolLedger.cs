using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ClientVoice.Instruments.Loading;

/// <summary>A picture that may be shown.</summary>
/// <param name="Bytes">The SVG.</param>
/// <param name="Sha256">Of the bytes, lower hex.</param>
internal sealed record Symbol(string Id, byte[] Bytes, string Sha256);

/// <summary>The pictures with their licences, as <c>symbols/ledger.json</c> has them.</summary>
internal sealed class SymbolLedger
{
    public const string Name = "symbols/ledger.json";

    // Those that allow showing and passing on without asking; another one needs a person to look first.
    private static readonly string[] AllowedLicences = ["CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0"];

    // The largest that ships is 6 KB; a tablet keeps all of them.
    private const int MostBytes = 256 * 1024;

    private readonly FrozenDictionary<string, Entry> entries;

    private SymbolLedger(IEnumerable<Entry> entries) =>
        this.entries = entries.DistinctBy(entry => entry.Id).ToFrozenDictionary(entry => entry.Id, StringComparer.Ordinal);

    public static SymbolLedger Empty { get; } = new([]);

    /// <summary>Reads the ledger of a folder and its pictures; without one there are no pictures.</summary>
    public static SymbolLedger Read(string folder, FaultList faults)
    {
        if (!File.Exists(Path.Combine(folder, Name)) || JsonFile.Read(folder, Name, faults) is not { } file)
        {
            return Empty;
        }

        return new SymbolLedger([.. file.Root.Items("symbols")
            .Where(symbol => symbol.Text("id") is not null)
            .Select(symbol => new Entry(symbol.Text("id")!, symbol.Text("licence"), Picture(folder, symbol.Text("id")!, symbol.Text("file"))))]);
    }

    /// <summary>The picture, or null where there is none that may be shown.</summary>
    public Symbol? Find(string id) =>
        entries.TryGetValue(id, out var entry) && entry.IsAllowed ? entry.Picture : null;

    /// <summary>Code and text of what is wrong with using this picture, or null.</summary>
    public (string Code, string Text)? FaultOf(string id)
    {
        if (!entries.TryGetValue(id, out var entry))
        {
            return ("picture-not-in-ledger", $"Picture '{id}' is not in {Name}; add it there with its source, author and licence, or take a picture that is.");
        }

        if (!entry.IsAllowed)
        {
            return ("picture-licence", $"Picture '{id}' may not be used under its licence; take one under {string.Join(", ", AllowedLicences)}.");
        }

        return entry.Picture is null
            ? ("picture-file-missing", $"The file of picture '{id}' is missing in symbols, is larger than {MostBytes / 1024} KB, or is not an SVG; put it there.")
            : null;
    }

    private static Symbol? Picture(string folder, string id, string? file)
    {
        // A plain file name: a ledger must not lead out of its folder.
        if (file is null || file != Path.GetFileName(file) || !file.EndsWith(".svg", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var info = new FileInfo(Path.Combine(folder, "symbols", file));
            if (!info.Exists || info.Length > MostBytes || info.LinkTarget is not null)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(info.FullName);
            return new Symbol(id, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Entry(string Id, string? Licence, Symbol? Picture)
    {
        public bool IsAllowed => AllowedLicences.Contains(Licence);
    }
}
