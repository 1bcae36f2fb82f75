using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>
/// Counts who was to be asked and who took part. Invited in a period is: everyone with whom there was a
/// conversation in it, and everyone in support whose turn came before its end and who was not reached.
/// </summary>
/// <param name="periods">Every period that can have participation.</param>
/// <param name="places">What each place was below on a day.</param>
/// <param name="newest">The newest version of each instrument, for those who were not reached yet.</param>
internal sealed class Participation(
    IReadOnlyDictionary<string, Period> periods, PlacesOverTime places, IReadOnlyDictionary<string, string> newest, DateOnly today)
{
    private const int Held = 0;
    private const int Refused = 1;
    private const int Stopped = 2;
    private const int NotReached = 3;
    private const int Marked = 4;
    private const int Anonymous = 5;

    // The one that counts, when there were several with one client: what came furthest.
    private static readonly string[] Furthest = ["refused", "stopped", "anonymous", "finished"];

    private readonly Dictionary<Block, int[]> counts = [];

    public IReadOnlyList<ParticipationCell> Count(IReadOnlyList<HeldConversation> conversations, IReadOnlyList<AskedChoice> choices, IReadOnlyList<ClientPresence> presences)
    {
        counts.Clear();
        // Who took part without a name is counted by having taken part, where they were then; their answers are of nobody.
        var people = conversations.Where(c => !c.IsOfNobody).ToLookup(c => (c.ClientId, c.InstrumentId, c.Perspective));
        foreach (var person in people)
        {
            Asked(person);
        }

        var clients = presences.ToLookup(c => c.GroupId);
        foreach (var asked in choices.Where(c => newest.ContainsKey(c.InstrumentId)).GroupBy(c => (c.GroupId, c.InstrumentId, c.Perspective)))
        {
            foreach (var client in clients[asked.Key.GroupId])
            {
                NotAsked([.. asked], client, [.. people[(client.Id, asked.Key.InstrumentId, asked.Key.Perspective)].Select(c => c.HeldOn).Order()]);
            }
        }

        return [.. counts.Select(c => ParticipationCell.Of(c.Key, c.Value))];
    }

    private void Asked(IEnumerable<HeldConversation> ofOne)
    {
        var inPeriods = ofOne.SelectMany(c => CountedConversation.Periods(c.HeldOn, 5, periods).Select(period => (c, period.Id)));
        foreach (var inPeriod in inPeriods.GroupBy(x => x.Id, x => x.c))
        {
            var one = inPeriod.MaxBy(c => (Array.IndexOf(Furthest, c.Outcome), c.EndedAt, c.Id))!;
            foreach (var place in places.Above(one.PlaceId, one.HeldOn))
            {
                var row = Row(new Block(inPeriod.Key, place, one.GroupId, $"{one.InstrumentId}@{one.InstrumentVersion}", one.Perspective));
                row[one.Outcome switch { "finished" or "anonymous" => Held, "refused" => Refused, _ => Stopped }]++;
                row[Anonymous] += one.Outcome == "anonymous" ? 1 : 0;
                row[Marked] += one.Outcome == "finished" && one.Marked ? 1 : 0;
            }
        }
    }

    private void NotAsked(IReadOnlyList<AskedChoice> choices, ClientPresence client, IReadOnlyList<DateOnly> heldOn)
    {
        var block = (Group: client.GroupId, Instrument: $"{choices[0].InstrumentId}@{newest[choices[0].InstrumentId]}", choices[0].Perspective);
        foreach (var period in periods.Values)
        {
            // Days are in order, and few: a person is asked about once a year.
            if (heldOn.Any(day => day >= period.FromOn && day <= period.UntilOn) || !choices.Any(choice => TurnCame(choice, client, heldOn, period)))
            {
                continue;
            }

            // Where nothing was said there is no day: whoever was not reached is of the place that answered for them at the end.
            foreach (var place in places.Above(client.PlaceId, period.UntilOn))
            {
                Row(new Block(period.Id, place, block.Group, block.Instrument, block.Perspective))[NotReached]++;
            }
        }
    }

    private bool TurnCame(AskedChoice choice, ClientPresence client, IReadOnlyList<DateOnly> heldOn, Period period)
    {
        var until = period.UntilOn < today ? period.UntilOn : today;
        if (choice.FromOn > until || choice.UntilOn < period.FromOn || client.StartOn > until || client.UntilOn < period.FromOn)
        {
            return false;
        }

        // A moment belongs to the period that it is in.
        if (choice.Moment is not null)
        {
            return choice.MissedBetween(period.FromOn, until, client, heldOn);
        }

        if (choice.FirstTurn(client) is not { } first)
        {
            return false;
        }

        var before = heldOn.LastOrDefault(day => day < period.FromOn);
        var dueOn = before != default
            ? before.AddMonths(choice.EveryMonths)
            : first;
        return dueOn <= until;
    }

    private int[] Row(Block block) => counts.TryGetValue(block, out var row) ? row : counts[block] = new int[ParticipationCell.CountsOfACell];
}
