// A page continues after the last row given, by the values of the order: no counting of rows that were passed, and
// no row twice or missed, wherever the page ends.
using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>Writes the condition "comes after this row".</summary>
internal static class Keyset
{
    /// <param name="order">Complete: the last item tells any two rows apart.</param>
    /// <param name="after">The order's values of the last row given.</param>
    public static string After(IReadOnlyList<OrderItem> order, IReadOnlyList<object?> after, TermWriter terms, SqlParameters parameters)
    {
        var alternatives = new List<string>();
        var equalSoFar = new List<string>();
        for (var i = 0; i < order.Count; i++)
        {
            var column = terms.Comparable(order[i].Term);
            var value = after[i] is null ? null : parameters.Add(after[i], order[i].Term.Type);
            if (Beyond(order[i], column, value) is { } beyond)
            {
                alternatives.Add(string.Join(" AND ", [.. equalSoFar, beyond]));
            }

            equalSoFar.Add(value is null ? $"{column} IS NULL" : $"{column} = {value}");
        }

        return alternatives.Count switch
        {
            0 => "1 = 0",
            1 => alternatives[0],
            _ => $"(({string.Join(") OR (", alternatives)}))",
        };
    }

    // Nulls come first going up and last going down, in OData and in both databases.
    private static string? Beyond(OrderItem item, string column, string? value) => (item.Descending, value) switch
    {
        (false, null) => $"{column} IS NOT NULL",
        (false, _) => $"{column} > {value}",
        (true, null) => null,
        (true, _) => item.Term.Nullable ? $"({column} < {value} OR {column} IS NULL)" : $"{column} < {value}",
    };
}
