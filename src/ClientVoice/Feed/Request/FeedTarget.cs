using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Request;

/// <summary>What the path of a request leads to.</summary>
internal abstract record FeedTarget
{
    private static readonly string[] Elsewhere = ["$batch", "$all", "$entity", "$crossjoin", "$query"];

    public sealed record ServiceDocument : FeedTarget;

    public sealed record Metadata : FeedTarget;

    public sealed record Rows(PublishedSet Set, RowBefore? Parent = null) : FeedTarget;

    public sealed record Count(PublishedSet Set, RowBefore? Parent = null) : FeedTarget;

    /// <param name="Set">Where the key belongs.</param>
    /// <param name="Path">From that row to the one that is asked for.</param>
    /// <param name="Target">The set of the row that is asked for.</param>
    /// <param name="Property">One property of it, or null for the row.</param>
    /// <param name="Bare">The property's value alone ($value).</param>
    public sealed record Row(PublishedSet Set, object Key, NavigationPath Path, PublishedSet Target, PublishedColumn? Property, bool Bare, RowBefore? Parent = null) : FeedTarget;

    /// <exception cref="ProblemException">It leads nowhere (404) or to what the feed does not do (501).</exception>
    public static FeedTarget Read(FeedRequest request)
    {
        var segment = request.Path.Split('/', '(').FirstOrDefault(s => Elsewhere.Contains(s, StringComparer.OrdinalIgnoreCase));
        if (segment is not null)
        {
            throw Refusal.NotSupported(segment);
        }

        if (request.Path.Length == 0)
        {
            return new ServiceDocument();
        }

        var path = Library.Parse("The path", () => request.Parser().ParsePath());
        return path.FirstSegment switch
        {
            MetadataSegment => new Metadata(),
            EntitySetSegment start => OfSet(FeedModel.SetOf(start.EntitySet.EntityType()), [.. path.Skip(1)]),
            _ => throw Refusal.NotSupported($"The path segment {path.FirstSegment.Identifier}"),
        };
    }

    private static FeedTarget OfSet(PublishedSet set, ReadOnlySpan<ODataPathSegment> rest, RowBefore? parent = null) => rest switch
    {
        [] => new Rows(set, parent),
        [CountSegment] => new Count(set, parent),
        [KeySegment key, .. var after] => OfRow(new Row(set, key.Keys.Single().Value, NavigationPath.Root, set, null, false, parent), after),
        _ => throw Refusal.NotSupported($"The path segment {rest[0].Identifier ?? rest[0].GetType().Name}"),
    };

    private static FeedTarget OfRow(Row row, ReadOnlySpan<ODataPathSegment> rest) => rest switch
    {
        [] => row,
        [NavigationPropertySegment step, .. var after] when step.NavigationProperty.TargetMultiplicity() == EdmMultiplicity.Many =>
            OfRelated(row, Related.Of(row.Target).Single(r => r.Name == step.NavigationProperty.Name), after),
        [NavigationPropertySegment step, .. var after] when row.Path.Steps < FeedLimits.PathSteps => OfRow(
            row with { Path = row.Path.Then(row.Target, step.NavigationProperty.Name), Target = FeedModel.SetOf(step.NavigationProperty.ToEntityType()) }, after),
        [PropertySegment property, .. var after] => OfRow(row with { Property = FeedModel.Column(row.Target, property.Property.Name) }, after),
        [ValueSegment] when row.Property is not null => row with { Bare = true },
        _ => throw Refusal.NotSupported($"The path segment {rest[0].Identifier ?? rest[0].GetType().Name}"),
    };

    private static FeedTarget OfRelated(Row row, Related related, ReadOnlySpan<ODataPathSegment> rest)
    {
        for (var (before, depth) = (row.Parent, 1); before is not null; before = before.Row.Parent, depth++)
        {
            if (depth == FeedLimits.PathSteps)
            {
                throw Refusal.TooLarge("The path", $"The path has more than {FeedLimits.PathSteps} steps.");
            }
        }

        return OfSet(related.Set, rest, new RowBefore(row, related));
    }
}

/// <summary>The row before the rows in a path: in <c>Places(1)/Outcomes</c> the place.</summary>
internal sealed record RowBefore(FeedTarget.Row Row, Related Related);
