using System.Text.RegularExpressions;
using ClientVoice.Database;
using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>Writes whole statements for a query.</summary>
internal sealed partial class StatementWriter
{
    private readonly FeedDialect dialect;
    private readonly FeedQuery query;
    private readonly View view;
    private readonly SqlParameters parameters = new();
    private readonly Joins joins;
    private readonly TermWriter terms;
    private readonly List<string> columns = [];

    private StatementWriter(SqlDialect common, FeedQuery query, View view)
    {
        dialect = FeedDialect.Of(common);
        this.query = query;
        this.view = view;
        joins = new Joins(view.IsNarrowed);
        terms = new TermWriter(dialect, parameters, joins);
    }

    /// <summary>The rows of one page, in order.</summary>
    public static Statement Page(SqlDialect dialect, FeedQuery query, View view, PageStart start) =>
        new StatementWriter(dialect, query, view).Page(start);

    /// <summary>How many rows there are in all.</summary>
    public static Statement Count(SqlDialect dialect, FeedQuery query, View view) =>
        new StatementWriter(dialect, query, view).Count();

    private Statement Page(PageStart start)
    {
        var shape = Plan(query.Shape);
        // What is the same for every row puts none before another, and T-SQL refuses it.
        var order = query.Order.Select(o => (Sql: terms.Comparable(o.Term), o.Descending)).DistinctBy(o => o.Sql).Where(o => RowsColumn().IsMatch(o.Sql)).ToList();
        var orderAt = query.Order.Select(o => ColumnAt(terms.Value(o.Term))).ToList();
        var conditions = Conditions();
        if (start.After is not null)
        {
            conditions.Add(Keyset.After(query.Order, start.After, terms, parameters));
        }

        var from = From(conditions);
        var ordered = string.Join(", ", order.Select(o => o.Sql + (o.Descending ? " DESC" : "")));
        var skip = parameters.Add("skip", start.Skip, PublishedType.Whole);
        var take = parameters.Add("take", (long)start.Take, PublishedType.Whole);
        var sql = $"SELECT {string.Join(", ", columns)}\n{from}\nORDER BY {ordered}{dialect.Common.Page(skip, take)}";
        return new Statement(sql, parameters, shape, orderAt);
    }

    private Statement Count() => new($"SELECT COUNT(*)\n{From(Conditions())}", parameters, null, []);

    private List<string> Conditions() => query.Filter is null ? [] : [terms.Condition(query.Filter)];

    private string From(List<string> conditions)
    {
        if (query.Grouping is null)
        {
            return Table(joins, conditions);
        }

        return $"FROM (\n{Grouped(query.Grouping)}\n) g{Where(conditions)}";
    }

    private string Grouped(Grouping grouping)
    {
        var inside = new Joins(view.IsNarrowed);
        var write = new TermWriter(dialect, parameters, inside);
        var keys = grouping.Keys.Select(k => (k.Name.SqlName, Sql: write.Comparable(k.Term))).ToList();
        var shown = keys.Select(k => $"{k.Sql} AS {k.SqlName}").Concat(grouping.Figures.Select(f => $"{Figure(f, write)} AS {f.Name.SqlName}"));
        var select = $"SELECT {string.Join(", ", shown)}";
        List<string> conditions = grouping.Filter is null ? [] : [write.Condition(grouping.Filter)];
        var table = grouping.Inner is null ? Table(inside, conditions) : $"FROM (\n{Grouped(grouping.Inner)}\n) g{Where(conditions)}";
        return keys.Count == 0 ? $"{select}\n{table}" : $"{select}\n{table}\nGROUP BY {string.Join(", ", keys.Select(k => k.Sql))}";
    }

    private static string Where(List<string> conditions) => conditions.Count == 0 ? "" : "\nWHERE " + string.Join("\n  AND ", conditions);

    private static string Figure(GroupFigure figure, TermWriter write)
    {
        var column = figure.Term is null ? "" : write.Value(figure.Term);
        return figure.Aggregate switch
        {
            // As int, T-SQL's SUM overflows.
            Aggregate.Sum => figure.Name.Type == PublishedType.Whole ? $"SUM(CAST({column} AS bigint))" : $"SUM({column})",
            Aggregate.Min => $"MIN({column})",
            Aggregate.Max => $"MAX({column})",
            Aggregate.CountDistinct => $"COUNT(DISTINCT {write.Comparable(figure.Term!)})",
            Aggregate.Count => "COUNT(*)",
        };
    }

    /// <summary>The set's table with what is joined to it, this publication and this reader's places and groups only.</summary>
    private string Table(Joins with, List<string> conditions)
    {
        List<string> all = ["t.Publication = @publication", .. Joins.Conditions(query.Set, "t", view.IsNarrowed), .. conditions];
        var lines = new List<string> { $"FROM {query.Set.Table} t" };
        lines.AddRange(with.Lines);
        lines.Add("WHERE " + string.Join("\n  AND ", all));
        var text = string.Join('\n', lines);
        parameters.Add("publication", (long)view.Publication, PublishedType.Whole);
        AddScope(text);
        return text;
    }

    private void AddScope(string text)
    {
        Add("scope", view.Scope);
        Add(Joins.Groups[1..], view.Groups);

        void Add(string name, IReadOnlyList<Guid> ids)
        {
            if (text.Contains($"@{name}", StringComparison.Ordinal) || columns.Any(c => c.Contains($"@{name}", StringComparison.Ordinal)))
            {
                parameters.Add(name, ids);
            }
        }
    }

    private PlannedShape Plan(Shape shape) => new(
        shape,
        shape.Key is null ? -1 : ColumnAt(terms.Value(shape.Key)),
        [.. shape.Fields.Select(f => ColumnAt(terms.Value(f.Term)))],
        [.. shape.Inside.Select(n => Plan(n.Shape))]);

    private int ColumnAt(string sql)
    {
        var at = columns.IndexOf(sql);
        if (at < 0)
        {
            at = columns.Count;
            columns.Add(sql);
        }

        return at;
    }

    [GeneratedRegex(@"\b(t|g|j\d+)\.")]
    private static partial Regex RowsColumn();
}
