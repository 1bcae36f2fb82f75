using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>The faults found so far, each with the line it is about. Files can be read side by side: each is one thread's at a time.</summary>
internal sealed class FaultList
{
    private readonly Lock adding = new();
    private readonly List<InstrumentFault> faults = [];
    private readonly HashSet<string> files = [];

    /// <summary>By file, then by line.</summary>
    public IReadOnlyList<InstrumentFault> Sorted =>
        [.. faults.Distinct().OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Code, StringComparer.Ordinal)];

    public int Count => faults.Count;

    public void Add(string file, int line, string code, string text)
    {
        lock (adding)
        {
            faults.Add(new InstrumentFault(file, line, code, text));
            files.Add(file);
        }
    }

    public void Add(JsonFile file, string pointer, string code, string text) => Add(file.Name, file.Lines.Of(pointer), code, text);

    public bool Has(string file)
    {
        lock (adding)
        {
            return files.Contains(file);
        }
    }
}

/// <summary>A JSON file that was read whole: well formed, within bounds, and with the line of every part.</summary>
/// <param name="Name">Relative to the instruments folder, with forward slashes.</param>
/// <param name="Root">Its value.</param>
/// <param name="Lines">Where its parts stand.</param>
internal sealed record JsonFile(string Name, JsonElement Root, LineMap Lines)
{
    // The largest instrument that ships is under 100 KB; far above it nobody wrote the file by hand.
    private const int MostBytes = 1024 * 1024;
    private const int Deepest = 64;

    /// <summary>Reads a file; null with a fault where it cannot be used.</summary>
    public static JsonFile? Read(string folder, string name, FaultList faults)
    {
        if (Bytes(Path.Combine(folder, name), name, faults) is not { } bytes)
        {
            return null;
        }

        var text = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        if (!JsonValue.TextIsReadable(text.Span))
        {
            faults.Add(name, 1, "json-not-valid", "A text in this file is not valid Unicode; save the file as UTF-8.");
            return null;
        }

        var (lines, line, code, what) = LineMap.Read(text.Span, Deepest);
        if (code is not null)
        {
            faults.Add(name, line, code, what);
            return null;
        }

        // The walk above has seen every token, within the same depth: this cannot fail any more.
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest + 1 });
        return new JsonFile(name, document.RootElement.Clone(), lines);
    }

    private static byte[]? Bytes(string path, string name, FaultList faults)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // One byte more than there is, or than is allowed: a file that grows while it is read is noticed too.
            var bytes = new byte[Math.Min(stream.Length, MostBytes) + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length < bytes.Length)
            {
                return bytes[..length];
            }

            if (length <= MostBytes)
            {
                faults.Add(name, 1, "file-not-readable", "The file grew while it was read; it is read again when it rests.");
                return null;
            }

            faults.Add(name, 1, "too-large", $"The file is larger than {MostBytes / 1024} KB; split it or take out what does not belong in it.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(name, 1, "file-not-readable", "The file cannot be read; check that it exists and that the service may read it.");
        }

        return null;
    }
}
