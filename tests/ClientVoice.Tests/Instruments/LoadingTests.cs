using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>From file to instrument: the bundle, the typed parts, validating and reading.</summary>
internal sealed class LoadingTests
{
    private InstrumentFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new InstrumentFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void TheBundleIsTheFileWithItsScalesUnderDefs()
    {
        folder.Write("tiny/tiny-1.0.json", $$"""
            {
              "$id": "{{InstrumentFolder.Uri}}tiny/tiny-1.0.json",
              "properties": { "how": { "$ref": "../scales/free-text.json", "cv": { "role": "closing", "text": { "nl": "Hoe is het, é?" } } } },
              "cv": { "id": "tiny", "version": "1.0", "kind": "reflection", "subject": "team", "title": { "nl": "Klein" }, "purpose": { "nl": "Klein." }, "languages": ["nl"],
                      "sections": [ { "id": "all", "title": { "nl": "Alles" }, "questions": ["how"] } ] }
            }
            """);

        var content = folder.Read();
        var tiny = content.Files.Single(file => file.File == "tiny/tiny-1.0.json").Instrument;

        Assert.That(content.Faults, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(tiny.Bundle.Span), Is.EqualTo(
            """
            {"$id":"https://clientvoice.example/instruments/tiny/tiny-1.0.json",
            "properties":{"how":{"$ref":"../scales/free-text.json","cv":{"role":"closing","text":{"nl":"Hoe is het, é?"}}}},
            "cv":{"id":"tiny","version":"1.0","kind":"reflection","subject":"team","title":{"nl":"Klein"},"purpose":{"nl":"Klein."},"languages":["nl"],"sections":[{"id":"all","title":{"nl":"Alles"},"questions":["how"]}]},
            "$defs":{"free-text.json":{"$id":"https://clientvoice.example/instruments/scales/free-text.json","type":"string","minLength":1,"maxLength":20,"cv":{"present":"text"}}}}
            """.ReplaceLineEndings("")));
        Assert.That(tiny.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(tiny.Bundle.Span))));
    }

    [Test]
    public void IndentingAFileAnewDoesNotChangeItsHash()
    {
        var before = folder.Only().Sha256;
        folder.Write("talk/talk-1.0.json", InstrumentFolder.Instrument().ToJsonString());

        Assert.That(folder.Only().Sha256, Is.EqualTo(before));
    }

    [Test]
    public void ABundleReadBackIsTheSameInstrument()
    {
        var instrument = folder.Only();

        var again = ClientVoice.Instruments.Loading.InstrumentReader.Read(instrument.Bundle.ToArray()).Instrument!;

        Assert.That(again.Sha256, Is.EqualTo(instrument.Sha256));
        Assert.That(again.Questions.Select(question => question.Id), Is.EqualTo(instrument.Questions.Select(question => question.Id)));
        Assert.That(again.Validate(Answers("""{ "noise": 11 }""")), Is.EqualTo(instrument.Validate(Answers("""{ "noise": 11 }"""))));
    }

    [Test]
    public void AnInstrumentSaysWhatItIs()
    {
        var talk = folder.Only();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(talk.Key.ToString(), Is.EqualTo("talk@1.0"));
            Assert.That(talk.Title, Is.EqualTo(new LocalText("Gesprek", "Talk")));
            Assert.That(talk.Perspectives, Is.EqualTo(new Dictionary<string, int> { ["client"] = 1 }));
            Assert.That(talk.Fit.Communication, Is.EqualTo(new[] { "speaks" }));
            Assert.That(talk.Fit.Disability, Is.Empty, "an absent list is no restriction");
            Assert.That(talk.Fit.AgeFrom, Is.EqualTo(16));
            Assert.That(talk.Recognition, Is.EqualTo(new Recognition("de commissie", new DateOnly(2027, 12, 31))));
            Assert.That(talk.Questions.Select(question => (question.Id, question.Kind)), Is.EqualTo(new[]
            {
                ("home", AnswerKind.Choice), ("home-wish", AnswerKind.Choice), ("noise", AnswerKind.Number), ("garden", AnswerKind.Choice), ("people", AnswerKind.Choices), ("closing", AnswerKind.Text),
            }), "in the order of the sections");
            Assert.That(talk.Questions[0].Options, Is.EqualTo(new[]
            {
                new Option("good", new LocalText("Goed", "Good"), 100), new Option("so-so", new LocalText("Gaat wel", "So-so"), 50) { Picture = "face" }, new Option("bad", new LocalText("Slecht", "Bad"), 0),
            }));
            Assert.That(talk.Questions[1].WishOf, Is.EqualTo("home"));
            Assert.That(talk.Domains, Is.EqualTo(new[] { new ScoredDomain("home", new LocalText("Wonen", "Home"), "material-wellbeing") }));
        }
    }

    [Test]
    public void EveryFaultOfAnAnswerHasItsPointer() =>
        Assert.That(folder.Only().Validate(Answers("""{ "home": "great", "noise": 11, "people": ["good", "good"], "closing": "", "garden": null, "other": 1 }""")), Is.EqualTo(new[]
        {
            new AnswerFault("/home", "This is none of the options.", "oneOf"),
            new AnswerFault("/noise", "This must be at most 10.", "maximum"),
            new AnswerFault("/people", "The same value stands in this list twice.", "uniqueItems"),
            new AnswerFault("/closing", "This text is shorter than 1 characters.", "minLength"),
            new AnswerFault("/garden", "This is none of the options.", "oneOf"),
            new AnswerFault("/other", "This name is not known here.", "additionalProperties"),
        }));

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"home\"")]
    public void AnswersMustBeAnObject(string answers) => Assert.That(folder.Only().Validate(Answers(answers)), Is.Not.Empty);

    [Test]
    public void EveryQuestionCanBePassedOver() => Assert.That(folder.Only().Validate(Answers("{}")), Is.Empty);

    [Test]
    public void AnswersBecomeTypedRowsInTheOrderOfTheQuestions() =>
        Assert.That(folder.Only().Read(Answers("""{ "closing": "Ja hoor", "people": ["so-so", "good"], "garden": "bad", "noise": 10, "home": "so-so", "home-wish": "change" }""")), Is.EqualTo(new[]
        {
            new TypedAnswer("home", 0, "so-so", null, null, 50),
            new TypedAnswer("home-wish", 0, "change", null, null, null),
            new TypedAnswer("noise", 0, null, 10, null, 0),
            // Hidden, because home is not good: kept as it was given, but without a score.
            new TypedAnswer("garden", 0, "bad", null, null, null),
            new TypedAnswer("people", 0, "so-so", null, null, null),
            new TypedAnswer("people", 1, "good", null, null, null),
            new TypedAnswer("closing", 0, null, null, "Ja hoor", null),
        }));

    [Test]
    public void AReversedQuestionTurnsTheScoresOfItsOptionsAround()
    {
        folder.Add("talk", "1.0", instrument => instrument["properties"]!["home"]!["cv"]!["reversed"] = true);
        var talk = folder.Only();

        Assert.That(talk.Questions[0].Options.Select(option => option.Score), Is.EqualTo(new double?[] { 0, 50, 100 }), "100 is always best for the client");
        Assert.That(talk.Read(Answers("""{ "home": "good" }""")).Single().Score, Is.Zero);
    }

    [Test]
    public void AScaleThatRefersToAnotherScaleBringsItAlong()
    {
        folder.Write("scales/alias.json", $$"""{ "$id": "{{InstrumentFolder.Uri}}scales/alias.json", "oneOf": [ { "const": "x", "cv": { "text": { "nl": "X", "en": "X" } } }, { "$ref": "three.json" } ], "cv": { "present": "words" } }""");
        folder.Add("talk", "1.0", instrument => instrument["properties"]!["home-wish"] = JsonNode.Parse("""{ "$ref": "../scales/alias.json", "cv": { "wishOf": "home", "text": { "nl": "Zo?", "en": "So?" }, "domain": "rights" } }"""));

        Assert.That(folder.Only().Validate(Answers("""{ "home-wish": "bad" }""")), Is.Empty);
    }

    private static JsonElement Answers(string json) => JsonDocument.Parse(json).RootElement;
}
