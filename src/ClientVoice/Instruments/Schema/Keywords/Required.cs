// required, dependentRequired, and the counts: minItems, maxItems, minProperties, maxProperties.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class RequiredKeyword : Keyword
{
    private readonly string[] names;

    private RequiredKeyword(KeywordSite site, string[] names)
        : base(site) => this.names = names;

    public static RequiredKeyword? From(KeywordSite site) => site.Texts() is { } names ? new RequiredKeyword(site, names) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        instance.ValueKind != JsonValueKind.Object || HasAll(instance, names, run, this);

    /// <summary>Whether an object has all these members; fails with the names, which are the schema's, that it lacks.</summary>
    public static bool HasAll(JsonElement instance, string[] names, Evaluation run, Keyword by)
    {
        var valid = true;
        foreach (var name in names)
        {
            valid &= instance.TryGetProperty(name, out _) || run.Fail(by, $"'{name}' is missing.");
        }

        return valid;
    }
}

internal sealed class DependentRequiredKeyword : Keyword
{
    private readonly (string Name, string[] Needs)[] rules;

    private DependentRequiredKeyword(KeywordSite site, (string Name, string[] Needs)[] rules)
        : base(site) => this.rules = rules;

    public static DependentRequiredKeyword? From(KeywordSite site)
    {
        if (site.Value.ValueKind != JsonValueKind.Object)
        {
            site.Refuse("must be an object of lists of names");
            return null;
        }

        return new DependentRequiredKeyword(site, [.. site.Value.EnumerateObject()
            .Select(member => (member.Name, Needs: (site with { Value = member.Value }).Texts()))
            .Where(rule => rule.Needs is not null)
            .Select(rule => (rule.Name, rule.Needs!))]);
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var (name, needs) in rules)
        {
            valid &= !instance.TryGetProperty(name, out _) || RequiredKeyword.HasAll(instance, needs, run, this);
        }

        return valid;
    }
}

internal sealed class SizeKeyword : Keyword
{
    private readonly int limit;
    private readonly bool isLeast;
    private readonly JsonValueKind kind;

    private SizeKeyword(KeywordSite site, int limit)
        : base(site)
    {
        this.limit = limit;
        isLeast = site.Name.StartsWith("min", StringComparison.Ordinal);
        kind = site.Name.EndsWith("Items", StringComparison.Ordinal) ? JsonValueKind.Array : JsonValueKind.Object;
    }

    public static SizeKeyword? From(KeywordSite site) => site.Count() is { } limit ? new SizeKeyword(site, limit) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != kind)
        {
            return true;
        }

        var size = kind == JsonValueKind.Array ? instance.GetArrayLength() : instance.GetPropertyCount();
        return isLeast
            ? size >= limit || run.Fail(this, $"This has fewer than {limit} parts.")
            : size <= limit || run.Fail(this, $"This has more than {limit} parts.");
    }
}
