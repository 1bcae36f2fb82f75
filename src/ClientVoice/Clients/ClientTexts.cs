using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;

namespace ClientVoice.Clients;

/// <summary>Codes of places, groups and clients in words.</summary>
internal static class ClientTexts
{
    public static string Kind(string code, Language l) => code switch
    {
        "organisation" => l["organisatie", "organisation"],
        "region" => l["regio", "region"],
        "location" => l["locatie", "location"],
        "team" => l["team", "team"],
        _ => code,
    };

    public static string Law(string code, Language l) => code switch
    {
        "wlz" => l["Wlz (langdurige zorg)", "Wlz (long-term care)"],
        "wmo" => l["Wmo (maatschappelijke ondersteuning)", "Wmo (social support)"],
        "zvw" => l["Zvw (zorgverzekering)", "Zvw (health insurance)"],
        "jeugdwet" => l["Jeugdwet", "Jeugdwet (youth act)"],
        "pgb" => l["pgb (persoonsgebonden budget)", "pgb (personal budget)"],
        _ => code,
    };

    public static string Relation(string code, Language l) => code switch
    {
        "parent" => l["ouder", "parent"],
        "sibling" => l["broer of zus", "brother or sister"],
        "partner" => l["partner", "partner"],
        "child" => l["zoon of dochter", "son or daughter"],
        "family" => l["andere familie", "other family"],
        "friend" => l["vriend(in)", "friend"],
        "mentor" => l["mentor", "mentor"],
        "guardian" => l["curator of voogd", "guardian"],
        "other" => l["iemand anders", "somebody else"],
        _ => code,
    };

    public static IReadOnlyList<FormOption> Options(IEnumerable<string> codes, Func<string, Language, string> words, Language l) => [.. codes.Select(code => new FormOption(code, Capital(words(code, l))))];

    public static IReadOnlyList<FormOption> Communications(Language l) => Options(Register.ClientCodes.Communications, CatalogueTexts.Communication, l);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
