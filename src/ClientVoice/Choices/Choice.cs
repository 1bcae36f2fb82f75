using System.Data.Common;

namespace ClientVoice.Choices;

/// <summary>Which instrument a client group is asked with, from when, and how often.</summary>
internal sealed record Choice
{
    public Guid Id { get; init; }

    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public DateOnly FromOn { get; init; }

    /// <summary>Last day; null while it runs on.</summary>
    public DateOnly? UntilOn { get; init; }

    /// <summary>Once per so many months, 1 to 36: the quality framework asks for at least once in three years.</summary>
    public int EveryMonths { get; init; }

    /// <summary>Whose view is asked for.</summary>
    public string Perspective { get; init; } = "";

    /// <summary>How many different people have to answer before it is final.</summary>
    public int MinimumObservers { get; init; }

    /// <summary>False: somebody other than the regular worker leads (N9).</summary>
    public bool RegularWorkerMayLead { get; init; }

    /// <summary>Whether a client may answer without a name: then nobody can find back whose answers they are.</summary>
    public bool Anonymous { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Of a hundred clients so many are drawn, 1 to 100.</summary>
    public int SharePercent { get; init; } = 100;

    /// <summary>When it asks, once: one of <see cref="ClientTurn.Moments"/>; null: in a rhythm of months.</summary>
    public string? Moment { get; init; }

    /// <summary>Whether the first conversations are spread over the rhythm.</summary>
    public bool Spreads { get; init; }

    /// <summary>The same for choices that were made together, one for each view; null where one was made alone.</summary>
    public Guid? TogetherId { get; init; }

    /// <summary>What of it decides who is asked and when first.</summary>
    public TurnRule Turn => new(GroupId, FromOn, EveryMonths, SharePercent, Moment, Spreads);

    /// <summary>Whether one of them ends the other: a group has one at a time for each view, and one more for each moment.</summary>
    public bool Replaces(Choice other) => (GroupId, Perspective, Moment) == (other.GroupId, other.Perspective, other.Moment);

    /// <summary>Whether it was taken back before anybody was asked.</summary>
    public bool IsUndone => UntilOn == ChoiceEnds.Never;

    /// <summary>Whether it holds on that day.</summary>
    public bool HoldsOn(DateOnly day) => FromOn <= day && (UntilOn is null || day <= UntilOn);
}

/// <summary>A conversation that was held, refused or stopped, as far as the next one depends on it.</summary>
internal sealed record PastConversation
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";

    public Guid PersonId { get; init; }

    /// <summary>What whoever led it is to the client.</summary>
    public string ConductorRelation { get; init; } = "";

    /// <summary><c>finished</c>, <c>refused</c> or <c>stopped</c>.</summary>
    public string Outcome { get; init; } = "finished";

    public DateOnly HeldOn { get; init; }
}

/// <summary>What was asked before. Conversations, which stands above this room, answers it.</summary>
internal interface IPastConversations
{
    /// <summary>Every conversation with the clients in this person's scope.</summary>
    Task<IReadOnlyList<PastConversation>> OfScopeAsync(Guid personId, CancellationToken cancel);

    /// <summary>Every conversation with these clients, within the caller's transaction.</summary>
    Task<IReadOnlyList<PastConversation>> OfClientsAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> clients, CancellationToken cancel);

    /// <summary>Every conversation with this instrument with whoever is in a client group now.</summary>
    Task<IReadOnlyList<PastConversation>> OfGroupAsync(Guid groupId, string instrumentId, CancellationToken cancel);

    /// <summary>Whether any conversation was held for a choice.</summary>
    Task<bool> AnyForAsync(Choice choice, CancellationToken cancel);
}
