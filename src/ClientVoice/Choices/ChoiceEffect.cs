using ClientVoice.Clients;
using ClientVoice.Instruments;

namespace ClientVoice.Choices;

/// <summary>How much asking a choice brings a month.</summary>
/// <param name="Conversations">Or observations: each observer's counts.</param>
/// <param name="Hours">Of staff, for the conversations themselves; without preparing and without what follows.</param>
internal sealed record Load(double Conversations, double Hours)
{
    public static Load Of(int clients, int everyMonths, int minutes, int people) =>
        new((double)clients * people / everyMonths, (double)clients * people * minutes / everyMonths / 60);
}

/// <summary>What a choice would do, before it is made. Pure.</summary>
/// <param name="Clients">Who are asked: those in the group today, those of them who are drawn, or those of a year for whom the moment comes.</param>
/// <param name="Now">What the choice that it replaces asks; null where it replaces none.</param>
/// <param name="AYear">How often a client of the group would be asked a year, over all choices.</param>
/// <param name="Limit">How often at most; null where the group has no limit.</param>
internal sealed record ChoiceEffect(int Clients, Load Then, Load? Now, double AYear, int? Limit)
{
    /// <summary>Whether clients would be asked later than the rhythm says, for the group's limit is reached first.</summary>
    public bool IsOverLimit => Limit is { } most && AYear > most;

    /// <param name="clientsOf">How many clients a rule asks: in a rhythm those in support, at a moment those a year.</param>
    /// <param name="running">The group's choices on the day, the one that is replaced among them.</param>
    /// <param name="instruments">By their ids.</param>
    public static ChoiceEffect Of(NewChoice choice, Instrument instrument, ClientGroup group, Func<TurnRule, int> clientsOf, IReadOnlyCollection<Choice> running, Func<string, Instrument?> instruments)
    {
        var replaced = running.FirstOrDefault(c => c.Perspective == choice.Perspective && c.Moment == choice.Moment);
        var clients = clientsOf(choice.Turn);
        var others = running.Where(c => c != replaced && c.Perspective == "client").Sum(c => 12.0 / c.EveryMonths);
        return new ChoiceEffect(
            clients,
            Load.Of(clients, choice.EveryMonths, instrument.Minutes, Math.Max(1, instrument.Perspectives[choice.Perspective])),
            replaced is not null && instruments(replaced.InstrumentId) is { } before ? Load.Of(clientsOf(replaced.Turn), replaced.EveryMonths, before.Minutes, Math.Max(1, replaced.MinimumObservers)) : null,
            others + (choice.Perspective == "client" ? 12.0 / choice.EveryMonths : 0),
            choice.Perspective == "client" ? group.MostPerYear : null);
    }
}

/// <summary>When choices end. Pure: what a new choice does to those before it, done again without the one that is undone.</summary>
internal static class ChoiceEnds
{
    /// <summary>The last day of a choice that was undone: it never held.</summary>
    public static readonly DateOnly Never = DateOnly.MinValue;

    /// <summary>The last day of each choice of one group and perspective: a new one ends those before it the day before it begins.</summary>
    /// <param name="choices">Without those that were undone.</param>
    public static IReadOnlyDictionary<Guid, DateOnly?> Of(IEnumerable<Choice> choices)
    {
        var ends = new Dictionary<Guid, DateOnly?>();
        foreach (var choice in choices.OrderBy(c => c.MadeAt).ThenBy(c => c.Id))
        {
            var last = choice.FromOn.AddDays(-1);
            foreach (var (id, until) in ends.ToList())
            {
                ends[id] = until is null || until > last ? last : until;
            }

            ends.Add(choice.Id, null);
        }

        return ends;
    }
}
