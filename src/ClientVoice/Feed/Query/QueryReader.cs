// Reads what a request asks of rows: ODataLib parses, we check and keep only what the feed can do.
using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads the query options of a request on a set.</summary>
/// <param name="texts">The text of an option, to say where in it something is wrong.</param>
/// <param name="now">What <c>now()</c> is in this request.</param>
internal sealed class QueryReader(ODataUriParser parser, PublishedSet set, Func<string, string?> texts, DateTimeOffset now)
{
    /// <summary>The query for many rows.</summary>
    /// <exception cref="Problems.ProblemException">It is not valid (400) or not supported (501).</exception>
    public FeedQuery ReadRows()
    {
        // Before the rest: what comes after $apply and $compute speaks of their result.
        var apply = Parse("$apply", parser.ParseApply);
        var applied = apply is null ? new Applied(null, null, [], null, new ComputedScope()) : new ApplyReader(set, Terms).Read(apply);
        var computed = Compute(applied.Scope, Parse("$compute", parser.ParseCompute));
        var clause = SelectAndExpand();
        List<Field> added = [.. applied.Computed, .. computed];
        var shape = applied.Grouping is null
            ? Shapes().Read(clause, NavigationPath.Root, set, added)
            : ShapeReader.Select(applied.Shape! with { Fields = [.. applied.Shape.Fields, .. added] }, clause);
        var filter = applied.Filter;
        if (Parse("$filter", parser.ParseFilter) is { } parsed)
        {
            filter = Both(filter, Terms("$filter", applied.Scope).Read(parsed.Expression));
        }

        if (Parse("$search", parser.ParseSearch) is { } search)
        {
            filter = Both(filter, apply is null ? new SearchReader(set).Read(search.Expression) : throw Refusal.NotSupported("$search with $apply"));
        }

        return new FeedQuery(
            set,
            shape,
            filter,
            Order(Parse("$orderby", parser.ParseOrderBy), applied),
            applied.Grouping,
            Parse("$top", parser.ParseTop),
            Parse("$skip", parser.ParseSkip) ?? 0,
            Parse("$count", parser.ParseCount) ?? false);
    }

    /// <summary>The query for one row, by its key; with a path, for the row that it leads to.</summary>
    public FeedQuery ReadRow(object key, NavigationPath path, PublishedSet target)
    {
        var scope = new ComputedScope();
        var computed = path.Steps == 0 ? Compute(scope, Parse("$compute", parser.ParseCompute)) : [];
        var shape = Shapes().Read(SelectAndExpand(), path, target, computed);
        return KeyOf(set, key, path, target) with { Shape = shape };
    }

    /// <summary>The query for the key alone of the row that a path leads to from the row with a key.</summary>
    public static FeedQuery KeyOf(PublishedSet set, object key, NavigationPath path, PublishedSet target)
    {
        var own = new ColumnTerm(NavigationPath.Root, set, FeedModel.Column(set, "Id"));
        var filter = new CompareTerm(Comparison.Equal, own, new ConstantTerm(key is int number ? (long)number : key, own.Type));
        var shape = new Shape(target, new ColumnTerm(path, target, FeedModel.Column(target, "Id")), [], []);
        return new FeedQuery(set, shape, filter, [new OrderItem(own, false)], null, 1, 0, false);
    }

    /// <summary>The query for the rows in an expanded list.</summary>
    public FeedQuery ReadNested(ExpandedNavigationSelectItem item, int depth)
    {
        var scope = new ComputedScope();
        var computed = Compute(scope, item.ComputeOption);
        var shape = Shapes().Read(item.SelectAndExpand, NavigationPath.Root, set, computed, depth);
        Term? filter = item.FilterOption is null ? null : Terms("$filter", scope).Read(item.FilterOption.Expression);
        if (item.SearchOption is not null)
        {
            filter = Both(filter, new SearchReader(set).Read(item.SearchOption.Expression));
        }

        return new FeedQuery(
            set, shape, filter, Order(item.OrderByOption, new Applied(null, null, [], null, scope)), null,
            item.TopOption, item.SkipOption ?? 0, item.CountOption ?? false);
    }

    /// <summary>The same with one term more that must hold.</summary>
    public static Term Both(Term? first, Term second) => first is null ? second : new LogicTerm(true, [first, second]);

    /// <summary>Refuses a name that is a column's: it would promise the column's type and meaning.</summary>
    public static void MustBeNew(PublishedSet set, string alias, string option)
    {
        if (set.Columns.Any(c => c.Name.Equals(alias, StringComparison.OrdinalIgnoreCase))
            || set.References.Any(r => r.Name.Equals(alias, StringComparison.OrdinalIgnoreCase))
            || Related.Of(set).Any(r => r.Name.Equals(alias, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal.NotValid(option, $"The name '{alias}' belongs to a property already; choose another one after 'as'.", alias, last: true);
        }
    }

    private List<Field> Compute(RowScope scope, ComputeClause? clause)
    {
        var computed = new List<Field>();
        foreach (var item in clause?.ComputedItems ?? [])
        {
            var term = Terms("$compute", scope).Read(item.Expression);
            MustBeNew(set, item.Alias, "$compute");
            scope.Add(item.Alias, term, "$compute");
            computed.Add(new Field(item.Alias, term));
        }

        return computed;
    }

    private ShapeReader Shapes() => new(texts("$expand"), nested => new QueryReader(parser, nested, texts, now));

    private T Parse<T>(string option, Func<T> read) => Library.Parse(option, read, texts);

    private SelectExpandClause? SelectAndExpand() => Library.Parse("$select and $expand", parser.ParseSelectAndExpand, texts);

    private TermReader Terms(string option, RowScope scope) => new(option, scope, parser.ParameterAliasNodes, now);

    private List<OrderItem> Order(OrderByClause? first, Applied applied)
    {
        var order = new List<OrderItem>();
        var reader = Terms("$orderby", applied.Scope);
        for (var clause = first; clause is not null; clause = clause.ThenBy)
        {
            var term = reader.Read(clause.Expression);
            if (term is ConstantTerm)
            {
                // Puts no row before another, and T-SQL refuses it.
                continue;
            }

            order.Add(new OrderItem(term, clause.Direction == OrderByDirection.Descending));
            if (term is ColumnTerm { Path.Steps: 0, Column.Name: "Id" })
            {
                // No two rows share it: what would follow decides nothing.
                return order;
            }
        }

        // Rows that are equal so far keep one order on every page.
        order.AddRange(TieBreak(applied).Select(t => new OrderItem(t, false)));
        return order;
    }

    private IEnumerable<Term> TieBreak(Applied applied) => applied.Grouping switch
    {
        null => [new ColumnTerm(NavigationPath.Root, set, FeedModel.Column(set, "Id"))],
        { Keys.Count: > 0 } grouping => grouping.Keys.Select(k => k.Name),
        var whole => [whole.Figures[0].Name],
    };
}
