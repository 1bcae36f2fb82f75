using ClientVoice.Clients;

namespace ClientVoice.Choices;

/// <summary>Why a conversation is due.</summary>
internal enum DueBecause
{
    /// <summary>So many months after the one before.</summary>
    Rhythm,

    /// <summary>Not yet asked with this instrument from this perspective, though there when the choice began.</summary>
    NotYet,

    /// <summary>Another observer is waited for.</summary>
    Round,

    /// <summary>Came into support.</summary>
    Start,

    /// <summary>Came from another client group into this one.</summary>
    GroupStart,

    /// <summary>The care plan is evaluated on a day that is known.</summary>
    Evaluation,

    /// <summary>The next evaluation has no day yet: so many months after the last.</summary>
    AfterEvaluation,

    /// <summary>Support ends, or ended.</summary>
    Farewell,
}

/// <summary>A conversation that is to be held.</summary>
/// <param name="Since">The day that the reason is about: of the conversation before, the start, the evaluation, the last day.</param>
internal sealed record Turn(DateOnly DueOn, DueBecause Why, DateOnly Since);

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

    /// <summary>The same for a client of the choice's group, with its reason: null too where the client is not drawn, or where no moment is known that has not had its conversation.</summary>
    /// <param name="past">The client's conversations with this instrument and perspective, in any order.</param>
    public static Turn? TurnOf(Choice choice, ClientPresence client, IReadOnlyCollection<PastConversation> past, Guid personId, bool differentRelations, DateOnly? today)
    {
        if (choice.Moment is null)
        {
            return ClientTurn.First(choice.Turn, client) is { } first && DueOn(choice, first, past, personId, differentRelations, today) is { } due
                ? new Turn(due, Why(choice, client, past, differentRelations), past.Count == 0 ? client.StartOn : past.Max(p => p.HeldOn)) : null;
        }

        foreach (var moment in ClientTurn.MomentsOf(choice.Turn, client))
        {
            // A late conversation is still the one for a moment, and for those before it that nobody came to.
            List<PastConversation> since = [.. past.Where(p => p.HeldOn >= moment.AddDays(-ClientTurn.DaysBefore))];
            if (since.Count == 0 || Waiting(choice, since, differentRelations) is not null)
            {
                return DueOn(choice, moment, since, personId, differentRelations, today) is { } due ? new Turn(due, Why(choice, client, moment, since.Count > 0), About(choice, client, moment)) : null;
            }
        }

        return null;
    }

    /// <summary>The day of <see cref="TurnOf"/>.</summary>
    public static DateOnly? DueOn(Choice choice, ClientPresence client, IReadOnlyCollection<PastConversation> past, Guid personId, bool differentRelations, DateOnly? today) =>
        TurnOf(choice, client, past, personId, differentRelations, today)?.DueOn;

    private static DueBecause Why(Choice choice, ClientPresence client, IReadOnlyCollection<PastConversation> past, bool differentRelations) =>
        past.Count > 0 ? (Waiting(choice, past, differentRelations) is null ? DueBecause.Rhythm : DueBecause.Round)
        : client.StartOn <= choice.FromOn ? DueBecause.NotYet
        : client.StartOn == client.GroupFromOn ? DueBecause.GroupStart : DueBecause.Start;

    private static DueBecause Why(Choice choice, ClientPresence client, DateOnly moment, bool waits) => waits ? DueBecause.Round : choice.Moment switch
    {
        ClientTurn.Start => client.StartOn == client.GroupFromOn ? DueBecause.GroupStart : DueBecause.Start,
        ClientTurn.Farewell => DueBecause.Farewell,
        _ => client.Evaluations.Contains(moment) ? DueBecause.Evaluation : DueBecause.AfterEvaluation,
    };

    // Of an evaluation of which no day is known: the last one that is.
    private static DateOnly About(Choice choice, ClientPresence client, DateOnly moment) =>
        choice.Moment == ClientTurn.Evaluation && !client.Evaluations.Contains(moment) ? client.Evaluations[^1] : moment;

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

    /// <summary>The last day that is soon.</summary>
    public static DateOnly DueUntil(DateOnly today) => today.AddDays(DueWithinDays);

    /// <summary><c>overdue</c>, <c>due</c> or <c>upcoming</c>.</summary>
    public static string State(DateOnly dueOn, DateOnly today) =>
        dueOn < today ? "overdue" : dueOn <= DueUntil(today) ? "due" : "upcoming";

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
