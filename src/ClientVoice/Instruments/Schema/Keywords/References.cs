// $ref and $dynamicRef.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class RefKeyword : Keyword
{
    private readonly SchemaNode target;

    private RefKeyword(KeywordSite site, SchemaNode target)
        : base(site) => this.target = target;

    public static RefKeyword? From(KeywordSite site) =>
        site.Text() is { } reference && site.Compiler.Resolve(site, reference) is { } place
            ? new RefKeyword(site, site.Compiler.Node(place))
            : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        target.Evaluate(instance, run, seen, this);
}

internal sealed class DynamicRefKeyword : Keyword
{
    private readonly SchemaNode initial;
    private readonly string? anchor;

    private DynamicRefKeyword(KeywordSite site, SchemaNode initial, string? anchor)
        : base(site)
    {
        this.initial = initial;
        this.anchor = anchor;
    }

    /// <summary>Dynamic only where the reference, read as a <c>$ref</c>, ends at a <c>$dynamicAnchor</c>.</summary>
    public static DynamicRefKeyword? From(KeywordSite site)
    {
        if (site.Text() is not { } reference || site.Compiler.Resolve(site, reference) is not { } place)
        {
            return null;
        }

        var name = SchemaUri.Split(reference).Fragment;
        return new DynamicRefKeyword(site, site.Compiler.Node(place), place.Resource.DynamicNames.Contains(name) ? name : null);
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var target = anchor is null ? initial : run.Outermost(anchor) ?? initial;
        return target.Evaluate(instance, run, seen, this);
    }
}
