using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Who changed where. Holds ids in memory, shows numbers only.</summary>
internal sealed class Changes
{
    private readonly Dictionary<OutcomeFamily, Dictionary<BlockKey, Dictionary<Guid, long>>> last = [];

    /// <summary>The families in which somebody changed.</summary>
    public IEnumerable<OutcomeFamily> Families => last.Keys;

    /// <param name="conversations">Those that count, or that did when the last publication was made; of each person all of them.</param>
    /// <param name="since">What changed up to here is left out.</param>
    /// <param name="places">What each place was below on a day.</param>
    /// <param name="only">The family to look at; null for all.</param>
    public static Changes Of(
        IEnumerable<HeldConversation> conversations, long since, IReadOnlyDictionary<string, Period> periods, PlacesOverTime places, OutcomeFamily? only = null)
    {
        var changes = new Changes();
        foreach (var person in conversations.GroupBy(c => (c.ClientId, c.InstrumentId, c.InstrumentVersion, c.Perspective)).Where(g => g.Any(c => c.Changed > since)))
        {
            foreach (var conversation in person.Where(c => c.Changed > since))
            {
                var touched = CountedConversation.Periods(conversation.HeldOn, 5, periods).ToList();
                // The person's other conversations in the same period count no longer, or count again.
                foreach (var other in person.Where(o => only is null || o.GroupId == only.Group))
                {
                    var there = other == conversation ? touched : touched.Where(p => p.FromOn <= other.HeldOn && other.HeldOn <= p.UntilOn);
                    changes.Add(other, there, conversation.Changed, places);
                }
            }
        }

        return changes;
    }

    /// <summary>Who changed in each block of a family, and at which change last.</summary>
    public IReadOnlyDictionary<BlockKey, Dictionary<Guid, long>> In(OutcomeFamily family) => last.GetValueOrDefault(family) ?? [];

    private void Add(HeldConversation at, IEnumerable<Period> periods, long change, PlacesOverTime places)
    {
        var family = new OutcomeFamily(at.GroupId, at.InstrumentId, at.InstrumentVersion, at.Perspective);
        if (!last.TryGetValue(family, out var blocks))
        {
            last[family] = blocks = [];
        }

        foreach (var period in periods)
        {
            foreach (var place in places.Above(at.PlaceId, at.HeldOn))
            {
                var block = new BlockKey(period.Id, place);
                if (!blocks.TryGetValue(block, out var people))
                {
                    blocks[block] = people = [];
                }

                people[at.ClientId] = Math.Max(people.GetValueOrDefault(at.ClientId), change);
            }
        }
    }
}
