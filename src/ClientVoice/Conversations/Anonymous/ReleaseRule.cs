namespace ClientVoice.Conversations.Anonymous;

/// <summary>Answers that wait at a place.</summary>
internal sealed record WaitingAnswer(Guid Id, Guid PlaceId);

/// <summary>Answers that may be let go together, as of a place.</summary>
internal sealed record ReleaseBatch(Guid PlaceId, IReadOnlyList<Guid> Answers);

/// <summary>Which answers may be let go: of a place where enough wait; and once the quarter is long over, what is left goes up to the place above until there are enough. Pure.</summary>
internal static class ReleaseRule
{
    /// <summary>How long after its quarter answers may still come in before what is left is counted higher up.</summary>
    public const int DaysAfter = 31;

    /// <param name="waiting">Of one cohort of whatever place and one version.</param>
    /// <param name="parents">Of each place the one above; null for the organisation.</param>
    /// <param name="smallest">The organisation's smallest group.</param>
    /// <param name="isOver">Whether nothing more is to come.</param>
    public static IReadOnlyList<ReleaseBatch> Of(IEnumerable<WaitingAnswer> waiting, IReadOnlyDictionary<Guid, Guid?> parents, int smallest, bool isOver)
    {
        var at = waiting.GroupBy(w => w.PlaceId).ToDictionary(g => g.Key, g => g.Select(w => w.Id).ToList());
        var batches = new List<ReleaseBatch>();
        // From the leaves upwards, so that what is left below is there when the place above is looked at.
        foreach (var place in parents.Keys.OrderByDescending(Depth))
        {
            if (!at.Remove(place, out var here))
            {
                continue;
            }

            if (here.Count >= smallest)
            {
                batches.Add(new ReleaseBatch(place, here));
            }
            else if (isOver && parents[place] is { } above)
            {
                at[above] = [.. at.GetValueOrDefault(above, []), .. here];
            }
        }

        return batches;

        int Depth(Guid place)
        {
            var depth = 0;
            for (var up = parents[place]; up is { } above; up = parents[above])
            {
                depth++;
            }

            return depth;
        }
    }
}
