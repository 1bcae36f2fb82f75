namespace ClientVoice.Conversations.Agreements;

/// <summary>An agreement with a client, opened.</summary>
/// <param name="What">Null where it comes from an observation that this person may not read yet.</param>
/// <param name="Who">Who does it: <c>client</c>, <c>worker</c>, <c>relative</c> or <c>other</c>.</param>
/// <param name="Name">Of who does it, where one was written down.</param>
/// <param name="OwnerId">Who sees to it; null where nobody does: whoever did has left.</param>
/// <param name="IsHandedOver">Whether somebody took it over, rather than having it as the regular worker.</param>
internal sealed record AgreementLine(
    Guid Id, Guid ConversationId, Guid ClientId, string Client, Guid PlaceId, Guid GroupId, string Place, DateOnly HeldOn, string? What, string Who, string? Name, DateOnly? DueOn,
    Guid? OwnerId, string? Owner, bool IsHandedOver, DateTimeOffset? DoneAt, DateTimeOffset? NotDoneAt, string? NotDoneReason,
    DateTimeOffset? ToldBackAt, string? ToldBackHow, string? ToldBackBy)
{
    /// <summary>Whether it is neither done nor said not to be.</summary>
    public bool IsOpen => DoneAt is null && NotDoneAt is null;

    public bool IsLateOn(DateOnly today) => IsOpen && DueOn < today;
}

/// <summary>Which agreements a list shows.</summary>
/// <param name="Whose"><c>mine</c>, <c>all</c> or <c>nobody</c>.</param>
/// <param name="State"><c>open</c>, <c>tell</c> (done or not, and the client does not know it yet) or <c>closed</c>.</param>
/// <param name="Search">Part of a client's name; null for everyone.</param>
internal sealed record AgreementFilter(string Whose, string State, Guid? Place = null, Guid? Client = null, string? Search = null)
{
    public const string Mine = "mine";
    public const string All = "all";
    public const string Nobody = "nobody";
    public const string Open = "open";
    public const string Tell = "tell";
    public const string Closed = "closed";
    public const string AnyState = "any";
}

/// <summary>How many agreements wait for somebody.</summary>
/// <param name="Late">Past their day.</param>
/// <param name="Soon">Within the week.</param>
/// <param name="Tell">To tell the client about.</param>
internal sealed record AgreementCounts(int Late, int Soon, int Tell);
