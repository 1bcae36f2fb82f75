// type, const, enum: what a value is.
using System.Text;
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class TypeKeyword : Keyword
{
    private readonly string[] types;

    private TypeKeyword(KeywordSite site, string[] types)
        : base(site) => this.types = types;

    public static TypeKeyword? From(KeywordSite site)
    {
        var types = site.Value.ValueKind == JsonValueKind.String ? [site.Text()!] : site.Texts();
        if (types is not null && (types.Length == 0 || types.Any(type => type is not ("null" or "boolean" or "object" or "array" or "number" or "string" or "integer"))))
        {
            site.Refuse("must be null, boolean, object, array, number, string or integer, or a list of these");
            return null;
        }

        return types is null ? null : new TypeKeyword(site, types);
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        foreach (var type in types)
        {
            if (Is(instance, type, run))
            {
                return true;
            }
        }

        return run.Fail(this, $"This must be of type {string.Join(" or ", types)}.");
    }

    private bool Is(JsonElement instance, string type, Evaluation run) => instance.ValueKind switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && LimitKeyword.TryRead(instance, run, this, out var number) && number.IsInteger),
        _ => false,
    };
}

internal sealed class ConstKeyword : Keyword
{
    private readonly JsonElement value;
    private readonly byte[]? text;

    private ConstKeyword(KeywordSite site)
        : base(site)
    {
        value = site.Value;
        text = site.Value.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(site.Value.GetString()!) : null;
    }

    public static ConstKeyword From(KeywordSite site) => new(site);

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen) =>
        (text is null ? JsonValue.AreEqual(value, instance) : instance.ValueKind == JsonValueKind.String && instance.ValueEquals(text))
        || run.Fail(this, "This is not the one value that is allowed.");
}

internal sealed class EnumKeyword : Keyword
{
    private readonly JsonElement[] values;

    private EnumKeyword(KeywordSite site)
        : base(site) => values = [.. site.Value.EnumerateArray()];

    public static EnumKeyword? From(KeywordSite site)
    {
        if (site.Value.ValueKind == JsonValueKind.Array)
        {
            return new EnumKeyword(site);
        }

        site.Refuse("must be a list of values");
        return null;
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        foreach (var value in values)
        {
            if (JsonValue.AreEqual(value, instance))
            {
                return true;
            }
        }

        return run.Fail(this, "This is not one of the values that are allowed.");
    }
}
