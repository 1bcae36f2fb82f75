// Which aggregates say something true about people. A row stands for a number of people, a different one in each
// row: adding counts is right, averaging averages or adding shares is not.
using ClientVoice.Outcomes;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Query;

/// <summary>The rules of $apply/aggregate.</summary>
internal static class Honest
{
    public static GroupFigure Sum(PublishedSet set, ColumnTerm column, string sqlName) => column.Column.Additive && column.Path.Steps == 0
        ? new GroupFigure(new GroupedTerm(sqlName, column.Type, true), Aggregate.Sum, column)
        : throw Refusal.NotValid("$apply", $"{column.Column.Name} cannot be summed: its rows stand for different numbers of people. {Instead(set)}");

    public static ProblemException NoAverage(PublishedSet set, ColumnTerm column) => Refusal.NotValid(
        "$apply", $"{column.Column.Name} cannot be averaged over rows: they stand for different numbers of people. {Instead(set)}");

    public static GroupFigure Extreme(ColumnTerm column, string sqlName, Aggregate aggregate) =>
        column.Type is PublishedType.Key or PublishedType.Flag
            ? throw Refusal.NotSupported($"{aggregate} of {column.Column.Name} in $apply")
            : new GroupFigure(new GroupedTerm(sqlName, column.Type, true), aggregate, column);

    private static string Instead(PublishedSet set)
    {
        var additive = set.Columns.Where(c => c.Additive).Select(c => c.Name).Reverse().ToList();
        return additive.Count switch
        {
            0 => "This set has no columns that can be.",
            _ when set.Name == "Outcomes" => "Use the sums of ScoreSum and Respondents, and divide the one by the other.",
            _ => $"Use the sum of {string.Join(", ", additive)}.",
        };
    }
}
