// $apply, as far as it is honest: figures of people may be summed, averages may not.
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace ClientVoice.Feed.Query;

/// <summary>What $apply comes to: rows put together or not, and which are left.</summary>
internal sealed record Applied(Grouping? Grouping, Shape? Shape, IReadOnlyList<Field> Computed, Term? Filter, RowScope Scope);

/// <summary>Reads $apply: filters, calculations and groupings, in any order, one after the other.</summary>
/// <param name="terms">Makes a reader of expressions for an option and a scope.</param>
internal sealed class ApplyReader(PublishedSet set, Func<string, RowScope, TermReader> terms)
{
    private const string Option = "$apply";
    private readonly Levels levels = new(set);
    private readonly Dictionary<Term, string> names = [];
    private RowScope scope = new ComputedScope();
    private List<Field> computed = [];
    private Grouping? grouping;
    private Term? filter;

    public Applied Read(ApplyClause clause)
    {
        foreach (var transformation in clause.Transformations)
        {
            Take(transformation);
        }

        return new Applied(grouping, grouping is null ? null : MakeShape(grouping), computed, filter, scope);
    }

    private void Take(TransformationNode transformation)
    {
        switch (transformation)
        {
            case FilterTransformationNode one:
                var term = terms(Option, scope).Read(one.FilterClause.Expression);
                levels.Narrow(term, NameOf);
                filter = QueryReader.Both(filter, term);
                break;
            case GroupByTransformationNode { ChildTransformations: null or AggregateTransformationNode } group:
                Group([.. group.GroupingProperties.SelectMany(Keys)], group.ChildTransformations as AggregateTransformationNode);
                break;
            case GroupByTransformationNode group:
                throw Refusal.NotSupported($"{group.ChildTransformations.Kind} inside groupby in $apply");
            case AggregateTransformationNode aggregate:
                Group([], aggregate);
                break;
            case ComputeTransformationNode compute:
                Compute(compute);
                break;
            default:
                throw Refusal.NotSupported($"{transformation.Kind} in $apply");
        }
    }

    /// <summary>Puts what there is so far together: its rows, or the groups of a grouping before.</summary>
    private void Group(IReadOnlyList<GroupKey> found, AggregateTransformationNode? aggregate)
    {
        var keys = found.Select((k, i) => k with { Name = k.Name with { SqlName = $"k{i + 1}" } }).ToList();
        var carried = keys.Select(k => NameOf(k.Term)).OfType<string>().ToHashSet();
        var (figures, aliases) = (new List<GroupFigure>(), new List<string>());
        foreach (var expression in aggregate?.AggregateExpressions ?? [])
        {
            var single = expression as AggregateExpression ?? throw Refusal.NotSupported($"{expression.AggregateKind} in $apply");
            MustBeNew(single.Alias);
            figures.Add(Figure(single, $"a{figures.Count + 1}", carried));
            aliases.Add(single.Alias);
        }

        // From here on the names are those of the groups: what came before is gone.
        var groups = new GroupedScope();
        var known = names.ToDictionary();
        names.Clear();
        foreach (var key in keys)
        {
            groups.Add(key.Path.Text.Length == 0 ? key.Label : $"{key.Path.Text}/{key.Label}", key.Name, Option);
            if (key.Term is ColumnTerm column)
            {
                names[key.Name] = Levels.NameOf(column);
            }
            else if (known.TryGetValue(key.Term, out var name))
            {
                names[key.Name] = name;
            }
        }

        foreach (var (figure, alias) in figures.Zip(aliases))
        {
            groups.Add(alias, figure.Name, Option);
        }

        grouping = new Grouping(grouping, filter, keys, figures);
        (scope, filter, computed, figureAliases) = (groups, null, [], aliases);
    }

    private List<string> figureAliases = [];

    private IEnumerable<GroupKey> Keys(GroupByPropertyNode property)
    {
        if (property.Expression is not null)
        {
            var reader = terms(Option, scope);
            var term = reader.Read(property.Expression);
            var (path, label) = property.Expression switch
            {
                SingleValuePropertyAccessNode access => (reader.PathTo(access.Source).Path, access.Property.Name),
                SingleValueOpenPropertyAccessNode open => (NavigationPath.Root, open.Name),
                var other => throw Refusal.NotSupported($"groupby with {other.Kind} in $apply"),
            };
            if (term is ConstantTerm)
            {
                throw Refusal.NotValid(Option, $"'{label}' is the same in every row: there is nothing to group by.", label);
            }

            yield return new GroupKey(new GroupedTerm("", term.Type, term.Nullable, IsKey: term is ColumnTerm or GroupedTerm { IsKey: true }), term, path, label);
        }

        foreach (var key in property.ChildTransformations.SelectMany(Keys))
        {
            yield return key;
        }
    }

    private GroupFigure Figure(AggregateExpression expression, string sqlName, IReadOnlyCollection<string> carried)
    {
        if (expression.Method == AggregationMethod.VirtualPropertyCount)
        {
            return new GroupFigure(new GroupedTerm(sqlName, PublishedType.Whole, false), Query.Aggregate.Count, null);
        }

        var term = terms(Option, scope).Read(expression.Expression);
        var name = term is ColumnTerm column ? column.Column.Name : (expression.Expression as SingleValueOpenPropertyAccessNode)?.Name;
        if (name is null)
        {
            throw Refusal.NotSupported("The aggregate of an expression in $apply");
        }

        if (expression.Method == AggregationMethod.Average)
        {
            throw Honest.NoAverage(set, name);
        }

        var aggregate = Aggregates.Of(expression);
        switch (aggregate)
        {
            case Query.Aggregate.Sum:
                Honest.MustAdd(set, term, name, grouping?.Figures ?? []);
                levels.MustBeOne(name, carried);
                break;
            case Query.Aggregate.Min or Query.Aggregate.Max:
                Honest.MustHaveOrder(term, name, aggregate);
                break;
            case Query.Aggregate.CountDistinct or Query.Aggregate.Count:
                break;
        }

        return aggregate == Query.Aggregate.CountDistinct
            ? new GroupFigure(new GroupedTerm(sqlName, PublishedType.Whole, false), aggregate, term)
            : new GroupFigure(new GroupedTerm(sqlName, term.Type, true), aggregate, term);
    }

    private void Compute(ComputeTransformationNode compute)
    {
        foreach (var expression in compute.Expressions)
        {
            var term = terms(Option, scope).Read(expression.Expression);
            MustBeNew(expression.Alias);
            scope.Add(expression.Alias, term, Option);
            computed.Add(new Field(expression.Alias, term));
        }
    }

    private void MustBeNew(string alias) => QueryReader.MustBeNew(set, alias, Option);

    /// <summary>The name of a column or of a key that holds one.</summary>
    private string? NameOf(Term term) => term is ColumnTerm column ? Levels.NameOf(column) : names.GetValueOrDefault(term);

    private Shape MakeShape(Grouping last)
    {
        var shape = KeysBelow(last.Keys, NavigationPath.Root);
        return shape with { Fields = [.. shape.Fields, .. last.Figures.Zip(figureAliases, (f, a) => new Field(a, f.Name))] };
    }

    private static Shape KeysBelow(IReadOnlyList<GroupKey> keys, NavigationPath path)
    {
        var own = keys.Where(k => k.Path.Text == path.Text).Select(k => new Field(k.Label, k.Name));
        var deeper = keys.Select(k => StepBelow(k.Path, path)).OfType<NavigationPath>().DistinctBy(p => p.Text);
        return new Shape(null, null, [.. own], [.. deeper.Select(p => new Nested(p.Step!.Name, KeysBelow(keys, p)))]);
    }

    /// <summary>The step that leads from one path towards a longer one; null where it does not.</summary>
    private static NavigationPath? StepBelow(NavigationPath? path, NavigationPath from)
    {
        while (path is not null && path.Parent?.Text != from.Text)
        {
            path = path.Parent;
        }

        return path;
    }
}
