using System.Text.Json;
using ClientVoice.Instruments.Schema;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments.Schema;

/// <summary>The official tests of draft 2020-12: the evaluator is a standard validator or it is nothing.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class JsonSchemaSuiteTests
{
    private const string Missing = "The official suite is not there: put json-schema-test-suite in a folder 'shared' beside the repository.";

    // Only what an instrument can ask for; the other formats describe and never refuse.
    private static readonly string[] AssertedFormats = ["date", "time", "date-time", "uuid", "email", "uri", "ipv4"];

    private static readonly string[] OptionalFiles = ["anchor", "bignum", "dynamicRef", "ecmascript-regex", "float-overflow", "id", "no-schema", "non-bmp-regex", "refOfUnknownKeyword", "unknownKeyword", "format-assertion"];

    [TestCaseSource(nameof(Required))]
    public void ARequiredTestOfTheSuiteHolds(SuiteCase test) => Hold(test, assertsFormats: false);

    [TestCaseSource(nameof(Optional))]
    public void AnOptionalTestOfTheSuiteHolds(SuiteCase test) => Hold(test, assertsFormats: false);

    [TestCaseSource(nameof(OfFormats))]
    public void AFormatThatAnInstrumentCanAskForIsCheckedAsItsStandardSays(SuiteCase test) => Hold(test, assertsFormats: true);

    [Test]
    public void EveryRequiredTestPasses()
    {
        if (Folders.JsonSchemaSuite is null)
        {
            Assert.Ignore(Missing);
        }

        var all = Read(Folders.JsonSchemaSuite, "*.json", "").ToList();
        var passed = all.Count(test => IsValid(test, false) == test.Valid);
        TestContext.Out.WriteLine($"JSON Schema draft 2020-12: {passed} of {all.Count} required tests pass.");
        Assert.That(passed, Is.EqualTo(all.Count), "a standard validator passes every required test");
        Assert.That(all, Has.Count.GreaterThan(1200), "the suite was read whole");
    }

    private static void Hold(SuiteCase test, bool assertsFormats)
    {
        if (test.Schema.ValueKind == JsonValueKind.Undefined)
        {
            Assert.Ignore(Missing);
        }

        var compiled = Compile(test, assertsFormats);
        Assert.That(compiled.Faults, Is.Empty, "a schema of the suite compiles");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled.Schema!.IsValid(test.Data), Is.EqualTo(test.Valid), test.Schema.GetRawText() + " on " + test.Data.GetRawText());
            Assert.That(compiled.Schema.Validate(test.Data), test.Valid ? Is.Empty : Is.Not.Empty, "verdict and list of faults agree");
        }
    }

    private static bool IsValid(SuiteCase test, bool assertsFormats) => Compile(test, assertsFormats).Schema?.IsValid(test.Data) ?? !test.Valid;

    private static SchemaCompilation Compile(SuiteCase test, bool assertsFormats)
    {
        var compiler = new SchemaCompiler { AssertsFormats = assertsFormats };
        foreach (var (uri, schema) in Remotes.Value)
        {
            compiler.Add(uri, schema);
        }

        return compiler.Compile("https://clientvoice.example/suite.json", test.Schema);
    }

    private static readonly Lazy<Dictionary<string, JsonElement>> Remotes = new(() =>
    {
        var folder = Path.Combine(Folders.JsonSchemaSuite!, "remotes");
        return Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(
            file => "http://localhost:1234/" + Path.GetRelativePath(folder, file).Replace('\\', '/'),
            file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
    });

    private static IEnumerable<TestCaseData> Required() => Cases("*.json", "");

    private static IEnumerable<TestCaseData> Optional() => OptionalFiles.SelectMany(name => Cases(name + ".json", "optional"));

    private static IEnumerable<TestCaseData> OfFormats() => AssertedFormats.SelectMany(name => Cases(name + ".json", Path.Combine("optional", "format")));

    private static IEnumerable<TestCaseData> Cases(string files, string below) => Folders.JsonSchemaSuite is { } suite
        ? Read(suite, files, below).Select(test => new TestCaseData(test).SetArgDisplayNames(test.Name))
        : [new TestCaseData(new SuiteCase("suite missing", default, default, false))];

    private static IEnumerable<SuiteCase> Read(string suite, string files, string below) =>
        from file in Directory.EnumerateFiles(Path.Combine(suite, "draft2020-12", below), files).Order(StringComparer.Ordinal)
        from set in JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateArray()
        from test in set.GetProperty("tests").EnumerateArray()
        select new SuiteCase(
            $"{Path.GetFileNameWithoutExtension(file)}: {set.GetProperty("description")}: {test.GetProperty("description")}",
            set.GetProperty("schema"), test.GetProperty("data"), test.GetProperty("valid").GetBoolean());

    internal sealed record SuiteCase(string Name, JsonElement Schema, JsonElement Data, bool Valid)
    {
        public override string ToString() => Name;
    }
}
