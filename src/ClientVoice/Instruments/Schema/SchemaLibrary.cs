// Finds schemas by URI. A document is indexed the first time that somebody refers to it: its $ids and anchors,
// looked for only where a schema can stand (an $id inside a const or an unknown keyword is just data).
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>The schemas that one compilation can refer to. Not for concurrent use.</summary>
internal sealed class SchemaLibrary
{
    private const int DeepestSchema = 64;

    private readonly Dictionary<string, JsonElement> sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaResource> resources = new(StringComparer.Ordinal);

    public List<SchemaFault> Faults { get; } = [];

    /// <summary>Every resource that was indexed.</summary>
    public IEnumerable<SchemaResource> Resources => resources.Values.Distinct();

    /// <summary>Makes a document known under its URI; it is read when somebody refers to it.</summary>
    public void Add(string uri, JsonElement root) => sources[uri] = root;

    /// <summary>The schema with this URI (without fragment), or null.</summary>
    public SchemaResource? Find(string uri)
    {
        if (resources.TryGetValue(uri, out var resource))
        {
            return resource;
        }

        return sources.TryGetValue(uri, out var root) || MetaSchemas.TryGet(uri, out root)
            ? Index(uri, root)
            : null;
    }

    /// <summary>Indexes a document and answers its root.</summary>
    public SchemaResource Index(string uri, JsonElement root)
    {
        var document = new SchemaDocument(uri, root);
        Walk(document, root, "", null, 0);
        if (!document.Resources.TryGetValue("", out var resource))
        {
            document.Resources[""] = resource = new SchemaResource(uri, document, "", Dialect.Standard);
        }

        resources.TryAdd(uri, resource);
        return resource;
    }

    /// <summary>The place that a reference points at, or null.</summary>
    public SchemaPlace? Resolve(SchemaResource from, string reference)
    {
        var (uri, fragment) = SchemaUri.Split(reference);
        if (SchemaUri.Resolve(from.Uri, uri) is not { } absolute || Find(absolute) is not { } resource)
        {
            return null;
        }

        if (fragment.Length > 0 && fragment[0] != '/')
        {
            return resource.Anchors.TryGetValue(fragment, out var pointer) ? At(resource.Document, pointer) : null;
        }

        return At(resource.Document, resource.Pointer + fragment);
    }

    /// <summary>The subschema at a pointer, with the resource it belongs to; null where there is nothing.</summary>
    public static SchemaPlace? At(SchemaDocument document, string pointer)
    {
        if (document.Places.TryGetValue(pointer, out var place))
        {
            return place;
        }

        // Not where a schema is expected, but a pointer may lead anywhere.
        var (element, walked, resource) = (document.Root, "", document.Resources[""]);
        foreach (var token in pointer.Split('/').Skip(1))
        {
            if (!JsonPointer.TryStep(element, JsonPointer.Unescape(token), out var next))
            {
                return null;
            }

            element = next.Value;
            walked += "/" + token;
            resource = document.Resources.GetValueOrDefault(walked, resource);
        }

        return new SchemaPlace(resource, walked, element);
    }

    private void Walk(SchemaDocument document, JsonElement schema, string pointer, SchemaResource? resource, int depth)
    {
        if (depth > DeepestSchema)
        {
            Faults.Add(new SchemaFault(document.Uri, pointer, "too-deep", $"The schema is nested deeper than {DeepestSchema} levels; make it flatter."));
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (resource is null || Text(schema, "$id") is not null)
        {
            resource = Register(document, schema, pointer, resource);
        }

        document.Places[pointer] = new SchemaPlace(resource, pointer, schema);
        AddAnchor(document, schema, pointer, resource, "$anchor", isDynamic: false);
        AddAnchor(document, schema, pointer, resource, "$dynamicAnchor", isDynamic: true);
        foreach (var (child, at) in KeywordTable.Subschemas(schema))
        {
            Walk(document, child, pointer + at, resource, depth + 1);
        }
    }

    private SchemaResource Register(SchemaDocument document, JsonElement schema, string pointer, SchemaResource? parent)
    {
        var (id, fragment) = SchemaUri.Split(Text(schema, "$id") ?? "");
        var uri = SchemaUri.Resolve(parent?.Uri ?? document.Uri, id);
        if (uri is null || fragment.Length > 0)
        {
            Faults.Add(new SchemaFault(document.Uri, pointer + "/$id", "schema-not-valid", "$id must be a URI without a fragment."));
        }

        var resource = new SchemaResource(uri ?? document.Uri, document, pointer, DialectOf(document, schema, pointer, parent));
        document.Resources[pointer] = resource;
        if (!resources.TryAdd(resource.Uri, resource) && pointer.Length > 0)
        {
            Faults.Add(new SchemaFault(document.Uri, pointer + "/$id", "schema-not-valid", "Another schema has this $id already; give each its own."));
        }

        return resource;
    }

    private Dialect DialectOf(SchemaDocument document, JsonElement schema, string pointer, SchemaResource? parent)
    {
        if (Text(schema, "$schema") is not { } declared)
        {
            return parent?.Dialect ?? Dialect.Standard;
        }

        var uri = SchemaUri.Split(declared).Uri;
        if (uri == Dialect.Draft)
        {
            return Dialect.Standard;
        }

        // Read as data, not through Find: a meta-schema names itself as its own $schema.
        var known = sources.TryGetValue(uri, out var metaSchema) || MetaSchemas.TryGet(uri, out metaSchema);
        if (known && Dialect.Of(metaSchema) is { } dialect)
        {
            return dialect;
        }

        Faults.Add(new SchemaFault(document.Uri, pointer + "/$schema", "schema-not-valid", $"This $schema is not known here, or needs keywords that are not; use {Dialect.Draft}."));
        return Dialect.Standard;
    }

    private void AddAnchor(SchemaDocument document, JsonElement schema, string pointer, SchemaResource resource, string keyword, bool isDynamic)
    {
        if (Text(schema, keyword) is not { } name)
        {
            return;
        }

        if (!resource.Anchors.TryAdd(name, pointer) && resource.Anchors[name] != pointer)
        {
            Faults.Add(new SchemaFault(document.Uri, $"{pointer}/{keyword}", "schema-not-valid", "Another place in this schema has this anchor already; give each its own."));
        }
        else if (isDynamic)
        {
            resource.DynamicNames.Add(name);
        }
    }

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
