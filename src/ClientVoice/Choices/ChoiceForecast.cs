using ClientVoice.Clients;
using ClientVoice.Instruments;

namespace ClientVoice.Choices;

/// <summary>What a choice would bring, month by month. Pure: it asks the rule that the list of who is due asks.</summary>
internal static class ChoiceForecast
{
    /// <summary>How far ahead: what a team plans in a year.</summary>
    public const int Months = 12;

    /// <summary>How many clients a rule asks: in a rhythm who is in support on the day, at a start or farewell for whom it came in the year before it, at an evaluation for whom one is to be expected in the year after it.</summary>
    public static int Clients(TurnRule rule, IEnumerable<ClientPresence> group, DateOnly today) => group.Count(c =>
        ClientTurn.IsDrawn(rule.GroupId, c.Id, rule.SharePercent)
        && rule.Moment switch
        {
            ClientTurn.Start => c.StartOn > today.AddYears(-1) && c.StartOn <= today,
            // What is known lies ahead, not behind.
            ClientTurn.Evaluation => IsThere(c, today) && ClientTurn.First(rule, c) < Max(today, rule.FromOn).AddYears(1),
            ClientTurn.Farewell => c.UntilOn > today.AddYears(-1) && c.UntilOn <= today,
            _ => IsThere(c, today),
        });

    /// <summary>The conversations that become due in each of the twelve months from the choice's first day on; overdue ones in the first. Without limits and decisions.</summary>
    /// <param name="past">Of each client, with this instrument and perspective.</param>
    public static IReadOnlyList<int> ByMonth(NewChoice choice, Instrument instrument, IEnumerable<ClientPresence> group, ILookup<Guid, PastConversation> past, DateOnly today)
    {
        var months = new int[Months];
        var people = Math.Max(1, instrument.Perspectives[choice.Perspective]);
        var asks = new Choice { GroupId = choice.GroupId, FromOn = choice.FromOn, EveryMonths = choice.EveryMonths, MinimumObservers = people, SharePercent = choice.SharePercent, Spreads = choice.Spreads };
        foreach (var client in group.Where(c => IsThere(c, today)))
        {
            var due = DueRule.DueOn(asks, client, [.. past[client.Id]], Guid.Empty, instrument.DifferentObservers, today);
            for (; due is { } day && day < choice.FromOn.AddMonths(Months) && (client.UntilOn is null || day <= client.UntilOn); due = (day < choice.FromOn ? choice.FromOn : day).AddMonths(choice.EveryMonths))
            {
                months[day < choice.FromOn ? 0 : MonthsBetween(choice.FromOn, day)] += people;
            }
        }

        return months;
    }

    /// <summary>Of how many clients in support no day of evaluation is known: a choice that asks at one does not ask them.</summary>
    public static int WithoutEvaluation(IEnumerable<ClientPresence> group, DateOnly today) => group.Count(c => IsThere(c, today) && c.Evaluations.Count == 0);

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;

    private static bool IsThere(ClientPresence client, DateOnly day) => client.FromOn <= day && (client.UntilOn is null || client.UntilOn >= day);

    private static int MonthsBetween(DateOnly from, DateOnly day)
    {
        var months = ((day.Year - from.Year) * 12) + day.Month - from.Month;
        return from.AddMonths(months) > day ? months - 1 : months;
    }
}
