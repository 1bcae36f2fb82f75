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
}
