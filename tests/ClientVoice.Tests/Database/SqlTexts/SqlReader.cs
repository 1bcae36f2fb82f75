// Reads from the source which texts an expression can be on a database. What it cannot tell it names and refuses: then nobody can say
// that the text was parsed.
using System.Globalization;
using ClientVoice.Database;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClientVoice.Tests.Database.SqlTexts;

/// <summary>What an expression can be is not to be told from the source.</summary>
internal class NotToldException(ExpressionSyntax what) : Exception($"`{what}`");

/// <summary>Reads texts. Where parts can each be several, every one comes by at least once: together they need not.</summary>
/// <param name="dialect">Of the database.</param>
internal sealed partial class SqlReader(ServiceSource source, SqlDialect dialect)
{
    // Deeper than any text is put together; a method that calls itself ends here.
    private const int Deepest = 40;

    private int depth;

    /// <summary>Every text that can be handed over at a place.</summary>
    /// <exception cref="NotToldException">One of its parts is not to be told.</exception>
    public IReadOnlyList<string> Read(SqlPlace place)
    {
        // What was found out of the source is kept there, for every reader of it.
        lock (source)
        {
            return ReadAlone(place);
        }
    }

    private IReadOnlyList<string> ReadAlone(SqlPlace place) => WithCallers(new(SymbolEqualityComparer.Default), bound =>
    {
        if (place.Columns is null)
        {
            return Texts(place.Text, bound);
        }

        var columns = Elements(place.Columns, bound);
        return Zip([Texts(place.Text, bound)], table => $"INSERT INTO {table[0]} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})");
    });

    // A parameter is what each caller gives for it, all parameters of one call together.
    private IReadOnlyList<string> WithCallers(Dictionary<ISymbol, Bound> bound, Func<Dictionary<ISymbol, Bound>, IReadOnlyList<string>> read)
    {
        try
        {
            return read(bound);
        }
        catch (NeedsCallersException needs)
        {
            var callers = source.CallsOf(needs.Method).ToList();
            return callers.Count == 0 || bound.ContainsKey(needs.Method.OriginalDefinition.Parameters[0])
                ? throw new NotToldException(needs.What)
                : [.. callers.SelectMany(call => WithCallers(Here(Bind(needs.Method, call, bound), bound), read)).Distinct()];
        }
        catch (NeedsChoiceException needs) when (!bound.ContainsKey(needs.Variable))
        {
            // All parts of one element together; what is not there of one is not asked of it.
            var (texts, fault) = (new List<string>(), new NotToldException(needs.What));
            foreach (var one in needs.All)
            {
                try
                {
                    texts.AddRange(WithCallers(Here(new(bound, SymbolEqualityComparer.Default) { [needs.Variable] = one }, bound), read));
                }
                catch (NotThereException)
                {
                }
            }

            return texts.Count > 0 ? [.. texts.Distinct()] : throw fault;
        }
    }

    // What was given where less was known is read where this is known too.
    private static Dictionary<ISymbol, Bound> Here(Dictionary<ISymbol, Bound> now, Dictionary<ISymbol, Bound> before)
    {
        foreach (var (symbol, given) in now.Where(one => ReferenceEquals(one.Value.In, before)).ToList())
        {
            now[symbol] = given with { In = now };
        }

        return now;
    }

    private Dictionary<ISymbol, Bound> Bind(IMethodSymbol method, ExpressionSyntax call, Dictionary<ISymbol, Bound> bound)
    {
        var now = new Dictionary<ISymbol, Bound>(bound, SymbolEqualityComparer.Default);
        foreach (var parameter in method.OriginalDefinition.Parameters)
        {
            now[parameter] = new Bound(source.Argument(call, parameter) ?? (parameter.DeclaringSyntaxReferences[0].GetSyntax() as ParameterSyntax)?.Default?.Value ?? call, bound);
        }

        return now;
    }

    private IReadOnlyList<string> Texts(ExpressionSyntax what, Dictionary<ISymbol, Bound> bound)
    {
        if (depth > Deepest)
        {
            throw new NotToldException(what);
        }

        depth++;
        try
        {
            return Read(what, bound);
        }
        finally
        {
            depth--;
        }
    }

    private IReadOnlyList<string> Read(ExpressionSyntax what, Dictionary<ISymbol, Bound> bound)
    {
        if (source.Model(what).GetConstantValue(what) is { HasValue: true } constant)
        {
            return [Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? ""];
        }

        switch (what)
        {
            case InterpolatedStringExpressionSyntax text:
                return Zip([.. text.Contents.Select(part => part is InterpolationSyntax hole ? Texts(hole.Expression, bound) : [((InterpolatedStringTextSyntax)part).TextToken.ValueText])], string.Concat);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Zip([Texts(sum.Left, bound), Texts(sum.Right, bound)], string.Concat);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either:
                return [.. Texts(either.Left, bound), .. Texts(either.Right, bound)];
            default:
                break;
        }

        // A number is a number, whichever it is.
        if (source.Model(what).GetTypeInfo(what).Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double })
        {
            return ["1"];
        }

        if (what is InvocationExpressionSyntax call && source.SymbolOf(call) is IMethodSymbol { Name: not "GetValueOrDefault" } method)
        {
            return Called(call, method, bound);
        }

        return Candidates(what, bound).SelectMany(one => one.Texts ?? (ReferenceEquals(one.What, what) ? throw new NotToldException(what) : Texts(one.What, one.In))).Distinct().ToList() is { Count: > 0 } texts ? texts : throw new NotThereException(what);
    }

    // A word of the dialect is asked of the dialect itself.
    private string? OfDialect(ExpressionSyntax what) => source.SymbolOf(what) switch
    {
        IPropertySymbol { ContainingType.Name: nameof(SqlDialect), Type.SpecialType: SpecialType.System_String } word => (string)typeof(SqlDialect).GetProperty(word.Name)!.GetValue(dialect)!,
        IFieldSymbol part when what is MemberAccessExpressionSyntax of && source.SymbolOf(of.Expression) is IPropertySymbol { ContainingType.Name: nameof(SqlDialect) } words =>
            (string)((System.Runtime.CompilerServices.ITuple)typeof(SqlDialect).GetProperty(words.Name)!.GetValue(dialect)!)[part.ContainingType.TupleElements.Select(e => e.Name).ToList().IndexOf(part.Name)]!,
        _ => null,
    };

    private IReadOnlyList<string> Called(InvocationExpressionSyntax call, IMethodSymbol method, Dictionary<ISymbol, Bound> bound)
    {
        var arguments = call.ArgumentList.Arguments.Select(a => a.Expression).ToList();
        switch (method.ContainingType.ToDisplayString(), method.Name)
        {
            case ("ClientVoice.Database.SqlDialect", var name):
                return Zip([.. arguments.Select(a => Texts(a, bound))], parts => (string)typeof(SqlDialect).GetMethod(name)!.Invoke(dialect, [.. parts])!);
            case ("string", "Join"):
                var elements = Elements(arguments[1], bound);
                return Zip([Texts(arguments[0], bound)], parts => string.Join(parts[0], elements));
            case ("string", "Create"):
                return Texts(arguments[^1], bound);
            case ("string", "Concat"):
                return Zip([.. arguments.Select(a => Texts(a, bound))], string.Concat);
            case ("string", "Replace"):
                return Zip([Texts(((MemberAccessExpressionSyntax)call.Expression).Expression, bound), Texts(arguments[0], bound), Texts(arguments[1], bound)], parts => parts[0].Replace(parts[1], parts[2], StringComparison.Ordinal));
            case ("string", "ToString"):
                return Texts(((MemberAccessExpressionSyntax)call.Expression).Expression, bound);
            default:
                break;
        }

        // A function that was given: what it does stands where it was given.
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            var called = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Invoke" } member ? member.Expression : call.Expression;
            return [.. Candidates(called, bound).SelectMany(one => Applied(one, [.. arguments.Select(a => new Bound(a, bound))], call))];
        }

        return [.. Bodies(method, call).SelectMany(body => Texts(body, Of(call.Expression, method, Bind(method, call, bound), bound)))];
    }

    // What stands before the dot is what the member's own parts are of.
    private static Dictionary<ISymbol, Bound> Of(ExpressionSyntax member, ISymbol symbol, Dictionary<ISymbol, Bound> now, Dictionary<ISymbol, Bound> bound) => !symbol.IsStatic && member is MemberAccessExpressionSyntax of
        ? new(now, SymbolEqualityComparer.Default) { [symbol.ContainingType] = new Bound(of.Expression, bound) }
        : now;

    // What a function gives for arguments.
    private IReadOnlyList<string> Applied(Bound function, IReadOnlyList<Bound> arguments, ExpressionSyntax asked)
    {
        if (function.What is LambdaExpressionSyntax { Body: ExpressionSyntax body } lambda)
        {
            var parameters = lambda is SimpleLambdaExpressionSyntax simple ? [simple.Parameter] : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters.ToList();
            var now = new Dictionary<ISymbol, Bound>(function.In, SymbolEqualityComparer.Default);
            foreach (var (parameter, argument) in parameters.Zip(arguments))
            {
                now[source.Model(parameter).GetDeclaredSymbol(parameter)!] = argument;
            }

            return Texts(body, now);
        }

        if (source.SymbolOf(function.What) is IMethodSymbol method)
        {
            var now = new Dictionary<ISymbol, Bound>(function.In, SymbolEqualityComparer.Default);
            foreach (var (parameter, argument) in method.OriginalDefinition.Parameters.Zip(arguments))
            {
                now[parameter] = argument;
            }

            return [.. Bodies(method, asked).SelectMany(one => Texts(one, now))];
        }

        throw new NotToldException(asked);
    }

    private static List<ExpressionSyntax> Bodies(IMethodSymbol method, ExpressionSyntax asked)
    {
        var declared = method is { IsVirtual: false, IsAbstract: false, IsOverride: false } ? method.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? throw new NotToldException(asked) : throw new NotToldException(asked);
        var arrow = declared switch { MethodDeclarationSyntax m => m.ExpressionBody, LocalFunctionStatementSyntax f => f.ExpressionBody, _ => null };
        return arrow is not null ? [arrow.Expression]
            : [.. declared.DescendantNodes(n => n is not LambdaExpressionSyntax and not LocalFunctionStatementSyntax || n == declared).OfType<ReturnStatementSyntax>().Select(r => r.Expression).OfType<ExpressionSyntax>()];
    }

    // As many texts as the part with the most has; those with fewer begin anew.
    private static IReadOnlyList<string> Zip(IReadOnlyList<IReadOnlyList<string>> parts, Func<string[], string> join) =>
        [.. Enumerable.Range(0, parts.Select(p => p.Count).Append(1).Max()).Select(i => join([.. parts.Select(p => p[i % p.Count])])).Distinct()];

    /// <summary>An expression, and what its parameters are there.</summary>
    private sealed record Bound(ExpressionSyntax What, Dictionary<ISymbol, Bound> In)
    {
        /// <summary>Whether it is an element of what was asked, and not the whole.</summary>
        public bool IsOneOf { get; init; }

        /// <summary>Where the texts are known already.</summary>
        public IReadOnlyList<string>? Texts { get; init; }
    }

    private sealed class NotThereException(ExpressionSyntax what) : NotToldException(what);

    private sealed class NeedsChoiceException(ISymbol variable, IReadOnlyList<Bound> all, ExpressionSyntax what) : Exception
    {
        public ISymbol Variable => variable;

        public IReadOnlyList<Bound> All => all;

        public ExpressionSyntax What => what;
    }

    private sealed class NeedsCallersException(IMethodSymbol method, ExpressionSyntax what) : Exception
    {
        public IMethodSymbol Method => method;

        public ExpressionSyntax What => what;
    }
}
