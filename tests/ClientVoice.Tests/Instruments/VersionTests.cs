using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Checks;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Tests.Instruments;

/// <summary>A version number is a promise about the versions before it.</summary>
internal sealed class VersionTests
{
    private const string Minor = "talk/talk-1.1.json";

    private InstrumentFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new InstrumentFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void AMinorVersionMayAddQuestionsAndChangeWords()
    {
        folder.Add("talk", "1.1", i =>
        {
            i["properties"]!["home"]!["cv"]!["text"]!["nl"] = "Hoe is het waar je woont?";
            AddQuestion(i, "food");
        });

        Assert.That(Checked().Faults, Is.Empty);
    }

    [Test]
    public void AMinorVersionThatDropsAQuestionIsRefusedByTheNameOfTheQuestion()
    {
        folder.Add("talk", "1.1", i =>
        {
            i["properties"]!.AsObject().Remove("people");
            i["cv"]!["sections"]![1]!["questions"]!.AsArray().RemoveAt(0);
        });

        IsFault(Minor, "minor-not-comparable", "'people'", "\"properties\"");
    }

    [TestCase("""{ "oneOf": [ { "const": "yes", "cv": { "text": { "nl": "Ja", "en": "Yes" }, "score": 100 } }, { "const": "no", "cv": { "text": { "nl": "Nee", "en": "No" }, "score": 0 } } ] }""", TestName = "AMinorVersionWithOtherOptionsIsRefused")]
    [TestCase("""{ "oneOf": [ { "const": "good", "cv": { "text": { "nl": "Goed", "en": "Good" }, "score": 100 } }, { "const": "so-so", "cv": { "text": { "nl": "Gaat wel", "en": "So-so" }, "score": 60 } }, { "const": "bad", "cv": { "text": { "nl": "Slecht", "en": "Bad" }, "score": 0 } } ] }""", TestName = "AMinorVersionWithOtherScoresIsRefused")]
    [TestCase("""{ "type": "integer", "minimum": 1, "maximum": 10 }""", TestName = "AMinorVersionWithAnotherKindOfAnswerIsRefused")]
    public void AMinorVersionKeepsTheAnswers(string answers)
    {
        folder.Add("talk", "1.1", i =>
        {
            var home = JsonNode.Parse(answers)!.AsObject();
            home["cv"] = i["properties"]!["home"]!["cv"]!.DeepClone();
            home["cv"]!["present"] = "words";
            home["cv"]!["scoreRange"] = JsonNode.Parse("""{ "from": 1, "to": 10 }""");
            i["properties"]!["home"] = home;
            i["properties"]!["garden"]!["cv"]!.AsObject().Remove("visibleWhen");
        });

        IsFault(Minor, "minor-not-comparable", "'home'", "\"home\"");
    }

    [Test]
    public void AMinorVersionThatTurnsAFigureAroundIsRefused()
    {
        folder.Add("talk", "1.1", i => i["properties"]!["noise"]!["cv"]!["reversed"] = false);

        IsFault(Minor, "minor-not-comparable", "'noise'", "\"noise\"");
    }

    [Test]
    public void TheOrderOfOptionsAndTheWordsOnThemAreNoBreak()
    {
        folder.Add("talk", "1.1", i => i["properties"]!["home-wish"]!["oneOf"] = JsonNode.Parse(
            """[ { "const": "change", "cv": { "text": { "nl": "Moet anders", "en": "Must change" } } }, { "const": "stay", "cv": { "text": { "nl": "Zo laten", "en": "Stay" } } } ]"""));

        Assert.That(Checked().Faults, Is.Empty);
    }

    [Test]
    public void AMajorVersionMayChangeEverything()
    {
        folder.Add("talk", "2.0", i =>
        {
            i["properties"]!["noise"]!["cv"]!["reversed"] = false;
            i["properties"]!.AsObject().Remove("people");
            i["cv"]!["sections"]![1]!["questions"]!.AsArray().RemoveAt(0);
        });

        Assert.That(Checked().Faults, Is.Empty);
    }

    [Test]
    public void AMinorVersionIsComparedWithTheNearestOneBeforeThatHolds()
    {
        folder.Add("talk", "1.1", i => i["properties"]!["noise"]!["cv"]!["reversed"] = false);
        folder.Add("talk", "1.2");

        Assert.That(Checked().Faults.Select(fault => fault.File), Is.EqualTo(new[] { Minor }), "1.2 goes on from 1.0");
        Assert.That(Checked().Files.Select(pair => pair.Instrument.Key.Version), Is.EqualTo(new[] { "1.0", "1.2" }));
    }

    [TestCase("people", "home", true, TestName = "ComparableWithMayNameAQuestionOfAnEarlierVersion")]
    [TestCase("food", "home", true, TestName = "ComparableWithMayNameAnotherQuestionOfTheInstrument")]
    [TestCase("home", "home", true, TestName = "ComparableWithMayNameTheSameQuestionInAnEarlierVersion")]
    [TestCase("food", "food", false, TestName = "ComparableWithMayNotNameANewQuestionItself")]
    [TestCase("food", "ghost", false, TestName = "ComparableWithMayNotNameAQuestionThatNeverWas")]
    public void ComparableWithNamesAQuestionThatIsThere(string question, string comparableWith, bool allowed)
    {
        folder.Add("talk", "2.0", i =>
        {
            AddQuestion(i, "food");
            i["properties"]![question]!["cv"]!["comparableWith"] = comparableWith;
        });

        if (allowed)
        {
            Assert.That(Checked().Faults, Is.Empty);
        }
        else
        {
            IsFault("talk/talk-2.0.json", "comparable-with-unknown", $"'{comparableWith}'", "comparableWith");
        }
    }

    [Test]
    public void TheCheckOfOneFileSeesTheVersionsBesideIt()
    {
        var path = folder.Add("talk", "1.1", i => i["properties"]!["noise"]!["cv"]!["reversed"] = false);
        using var output = new StringWriter();

        Assert.That(InstrumentChecker.Check([path], output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain(": minor-not-comparable: Question 'noise'"));
    }

    [Test]
    public void DifferencesBetweenVersionsAreListedOneByOne()
    {
        var before = folder.Only();
        folder.Remove("talk/talk-1.0.json");
        folder.Add("talk", "2.0", i =>
        {
            i["properties"]!["home"]!["cv"]!["text"]!["nl"] = "Hoe is het waar je woont?";
            i["properties"]!["home-wish"]!["oneOf"]![1]!["cv"]!["text"]!["nl"] = "Moet anders";
            i["properties"]!.AsObject().Remove("people");
            AddQuestion(i, "neighbours");
            i["properties"]!["neighbours"]!["cv"]!["comparableWith"] = "people";
            i["cv"]!["sections"]![1]!["questions"]!.AsArray().RemoveAt(1);
            i["cv"]!["scoring"]!["domains"]![0]!["maxMissing"] = 2;
        });

        var changes = VersionComparison.Between(before, folder.Only());

        Assert.That(changes.Select(change => (change.Kind, change.Id, change.Before?.Nl, change.After?.Nl, change.ComparableWith)), Is.EqualTo(new[]
        {
            (ChangeKind.TextChanged, "home", "Hoe woon je?", "Hoe is het waar je woont?", null),
            (ChangeKind.OptionsChanged, "home-wish", "Zo laten, Anders", "Zo laten, Moet anders", null),
            (ChangeKind.Added, "neighbours", null, "Hoe is dat?", "people"),
            (ChangeKind.Removed, "people", "Hoe zijn de mensen?", null, null),
            (ChangeKind.ScoringChanged, "home", "Wonen", "Wonen", (string?)null),
        }));
    }

    [Test]
    public void TheSameVersionTwiceHasNoDifferences()
    {
        var talk = folder.Only();

        Assert.That(VersionComparison.Between(talk, talk), Is.Empty);
    }

    private FolderContent Checked() => VersionRules.Apply(folder.Read(), []);

    private void IsFault(string file, string code, string names, string line)
    {
        var content = Checked();
        Assert.That(content.Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { (file, code) }), string.Join('\n', content.Faults));
        Assert.That(content.Faults[0].Text, Does.Contain(names));
        Assert.That(File.ReadAllLines(Path.Combine(folder.Path, file))[content.Faults[0].Line - 1], Does.Contain(line), "the line is the one to look at");
        Assert.That(content.Files.Select(pair => pair.Instrument.Key.Version), Is.EqualTo(new[] { "1.0" }), "only the faulty version is left out");
    }

    private static void AddQuestion(JsonObject instrument, string id)
    {
        instrument["properties"]![id] = JsonNode.Parse("""{ "$ref": "../scales/three.json", "cv": { "text": { "nl": "Hoe is dat?", "en": "How is that?" }, "domain": "support" } }""");
        instrument["cv"]!["sections"]![1]!["questions"]!.AsArray().Insert(0, id);
    }
}
