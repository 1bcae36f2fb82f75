using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads $select and $expand.</summary>
/// <param name="expand">The text of $expand, for links to more rows of a list.</param>
/// <param name="queries">Makes a reader of what is asked of an expanded list.</param>
internal sealed class ShapeReader(string? expand, Func<PublishedSet, QueryReader> queries)
{
    /// <summary>What is written of the rows that a path leads to.</summary>
    public Shape Read(SelectExpandClause? clause, NavigationPath path, PublishedSet set, IReadOnlyList<Field> computed, int depth = 0)
    {
        var selected = Selected(clause);
        var (inside, lists) = (new List<Nested>(), new List<NestedRows>());
        foreach (var item in clause?.SelectedItems.OfType<ExpandedReferenceSelectItem>() ?? [])
        {
            var expanded = Checked(item, depth);
            var name = expanded.PathToNavigationProperty.LastSegment.Identifier;
            if (Related.Of(set).SingleOrDefault(r => r.Name == name) is { } related)
            {
                lists.Add(new NestedRows(related, queries(related.Set).ReadNested(expanded, depth + 1), ExpandText.Options(expand ?? "", name, depth)));
            }
            else
            {
                inside.Add(Expanded(expanded, path, set, depth));
            }
        }

        var columns = set.Columns.Where(c => selected?.Contains(c.Name) ?? true).Select(c => new Field(c.Name, new ColumnTerm(path, set, c)));
        var added = computed.Where(c => selected?.Contains(c.Name) ?? true);
        return new Shape(set, new ColumnTerm(path, set, FeedModel.Column(set, "Id")), [.. columns, .. added], inside) { Lists = lists };
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
            throw Refusal.NotSupported("A query option inside $select, other than $select,");
        }

        return item.SelectedPath.FirstSegment is PropertySegment or NavigationPropertySegment or DynamicPathSegment
            ? item.SelectedPath.FirstSegment.Identifier
            : throw Refusal.NotSupported("A path in $select");
    }

    private static ExpandedNavigationSelectItem Checked(ExpandedReferenceSelectItem item, int depth)
    {
        if (item is not ExpandedNavigationSelectItem expanded)
        {
            throw Refusal.NotSupported("$ref or $count in $expand");
        }

        if (expanded.LevelsOption is not null)
        {
            throw Refusal.NotSupported("$levels inside $expand");
        }

        if (expanded.ApplyOption is not null)
        {
            throw Refusal.NotSupported("$apply inside $expand");
        }

        if (depth == FeedLimits.ExpandDepth)
        {
            throw Refusal.NotSupported($"$expand deeper than {FeedLimits.ExpandDepth} levels");
        }

        return expanded.PathToNavigationProperty.Count == 1 ? expanded : throw Refusal.NotSupported("A path in $expand");
    }

    private Nested Expanded(ExpandedNavigationSelectItem expanded, NavigationPath path, PublishedSet set, int depth)
    {
        if (OptionOf(expanded) is { } option)
        {
            throw Refusal.NotSupported($"{option} inside $expand of one row");
        }

        var step = path.Then(set, expanded.PathToNavigationProperty.LastSegment.Identifier);
        return new Nested(step.Step!.Name, Read(expanded.SelectAndExpand, step, PublishedModel.Set(step.Step.Target), [], depth + 1));
    }

    // A row leads to one row, so these have nothing to work on; ignoring them would be a lie.
    private static string? OptionOf(ExpandedNavigationSelectItem item) =>
        item.FilterOption is not null ? "$filter"
        : item.OrderByOption is not null ? "$orderby"
        : item.TopOption is not null ? "$top"
        : item.SkipOption is not null ? "$skip"
        : item.CountOption is not null ? "$count"
        : item.SearchOption is not null ? "$search"
        : item.ComputeOption is not null ? "$compute"
        : null;
}
