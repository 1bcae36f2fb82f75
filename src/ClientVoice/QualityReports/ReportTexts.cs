using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>What a report says in sentences of its own, in both languages.</summary>
internal static class ReportTexts
{
    public static LocalText Both(Func<Language, string> text) => new(text(Language.InDutch), text(Language.InEnglish));

    public static LocalText Period(string id) => Both(l => OutcomeTexts.Period(id, l));

    public static LocalText Perspective(string code) => Both(l => OutcomeTexts.Perspective(code, l));

    public static LocalText Day(DateOnly day) => Both(l => l.Day(day));

    public static LocalText Kind(string kind) => kind switch
    {
        ReportKinds.Update => new("korte update over een kwartaal", "short update of a quarter"),
        ReportKinds.TwoYears => new("twee jaren naast elkaar", "two years beside each other"),
        ReportKinds.ThreeYears => new("drie jaren", "three years"),
        _ => new("één jaar", "one year"),
    };

    public static LocalText PlaceKind(string kind) => Both(l => OutcomeTexts.PlaceKind(kind, l));

    /// <summary>Over which time, in words.</summary>
    public static LocalText PeriodOf(QualityReport report) => report.Periods.Count == 1
        ? Period(report.Periods[0])
        : Both(l => l[$"{report.Periods[0]} en {report.Periods[^1]}", $"{report.Periods[0]} and {report.Periods[^1]}"]);

    public static LocalText With(AskedPart asked) => new($"{asked.Title.Nl}, {Perspective(asked.Perspective).Nl}", $"{asked.Title.In("en")}, {Perspective(asked.Perspective).En}");

    public static LocalText Law(string law) => law switch
    {
        "wlz" => new("Wet langdurige zorg", "Long-term Care Act (Wlz)"),
        "wmo" => new("Wet maatschappelijke ondersteuning", "Social Support Act (Wmo)"),
        "zvw" => new("Zorgverzekeringswet", "Health Insurance Act (Zvw)"),
        "jeugdwet" => new("Jeugdwet", "Youth Act (Jeugdwet)"),
        "pgb" => new("persoonsgebonden budget", "personal budget (pgb)"),
        _ => new(law, law),
    };

    public static LocalText AskedWith(AskedPart asked, GroupPart group) => new(
        $"Gevraagd met {asked.Title.Nl}. Wie vertelt: {Perspective(asked.Perspective).Nl}. Ondersteuning vanuit: {Law(group.Law).Nl}.",
        $"Asked with {asked.Title.In("en")}. Who tells: {Perspective(asked.Perspective).En}. Support under: {Law(group.Law).En}.");

    public static LocalText HighestAndLowest(AreaFigure highest, AreaFigure lowest) => new(
        $"Het hoogst staat {highest.Text.Nl} ({highest.Mean} van 100), het laagst {lowest.Text.Nl} ({lowest.Mean} van 100).",
        $"Highest is {highest.Text.In("en")} ({highest.Mean} of 100), lowest {lowest.Text.In("en")} ({lowest.Mean} of 100).");

    public static LocalText Change(Verdict verdict, bool isHigher) => Both(l => OutcomeTexts.Change(verdict, isHigher ? 1 : -1, l));

    public static LocalText Reached(PointPart point) => point.Reached switch
    {
        "yes" => new("ja", "yes"),
        "partly" => new("deels", "partly"),
        "no" => new("nee", "no"),
        _ => new("nog niet beoordeeld", "not judged yet"),
    };

    public static LocalText? WhatCame(PointPart point)
    {
        var change = point.Verdict is { } verdict ? Change(verdict, point.Is > point.Was) : null;
        var parts = (string?[])[Sentence(point.Done), Sentence(point.Why)];
        var said = string.Join(' ', parts.OfType<string>());
        return change is null ? said.Length == 0 ? null : new LocalText(said, null)
            : new LocalText($"{said} Cijfer: {change.Nl}.".Trim(), $"{said} Figure: {change.En}.".Trim());
    }

    public static LocalText Next(PointPart point) => point.IsCarriedOn
        ? new($"gaat door, tot {Day(point.DueOn).Nl} ({point.Owner})", $"goes on, until {Day(point.DueOn).En} ({point.Owner})")
        : new("klaar", "closed");

    public static LocalText PromisedInShort(IReadOnlyList<PointPart> points)
    {
        var (all, yes, partly, no) = (points.Count, Count("yes"), Count("partly"), Count("no"));
        return new(
            $"{(all == 1 ? "Eén verbeterpunt" : $"{all} verbeterpunten")}: {yes} gelukt, {partly} deels, {no} niet, {all - yes - partly - no} nog niet beoordeeld.",
            $"{(all == 1 ? "One point" : $"{all} points")}: {yes} reached, {partly} partly, {no} not, {all - yes - partly - no} not judged yet.");

        int Count(string reached) => points.Count(p => p.Reached == reached);
    }

    public static LocalText NotAskedHere(IReadOnlyList<LocalText> groups) => new(
        $"Hier en in deze periode niet gevraagd: {string.Join("; ", groups.Select(g => g.Nl))}.", $"Not asked here in this period: {string.Join("; ", groups.Select(g => g.In("en")))}.");

    public static IEnumerable<LocalText> About(QualityReport report)
    {
        yield return new(
            $"Alle cijfers komen uit publicatie {report.Source.Number} van {Language.InDutch.Day(DateOnly.FromDateTime(report.Source.MadeAt.UtcDateTime))}. Gemiddelden zijn hele punten van 0 tot en met 100; “van” en “tot” geven aan waar het gemiddelde met 95% zekerheid ligt.",
            $"All figures come from publication {report.Source.Number} of {Language.InEnglish.Day(DateOnly.FromDateTime(report.Source.MadeAt.UtcDateTime))}. Means are whole points from 0 up to and including 100; “from” and “to” say where the mean lies with 95% certainty.");
        yield return new(
            "“Duidelijk” betekent dat het verschil groter is dan het toeval verklaart. “Niet te zeggen” betekent dat er te weinig mensen zijn om het te weten.",
            "“Clearly” means that the difference is larger than chance explains. “Cannot tell” means that there are too few people to know.");
        yield return new(
            "Cijfers van kleine groepen zijn verborgen, zodat niemand te herkennen is. Een lage score zonder wens om te veranderen is geen probleem.",
            "Figures of small groups are hidden, so that nobody can be recognised. A low score without a wish for change is no problem.");
        if (report.Source.LeftOutMarked)
        {
            yield return new("Gesprekken met een kenmerk over de kwaliteit van het antwoorden zijn weggelaten.", "Conversations with a mark about the quality of answering were left out.");
        }

        yield return report.Groups.All(g => g.Quotes.Count == 0)
            ? new("Er staan geen eigen woorden van cliënten in dit rapport: er waren er geen vrijgegeven bij cijfers die hier te zien zijn.", "There are no words of clients in this report: none were released with figures that can be seen here.")
            : new(
                "Eigen woorden staan hier met toestemming, zonder namen, en door iemand gekozen. Wie zijn toestemming intrekt, verdwijnt ook uit dit rapport.",
                "Own words stand here with consent, without names, and chosen by somebody. Whoever takes consent back disappears from this report too.");
        if (report.Groups.Any(g => g.Asked.Any(a => a.Agreed is { Count: > 0 })))
        {
            yield return new(
                "Afspraken tellen in de periode van het gesprek waarin zij zijn gemaakt, met wat er tot de publicatie van kwam.",
                "Agreements count in the period of the conversation in which they were made, with what came of them until the publication.");
        }
    }

    private static string? Sentence(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var t && t[^1] is '.' or '!' or '?' ? text.Trim() : text.Trim() + ".";
}
