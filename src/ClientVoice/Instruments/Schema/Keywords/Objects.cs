// The members of objects: properties, patternProperties, additionalProperties, propertyNames, dependentSchemas.
using System.Collections.Frozen;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

/// <summary>A keyword that leads each member that it is about to a schema.</summary>
internal abstract class MembersKeyword(KeywordSite site) : Keyword(site)
{
    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var member in instance.EnumerateObject())
        {
            valid &= EvaluateMember(member.Name, member.Value, run, seen);
            if (run.Stopped || (!valid && !run.Collecting))
            {
                break;
            }
        }

        return valid;
    }

    protected abstract bool EvaluateMember(string name, JsonElement value, Evaluation run, Evaluated? seen);
}

internal sealed class PropertiesKeyword : MembersKeyword
{
    private readonly FrozenDictionary<string, SchemaNode> byName;

    private PropertiesKeyword(KeywordSite site, IEnumerable<KeyValuePair<string, SchemaNode>> byName)
        : base(site) => this.byName = byName.ToFrozenDictionary(StringComparer.Ordinal);

    public override string WhenRefused => "This may not be given here.";

    public static PropertiesKeyword? From(KeywordSite site) => site.SchemasByName() is { } byName ? new PropertiesKeyword(site, byName) : null;

    protected override bool EvaluateMember(string name, JsonElement value, Evaluation run, Evaluated? seen)
    {
        if (!byName.TryGetValue(name, out var schema))
        {
            return true;
        }

        seen?.AddName(name);
        return run.At(name, schema, value, this);
    }
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

    protected override bool EvaluateMember(string name, JsonElement value, Evaluation run, Evaluated? seen)
    {
        var valid = true;
        foreach (var (pattern, schema) in byPattern)
        {
            if (pattern.IsMatch(name, run, this))
            {
                seen?.AddName(name);
                valid &= run.At(name, schema, value, this);
            }
        }

        return valid;
    }
}

internal sealed class AdditionalPropertiesKeyword : MembersKeyword
{
    private readonly SchemaNode schema;
    private readonly FrozenSet<string> names;
    private readonly EcmaPattern[] patterns;

    private AdditionalPropertiesKeyword(KeywordSite site)
        : base(site)
    {
        schema = site.Schema();
        names = Names(site.Beside("properties")).ToFrozenSet(StringComparer.Ordinal);
        // A pattern that does not compile was reported by patternProperties.
        patterns = [.. Names(site.Beside("patternProperties")).Select(EcmaPattern.TryCompile).OfType<EcmaPattern>()];
    }

    public override string WhenRefused => "This name is not known here.";

    public static AdditionalPropertiesKeyword From(KeywordSite site) => new(site);

    protected override bool EvaluateMember(string name, JsonElement value, Evaluation run, Evaluated? seen)
    {
        if (names.Contains(name) || patterns.Any(pattern => pattern.IsMatch(name, run, this)))
        {
            return true;
        }

        seen?.AddName(name);
        return run.At(name, schema, value, this);
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

    protected override bool EvaluateMember(string name, JsonElement value, Evaluation run, Evaluated? seen) =>
        run.At(name, schema, JsonSerializer.SerializeToElement(name), this);
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
