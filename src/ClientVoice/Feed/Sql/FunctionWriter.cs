using ClientVoice.Feed.Query;

namespace ClientVoice.Feed.Sql;

/// <summary>Writes OData's functions as SQL.</summary>
internal sealed class FunctionWriter(FeedDialect dialect)
{
    /// <summary>A function that says yes or no.</summary>
    public string Condition(CallTerm call, Func<Term, string> value)
    {
        var (text, part) = (call.Arguments[0], call.Arguments[1]);
        if (part is ConstantTerm { Value: "" })
        {
            // Every text holds the empty one; databases disagree.
            return $"{value(text)} IS NOT NULL";
        }

        var (textSql, partSql) = (value(text), value(part));
        var condition = call.Function switch
        {
            Function.Contains => $"{dialect.Common.Position(textSql, partSql)} > 0",
            Function.StartsWith => $"{dialect.Common.Position(textSql, partSql)} = 1",
            _ => EndsWith(textSql, partSql),
        };
        return part is ConstantTerm ? condition : $"({dialect.Common.Length(partSql)} = 0 OR {condition})";
    }

    /// <summary>A function that gives a text or a number.</summary>
    public string Value(CallTerm call, Func<Term, string> value)
    {
        var first = value(call.Arguments[0]);
        return call.Function switch
        {
            Function.Length => dialect.Common.Length(first),
            Function.IndexOf when call.Arguments[1] is ConstantTerm { Value: "" } => $"CASE WHEN {first} IS NOT NULL THEN 0 END",
            Function.IndexOf => $"({dialect.Common.Position(first, value(call.Arguments[1]))} - 1)",
            Function.Substring => Substring(first, call, value),
            Function.ToLower => dialect.Lower(first),
            Function.ToUpper => dialect.Upper(first),
            Function.Trim => $"TRIM({first})",
            Function.Concat => dialect.Common.Concat(first, value(call.Arguments[1])),
            Function.Year => dialect.DatePart("YEAR", first),
            Function.Month => dialect.DatePart("MONTH", first),
            Function.Day => dialect.DatePart("DAY", first),
            Function.Round => $"ROUND({first}, 0)",
            Function.Floor => $"FLOOR({first})",
            Function.Ceiling => $"CEILING({first})",
            Function.Contains or Function.StartsWith or Function.EndsWith => throw new InvalidOperationException($"{call.Function} is a condition."),
        };
    }

    // Both sides are equally long, so that T-SQL's blindness for spaces at the end does no harm.
    private string EndsWith(string text, string part)
    {
        var common = dialect.Common;
        var end = dialect.Substring(text, $"{common.Length(text)} - {common.Length(part)} + 1", null);
        return $"({common.Length(text)} >= {common.Length(part)} AND {common.Exact(end)} = {part})";
    }

    // OData counts from 0, SQL from 1; below 0, OData counts from the end.
    private string Substring(string text, CallTerm call, Func<Term, string> value)
    {
        var position = (ConstantTerm)call.Arguments[1];
        var at = (long)position.Value!;
        var start = at >= 0 ? value(position with { Value = at + 1 }) : FromEnd(dialect.Common.Length(text), value(position with { Value = -at }));
        return dialect.Substring(text, start, call.Arguments.Count > 2 ? value(call.Arguments[2]) : null);
    }

    private static string FromEnd(string length, string back) => $"CASE WHEN {length} > {back} THEN {length} - {back} + 1 ELSE 1 END";
}
