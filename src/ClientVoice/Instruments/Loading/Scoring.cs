// A domain's score is a weighted mean of scores, and nothing else: whoever asks what a figure means can be
// shown every answer that is in it.
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClientVoice.Instruments.Loading;

/// <summary>Turns answers into scores.</summary>
internal sealed class Scoring(IReadOnlyDictionary<string, AnswerReader> readers, IReadOnlyList<DomainRule> rules, LoadedConditions conditions)
{
    private readonly (DomainRule Rule, Scored[] Questions)[] domains =
        [.. rules.Select(rule => (rule, rule.Questions.Select(question => new Scored(question, Encoding.UTF8.GetBytes(question.QuestionId), readers[question.QuestionId])).ToArray()))];

    /// <summary>The score of every domain.</summary>
    public IReadOnlyList<DomainResult> Score(JsonElement answers)
    {
        var results = new DomainResult[domains.Length];
        for (var index = 0; index < domains.Length; index++)
        {
            var (rule, questions) = domains[index];
            var counts = new Counted[questions.Length];
            for (var place = 0; place < questions.Length; place++)
            {
                counts[place] = Look(questions[place], answers).Counted;
            }

            results[index] = Result(rule, questions, counts);
        }

        return results;
    }

    /// <summary>Every domain with all that went into it.</summary>
    public IReadOnlyList<DomainTrace> Explain(JsonElement answers) => [.. domains.Select(domain => Explain(domain.Rule, domain.Questions, answers))];

    private DomainTrace Explain(DomainRule rule, Scored[] questions, JsonElement answers)
    {
        var looked = questions.Select(question => Look(question, answers)).ToArray();
        return new DomainTrace(Result(rule, questions, [.. looked.Select(one => one.Counted)]), rule.MaxMissing, [.. questions.Zip(looked, Step)]);
    }

    private (Counted Counted, JsonElement Answer) Look(Scored question, JsonElement answers)
    {
        if (!conditions.IsVisible(question.Of.QuestionId, answers))
        {
            return (new Counted(Why.Hidden, 0), default);
        }

        return answers.ValueKind != JsonValueKind.Object || !answers.TryGetProperty(question.Name, out var given) ? (new Counted(Why.NotAnswered, 0), default)
            : question.Reader.Score(given) is { } score ? (new Counted(Why.Counted, score), given)
            : (new Counted(Why.NoScore, 0), given);
    }

    private static ScoreStep Step(Scored question, (Counted Counted, JsonElement Answer) looked)
    {
        var row = looked.Answer.ValueKind != JsonValueKind.Undefined && question.Reader.Read(looked.Answer) is [var first, ..] ? first : null;
        return new ScoreStep(
            question.Of.QuestionId,
            row?.OptionCode ?? row?.Number?.ToString(CultureInfo.InvariantCulture),
            looked.Counted.Why == Why.Counted ? looked.Counted.Score : null,
            question.Of.Weight,
            question.Reader.Reversed,
            looked.Counted.Why == Why.Counted,
            looked.Counted.Why switch
            {
                Why.Counted => "counted",
                Why.Hidden => "hidden",
                Why.NotAnswered => "not-answered",
                Why.NoScore => "no-score",
            });
    }

    // Weights are compared with the heaviest, so that no sum of them can grow beyond a double.
    private static DomainResult Result(DomainRule rule, Scored[] questions, Counted[] counts)
    {
        var (counted, missing, heaviest, lowest, highest) = (0, 0, 0.0, double.MaxValue, double.MinValue);
        for (var place = 0; place < counts.Length; place++)
        {
            missing += counts[place].Why is Why.NotAnswered or Why.NoScore ? 1 : 0;
            if (counts[place].Why == Why.Counted)
            {
                counted++;
                heaviest = Math.Max(heaviest, questions[place].Of.Weight);
                lowest = Math.Min(lowest, counts[place].Score);
                highest = Math.Max(highest, counts[place].Score);
            }
        }

        if (counted == 0 || missing > rule.MaxMissing)
        {
            return new DomainResult(rule.DomainId, null, counted, missing);
        }

        var (sum, weights) = (0.0, 0.0);
        for (var place = 0; place < counts.Length; place++)
        {
            if (counts[place].Why == Why.Counted)
            {
                sum += counts[place].Score * (questions[place].Of.Weight / heaviest);
                weights += questions[place].Of.Weight / heaviest;
            }
        }

        // Rounding must not carry a mean beyond what it is a mean of.
        return new DomainResult(rule.DomainId, Math.Clamp(sum / weights, lowest, highest), counted, missing);
    }

    private enum Why
    {
        Counted,
        Hidden,
        NotAnswered,
        NoScore,
    }

    private readonly record struct Counted(Why Why, double Score);

    private sealed record Scored(WeightedQuestion Of, byte[] Name, AnswerReader Reader);
}
