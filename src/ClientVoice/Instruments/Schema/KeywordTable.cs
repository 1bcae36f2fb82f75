using System.Text.Json;
using ClientVoice.Instruments.Schema.Keywords;

namespace ClientVoice.Instruments.Schema;

/// <summary>Every keyword of draft 2020-12 that does something: which vocabulary it is of, where schemas stand in it, how it is compiled.</summary>
internal static class KeywordTable
{
    private enum Shape
    {
        Plain,
        Schema,
        List,
        Map,
    }

    // In the order in which they run: cheap ones first, and unevaluated… after all that it depends on.
    // Without a factory: a place for schemas, or a word that the keyword beside it reads.
    private static readonly Rule[] Rules =
    [
        new("$defs", Vocabularies.Core, Shape.Map, null),
        new("type", Vocabularies.Validation, Shape.Plain, TypeKeyword.From),
        new("const", Vocabularies.Validation, Shape.Plain, ConstKeyword.From),
        new("enum", Vocabularies.Validation, Shape.Plain, EnumKeyword.From),
        new("minimum", Vocabularies.Validation, Shape.Plain, LimitKeyword.From),
        new("maximum", Vocabularies.Validation, Shape.Plain, LimitKeyword.From),
        new("exclusiveMinimum", Vocabularies.Validation, Shape.Plain, LimitKeyword.From),
        new("exclusiveMaximum", Vocabularies.Validation, Shape.Plain, LimitKeyword.From),
        new("multipleOf", Vocabularies.Validation, Shape.Plain, MultipleOfKeyword.From),
        new("minLength", Vocabularies.Validation, Shape.Plain, LengthKeyword.From),
        new("maxLength", Vocabularies.Validation, Shape.Plain, LengthKeyword.From),
        new("pattern", Vocabularies.Validation, Shape.Plain, PatternKeyword.From),
        new("format", Vocabularies.FormatAnnotation | Vocabularies.FormatAssertion, Shape.Plain, FormatKeyword.From),
        new("minItems", Vocabularies.Validation, Shape.Plain, SizeKeyword.From),
        new("maxItems", Vocabularies.Validation, Shape.Plain, SizeKeyword.From),
        new("uniqueItems", Vocabularies.Validation, Shape.Plain, UniqueItemsKeyword.From),
        new("minProperties", Vocabularies.Validation, Shape.Plain, SizeKeyword.From),
        new("maxProperties", Vocabularies.Validation, Shape.Plain, SizeKeyword.From),
        new("required", Vocabularies.Validation, Shape.Plain, RequiredKeyword.From),
        new("dependentRequired", Vocabularies.Validation, Shape.Plain, DependentRequiredKeyword.From),
        new("$ref", Vocabularies.Core, Shape.Plain, RefKeyword.From),
        new("$dynamicRef", Vocabularies.Core, Shape.Plain, DynamicRefKeyword.From),
        new("properties", Vocabularies.Applicator, Shape.Map, PropertiesKeyword.From),
        new("patternProperties", Vocabularies.Applicator, Shape.Map, PatternPropertiesKeyword.From),
        new("additionalProperties", Vocabularies.Applicator, Shape.Schema, AdditionalPropertiesKeyword.From),
        new("propertyNames", Vocabularies.Applicator, Shape.Schema, PropertyNamesKeyword.From),
        new("dependentSchemas", Vocabularies.Applicator, Shape.Map, DependentSchemasKeyword.From),
        new("prefixItems", Vocabularies.Applicator, Shape.List, PrefixItemsKeyword.From),
        new("items", Vocabularies.Applicator, Shape.Schema, ItemsKeyword.From),
        new("contains", Vocabularies.Applicator, Shape.Schema, ContainsKeyword.From),
        new("minContains", Vocabularies.Validation, Shape.Plain, null),
        new("maxContains", Vocabularies.Validation, Shape.Plain, null),
        new("allOf", Vocabularies.Applicator, Shape.List, AllOfKeyword.From),
        new("anyOf", Vocabularies.Applicator, Shape.List, AnyOfKeyword.From),
        new("oneOf", Vocabularies.Applicator, Shape.List, OneOfKeyword.From),
        new("not", Vocabularies.Applicator, Shape.Schema, NotKeyword.From),
        new("if", Vocabularies.Applicator, Shape.Schema, IfKeyword.From),
        new("then", Vocabularies.Applicator, Shape.Schema, null),
        new("else", Vocabularies.Applicator, Shape.Schema, null),
        new("unevaluatedItems", Vocabularies.Unevaluated, Shape.Schema, UnevaluatedItemsKeyword.From),
        new("unevaluatedProperties", Vocabularies.Unevaluated, Shape.Schema, UnevaluatedPropertiesKeyword.From),
        new("contentSchema", Vocabularies.Content, Shape.Schema, null),
    ];

    /// <summary>The keywords of a schema, in the order in which they run; faulty ones are reported and left out.</summary>
    public static IEnumerable<Keyword> Keywords(SchemaCompiler compiler, SchemaPlace place)
    {
        foreach (var rule in Rules)
        {
            if (rule.Compile is not null
                && place.Resource.Dialect.Has(rule.Vocabulary)
                && place.Element.TryGetProperty(rule.Name, out var value)
                && rule.Compile(new KeywordSite(compiler, place, rule.Name, value)) is { } keyword)
            {
                yield return keyword;
            }
        }
    }

    /// <summary>The schemas directly inside a schema, each with its pointer from there.</summary>
    public static IEnumerable<(JsonElement Schema, string Pointer)> Subschemas(JsonElement schema)
    {
        foreach (var rule in Rules)
        {
            if (rule.Shape == Shape.Plain || !schema.TryGetProperty(rule.Name, out var value))
            {
                continue;
            }

            if (rule.Shape == Shape.Schema)
            {
                yield return (value, "/" + rule.Name);
            }
            else if (rule.Shape == Shape.List && value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    yield return (item, $"/{rule.Name}/{index}");
                }
            }
            else if (rule.Shape == Shape.Map && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject())
                {
                    yield return (member.Value, $"/{rule.Name}/{JsonPointer.Escape(member.Name)}");
                }
            }
        }
    }

    private sealed record Rule(string Name, Vocabularies Vocabulary, Shape Shape, Func<KeywordSite, Keyword?>? Compile);
}
