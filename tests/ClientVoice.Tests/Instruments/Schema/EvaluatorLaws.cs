#pragma warning disable NUnit1027 // FsCheck gives the arguments of its properties.
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClientVoice.Instruments.Schema;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments.Schema;

/// <summary>What holds for every instance and every number.</summary>
internal sealed class EvaluatorLaws
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly CompiledSchema[] Schemas = [.. new[]
    {
        """{ "type": ["object", "array", "string"], "minLength": 2, "additionalProperties": { "$ref": "#" }, "items": { "$ref": "#" } }""",
        """{ "uniqueItems": true, "propertyNames": { "pattern": "^[a-z]*$" }, "unevaluatedProperties": false, "anyOf": [ { "properties": { "a": true } }, { "required": ["b"] } ] }""",
        """{ "oneOf": [ { "multipleOf": 0.3 }, { "contains": { "type": "null" } }, { "maxProperties": 1 } ], "not": { "const": { "a": [1, 2.0] } } }""",
        """{ "$ref": "https://json-schema.org/draft/2020-12/schema" }""",
    }.Select(schema => new SchemaCompiler().Compile("https://clientvoice.example/law.json", JsonDocument.Parse(schema).RootElement).Schema!)];

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 500)]
    public void ValidatingNeverThrowsAndBothWaysAgree(JsonElement instance)
    {
        foreach (var schema in Schemas)
        {
            Assert.That(schema.Validate(instance).Count == 0, Is.EqualTo(schema.IsValid(instance)));
        }
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 300)]
    public void AValueEqualsItselfWrittenInAnotherWay(JsonElement instance)
    {
        if (!JsonValue.TextIsReadable(instance))
        {
            return;
        }

        var again = JsonDocument.Parse(JsonSerializer.Serialize(instance, Indented)).RootElement;
        Assert.That(JsonValue.AreEqual(instance, again), Is.True);
        Assert.That(JsonValue.Hash(instance), Is.EqualTo(JsonValue.Hash(again)));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void ExactNumbersAreOrderedAsDecimalsAre(decimal left, decimal right)
    {
        var (a, b) = (Exact(left), Exact(right));
        Assert.That(Math.Sign(a.CompareTo(b)), Is.EqualTo(left.CompareTo(right)));
        Assert.That(a == b, Is.EqualTo(left == right));
        Assert.That(a.IsInteger, Is.EqualTo(left == decimal.Truncate(left)));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void AProductIsAMultipleOfItsFactor(int times, PositiveInt factor, byte scale)
    {
        var divisor = new decimal(factor.Get, 0, 0, false, (byte)(scale % 10));
        Assert.That(Exact(times * divisor).IsMultipleOf(Exact(divisor)), Is.True);
    }

    private static ExactNumber Exact(decimal value) => ExactNumber.Parse(value.ToString(CultureInfo.InvariantCulture));

    internal static class Arbitraries
    {
        public static Arbitrary<JsonElement> Json() => Arb.From(Gen.Sized(size => Value(Math.Min(size, 30))).Select(text =>
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return document.RootElement.Clone();
        }));

        private static Gen<string> Value(int size)
        {
            var leaf = Gen.OneOf(Gen.Elements("null", "true", "false"), Number(), Text());
            if (size <= 1)
            {
                return leaf;
            }

            var list = Gen.ListOf(Value(size / 4)).Select(items => $"[{string.Join(',', items)}]");
            var members = Gen.ListOf(Gen.Zip(Text(), Value(size / 4))).Select(all => $"{{{string.Join(',', all.DistinctBy(pair => pair.Item1).Select(pair => $"{pair.Item1}:{pair.Item2}"))}}}");
            return Gen.OneOf(leaf, list, members);
        }

        private static Gen<string> Number() => Gen.Elements("0", "-0.0", "1", "1.0", "1e0", "0.3", "1e400", "-1e-400", "12345678901234567890.5", "7");

        private static Gen<string> Text() => Gen.Elements("\"\"", "\"a\"", "\"b\"", "\"ab\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"$ref\"", "\"#\"", "\"type\"", "\"string\"", "\"properties\"", "\"a/b~\"", "\"\\\\\"");
    }
}
