using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Conversations;

/// <summary>The schema of a conversation document, compiled once.</summary>
internal sealed class ConversationSchema
{
    private readonly CompiledSchema schema = Compile();

    /// <summary>Why a document is not a conversation document; empty where it is one.</summary>
    public IReadOnlyList<SchemaError> Faults(JsonElement document) => schema.Validate(document);

    private static CompiledSchema Compile()
    {
        using var stream = typeof(ConversationSchema).Assembly.GetManifestResourceStream("conversation.schema.json")!;
        using var json = JsonDocument.Parse(stream);
        var made = new SchemaCompiler().Compile("https://clientvoice.example/conversation.schema.json", json.RootElement);
        return made.Schema ?? throw new InvalidOperationException("The conversation schema does not compile: " + made.Faults[0].Text);
    }
}
