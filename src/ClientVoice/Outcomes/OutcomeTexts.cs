using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>Codes of outcomes in words, for pages and downloads.</summary>
internal static class OutcomeTexts
{
    public static string Perspective(string code, Language l) => code switch
    {
        "client" => l["cliënt", "client"],
        "relative" => l["verwant", "relative"],
        "worker" => l["begeleider", "support worker"],
        "observer" => l["observator", "observer"],
        "team" => l["team", "team"],
        _ => code,
    };

    public static string Period(string id, Language l) => id.Length switch
    {
        7 when id[5] == 'Q' => l[$"{id[..4]}, kwartaal {id[^1]}", $"{id[..4]}, quarter {id[^1]}"],
        7 => new DateOnly(int.Parse(id.AsSpan(0, 4), l.Culture), int.Parse(id.AsSpan(5), l.Culture), 1).ToString("MMMM yyyy", l.Culture),
        9 => l[$"{id[..4]} tot en met {id[5..]}", $"{id[..4]} up to and including {id[5..]}"],
        _ => id,
    };

    /// <summary>A period as it stands under an axis: the year is said where it begins.</summary>
    /// <param name="before">The period to its left; null where it is the first.</param>
    public static string ShortPeriod(string id, string? before, Language l)
    {
        var year = before?[..4] == id[..4] ? "" : "\n" + id[..4];
        return id.Length switch
        {
            7 when id[5] == 'Q' => l["kw ", "Q"] + id[^1] + year,
            7 => new DateOnly(1, int.Parse(id.AsSpan(5), l.Culture), 1).ToString("MMM", l.Culture) + year,
            _ => id,
        };
    }

    public static string Change(Verdict verdict, double difference, Language l) => verdict switch
    {
        Verdict.Clear => difference > 0 ? l["duidelijk hoger", "clearly higher"] : l["duidelijk lager", "clearly lower"],
        Verdict.Small => l["weinig verschil", "little difference"],
        Verdict.CannotTell => l["niet te zeggen", "cannot tell"],
    };

    /// <summary>Why cells are hidden, in few words.</summary>
    public static string Why(string reason, Language l) => reason switch
    {
        HiddenBecause.FewPeople => l["te weinig mensen", "too few people"],
        HiddenBecause.TellsNeighbour => l["anders is een kleine groep hiernaast uit te rekenen", "otherwise a small group beside it could be worked out"],
        HiddenBecause.AllTheSame => l["iedereen gaf hetzelfde antwoord", "everyone gave the same answer"],
        HiddenBecause.FewNews => l["er veranderde te weinig", "too little changed"],
        HiddenBecause.HiddenBefore => l["eerder verborgen, en er kwam niets bij", "hidden before, and nothing was added"],
        _ => reason,
    };

    public static string PlaceKind(string kind, Language l) => kind switch
    {
        "organisation" => l["organisatie", "organisation"],
        "region" => l["regio", "region"],
        "location" => l["locatie", "location"],
        "team" => l["team", "team"],
        _ => kind,
    };

    public static string Hidden(string? reason, Language l) => reason switch
    {
        HiddenBecause.FewPeople => l["Verborgen: te weinig mensen om herkenning te voorkomen.", "Hidden: too few people to prevent recognition."],
        HiddenBecause.TellsNeighbour => l["Verborgen: anders is een kleine groep hiernaast uit te rekenen.", "Hidden: otherwise a small group beside it could be worked out."],
        HiddenBecause.AllTheSame => l["Verborgen: iedereen gaf hetzelfde antwoord.", "Hidden: everyone gave the same answer."],
        HiddenBecause.FewNews => l["Verborgen: er veranderde te weinig om herkenning te voorkomen.", "Hidden: too little changed to prevent recognition."],
        HiddenBecause.HiddenBefore => l["Verborgen: eerder verborgen, en er kwam niets bij.", "Hidden: hidden before, and nothing was added."],
        _ => l["Verborgen.", "Hidden."],
    };
}
