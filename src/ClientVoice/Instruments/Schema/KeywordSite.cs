using System.Text.Json;

namespace ClientVoice.Instruments.Schema;

/// <summary>Where a keyword stands while it is compiled, and what it may ask for there.</summary>
/// <param name="Compiler">Gives the nodes of subschemas and takes the faults.</param>
/// <param name="Place">The schema that holds the keyword.</param>
/// <param name="Name">The keyword.</param>
/// <param name="Value">Its value.</param>
internal sealed record KeywordSite(SchemaCompiler Compiler, SchemaPlace Place, string Name, JsonElement Value)
{
    public string Location => $"{Place.Location}/{Name}";

    /// <summary>The same schema seen from a keyword beside this one, or null where that is absent.</summary>
    public KeywordSite? Beside(string name) =>
        Place.Element.TryGetProperty(name, out var value) ? this with { Name = name, Value = value } : null;

    /// <summary>The keyword's value as a schema.</summary>
    public SchemaNode Schema() => Child("", Value);

    /// <summary>The keyword's value as a list of schemas; null with a fault where it is not one.</summary>
    public SchemaNode[]? Schemas()
    {
        if (Value.ValueKind != JsonValueKind.Array || Value.GetArrayLength() == 0)
        {
            Refuse("must be a list of at least one schema");
            return null;
        }

        return [.. Value.EnumerateArray().Select((item, index) => Child($"/{index}", item))];
    }

    /// <summary>The keyword's value as schemas by name; null with a fault where it is not that.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaNode>>? SchemasByName()
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            Refuse("must be an object of schemas");
            return null;
        }

        return [.. Value.EnumerateObject().DistinctBy(member => member.Name)
            .Select(member => KeyValuePair.Create(member.Name, Child("/" + JsonPointer.Escape(member.Name), member.Value)))];
    }

    /// <summary>The keyword's value as a count; null with a fault where it is not one.</summary>
    public int? Count() => Number() is not { } number
        ? null
        : number.AsCount() is { } count
            ? count
            : (int?)Refuse("must be a whole number from 0");

    /// <summary>The keyword's value as a number; null with a fault where it is not one.</summary>
    public ExactNumber? Number() => Value.ValueKind == JsonValueKind.Number && ExactNumber.TryRead(Value, out var number)
        ? number
        : (ExactNumber?)Refuse($"must be a number of at most {ExactNumber.MostCharacters} characters");

    /// <summary>The keyword's value as a text; null with a fault where it is not one.</summary>
    public string? Text()
    {
        if (Value.ValueKind == JsonValueKind.String)
        {
            return Value.GetString();
        }

        Refuse("must be a text");
        return null;
    }

    /// <summary>The keyword's value as a list of texts; null with a fault where it is not one.</summary>
    public string[]? Texts()
    {
        if (Value.ValueKind != JsonValueKind.Array || Value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Refuse("must be a list of texts");
            return null;
        }

        return [.. Value.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>Reports that the keyword has a value that it cannot have; always null.</summary>
    public object? Refuse(string what)
    {
        Compiler.Fault(this, "schema-not-valid", $"{Name} {what}.");
        return null;
    }

    private SchemaNode Child(string below, JsonElement schema)
    {
        var pointer = $"{Place.Pointer}/{JsonPointer.Escape(Name)}{below}";
        var resource = Place.Resource.Document.Resources.GetValueOrDefault(pointer, Place.Resource);
        return Compiler.Node(new SchemaPlace(resource, pointer, schema));
    }
}
