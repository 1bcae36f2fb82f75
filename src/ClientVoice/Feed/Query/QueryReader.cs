// Reads what a request asks of rows: ODataLib parses, we check and keep only what the feed can do.
using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads the query options of a request on a set.</summary>
internal sealed class QueryReader(ODataUriParser parser, PublishedSet set)
{
    /// <summary>The query for many rows.</summary>
    /// <exception cref="Problems.ProblemException">It is not valid (400) or not supported (501).</exception>
    public FeedQuery ReadRows()
    {
        // Before the rest: what comes after $apply speaks of its result.
        var apply = Library.Parse("$apply", parser.ParseApply);
        var applied = apply is null ? Applied.Nothing : new ApplyReader(set, Terms).Read(apply);
        var clause = SelectAndExpand();
        var shape = applied.Grouping is null
            ? ShapeReader.Read(clause, NavigationPath.Root, set)
            : ShapeReader.Select(applied.Shape!, clause);
        var filter = Library.Parse("$filter", parser.ParseFilter) is { } parsed
            ? Both(applied.Filter, Terms("$filter", applied.Scope).Read(parsed.Expression))
            : applied.Filter;
        return new FeedQuery(
            set,
            shape,
            filter,
            ReadOrder(applied),
            applied.Grouping,
            Library.Parse("$top", parser.ParseTop),
            Library.Parse("$skip", parser.ParseSkip) ?? 0,
            Library.Parse("$count", parser.ParseCount) ?? false);
    }

    /// <summary>The query for one row, by its key; with a path, for the row that it leads to.</summary>
    public FeedQuery ReadRow(object key, NavigationPath path, PublishedSet target)
    {
        var shape = ShapeReader.Read(SelectAndExpand(), path, target);
        var own = new ColumnTerm(NavigationPath.Root, set, FeedModel.Column(set, "Id"));
        var filter = new CompareTerm(Comparison.Equal, own, new ConstantTerm(key is int number ? (long)number : key, own.Type));
        return new FeedQuery(set, shape, filter, [new OrderItem(own, false)], null, 1, 0, false);
    }

    /// <summary>The same with one term more that must hold.</summary>
    public static Term Both(Term? first, Term second) => first is null ? second : new LogicTerm(true, [first, second]);

    private SelectExpandClause? SelectAndExpand() => Library.Parse("$select and $expand", parser.ParseSelectAndExpand);

    private TermReader Terms(string option, RowScope scope) => new(option, scope, parser.ParameterAliasNodes);

    private List<OrderItem> ReadOrder(Applied applied)
    {
        var order = new List<OrderItem>();
        var reader = Terms("$orderby", applied.Scope);
        for (var clause = Library.Parse("$orderby", parser.ParseOrderBy); clause is not null; clause = clause.ThenBy)
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
