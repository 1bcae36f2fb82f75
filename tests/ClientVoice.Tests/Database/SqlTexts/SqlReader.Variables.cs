// What stands behind a name: what was assigned to it, what stands in a map, what callers give.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClientVoice.Tests.Database.SqlTexts;

internal sealed partial class SqlReader
{
    // The expressions that something can be: what was assigned to a variable, what stands in a map, what callers give.
    private IReadOnlyList<Bound> Candidates(ExpressionSyntax what, Dictionary<ISymbol, Bound> bound)
    {
        switch (what)
        {
            case ParenthesizedExpressionSyntax inside:
                return Candidates(inside.Expression, bound);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } surely:
                return Candidates(surely.Operand, bound);
            case ConditionalExpressionSyntax { Condition: BinaryExpressionSyntax { Right: MemberAccessExpressionSyntax { Name.Identifier.Text: "SqlServer" } } asks } either:
                return Candidates(asks.IsKind(SyntaxKind.EqualsExpression) ? either.WhenTrue : either.WhenFalse, bound);
            case ConditionalExpressionSyntax either:
                return [.. Candidates(either.WhenTrue, bound), .. Candidates(either.WhenFalse, bound)];
            case SwitchExpressionSyntax cases:
                return [.. cases.Arms.Where(arm => arm.Expression is not ThrowExpressionSyntax).SelectMany(arm => Candidates(arm.Expression, bound))];
            case ElementAccessExpressionSyntax at:
                return [.. Candidates(at.Expression, bound).SelectMany(all => Values(all, what))];
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetValueOrDefault" } get } call:
                return [.. Candidates(get.Expression, bound).SelectMany(all => Values(all, what)), .. call.ArgumentList.Arguments.Skip(1).SelectMany(other => Candidates(other.Expression, bound))];
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Single" or "SingleOrDefault" or "First" or "FirstOrDefault" } one }:
                return [.. Each(one.Expression, bound).SelectMany(Further)];
            case InvocationExpressionSyntax call when source.SymbolOf(call) is IMethodSymbol { MethodKind: MethodKind.Ordinary, ReturnType.SpecialType: not SpecialType.System_String, DeclaringSyntaxReferences.IsEmpty: false } method:
                return Given(call, method, bound);
            case MemberAccessExpressionSyntax when OfDialect(what) is { } word:
                return [new(what, bound) { Texts = [word] }];
            case MemberAccessExpressionSyntax member when source.SymbolOf(member) is IFieldSymbol { ContainingType.IsTupleType: true }:
                return [.. Candidates(member.Expression, bound).SelectMany(one => Part(one, member, what))];
            case MemberAccessExpressionSyntax member when Stored(member):
                return [.. Candidates(member.Expression, bound).SelectMany(one => Part(one, member, what))];
            case IdentifierNameSyntax name when Stored(name) && bound.TryGetValue(source.SymbolOf(name)!.ContainingType, out var self):
                return [.. Candidates(self.What, self.In).SelectMany(one => Part(one, name, what))];
            case MemberAccessExpressionSyntax member when source.SymbolOf(member) is IPropertySymbol { IsStatic: false } property:
                return Declared(what, Of(member, property, bound, bound));
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return Declared(what, bound);
            default:
                return [new(what, bound)];
        }
    }

    // A part of a record that is given with it.
    private bool Stored(ExpressionSyntax what) => source.SymbolOf(what) is IPropertySymbol { ContainingType.IsRecord: true, IsStatic: false } property
        && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax or PropertyDeclarationSyntax { AccessorList: not null };

    private IReadOnlyList<Bound> Declared(ExpressionSyntax what, Dictionary<ISymbol, Bound> bound)
    {
        var symbol = source.SymbolOf(what)?.OriginalDefinition;
        if (symbol is IParameterSymbol parameter)
        {
            if (Sets(parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(), parameter).Any())
            {
                throw new NotToldException(what);
            }

            if (bound.TryGetValue(parameter, out var given))
            {
                return given.Texts is not null ? [given] : Candidates(given.What, given.In);
            }

            // What the service gives to a room are all that were made of it.
            if (parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } maker, Type: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol { IsRecord: true } element] } } && !source.CallsOf(maker).Any())
            {
                return [.. element.Constructors.SelectMany(source.CallsOf).Select(made => new Bound(made, bound) { IsOneOf = true })];
            }

            throw parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor } method ? new NeedsCallersException(method, what) : new NotToldException(what);
        }

        var declared = symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        switch (declared)
        {
            case VariableDeclaratorSyntax variable when symbol is ILocalSymbol or IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true }:
                return Assigned(variable.Initializer is null ? [] : Candidates(variable.Initializer.Value, bound), variable, symbol!, bound);
            case PropertyDeclarationSyntax { ExpressionBody: { } body } when symbol is { IsVirtual: false, IsOverride: false }:
                return Candidates(body.Expression, bound);
            case PropertyDeclarationSyntax { Initializer: { } initial } when symbol is IPropertySymbol { SetMethod: null }:
                return Candidates(initial.Value, bound);
            case SingleVariableDesignationSyntax one:
                return Assigned(Taken(one, bound, what), one, symbol!, bound);
            case ForEachStatementSyntax each:
                return bound.TryGetValue(symbol!, out var chosen) ? Further(chosen) : throw new NeedsChoiceException(symbol!, Each(each.Expression, bound), what);
            case MethodDeclarationSyntax or LocalFunctionStatementSyntax:
                return [new(what, bound)];
            default:
                throw new NotToldException(what);
        }
    }

    // A variable that is made by taking something apart, or by asking whether it is there.
    private IReadOnlyList<Bound> Taken(SingleVariableDesignationSyntax one, Dictionary<ISymbol, Bound> bound, ExpressionSyntax what)
    {
        switch (one.Parent)
        {
            case ParenthesizedVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: AssignmentExpressionSyntax { Right: var whole } } } all:
                return [.. Candidates(whole, bound).SelectMany(tuple => Nth(tuple, all.Variables.IndexOf(one)))];
            case ParenthesizedVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ForEachVariableStatementSyntax each } } all:
                return [.. Each(each.Expression, bound).SelectMany(Further).SelectMany(tuple => Nth(tuple, all.Variables.IndexOf(one)))];
            case RecursivePatternSyntax { Parent: IsPatternExpressionSyntax asks }:
                return Candidates(asks.Expression, bound);
            case RecursivePatternSyntax { Parent: UnaryPatternSyntax { Parent: IsPatternExpressionSyntax asks } }:
                return Candidates(asks.Expression, bound);
            case DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "TryGetValue" } asked } } }:
                return [.. Candidates(asked.Expression, bound).SelectMany(map => Values(map, what))];
            default:
                throw new NotToldException(what);
        }

        IReadOnlyList<Bound> Nth(Bound tuple, int at) => tuple.What is TupleExpressionSyntax parts ? Candidates(parts.Arguments[at].Expression, tuple.In) : throw new NotToldException(what);
    }

    // What a method gives.
    private IReadOnlyList<Bound> Given(InvocationExpressionSyntax call, IMethodSymbol method, Dictionary<ISymbol, Bound> bound) =>
        [.. Bodies(method, call).SelectMany(body => Candidates(body, Of(call.Expression, method, Bind(method, call, bound), bound)))];

    private IReadOnlyList<Bound> Further(Bound one) => one.Texts is not null || one.IsOneOf ? [one] : Candidates(one.What, one.In);

    // A variable is what it was made with and whatever was assigned to it later. What is added to it may be there or not: nothing, each
    // alone, and all together.
    private IReadOnlyList<Bound> Assigned(IReadOnlyList<Bound> made, SyntaxNode declared, ISymbol symbol, Dictionary<ISymbol, Bound> bound)
    {
        var (all, added) = (made.ToList(), new List<IReadOnlyList<string>>());
        foreach (var set in symbol is ILocalSymbol ? Sets(declared, symbol) : [])
        {
            if (set.IsKind(SyntaxKind.SimpleAssignmentExpression))
            {
                all.AddRange(Candidates(set.Right, bound));
            }
            else
            {
                added.Add(Texts(set.Right, bound));
            }
        }

        if (added.Count == 0)
        {
            return all;
        }

        List<string> texts = [.. all.SelectMany(one => one.Texts ?? Texts(one.What, one.In))];
        IEnumerable<string> variants = [.. texts, .. added.SelectMany(one => Zip([texts, one], string.Concat)), .. Zip([texts, .. added], string.Concat)];
        return [.. variants.Distinct().Select(text => new Bound(all[0].What, bound) { Texts = [text] })];
    }

    // Where something is assigned to a variable or a parameter after it was made.
    private IEnumerable<AssignmentExpressionSyntax> Sets(SyntaxNode? declared, ISymbol symbol) => declared?.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Where(set => set.Left is IdentifierNameSyntax name && name.Identifier.Text == symbol.Name && SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), symbol)) ?? [];

    // The values of a map, or the elements of a list.
    private IEnumerable<Bound> Values(Bound all, ExpressionSyntax what) => all.What switch
    {
        BaseObjectCreationExpressionSyntax { Initializer: { } map } => map.Expressions.Select(e => new Bound(e is AssignmentExpressionSyntax set ? set.Right : ((InitializerExpressionSyntax)e).Expressions[1], all.In)).SelectMany(one => Candidates(one.What, one.In)),
        CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax => Each(all.What, all.In),
        _ => throw new NotToldException(what),
    };

    // A part of a tuple or of a record, by its name.
    private IReadOnlyList<Bound> Part(Bound one, ExpressionSyntax member, ExpressionSyntax what)
    {
        var name = source.SymbolOf(member)!.Name;
        if (one.What is TupleExpressionSyntax tuple && source.SymbolOf(member) is IFieldSymbol field)
        {
            var at = field.ContainingType.TupleElements.Select(e => e.Name).ToList().IndexOf(name);
            return Candidates(tuple.Arguments[at].Expression, one.In);
        }

        if (one.What is BaseObjectCreationExpressionSyntax made)
        {
            if (made.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(set => set.Left.ToString() == name) is { } set)
            {
                return Candidates(set.Right, one.In);
            }

            var parameter = (source.SymbolOf(made) as IMethodSymbol)?.Parameters.FirstOrDefault(p => p.Name == name);
            var given = parameter is null
                ? (source.SymbolOf(member)!.DeclaringSyntaxReferences[0].GetSyntax() as PropertyDeclarationSyntax)?.Initializer?.Value
                : source.Argument(made, parameter) ?? (parameter.DeclaringSyntaxReferences[0].GetSyntax() as ParameterSyntax)?.Default?.Value;
            // A part that is not given there is not there.
            return given is null or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } ? [] : Candidates(given, one.In);
        }

        throw new NotToldException(what);
    }
}
