// allOf, anyOf, oneOf, not, if-then-else: schemas about the same value.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class AllOfKeyword : Keyword
{
    private readonly SchemaNode[] all;

    private AllOfKeyword(KeywordSite site, SchemaNode[] all)
        : base(site) => this.all = all;

    public static AllOfKeyword? From(KeywordSite site) => site.Schemas() is { } all ? new AllOfKeyword(site, all) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var valid = true;
        foreach (var schema in all)
        {
            valid &= schema.Evaluate(instance, run, seen, this);
            if (!valid && !run.Collecting)
            {
                break;
            }
        }

        return valid;
    }
}

internal sealed class AnyOfKeyword : Keyword
{
    private readonly SchemaNode[] any;

    private AnyOfKeyword(KeywordSite site, SchemaNode[] any)
        : base(site) => this.any = any;

    public static AnyOfKeyword? From(KeywordSite site) => site.Schemas() is { } any ? new AnyOfKeyword(site, any) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var valid = false;
        foreach (var schema in any)
        {
            valid |= run.Quietly(schema, instance, seen);
            // Every branch that accepts tells what it looked at: only without that question is one enough.
            if (run.Stopped || (valid && seen is null))
            {
                break;
            }
        }

        return valid || run.Fail(this, "This is none of the forms that are allowed.");
    }
}

internal sealed class OneOfKeyword : Keyword
{
    private readonly SchemaNode[] options;

    private OneOfKeyword(KeywordSite site, SchemaNode[] options)
        : base(site) => this.options = options;

    public static OneOfKeyword? From(KeywordSite site) => site.Schemas() is { } options ? new OneOfKeyword(site, options) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var accepted = 0;
        foreach (var option in options)
        {
            accepted += run.Quietly(option, instance, seen) ? 1 : 0;
            if (run.Stopped || accepted > 1)
            {
                break;
            }
        }

        return accepted switch
        {
            1 => true,
            0 => run.Fail(this, "This is none of the options."),
            _ => run.Fail(this, "This is more than one of the options at once."),
        };
    }
}

internal sealed class NotKeyword : Keyword
{
    private readonly SchemaNode refused;

    private NotKeyword(KeywordSite site)
        : base(site) => refused = site.Schema();

    public static NotKeyword From(KeywordSite site) => new(site);

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        !run.Quietly(refused, instance, null) || run.Fail(this, "This has a form that is not allowed.");
}

internal sealed class IfKeyword : Keyword
{
    private readonly SchemaNode condition;
    private readonly SchemaNode? then;
    private readonly SchemaNode? otherwise;

    private IfKeyword(KeywordSite site)
        : base(site)
    {
        condition = site.Schema();
        then = site.Beside("then")?.Schema();
        otherwise = site.Beside("else")?.Schema();
    }

    public static IfKeyword From(KeywordSite site) => new(site);

    public override string WhenRefused => "The other values do not allow this.";

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var next = run.Quietly(condition, instance, seen) ? then : otherwise;
        return next is null || next.Evaluate(instance, run, seen, this);
    }
}
