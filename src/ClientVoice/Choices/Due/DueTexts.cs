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

    /// <summary>Why it is due.</summary>
    public static string Because(DueLine line, Language l)
    {
        var day = l.Day(line.Because.Since);
        return line.Because.Why switch
        {
            DueBecause.Rhythm => l[$"vorige keer op {day}", $"last time on {day}"],
            DueBecause.NotYet => l["hiermee nog niet gevraagd", "not asked with this yet"],
            DueBecause.Round => l["wacht op nog een observator", "waits for another observer"],
            DueBecause.Start => l[$"in zorg gekomen op {day}", $"came into support on {day}"],
            DueBecause.GroupStart => l[$"in deze cliëntgroep gekomen op {day}", $"came into this client group on {day}"],
            DueBecause.Evaluation => l[$"zorgplanevaluatie op {day}", $"care-plan evaluation on {day}"],
            DueBecause.AfterEvaluation => l[$"volgende zorgplanevaluatie nog zonder dag; de laatste was op {day}", $"next care-plan evaluation has no day yet; the last was on {day}"],
            DueBecause.Farewell when line.LeftOn is not null => l[$"zorg eindigde op {day}: afscheidsgesprek is niet gevraagd", $"support ended on {day}: no farewell conversation was asked for"],
            DueBecause.Farewell => l[$"afscheid: zorg eindigt op {day}", $"farewell: support ends on {day}"],
        };
    }

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
