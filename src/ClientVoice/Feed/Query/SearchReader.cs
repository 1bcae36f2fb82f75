// $search is "find me the rows about this": a word is looked for in every text of the row and of the dimensions that it
// refers to, whatever the capitals. What a match is, OData leaves to the service.
using ClientVoice.Outcomes;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads $search.</summary>
internal sealed class SearchReader(PublishedSet set)
{
    private readonly IReadOnlyList<ColumnTerm> columns = [.. Columns(set)];
    private int words;

    public Term Read(QueryNode node)
    {
        switch (node)
        {
            case SearchTermNode word:
                return ++words <= FeedLimits.SearchWords
                    ? new SearchTerm(columns, word.Text.ToUpperInvariant())
                    : throw Refusal.TooLarge("$search", $"$search has more than {FeedLimits.SearchWords} words.");
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not:
                return Negation.Of(Read(not.Operand));
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } both:
                return new LogicTerm(both.OperatorKind == BinaryOperatorKind.And, [Read(both.Left), Read(both.Right)]);
            default:
                throw Refusal.NotSupported($"{node.Kind} in $search");
        }
    }

    // Keys hold codes that people know ("mijn-verhaal@1.0/home"), so they are searched as well; the dimension's keys are
    // the row's own columns already.
    private static IEnumerable<ColumnTerm> Columns(PublishedSet set)
    {
        var own = set.Columns.Where(c => c.Type == PublishedType.Text).Select(c => new ColumnTerm(NavigationPath.Root, set, c));
        var dimensions = set.References.SelectMany(r => PublishedModel.Set(r.Target).Columns
            .Where(c => c.Type == PublishedType.Text && c.Name != "Id" && !c.Name.EndsWith("Id", StringComparison.Ordinal))
            .Select(c => new ColumnTerm(NavigationPath.Root.Then(set, r.Name), PublishedModel.Set(r.Target), c)));
        return own.Concat(dimensions);
    }
}
