using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>
/// The tables of one SELECT: the set itself as <c>t</c>, and what paths lead to as <c>j1</c>, <c>j2</c>, ... A SELECT inside
/// another one has names of its own (<c>s1</c>, <c>s1j1</c>) and reaches the tables around it.
/// </summary>
internal sealed class Joins
{
    /// <summary>Whose rows a reader sees: those of its places and everything below.</summary>
    public const string Scope = "(SELECT DescendantId FROM PlaceTree WHERE AncestorId IN @scope)";

    private readonly string variable;
    private readonly string own;
    private readonly Joins? around;
    private readonly Dictionary<string, string> aliases;
    private readonly List<string> lines = [];
    private int inside;

    /// <param name="own">The name of the set's own table.</param>
    public Joins(string own = "t")
        : this("", own, null)
    {
    }

    private Joins(string variable, string own, Joins? around)
    {
        this.variable = variable;
        this.own = own;
        this.around = around;
        aliases = new Dictionary<string, string> { [""] = own };
    }

    /// <summary>The joins so far, one a line, each after what it leans on.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>The name of the set's own table.</summary>
    public string Own => own;

    /// <summary>The tables of a SELECT inside this one, whose row is called <paramref name="name"/>.</summary>
    public Joins Inside(string name) => new(name, around is null ? $"s{++inside}" : $"{own}s{++inside}", this);

    /// <summary>The name of the table at the end of a path; joins it where that was not done yet.</summary>
    public string Alias(NavigationPath path)
    {
        if (path.Variable != variable)
        {
            return around!.Alias(path);
        }

        if (aliases.TryGetValue(path.Text, out var known))
        {
            return known;
        }

        var from = Alias(path.Parent!);
        var alias = $"{(own == "t" ? "" : own)}j{aliases.Count}";
        var target = PublishedModel.Set(path.Step!.Target);
        aliases.Add(path.Text, alias);
        lines.Add($"LEFT JOIN {target.Table} {alias} ON {alias}.Publication = {own}.Publication AND {alias}.Id = {from}.{path.Step.Column}{Within(target, alias)}");
        return alias;
    }

    /// <summary>The column that says whose row it is, or null where every reader may see the set.</summary>
    public static string? PlaceColumn(PublishedSet set) =>
        set.Name == "Places" ? "Id" : set.Columns.Any(c => c.Name == "PlaceId") ? "PlaceId" : null;

    /// <summary>The condition that a table's rows are the reader's to see; empty where all are.</summary>
    public static string Within(PublishedSet set, string alias) => PlaceColumn(set) is { } column ? $" AND {alias}.{column} IN {Scope}" : "";
}
