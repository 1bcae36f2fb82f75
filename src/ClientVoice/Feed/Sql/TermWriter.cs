// Writes terms as SQL: every value a parameter, every column from the map. T-SQL keeps truth values and conditions
// apart, so there are two ways in: a condition (WHERE) and a value (SELECT, ORDER BY, a side of a comparison).
using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>Writes the terms of one SELECT.</summary>
internal sealed class TermWriter(FeedDialect dialect, SqlParameters parameters, Joins joins)
{
    private const string Always = "1 = 1";
    private const string Never = "1 = 0";
    private readonly FunctionWriter functions = new(dialect);
    private readonly Dictionary<(RelatedRows, string, string), string> related = [];

    /// <summary>A term as a condition. Unknown counts as no.</summary>
    public string Condition(Term term) => term switch
    {
        ConstantTerm constant => constant.Value is true ? Always : Never,
        LogicTerm logic => $"({string.Join(logic.And ? " AND " : " OR ", logic.Operands.Select(Condition))})",
        CompareTerm { Operator: Comparison.Equal } compare => Equal(compare),
        CompareTerm { Operator: Comparison.NotEqual } compare => NotEqual(compare),
        CompareTerm compare => Order(compare),
        AmongTerm among => Among(among),
        AnyTerm any => Any(any),
        SearchTerm search => Search(search),
        NotTerm { Operand: ColumnTerm or GroupedTerm } not => $"{Value(not.Operand)} = 0",
        NotTerm not => $"NOT ({Condition(not.Operand)})",
        ColumnTerm { Type: PublishedType.Flag } or GroupedTerm { Type: PublishedType.Flag } => $"{Value(term)} = 1",
        CallTerm { Type: PublishedType.Flag } call => functions.Condition(call, Value),
        _ => throw Refusal.NotValid("$filter", "A condition must be true or false."),
    };

    /// <summary>A term as a value.</summary>
    public string Value(Term term) => term switch
    {
        ColumnTerm column => Column(column),
        GroupedTerm grouped => $"g.{grouped.SqlName}",
        ConstantTerm constant => parameters.Add(constant.Value, constant.Type),
        MinusTerm minus => $"(-{Value(minus.Operand)})",
        ArithmeticTerm arithmetic => Calculated(arithmetic),
        CountTerm count => Related(count.Rows, "COUNT(*)", ""),
        CastTerm cast => dialect.Cast(Value(cast.Operand), cast.Operand.Type, cast.Type),
        ShiftTerm shift => dialect.AddDays(Value(shift.Day), Value(shift.Days)),
        CallTerm call when call.Type != PublishedType.Flag => functions.Value(call, Value),
        _ => $"CASE WHEN {Condition(term)} THEN 1 WHEN {Condition(Negation.Of(term))} THEN 0 END",
    };

    /// <summary>A term as a value to compare or to sort by: texts by code point.</summary>
    public string Comparable(Term term) => Exact(term, Value(term));

    private string Exact(Term term, string value) => term.Type == PublishedType.Text ? dialect.Common.Exact(value) : value;

    // The place a reader starts at is the top of its world: what it hangs under is not its to see, and a
    // hierarchy in a BI tool breaks on a parent that is not there.
    private string Column(ColumnTerm term)
    {
        var alias = joins.Alias(term.Path);
        return term.Set.Name == "Places" && term.Column.Name == "ParentId"
            ? $"CASE WHEN {alias}.ParentId IN {Joins.Scope} THEN {alias}.ParentId END"
            : $"{alias}.{term.Column.Name}";
    }

    private string Any(AnyTerm any)
    {
        // "All" fails at one row for which the condition is not true; unknown is not true.
        var rows = any.All && any.Rows.Condition is null ? null : Related(any.Rows, "1", any.All ? "CASE WHEN {0} THEN 1 ELSE 0 END = 0" : "{0}");
        var exists = any.All != any.Negated ? "NOT EXISTS" : "EXISTS";
        return rows is null ? (any.Negated ? Never : Always) : $"{exists} {rows}";
    }

    /// <summary>A SELECT over the rows that refer to one, of this publication and these places.</summary>
    private string Related(RelatedRows rows, string what, string condition)
    {
        // The same in the order as in the columns: one text, so that T-SQL sees that they are one.
        if (!related.TryGetValue((rows, what, condition), out var known))
        {
            related.Add((rows, what, condition), known = RelatedOnce(rows, what, condition));
        }

        return known;
    }

    private string RelatedOnce(RelatedRows rows, string what, string condition)
    {
        var from = joins.Alias(rows.From);
        var inside = joins.Inside(rows.Variable);
        var set = rows.Related.Set;
        var wanted = rows.Condition is null
            ? ""
            : " AND " + string.Format(System.Globalization.CultureInfo.InvariantCulture, condition, new TermWriter(dialect, parameters, inside).Condition(rows.Condition));
        var joined = string.Concat(inside.Lines.Select(l => " " + l));
        return $"(SELECT {what} FROM {set.Table} {inside.Own}{joined} WHERE {inside.Own}.Publication = @publication AND {inside.Own}.{rows.Related.Reference.Column} = {from}.Id{inside.Within(set, inside.Own)}{wanted})";
    }

    // Looked for in capitals on both sides; a row without a text does not hold the word, and its opposite is true.
    private string Search(SearchTerm search)
    {
        var word = parameters.Add(search.Word, PublishedType.Text);
        var found = string.Join(" OR ", search.Columns.Select(c => $"{dialect.Common.Position(dialect.Upper(Value(c)), word)} > 0"));
        return search.Negated ? $"CASE WHEN {found} THEN 1 ELSE 0 END = 0" : $"({found})";
    }

    private string Equal(CompareTerm compare)
    {
        if (WithNull(compare) is { } other)
        {
            return other is ConstantTerm { Value: null } ? Always : $"{Value(other)} IS NULL";
        }

        var (left, right) = (Value(compare.Left), Value(compare.Right));
        var equal = $"{Exact(compare.Left, left)} = {right}";
        return compare.Left.Nullable && compare.Right.Nullable ? $"({equal} OR ({left} IS NULL AND {right} IS NULL))" : equal;
    }

    private string NotEqual(CompareTerm compare)
    {
        if (WithNull(compare) is { } other)
        {
            return other is ConstantTerm { Value: null } ? Never : $"{Value(other)} IS NOT NULL";
        }

        var (left, right) = (Value(compare.Left), Value(compare.Right));
        var differs = $"{Exact(compare.Left, left)} <> {right}";
        return (compare.Left.Nullable, compare.Right.Nullable) switch
        {
            (true, true) => $"({differs} OR ({left} IS NULL AND {right} IS NOT NULL) OR ({left} IS NOT NULL AND {right} IS NULL))",
            (true, false) => $"({differs} OR {left} IS NULL)",
            (false, true) => $"({differs} OR {right} IS NULL)",
            (false, false) => differs,
        };
    }

    // An order with null in it is false, so its opposite is true.
    private string Order(CompareTerm compare)
    {
        if (WithNull(compare) is not null)
        {
            return compare.Negated ? Always : Never;
        }

        var (left, right) = (Value(compare.Left), Value(compare.Right));
        var condition = $"{Exact(compare.Left, left)} {Sign(compare)} {right}";
        var nulls = (compare.Left.Nullable ? $" OR {left} IS NULL" : "") + (compare.Right.Nullable ? $" OR {right} IS NULL" : "");
        return compare.Negated && nulls.Length > 0 ? $"({condition}{nulls})" : condition;
    }

    private static string Sign(CompareTerm compare) => (compare.Operator, compare.Negated) switch
    {
        (Comparison.Greater, false) or (Comparison.LessOrEqual, true) => ">",
        (Comparison.GreaterOrEqual, false) or (Comparison.Less, true) => ">=",
        (Comparison.Less, false) or (Comparison.GreaterOrEqual, true) => "<",
        _ => "<=",
    };

    private string Among(AmongTerm among)
    {
        var operand = Value(among.Operand);
        var values = among.Values.Where(v => v.Value is not null).Select(Value).ToList();
        var holdsNull = values.Count < among.Values.Count;
        var parts = new List<string>();
        if (values.Count > 0)
        {
            parts.Add($"{Exact(among.Operand, operand)} {(among.Negated ? "NOT IN" : "IN")} ({string.Join(", ", values)})");
        }

        if (holdsNull && (!among.Negated || values.Count == 0))
        {
            parts.Add($"{operand} IS {(among.Negated ? "NOT " : "")}NULL");
        }
        else if (among.Negated && !holdsNull && among.Operand.Nullable)
        {
            parts.Add($"{operand} IS NULL");
        }

        return parts.Count == 1 ? parts[0] : $"({string.Join(" OR ", parts)})";
    }

    private string Calculated(ArithmeticTerm term)
    {
        var divides = term.Operator is Arithmetic.Divide or Arithmetic.Modulo;
        if (divides && term.Right is ConstantTerm { Value: 0L or 0d })
        {
            throw Refusal.NotValid("$filter", "A division by zero.", "0", last: true);
        }

        var (left, right) = (Value(term.Left), Value(term.Right));
        // Two int columns would overflow as int in T-SQL; constants are bigint already.
        if (term.Type == PublishedType.Whole && term.Left is not ConstantTerm && term.Right is not ConstantTerm)
        {
            left = $"CAST({left} AS bigint)";
        }

        // By a zero in the data: no value, in both dialects, instead of an error in one.
        return $"({left} {Sign(term.Operator)} {(divides && term.Right is not ConstantTerm ? $"NULLIF({right}, 0)" : right)})";
    }

    private static string Sign(Arithmetic arithmetic) => arithmetic switch
    {
        Arithmetic.Add => "+",
        Arithmetic.Subtract => "-",
        Arithmetic.Multiply => "*",
        Arithmetic.Divide => "/",
        Arithmetic.Modulo => "%",
    };

    /// <summary>The other side of a comparison with null; null where neither side is.</summary>
    private static Term? WithNull(CompareTerm compare) =>
        compare.Right is ConstantTerm { Value: null } ? compare.Left
        : compare.Left is ConstantTerm { Value: null } ? compare.Right
        : null;
}
