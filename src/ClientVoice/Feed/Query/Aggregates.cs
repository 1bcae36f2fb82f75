using Microsoft.OData.UriParser.Aggregation;

namespace ClientVoice.Feed.Query;

/// <summary>The aggregation methods that the feed does; also what $metadata promises.</summary>
internal static class Aggregates
{
    private static readonly Dictionary<AggregationMethod, (string Name, Aggregate Aggregate)> Known = new()
    {
        [AggregationMethod.Sum] = ("sum", Aggregate.Sum),
        [AggregationMethod.Min] = ("min", Aggregate.Min),
        [AggregationMethod.Max] = ("max", Aggregate.Max),
        [AggregationMethod.CountDistinct] = ("countdistinct", Aggregate.CountDistinct),
        [AggregationMethod.VirtualPropertyCount] = ("$count", Aggregate.Count),
    };

    /// <summary>The transformations of $apply.</summary>
    public static readonly IReadOnlyList<string> Transformations = ["filter", "groupby", "aggregate", "compute"];

    public static IEnumerable<string> Names => Known.Values.Select(k => k.Name);

    /// <exception cref="Problems.ProblemException">The feed does not do this method.</exception>
    public static Aggregate Of(AggregateExpression expression) => Known.TryGetValue(expression.Method, out var known)
        ? known.Aggregate
        : throw Refusal.NotSupported($"The aggregation method {expression.MethodDefinition.MethodLabel ?? expression.Method.ToString()} in $apply");
}
