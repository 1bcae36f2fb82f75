using ClientVoice.Shell;

namespace ClientVoice.Choices.Due;

/// <summary>Who is due, in words.</summary>
internal static class DueTexts
{
    /// <summary>Why a conversation is postponed.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["ill", "away", "busy", "asked", "other"];

    public static string Reason(string code, Language l) => code switch
    {
        "ill" => l["ziek", "ill"],
        "away" => l["tijdelijk weg", "away for a while"],
        "busy" => l["er speelt nu te veel", "too much is going on now"],
        "asked" => l["de cliënt wil het later", "the client wants it later"],
        "other" => l["iets anders", "something else"],
        _ => code,
    };

    public static string State(string state, Language l) => state switch
    {
        "overdue" => l["te laat", "overdue"],
        "due" => l["deze maand", "this month"],
        _ => l["later", "later"],
    };

    public static string? Why(NotReached why, Language l) => why switch
    {
        NotReached.None => null,
        NotReached.NeverAsked => l["langer dan drie jaar: nog nooit gevraagd", "longer than three years: never asked"],
        NotReached.Refused => l["langer dan drie jaar: geweigerd", "longer than three years: refused"],
        NotReached.Stopped => l["langer dan drie jaar: gestopt in het gesprek", "longer than three years: stopped during the talk"],
        NotReached.Postponed => l["langer dan drie jaar: uitgesteld", "longer than three years: postponed"],
        NotReached.Moved => l["langer dan drie jaar: verhuisd", "longer than three years: moved"],
        NotReached.NotSince => l["langer dan drie jaar niet gevraagd", "not asked for longer than three years"],
    };
}
