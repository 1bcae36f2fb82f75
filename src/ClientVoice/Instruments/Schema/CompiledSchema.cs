using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>A schema of draft 2020-12, ready for use: immutable and safe for concurrent use.</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    /// <summary>Every failure; empty where the instance is valid. Never throws, whatever the instance.</summary>
    public IReadOnlyList<SchemaError> Validate(JsonElement instance)
    {
        if (Unreadable(instance) is { } error)
        {
            return [error];
        }

        var run = new Evaluation(collects: true);
        return root.Evaluate(instance, run, null, null) ? [] : run.Errors.Count > 0 ? run.Errors : [new SchemaError("", "false", root.Location, "Nothing is allowed here.")];
    }

    /// <summary>The verdict alone: ends at the first failure.</summary>
    public bool IsValid(JsonElement instance) =>
        Unreadable(instance) is null && root.Evaluate(instance, new Evaluation(collects: false), null, null);

    private SchemaError? Unreadable(JsonElement instance) =>
        instance.ValueKind == JsonValueKind.Undefined
            ? new SchemaError("", "evaluation", root.Location, "There is no value.")
            : !JsonValue.TextIsReadable(instance)
                ? new SchemaError("", "evaluation", root.Location, "A text is not valid Unicode.")
                : null;
}
