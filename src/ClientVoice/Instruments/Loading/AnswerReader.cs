using System.Text;
using System.Text.Json;

namespace ClientVoice.Instruments.Loading;

/// <summary>Reads the answers to one question as typed rows.</summary>
internal sealed class AnswerReader(string questionId, AnswerForm form, bool reversed)
{
    private readonly Dictionary<string, Option> options = form.Options.DistinctBy(option => option.Code)
        .ToDictionary(option => option.Code, option => reversed ? option with { Score = 100 - option.Score } : option, StringComparer.Ordinal);

    // For scoring without reading: comparing bytes makes no strings.
    private readonly (byte[] Code, double? Score)[] scores =
        [.. form.Options.DistinctBy(option => option.Code).Select(option => (Encoding.UTF8.GetBytes(option.Code), reversed ? 100 - option.Score : option.Score))];

    public bool Reversed => reversed;

    public AnswerKind Kind => form.Kind;

    /// <summary>What a number can be; null for another form.</summary>
    public NumberRange? Range => form.Kind == AnswerKind.Number ? new NumberRange(form.Minimum, form.Maximum, form.ScoreFrom, form.ScoreTo) : null;

    /// <summary>In the order of the scale, with the scores as they count.</summary>
    public IReadOnlyList<Option> Options => [.. form.Options.Select(option => options[option.Code])];

    /// <summary>The rows of a valid answer; none for a value that the form does not know.</summary>
    public IReadOnlyList<TypedAnswer> Read(JsonElement answer) => form.Kind switch
    {
        AnswerKind.Choice => Code(answer) is { } code ? [Choice(0, code, options.GetValueOrDefault(code)?.Score)] : [],
        AnswerKind.Choices => [.. answer.Items().Select(Code).OfType<string>().Select((code, index) => Choice(index, code, null))],
        AnswerKind.Number => answer.ValueKind == JsonValueKind.Number ? [new TypedAnswer(questionId, 0, null, answer.AsNumber(), null, ScoreOf(answer.AsNumber()))] : [],
        AnswerKind.Text => answer.AsText() is { } text ? [new TypedAnswer(questionId, 0, null, null, text, null)] : [],
    };

    /// <summary>The score of a valid answer, the same as of the first of its rows; null where it has none.</summary>
    public double? Score(JsonElement answer)
    {
        if (form.Kind == AnswerKind.Number)
        {
            return ScoreOf(answer.AsNumber());
        }

        if (form.Kind != AnswerKind.Choice || answer.ValueKind != JsonValueKind.String)
        {
            return form.Kind == AnswerKind.Choice && Code(answer) is { } code ? options.GetValueOrDefault(code)?.Score : null;
        }

        foreach (var (code, score) in scores)
        {
            if (answer.ValueEquals(code))
            {
                return score;
            }
        }

        return null;
    }

    private TypedAnswer Choice(int position, string code, double? score) => new(questionId, position, code, null, null, score);

    private static string? Code(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => answer.AsText(),
    };

    private double? ScoreOf(double? number)
    {
        if (number is not { } value || !form.IsScored)
        {
            return null;
        }

        var (from, to) = (form.ScoreFrom!.Value, form.ScoreTo!.Value);
        var score = Math.Clamp((value - from) / (to - from) * 100, 0, 100);
        return reversed ? 100 - score : score;
    }
}
