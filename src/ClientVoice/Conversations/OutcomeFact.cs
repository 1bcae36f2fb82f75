// What the outcomes are made of: codes, scores and days. No names, no words, no people: a fact that is not
// here cannot end up in a figure.
using ClientVoice.Choices;
using ClientVoice.Clients;

namespace ClientVoice.Conversations;

/// <summary>A conversation as the outcomes see it.</summary>
internal sealed record HeldConversation
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public Guid PlaceId { get; init; }

    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    /// <summary><c>finished</c>, <c>refused</c> or <c>stopped</c>; <c>anonymous</c> where somebody took part without a name: then there are no answers to it.</summary>
    public string Outcome { get; init; } = "";

    public DateOnly HeldOn { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Whether these are answers of nobody known: a person of their own, who is in no list of who took part.</summary>
    public bool IsOfNobody => ClientId == Id;

    /// <summary>Whether it has an answer-quality mark.</summary>
    public bool Marked { get; init; }

    /// <summary>The last change to it, in the order in which changes came in.</summary>
    public long Changed { get; init; }

    /// <summary>When it came in, in that same order.</summary>
    public long Received { get; init; }

    /// <summary>It came to count, or ceased to, after it was received.</summary>
    public bool Touched => Changed > Received;

    /// <summary>The change with which this version ceased to stand (corrected or erased); null while it stands.</summary>
    public long? Ended { get; init; }

    /// <summary>Of a version that does not stand: which questions had an answer, which of these a score, which domains a score. Never what.</summary>
    public FormerAnswers? Had { get; init; }

    /// <summary>Whether it stood when that change was the last.</summary>
    public bool StoodAt(long through) => Received <= through && !(Ended <= through);
}

/// <summary>Which answers a former version had, by the codes of questions and domains.</summary>
internal sealed record FormerAnswers(IReadOnlySet<string> Answered, IReadOnlySet<string> Scored, IReadOnlySet<string> Domains);

/// <summary>People counted together: one group, one version of one instrument, one perspective.</summary>
internal sealed record OutcomeFamily(Guid Group, string InstrumentId, string Version, string Perspective)
{
    /// <summary>With its version, <c>mijn-verhaal@1.0</c>.</summary>
    public string Instrument { get; } = $"{InstrumentId}@{Version}";

    /// <param name="instrument">With its version.</param>
    public static OutcomeFamily Of(Guid group, string instrument, string perspective)
    {
        var at = instrument.IndexOf('@', StringComparison.Ordinal);
        return new OutcomeFamily(group, instrument[..at], instrument[(at + 1)..], perspective);
    }
}

/// <summary>A chosen option, a scored number, or a question passed over.</summary>
internal readonly record struct GivenAnswer(Guid ConversationId, string QuestionId, int Position, string? OptionCode, double? Score, bool PassedOver);

/// <summary>The score of a domain in one conversation.</summary>
internal readonly record struct GivenDomain(Guid ConversationId, string DomainId, double Score);

/// <summary>An agreement as the outcomes see it: whose, from when and where, and what became of it. Never what was agreed.</summary>
/// <param name="Done">Done; where neither this nor <paramref name="NotDone"/>, it is still open.</param>
/// <param name="ToldBack">The client was told what became of it.</param>
internal readonly record struct FollowedAgreement(Guid ClientId, Guid PlaceId, DateOnly HeldOn, bool Done, bool NotDone, bool ToldBack);

/// <summary>A conversation of which an agreement changed, or whose agreements came or went with it.</summary>
internal sealed record FollowUpMoved(OutcomeFamily Family, Guid PlaceId, DateOnly HeldOn);

/// <summary>Who was to be asked what, how often.</summary>
internal sealed record AskedChoice
{
    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? UntilOn { get; init; }

    public int EveryMonths { get; init; }

    /// <summary>Of a hundred clients so many were drawn.</summary>
    public int SharePercent { get; init; } = 100;

    /// <summary>Asked once, at this moment in support; null: in a rhythm of months.</summary>
    public string? Moment { get; init; }

    /// <summary>Whether the first conversations were spread over the rhythm.</summary>
    public bool Spreads { get; init; }

    /// <summary>The first day on which a client was to be asked; null where the client was not.</summary>
    public DateOnly? FirstTurn(ClientPresence client) => ClientTurn.First(Turn, client);

    /// <summary>Whether a moment of a client came within these days, and no conversation was held for it.</summary>
    /// <param name="heldOn">The days of the client's conversations.</param>
    public bool MissedBetween(DateOnly from, DateOnly until, ClientPresence client, IReadOnlyList<DateOnly> heldOn)
    {
        // Late is still for it, until it is time for the next.
        var moments = ClientTurn.MomentsOf(Turn, client).TakeWhile(day => day <= until.AddMonths(EveryMonths)).ToList();
        return moments.Select((day, at) => (day, Next: at + 1 < moments.Count ? moments[at + 1].AddDays(-ClientTurn.DaysBefore) : DateOnly.MaxValue))
            .Any(m => m.day >= from && m.day <= until && !(m.day > UntilOn) && !heldOn.Any(held => held >= m.day.AddDays(-ClientTurn.DaysBefore) && held < m.Next));
    }

    private TurnRule Turn => new(GroupId, FromOn, EveryMonths, SharePercent, Moment, Spreads);
}
