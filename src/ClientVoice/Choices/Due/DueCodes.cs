namespace ClientVoice.Choices.Due;

/// <summary>How reasons are kept in the database.</summary>
internal static class DueCodes
{
    private static readonly Dictionary<string, DueBecause> Becauses = Enum.GetValues<DueBecause>().ToDictionary(Of);
    private static readonly Dictionary<string, NotReached> NotReacheds = Enum.GetValues<NotReached>().Where(why => why != NotReached.None).ToDictionary(why => Of(why)!);

    public static string Of(DueBecause why) => why switch
    {
        DueBecause.Rhythm => "rhythm",
        DueBecause.NotYet => "not-yet",
        DueBecause.Round => "round",
        DueBecause.Start => "start",
        DueBecause.GroupStart => "group-start",
        DueBecause.Evaluation => "evaluation",
        DueBecause.AfterEvaluation => "after-evaluation",
        DueBecause.Farewell => "farewell",
    };

    public static string? Of(NotReached why) => why switch
    {
        NotReached.None => null,
        NotReached.NeverAsked => "never-asked",
        NotReached.Refused => "refused",
        NotReached.Stopped => "stopped",
        NotReached.Postponed => "postponed",
        NotReached.Moved => "moved",
        NotReached.NotSince => "not-since",
    };

    public static DueBecause Because(string code) => Becauses[code];

    public static NotReached Why(string? code) => code is null ? NotReached.None : NotReacheds[code];
}
