using ClientVoice.Instruments.Checks;

namespace ClientVoice.Instruments.Loading;

/// <summary>What came of reading an instruments folder.</summary>
/// <param name="Files">The instruments without faults, each with its file; by id and then by version.</param>
/// <param name="Names">Every instrument file that is there, also the faulty ones.</param>
/// <param name="Faults">What is wrong with the others, and with the shared files.</param>
internal sealed record FolderContent(
    IReadOnlyList<(string File, LoadedInstrument Instrument)> Files,
    IReadOnlyList<string> Names,
    SymbolLedger Symbols,
    IReadOnlyList<InstrumentFault> Faults)
{
    /// <summary>Whether the folder is there; if not, it says nothing about which versions were taken away.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>The recorded prompts.</summary>
    public Recordings Recordings { get; init; } = Recordings.None;

    /// <summary>Where the parts of each file stand, for faults that are found later.</summary>
    public IReadOnlyDictionary<string, LineMap> Lines { get; init; } = new Dictionary<string, LineMap>();
}

/// <summary>Reads an instruments folder: every file on its own, so that a faulty one takes no other along.</summary>
internal static class FolderReader
{
    /// <summary>The code of the fault that the folder is not there.</summary>
    public const string FolderMissing = "folder-missing";

    /// <summary>The code of the fault that there is no instrument in it.</summary>
    public const string FolderEmpty = "folder-empty";

    // Folders of shared files, and those of an editor or a version control system.
    private static readonly string[] NotInstruments = ["scales", "symbols", "audio"];

    /// <summary>Reads the folder, or only those files in it that <paramref name="wanted"/> names.</summary>
    /// <param name="wanted">Takes a name relative to the folder; null for all.</param>
    /// <param name="sideBySide">Whether on all processors; not where something else needs them more.</param>
    public static FolderContent Read(string folder, Func<string, bool>? wanted = null, bool sideBySide = true)
    {
        var faults = new FaultList();
        if (!Directory.Exists(folder))
        {
            faults.Add(".", 1, FolderMissing, "The instruments folder does not exist; set ClientVoice:Instruments to the right folder. What was published before goes on serving.");
            return new FolderContent([], [], SymbolLedger.Empty, faults.Sorted) { IsThere = false };
        }

        var shared = SharedFiles.Read(folder, faults);
        var names = Names(folder).Where(name => wanted is null || wanted(name)).ToList();
        // Every file stands by itself, so they can be read side by side.
        var workers = sideBySide ? Environment.ProcessorCount : 1;
        var drafts = names.AsParallel().AsOrdered().WithDegreeOfParallelism(workers)
            .Select(name => JsonFile.Read(folder, name, faults))
            .OfType<JsonFile>()
            .Select(file => new InstrumentDraft(file, shared, faults))
            .ToList();
        CheckVersionsOnce(drafts);
        if (names.Count == 0 && wanted is null)
        {
            faults.Add(".", 1, FolderEmpty, "There is no instrument in the folder; put a file there, or set ClientVoice:Instruments to the right folder.");
        }

        var loaded = drafts.AsParallel().AsOrdered().WithDegreeOfParallelism(workers)
            .Select(draft => (draft.File.Name, Instrument: Compile(draft, faults)!))
            .Where(pair => pair.Instrument is not null)
            .ToList()
            .OrderBy(pair => pair.Instrument.Key.Id, StringComparer.Ordinal)
            .ThenBy(pair => InstrumentVersion.TryParse(pair.Instrument.Key.Version) ?? default)
            .ToList();
        var recordings = Recordings.Read(folder, faults);
        recordings.ReportStrange(loaded.Select(pair => pair.Instrument), faults);
        return new FolderContent(loaded, names, shared.Symbols, faults.Sorted)
        {
            Recordings = recordings,
            Lines = drafts.ToDictionary(draft => draft.File.Name, draft => draft.File.Lines),
        };
    }

    private static LoadedInstrument? Compile(InstrumentDraft draft, FaultList faults)
    {
        SharedFiles.Report(draft.File, draft.Shared.InstrumentSchema, faults);
        InstrumentChecks.Check(draft);
        var bundle = BundleMaker.Make(draft.File, draft.Shared, faults);
        if (faults.Has(draft.File.Name))
        {
            return null;
        }

        var (instrument, found) = InstrumentReader.Read(bundle);
        foreach (var fault in found)
        {
            faults.Add(draft.File, fault.Pointer, fault.Code, fault.Text);
        }

        return instrument;
    }

    private static IEnumerable<string> Names(string folder)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true };
        var below = Directory.EnumerateDirectories(folder, "*", options).Select(path => Path.GetFileName(path))
            .Where(name => !NotInstruments.Contains(name))
            .SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder, name), "*.json", options).Select(path => $"{name}/{Path.GetFileName(path)}"));
        // A file that lies loose in the folder is read too: it gets the fault that says where it belongs.
        var loose = Directory.EnumerateFiles(folder, "*.json", options).Select(path => Path.GetFileName(path))
            .Where(name => name is not (SharedFiles.InstrumentSchemaName or SharedFiles.ScaleSchemaName));
        return below.Concat(loose).Order(StringComparer.Ordinal);
    }

    private static void CheckVersionsOnce(List<InstrumentDraft> drafts)
    {
        foreach (var same in drafts.GroupBy(draft => (draft.Cv.Text("id"), draft.Cv.Text("version"))).Where(group => group.Key.Item1 is not null && group.Count() > 1))
        {
            // The file with the right name keeps the version; the others are named.
            var right = same.FirstOrDefault(draft => draft.File.Name == $"{same.Key.Item1}/{same.Key.Item1}-{same.Key.Item2}.json");
            foreach (var draft in same.Where(draft => draft != right))
            {
                draft.Fault("/cv/version", "duplicate-version", $"Another file is version {same.Key.Item2} of {same.Key.Item1} too; give this one its own version or remove it.");
            }
        }
    }
}
