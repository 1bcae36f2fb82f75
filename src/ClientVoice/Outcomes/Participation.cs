using ClientVoice.Clients;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>
/// Counts who was to be asked and who took part. Invited in a period is: everyone with whom there was a
/// conversation in it, and everyone in support whose turn came before its end and who was not reached.
/// </summary>
internal sealed class Participation(
    OutcomeFacts facts, IReadOnlyList<ClientPresence> presences, ILookup<Guid, Guid> ancestors, IReadOnlyDictionary<string, string> newest, DateOnly today)
{
    // The one that counts, when there were several with one client: what came furthest.
    private static readonly string[] Furthest = ["refused", "stopped", "finished"];

    private readonly ILookup<(Guid Client, string Instrument, string Perspective), HeldConversation> history =
        facts.Conversations.ToLookup(c => (c.ClientId, c.InstrumentId, c.Perspective));

    public IReadOnlyList<RawParticipation> Count(Period period, IReadOnlyList<HeldConversation> held)
    {
        var counts = new Dictionary<Block, int[]>();
        var asked = held.GroupBy(c => (c.ClientId, c.InstrumentId, c.Perspective)).ToList();
        foreach (var conversation in asked.Select(g => g.MaxBy(c => (Array.IndexOf(Furthest, c.Outcome), c.EndedAt, c.Id))!))
        {
            Add(conversation.PlaceId, conversation.GroupId, $"{conversation.InstrumentId}@{conversation.InstrumentVersion}", conversation.Perspective, conversation.Outcome);
        }

        var reached = asked.Select(g => g.Key).ToHashSet();
        foreach (var choice in facts.Choices.Where(c => newest.ContainsKey(c.InstrumentId)))
        {
            foreach (var client in presences.Where(c => c.GroupId == choice.GroupId && !reached.Contains((c.Id, choice.InstrumentId, choice.Perspective))))
            {
                if (TurnCame(choice, client, period))
                {
                    Add(client.PlaceId, client.GroupId, $"{choice.InstrumentId}@{newest[choice.InstrumentId]}", choice.Perspective, "not-reached");
                    reached.Add((client.Id, choice.InstrumentId, choice.Perspective));
                }
            }
        }

        return [.. counts.Select(c => new RawParticipation(c.Key, c.Value.Sum(), c.Value[2], c.Value[0], c.Value[1]))];

        void Add(Guid placeId, Guid group, string instrument, string perspective, string outcome)
        {
            foreach (var place in ancestors[placeId])
            {
                var block = new Block(period.Id, place, group, instrument, perspective);
                if (!counts.TryGetValue(block, out var row))
                {
                    counts[block] = row = new int[4];
                }

                row[outcome == "not-reached" ? 3 : Array.IndexOf(Furthest, outcome)]++;
            }
        }
    }

    private bool TurnCame(AskedChoice choice, ClientPresence client, Period period)
    {
        var until = period.UntilOn < today ? period.UntilOn : today;
        if (choice.FromOn > until || choice.UntilOn < period.FromOn || client.FromOn > until || client.UntilOn < period.FromOn)
        {
            return false;
        }

        var before = history[(client.Id, choice.InstrumentId, choice.Perspective)].Where(c => c.HeldOn < period.FromOn).ToList();
        var dueOn = before.Count > 0
            ? before.Max(c => c.HeldOn).AddMonths(choice.EveryMonths)
            : choice.FromOn > client.FromOn ? choice.FromOn : client.FromOn;
        return dueOn <= until;
    }
}
