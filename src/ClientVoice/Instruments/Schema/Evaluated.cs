namespace ClientVoice.Instruments.Schema;

/// <summary>
/// Which members and items of one instance were looked at: what <c>unevaluatedProperties</c> and
/// <c>unevaluatedItems</c> leave alone. Kept only where one of those two will ask.
/// </summary>
internal sealed class Evaluated
{
    private HashSet<string>? names;
    private HashSet<int>? items;
    private bool allNames;
    private bool allItems;
    private int prefix;

    public void AddName(string name) => (names ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    public void AddAllNames() => allNames = true;

    public void AddItem(int index) => (items ??= []).Add(index);

    /// <summary>The first <paramref name="count"/> items.</summary>
    public void AddPrefix(int count) => prefix = Math.Max(prefix, count);

    public void AddAllItems() => allItems = true;

    public bool HasName(string name) => allNames || names?.Contains(name) == true;

    public bool HasItem(int index) => allItems || index < prefix || items?.Contains(index) == true;

    /// <summary>Takes over what a subschema looked at; only for subschemas that accepted.</summary>
    public void Add(Evaluated other)
    {
        allNames |= other.allNames;
        allItems |= other.allItems;
        prefix = Math.Max(prefix, other.prefix);
        if (other.names is not null)
        {
            (names ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(other.names);
        }

        if (other.items is not null)
        {
            (items ??= []).UnionWith(other.items);
        }
    }
}
