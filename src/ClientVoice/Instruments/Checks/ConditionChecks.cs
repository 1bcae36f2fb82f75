using System.Text.Json;
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Checks;

/// <summary><c>visibleWhen</c> looks back only, and can come true.</summary>
internal static class ConditionChecks
{
    public static void Check(InstrumentDraft draft)
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in draft.Order.Select(id => draft.Questions[id]))
        {
            if (question.Cv.Member("visibleWhen") is { } condition)
            {
                var at = question.Pointer + "/cv/visibleWhen";
                CheckNames(draft, condition, at, earlier);
                CheckReachable(draft, question, condition, at);
                foreach (var fault in new SchemaCompiler().Compile(LoadedConditions.Uri, condition).Faults)
                {
                    draft.Fault(at + fault.Pointer, fault.Code, fault.Text);
                }
            }

            earlier.Add(question.Id);
        }
    }

    private static void CheckNames(InstrumentDraft draft, JsonElement condition, string at, HashSet<string> earlier)
    {
        foreach (var name in ConditionReader.Names(condition).Distinct().Where(name => !earlier.Contains(name)))
        {
            draft.Fault(at, "visible-when-later", draft.Questions.ContainsKey(name)
                ? $"visibleWhen depends on '{name}', which is not asked before; move that question forward or change the condition."
                : $"visibleWhen depends on '{name}', which is no question here; correct the id.");
        }
    }

    private static void CheckReachable(InstrumentDraft draft, DraftQuestion question, JsonElement condition, string at)
    {
        if (condition.ValueKind == JsonValueKind.False)
        {
            draft.Fault(at, "question-unreachable", $"visibleWhen is false, so '{question.Id}' is never shown; remove the condition or the question.");
        }

        foreach (var all in condition.Items("allOf"))
        {
            CheckReachable(draft, question, all, at);
        }

        foreach (var member in condition.Members("properties"))
        {
            if (draft.Questions.GetValueOrDefault(member.Name)?.Form is { Kind: AnswerKind.Choice } form
                && form.Options.Count > 0
                && Wanted(member.Value) is { } wanted
                && !wanted.Any(value => form.Options.Any(option => Matches(option, value))))
            {
                draft.Fault(at, "question-unreachable", $"visibleWhen asks '{member.Name}' for an answer that is none of its options, so '{question.Id}' is never shown; correct the answer.");
            }
        }
    }

    private static List<JsonElement>? Wanted(JsonElement condition) =>
        condition.Member("const") is { } one ? [one] : condition.Member("enum") is { } several ? [.. several.Items()] : null;

    private static bool Matches(Option option, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => option.Code == value.GetString(),
        JsonValueKind.True => option.Code == "true",
        JsonValueKind.False => option.Code == "false",
        _ => false,
    };
}
