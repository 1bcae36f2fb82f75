// The items of lists: prefixItems, items, contains, uniqueItems.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class PrefixItemsKeyword : Keyword
{
    private readonly SchemaNode[] prefix;

    private PrefixItemsKeyword(KeywordSite site, SchemaNode[] prefix)
        : base(site) => this.prefix = prefix;

    public static PrefixItemsKeyword? From(KeywordSite site) => site.Schemas() is { } prefix ? new PrefixItemsKeyword(site, prefix) : null;

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var valid = true;
        foreach (var (index, item) in instance.EnumerateArray().Take(prefix.Length).Index())
        {
            valid &= run.At(index, prefix[index], item, this);
        }

        seen?.AddPrefix(prefix.Length);
        return valid;
    }
}

internal sealed class ItemsKeyword : Keyword
{
    private readonly SchemaNode schema;
    private readonly int skip;

    private ItemsKeyword(KeywordSite site)
        : base(site)
    {
        schema = site.Schema();
        skip = site.Beside("prefixItems") is { Value.ValueKind: JsonValueKind.Array } prefix ? prefix.Value.GetArrayLength() : 0;
    }

    public static ItemsKeyword From(KeywordSite site) => new(site);

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (valid, index) = (true, 0);
        foreach (var item in instance.EnumerateArray())
        {
            valid &= index < skip || run.At(index, schema, item, this);
            index++;
            if (run.Stopped || (!valid && !run.Collecting))
            {
                break;
            }
        }

        seen?.AddAllItems();
        return valid;
    }
}

internal sealed class ContainsKeyword : Keyword
{
    private readonly SchemaNode schema;
    private readonly int least;
    private readonly int most;

    private ContainsKeyword(KeywordSite site)
        : base(site)
    {
        schema = site.Schema();
        var counts = site.Place.Resource.Dialect.Has(Vocabularies.Validation);
        least = counts ? site.Beside("minContains")?.Count() ?? 1 : 1;
        most = counts ? site.Beside("maxContains")?.Count() ?? int.MaxValue : int.MaxValue;
    }

    public static ContainsKeyword From(KeywordSite site) => new(site);

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (found, index) = (0, 0);
        foreach (var item in instance.EnumerateArray())
        {
            if (run.Quietly(schema, item, null))
            {
                found++;
                seen?.AddItem(index);
            }

            index++;
        }

        return found < least
            ? run.Fail(this, $"This has fewer than {least} of the parts that it must have.")
            : found <= most || run.Fail(this, $"This has more than {most} of the parts of which it may have few.");
    }
}

internal sealed class UniqueItemsKeyword : Keyword
{
    private UniqueItemsKeyword(KeywordSite site)
        : base(site)
    {
    }

    public static UniqueItemsKeyword? From(KeywordSite site)
    {
        if (site.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            site.Refuse("must be true or false");
        }

        return site.Value.ValueKind == JsonValueKind.True ? new UniqueItemsKeyword(site) : null;
    }

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var met = new HashSet<JsonElement>(ByValue.Instance);
        foreach (var item in instance.EnumerateArray())
        {
            if (!met.Add(item))
            {
                return run.Fail(this, "The same value stands in this list twice.");
            }
        }

        return true;
    }

    private sealed class ByValue : IEqualityComparer<JsonElement>
    {
        public static readonly ByValue Instance = new();

        public bool Equals(JsonElement x, JsonElement y) => JsonValue.AreEqual(x, y);

        public int GetHashCode(JsonElement obj) => JsonValue.Hash(obj);
    }
}
