using System.Collections.Frozen;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>One JSON document that holds one or more schemas.</summary>
/// <param name="uri">Under which it was found.</param>
/// <param name="root">Its whole value.</param>
internal sealed class SchemaDocument(string uri, JsonElement root)
{
    public string Uri { get; } = uri;

    public JsonElement Root { get; } = root;

    /// <summary>The subschemas in it, by JSON pointer from its root: most references lead straight to one.</summary>
    public Dictionary<string, SchemaPlace> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The resources in it, by JSON pointer from its root; the root itself under the empty pointer.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);
}

/// <summary>A schema with an identity of its own: a document, or a subschema with <c>$id</c>.</summary>
internal sealed class SchemaResource(string uri, SchemaDocument document, string pointer, Dialect dialect)
{
    public string Uri { get; } = uri;

    public SchemaDocument Document { get; } = document;

    /// <summary>Where it stands in its document.</summary>
    public string Pointer { get; } = pointer;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Where <c>$anchor</c> and <c>$dynamicAnchor</c> stand in the document, by name.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The names among <see cref="Anchors"/> that are dynamic.</summary>
    public HashSet<string> DynamicNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The compiled dynamic anchors; set once, when the compiler is done.</summary>
    public FrozenDictionary<string, SchemaNode> DynamicAnchors { get; internal set; } = FrozenDictionary<string, SchemaNode>.Empty;
}

/// <summary>The place of one subschema.</summary>
/// <param name="Resource">The resource it belongs to.</param>
/// <param name="Pointer">From the root of the document.</param>
/// <param name="Element">The schema itself.</param>
internal sealed record SchemaPlace(SchemaResource Resource, string Pointer, JsonElement Element)
{
    /// <summary>The resource's URI with the pointer from there.</summary>
    public string Location => $"{Resource.Uri}#{Pointer[Resource.Pointer.Length..]}";
}
