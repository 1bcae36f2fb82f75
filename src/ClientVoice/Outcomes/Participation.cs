using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>
/// Counts who was to be asked and who took part. Invited in a period is: everyone with whom there was a
/// conversation in it, and everyone in support whose turn came before its end and who was not reached.
/// </summary>
internal sealed class Participation
{
    private const int Held = 0;
    private const int Refused = 1;
    private const int Stopped = 2;
    private const int NotReached = 3;
    private const int Marked = 4;
    private const int Anonymous = 5;

    // The one that counts, when there were several with one client: what came furthest.
    private static readonly string[] Furthest = ["refused", "stopped", "anonymous", "finished"];

    private readonly IReadOnlyDictionary<string, Period> periods;
    private readonly PlacesOverTime places;
    private readonly IReadOnlyDictionary<string, string> newest;
    private readonly DateOnly today;
    private readonly ILookup<Asking, AskedChoice> choices;
    private readonly ILookup<Guid, ClientPresence> clients;
    private readonly HashSet<(Guid Client, Asking What)> met = [];
    private readonly Dictionary<Block, int[]> counts = [];

    /// <param name="periods">Every period that can have participation.</param>
    /// <param name="places">What each place was below on a day.</param>
    /// <param name="newest">The newest version of each instrument, for those who were not reached yet.</param>
    /// <param name="choices">What is asked of whom.</param>
    /// <param name="clients">Who was in support.</param>
    public Participation(
        IReadOnlyDictionary<string, Period> periods, PlacesOverTime places, IReadOnlyDictionary<string, string> newest, DateOnly today, IEnumerable<AskedChoice> choices, IEnumerable<ClientPresence> clients)
    {
        this.periods = periods;
        this.places = places;
        this.newest = newest;
        this.today = today;
        this.choices = choices.Where(c => newest.ContainsKey(c.InstrumentId)).ToLookup(c => new Asking(c.GroupId, c.InstrumentId, c.Perspective));
        this.clients = clients.ToLookup(c => c.Id);
    }

    /// <summary>Counts one person: everything in which one instrument was asked in one perspective, however it went.</summary>
    public void Add(IReadOnlyList<HeldConversation> ofOne)
    {
        Asked(ofOne);
        foreach (var client in clients[ofOne[0].ClientId])
        {
            var what = new Asking(client.GroupId, ofOne[0].InstrumentId, ofOne[0].Perspective);
            if (choices.Contains(what))
            {
                met.Add((client.Id, what));
                NotAsked([.. choices[what]], client, [.. ofOne.Select(c => c.HeldOn).Order()]);
            }
        }
    }

    /// <summary>Counts those who were not added, with whom there was no conversation, and returns what was counted in all.</summary>
    public IReadOnlyList<ParticipationCell> Cells()
    {
        var groups = clients.SelectMany(c => c).ToLookup(c => c.GroupId);
        foreach (var asked in choices)
        {
            foreach (var client in groups[asked.Key.Group].Where(c => met.Add((c.Id, asked.Key))))
            {
                NotAsked([.. asked], client, []);
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

    /// <summary>Who is asked what.</summary>
    private readonly record struct Asking(Guid Group, string InstrumentId, string Perspective);
}
