using System.Text.Json;
using ClientVoice.Instruments.Schema;
using ClientVoice.Shell;

namespace ClientVoice.Instruments.Loading;

/// <summary>How a question is answered, taken from its schema and the scale that it refers to.</summary>
/// <param name="Options">For one or several choices; with the scores as the scale has them.</param>
/// <param name="ScoreFrom">For a number: what scores 0.</param>
/// <param name="ScoreTo">For a number: what scores 100.</param>
internal sealed record AnswerForm(AnswerKind Kind, IReadOnlyList<Option> Options, double? ScoreFrom, double? ScoreTo)
{
    private static readonly Option[] TrueAndFalse = [new("true", new LocalText("Ja", "Yes"), null), new("false", new LocalText("Nee", "No"), null)];

    /// <summary>For a number: the lowest that is valid.</summary>
    public double? Minimum { get; init; }

    /// <summary>For a number: the highest that is valid.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether an answer can have a score. Several choices never have one.</summary>
    public bool IsScored => Kind switch
    {
        AnswerKind.Choice => Options.Any(option => option.Score is not null),
        AnswerKind.Number => ScoreFrom is not null && ScoreTo is not null && ScoreFrom.Value != ScoreTo.Value,
        AnswerKind.Choices or AnswerKind.Text => false,
    };

    /// <summary>Reads a question; null where it is none of the forms that exist.</summary>
    /// <param name="scale">The scale with an absolute <c>$id</c>, or null.</param>
    public static AnswerForm? Of(JsonElement question, string baseUri, Func<string, JsonElement?> scale)
    {
        if (question.Text("$ref") is { } reference)
        {
            return SchemaUri.Resolve(baseUri, SchemaUri.Split(reference).Uri) is { } uri && scale(uri) is { } target
                ? OfPlain(target, target.Member("cv"))
                : null;
        }

        if (question.Text("type") == "array")
        {
            return question.Member("items") is { } items && Of(items, baseUri, scale) is { Kind: AnswerKind.Choice } one
                ? one with { Kind = AnswerKind.Choices }
                : null;
        }

        return OfPlain(question, question.Member("cv"));
    }

    private static AnswerForm? OfPlain(JsonElement schema, JsonElement? cv)
    {
        if (schema.Member("oneOf") is { } oneOf)
        {
            return new AnswerForm(AnswerKind.Choice, [.. oneOf.Items().Select(OptionOf).OfType<Option>()], null, null);
        }

        var range = cv.Member("scoreRange");
        return schema.Text("type") switch
        {
            "string" => new AnswerForm(AnswerKind.Text, [], null, null),
            "integer" or "number" => new AnswerForm(AnswerKind.Number, [], range?.Number("from"), range?.Number("to"))
            {
                Minimum = schema.Number("minimum"), Maximum = schema.Number("maximum"),
            },
            "boolean" => new AnswerForm(AnswerKind.Choice, TrueAndFalse, null, null),
            _ => null,
        };
    }

    private static Option? OptionOf(JsonElement option) =>
        option.Text("const") is { } code && option.Member("cv") is { } cv
            ? new Option(code, cv.LocalText("text") ?? new LocalText(code, null), cv.Number("score")) { Picture = cv.Text("picture") }
            : null;
}
