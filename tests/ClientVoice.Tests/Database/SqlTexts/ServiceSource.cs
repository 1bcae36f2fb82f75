// The service's own source, compiled in memory, with every place where a text is handed to the database.
using ClientVoice.Commands;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClientVoice.Tests.Database.SqlTexts;

/// <summary>A place where a text is handed to the database.</summary>
/// <param name="Text">What is handed.</param>
/// <param name="Columns">Where a table and its columns are handed in place of a text: the columns.</param>
internal sealed record SqlPlace(ExpressionSyntax Text, ExpressionSyntax? Columns)
{
    /// <summary>The type and the member that it stands in.</summary>
    public string Where { get; } = $"{Text.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text}.{Name(Text.Ancestors().OfType<MemberDeclarationSyntax>().First())}";

    public override string ToString() => $"{Path.GetFileName(Text.SyntaxTree.FilePath)}:{Text.GetLocation().GetLineSpan().StartLinePosition.Line + 1} ({Where})";

    private static string Name(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => member.Kind().ToString(),
    };
}

/// <summary>Reads <c>src/ClientVoice</c> once.</summary>
internal sealed class ServiceSource
{
    // What the SDK adds by itself to a project of this kind.
    private const string Implicit =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Net.Http.Json;
        global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    // Of an object whose type stands elsewhere.
    private const string New = "new";

    private readonly CSharpCompilation compilation;
    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    private readonly Dictionary<SyntaxNode, ISymbol?> symbols = [];
    private readonly Dictionary<ISymbol, IReadOnlyList<ExpressionSyntax>> callsOf = new(SymbolEqualityComparer.Default);
    private readonly ILookup<string, ExpressionSyntax> calls;

    /// <param name="more">Files that stand beside those of the service.</param>
    public ServiceSource(params string[] more)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var files = Directory.EnumerateFiles(HousePaths.Content, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(HousePaths.Content, file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => !Path.GetFileName(path).StartsWith("ClientVoice", StringComparison.Ordinal));
        compilation = CSharpCompilation.Create(
            "Service",
            [.. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)), .. more.Append(Implicit).Select((text, i) => CSharpSyntaxTree.ParseText(text, options, $"more-{i}.cs"))],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        // By name first: only what may be meant is bound, and it takes a tenth of the time.
        calls = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax).Cast<ExpressionSyntax>().ToLookup(NameOf);
    }

    /// <summary>Every place where a text is handed to Dapper, to a command, or to the writer of many rows.</summary>
    public IEnumerable<SqlPlace> Places()
    {
        var dapper = typeof(Dapper.SqlMapper).GetMethods().Select(m => m.Name).Where(name => name.StartsWith("Query", StringComparison.Ordinal) || name.StartsWith("Execute", StringComparison.Ordinal)).ToHashSet();
        foreach (var set in compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).OfType<AssignmentExpressionSyntax>().Where(set => set.Left is MemberAccessExpressionSyntax { Name.Identifier.Text: "CommandText" } or IdentifierNameSyntax { Identifier.Text: "CommandText" } && !IsEmbedded(set)))
        {
            yield return new SqlPlace(set.Right, null);
        }

        foreach (var call in calls.SelectMany(named => named).Where(call => NameOf(call) is var name && (dapper.Contains(name) || name is "InsertAsync" || name.EndsWith("Command", StringComparison.Ordinal) || name is "CommandDefinition" || (name == New && call.SyntaxTree.ToString().Contains("CommandDefinition", StringComparison.Ordinal)))))
        {
            if (SymbolOf(call) is not IMethodSymbol method)
            {
                // What is called as Dapper's is must not go unseen because something around it could not be bound.
                if (dapper.Contains(NameOf(call)))
                {
                    throw new InvalidOperationException($"{call.SyntaxTree.FilePath}: {call} is not to be told.");
                }

                continue;
            }

            if (IsEmbedded(call))
            {
                continue;
            }

            var type = method.ContainingType.ToDisplayString();
            if (type == "ClientVoice.Database.Rows")
            {
                yield return new SqlPlace(Argument(call, method.Parameters[2])!, Argument(call, method.Parameters[3]));
            }
            else if (type is "Dapper.SqlMapper" or "Dapper.CommandDefinition" or "Microsoft.Data.Sqlite.SqliteCommand" or "Microsoft.Data.SqlClient.SqlCommand"
                && method.Parameters.FirstOrDefault(p => p.Name is "sql" or "commandText" or "cmdText") is { } text)
            {
                yield return new SqlPlace(Argument(call, text)!, null);
            }
        }
    }

    // What is said to a connection that is SQLite's by its type, or was asked whether it is.
    private bool IsEmbedded(ExpressionSyntax call)
    {
        var to = call is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax set } ? set.Expression
            : call.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().Select(c => c.Expression).OfType<MemberAccessExpressionSyntax>().FirstOrDefault()?.Expression;
        return (to is not null && Model(to).GetTypeInfo(to).Type?.Name is "SqliteConnection" or "SqliteCommand")
            || call.Ancestors().OfType<IfStatementSyntax>().Any(asks => asks.Condition is IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "SqliteConnection" } } } or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression, Right: IdentifierNameSyntax { Identifier.Text: "SqliteConnection" } } && asks.Statement.Contains(call));
    }

    /// <summary>Where a method is called, or an object is made by a constructor.</summary>
    public IReadOnlyList<ExpressionSyntax> CallsOf(IMethodSymbol method) => callsOf.TryGetValue(method.OriginalDefinition, out var known) ? known : callsOf[method.OriginalDefinition] =
        [.. (method.MethodKind == MethodKind.Constructor ? calls[method.ContainingType.Name].Concat(calls[New]) : calls[method.Name]).Where(call => SymbolEqualityComparer.Default.Equals(SymbolOf(call)?.OriginalDefinition, method.OriginalDefinition))];

    public ISymbol? SymbolOf(SyntaxNode node) => symbols.TryGetValue(node, out var known) ? known : symbols[node] = Bind(node);

    private ISymbol? Bind(SyntaxNode node)
    {
        var info = Model(node).GetSymbolInfo(node);
        // A page's other half is made of its .razor and is not here: where that keeps a call from being bound, what was meant is told all the same.
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : symbol;
    }

    public SemanticModel Model(SyntaxNode node) => models.TryGetValue(node.SyntaxTree, out var model) ? model : models[node.SyntaxTree] = compilation.GetSemanticModel(node.SyntaxTree);

    /// <summary>What is given for a parameter in a call; null where its default stands.</summary>
    public ExpressionSyntax? Argument(ExpressionSyntax call, IParameterSymbol parameter)
    {
        var arguments = call switch { InvocationExpressionSyntax invocation => invocation.ArgumentList, BaseObjectCreationExpressionSyntax creation => creation.ArgumentList, _ => null };
        if (arguments?.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == parameter.Name) is { } named)
        {
            return named.Expression;
        }

        // An extension method that is called on its first argument.
        var reduced = call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } && Model(call).GetSymbolInfo(call).Symbol is IMethodSymbol { ReducedFrom: not null };
        var at = parameter.Ordinal - (reduced ? 1 : 0);
        return at < 0 ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression
            : at < arguments?.Arguments.Count && arguments.Arguments[at].NameColon is null ? arguments.Arguments[at].Expression : null;
    }

    private static string NameOf(ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.Text,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.Text,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax bound } => bound.Name.Identifier.Text,
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax name } => name.Identifier.Text,
        _ => New,
    };
}
