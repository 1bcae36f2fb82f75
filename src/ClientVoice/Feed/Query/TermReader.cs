// From ODataLib's tree to our own. A node that has no Visit here throws, and becomes a 501 that names it: nothing
// is ever read as something else.
using ClientVoice.Feed.Model;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Reads the expressions of one query option.</summary>
/// <param name="option">The option's name, for what is said when it is refused.</param>
/// <param name="aliases">The parameter aliases of the request (<c>@p</c>).</param>
/// <param name="now">What <c>now()</c> is.</param>
internal sealed class TermReader(string option, RowScope scope, IDictionary<string, SingleValueNode> aliases, DateTimeOffset now) : QueryNodeVisitor<Term>
{
    private const string It = "$it";
    private readonly HashSet<string> aliasesBeingRead = [];
    private int nodes;
    private int lambdas;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ProblemException">It holds what the feed does not do, or is too large.</exception>
    public Term Read(QueryNode node)
    {
        if (++nodes > FeedLimits.Nodes)
        {
            throw Refusal.TooLarge(option, $"{option} has more than {FeedLimits.Nodes} parts.");
        }

        try
        {
            return node.Accept(this);
        }
        catch (NotImplementedException)
        {
            throw Refusal.NotSupported($"{node.Kind} in {option}");
        }
    }

    public override Term Visit(ConstantNode nodeIn) => Constants.Read(nodeIn, option);

    public override Term Visit(ConvertNode nodeIn)
    {
        var source = Read(nodeIn.Source);
        // A null takes the type it is compared with; other conversions are between kinds of numbers or texts, which SQL does itself.
        return source is ConstantTerm { Value: null } nothing && nodeIn.TypeReference.Definition.TypeKind == EdmTypeKind.Primitive
            ? nothing with { Type = Constants.TypeOf(nodeIn.TypeReference.PrimitiveKind(), option) }
            : source;
    }

    public override Term Visit(ParameterAliasNode nodeIn)
    {
        if (!aliases.TryGetValue(nodeIn.Alias, out var value) || value is null)
        {
            return new ConstantTerm(null, PublishedType.Text);
        }

        if (!aliasesBeingRead.Add(nodeIn.Alias))
        {
            throw Refusal.NotValid(option, $"The parameter alias {nodeIn.Alias} refers to itself.", nodeIn.Alias);
        }

        var term = Read(value);
        aliasesBeingRead.Remove(nodeIn.Alias);
        return term;
    }

    public override Term Visit(SingleValuePropertyAccessNode nodeIn)
    {
        var (path, set) = PathTo(nodeIn.Source);
        return scope.Column(path, set, FeedModel.Column(set, nodeIn.Property.Name));
    }

    public override Term Visit(SingleValueOpenPropertyAccessNode nodeIn) => scope.Alias(nodeIn.Name);

    /// <summary>A whole row as a value can only be asked for being there: its key stands for it.</summary>
    public override Term Visit(SingleNavigationNode nodeIn)
    {
        var (path, set) = PathTo(nodeIn);
        return scope.Column(path, set, FeedModel.Column(set, "Id"));
    }

    public override Term Visit(UnaryOperatorNode nodeIn)
    {
        var operand = Read(nodeIn.Operand);
        return nodeIn.OperatorKind switch
        {
            UnaryOperatorKind.Not => Negation.Of(operand),
            UnaryOperatorKind.Negate => new MinusTerm(operand),
        };
    }

    public override Term Visit(BinaryOperatorNode nodeIn) => nodeIn.OperatorKind switch
    {
        BinaryOperatorKind.And => Logic(true, nodeIn),
        BinaryOperatorKind.Or => Logic(false, nodeIn),
        BinaryOperatorKind.Equal => Compare(Comparison.Equal, nodeIn),
        BinaryOperatorKind.NotEqual => Compare(Comparison.NotEqual, nodeIn),
        BinaryOperatorKind.GreaterThan => Compare(Comparison.Greater, nodeIn),
        BinaryOperatorKind.GreaterThanOrEqual => Compare(Comparison.GreaterOrEqual, nodeIn),
        BinaryOperatorKind.LessThan => Compare(Comparison.Less, nodeIn),
        BinaryOperatorKind.LessThanOrEqual => Compare(Comparison.LessOrEqual, nodeIn),
        BinaryOperatorKind.Add => Calculate(Arithmetic.Add, nodeIn),
        BinaryOperatorKind.Subtract => Calculate(Arithmetic.Subtract, nodeIn),
        BinaryOperatorKind.Multiply => Calculate(Arithmetic.Multiply, nodeIn),
        BinaryOperatorKind.Divide => Calculate(Arithmetic.Divide, nodeIn),
        BinaryOperatorKind.Modulo => Calculate(Arithmetic.Modulo, nodeIn),
        BinaryOperatorKind.Has => throw Refusal.NotSupported($"has in {option}"),
    };

    public override Term Visit(InNode nodeIn)
    {
        var operand = Read(nodeIn.Left);
        if (nodeIn.Right is not CollectionConstantNode list)
        {
            throw Refusal.NotSupported($"in with {nodeIn.Right.Kind} in {option}");
        }

        var values = list.Collection.Select(Read).Cast<ConstantTerm>().ToList();
        return new AmongTerm(operand, operand.Type == PublishedType.Text ? TextList.Read(list.LiteralText, option) : values);
    }

    public override Term Visit(SingleValueFunctionCallNode nodeIn)
    {
        var name = nodeIn.Name.ToLowerInvariant();
        var parameters = nodeIn.Parameters.ToList();
        if (name is "date" or "year" or "month" or "day" && parameters is [SingleValueFunctionCallNode { Name: var inner }] && inner.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return Today(name);
        }

        if (name == "cast")
        {
            return Casts.Read(
                parameters.Count == 2 ? Read(parameters[0]) : throw Refusal.NotSupported($"cast of a row in {option}"),
                Constants.TypeOf(nodeIn.TypeReference?.PrimitiveKind() ?? EdmPrimitiveTypeKind.None, option),
                option);
        }

        Functions.MustBeKnown(nodeIn.Name, option);
        return Functions.Read(nodeIn.Name, [.. parameters.Select(Read)], option);
    }

    public override Term Visit(AnyNode nodeIn) => new AnyTerm(Lambda(nodeIn), false);

    public override Term Visit(AllNode nodeIn) => new AnyTerm(Lambda(nodeIn), true);

    public override Term Visit(CountNode nodeIn) => new CountTerm(RowsOf(nodeIn.Source, "", null));

    /// <summary>The path that a row node describes, and the set it leads to.</summary>
    public (NavigationPath Path, PublishedSet Set) PathTo(QueryNode node)
    {
        switch (node)
        {
            case ResourceRangeVariableReferenceNode root:
                return (root.Name == It ? NavigationPath.Root : NavigationPath.Of(root.Name), FeedModel.SetOf(root.StructuredTypeReference.StructuredDefinition()));
            case SingleNavigationNode step:
                var (path, set) = PathTo(step.Source);
                path = path.Then(set, step.NavigationProperty.Name);
                return path.Steps > FeedLimits.PathSteps
                    ? throw Refusal.TooLarge(option, $"A path in {option} has more than {FeedLimits.PathSteps} steps.")
                    : (path, FeedModel.SetOf(step.NavigationProperty.ToEntityType()));
            default:
                throw Refusal.NotSupported($"{node.Kind} in {option}");
        }
    }

    private RelatedRows Lambda(LambdaNode node)
    {
        if (++lambdas > FeedLimits.Lambdas)
        {
            throw Refusal.TooLarge(option, $"{option} has more than {FeedLimits.Lambdas} times any or all.");
        }

        var condition = node.Body is ConstantNode { Value: true } ? null : Read(node.Body);
        return RowsOf(node.Source, node.CurrentRangeVariable?.Name ?? "", condition);
    }

    private RelatedRows RowsOf(CollectionNode source, string variable, Term? condition)
    {
        var navigation = source as CollectionNavigationNode ?? throw Refusal.NotSupported($"{source.Kind} in {option}");
        var (path, set) = PathTo(navigation.Source);
        return scope is GroupedScope && path.Variable.Length == 0
            ? throw Refusal.NotSupported($"{navigation.NavigationProperty.Name} after $apply")
            : new RelatedRows(path, Related.Of(set).Single(r => r.Name == navigation.NavigationProperty.Name), variable, condition);
    }

    private ConstantTerm Today(string part) => part switch
    {
        "date" => new ConstantTerm(DateOnly.FromDateTime(now.DateTime), PublishedType.Date),
        "year" => new ConstantTerm((long)now.Year, PublishedType.Whole),
        "month" => new ConstantTerm((long)now.Month, PublishedType.Whole),
        _ => new ConstantTerm((long)now.Day, PublishedType.Whole),
    };

    // A chain (a or b or c ...) is flattened: as one list it stays shallow, however long.
    private LogicTerm Logic(bool and, BinaryOperatorNode node)
    {
        var operands = new List<Term>();
        foreach (var side in new[] { Read(node.Left), Read(node.Right) })
        {
            if (side is LogicTerm same && same.And == and)
            {
                operands.AddRange(same.Operands);
            }
            else
            {
                operands.Add(side);
            }
        }

        return new LogicTerm(and, operands);
    }

    private CompareTerm Compare(Comparison comparison, BinaryOperatorNode node)
    {
        var (left, right) = (Read(node.Left), Read(node.Right));
        var type = left is ConstantTerm { Value: null } ? right.Type : left.Type;
        if (comparison is not (Comparison.Equal or Comparison.NotEqual) && type is PublishedType.Key or PublishedType.Flag && !IsNull(left) && !IsNull(right))
        {
            // Databases order these differently, and OData does not say how.
            throw Refusal.NotSupported($"{node.OperatorKind} between values of this type in {option}");
        }

        return new CompareTerm(comparison, left, right);
    }

    private Term Calculate(Arithmetic arithmetic, BinaryOperatorNode node)
    {
        if (arithmetic is Arithmetic.Add or Arithmetic.Subtract && Duration(node.Right) is { } duration && Read(node.Left) is { Type: PublishedType.Date } date)
        {
            return Shifted(date, arithmetic == Arithmetic.Add ? duration : -duration);
        }

        var (left, right) = (Read(node.Left), Read(node.Right));
        var type = (left.Type, right.Type) switch
        {
            (PublishedType.Whole, PublishedType.Whole) => PublishedType.Whole,
            (PublishedType.Whole or PublishedType.Number, PublishedType.Whole or PublishedType.Number) => PublishedType.Number,
            _ => throw Refusal.NotSupported($"{node.OperatorKind} between values that are not numbers in {option}"),
        };
        if (arithmetic == Arithmetic.Modulo && type != PublishedType.Whole)
        {
            throw Refusal.NotSupported($"mod on other than whole numbers in {option}");
        }

        return new ArithmeticTerm(arithmetic, left, right, type);
    }

    private static TimeSpan? Duration(QueryNode node) => node switch
    {
        ConstantNode { Value: TimeSpan duration } => duration,
        ConvertNode convert => Duration(convert.Source),
        _ => null,
    };

    private ShiftTerm Shifted(Term date, TimeSpan by) => by.Ticks % TimeSpan.TicksPerDay == 0 && Math.Abs(by.TotalDays) <= 40_000
        ? new ShiftTerm(date, new ConstantTerm((long)by.TotalDays, PublishedType.Whole))
        : throw Refusal.NotSupported($"A duration that is not a number of whole days in {option}");

    private static bool IsNull(Term term) => term is ConstantTerm { Value: null };
}
