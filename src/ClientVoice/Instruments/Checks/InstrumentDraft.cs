using System.Text.Json;
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Checks;

/// <summary>A question of a file that is still being checked.</summary>
/// <param name="Pointer">Where it stands.</param>
/// <param name="Cv">Its annotations; an undefined element where it has none.</param>
/// <param name="Form">How it is answered, or null where that cannot be told.</param>
internal sealed record DraftQuestion(string Id, string Pointer, JsonElement Schema, JsonElement Cv, AnswerForm? Form);

/// <summary>An instrument file that is still being checked: what can be read of it, and where to put its faults.</summary>
internal sealed class InstrumentDraft
{
    private readonly FaultList faults;

    public InstrumentDraft(JsonFile file, SharedFiles shared, FaultList faults)
    {
        File = file;
        Shared = shared;
        this.faults = faults;
        Cv = file.Root.Member("cv") ?? default;
        var baseUri = file.Root.Text("$id") ?? "";
        Questions = file.Root.Members("properties").ToDictionary(
            member => member.Name,
            member => new DraftQuestion(
                member.Name,
                "/properties/" + JsonPointer.Escape(member.Name),
                member.Value,
                member.Value.Member("cv") ?? default,
                AnswerForm.Of(member.Value, baseUri, id => shared.Scale(id)?.File.Root)),
            StringComparer.Ordinal);
        Order = [.. Cv.Items("sections").SelectMany(section => section.Texts("questions")).Where(Questions.ContainsKey).Distinct()];
    }

    public JsonFile File { get; }

    public SharedFiles Shared { get; }

    /// <summary>The annotations of the instrument; undefined where there are none.</summary>
    public JsonElement Cv { get; }

    public IReadOnlyDictionary<string, DraftQuestion> Questions { get; }

    /// <summary>The questions that exist, in the order in which they are asked.</summary>
    public IReadOnlyList<string> Order { get; }

    public string? Kind => Cv.Text("kind");

    public string? Subject => Cv.Text("subject");

    /// <summary>The languages in which every text must be there.</summary>
    public IReadOnlyList<string> Languages => Cv.Texts("languages");

    /// <summary>The scale that a question, or each of its choices, refers to; null where it has none.</summary>
    public JsonElement? ScaleOf(DraftQuestion question)
    {
        var reference = question.Schema.Text("$ref") ?? (question.Schema.Member("items") ?? default).Text("$ref");
        return reference is not null && SchemaUri.Resolve(File.Root.Text("$id") ?? "", SchemaUri.Split(reference).Uri) is { } uri
            ? Shared.Scale(uri)?.File.Root
            : null;
    }

    public void Fault(string pointer, string code, string text) => faults.Add(File, pointer, code, text);
}
