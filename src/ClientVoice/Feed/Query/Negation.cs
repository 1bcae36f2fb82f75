// One rewrite: `not`. SQL's NOT makes "unknown" of a null where OData says true (not (Mean gt 5) holds for a hidden
// mean), so the negation is pushed down to the comparisons, which know both answers.
namespace ClientVoice.Feed.Query;

/// <summary>The opposite of a truth value, nulls included.</summary>
internal static class Negation
{
    public static Term Of(Term term) => term switch
    {
        CompareTerm { Operator: Comparison.Equal } equal => equal with { Operator = Comparison.NotEqual },
        CompareTerm { Operator: Comparison.NotEqual } differs => differs with { Operator = Comparison.Equal },
        CompareTerm compare => compare with { Negated = !compare.Negated },
        AmongTerm among => among with { Negated = !among.Negated },
        AnyTerm any => any with { Negated = !any.Negated },
        SearchTerm search => search with { Negated = !search.Negated },
        LogicTerm logic => new LogicTerm(!logic.And, [.. logic.Operands.Select(Of)]),
        NotTerm not => not.Operand,
        ConstantTerm { Value: bool value } constant => constant with { Value = !value },
        _ => new NotTerm(term),
    };
}
