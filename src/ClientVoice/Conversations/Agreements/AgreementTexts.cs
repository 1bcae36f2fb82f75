using ClientVoice.Shell;

namespace ClientVoice.Conversations.Agreements;

/// <summary>What becomes of agreements, in words.</summary>
internal static class AgreementTexts
{
    /// <summary>The ways in which a client is told.</summary>
    public static readonly IReadOnlyList<string> Ways = ["talk", "card", "pictures", "relative", "other"];

    public static string Way(string code, Language l) => code switch
    {
        "talk" => l["in een gesprek", "in a talk"],
        "card" => l["met de kaart erbij", "with the card"],
        "pictures" => l["met plaatjes of gebaren", "with pictures or signs"],
        "relative" => l["samen met een verwant", "together with a relative"],
        "other" => l["op een andere manier", "in another way"],
        _ => code,
    };

    /// <summary>How it stands, in a few words.</summary>
    public static string State(AgreementLine a, DateOnly today, Language l, TimeProvider clock) => a switch
    {
        { ToldBackAt: { } told } => l[$"{Ended(a, l)}, verteld op {Day(told, l, clock)}", $"{Ended(a, l)}, told on {Day(told, l, clock)}"],
        { IsOpen: false } => l[$"{Ended(a, l)}, nog vertellen aan de cliënt", $"{Ended(a, l)}, still to tell the client"],
        _ when a.IsLateOn(today) => l["over de datum", "past its day"],
        _ => l["loopt", "running"],
    };

    public static string Day(DateTimeOffset at, Language l, TimeProvider clock) => l.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).DateTime));

    private static string Ended(AgreementLine a, Language l) => a.DoneAt is not null ? l["gedaan", "done"] : l["niet gedaan", "not done"];
}
