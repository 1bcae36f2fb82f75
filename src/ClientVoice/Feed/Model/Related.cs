// The way back: every reference of the published star leads from a fact to a dimension, and a reader wants to go from
// a dimension to its facts as well (any, all, $count, $expand). It is made from the references, so it cannot differ.
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Model;

/// <summary>The rows of another set that refer to a row.</summary>
/// <param name="Name">The navigation's name in the feed.</param>
/// <param name="Set">Where those rows are.</param>
/// <param name="Reference">Their reference that leads here.</param>
internal sealed record Related(string Name, PublishedSet Set, PublishedReference Reference)
{
    private static readonly Dictionary<string, IReadOnlyList<Related>> All =
        PublishedModel.Sets.ToDictionary(s => s.Name, s => (IReadOnlyList<Related>)[.. To(s)]);

    /// <summary>What leads to the rows of <paramref name="set"/>.</summary>
    public static IReadOnlyList<Related> Of(PublishedSet set) => All[set.Name];

    private static IEnumerable<Related> To(PublishedSet target) =>
        from source in PublishedModel.Sets
        from reference in source.References
        where reference.Target == target.Name
        let twice = source.References.Count(r => r.Target == target.Name) > 1
        select new Related(source.Name == target.Name ? "Children" : twice ? $"{source.Name}By{reference.Name}" : source.Name, source, reference);
}
