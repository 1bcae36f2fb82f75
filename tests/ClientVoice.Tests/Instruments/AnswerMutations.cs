using System.Text.Json.Nodes;
using ClientVoice.Instruments;

namespace ClientVoice.Tests.Instruments;

/// <summary>Makes answers that are almost right, the same for the same seed.</summary>
/// <remarks>Numbers stay within what JavaScript can hold exactly: a tablet can write no others.</remarks>
internal sealed class AnswerMutations(Instrument instrument, int seed)
{
    private static readonly string[] Numbers = ["0", "1", "10", "11", "-1", "5.5", "10.0", "1e1", "100e-1", "-0", "9007199254740991"];

    private static readonly string[] Texts = ["", " ", "ja", "true", "1", "null", "é", "👩‍👩‍👧", "a\nb", "\u0000", "__proto__", "constructor"];

    private static readonly string[] Roots = ["[]", "null", "true", "\"home\"", "1", "[{}]"];

    // A fixed seed is what makes a disagreement come back tomorrow.
    private readonly Random random = new(seed);

    private readonly List<string> codes = [.. instrument.Questions.SelectMany(question => question.Options).Select(option => option.Code).Distinct()];

    /// <summary>A whole conversation, mostly valid, with up to two things changed.</summary>
    public JsonNode? Next(JsonObject? example)
    {
        if (random.Next(50) == 0)
        {
            return JsonNode.Parse(Of(Roots));
        }

        var answers = example?.DeepClone().AsObject() ?? Answers();
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            Change(answers);
        }

        return answers;
    }

    private JsonObject Answers()
    {
        var answers = new JsonObject();
        foreach (var question in instrument.Questions.Where(_ => random.Next(3) > 0))
        {
            answers[question.Id] = Fitting(question);
        }

        return answers;
    }

    private void Change(JsonObject answers)
    {
        var question = instrument.Questions[random.Next(instrument.Questions.Count)];
        switch (random.Next(8))
        {
            case 0:
                answers.Remove(question.Id);
                break;
            case 1:
                answers[Of(["unknown", "Home", question.Id + "-x", "", "cv", "__proto__", "toString"])] = "x";
                break;
            case 2:
                answers[question.Id] = Fitting(instrument.Questions[random.Next(instrument.Questions.Count)]);
                break;
            case 3 or 4:
                answers[question.Id] = Fitting(question);
                break;
            default:
                answers[question.Id] = Anything(2);
                break;
        }
    }

    private JsonNode Fitting(Question question) => question.Kind switch
    {
        AnswerKind.Choice => JsonValue.Create(Of(question.Options).Code),
        AnswerKind.Choices => new JsonArray([.. question.Options.Where(_ => random.Next(2) == 0).Select(option => (JsonNode)option.Code)]),
        AnswerKind.Number => JsonNode.Parse(random.Next(1, 11).ToString(System.Globalization.CultureInfo.InvariantCulture))!,
        AnswerKind.Text => JsonValue.Create(Of(["Het gaat wel.", Long()])),
    };

    private JsonNode? Anything(int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(Of(Numbers)),
        3 => Of(Texts),
        4 => Of<string>(codes.Count == 0 ? Texts : codes),
        5 => Long(),
        6 => new JsonObject { [Of(Texts)] = Anything(depth - 1) },
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(depth - 1))]),
    };

    // Around the limit of free text, in letters of one and of two UTF-16 units: a character is a code point.
    private string Long() => string.Concat(Enumerable.Repeat(Of(["a", "é", "😀"]), 3999 + random.Next(4)));

    private T Of<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
