// What a publication looks like to those who read it: the feed, the pages and the reports take tables and
// columns from here, so that nothing reaches the tables of answers by a slip of the pen.
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>The type of a published column.</summary>
internal enum PublishedType
{
    Text,
    Whole,
    Number,
    Flag,
    Date,
    Key,
}

/// <summary>A column of a published table.</summary>
/// <param name="Name">In the feed and in SQL.</param>
/// <param name="Additive">May be summed over rows.</param>
internal sealed record PublishedColumn(string Name, PublishedType Type, bool Nullable, bool Additive, LocalText Label);

/// <summary>A reference from a fact to a dimension.</summary>
/// <param name="Name">The navigation's name in the feed.</param>
/// <param name="Column">The column here that holds the dimension's <c>Id</c>.</param>
/// <param name="Target">The set it leads to.</param>
internal sealed record PublishedReference(string Name, string Column, string Target);

/// <summary>A published table; every one has a column <c>Publication</c> (not shown) and the key <c>Id</c>.</summary>
internal sealed record PublishedSet(
    string Name,
    string Entity,
    string Table,
    LocalText Label,
    IReadOnlyList<PublishedColumn> Columns,
    IReadOnlyList<PublishedReference> References);

/// <summary>The published star.</summary>
internal static class PublishedModel
{
    private static readonly PublishedReference[] FactReferences =
    [
        new("Period", "PeriodId", "Periods"),
        new("Place", "PlaceId", "Places"),
        new("ClientGroup", "ClientGroupId", "ClientGroups"),
        new("Instrument", "InstrumentId", "Instruments"),
    ];

    private static readonly PublishedReference Measure = new("Measure", "MeasureId", "Measures");

    private static readonly PublishedColumn[] FactKeys =
    [
        Col("Id", PublishedType.Whole, "Rij", "Row"),
        Col("PeriodId", PublishedType.Text, "Periode", "Period"),
        Col("PlaceId", PublishedType.Key, "Plaats", "Place"),
        Col("ClientGroupId", PublishedType.Key, "Cliëntgroep", "Client group"),
        Col("InstrumentId", PublishedType.Text, "Instrument en versie", "Instrument and version"),
        Col("Perspective", PublishedType.Text, "Perspectief", "Perspective"),
    ];

    // A figure moves only when several people changed; until then it stands as it was.
    private static readonly PublishedColumn FiguresOf = Col("FiguresOf", PublishedType.Whole, "Cijfers sinds publicatie", "Figures since publication", nullable: true);

    private static readonly PublishedColumn[] Hiding =
    [
        Col("Suppressed", PublishedType.Flag, "Verborgen", "Hidden"),
        Col("SuppressionReason", PublishedType.Text, "Waarom verborgen", "Why hidden", nullable: true),
    ];

    /// <summary>Every published table, dimensions first.</summary>
    public static IReadOnlyList<PublishedSet> Sets { get; } =
    [
        new("Periods", "Period", "PublishedPeriod", new("Perioden", "Periods"),
        [
            Col("Id", PublishedType.Text, "Periode", "Period"),
            Col("Kind", PublishedType.Text, "Soort (month, quarter, year, three-years)", "Kind (month, quarter, year, three-years)"),
            Col("FromOn", PublishedType.Date, "Eerste dag", "First day"),
            Col("UntilOn", PublishedType.Date, "Laatste dag", "Last day"),
        ], []),
        new("Places", "Place", "PublishedPlace", new("Plaatsen", "Places"),
        [
            Col("Id", PublishedType.Key, "Plaats", "Place"),
            Col("ParentId", PublishedType.Key, "Hoort bij", "Part of", nullable: true),
            Col("Kind", PublishedType.Text, "Soort (organisation, region, location, team)", "Kind (organisation, region, location, team)"),
            Col("Name", PublishedType.Text, "Naam", "Name"),
        ], [new("Parent", "ParentId", "Places")]),
        new("ClientGroups", "ClientGroup", "PublishedClientGroup", new("Cliëntgroepen", "Client groups"),
        [
            Col("Id", PublishedType.Key, "Cliëntgroep", "Client group"),
            Col("Code", PublishedType.Text, "Code", "Code"),
            Col("NameNl", PublishedType.Text, "Naam (Nederlands)", "Name (Dutch)"),
            Col("NameEn", PublishedType.Text, "Naam (Engels)", "Name (English)"),
            Col("Law", PublishedType.Text, "Wet (wlz, wmo, zvw, jeugdwet, pgb)", "Law (wlz, wmo, zvw, jeugdwet, pgb)"),
        ], []),
        new("Instruments", "Instrument", "PublishedInstrument", new("Instrumenten", "Instruments"),
        [
            Col("Id", PublishedType.Text, "Instrument en versie", "Instrument and version"),
            Col("InstrumentId", PublishedType.Text, "Instrument", "Instrument"),
            Col("Version", PublishedType.Text, "Versie", "Version"),
            Col("Kind", PublishedType.Text, "Soort", "Kind"),
            Col("TitleNl", PublishedType.Text, "Titel (Nederlands)", "Title (Dutch)"),
            Col("TitleEn", PublishedType.Text, "Titel (Engels)", "Title (English)"),
        ], []),
        new("Measures", "Measure", "PublishedMeasure", new("Maten", "Measures"),
        [
            Col("Id", PublishedType.Text, "Maat", "Measure"),
            Col("InstrumentId", PublishedType.Text, "Instrument en versie", "Instrument and version"),
            Col("Kind", PublishedType.Text, "Soort (question, domain, shared)", "Kind (question, domain, shared)"),
            Col("Code", PublishedType.Text, "Code in het instrument", "Code in the instrument"),
            Col("TextNl", PublishedType.Text, "Tekst (Nederlands)", "Text (Dutch)"),
            Col("TextEn", PublishedType.Text, "Tekst (Engels)", "Text (English)"),
            Col("SharedDomain", PublishedType.Text, "Gedeeld levensgebied", "Shared domain", nullable: true),
            Col("WishOf", PublishedType.Text, "Wens bij deze maat", "Wish about this measure", nullable: true),
            Col("Position", PublishedType.Whole, "Volgorde", "Order"),
            Col("ContinuesId", PublishedType.Text, "Gaat door op de maat", "Continues the measure", nullable: true),
        ], [new("Instrument", "InstrumentId", "Instruments")]),
        new("Outcomes", "Outcome", "PublishedOutcome", new("Uitkomsten", "Outcomes"),
        [
            .. FactKeys,
            Col("MeasureId", PublishedType.Text, "Maat", "Measure"),
            Col("Respondents", PublishedType.Whole, "Aantal mensen", "Number of people", nullable: true, additive: true),
            Col("ScoreSum", PublishedType.Number, "Som van de scores", "Sum of scores", nullable: true, additive: true),
            Col("Mean", PublishedType.Number, "Gemiddelde (0-100)", "Mean (0-100)", nullable: true),
            Col("StandardDeviation", PublishedType.Number, "Standaardafwijking", "Standard deviation", nullable: true),
            Col("IntervalLow", PublishedType.Number, "95%-interval, onder", "95% interval, low", nullable: true),
            Col("IntervalHigh", PublishedType.Number, "95%-interval, boven", "95% interval, high", nullable: true),
            Col("PassedOver", PublishedType.Whole, "Aantal mensen dat de vraag oversloeg", "Number of people who passed the question over", nullable: true, additive: true),
            Col("NotGood", PublishedType.Whole, "Aantal mensen met een score onder 50", "Number of people with a score below 50", nullable: true, additive: true),
            Col("WantChange", PublishedType.Whole, "Aantal mensen dat het anders wil", "Number of people who want it to change", nullable: true, additive: true),
            Col("NotGoodWantChange", PublishedType.Whole, "Aantal mensen met een score onder 50 dat het anders wil", "Number of people with a score below 50 who want it to change", nullable: true, additive: true),
            FiguresOf,
            .. Hiding,
        ], [.. FactReferences, Measure]),
        new("Distributions", "Distribution", "PublishedDistribution", new("Verdelingen", "Distributions"),
        [
            .. FactKeys,
            Col("MeasureId", PublishedType.Text, "Maat", "Measure"),
            Col("OptionCode", PublishedType.Text, "Antwoord", "Answer"),
            Col("OptionTextNl", PublishedType.Text, "Antwoord (Nederlands)", "Answer (Dutch)"),
            Col("OptionTextEn", PublishedType.Text, "Antwoord (Engels)", "Answer (English)"),
            Col("Position", PublishedType.Whole, "Volgorde", "Order"),
            Col("People", PublishedType.Whole, "Aantal mensen", "Number of people", nullable: true, additive: true),
            Col("Share", PublishedType.Number, "Aandeel (0-1)", "Share (0-1)", nullable: true),
            Col("ShareLow", PublishedType.Number, "95%-interval van het aandeel, onder", "95% interval of the share, low", nullable: true),
            Col("ShareHigh", PublishedType.Number, "95%-interval van het aandeel, boven", "95% interval of the share, high", nullable: true),
            FiguresOf,
            .. Hiding,
        ], [.. FactReferences, Measure]),
        new("Participation", "ParticipationRow", "PublishedParticipation", new("Deelname", "Participation"),
        [
            .. FactKeys,
            Col("Invited", PublishedType.Whole, "Gevraagd", "Invited", nullable: true, additive: true),
            Col("Held", PublishedType.Whole, "Gehouden", "Held", nullable: true, additive: true),
            Col("Anonymous", PublishedType.Whole, "Van wie gehouden: zonder naam", "Of those held: without a name", nullable: true, additive: true),
            Col("AnonymousSuppressed", PublishedType.Flag, "Of het aantal zonder naam verborgen is: te weinig mensen, met of zonder naam", "Whether the number without a name is hidden: too few people, with or without one"),
            Col("Refused", PublishedType.Whole, "Geweigerd", "Refused", nullable: true, additive: true),
            Col("Stopped", PublishedType.Whole, "Gestopt", "Stopped", nullable: true, additive: true),
            Col("NotReached", PublishedType.Whole, "Niet bereikt", "Not reached", nullable: true, additive: true),
            Col("Marked", PublishedType.Whole, "Gehouden, met een kenmerk over het antwoorden", "Held, with a mark about the answering", nullable: true, additive: true),
            Col("ResponseRate", PublishedType.Number, "Respons (0-1)", "Response rate (0-1)", nullable: true),
            .. Hiding,
        ], FactReferences),
        new("FollowUp", "FollowUpRow", "PublishedFollowUp", new("Wat er van afspraken kwam", "What became of agreements"),
        [
            .. FactKeys,
            Col("People", PublishedType.Whole, "Aantal mensen met een afspraak", "Number of people with an agreement", nullable: true, additive: true),
            Col("Made", PublishedType.Whole, "Gemaakt", "Made", nullable: true, additive: true),
            Col("Done", PublishedType.Whole, "Gedaan", "Done", nullable: true, additive: true),
            Col("NotDone", PublishedType.Whole, "Niet gedaan", "Not done", nullable: true, additive: true),
            Col("StillOpen", PublishedType.Whole, "Nog open", "Still open", nullable: true, additive: true),
            Col("ToldBack", PublishedType.Whole, "Aan de cliënt terugverteld", "Told back to the client", nullable: true, additive: true),
            .. Hiding,
        ], FactReferences),
    ];

    /// <summary>The tables of the dimensions, which every publication has whole; the facts are views of rows that publications share.</summary>
    public static IEnumerable<string> Dimensions => Sets.Where(s => !s.Columns.Any(c => c.Name == "Suppressed")).Select(s => s.Table);

    /// <summary>The set of that name in the feed.</summary>
    public static PublishedSet Set(string name) => Sets.Single(s => s.Name == name);

    private static PublishedColumn Col(string name, PublishedType type, string nl, string en, bool nullable = false, bool additive = false) =>
        new(name, type, nullable, additive, new LocalText(nl, en));
}
