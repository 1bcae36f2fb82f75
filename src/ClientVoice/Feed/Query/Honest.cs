// Which aggregates say something true about people. A row stands for a number of people, a different one in each
// row: adding counts is right, averaging averages or adding shares is not.
using ClientVoice.Outcomes;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Query;

/// <summary>The rules of $apply/aggregate.</summary>
internal static class Honest
{
    /// <summary>Whether a term may be summed: a column of people or scores of the row itself, or a sum or count of such.</summary>
    public static void MustAdd(PublishedSet set, Term term, string name, IReadOnlyList<GroupFigure> figures)
    {
        var adds = term switch
        {
            ColumnTerm column => column.Column.Additive && column.Path.Steps == 0,
            GroupedTerm grouped => figures.Any(f => f.Name == grouped && f.Aggregate is Aggregate.Sum or Aggregate.Count),
            _ => false,
        };
        if (!adds)
        {
            throw Refusal.NotValid("$apply", $"{name} cannot be summed: its rows stand for different numbers of people. {Instead(set)}", name);
        }
    }

    public static ProblemException NoAverage(PublishedSet set, string name) => Refusal.NotValid(
        "$apply", $"{name} cannot be averaged over rows: they stand for different numbers of people. {Instead(set)}", name);

    public static void MustHaveOrder(Term term, string name, Aggregate aggregate)
    {
        if (term.Type is PublishedType.Key or PublishedType.Flag)
        {
            throw Refusal.NotSupported($"{aggregate} of {name} in $apply");
        }
    }

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
