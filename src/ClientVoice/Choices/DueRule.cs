namespace ClientVoice.Choices;

/// <summary>When a client is due for a choice. Pure: days in, a day out.</summary>
internal static class DueRule
{
    /// <summary>
    /// Two observers look at the same client in the same period; a quarter is long enough to find the
    /// second one, and short enough to speak of the same period in someone's life.
    /// </summary>
    public const int RoundDays = 92;

    /// <summary>How far ahead somebody counts as due: a month is what a team plans.</summary>
    private const int DueWithinDays = 30;

    /// <summary>The day on which <paramref name="personId"/> should ask; null where this person has done their part of a round that waits for another.</summary>
    /// <param name="past">The client's conversations with this instrument and perspective, in any order.</param>
    public static DateOnly? DueOn(Choice choice, DateOnly clientFrom, IReadOnlyCollection<PastConversation> past, Guid personId)
    {
        if (past.Count == 0)
        {
            return Later(choice.FromOn, clientFrom);
        }

        var last = past.Max(p => p.HeldOn);
        var round = past.Where(p => p.HeldOn > last.AddDays(-RoundDays)).ToList();
        if (round.DistinctBy(p => p.PersonId).Count() >= choice.MinimumObservers)
        {
            return last.AddMonths(choice.EveryMonths);
        }

        return round.Any(p => p.PersonId == personId) ? null : round.Min(p => p.HeldOn);
    }

    /// <summary><c>overdue</c>, <c>due</c> or <c>upcoming</c>.</summary>
    public static string State(DateOnly dueOn, DateOnly today) =>
        dueOn < today ? "overdue" : dueOn <= today.AddDays(DueWithinDays) ? "due" : "upcoming";

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
