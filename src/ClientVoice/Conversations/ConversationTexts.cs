using System.Globalization;
using System.Text.Json;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Conversations;

/// <summary>What a conversation says in codes, in words.</summary>
internal static class ConversationTexts
{
    public static string Outcome(string code, Language l) => code switch
    {
        "finished" => l["afgerond", "finished"],
        "refused" => l["niet gewild", "refused"],
        "stopped" => l["eerder gestopt", "stopped early"],
        _ => code,
    };

    public static string Relation(string code, Language l) => code switch
    {
        "regular-worker" => l["vaste begeleider", "regular worker"],
        "other-worker" => l["andere begeleider", "another worker"],
        "interviewer" => l["interviewer", "interviewer"],
        "relative" => l["verwant", "relative"],
        "none" => l["geen relatie met de cliënt", "no relation to the client"],
        _ => code,
    };

    public static string Knows(string code, Language l) => code switch
    {
        "well" => l["kent de cliënt goed", "knows the client well"],
        "a-bit" => l["kent de cliënt een beetje", "knows the client a bit"],
        "hardly" => l["kent de cliënt nauwelijks", "hardly knows the client"],
        _ => code,
    };

    public static string Present(string code, Language l) => code switch
    {
        "client" => l["cliënt", "client"],
        "relative" => l["verwant", "relative"],
        "interpreter" => l["tolk", "interpreter"],
        "second-observer" => l["tweede observator", "second observer"],
        _ => code,
    };

    public static string AnswersBy(string code, Language l) => code switch
    {
        "speaking" => l["praten", "speaking"],
        "pointing" => l["aanwijzen", "pointing"],
        "pictures" => l["plaatjes", "pictures"],
        "with-help" => l["met hulp", "with help"],
        "observed" => l["gezien door wie keek", "seen by the observer"],
        _ => code,
    };

    public static string Who(string code, Language l) => code switch
    {
        "team" => l["het team samen", "the team together"],
        "client" => l["de cliënt zelf", "the client"],
        "worker" => l["begeleider", "support worker"],
        "relative" => l["verwant", "relative"],
        "other" => l["iemand anders", "somebody else"],
        _ => code,
    };

    /// <summary>What came of a point; null where that was not said yet.</summary>
    public static string Came(string? code, Language l) => code switch
    {
        "done" => l["gedaan", "done"],
        "partly" => l["deels gedaan", "partly done"],
        "not" => l["niet gedaan", "not done"],
        _ => l["loopt", "going on"],
    };

    public static string Mark(string code, Language l) => code switch
    {
        QualityMarks.CheckFailed => l["Een controlevraag is anders beantwoord dan bedoeld. Misschien past deze manier van vragen niet.", "A check question was answered otherwise than meant. Perhaps this way of asking does not fit."],
        QualityMarks.AgreesWithOpposites => l["Op twee vragen die elkaars tegendeel zijn, is allebei ja gezegd. Misschien is er uit vriendelijkheid ja gezegd.", "Two questions that mean the opposite were both answered with yes. Perhaps yes was said to be kind."],
        QualityMarks.AllTheSame => l["Alle antwoorden die tellen zijn hetzelfde.", "All answers that count are the same."],
        QualityMarks.TooFast => l["De vragen gingen snel voorbij: de helft in minder dan twee seconden.", "The questions went by fast: half of them in less than two seconds."],
        _ => code,
    };

    public static string Why(string code, Language l) => code switch
    {
        "hidden" => l["niet gevraagd na eerdere antwoorden, telt niet mee", "not asked after earlier answers, does not count"],
        "not-answered" => l["niet beantwoord", "not answered"],
        "no-score" => l["dit antwoord heeft geen punten", "this answer has no points"],
        _ => "",
    };

    /// <summary>An answer in the words that the client saw; null where there is none.</summary>
    public static string? Answer(Question? question, JsonElement answer, Language l) => answer.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join(", ", answer.EnumerateArray().Select(item => Answer(question, item, l))),
        JsonValueKind.String => Option(question, answer.GetString()!, l),
        JsonValueKind.True => Option(question, "true", l),
        JsonValueKind.False => Option(question, "false", l),
        JsonValueKind.Number => answer.TryGetDouble(out var number) ? number.ToString(l.Culture) : answer.GetRawText(),
        _ => answer.GetRawText(),
    };

    /// <summary>An answer as <see cref="ScoreStep"/> has it, in words.</summary>
    public static string? Answer(Question question, string? answer, Language l) => answer is null
        ? null
        : question.Kind == AnswerKind.Number && double.TryParse(answer, CultureInfo.InvariantCulture, out var number) ? number.ToString(l.Culture) : Option(question, answer, l);

    private static string Option(Question? question, string code, Language l) =>
        question?.Options.FirstOrDefault(option => option.Code == code) is { } option ? l[option.Text] : code;
}
