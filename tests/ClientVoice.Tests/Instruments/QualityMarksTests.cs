using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;

namespace ClientVoice.Tests.Instruments;

/// <summary>What the answers say about the answering.</summary>
internal sealed class QualityMarksTests
{
    private static readonly Instrument Talk = Load();

    [TestCase("""{ "check": "sad" }""", ExpectedResult = "", TestName = "ACheckThatShowsUnderstandingIsNoMark")]
    [TestCase("""{ "check": "glad" }""", ExpectedResult = QualityMarks.CheckFailed, TestName = "ACheckAnsweredOtherwiseIsAMark")]
    [TestCase("""{ "q1": "yes" }""", ExpectedResult = "", TestName = "ACheckThatWasPassedOverIsNoMark")]
    [TestCase("""{ "quiet": "yes", "noise": "yes" }""", ExpectedResult = QualityMarks.AgreesWithOpposites, TestName = "YesToBothOfAPairIsAMark")]
    [TestCase("""{ "quiet": "yes", "noise": "no" }""", ExpectedResult = "", TestName = "YesToOneOfAPairIsNoMark")]
    [TestCase("""{ "quiet": "no", "noise": "no" }""", ExpectedResult = "", TestName = "NoToBothOfAPairIsNotSayingYes")]
    [TestCase("""{ "quiet": "bit", "noise": "bit" }""", ExpectedResult = "", TestName = "TheMiddleIsNotAgreeing")]
    [TestCase("""{ "quiet": "yes" }""", ExpectedResult = "", TestName = "HalfAPairSaysNothing")]
    [TestCase("""{ "q1": "bit", "q2": "bit", "q3": "bit", "q4": "bit", "q5": "bit" }""", ExpectedResult = QualityMarks.AllTheSame, TestName = "FiveEqualAnswersAndNoOtherAreAMark")]
    [TestCase("""{ "q1": "bit", "q2": "bit", "q3": "bit", "q4": "bit" }""", ExpectedResult = "", TestName = "FourEqualAnswersAreTooFewToSayAnything")]
    [TestCase("""{ "q1": "bit", "q2": "bit", "q3": "bit", "q4": "bit", "q5": "yes" }""", ExpectedResult = "", TestName = "OneOtherAnswerIsEnough")]
    [TestCase("""{ "q1": "bit", "q2": "bit", "q3": "bit", "q4": "bit", "q5": "bit", "check": "sad", "closing": "Ja" }""", ExpectedResult = QualityMarks.AllTheSame, TestName = "ACheckAndFreeTextAreNotAmongTheEqualAnswers")]
    [TestCase("""{ "q1": "yes", "q2": "yes", "q3": "yes", "quiet": "yes", "noise": "yes" }""", ExpectedResult = QualityMarks.AgreesWithOpposites + " " + QualityMarks.AllTheSame, TestName = "EqualIsWhatWasTappedNotHowAReversedQuestionCounts")]
    [TestCase("{}", ExpectedResult = "", TestName = "NoAnswersNoMarks")]
    public string Marks(string answers) => string.Join(' ', QualityMarks.Of(Talk, Json(answers), new Dictionary<string, int>()));

    [TestCase(new[] { 1, 1, 1 }, ExpectedResult = true, TestName = "UnderTwoSecondsInTheMiddleIsTooFast")]
    [TestCase(new[] { 0, 1, 2, 9 }, ExpectedResult = true, TestName = "TheMedianOfAnEvenNumberIsBetweenTheMiddleTwo")]
    [TestCase(new[] { 1, 2, 90 }, ExpectedResult = false, TestName = "TwoSecondsIsNotTooFast")]
    [TestCase(new int[0], ExpectedResult = false, TestName = "WithoutSecondsNothingIsTooFast")]
    public bool TooFast(int[] seconds) => QualityMarks.Of(
        Talk, Json("""{ "q1": "yes", "q2": "no", "q3": "yes", "q4": "no" }"""), seconds.Index().ToDictionary(pair => $"q{pair.Index + 1}", pair => pair.Item)).Contains(QualityMarks.TooFast);

    [Test]
    public void AQuestionThatWasPassedOverQuicklyIsNotAnsweredTooFast() =>
        Assert.That(QualityMarks.Of(Talk, Json("""{ "q1": "yes" }"""), new Dictionary<string, int> { ["q1"] = 12, ["q2"] = 0, ["q3"] = 0 }), Is.Empty);

    private static Instrument Load()
    {
        using var folder = new InstrumentFolder();
        folder.Remove("talk/talk-1.0.json");
        folder.Add("marks", "1.0", instrument =>
        {
            var questions = new JsonObject();
            foreach (var id in (string[])["q1", "q2", "q3", "q4", "q5", "quiet", "noise"])
            {
                questions[id] = Choice("""{ "text": { "nl": "Vraag?", "en": "Question?" }, "domain": "support", "present": "words" }""", ("yes", 100), ("bit", 50), ("no", 0));
            }

            questions["noise"]!["cv"]!["reversed"] = true;
            questions["check"] = Choice("""{ "text": { "nl": "Wie is verdrietig?", "en": "Who is sad?" }, "role": "comprehension-check", "present": "words" }""", ("glad", 0), ("sad", 100));
            questions["closing"] = instrument["properties"]!["closing"]!.DeepClone();
            instrument["properties"] = questions;
            var section = instrument["cv"]!["sections"]![0]!.DeepClone();
            section["questions"] = new JsonArray([.. questions.Select(question => (JsonNode)question.Key)]);
            instrument["cv"]!["sections"] = new JsonArray(section);
            instrument["cv"]!["scoring"]!["domains"] = new JsonArray();
            instrument["cv"]!["pairs"] = JsonNode.Parse("""[ { "question": "quiet", "reversed": "noise" } ]""");
        });
        return folder.Only();
    }

    private static JsonObject Choice(string cv, params (string Code, int Score)[] options) => new()
    {
        ["oneOf"] = new JsonArray([.. options.Select(option => JsonNode.Parse($$"""{ "const": "{{option.Code}}", "cv": { "text": { "nl": "{{option.Code}}", "en": "{{option.Code}}" }, "score": {{option.Score}} } }"""))]),
        ["cv"] = JsonNode.Parse(cv),
    };

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
