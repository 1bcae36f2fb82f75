using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>The sets of keywords of draft 2020-12.</summary>
[Flags]
internal enum Vocabularies
{
    None = 0,
    Core = 1,
    Applicator = 2,
    Unevaluated = 4,
    Validation = 8,
    MetaData = 16,
    FormatAnnotation = 32,
    FormatAssertion = 64,
    Content = 128,
}

/// <summary>Which keywords mean something in a schema: what its <c>$schema</c> says in <c>$vocabulary</c>.</summary>
internal sealed record Dialect(Vocabularies Vocabularies)
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private const string Prefix = "https://json-schema.org/draft/2020-12/vocab/";

    public static readonly Dialect Standard = new(
        Vocabularies.Core | Vocabularies.Applicator | Vocabularies.Unevaluated | Vocabularies.Validation
        | Vocabularies.MetaData | Vocabularies.FormatAnnotation | Vocabularies.Content);

    public bool Has(Vocabularies vocabulary) => (Vocabularies & vocabulary) != 0;

    /// <summary>Reads a meta-schema; null where it requires a vocabulary that is not known here.</summary>
    public static Dialect? Of(JsonElement metaSchema)
    {
        if (metaSchema.ValueKind != JsonValueKind.Object
            || !metaSchema.TryGetProperty("$vocabulary", out var declared)
            || declared.ValueKind != JsonValueKind.Object)
        {
            return Standard;
        }

        // Core needs no declaration: without it $vocabulary itself would mean nothing.
        var vocabularies = Vocabularies.Core;
        foreach (var member in declared.EnumerateObject())
        {
            var known = Known(member.Name);
            if (known == Vocabularies.None && member.Value.ValueKind == JsonValueKind.True)
            {
                return null;
            }

            vocabularies |= known;
        }

        return new Dialect(vocabularies);
    }

    private static Vocabularies Known(string uri) => !uri.StartsWith(Prefix, StringComparison.Ordinal)
        ? Vocabularies.None
        : uri[Prefix.Length..] switch
        {
            "core" => Vocabularies.Core,
            "applicator" => Vocabularies.Applicator,
            "unevaluated" => Vocabularies.Unevaluated,
            "validation" => Vocabularies.Validation,
            "meta-data" => Vocabularies.MetaData,
            "format-annotation" => Vocabularies.FormatAnnotation,
            "format-assertion" => Vocabularies.FormatAssertion,
            "content" => Vocabularies.Content,
            _ => Vocabularies.None,
        };
}
