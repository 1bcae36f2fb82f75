using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads $select and $expand.</summary>
internal static class ShapeReader
{
    /// <summary>What is written of the rows that a path leads to.</summary>
    public static Shape Read(SelectExpandClause? clause, NavigationPath path, PublishedSet set, int depth = 0)
    {
        var selected = Selected(clause);
        var inside = new List<Nested>();
        foreach (var item in clause?.SelectedItems.OfType<ExpandedReferenceSelectItem>() ?? [])
        {
            inside.Add(Expanded(item, path, set, depth));
        }

        return new Shape(
            set,
            new ColumnTerm(path, set, FeedModel.Column(set, "Id")),
            [.. set.Columns.Where(c => selected?.Contains(c.Name) ?? true).Select(c => new Field(c.Name, new ColumnTerm(path, set, c)))],
            inside);
    }

    /// <summary>What $select leaves of a grouped row.</summary>
    public static Shape Select(Shape shape, SelectExpandClause? clause)
    {
        if (clause?.SelectedItems.OfType<ExpandedReferenceSelectItem>().Any() == true)
        {
            throw Refusal.NotSupported("$expand after $apply");
        }

        return Selected(clause) is not { } selected
            ? shape
            : shape with
            {
                Fields = [.. shape.Fields.Where(f => selected.Contains(f.Name))],
                Inside = [.. shape.Inside.Where(n => selected.Contains(n.Name))],
            };
    }

    /// <summary>The names that are selected; null for all.</summary>
    private static HashSet<string>? Selected(SelectExpandClause? clause)
    {
        if (clause is null || clause.AllSelected)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in clause.SelectedItems)
        {
            switch (item)
            {
                case WildcardSelectItem:
                    return null;
                case PathSelectItem path:
                    names.Add(Name(path));
                    break;
                case ExpandedReferenceSelectItem:
                    break;
                default:
                    throw Refusal.NotSupported($"{item.GetType().Name} in $select");
            }
        }

        return names;
    }

    private static string Name(PathSelectItem item)
    {
        if (item.FilterOption is not null || item.OrderByOption is not null || item.TopOption is not null || item.SkipOption is not null
            || item.CountOption is not null || item.SearchOption is not null || item.ComputeOption is not null)
        {
            throw Refusal.NotSupported("A query option inside $select");
        }

        return item.SelectedPath.Count == 1 && item.SelectedPath.FirstSegment is PropertySegment or NavigationPropertySegment or DynamicPathSegment
            ? item.SelectedPath.FirstSegment.Identifier
            : throw Refusal.NotSupported("A path in $select");
    }

    private static Nested Expanded(ExpandedReferenceSelectItem item, NavigationPath path, PublishedSet set, int depth)
    {
        if (item is not ExpandedNavigationSelectItem expanded)
        {
            throw Refusal.NotSupported("$ref in $expand");
        }

        if (depth == FeedLimits.ExpandDepth)
        {
            throw Refusal.NotSupported($"$expand deeper than {FeedLimits.ExpandDepth} levels");
        }

        if (OptionOf(expanded) is { } option)
        {
            throw Refusal.NotSupported($"{option} inside $expand");
        }

        var name = expanded.PathToNavigationProperty.Count == 1
            ? expanded.PathToNavigationProperty.LastSegment.Identifier
            : throw Refusal.NotSupported("A path in $expand");
        var step = path.Then(set, name);
        return new Nested(name, Read(expanded.SelectAndExpand, step, PublishedModel.Set(step.Step!.Target), depth + 1));
    }

    // A row leads to one row, so these have nothing to work on; ignoring them would be a lie.
    private static string? OptionOf(ExpandedNavigationSelectItem item) =>
        item.FilterOption is not null ? "$filter"
        : item.OrderByOption is not null ? "$orderby"
        : item.TopOption is not null ? "$top"
        : item.SkipOption is not null ? "$skip"
        : item.CountOption is not null ? "$count"
        : item.SearchOption is not null ? "$search"
        : item.LevelsOption is not null ? "$levels"
        : item.ComputeOption is not null ? "$compute"
        : item.ApplyOption is not null ? "$apply"
        : null;
}
