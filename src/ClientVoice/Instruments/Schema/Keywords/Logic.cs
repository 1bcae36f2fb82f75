// allOf, anyOf, oneOf, not, if-then-else: schemas about the same value.
using System.Text;
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
    // Beside const, words that say nothing of what is valid.
    private static readonly string[] Silent = ["cv", "title", "description", "$comment"];

    private readonly SchemaNode[] options;
    private readonly byte[][]? texts;

    private OneOfKeyword(KeywordSite site, SchemaNode[] options)
        : base(site)
    {
        this.options = options;
        texts = Texts(site);
    }

    public static OneOfKeyword? From(KeywordSite site) => site.Schemas() is { } options ? new OneOfKeyword(site, options) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        var accepted = 0;
        foreach (var text in texts ?? [])
        {
            accepted += instance.ValueKind == JsonValueKind.String && instance.ValueEquals(text) ? 1 : 0;
        }

        foreach (var option in texts is null ? options : [])
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

    // A scale is a list of fixed texts: comparing those gives the same verdict as running a schema for each.
    private static byte[][]? Texts(KeywordSite site)
    {
        var all = site.Value.EnumerateArray().ToList();
        return site.Place.Resource.Dialect.Has(Vocabularies.Validation) && all.All(IsText)
            ? [.. all.Select(option => Encoding.UTF8.GetBytes(option.GetProperty("const").GetString()!))]
            : null;
    }

    private static bool IsText(JsonElement option) =>
        option.ValueKind == JsonValueKind.Object
        && option.TryGetProperty("const", out var value) && value.ValueKind == JsonValueKind.String
        && option.EnumerateObject().All(member => member.Name == "const" || Silent.Contains(member.Name));
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
