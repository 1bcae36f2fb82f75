using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ClientVoice.Instruments.Schema;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments.Schema;

/// <summary>What the official suite does not test: the wording of errors, and schemas and instances that mean harm.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EvaluatorTests
{
    private const string Uri = "https://clientvoice.example/test.json";

    // High enough for a busy build machine, low enough that "forever" is told from "slow".
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public void AnErrorNamesTheValueTheKeywordAndTheSchemasPlace()
    {
        var schema = Compile("""
            { "properties": { "a/b": { "type": "array", "items": { "$ref": "#/$defs/figure" } }, "c": { "oneOf": [ { "const": 1 }, { "const": 2 } ] } },
              "additionalProperties": false, "$defs": { "figure": { "maximum": 10 } } }
            """);

        Assert.That(Validate(schema, """{ "a/b": [1, 11], "c": 3, "d": true }"""), Is.EqualTo(new[]
        {
            new SchemaError("/a~1b/1", "maximum", Uri + "#/$defs/figure/maximum", "This must be at most 10."),
            new SchemaError("/c", "oneOf", Uri + "#/properties/c/oneOf", "This is none of the options."),
            new SchemaError("/d", "additionalProperties", Uri + "#/additionalProperties", "This name is not known here."),
        }));
    }

    [Test]
    public void AnErrorNeverRepeatsTheValue()
    {
        var schema = Compile("""{ "properties": { "name": { "type": "integer" }, "code": { "pattern": "^[0-9]+$" }, "kind": { "enum": ["a"] } } }""");

        var errors = Validate(schema, """{ "name": "Anna Bakker", "code": "Anna Bakker", "kind": "Anna Bakker" }""");

        Assert.That(errors, Has.Count.EqualTo(3));
        Assert.That(errors.Select(error => error.Text), Has.None.Contains("Anna"), "a value may be personal");
    }

    [TestCase("""{ "$ref": "#" }""")]
    [TestCase("""{ "anyOf": [ { "$ref": "#" }, { "$ref": "#" } ] }""")]
    [TestCase("""{ "not": { "$ref": "#" } }""")]
    [TestCase("""{ "oneOf": [ { "allOf": [ { "$ref": "#" } ] }, true ] }""")]
    [TestCase("""{ "$dynamicAnchor": "x", "anyOf": [ { "$dynamicRef": "#x" }, { "$dynamicRef": "#x" } ] }""")]
    [TestCase("""{ "if": { "$ref": "#" }, "then": true, "else": true }""")]
    public void AReferenceLoopIsRefusedAndNeverHangs(string schema)
    {
        var compiled = Compile(schema);

        var errors = Within(() => Validate(compiled, "{}"));

        Assert.That(errors.Single().Keyword, Is.EqualTo("evaluation"));
        Assert.That(compiled.IsValid(Parse("{}")), Is.False, "a loop has no verdict, so it is not valid");
    }

    [Test]
    public void SchemasThatMultiplyThemselvesEnd()
    {
        var defs = string.Join(",", Enumerable.Range(0, 50).Select(n => $$"""
            "d{{n}}": { "anyOf": [ { "$ref": "#/$defs/d{{n + 1}}" }, { "$ref": "#/$defs/d{{n + 1}}" } ] }
            """));
        var compiled = Compile($$"""{ "$ref": "#/$defs/d0", "$defs": { {{defs}}, "d50": false } }""");

        var errors = Within(() => Validate(compiled, "1"));

        Assert.That(errors.Single(), Has.Property("Keyword").EqualTo("evaluation").And.Property("Text").EqualTo("Checking this takes more work than any instrument needs."));
    }

    [Test]
    public void AChainOfTenThousandReferencesCompilesWithoutUsingUpTheStack()
    {
        var defs = string.Join(",", Enumerable.Range(0, 10_000).Select(n => $$"""
            "d{{n}}": { "$ref": "#/$defs/d{{n + 1}}" }
            """));

        var compiled = Within(() => new SchemaCompiler().Compile(Uri, Parse($$"""{ "$ref": "#/$defs/d0", "$defs": { {{defs}}, "d10000": true } }""")));

        Assert.That(compiled.Schema!.IsValid(Parse("1")), Is.False, "so deep a chain is stopped as a loop");
    }

    [TestCase("^(a+)+$")]
    [TestCase("^(?=(a+)+$).*$")]
    [TestCase(@"^(a|a)*\1b$")]
    [TestCase("^((((a{1,99}){1,99}){1,99}){1,99})$")]
    [TestCase("^(a?){1000}(a?){1000}a{1000}$")]
    public void ACatastrophicPatternIsBoundedInTime(string pattern)
    {
        var compiled = Compile(JsonSerializer.Serialize(new { pattern }));

        Within(() => Validate(compiled, JsonSerializer.Serialize(new string('a', 4000) + "!")));
    }

    [TestCase("(?i)a")]
    [TestCase("(?>a)")]
    [TestCase("a{99999999999}")]
    [TestCase("[")]
    [TestCase("(")]
    [TestCase(@"\Z")]
    [TestCase(@"\p{Script=Greek}")]
    public void APatternThatCannotMeanTheSameHereIsRefusedByName(string pattern)
    {
        var compiled = new SchemaCompiler().Compile(Uri, JsonSerializer.SerializeToElement(new { pattern }));

        Assert.That(compiled.Faults.Single(), Has.Property("Pointer").EqualTo("/pattern").And.Property("Code").EqualTo("schema-not-valid"));
    }

    [TestCase("^a$", "a\n", false)]
    [TestCase(@"^\d$", "\u0665", false)]
    [TestCase("^.$", "\U0001F600", true)]
    [TestCase("^[^a]$", "\U0001F600", true)]
    [TestCase(@"^[\D]$", "x", true)]
    [TestCase(@"^[^\D]$", "5", true)]
    [TestCase(@"^[^\D]$", "x", false)]
    [TestCase(@"^\W$", "é", true)]
    [TestCase(@"^[\w-]+$", "a-b", true)]
    [TestCase(@"^[a-c\-]+$", "a-c", true)]
    [TestCase(@"^\u{1F600}+$", "\U0001F600\U0001F600", true)]
    [TestCase(@"^\cJ$", "\n", true)]
    [TestCase("^[]$", "a", false)]
    [TestCase("^[^]$", "\n", true)]
    [TestCase(@"^(?<x>a)\k<x>$", "aa", true)]
    [TestCase(@"^(a)\1$", "aa", true)]
    [TestCase(@"\bé", "é", false)]
    [TestCase("^a{2}$", "aa", true)]
    [TestCase("[a&&b]", "&", true)]
    [TestCase("^[[]$", "[", true)]
    public void APatternMeansWhatItMeansInEcmaScript(string pattern, string text, bool matches) =>
        Assert.That(Compile(JsonSerializer.Serialize(new { pattern })).IsValid(JsonSerializer.SerializeToElement(text)), Is.EqualTo(matches));

    [Test]
    public void AnInstanceThatIsNestedTooDeepIsRefusedWhereTheSchemaGoesAlong()
    {
        var compiled = Compile("""{ "items": { "$ref": "#" } }""");
        var deep = Parse(new string('[', 200) + new string(']', 200), 500);

        Assert.That(compiled.Validate(deep).Single().Text, Is.EqualTo("The value is nested deeper than 64 levels."));
        var deeper = new string('[', 5_000) + new string(']', 5_000);
        Assert.That(Compile("""{ "uniqueItems": true, "not": { "const": [1] } }""").Validate(Parse($"[{deeper},{deeper}]", 10_000)), Is.Empty, "depth that nobody looks into harms nobody");
    }

    [Test]
    public void ASchemaThatIsNestedTooDeepIsRefused()
    {
        var schema = string.Concat(Enumerable.Repeat("""{"not":""", 200)) + "true" + new string('}', 200);

        Assert.That(new SchemaCompiler().Compile(Uri, Parse(schema, 500)).Faults.Select(fault => fault.Code), Has.Some.EqualTo("too-deep"));
    }

    [TestCase("1e1000000000", """{ "multipleOf": 0.01 }""", true)]
    [TestCase("1e-1000000000", """{ "multipleOf": 0.01 }""", false)]
    [TestCase("1e99999999999999999999", """{ "minimum": 1e400 }""", true)]
    [TestCase("-1e400", """{ "minimum": -1e399 }""", false)]
    [TestCase("9007199254740993", """{ "const": 9007199254740992 }""", false)]
    [TestCase("0.30", """{ "const": 3e-1 }""", true)]
    [TestCase("-0.0", """{ "const": 0 }""", true)]
    [TestCase("4.02", """{ "multipleOf": 0.01 }""", true)]
    [TestCase("1.00000000000000000001", """{ "type": "integer" }""", false)]
    [TestCase("1.0e2", """{ "type": "integer" }""", true)]
    public void NumbersAreComparedExactly(string number, string schema, bool valid) =>
        Assert.That(Within(() => Compile(schema).IsValid(Parse(number))), Is.EqualTo(valid));

    [Test]
    public void ANumberOfAMillionDigitsIsRefusedAtOnce()
    {
        var number = Parse(new string('9', 1_000_000));

        Assert.That(Within(() => Compile("""{ "multipleOf": 7 }""").Validate(number)).Single().Keyword, Is.EqualTo("evaluation"));
    }

    [TestCase("\"\\ud800\"")]
    [TestCase("{\"\\udc00\": 1}")]
    [TestCase("[\"\\ud83d\\u0041\"]")]
    public void HalfACharacterIsAnErrorAndNotAnException(string json) =>
        Assert.That(Compile("""{ "minLength": 1, "propertyNames": { "maxLength": 9 }, "uniqueItems": true }""").Validate(Parse(json)).Single().Text, Is.EqualTo("A text is not valid Unicode."));

    [Test]
    public void BytesThatAreNotUtf8AreAnErrorAndNotAnException()
    {
        using var document = JsonDocument.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' });

        Assert.That(Compile("""{ "minLength": 1 }""").Validate(document.RootElement).Single().Text, Is.EqualTo("A text is not valid Unicode."));
    }

    [Test]
    public void AListOfAHundredThousandIsCheckedForDoublesInTime()
    {
        var list = Parse("[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]", 3);

        Assert.That(Within(() => Compile("""{ "uniqueItems": true }""").IsValid(list)), Is.True);
    }

    [TestCase("""{ "type": "text" }""", "/type")]
    [TestCase("""{ "minLength": -1 }""", "/minLength")]
    [TestCase("""{ "multipleOf": 0 }""", "/multipleOf")]
    [TestCase("""{ "required": "a" }""", "/required")]
    [TestCase("""{ "properties": { "a": 5 } }""", "/properties/a")]
    [TestCase("""{ "allOf": [] }""", "/allOf")]
    [TestCase("""{ "$ref": "nowhere.json" }""", "/$ref")]
    [TestCase("""{ "$ref": "#/$defs/nowhere" }""", "/$ref")]
    [TestCase("""{ "$schema": "https://example.org/mine" }""", "/$schema")]
    [TestCase("""{ "$defs": { "a": { "$id": "x" }, "b": { "$id": "x" } } }""", "/$defs/b/$id")]
    public void ASchemaWithAFaultIsNamedAtItsPlaceAndDoesNotCompile(string schema, string pointer)
    {
        var compiled = new SchemaCompiler().Compile(Uri, Parse(schema));

        Assert.That(compiled.Schema, Is.Null);
        Assert.That(compiled.Faults.Select(fault => fault.Pointer), Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public void OneSchemaServesManyThreads()
    {
        var compiled = Compile("""{ "$dynamicAnchor": "n", "properties": { "next": { "$dynamicRef": "#n" }, "v": { "pattern": "^[a-z]+$" } }, "unevaluatedProperties": false }""");
        var good = Parse("""{ "v": "a", "next": { "v": "b", "next": { "v": "c" } } }""");
        var bad = Parse("""{ "v": "a", "next": { "v": "b", "next": { "w": "c" } } }""");

        Parallel.For(0, 2_000, _ =>
        {
            if (!compiled.IsValid(good) || compiled.Validate(bad).Single().InstancePointer != "/next/next/w")
            {
                throw new AssertionException("a verdict changed while others used the schema");
            }
        });
    }

    private static CompiledSchema Compile(string schema)
    {
        var compiled = new SchemaCompiler().Compile(Uri, Parse(schema));
        Assert.That(compiled.Faults, Is.Empty);
        return compiled.Schema!;
    }

    private static IReadOnlyList<SchemaError> Validate(CompiledSchema schema, string instance) => schema.Validate(Parse(instance));

    private static JsonElement Parse(string json, int depth = 64)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = depth });
        return document.RootElement.Clone();
    }

    private static T Within<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        Assert.That(clock.Elapsed, Is.LessThan(Patience), "hostile input is refused, not waited for");
        return result;
    }
}
