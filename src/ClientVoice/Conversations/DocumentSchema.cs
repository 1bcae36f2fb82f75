using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Conversations;

/// <summary>The schema of a document that a tablet sends, compiled once.</summary>
/// <param name="resource">The embedded file.</param>
internal abstract class DocumentSchema(string resource)
{
    private readonly CompiledSchema schema = Compile(resource);

    /// <summary>Why a document is not one of this kind; empty where it is one.</summary>
    public IReadOnlyList<SchemaError> Faults(JsonElement document) => schema.Validate(document);

    private static CompiledSchema Compile(string resource)
    {
        using var stream = typeof(DocumentSchema).Assembly.GetManifestResourceStream(resource)!;
        using var json = JsonDocument.Parse(stream);
        var made = new SchemaCompiler().Compile("https://clientvoice.example/" + resource, json.RootElement);
        return made.Schema ?? throw new InvalidOperationException($"{resource} does not compile: {made.Faults[0].Text}");
    }
}

/// <summary>Of a conversation about a client.</summary>
internal sealed class ConversationSchema() : DocumentSchema("conversation.schema.json");

/// <summary>Of a reflection about a place.</summary>
internal sealed class ReflectionSchema() : DocumentSchema("reflection.schema.json");

/// <summary>Of a talk in which views of a client were laid side by side.</summary>
internal sealed class SideBySideSchema() : DocumentSchema("side-by-side.schema.json");
