// Recorded prompts: a person's voice for a question or an answer, beside the instruments and named after what it says.
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace ClientVoice.Instruments.Loading;

/// <summary>A recording that can be played.</summary>
/// <param name="Path">Below the folder <c>audio</c>, with forward slashes.</param>
/// <param name="File">Where it lies.</param>
/// <param name="ContentType">By its extension.</param>
/// <param name="Stamp">Another one whenever the file changes.</param>
internal sealed record Recording(string Path, string File, string ContentType, string Stamp);

/// <summary>The recordings of an instruments folder. They are no part of an instrument's hash: a better voice is no other question.</summary>
internal sealed class Recordings
{
    public const string Folder = "audio";

    // Of the options of the shared scales; no instrument can have this name, for it has no version.
    private const string Scales = "scales";

    // A minute of speech as opus is under 300 KB; a tablet keeps all recordings of its instruments.
    private const int MostBytes = 2 * 1024 * 1024;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".opus"] = "audio/ogg", [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4", [".wav"] = "audio/wav",
    }.ToFrozenDictionary();

    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true };

    // By path without extension: of one text there is one recording.
    private readonly FrozenDictionary<string, Recording> byName;
    private readonly FrozenDictionary<string, Recording> byPath;

    private Recordings(IReadOnlyCollection<Recording> all)
    {
        byName = all.ToFrozenDictionary(recording => WithoutExtension(recording.Path), StringComparer.Ordinal);
        byPath = all.ToFrozenDictionary(recording => recording.Path, StringComparer.Ordinal);
    }

    public static Recordings None { get; } = new([]);

    /// <summary>Finds the recordings; a file that cannot be played is a fault of its own.</summary>
    public static Recordings Read(string folder, FaultList faults)
    {
        var root = Path.Combine(folder, Folder);
        if (!Directory.Exists(root))
        {
            return None;
        }

        var found = new Dictionary<string, Recording>(StringComparer.Ordinal);
        var paths = Directory.EnumerateDirectories(root, "*", Visible)
            .SelectMany(about => Directory.EnumerateDirectories(about, "*", Visible))
            .SelectMany(language => Directory.EnumerateFiles(language, "*", Visible))
            .Order(StringComparer.Ordinal);
        foreach (var file in paths)
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            var info = new FileInfo(file);
            if (info.LinkTarget is not null || info.Length > MostBytes || !Types.TryGetValue(info.Extension, out var type))
            {
                faults.Add($"{Folder}/{path}", 1, "recording-not-usable", $"A recording is a file of at most {MostBytes / 1024 / 1024} MB that ends in {string.Join(", ", Types.Keys.Order())}; put such a one here.");
            }
            else if (!found.TryAdd(WithoutExtension(path), new Recording(path, file, type, Stamp(info))))
            {
                faults.Add($"{Folder}/{path}", 1, "recording-twice", "There is another recording of the same text; keep one of them.");
            }
        }

        return new Recordings(found.Values);
    }

    /// <summary>The recording at a path below <c>audio</c>, or null.</summary>
    public Recording? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>
    /// What is recorded of an instrument, by <c>language/question</c> and <c>language/question.option</c>. An option's own
    /// recording goes before that of its scale.
    /// </summary>
    public IReadOnlyDictionary<string, Recording> Of(Instrument instrument)
    {
        var recorded = new Dictionary<string, Recording>(StringComparer.Ordinal);
        if (byName.Count == 0)
        {
            return recorded;
        }

        var scales = ScalesOf(instrument);
        foreach (var language in instrument.Languages)
        {
            foreach (var question in instrument.Questions)
            {
                Take($"{language}/{question.Id}", $"{instrument.Key.Id}-{instrument.Key.Version}/{language}/{question.Id}");
                foreach (var option in question.Options)
                {
                    var key = $"{language}/{question.Id}.{option.Code}";
                    if (!Take(key, $"{instrument.Key.Id}-{instrument.Key.Version}/{key}") && scales.TryGetValue(question.Id, out var scale))
                    {
                        Take(key, $"{Scales}/{language}/{scale}.{option.Code}");
                    }
                }
            }
        }

        return recorded;

        bool Take(string key, string name) => byName.TryGetValue(name, out var recording) && recorded.TryAdd(key, recording);
    }

    /// <summary>Reports recordings under the name of a version in the folder that say nothing of it: a name with a slip in it would never be heard.</summary>
    public void ReportStrange(IEnumerable<Instrument> instruments, FaultList faults)
    {
        foreach (var instrument in instruments)
        {
            var known = Of(instrument).Values.ToHashSet();
            var own = $"{instrument.Key.Id}-{instrument.Key.Version}/";
            foreach (var strange in byPath.Values.Where(recording => recording.Path.StartsWith(own, StringComparison.Ordinal) && !known.Contains(recording)))
            {
                faults.Add($"{Folder}/{strange.Path}", 1, "recording-unknown", $"{instrument.Key.Id} {instrument.Key.Version} has no such question, option or language; correct the name of the recording.");
            }
        }
    }

    private static Dictionary<string, string> ScalesOf(Instrument instrument)
    {
        using var document = JsonDocument.Parse(instrument.Bundle, new JsonDocumentOptions { MaxDepth = 80 });
        var scales = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in document.RootElement.Members("properties"))
        {
            if ((question.Value.Text("$ref") ?? (question.Value.Member("items") ?? default).Text("$ref")) is { } reference)
            {
                scales[question.Name] = Path.GetFileNameWithoutExtension(reference);
            }
        }

        return scales;
    }

    private static string WithoutExtension(string path) => path[..^Path.GetExtension(path).Length];

    private static string Stamp(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}");
}
