// A bundle is a standard compound document: the instrument with every scale it refers to under $defs, each
// still with its own $id, so that the references stay as they were written.
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>Makes the document that is served, stored and hashed.</summary>
internal static class BundleMaker
{
    // Compact, members in the order of the file: the same content always gives the same bytes, and a file that
    // was only indented anew keeps its hash.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 80 };

    /// <summary>The bundle of an instrument file, UTF-8; references that lead nowhere are reported.</summary>
    public static byte[] Make(JsonFile file, SharedFiles shared, FaultList faults)
    {
        var scales = new SortedDictionary<string, ScaleFile>(StringComparer.Ordinal);
        Collect(file, file.Root, "", shared, scales, faults);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Form))
        {
            Write(writer, file.Root, scales.Values);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement root, IReadOnlyCollection<ScaleFile> scales)
    {
        writer.WriteStartObject();
        foreach (var member in root.Members().Where(member => member.Name != "$defs"))
        {
            member.WriteTo(writer);
        }

        if (scales.Count > 0 || root.Member("$defs") is not null)
        {
            writer.WriteStartObject("$defs");
            foreach (var own in root.Members("$defs").Where(own => scales.All(scale => scale.Key != own.Name)))
            {
                own.WriteTo(writer);
            }

            foreach (var scale in scales)
            {
                writer.WritePropertyName(scale.Key);
                scale.File.Root.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Collect(
        JsonFile file, JsonElement element, string pointer, SharedFiles shared, SortedDictionary<string, ScaleFile> scales, FaultList faults)
    {
        foreach (var member in element.Members())
        {
            var at = $"{pointer}/{JsonPointer.Escape(member.Name)}";
            // Under a const, an enum or the texts of cv a $ref would be just a word.
            if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String)
            {
                CollectReference(file, member.Value.GetString()!, at, shared, scales, faults);
            }
            else if (member.Name is not ("const" or "enum"))
            {
                Collect(file, member.Value, at, shared, scales, faults);
            }
        }

        foreach (var (index, item) in element.Items().Index())
        {
            Collect(file, item, $"{pointer}/{index}", shared, scales, faults);
        }
    }

    private static void CollectReference(
        JsonFile file, string reference, string pointer, SharedFiles shared, SortedDictionary<string, ScaleFile> scales, FaultList faults)
    {
        var (uri, _) = SchemaUri.Split(reference);
        if (uri.Length == 0)
        {
            return;
        }

        var absolute = SchemaUri.Resolve(file.Root.Text("$id") ?? "", uri);
        var scale = absolute is null ? null : shared.Scale(absolute);
        if (scale is null)
        {
            faults.Add(file, pointer, "reference-missing", $"'{reference}' leads to no file in the folder scales; correct the reference or add that file.");
        }
        else if (scale.IsFaulty)
        {
            faults.Add(file, pointer, "reference-missing", $"'{reference}' leads to a scale with faults of its own; correct {scale.File.Name} first.");
        }
        else if (scales.TryAdd(scale.Key, scale))
        {
            Collect(scale.File, scale.File.Root, "", shared, scales, faults);
        }
    }
}
