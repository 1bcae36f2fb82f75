// The members of objects: properties, patternProperties, additionalProperties, propertyNames, dependentSchemas.
using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ClientVoice.Instruments.Schema.Keywords;

/// <summary>A keyword that leads each member that it is about to a schema.</summary>
internal abstract class MembersKeyword(KeywordSite site) : Keyword(site)
{
    // Longer than the id of any question, short enough to stand on the stack at every level.
    private const int LongestName = 80;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        Span<char> buffer = stackalloc char[LongestName];
        foreach (var member in instance.EnumerateObject())
        {
            valid &= EvaluateMember(NameOf(member, buffer), member, run, seen);
            if (run.Stopped || (!valid && !run.Collecting))
            {
                break;
            }
        }

        return valid;
    }

    /// <param name="name">The member's name; taking it as a string would make a new one at each visit.</param>
    protected abstract bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen);

    private static ReadOnlySpan<char> NameOf(JsonProperty member, Span<char> buffer)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Length <= buffer.Length && !raw.Contains((byte)'\\') && Utf8.ToUtf16(raw, buffer, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? buffer[..length]
            : member.Name;
    }
}

internal sealed class PropertiesKeyword : MembersKeyword
{
    // A condition names one or two questions of forty: it looks those up instead of walking all answers.
    private const int Few = 4;

    private readonly FrozenDictionary<string, Property> byName;
    private readonly FrozenDictionary<string, Property>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    private PropertiesKeyword(KeywordSite site, IEnumerable<KeyValuePair<string, SchemaNode>> schemas)
        : base(site)
    {
        byName = schemas.ToFrozenDictionary(pair => pair.Key, pair => new Property(pair.Key, Encoding.UTF8.GetBytes(pair.Key), pair.Value), StringComparer.Ordinal);
        bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override string WhenRefused => "This may not be given here.";

    public static PropertiesKeyword? From(KeywordSite site) => site.SchemasByName() is { } byName ? new PropertiesKeyword(site, byName) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        // Failures are written down in the order of the instance: looking up is for a verdict alone.
        if (byName.Count > Few || run.Collecting || seen is not null || instance.ValueKind != JsonValueKind.Object)
        {
            return base.Evaluate(instance, run, seen);
        }

        foreach (var property in byName.Values)
        {
            if (instance.TryGetProperty(property.Utf8, out var value) && !run.At(property.Name, property.Schema, value, this))
            {
                return false;
            }
        }

        return true;
    }

    protected override bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen)
    {
        if (!bySpan.TryGetValue(name, out var property))
        {
            return true;
        }

        seen?.AddName(property.Name);
        return run.At(property.Name, property.Schema, member.Value, this);
    }

    private sealed record Property(string Name, byte[] Utf8, SchemaNode Schema);
}

internal sealed class PatternPropertiesKeyword : MembersKeyword
{
    private readonly (EcmaPattern Pattern, SchemaNode Schema)[] byPattern;

    private PatternPropertiesKeyword(KeywordSite site, (EcmaPattern Pattern, SchemaNode Schema)[] byPattern)
        : base(site) => this.byPattern = byPattern;

    public static PatternPropertiesKeyword? From(KeywordSite site)
    {
        if (site.SchemasByName() is not { } byName)
        {
            return null;
        }

        var compiled = byName.Select(pair => (Pattern: site.Compiler.Pattern(site, pair.Key), pair.Value)).ToList();
        return new PatternPropertiesKeyword(site, [.. compiled.Where(pair => pair.Pattern is not null).Select(pair => (pair.Pattern!, pair.Value))]);
    }

    protected override bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen)
    {
        var valid = true;
        var text = member.Name;
        foreach (var (pattern, schema) in byPattern)
        {
            if (pattern.IsMatch(text, run, this))
            {
                seen?.AddName(text);
                valid &= run.At(text, schema, member.Value, this);
            }
        }

        return valid;
    }
}

internal sealed class AdditionalPropertiesKeyword : MembersKeyword
{
    private readonly SchemaNode schema;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly EcmaPattern[] patterns;

    private AdditionalPropertiesKeyword(KeywordSite site)
        : base(site)
    {
        schema = site.Schema();
        bySpan = Names(site.Beside("properties")).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        // A pattern that does not compile was reported by patternProperties.
        patterns = [.. Names(site.Beside("patternProperties")).Select(EcmaPattern.TryCompile).OfType<EcmaPattern>()];
    }

    public override string WhenRefused => "This name is not known here.";

    public static AdditionalPropertiesKeyword From(KeywordSite site) => new(site);

    protected override bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen)
    {
        if (bySpan.Contains(name))
        {
            return true;
        }

        var text = member.Name;
        if (patterns.Any(pattern => pattern.IsMatch(text, run, this)))
        {
            return true;
        }

        seen?.AddName(text);
        return run.At(text, schema, member.Value, this);
    }

    private static IEnumerable<string> Names(KeywordSite? beside) =>
        beside is { Value.ValueKind: JsonValueKind.Object } ? beside.Value.EnumerateObject().Select(member => member.Name) : [];
}

internal sealed class PropertyNamesKeyword : MembersKeyword
{
    private readonly SchemaNode schema;

    private PropertyNamesKeyword(KeywordSite site)
        : base(site) => schema = site.Schema();

    public override string WhenRefused => "This name is not allowed here.";

    public static PropertyNamesKeyword From(KeywordSite site) => new(site);

    protected override bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen)
    {
        var text = member.Name;
        return run.At(text, schema, JsonSerializer.SerializeToElement(text), this);
    }
}

internal sealed class DependentSchemasKeyword : Keyword
{
    private readonly IReadOnlyList<KeyValuePair<string, SchemaNode>> byName;

    private DependentSchemasKeyword(KeywordSite site, IReadOnlyList<KeyValuePair<string, SchemaNode>> byName)
        : base(site) => this.byName = byName;

    public override string WhenRefused => "The other values do not allow this.";

    public static DependentSchemasKeyword? From(KeywordSite site) => site.SchemasByName() is { } byName ? new DependentSchemasKeyword(site, byName) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var (name, schema) in byName)
        {
            if (instance.TryGetProperty(name, out _))
            {
                valid &= schema.Evaluate(instance, run, seen, this);
            }
        }

        return valid;
    }
}
