using ClientVoice.Shell;

namespace ClientVoice.Instruments;

/// <summary>What an instrument says in codes, in words.</summary>
internal static class CatalogueTexts
{
    public static string Kind(string kind, Language l) => kind switch
    {
        "plain-language" => l["gewone taal", "plain language"],
        "visual" => l["met plaatjes", "with pictures"],
        "observation" => l["observatie", "observation"],
        "reflection" => l["teamontwikkeling en dialoog", "team development and dialogue"],
        _ => kind,
    };

    public static string Subject(string subject, Language l) => subject switch
    {
        "client" => l["een cliënt", "a client"],
        "team" => l["een team", "a team"],
        "location" => l["een locatie", "a location"],
        _ => subject,
    };

    public static string Perspective(string perspective, Language l) => perspective switch
    {
        "client" => l["cliënt", "client"],
        "relative" => l["verwant of vertegenwoordiger", "relative or representative"],
        "worker" => l["begeleider", "support worker"],
        "observer" => l["observator", "observer"],
        "team" => l["team", "team"],
        _ => perspective,
    };

    /// <summary>How many are needed before the result is final.</summary>
    public static string Minimum(int minimum, Language l) => minimum switch
    {
        0 => l["welkom, niet nodig", "welcome, not needed"],
        1 => l["één nodig", "one needed"],
        _ => l[$"minstens {minimum} nodig", $"at least {minimum} needed"],
    };

    public static string Communication(string code, Language l) => code switch
    {
        "speaks" => l["praat", "speaks"],
        "speaks-with-support" => l["praat met ondersteuning", "speaks with support"],
        "pictures" => l["gebruikt plaatjes of gebaren", "uses pictures or signs"],
        "non-verbal" => l["antwoordt niet in woorden of plaatjes", "does not answer in words or pictures"],
        _ => code,
    };

    public static string Disability(string code, Language l) => code switch
    {
        "mild" => l["lichte verstandelijke beperking", "mild intellectual disability"],
        "moderate" => l["matige verstandelijke beperking", "moderate intellectual disability"],
        "severe" => l["ernstige verstandelijke beperking", "severe intellectual disability"],
        "profound" => l["zeer ernstige verstandelijke beperking", "profound intellectual disability"],
        "visual" => l["visuele beperking", "visual impairment"],
        "autism" => l["autisme", "autism"],
        "psychiatric" => l["psychiatrische achtergrond", "psychiatric background"],
        _ => code,
    };

    public static string Setting(string code, Language l) => code switch
    {
        "living" => l["wonen", "living"],
        "day" => l["dagbesteding", "day activities"],
        "ambulant" => l["ambulant", "support at home"],
        _ => code,
    };

    public static string Need(string code, Language l) => code switch
    {
        "reading" => l["lezen", "reading"],
        "seeing" => l["zien", "seeing"],
        "hearing" => l["horen", "hearing"],
        _ => code,
    };

    public static string Age(Fit fit, Language l) => (fit.AgeFrom, fit.AgeTo) switch
    {
        ({ } from, { } to) => l[$"{from} tot en met {to} jaar", $"{from} up to and including {to} years"],
        ({ } from, null) => l[$"vanaf {from} jaar", $"from {from} years"],
        (null, { } to) => l[$"tot en met {to} jaar", $"up to and including {to} years"],
        _ => l["alle leeftijden", "all ages"],
    };

    /// <summary>One of the ten areas that all instruments share, in words.</summary>
    public static LocalText Shared(string domain) => domain switch
    {
        "emotional-wellbeing" => new("emotioneel welbevinden", "emotional wellbeing"),
        "physical-wellbeing" => new("lichamelijk welbevinden", "physical wellbeing"),
        "personal-development" => new("persoonlijke ontwikkeling", "personal development"),
        "self-determination" => new("zelfbepaling", "self-determination"),
        "interpersonal-relations" => new("relaties met anderen", "interpersonal relations"),
        "inclusion" => new("erbij horen", "inclusion"),
        "rights" => new("rechten", "rights"),
        "material-wellbeing" => new("materieel welbevinden", "material wellbeing"),
        "support" => new("ondersteuning", "support"),
        "safety" => new("veiligheid", "safety"),
        _ => new(domain, domain),
    };

    public static string LanguageName(string code, Language l) => code switch
    {
        "nl" => l["Nederlands", "Dutch"],
        "en" => l["Engels", "English"],
        _ => code,
    };

    /// <summary>Codes in words, with commas; what stands for no restriction where there are none.</summary>
    public static string List(IReadOnlyList<string> codes, Func<string, Language, string> word, Language l) =>
        codes.Count == 0 ? l["geen beperking", "no restriction"] : string.Join(", ", codes.Select(code => word(code, l)));

    public static string Recognised(Recognition? recognition, DateOnly today, Language l) => recognition switch
    {
        null => l["niet erkend", "not recognised"],
        _ when recognition.Until < today => l[$"was erkend door {recognition.By} tot {l.Day(recognition.Until)}", $"was recognised by {recognition.By} until {l.Day(recognition.Until)}"],
        _ => l[$"erkend door {recognition.By} tot {l.Day(recognition.Until)}", $"recognised by {recognition.By} until {l.Day(recognition.Until)}"],
    };
}
