using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>The tables of one SELECT: the set itself as <c>t</c>, and what paths lead to as <c>j1</c>, <c>j2</c>, ...</summary>
internal sealed class Joins
{
    /// <summary>Whose rows a reader sees: those of its place and everything below.</summary>
    public const string Scope = "(SELECT DescendantId FROM PlaceTree WHERE AncestorId = @scope)";

    private readonly Dictionary<string, string> aliases = new() { [""] = "t" };
    private readonly List<string> lines = [];

    /// <summary>The joins so far, one a line, each after what it leans on.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>The name of the table at the end of a path; joins it where that was not done yet.</summary>
    public string Alias(NavigationPath path)
    {
        if (aliases.TryGetValue(path.Text, out var known))
        {
            return known;
        }

        var from = Alias(path.Parent!);
        var alias = $"j{aliases.Count}";
        var target = PublishedModel.Set(path.Step!.Target);
        aliases.Add(path.Text, alias);
        lines.Add($"LEFT JOIN {target.Table} {alias} ON {alias}.Publication = t.Publication AND {alias}.Id = {from}.{path.Step.Column}{Within(target, alias)}");
        return alias;
    }

    /// <summary>The column that says whose row it is, or null where every reader may see the set.</summary>
    public static string? PlaceColumn(PublishedSet set) =>
        set.Name == "Places" ? "Id" : set.Columns.Any(c => c.Name == "PlaceId") ? "PlaceId" : null;

    private static string Within(PublishedSet set, string alias) => PlaceColumn(set) is { } column ? $" AND {alias}.{column} IN {Scope}" : "";
}
