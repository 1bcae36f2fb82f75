using ClientVoice.Shell;

namespace ClientVoice.Choices;

/// <summary>Codes of choices in words.</summary>
internal static class ChoiceTexts
{
    public static string Perspective(string code, Language l) => code switch
    {
        "client" => l["door de cliënt", "by the client"],
        "relative" => l["door een verwant", "by a relative"],
        "worker" => l["door een begeleider", "by a support worker"],
        "observer" => l["door observatoren", "by observers"],
        "team" => l["door het team", "by the team"],
        _ => code,
    };

    /// <summary>How often, or when.</summary>
    public static string Rhythm(string? moment, int everyMonths, Language l) => moment switch
    {
        ClientTurn.Start => l["Eén keer, bij het begin van de zorg", "Once, at the start of support"],
        ClientTurn.Evaluation => l[$"Bij elke zorgplanevaluatie, of {everyMonths} maanden na de vorige", $"At every care-plan evaluation, or {everyMonths} months after the one before"],
        ClientTurn.Farewell => l["Eén keer, bij het afscheid", "Once, at the farewell"],
        _ => l[$"Eens per {everyMonths} maanden", $"Once per {everyMonths} months"],
    };

    /// <summary>Who are asked.</summary>
    public static string Share(int percent, Language l) => percent == 100 ? l["iedereen", "everyone"] : l[$"een steekproef van {percent}%", $"a sample of {percent}%"];
}
