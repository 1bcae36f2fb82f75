// How many people changed behind a figure since it was last shown. Two figures of one cell, laid beside each other, tell
// the answers of those who came in between: so a figure moves only when several did.
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Who changed where, up to which change. Holds ids in memory, shows numbers only.</summary>
internal sealed class Changes
{
    private readonly Dictionary<(OutcomeFamily Family, string Period, Guid Place), Dictionary<Guid, long>> last = [];

    /// <param name="conversations">Those that count, or that did when the last publication was made.</param>
    /// <param name="since">What changed up to here is in every earlier figure.</param>
    /// <param name="changed">The last change to a conversation.</param>
    /// <param name="ancestors">Of each place, itself included.</param>
    public static Changes Of(
        IEnumerable<HeldConversation> conversations, long since, Func<HeldConversation, long> changed, IReadOnlyDictionary<string, Period> periods, ILookup<Guid, Guid> ancestors)
    {
        var changes = new Changes();
        foreach (var person in conversations.GroupBy(c => (c.ClientId, c.InstrumentId, c.InstrumentVersion, c.Perspective)).Where(g => g.Any(c => changed(c) > since)))
        {
            foreach (var conversation in person.Where(c => changed(c) > since))
            {
                var touched = CountedConversation.Periods(conversation.HeldOn, 5, periods).ToList();
                // The person's other conversations in the same period count no longer, or count again.
                foreach (var other in person)
                {
                    var there = other == conversation ? touched : touched.Where(p => p.FromOn <= other.HeldOn && other.HeldOn <= p.UntilOn);
                    changes.Add(other, there, changed(conversation), ancestors);
                }
            }
        }

        return changes;
    }

    /// <summary>How many people changed behind a cell after that change.</summary>
    public int Since(OutcomeFamily family, string period, Guid place, long through) =>
        last.TryGetValue((family, period, place), out var people) ? people.Values.Count(at => at > through) : 0;

    private void Add(HeldConversation at, IEnumerable<Period> periods, long change, ILookup<Guid, Guid> ancestors)
    {
        var family = new OutcomeFamily(at.GroupId, at.InstrumentId, at.InstrumentVersion, at.Perspective);
        foreach (var period in periods)
        {
            foreach (var place in ancestors[at.PlaceId])
            {
                if (!last.TryGetValue((family, period.Id, place), out var people))
                {
                    last[(family, period.Id, place)] = people = [];
                }

                people[at.ClientId] = Math.Max(people.GetValueOrDefault(at.ClientId), change);
            }
        }
    }
}
