// $apply, as far as it is honest: figures of people may be summed, averages may not.
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace ClientVoice.Feed.Query;

/// <summary>What $apply comes to: rows put together or not, and which are left.</summary>
internal sealed record Applied(Grouping? Grouping, Shape? Shape, Term? Filter, RowScope Scope)
{
    public static readonly Applied Nothing = new(null, null, null, RowScope.Rows);
}

/// <summary>Reads $apply: filters, one grouping, and filters and calculations on its result.</summary>
/// <param name="terms">Makes a reader of expressions for an option and a scope.</param>
internal sealed class ApplyReader(PublishedSet set, Func<string, RowScope, TermReader> terms)
{
    private const string Option = "$apply";
    private readonly GroupedScope scope = new();
    private readonly List<GroupKey> keys = [];
    private readonly List<GroupFigure> figures = [];
    private readonly List<Field> computed = [];
    private readonly Dictionary<GroupFigure, string> figureNames = [];
    private Term? before;
    private Term? after;
    private bool grouped;

    public Applied Read(ApplyClause clause)
    {
        foreach (var transformation in clause.Transformations)
        {
            Take(transformation);
        }

        return grouped
            ? new Applied(new Grouping(before, keys, figures), MakeShape(), after, scope)
            : new Applied(null, null, before, RowScope.Rows);
    }

    private void Take(TransformationNode transformation)
    {
        switch (transformation)
        {
            case FilterTransformationNode filter when grouped:
                after = QueryReader.Both(after, terms(Option, scope).Read(filter.FilterClause.Expression));
                break;
            case FilterTransformationNode filter:
                before = QueryReader.Both(before, terms(Option, RowScope.Rows).Read(filter.FilterClause.Expression));
                break;
            case GroupByTransformationNode or AggregateTransformationNode when grouped:
                throw Refusal.NotSupported("A second grouping in $apply");
            case GroupByTransformationNode group:
                GroupBy(group);
                break;
            case AggregateTransformationNode aggregate:
                Aggregate(aggregate);
                break;
            case ComputeTransformationNode compute when grouped:
                Compute(compute);
                break;
            case ComputeTransformationNode:
                throw Refusal.NotSupported("compute before a grouping in $apply");
            default:
                throw Refusal.NotSupported($"{transformation.Kind} in $apply");
        }
    }

    private void GroupBy(GroupByTransformationNode group)
    {
        grouped = true;
        foreach (var property in group.GroupingProperties)
        {
            AddKeys(property);
        }

        switch (group.ChildTransformations)
        {
            case null:
                break;
            case AggregateTransformationNode aggregate:
                Aggregate(aggregate);
                break;
            default:
                throw Refusal.NotSupported($"{group.ChildTransformations.Kind} inside groupby in $apply");
        }
    }

    private void AddKeys(GroupByPropertyNode property)
    {
        if (property.Expression is not null)
        {
            var column = (ColumnTerm)terms(Option, RowScope.Rows).Read(property.Expression);
            var name = new GroupedTerm($"k{keys.Count + 1}", column.Type, column.Nullable, IsKey: true);
            scope.Add(NameOf(column), name);
            keys.Add(new GroupKey(name, column));
        }

        foreach (var child in property.ChildTransformations)
        {
            AddKeys(child);
        }
    }

    private void Aggregate(AggregateTransformationNode aggregate)
    {
        grouped = true;
        foreach (var expression in aggregate.AggregateExpressions)
        {
            var figure = expression is AggregateExpression single
                ? Figure(single)
                : throw Refusal.NotSupported($"{expression.AggregateKind} in $apply");
            NewName(expression.Alias, figure.Name);
            figures.Add(figure);
            figureNames.Add(figure, expression.Alias);
        }
    }

    private GroupFigure Figure(AggregateExpression expression)
    {
        var name = $"a{figures.Count + 1}";
        if (expression.Method == AggregationMethod.VirtualPropertyCount)
        {
            return new GroupFigure(new GroupedTerm(name, PublishedType.Whole, false), Query.Aggregate.Count, null);
        }

        if (terms(Option, RowScope.Rows).Read(expression.Expression) is not ColumnTerm column)
        {
            throw Refusal.NotSupported("The aggregate of an expression in $apply");
        }

        return expression.Method switch
        {
            AggregationMethod.Sum => Honest.Sum(set, column, name),
            AggregationMethod.Average => throw Honest.NoAverage(set, column),
            AggregationMethod.Min => Honest.Extreme(column, name, Query.Aggregate.Min),
            AggregationMethod.Max => Honest.Extreme(column, name, Query.Aggregate.Max),
            AggregationMethod.CountDistinct => new GroupFigure(new GroupedTerm(name, PublishedType.Whole, false), Query.Aggregate.CountDistinct, column),
            _ => throw Refusal.NotSupported($"The aggregation method {expression.MethodDefinition.MethodLabel ?? expression.Method.ToString()} in $apply"),
        };
    }

    private void Compute(ComputeTransformationNode compute)
    {
        foreach (var expression in compute.Expressions)
        {
            var term = terms(Option, scope).Read(expression.Expression);
            NewName(expression.Alias, term);
            computed.Add(new Field(expression.Alias, term));
        }
    }

    private void NewName(string alias, Term term)
    {
        // The name of a column would promise the column's type and meaning.
        if (set.Columns.Any(c => c.Name.Equals(alias, StringComparison.OrdinalIgnoreCase))
            || set.References.Any(r => r.Name.Equals(alias, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal.NotValid(Option, $"The name '{alias}' belongs to a property already; choose another one after 'as'.");
        }

        scope.Add(alias, term);
    }

    private Shape MakeShape()
    {
        var shape = KeysBelow(NavigationPath.Root);
        return shape with { Fields = [.. shape.Fields, .. figures.Select(f => new Field(figureNames[f], f.Name)), .. computed] };
    }

    private Shape KeysBelow(NavigationPath path)
    {
        var own = keys.Where(k => k.Column.Path.Text == path.Text).Select(k => new Field(k.Column.Column.Name, k.Name));
        var deeper = keys.Select(k => StepBelow(k.Column.Path, path)).OfType<NavigationPath>().DistinctBy(p => p.Text);
        return new Shape(null, null, [.. own], [.. deeper.Select(p => new Nested(p.Step!.Name, KeysBelow(p)))]);
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

    private static string NameOf(ColumnTerm column) =>
        column.Path.Text.Length == 0 ? column.Column.Name : $"{column.Path.Text}/{column.Column.Name}";
}
