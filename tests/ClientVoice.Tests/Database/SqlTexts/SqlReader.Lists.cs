// What stands in a list.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClientVoice.Tests.Database.SqlTexts;

internal sealed partial class SqlReader
{
    private IReadOnlyList<string> Elements(ExpressionSyntax list, Dictionary<ISymbol, Bound> bound) =>
        [.. Each(list, bound).SelectMany(one => one.Texts ?? Texts(one.What, one.In))];

    // The elements of a list, also of one that was added to; a list that was narrowed or put in order is the whole list.
    private IReadOnlyList<Bound> Each(ExpressionSyntax list, Dictionary<ISymbol, Bound> bound)
    {
        switch (list)
        {
            case ParenthesizedExpressionSyntax inside:
                return Each(inside.Expression, bound);
            case CastExpressionSyntax cast:
                return Each(cast.Expression, bound);
            case ConditionalExpressionSyntax either:
                return [.. Each(either.WhenTrue, bound), .. Each(either.WhenFalse, bound)];
            case CollectionExpressionSyntax collection:
                return [.. collection.Elements.SelectMany(e => e is SpreadElementSyntax spread ? Each(spread.Expression, bound) : [new Bound(((ExpressionElementSyntax)e).Expression, bound)])];
            case ArrayCreationExpressionSyntax { Initializer: { } array }:
                return [.. array.Expressions.Select(e => new Bound(e, bound))];
            case ImplicitArrayCreationExpressionSyntax { Initializer: { } array }:
                return [.. array.Expressions.Select(e => new Bound(e, bound))];
            case BaseObjectCreationExpressionSyntax { Initializer: { } initial }:
                return [.. initial.Expressions.Select(e => new Bound(e, bound))];
            case BaseObjectCreationExpressionSyntax:
                return [];
            case InvocationExpressionSyntax call when source.SymbolOf(call) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method:
                return [.. Given(call, method, bound).SelectMany(one => Each(one.What, one.In))];
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call:
                return Changed(call, member, bound);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return [.. Candidates(list, bound).SelectMany(one => one.IsOneOf || one.Texts is not null ? [one] : ReferenceEquals(one.What, list) ? throw new NotToldException(list) : Each(one.What, one.In)), .. Added(list, bound)];
            default:
                throw new NotToldException(list);
        }
    }

    private IReadOnlyList<Bound> Changed(InvocationExpressionSyntax call, MemberAccessExpressionSyntax member, Dictionary<ISymbol, Bound> bound)
    {
        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        return member.Name.Identifier.Text switch
        {
            "Where" when argument is SimpleLambdaExpressionSyntax { Body: MemberAccessExpressionSyntax asks } && Stored(asks) => [.. Each(member.Expression, bound).SelectMany(Further).Where(one => Part(one, asks, call) is [{ What.RawKind: (int)SyntaxKind.TrueLiteralExpression }])],
            "Where" or "Distinct" or "Order" or "OrderBy" or "ToList" or "ToArray" or "Skip" or "Take" => Each(member.Expression, bound),
            "Append" => [.. Each(member.Expression, bound), new Bound(argument!, bound)],
            "Prepend" => [new Bound(argument!, bound), .. Each(member.Expression, bound)],
            "Concat" => [.. Each(member.Expression, bound), .. Each(argument!, bound)],
            "Select" when member.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Enumerable" } } } range => [new Bound(call, bound) { Texts = Applied(new(argument!, bound), [new Bound(range, bound) { Texts = ["1"] }], call) }],
            "Select" => [.. Each(member.Expression, bound).Select(one => new Bound(call, bound) { Texts = Applied(new(argument!, bound), [one], call) })],
            _ => throw new NotToldException(call),
        };
    }

    private IEnumerable<Bound> Added(ExpressionSyntax list, Dictionary<ISymbol, Bound> bound)
    {
        if (source.SymbolOf(list) is not ILocalSymbol local)
        {
            yield break;
        }

        foreach (var call in list.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Add" or "AddRange" } add && SymbolEqualityComparer.Default.Equals(source.SymbolOf(add.Expression), local))
            {
                var argument = call.ArgumentList.Arguments[0].Expression;
                foreach (var one in add.Name.Identifier.Text == "Add" ? [new Bound(argument, bound)] : Each(argument, bound))
                {
                    yield return one;
                }
            }
        }
    }
}
