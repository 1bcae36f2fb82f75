// Turns schema documents into a graph of nodes. A node is made when it is first referred to and filled from a
// queue: schemas may refer to each other in circles, and a long chain of references must not use up the stack.
using System.Collections.Frozen;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>Compiles one schema and everything that it refers to.</summary>
internal sealed class SchemaCompiler
{
    // Far above any instrument (one question is some ten schemas), far below what would hurt.
    private const int MostNodes = 100_000;

    private readonly SchemaLibrary library = new();
    private readonly Dictionary<(SchemaDocument Document, string Pointer), SchemaNode> nodes = [];
    private readonly Queue<(SchemaNode Node, SchemaPlace Place)> waiting = new();
    private readonly Dictionary<string, EcmaPattern?> patterns = new(StringComparer.Ordinal);

    /// <summary>Whether <c>format</c> refuses; by default it only describes, as the draft has it.</summary>
    public bool AssertsFormats { get; init; }

    /// <summary>Makes a schema known that others may refer to.</summary>
    public void Add(string uri, JsonElement root)
    {
        if (JsonValue.TextIsReadable(root))
        {
            library.Add(uri, root);
        }
    }

    /// <summary>Compiles; on any fault there is no schema.</summary>
    /// <param name="uri">Absolute: what relative references and a relative <c>$id</c> start from.</param>
    public SchemaCompilation Compile(string uri, JsonElement root)
    {
        if (!JsonValue.TextIsReadable(root))
        {
            return new SchemaCompilation(null, [new SchemaFault(uri, "", "schema-not-valid", "A text is not valid Unicode; save the file as UTF-8.")]);
        }

        // The element may belong to a document that its owner disposes; the graph outlives it.
        var resource = library.Index(uri, root.Clone());
        var node = Node(new SchemaPlace(resource, "", resource.Document.Root));
        FillAll();
        return new SchemaCompilation(library.Faults.Count == 0 ? new CompiledSchema(node) : null, library.Faults);
    }

    /// <summary>The node of a place; filled later.</summary>
    internal SchemaNode Node(SchemaPlace place)
    {
        var key = (place.Resource.Document, place.Pointer);
        if (!nodes.TryGetValue(key, out var node))
        {
            node = new SchemaNode(place.Resource, place.Location);
            nodes.Add(key, node);
            waiting.Enqueue((node, place));
        }

        return node;
    }

    /// <summary>The place that a reference points at, or null with a fault.</summary>
    internal SchemaPlace? Resolve(KeywordSite site, string reference)
    {
        var place = library.Resolve(site.Place.Resource, reference);
        if (place is null)
        {
            Fault(site, "reference-missing", $"{site.Name} points at '{reference}', which is not there; correct the reference or add the file.");
        }

        return place;
    }

    /// <summary>A pattern, compiled once per text; null with a fault where it is not one.</summary>
    internal EcmaPattern? Pattern(KeywordSite site, string pattern)
    {
        if (!patterns.TryGetValue(pattern, out var compiled))
        {
            patterns[pattern] = compiled = EcmaPattern.TryCompile(pattern);
        }

        if (compiled is null)
        {
            Fault(site, "schema-not-valid", "The pattern is not an ECMAScript regular expression that is supported here; make it simpler.");
        }

        return compiled;
    }

    internal void Fault(KeywordSite site, string code, string text) =>
        library.Faults.Add(new SchemaFault(site.Place.Resource.Document.Uri, $"{site.Place.Pointer}/{JsonPointer.Escape(site.Name)}", code, text));

    private void FillAll()
    {
        // Filling a node can bring in a document with dynamic anchors, and compiling those more documents.
        for (var anchors = -1; anchors != nodes.Count;)
        {
            anchors = nodes.Count;
            while (waiting.TryDequeue(out var next) && nodes.Count <= MostNodes)
            {
                Fill(next.Node, next.Place);
            }

            foreach (var resource in library.Resources.ToList())
            {
                resource.DynamicAnchors = resource.DynamicNames.ToFrozenDictionary(
                    name => name, name => Node(SchemaLibrary.At(resource.Document, resource.Anchors[name])!), StringComparer.Ordinal);
            }
        }

        if (waiting.TryPeek(out var left))
        {
            library.Faults.Add(new SchemaFault(left.Place.Resource.Document.Uri, left.Place.Pointer, "schema-not-valid", $"The schema has more than {MostNodes} parts; make it smaller."));
        }
    }

    private void Fill(SchemaNode node, SchemaPlace place)
    {
        if (place.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node.Fill(place.Element.ValueKind == JsonValueKind.False, []);
            return;
        }

        if (place.Element.ValueKind != JsonValueKind.Object)
        {
            library.Faults.Add(new SchemaFault(place.Resource.Document.Uri, place.Pointer, "schema-not-valid", "A schema must be an object, true or false."));
            return;
        }

        node.Fill(false, [.. KeywordTable.Keywords(this, place)]);
    }
}
