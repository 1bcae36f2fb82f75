// unevaluatedProperties and unevaluatedItems: what nothing else in this schema looked at.
using System.Text.Json;

namespace ClientVoice.Instruments.Schema.Keywords;

internal sealed class UnevaluatedPropertiesKeyword : MembersKeyword
{
    private readonly SchemaNode schema;

    private UnevaluatedPropertiesKeyword(KeywordSite site)
        : base(site) => schema = site.Schema();

    public override bool AsksWhatWasSeen => true;

    public override string WhenRefused => "This name is not known here.";

    public static UnevaluatedPropertiesKeyword From(KeywordSite site) => new(site);

    protected override bool EvaluateMember(ReadOnlySpan<char> name, JsonProperty member, Evaluation run, Evaluated? seen)
    {
        // The schema that holds this keyword always keeps a tracker.
        var text = member.Name;
        if (seen!.HasName(text))
        {
            return true;
        }

        seen.AddName(text);
        return run.At(text, schema, member.Value, this);
    }
}

internal sealed class UnevaluatedItemsKeyword : Keyword
{
    private readonly SchemaNode schema;

    private UnevaluatedItemsKeyword(KeywordSite site)
        : base(site) => schema = site.Schema();

    public override bool AsksWhatWasSeen => true;

    public override string WhenRefused => "The list may not have this part.";

    public static UnevaluatedItemsKeyword From(KeywordSite site) => new(site);

    public override bool Evaluate(JsonElement instance, Evaluation run, Evaluated? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var (valid, index) = (true, 0);
        foreach (var item in instance.EnumerateArray())
        {
            valid &= seen!.HasItem(index) || run.At(index, schema, item, this);
            index++;
        }

        seen!.AddAllItems();
        return valid;
    }
}
