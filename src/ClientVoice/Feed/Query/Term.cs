// Our own small language between OData and SQL: everything in it can be written in both dialects, and nothing in
// it holds a name that came from outside.
using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>An expression over one row.</summary>
internal abstract record Term(PublishedType Type, bool Nullable);

/// <summary>A column of the row, or of the row that a path leads to.</summary>
internal sealed record ColumnTerm(NavigationPath Path, PublishedSet Set, PublishedColumn Column)
    : Term(Column.Type, Column.Nullable || Path.Nullable);

/// <summary>A key or a figure of a grouped row, under the name that SQL knows it by.</summary>
/// <param name="IsKey">A key: a column's value as it is; else a figure.</param>
internal sealed record GroupedTerm(string SqlName, PublishedType Type, bool Nullable, bool IsKey = false) : Term(Type, Nullable);

/// <summary>A value from the request: string, long, double, bool, Guid or DateOnly; null is the null value.</summary>
internal sealed record ConstantTerm(object? Value, PublishedType Type) : Term(Type, Value is null);

/// <summary>A comparison; true or false, never null. <paramref name="Negated"/> is its exact opposite, nulls included.</summary>
internal sealed record CompareTerm(Comparison Operator, Term Left, Term Right, bool Negated = false) : Term(PublishedType.Flag, false);

/// <summary>All (<paramref name="And"/>) or any of the operands.</summary>
internal sealed record LogicTerm(bool And, IReadOnlyList<Term> Operands) : Term(PublishedType.Flag, Operands.Any(o => o.Nullable));

/// <summary>The opposite of a truth value that may be null.</summary>
internal sealed record NotTerm(Term Operand) : Term(PublishedType.Flag, Operand.Nullable);

/// <summary>One of a list of constants.</summary>
internal sealed record AmongTerm(Term Operand, IReadOnlyList<ConstantTerm> Values, bool Negated = false) : Term(PublishedType.Flag, false);

internal sealed record ArithmeticTerm(Arithmetic Operator, Term Left, Term Right, PublishedType Type)
    : Term(Type, Left.Nullable || Right.Nullable || Operator is Arithmetic.Divide or Arithmetic.Modulo);

internal sealed record MinusTerm(Term Operand) : Term(Operand.Type, Operand.Nullable);

internal sealed record CallTerm(Function Function, IReadOnlyList<Term> Arguments, PublishedType Type)
    : Term(Type, Arguments.Any(a => a.Nullable));

/// <summary>Rows of another set that refer to the row at the end of a path.</summary>
/// <param name="Variable">What the condition calls such a row.</param>
/// <param name="Condition">Which of them; null for all.</param>
internal sealed record RelatedRows(NavigationPath From, Related Related, string Variable, Term? Condition);

/// <summary>Whether any of the rows is there, or (<paramref name="All"/>) whether the condition holds for each of them.</summary>
internal sealed record AnyTerm(RelatedRows Rows, bool All, bool Negated = false) : Term(PublishedType.Flag, false);

/// <summary>How many of the rows there are.</summary>
internal sealed record CountTerm(RelatedRows Rows) : Term(PublishedType.Whole, false);

/// <summary>Whether a word stands in one of the columns, in capitals or not; true or false, never null.</summary>
internal sealed record SearchTerm(IReadOnlyList<ColumnTerm> Columns, string Word, bool Negated = false) : Term(PublishedType.Flag, false);

/// <summary>A value in another type.</summary>
internal sealed record CastTerm(Term Operand, PublishedType Type) : Term(Type, Operand.Nullable);

/// <summary>A day, so many days later (or, negative, earlier).</summary>
internal sealed record ShiftTerm(Term Day, ConstantTerm Days) : Term(PublishedType.Date, Day.Nullable);

internal enum Comparison
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

internal enum Arithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>The functions that both dialects can do alike.</summary>
internal enum Function
{
    Contains,
    StartsWith,
    EndsWith,
    Length,
    IndexOf,
    Substring,
    ToLower,
    ToUpper,
    Trim,
    Concat,
    Year,
    Month,
    Day,
    Round,
    Floor,
    Ceiling,
}

/// <summary>The way from a row to another one, as references of the published model.</summary>
internal sealed class NavigationPath
{
    /// <summary>The row itself that the query is about.</summary>
    public static readonly NavigationPath Root = new("", null, null, "");

    private NavigationPath(string variable, NavigationPath? parent, PublishedReference? step, string text)
    {
        Variable = variable;
        Parent = parent;
        Step = step;
        Text = text;
    }

    /// <summary>Whose row it starts at: empty for the query's own, else the name that a condition on other rows gave it.</summary>
    public string Variable { get; }

    public NavigationPath? Parent { get; }

    public PublishedReference? Step { get; }

    /// <summary>As in a URL: <c>Measure/Instrument</c>.</summary>
    public string Text { get; }

    public int Steps => Parent is null ? 0 : Parent.Steps + 1;

    /// <summary>There may be no row at its end.</summary>
    public bool Nullable { get; private init; }

    /// <summary>The row that a condition calls <paramref name="variable"/>.</summary>
    public static NavigationPath Of(string variable) => new(variable, null, null, "");

    /// <summary>One step further, over a reference of <paramref name="from"/>, the set that this path leads to.</summary>
    public NavigationPath Then(PublishedSet from, string reference)
    {
        var step = from.References.Single(r => r.Name == reference);
        return new NavigationPath(Variable, this, step, Text.Length == 0 ? step.Name : $"{Text}/{step.Name}")
        {
            Nullable = Nullable || from.Columns.Single(c => c.Name == step.Column).Nullable,
        };
    }
}
