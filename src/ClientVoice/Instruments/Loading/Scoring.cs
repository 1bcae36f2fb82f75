// A domain's score is a weighted mean of scores, and nothing else: whoever asks what a figure means can be
// shown every answer that is in it.
using System.Globalization;
using System.Text.Json;

namespace ClientVoice.Instruments.Loading;

/// <summary>Turns answers into scores.</summary>
internal sealed class Scoring(IReadOnlyDictionary<string, AnswerReader> readers, IReadOnlyList<DomainRule> rules, LoadedConditions conditions)
{
    /// <summary>Every domain with all that went into it.</summary>
    public IReadOnlyList<DomainTrace> Explain(JsonElement answers) => [.. rules.Select(rule => Explain(rule, answers))];

    private DomainTrace Explain(DomainRule rule, JsonElement answers)
    {
        var steps = rule.Questions.Select(question => Step(question, answers)).ToList();
        var counted = steps.Where(step => step.Counted).ToList();
        var missing = steps.Count(step => step.Why is "not-answered" or "no-score");
        var score = counted.Count == 0 || missing > rule.MaxMissing ? null : (double?)Mean(counted);
        return new DomainTrace(new DomainResult(rule.DomainId, score, counted.Count, missing), rule.MaxMissing, steps);
    }

    private ScoreStep Step(WeightedQuestion question, JsonElement answers)
    {
        var reader = readers[question.QuestionId];
        ScoreStep Make(string? answer, double? score, string why) =>
            new(question.QuestionId, answer, score, question.Weight, reader.Reversed, why == "counted", why);

        var answer = answers.Member(question.QuestionId);
        if (!conditions.IsVisible(question.QuestionId, answers))
        {
            return Make(null, null, "hidden");
        }

        if (answer is not { } given)
        {
            return Make(null, null, "not-answered");
        }

        var row = reader.Read(given) is [var first, ..] ? first : null;
        var text = row?.OptionCode ?? row?.Number?.ToString(CultureInfo.InvariantCulture);
        return Make(text, row?.Score, row?.Score is null ? "no-score" : "counted");
    }

    private static double Mean(List<ScoreStep> counted)
    {
        // Weights are compared with the heaviest, so that no sum of them can grow beyond a double.
        var heaviest = counted.Max(step => step.Weight);
        var mean = counted.Sum(step => step.Score!.Value * (step.Weight / heaviest)) / counted.Sum(step => step.Weight / heaviest);
        // Rounding must not carry a mean beyond what it is a mean of.
        return Math.Clamp(mean, counted.Min(step => step.Score!.Value), counted.Max(step => step.Score!.Value));
    }
}
