namespace ClientVoice.Choices;

/// <summary>When a client is due for a choice. Pure: days in, a day out.</summary>
internal static class DueRule
{
    /// <summary>How far ahead somebody counts as due: a month is what a team plans.</summary>
    private const int DueWithinDays = 30;

    /// <summary>The day on which <paramref name="personId"/> should ask; null where this person has done their part of a round that waits for another.</summary>
    /// <param name="past">The client's conversations with this instrument and perspective, in any order.</param>
    /// <param name="differentRelations">Whether the observers of a round must each have another relation to the client.</param>
    /// <param name="today">A round for which nobody was found in time is over: everybody can begin the next one. Null: none is over.</param>
    public static DateOnly? DueOn(
        Choice choice, DateOnly clientFrom, IReadOnlyCollection<PastConversation> past, Guid personId, bool differentRelations = false, DateOnly? today = null)
    {
        if (past.Count == 0)
        {
            return Later(choice.FromOn, clientFrom);
        }

        var last = past.Max(p => p.HeldOn);
        if (Waiting(choice, past, differentRelations) is not { } round)
        {
            return last.AddMonths(choice.EveryMonths);
        }

        if (today > round.UntilOn)
        {
            return round.UntilOn.AddDays(1);
        }

        return round.Members.Any(p => p.PersonId == personId) ? null : round.Members[0].HeldOn;
    }

    /// <summary>The same for a client of the choice's group: null too where the client is not drawn, or where the moment is not there or has had its conversation.</summary>
    /// <param name="past">The client's conversations with this instrument and perspective, in any order.</param>
    public static DateOnly? DueOn(
        Choice choice, (Guid Id, DateOnly FromOn, DateOnly? UntilOn) client, IReadOnlyCollection<PastConversation> past, Guid personId, bool differentRelations, DateOnly? today)
    {
        if (ClientTurn.First(choice.Turn, client.Id, client.FromOn, client.UntilOn) is not { } first)
        {
            return null;
        }

        if (choice.Moment is null)
        {
            return DueOn(choice, first, past, personId, differentRelations, today);
        }

        List<PastConversation> since = [.. past.Where(p => p.HeldOn >= first.AddDays(-ClientTurn.DaysBefore))];
        return since.Count > 0 && Waiting(choice, since, differentRelations) is null ? null : DueOn(choice, first, since, personId, differentRelations, today);
    }

    /// <summary>The round that waits for another observer; null where none does. Whoever asks alone waits for nobody.</summary>
    public static ObservationRound? Waiting(Choice choice, IReadOnlyCollection<PastConversation> past, bool differentRelations)
    {
        // A refusal is the client's answer, and ends the asking: nobody is sent after it.
        if (choice.MinimumObservers < 2 || past.MaxBy(p => p.HeldOn) is not { Outcome: not "refused" })
        {
            return null;
        }

        var last = ObservationRounds.Of(past, choice.MinimumObservers, differentRelations)[^1];
        return last.IsFinal ? null : last;
    }

    /// <summary><c>overdue</c>, <c>due</c> or <c>upcoming</c>.</summary>
    public static string State(DateOnly dueOn, DateOnly today) =>
        dueOn < today ? "overdue" : dueOn <= today.AddDays(DueWithinDays) ? "due" : "upcoming";

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
