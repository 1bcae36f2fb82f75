// What the instruments of a folder have in common: scales, pictures and the two meta-schemas.
using System.Text.Json;
using ClientVoice.Instruments.Checks;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>An answer scale of the folder.</summary>
/// <param name="File">The file.</param>
/// <param name="Id">Its <c>$id</c>.</param>
/// <param name="IsFaulty">Its faults are reported at the file; instruments that need it are left out.</param>
internal sealed record ScaleFile(JsonFile File, string Id, bool IsFaulty)
{
    /// <summary>Under which it stands in <c>$defs</c> of a bundle.</summary>
    public string Key => Path.GetFileName(File.Name);
}

/// <summary>The shared files of one instruments folder, read once.</summary>
internal sealed class SharedFiles
{
    public const string InstrumentSchemaName = "instrument.schema.json";
    public const string ScaleSchemaName = "scale.schema.json";

    private readonly Dictionary<string, ScaleFile> scales = new(StringComparer.Ordinal);

    private SharedFiles(SymbolLedger symbols, CompiledSchema? instrumentSchema)
    {
        Symbols = symbols;
        InstrumentSchema = instrumentSchema;
    }

    public SymbolLedger Symbols { get; }

    /// <summary>What an instrument file may contain; null where the folder does not say.</summary>
    public CompiledSchema? InstrumentSchema { get; }

    /// <summary>Reads the shared files; their own faults are added to <paramref name="faults"/>.</summary>
    public static SharedFiles Read(string folder, FaultList faults)
    {
        var shared = new SharedFiles(SymbolLedger.Read(folder, faults), MetaSchema(folder, InstrumentSchemaName, faults));
        var scaleSchema = MetaSchema(folder, ScaleSchemaName, faults);
        var scaleFolder = Path.Combine(folder, "scales");
        string[] paths = Directory.Exists(scaleFolder) ? Directory.GetFiles(scaleFolder, "*.json") : [];
        var files = paths.Order(StringComparer.Ordinal)
            .Select(path => JsonFile.Read(folder, "scales/" + Path.GetFileName(path), faults))
            .OfType<JsonFile>()
            .ToList();
        foreach (var file in files)
        {
            shared.AddScale(file, files, scaleSchema, faults);
        }

        return shared;
    }

    /// <summary>The scale with this <c>$id</c>, or null.</summary>
    public ScaleFile? Scale(string id) => scales.GetValueOrDefault(id);

    private void AddScale(JsonFile file, List<JsonFile> others, CompiledSchema? scaleSchema, FaultList faults)
    {
        var id = file.Root.Text("$id") ?? "";
        if (!id.EndsWith("/" + file.Name, StringComparison.Ordinal))
        {
            faults.Add(file, "/$id", "id-mismatch", $"$id must end with '{file.Name}', the place of the file.");
        }

        Report(file, scaleSchema, faults);
        ScaleChecks.Check(file, Symbols, faults);
        Compile(file, others, faults);
        if (!scales.TryAdd(id, new ScaleFile(file, id, faults.Has(file.Name))))
        {
            faults.Add(file, "/$id", "id-mismatch", "Another scale has this $id already; give each its own.");
        }
    }

    // A scale can refer to another; the fault of that one is reported at its own file.
    private static void Compile(JsonFile file, List<JsonFile> others, FaultList faults)
    {
        var uri = file.Root.Text("$id") ?? "urn:scale:" + file.Name;
        var compiler = new SchemaCompiler();
        foreach (var other in others.Where(other => other != file && other.Root.Text("$id") is not null))
        {
            compiler.Add(other.Root.Text("$id")!, other.Root);
        }

        foreach (var fault in compiler.Compile(uri, file.Root).Faults.Where(fault => fault.Document == uri))
        {
            faults.Add(file, fault.Pointer, fault.Code, fault.Text);
        }
    }

    /// <summary>Reports where a file is not as its meta-schema wants it.</summary>
    public static void Report(JsonFile file, CompiledSchema? schema, FaultList faults)
    {
        foreach (var error in schema?.Validate(file.Root) ?? [])
        {
            var where = error.InstancePointer.Length == 0 ? "the file" : error.InstancePointer;
            faults.Add(file, error.InstancePointer, "schema-not-valid", $"{error.Text} (at {where}, keyword {error.Keyword}; the meta-schema explains what belongs here.)");
        }
    }

    private static CompiledSchema? MetaSchema(string folder, string name, FaultList faults)
    {
        if (!File.Exists(Path.Combine(folder, name)) || JsonFile.Read(folder, name, faults) is not { } file)
        {
            return null;
        }

        var compiled = new SchemaCompiler().Compile("urn:meta-schema:" + name, file.Root);
        foreach (var fault in compiled.Faults)
        {
            faults.Add(file, fault.Pointer, fault.Code, fault.Text);
        }

        return compiled.Schema;
    }
}
