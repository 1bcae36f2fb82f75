using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>Every way in which an instrument file can be wrong is found, at its line and by its code, and leaves out only that file.</summary>
internal sealed class CheckTests
{
    private const string Talk = "talk/talk-1.0.json";

    private InstrumentFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new InstrumentFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void TheFolderThatTheOtherTestsStartFromHasNoFaults() => Assert.That(folder.Read().Faults, Is.Empty);

    [TestCaseSource(nameof(OneFault))]
    public void AFaultIsFoundByItsCodeAtItsPlace(string code, string at, Action<JsonObject> change)
    {
        folder.Add("talk", "1.0", change);

        var content = folder.Read();

        Assert.That(content.Faults.Select(fault => fault.Code), Is.EqualTo(new[] { code }), string.Join('\n', content.Faults));
        Assert.That(content.Faults[0].File, Is.EqualTo(Talk));
        Assert.That(Line(content.Faults[0].Line), Does.Contain(at), "the line is the one to look at");
        Assert.That(content.Files, Is.Empty, "a faulty file does not serve");
    }

    private static IEnumerable<TestCaseData> OneFault()
    {
        yield return Case("reference-missing", "nowhere.json", i => i["properties"]!["home"]!["$ref"] = "../scales/nowhere.json");
        yield return Case("id-mismatch", "\"id\": \"other\"", i => { i["cv"]!["id"] = "other"; i["$id"] = InstrumentFolder.Uri + "other/other-1.0.json"; });
        yield return Case("id-mismatch", "$id", i => i["$id"] = InstrumentFolder.Uri + "talk/talk-9.0.json");
        yield return Case("question-not-in-section", "\"people\":", i => i["cv"]!["sections"]![1]!["questions"]!.AsArray().RemoveAt(0));
        yield return Case("question-in-two-sections", "\"noise\"", i => i["cv"]!["sections"]![1]!["questions"]!.AsArray().Insert(0, "noise"));
        yield return Case("section-question-unknown", "\"ghost\"", i => i["cv"]!["sections"]![0]!["questions"]!.AsArray().Add("ghost"));
        yield return Case("visible-when-later", "\"visibleWhen\"", i => i["properties"]!["home"]!["cv"]!["visibleWhen"] = JsonNode.Parse("""{ "required": ["garden"] }"""));
        yield return Case("visible-when-later", "\"visibleWhen\"", i => i["properties"]!["garden"]!["cv"]!["visibleWhen"] = JsonNode.Parse("""{ "not": { "anyOf": [ { "properties": { "people": {} } } ] } }"""));
        yield return Case("question-unreachable", "\"visibleWhen\"", i => i["properties"]!["garden"]!["cv"]!["visibleWhen"]!["properties"]!["home"]!["const"] = "great");
        yield return Case("question-unreachable", "\"visibleWhen\"", i => i["properties"]!["garden"]!["cv"]!["visibleWhen"] = false);
        yield return Case("schema-not-valid", "\"minimum\"", i => i["properties"]!["garden"]!["cv"]!["visibleWhen"] = JsonNode.Parse("""{ "properties": { "noise": { "minimum": "high" } } }"""));
        yield return Case("domain-without-questions", "{", i => i["cv"]!["scoring"]!["domains"]!.AsArray().Add(JsonNode.Parse("""{ "id": "none", "title": { "nl": "x", "en": "x" }, "shared": "rights", "questions": [], "maxMissing": 0 }""")));
        yield return Case("domain-twice", "{", i => i["cv"]!["scoring"]!["domains"]!.AsArray().Add(i["cv"]!["scoring"]!["domains"]![0]!.DeepClone()));
        yield return Case("scored-question-without-scores", "{", i => i["cv"]!["scoring"]!["domains"]![0]!["questions"]![0]!["question"] = "home-wish");
        yield return Case("scored-question-unknown", "{", i => i["cv"]!["scoring"]!["domains"]![0]!["questions"]![0]!["question"] = "ghost");
        yield return Case("schema-not-valid", "{", i => i["cv"]!["scoring"]!["domains"]![0]!["questions"]![0]!["weight"] = 0);
        yield return Case("picture-not-in-ledger", "\"picture\"", i => i["properties"]!["home"]!["cv"]!["picture"] = "ghost");
        yield return Case("picture-licence", "\"picture\"", i => i["cv"]!["sections"]![0]!["picture"] = "bought");
        yield return Case("picture-file-missing", "\"picture\"", i => i["properties"]!["home-wish"]!["oneOf"]![0]!["cv"]!["picture"] = "lost");
        yield return Case("language-missing", "\"text\"", i => i["properties"]!["noise"]!["cv"]!["text"]!.AsObject().Remove("en"));
        yield return Case("language-missing", "\"tip\"", i => i["properties"]!["noise"]!["cv"]!["tip"] = JsonNode.Parse("""{ "nl": "Wacht." }"""));
        yield return Case("language-missing", "\"title\"", i => i["cv"]!["title"]!["nl"] = " ");
        yield return Case("closing-missing", "\"sections\"", i => i["properties"]!["closing"]!["cv"]!.AsObject().Remove("role"));
        yield return Case("closing-missing", "\"closing\"", i => i["properties"]!["closing"]!["$ref"] = "../scales/three.json");
        yield return Case("closing-not-last", "\"closing\"", i => i["cv"]!["sections"]![1]!["questions"] = new JsonArray("closing", "people"));
        yield return Case("sentence-too-long", "\"nl\"", i => i["properties"]!["home"]!["cv"]!["text"]!["nl"] = "Kort. Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien?");
        yield return Case("wish-unknown-question", "\"wishOf\"", i => i["properties"]!["home-wish"]!["cv"]!["wishOf"] = "ghost");
        yield return Case("wish-not-after-question", "\"wishOf\"", i => i["properties"]!["home-wish"]!["cv"]!["wishOf"] = "noise");
        yield return Case("observers-too-few", "\"perspectives\"", i => { i["cv"]!["kind"] = "observation"; i["cv"]!["perspectives"]![0]!["perspective"] = "observer"; });
        yield return Case("perspective-unknown", "{", i => i["cv"]!["perspectives"]![0]!["perspective"] = "neighbour");
        yield return Case("pair-question-unknown", "\"reversed\"", i => i["cv"]!["pairs"] = JsonNode.Parse("""[ { "question": "home", "reversed": "ghost" } ]"""));
        yield return Case("option-twice", "\"const\"", i => i["properties"]!["home-wish"]!["oneOf"]![1]!["const"] = "stay");
        yield return Case("schema-not-valid", "\"score\"", i => i["properties"]!["home-wish"]!["oneOf"]![1]!["cv"]!["score"] = 101);
        yield return Case("schema-not-valid", "\"minimum\"", i => i["properties"]!["noise"]!["minimum"] = "one");
        yield return Case("schema-not-valid", "\"cv\"", i => i["cv"]!["version"] = "1.0.0");
    }

    private static TestCaseData Case(string code, string at, Action<JsonObject> change) =>
        new TestCaseData(code, at, change).SetArgDisplayNames(code, at);

    [TestCase("{ \"a\": 1,\n  \"b\": }", "json-not-valid", 2)]
    [TestCase("{ \"a\": 1,\n  \"a\": 2 }", "json-not-valid", 2)]
    [TestCase("", "json-not-valid", 1)]
    [TestCase("{}{}", "json-not-valid", 1)]
    [TestCase("{ \"a\": \"\\ud800\" }", "json-not-valid", 1)]
    public void AFileThatIsNotJsonIsNamedWithItsLine(string text, string code, int line)
    {
        folder.Write("bad/bad-1.0.json", text);

        var fault = folder.Read().Faults.Single();

        Assert.That((fault.File, fault.Code, fault.Line), Is.EqualTo(("bad/bad-1.0.json", code, line)));
    }

    [Test]
    public void AFileThatIsTooLargeOrTooDeepIsRefusedUnread()
    {
        folder.Write("big/big-1.0.json", "\"" + new string('x', 1024 * 1024) + "\"");
        folder.Write("deep/deep-1.0.json", new string('[', 100_000) + new string(']', 100_000));

        Assert.That(folder.Read().Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { ("big/big-1.0.json", "too-large"), ("deep/deep-1.0.json", "too-deep") }));
    }

    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{ "cv": 5, "properties": [] }""")]
    [TestCase("""{ "$id": 5, "properties": { "a": 5, "b": { "$ref": 7, "cv": [] }, "c": { "oneOf": [ 1 ], "cv": { "visibleWhen": [] } } }, "cv": { "id": 1, "sections": [ 5, { "questions": { } } ], "scoring": [] } }""")]
    [TestCase("""{ "properties": { "a": { "type": "array", "items": { "type": "array", "items": 3 } } }, "cv": { "id": "odd", "version": "1.0", "sections": [ { "questions": [ "a" ] } ], "pairs": 1, "perspectives": "x" } }""")]
    public void AnyJsonInAnInstrumentsPlaceGivesFaultsAndNoException(string json)
    {
        folder.Write("odd/odd-1.0.json", json);

        var content = folder.Read();

        Assert.That(content.Faults, Is.Not.Empty);
        Assert.That(content.Faults.Select(fault => fault.File), Is.All.EqualTo("odd/odd-1.0.json"));
        Assert.That(content.Files.Select(file => file.File), Is.EqualTo(new[] { Talk }), "the others serve");
    }

    [Test]
    public void TwoFilesCannotBeTheSameVersion()
    {
        folder.Write("loose.json", InstrumentFolder.Instrument().ToJsonString());

        var content = folder.Read();

        Assert.That(content.Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { ("loose.json", "duplicate-version"), ("loose.json", "id-mismatch") }));
        Assert.That(content.Files.Select(file => file.File), Is.EqualTo(new[] { Talk }), "the file in the right place keeps the version");
    }

    [Test]
    public void AFaultyScaleIsNamedOnceAndTakesAlongOnlyWhoUsesIt()
    {
        folder.Add("other", "1.0", instrument =>
        {
            foreach (var id in new[] { "home", "garden" })
            {
                instrument["properties"]![id]!.AsObject().Remove("$ref");
                instrument["properties"]![id]!["oneOf"] = JsonNode.Parse("""[ { "const": "good", "cv": { "text": { "nl": "Goed", "en": "Good" }, "score": 100 } } ]""");
            }

            instrument["properties"]!["people"] = instrument["properties"]!["home"]!.DeepClone();
        });
        folder.Write("scales/three.json", $$"""{ "$id": "{{InstrumentFolder.Uri}}scales/three.json", "type": "strng", "cv": { "present": "words" } }""");

        var content = folder.Read();

        Assert.That(content.Faults.Select(fault => (fault.File, fault.Code)).Distinct(), Is.EqualTo(new[] { ("scales/three.json", "schema-not-valid"), (Talk, "reference-missing") }));
        Assert.That(content.Files.Select(file => file.File), Is.EqualTo(new[] { "other/other-1.0.json" }));
    }

    [Test]
    public void ScalesThatReferToEachOtherDoNotHang()
    {
        folder.Write("scales/three.json", $$"""{ "$id": "{{InstrumentFolder.Uri}}scales/three.json", "$ref": "four.json" }""");
        folder.Write("scales/four.json", $$"""{ "$id": "{{InstrumentFolder.Uri}}scales/four.json", "$ref": "three.json" }""");

        Assert.That(folder.Read().Files, Is.Empty, "what cannot be answered does not serve");
    }

    [Test]
    public void TheMetaSchemaOfTheFolderIsHeld()
    {
        folder.Write("instrument.schema.json", """{ "properties": { "cv": { "properties": { "minutes": { "maximum": 3 } } } } }""");

        var fault = folder.Read().Faults.Single();

        Assert.That((fault.File, fault.Code), Is.EqualTo((Talk, "schema-not-valid")));
        Assert.That(Line(fault.Line), Does.Contain("\"minutes\""));
        Assert.That(fault.Text, Does.StartWith("This must be at most 3."));
    }

    [Test]
    public void EveryFaultSaysWhatToDo()
    {
        foreach (var test in OneFault())
        {
            folder.Add("talk", "1.0", (Action<JsonObject>)test.Arguments[2]!);
            Assert.That(folder.Read().Faults.Single().Text, Does.EndWith(".").Or.EndWith("'").Or.EndWith(")"), "a sentence");
        }
    }

    private string Line(int line) => File.ReadLines(Path.Combine(folder.Path, Talk)).ElementAt(line - 1);
}
