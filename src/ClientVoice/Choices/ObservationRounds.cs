// Observing takes several people who look apart: which conversations belong together, and when they are done.
namespace ClientVoice.Choices;

/// <summary>Conversations about one client, with one instrument, in one perspective, that belong together.</summary>
/// <param name="Members">In the order in which they were held.</param>
/// <param name="IsFinal">Enough people have observed, and in different relations where the instrument asks for that.</param>
internal sealed record ObservationRound(IReadOnlyList<PastConversation> Members, bool IsFinal)
{
    /// <summary>The last day on which somebody can still join.</summary>
    public DateOnly UntilOn => Members[0].HeldOn.AddDays(ObservationRounds.Days - 1);

    /// <summary>Whether somebody is still to observe: until then nobody reads what another saw.</summary>
    public bool IsOpenOn(DateOnly today) => !IsFinal && today <= UntilOn;
}

/// <summary>Finds the rounds. Pure: the same whichever observation came in first.</summary>
internal static class ObservationRounds
{
    /// <summary>
    /// How long a round can take: a quarter is long enough to find the second observer, and short enough to speak of the same
    /// period in someone's life.
    /// </summary>
    public const int Days = 92;

    /// <summary>The rounds in what is past of one client, instrument and perspective, oldest first.</summary>
    /// <param name="minimum">How many people have to observe.</param>
    /// <param name="differentRelations">Whether each must have another relation to the client.</param>
    public static IReadOnlyList<ObservationRound> Of(IEnumerable<PastConversation> past, int minimum, bool differentRelations)
    {
        var rounds = new List<List<PastConversation>>();
        foreach (var conversation in past.OrderBy(p => p.HeldOn).ThenBy(p => p.Id))
        {
            if (rounds.Count > 0 && Takes(rounds[^1], conversation))
            {
                rounds[^1].Add(conversation);
            }
            else
            {
                rounds.Add([conversation]);
            }
        }

        return [.. rounds.Select(members => new ObservationRound(members, IsFinal(members, minimum, differentRelations)))];

        // Somebody who observes again after the round is final begins the next one.
        bool Takes(List<PastConversation> round, PastConversation conversation) =>
            conversation.HeldOn < round[0].HeldOn.AddDays(Days)
            && (!IsFinal(round, minimum, differentRelations) || round.All(member => member.PersonId != conversation.PersonId));
    }

    /// <summary>Whether enough different people have observed; a refusal is no observation.</summary>
    public static bool IsFinal(IReadOnlyCollection<PastConversation> members, int minimum, bool differentRelations)
    {
        var seen = members.Where(m => m.Outcome != "refused").ToList();
        return differentRelations
            ? HasApart(seen, minimum, [], [])
            : seen.DistinctBy(m => m.PersonId).Count() >= minimum;
    }

    // So many members of whom no two are one person or have one relation. Rounds have a handful of members: trying all is quick.
    private static bool HasApart(IReadOnlyList<PastConversation> members, int count, HashSet<Guid> people, HashSet<string> relations) =>
        people.Count >= count || members.Any(m =>
            !people.Contains(m.PersonId) && !relations.Contains(m.ConductorRelation)
            && HasApart(members, count, [.. people, m.PersonId], [.. relations, m.ConductorRelation]));
}
