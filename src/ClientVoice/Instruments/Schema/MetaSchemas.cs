// The meta-schemas of draft 2020-12 as json-schema.org publishes them: an instrument may refer to them, and a
// check must not need the network for that.
using System.Collections.Frozen;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>The published meta-schemas, by URI.</summary>
internal static partial class MetaSchemas
{
    private static readonly Lazy<FrozenDictionary<string, JsonElement>> ByUri = new(() =>
        new[] { Root, Core, Applicator, Unevaluated, Validation, MetaData, FormatAnnotation, FormatAssertion, Content }
            .Select(text => JsonDocument.Parse(text).RootElement)
            .ToFrozenDictionary(schema => schema.GetProperty("$id").GetString()!, StringComparer.Ordinal));

    /// <summary>The meta-schema with this URI, if it is one of them.</summary>
    public static bool TryGet(string uri, out JsonElement schema) => ByUri.Value.TryGetValue(uri, out schema);
}
