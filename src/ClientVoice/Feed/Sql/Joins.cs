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

    /// <summary>And of which client groups, for a reader that was narrowed to some.</summary>
    public const string Groups = "@groups";

    private readonly string variable;
    private readonly string own;
    private readonly Joins? around;
    private readonly Dictionary<string, string> aliases;
    private readonly List<string> lines = [];
    private int inside;

    /// <param name="narrowed">The reader sees some client groups only.</param>
    public Joins(bool narrowed)
        : this("", "t", null, narrowed)
    {
    }

    private Joins(string variable, string own, Joins? around, bool narrowed)
    {
        Narrowed = narrowed;
        this.variable = variable;
        this.own = own;
        this.around = around;
        aliases = new Dictionary<string, string> { [""] = own };
    }

    /// <summary>The joins so far, one a line, each after what it leans on.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>The name of the set's own table.</summary>
    public string Own => own;

    /// <summary>The reader sees some client groups only.</summary>
    public bool Narrowed { get; }

    /// <summary>The tables of a SELECT inside this one, whose row is called <paramref name="name"/>.</summary>
    public Joins Inside(string name) => new(name, around is null ? $"s{++inside}" : $"{own}s{++inside}", this, Narrowed);

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

    /// <summary>The conditions that a table's rows are the reader's to see; none where all are.</summary>
    public static IEnumerable<string> Conditions(PublishedSet set, string alias, bool narrowed)
    {
        if (Column(set, "Places", "PlaceId") is { } place)
        {
            yield return $"{alias}.{place} IN {Scope}";
        }

        if (narrowed && Column(set, "ClientGroups", "ClientGroupId") is { } group)
        {
            yield return $"{alias}.{group} IN {Groups}";
        }
    }

    /// <summary>The same, to go on with.</summary>
    public string Within(PublishedSet set, string alias) => string.Concat(Conditions(set, alias, Narrowed).Select(c => $" AND {c}"));

    // The column that says whose row it is; null where every reader may see the set.
    private static string? Column(PublishedSet set, string own, string reference) =>
        set.Name == own ? "Id" : set.Columns.Any(c => c.Name == reference) ? reference : null;
}
