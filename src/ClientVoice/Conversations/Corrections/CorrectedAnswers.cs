// The form in which a team leader puts right what was tapped or typed wrongly: every question with what stands there now. Whether the
// whole is valid the instrument says, as it does for a conversation that comes in.
using System.Globalization;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;

namespace ClientVoice.Conversations.Corrections;

/// <summary>Puts what a form says into a document. Pure.</summary>
internal static class CorrectedAnswers
{
    /// <summary>The field with the answer to a question.</summary>
    public static string AnswerField(string question) => "answer-" + question;

    /// <summary>The field with the own words at a question.</summary>
    public static string WordsField(string question) => "words-" + question;

    /// <summary>The field of a pointer into a document; null where the form has none for it.</summary>
    public static string? FieldOf(string pointer) => pointer.Split('/') switch
    {
        ["", "answers", { Length: > 0 } question, ..] => AnswerField(question),
        ["", "words", { Length: > 0 } question, ..] => WordsField(question),
        _ => null,
    };

    /// <summary>A copy of a document with the answers and own words of a form. What the form leaves empty has no answer any more; what is answered is no longer passed over.</summary>
    /// <remarks>Faults are left with the form.</remarks>
    public static JsonObject Apply(JsonObject document, IReadOnlyList<Question> questions, Posted form, Language l)
    {
        var changed = document.DeepClone().AsObject();
        var (answers, words, passed) = (Member("answers"), Member("words"), Member("passed"));
        foreach (var question in questions)
        {
            Put(answers, question.Id, Answer(question, form, l));
            if (question.Kind != AnswerKind.Text)
            {
                Put(words, question.Id, Text(form, WordsField(question.Id)));
            }

            if (answers.ContainsKey(question.Id))
            {
                passed.Remove(question.Id);
            }
        }

        return changed;

        JsonObject Member(string name) => changed[name]!.AsObject();
    }

    /// <summary>The codes that are chosen in a document; empty where nothing is.</summary>
    public static IReadOnlyList<string> Chosen(JsonNode? answer) => answer switch
    {
        JsonArray several => [.. several.Select(Code).OfType<string>()],
        _ => Code(answer) is { } one ? [one] : [],
    };

    private static JsonValue? Text(Posted form, string field) =>
        (form.Raw(field) ?? "").ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? JsonValue.Create(text) : null;

    private static JsonNode? Answer(Question question, Posted form, Language l)
    {
        var field = AnswerField(question.Id);
        var codes = question.Options.Select(o => o.Code).ToList();
        switch (question.Kind)
        {
            case AnswerKind.Choices:
                return form.Many(field, codes) is { Count: > 0 } several ? new JsonArray([.. several.Select(Value)]) : null;
            case AnswerKind.Text:
                return Text(form, field);
            case AnswerKind.Number when (form.Raw(field) ?? "").Trim() is { Length: > 0 } typed:
                if (typed.Length < 20 && decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    return JsonValue.Create(number);
                }

                form.Fault(field, l["Dit moet een getal zijn.", "This must be a number."]);
                return null;
            default:
                return form.Choice(field, codes.ToDictionary(c => c), null) is { } one ? Value(one) : null;
        }

        // A question of yes or no is kept as such, and not as the word.
        JsonNode Value(string code) => (code, codes) switch
        {
            ("true", ["true", "false"] or ["false", "true"]) => JsonValue.Create(true),
            ("false", ["true", "false"] or ["false", "true"]) => JsonValue.Create(false),
            _ => JsonValue.Create(code),
        };
    }

    // What stays as it is stays to the letter: the same answer must not become another way of writing it.
    private static void Put(JsonObject members, string name, JsonNode? value)
    {
        if (value is null)
        {
            members.Remove(name);
        }
        else if (!JsonNode.DeepEquals(value, members[name]))
        {
            members[name] = value;
        }
    }

    private static string? Code(JsonNode? answer) => answer?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => answer.GetValue<string>(),
        System.Text.Json.JsonValueKind.True => "true",
        System.Text.Json.JsonValueKind.False => "false",
        System.Text.Json.JsonValueKind.Number => answer.ToJsonString(),
        _ => null,
    };
}
