namespace ClientVoice.Choices.Due;

/// <summary>What a person decided about a client's next conversation.</summary>
/// <param name="PersonId">Who asks; null: whoever the choice says.</param>
/// <param name="PostponedOn">Not before this day; null: as the rhythm says.</param>
/// <param name="Reason">Why it is postponed: one of <see cref="DueTexts.Reasons"/>.</param>
/// <param name="MadeOn">A decision holds until the next conversation.</param>
internal sealed record DuePlan(Guid ClientId, Guid ChoiceId, Guid? PersonId, DateOnly? PostponedOn, string? Reason, string? Words, DateOnly MadeOn)
{
    /// <summary>Of the row it is kept in; nothing of use before that.</summary>
    public Guid Id { get; init; }
}

/// <summary>Why somebody was not reached in three years.</summary>
internal enum NotReached
{
    /// <summary>Was reached, or is not in support for so long.</summary>
    None,

    NeverAsked,
    Refused,
    Stopped,
    Postponed,
    Moved,

    /// <summary>Asked before, and simply not since.</summary>
    NotSince,
}

/// <summary>What comes over the rhythm. Pure: days in, a day out.</summary>
internal static class PlanRule
{
    /// <summary>The quality framework asks for at least one conversation in so many years.</summary>
    public const int LongestYears = 3;

    /// <summary>The day after a person's decision; a decision from before the last conversation was about that one.</summary>
    public static DateOnly After(DateOnly due, DuePlan? plan, IReadOnlyCollection<PastConversation> past) =>
        plan?.PostponedOn is { } later && later > due && Holds(plan, past) ? later : due;

    /// <summary>Whether a decision is still about the next conversation.</summary>
    public static bool Holds(DuePlan plan, IReadOnlyCollection<PastConversation> past) => past.All(p => p.HeldOn < plan.MadeOn);

    /// <summary>Who asks: as decided, else the regular worker where the choice lets them; null: nobody in particular.</summary>
    public static Guid? Leader(Choice choice, DuePlan? plan, IReadOnlyCollection<PastConversation> past, Guid? regularWorker) =>
        (plan is not null && Holds(plan, past) ? plan.PersonId : null) ?? (choice.RegularWorkerMayLead ? regularWorker : null);

    /// <summary>The first day on which one more does not go over the group's limit for a year.</summary>
    /// <param name="asked">The days on which the client was asked, with whatever instrument.</param>
    public static DateOnly Within(DateOnly due, IEnumerable<DateOnly> asked, int? mostPerYear)
    {
        if (mostPerYear is not { } most)
        {
            return due;
        }

        // The most-th from the end frees a place a year later.
        var newest = asked.OrderDescending().Take(most).ToList();
        return newest.Count == most && newest[^1].AddYears(1) > due ? newest[^1].AddYears(1) : due;
    }

    /// <summary>Why somebody was not reached for longer than three years, as far as that is known.</summary>
    /// <param name="past">All conversations with the client, whatever the instrument.</param>
    /// <param name="movedOn">The last move; null where there was none.</param>
    public static NotReached Why(DateOnly clientFrom, IReadOnlyCollection<PastConversation> past, bool isPostponed, DateOnly? movedOn, DateOnly today)
    {
        var limit = today.AddYears(-LongestYears);
        var reached = past.Where(p => p.Outcome == "finished").Select(p => (DateOnly?)p.HeldOn).Max();
        if ((reached ?? clientFrom) >= limit)
        {
            return NotReached.None;
        }

        var last = past.MaxBy(p => p.HeldOn);
        return last switch
        {
            { Outcome: "refused" } => NotReached.Refused,
            { Outcome: "stopped" } => NotReached.Stopped,
            _ when isPostponed => NotReached.Postponed,
            _ when movedOn is { } moved && moved > (reached ?? clientFrom) => NotReached.Moved,
            null => NotReached.NeverAsked,
            _ => NotReached.NotSince,
        };
    }
}
