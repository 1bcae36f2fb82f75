// What the answers say about the answering (N26): a mark is a reason to look again, never a reason to change
// or leave out an answer.
using System.Text.Json;

namespace ClientVoice.Instruments;

/// <summary>Finds answer-quality marks. Pure.</summary>
internal static class QualityMarks
{
    /// <summary>A check question was answered otherwise than understanding would.</summary>
    public const string CheckFailed = "comprehension-check-failed";

    /// <summary>Two questions that mean the opposite were both agreed with.</summary>
    public const string AgreesWithOpposites = "agrees-with-opposites";

    /// <summary>Every scored answer is the same.</summary>
    public const string AllTheSame = "all-answers-the-same";

    /// <summary>The questions went by faster than anyone can hear and answer one.</summary>
    public const string TooFast = "too-fast";

    /// <summary>Every mark there is.</summary>
    public static readonly IReadOnlyList<string> All = [CheckFailed, AgreesWithOpposites, AllTheSame, TooFast];

    // High enough that a short list of equal answers is no sign, low enough to see it within one instrument.
    private const int FewestAlike = 5;

    // Hearing a short question and pointing at a face takes longer; a tap on the same place does not.
    private const double FastestSeconds = 2;

    // Above the middle of 0-100: agreeing, whatever the scale.
    private const double Middle = 50;

    /// <summary>The marks of a valid answers object, in the order of <see cref="All"/>; empty without any.</summary>
    /// <param name="seconds">How long questions were on the screen, where that is known.</param>
    public static IReadOnlyList<string> Of(Instrument instrument, JsonElement answers, IReadOnlyDictionary<string, int> seconds)
    {
        var questions = instrument.Questions.ToDictionary(question => question.Id);
        // Hidden answers have no score, so they are no sign of anything.
        var scored = instrument.Read(answers).Where(answer => answer.Score is not null).ToDictionary(answer => answer.QuestionId);
        return
        [
            .. scored.Values.Any(answer => questions[answer.QuestionId].Role == "comprehension-check" && !ShowsUnderstanding(questions[answer.QuestionId], answer)) ? [CheckFailed] : Array.Empty<string>(),
            .. instrument.Pairs.Any(pair => AsGiven(pair.Question) > Middle && AsGiven(pair.Reversed) > Middle) ? [AgreesWithOpposites] : Array.Empty<string>(),
            .. AreAllTheSame([.. scored.Keys.Where(id => questions[id].Role is null).Select(AsGiven)]) ? [AllTheSame] : Array.Empty<string>(),
            .. IsTooFast([.. seconds.Where(pair => answers.TryGetProperty(pair.Key, out _)).Select(pair => pair.Value).Order()]) ? [TooFast] : Array.Empty<string>(),
        ];

        // On the scale itself: what was tapped, before a reversed question is turned around.
        double? AsGiven(string id) => scored.TryGetValue(id, out var answer) ? questions[id].Reversed ? 100 - answer.Score : answer.Score : null;
    }

    private static bool ShowsUnderstanding(Question question, TypedAnswer answer) => answer.Score == question.Options.Max(option => option.Score);

    private static bool AreAllTheSame(IReadOnlyList<double?> scores) => scores.Count >= FewestAlike && scores.Distinct().Count() == 1;

    private static bool IsTooFast(IReadOnlyList<int> ascending) =>
        ascending.Count > 0 && (ascending[(ascending.Count - 1) / 2] + ascending[ascending.Count / 2]) / 2.0 < FastestSeconds;
}
