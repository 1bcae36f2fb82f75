// What a column means is said once, here, and read by $metadata and by the page. A column that is new in the
// publication explains itself by its label, type and rules until somebody writes more.
using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.Feed.Model;

/// <summary>The meaning of tables and columns, in Dutch and English.</summary>
internal static class Meaning
{
    private static readonly Dictionary<string, LocalText> Sets = new()
    {
        ["Periods"] = new("De perioden waarover is geteld. Ze overlappen: een jaar staat naast zijn kwartalen.", "The periods that were counted over. They overlap: a year stands beside its quarters."),
        ["Places"] = new("De boom van plaatsen, van organisatie tot team. Een plaats telt alles mee wat eronder hangt.", "The tree of places, from organisation to team. A place counts all that hangs below it."),
        ["ClientGroups"] = new("Mensen die samen geteld worden, met hun wijze van communiceren en de wet.", "People who are counted together, with their way of communicating and the law."),
        ["Instruments"] = new("Elk instrument in elke versie die is beantwoord.", "Every instrument in every version that was answered."),
        ["Measures"] = new("Wat er is gemeten: vragen en thema's van een instrument.", "What was measured: questions and themes of an instrument."),
        ["Outcomes"] = new("Eén rij per periode, plaats, cliëntgroep, instrument, perspectief en maat, met het aantal mensen en hun score.", "One row for each period, place, client group, instrument, perspective and measure, with the number of people and their score."),
        ["Distributions"] = new("Hoeveel mensen elk antwoord kozen.", "How many people chose each answer."),
        ["Participation"] = new("Wie is gevraagd en wie meedeed; hoort naast elke uitkomst te staan.", "Who was asked and who took part; belongs beside every outcome."),
        ["FollowUp"] = new("Wat er werd van afspraken uit gesprekken in deze periode: gedaan, niet gedaan, nog open, terugverteld.", "What became of agreements from conversations in this period: done, not done, still open, told back."),
    };

    private static readonly Dictionary<string, LocalText> Columns = new()
    {
        ["Id"] = new("Sleutel van de rij; telt alleen binnen deze publicatie.", "Key of the row; holds within this publication only."),
        ["Perspective"] = new("Wiens blik: cliënt (client), verwant (relative), begeleider (worker), observator (observer) of team. Perspectieven worden nooit gemengd.", "Whose view: client, relative, worker, observer or team. Perspectives are never mixed."),
        ["Suppressed"] = new("Waar als de cijfers zijn verborgen omdat ze over te weinig mensen gaan of een ander cijfer zouden verraden.", "True where the figures are hidden because they are about too few people or would give another figure away."),
        ["SuppressionReason"] = new("Waarom de rij is verborgen; leeg als hij zichtbaar is.", "Why the row is hidden; empty where it is shown."),
        ["Respondents"] = new("Mensen met een score. Optellen mag binnen één soort plaats, periode, maat en perspectief.", "People with a score. May be added up within one kind of place, period, measure and perspective."),
        ["ScoreSum"] = new("Alle scores (0-100) bij elkaar opgeteld. Gedeeld door Respondents geeft dit het gemiddelde over meer rijen.", "All scores (0-100) added together. Divided by Respondents it gives the mean over several rows."),
        ["Mean"] = new("Gemiddelde score van deze rij, van 0 tot 100. Gemiddelden tellen niet op: deel ScoreSum door Respondents.", "Mean score of this row, from 0 to 100. Means do not add up: divide ScoreSum by Respondents."),
        ["StandardDeviation"] = new("Spreiding van de scores rond het gemiddelde.", "How far the scores lie around the mean."),
        ["IntervalLow"] = new("Ondergrens van het 95%-betrouwbaarheidsinterval van het gemiddelde.", "Lower bound of the 95% confidence interval of the mean."),
        ["IntervalHigh"] = new("Bovengrens van het 95%-betrouwbaarheidsinterval van het gemiddelde.", "Upper bound of the 95% confidence interval of the mean."),
        ["FollowUp.People"] = new("Mensen met een afspraak uit een gesprek in deze periode.", "People with an agreement from a conversation in this period."),
        ["FollowUp.Made"] = new("Afspraken die in deze periode zijn gemaakt.", "Agreements that were made in this period."),
        ["FollowUp.ToldBack"] = new("Afspraken waarvan de cliënt hoorde wat ermee is gedaan.", "Agreements of which the client heard what was done."),
        ["People"] = new("Mensen die dit antwoord kozen.", "People who chose this answer."),
        ["Share"] = new("Deel van de mensen die antwoordden, van 0 tot 1. Telt niet op over rijen met verschillende aantallen.", "Part of the people who answered, from 0 to 1. Does not add up over rows with different numbers."),
        ["Invited"] = new("Mensen die aan de beurt waren of een gesprek hadden in deze periode.", "People whose turn it was or who had a conversation in this period."),
        ["Held"] = new("Mensen met een afgerond gesprek.", "People with a finished conversation."),
        ["Refused"] = new("Mensen die niet mee wilden doen; dat is ook een antwoord.", "People who did not want to take part; that is an answer too."),
        ["Stopped"] = new("Mensen die tussendoor stopten.", "People who stopped half-way."),
        ["ResponseRate"] = new("Held gedeeld door Invited, van 0 tot 1.", "Held divided by Invited, from 0 to 1."),
        ["Places.ParentId"] = new("De plaats waar deze nu onder hangt; cijfers van eerdere maanden tellen bij de plaats waar zij toen onder hing; leeg voor de bovenste plaats die u mag zien.", "The place that this one hangs under now; figures of earlier months count with the place that it hung under then; empty for the topmost place that you may see."),
        ["Measures.SharedDomain"] = new("Het levensgebied dat instrumenten onderling vergelijkbaar maakt.", "The life domain that makes instruments comparable with each other."),
        ["Measures.WishOf"] = new("De maat waarover deze wens gaat: wil de cliënt dat het verandert.", "The measure that this wish is about: does the client want it to change."),
        ["Measures.Position"] = new("De plek in het instrument, om op te sorteren.", "The place in the instrument, to sort by."),
        ["Distributions.Position"] = new("De plek van het antwoord op zijn schaal, om op te sorteren.", "The place of the answer on its scale, to sort by."),
        ["FiguresOf"] = new("De publicatie waarvan de cijfers zijn: een cijfer verandert pas als er meer mensen bij zijn gekomen.", "The publication that the figures are of: a figure changes only when several people were added."),
        ["Periods.Kind"] = new("Soort: maand (month), kwartaal (quarter), jaar (year) of drie jaar (three-years). Drie jaar schuift op en overlapt.", "Kind: month, quarter, year or three-years. Three years slide and overlap."),
        ["Periods.UntilOn"] = new("Laatste dag, die meetelt.", "Last day, which counts."),
    };

    /// <summary>What a table holds.</summary>
    public static LocalText Of(PublishedSet set) => Sets.GetValueOrDefault(set.Name) ?? set.Label;

    /// <summary>What a column means, whether it may be empty, and whether it adds up.</summary>
    public static LocalText Of(PublishedSet set, PublishedColumn column)
    {
        var text = Columns.GetValueOrDefault($"{set.Name}.{column.Name}") ?? Columns.GetValueOrDefault(column.Name) ?? Referring(set, column) ?? Plain(column);
        return new LocalText(
            text.Nl + (column.Nullable && set.Columns.Any(c => c.Name == "Suppressed") && column.Name != "SuppressionReason" ? " Leeg als de rij verborgen is." : ""),
            text.In("en") + (column.Nullable && set.Columns.Any(c => c.Name == "Suppressed") && column.Name != "SuppressionReason" ? " Empty where the row is hidden." : ""));
    }

    private static LocalText? Referring(PublishedSet set, PublishedColumn column) =>
        set.References.FirstOrDefault(r => r.Column == column.Name) is { } reference && PublishedModel.Set(reference.Target) is { } target
            ? new($"Verwijst naar Id in de tabel {target.Name} ({target.Label.Nl.ToLowerInvariant()}).", $"Refers to Id in the table {target.Name} ({target.Label.In("en").ToLowerInvariant()}).")
            : null;

    private static LocalText Plain(PublishedColumn column) => new(
        column.Label.Nl + (column.Additive ? ". Optellen mag binnen één soort plaats, periode en perspectief." : "."),
        column.Label.In("en") + (column.Additive ? ". May be added up within one kind of place, period and perspective." : "."));
}
