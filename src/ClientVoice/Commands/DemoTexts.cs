// The names and words of the made-up organisation. Any likeness to real people is chance.
using ClientVoice.Clients;
using ClientVoice.QualityReports;
using ClientVoice.Shell;

namespace ClientVoice.Commands;

internal static class DemoTexts
{
    public static readonly string[] FirstNames =
    [
        "Anna", "Bram", "Chantal", "Daan", "Els", "Fatima", "Gijs", "Hanna", "Ibrahim", "Joke", "Karel", "Linda", "Mehmet", "Nora", "Otto", "Petra",
        "Quinten", "Riet", "Sem", "Truus", "Umar", "Vera", "Wim", "Yasmin", "Zoë", "Arie", "Bep", "Corrie", "Dirk", "Esra", "Frits", "Greet",
        "Henk", "Ilse", "Jan", "Kim", "Lars", "Marga", "Niels", "Olga", "Piet", "Roos", "Sjaak", "Tineke", "Willem", "Youssef",
    ];

    public static readonly string[] LastNames =
    [
        "Bakker", "de Boer", "Visser", "Smit", "Meijer", "de Groot", "Bos", "Mulder", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "Kaya",
        "El Amrani", "van der Heijden", "Postma", "Jonker", "Vermeulen", "Schouten", "Willems", "Kok", "Yilmaz", "van Vliet", "Hoekstra", "Koster", "Prins",
    ];

    public static readonly string[] Locations = ["De Linde", "Het Kompas", "De Wilg", "Zonnehoek", "De Haven", "Het Atelier", "De Meent", "Waterrijk", "De Kastanje", "Het Anker"];

    public static readonly string[] Words =
    [
        "Ik wil dat zelf beslissen.", "Dat is wel goed zo.", "Soms is het te druk in huis.", "Met mijn zus kan ik goed praten.",
        "Ik vind het fijn als iemand even tijd heeft.", "Ik zou wel vaker naar buiten willen.", "Daar wil ik het nu niet over hebben.",
        "Op mijn werk gaat het goed.", "Ik mis mijn oude begeleider.", "Ik slaap niet zo goed.",
    ];

    public static readonly string[] Seen =
    [
        "Hij ontspande toen de muziek begon.", "Ze keek me lang aan en lachte.", "Na de maaltijd was hij moe en sloot zijn ogen.",
        "Ze bewoog haar hand naar de bal.", "Hij knipperde twee keer toen ik zijn naam zei.",
    ];

    public static readonly (string What, string Who)[] Agreements =
    [
        ("We kijken samen of een vrijdagmiddag bij de kookclub past.", "worker"), ("Ik zeg het als het te druk is.", "client"),
        ("Mijn begeleider vraagt of de vergadering later kan.", "worker"), ("We maken een rooster voor bezoek van mijn zus.", "relative"),
        ("We gaan een keer kijken bij het zwemmen.", "worker"),
    ];

    public static readonly string[] NotDone = ["De club was vol. We staan op de wachtlijst.", "We hadden er geen tijd voor. Dat spijt ons.", "Het bleek toch niet te passen."];

    public static readonly string[] ToldHow = ["talk", "talk", "card", "pictures", "relative"];

    /// <summary>The texts of last year's report.</summary>
    public static readonly (string Part, string Markdown)[] Report =
    [
        (ReportWords.Introduction, "In dit rapport staat wat mensen ons vertelden over hun leven en over onze ondersteuning. Wij lazen het samen met de cliëntenraad.\n\n- Wat **goed** gaat, willen we zo houden.\n- Wat *anders* kan, staat bij de verbeterpunten."),
        (ReportWords.Ahead, "Wij kozen één ding, en doen dat goed. Volgend jaar leest u hier wat ervan kwam."),
        (ReportWords.Council, "De raad is blij dat er weinig cijfers staan en veel uitleg. Wij willen volgend jaar eerder meepraten: *bij het kiezen van de verbeterpunten*."),
    ];

    /// <summary>The point of last year's report.</summary>
    public static readonly PointWords Promise = new(
        "Mensen merken dat wij doen wat we afspreken.", "Teamleiders", "Elk team leest één keer per maand samen de afspraken die nog open staan, en vertelt terug wat ermee is gedaan.", null, null);

    public static readonly string[] Reasons = ["Dat is van mij.", "Dat weet ik niet.", "Dat vind ik lastig."];

    /// <summary>The groups, with the instrument each is asked with and how the clients are spread over locations.</summary>
    public static IReadOnlyList<DemoGroup> Groups { get; } =
    [
        new("lvb", new("Lichte verstandelijke beperking", "Mild intellectual disability"), "wlz", ["speaks"], ["mild"], ["living", "day"], "mijn-verhaal", "client", 0.36, "speaks", "speaking"),
        new("ambulant", new("Ambulante ondersteuning", "Ambulant support"), "wmo", ["speaks"], ["mild", "autism", "psychiatric"], ["ambulant"], "ambulant-gesprek", "client", 0.26, "speaks", "speaking"),
        new("matig", new("Matige verstandelijke beperking", "Moderate intellectual disability"), "wlz", ["speaks-with-support", "pictures"], ["moderate"], ["living", "day"], "in-beeld", "client", 0.24, "pictures", "pictures"),
        new("emb", new("Ernstige meervoudige beperking (EMB)", "Profound intellectual and multiple disabilities"), "wlz", ["non-verbal"], ["profound"], ["living", "day"], "laccs-observatie", "observer", 0.14, "non-verbal", "observed"),
    ];
}

/// <summary>A group of the demo.</summary>
/// <param name="Share">Of all clients.</param>
internal sealed record DemoGroup(
    string Code, LocalText Name, string Law, string[] GroupCommunication, string[] Disability, string[] Setting,
    string Instrument, string Perspective, double Share, string ClientCommunication, string AnswersBy)
{
    public ClientGroup ToGroup(Guid id) => new(id, Code, Name, Law, GroupCommunication, Disability, Setting);
}
