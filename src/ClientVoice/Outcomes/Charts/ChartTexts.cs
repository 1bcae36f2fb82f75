using ClientVoice.Shell;

namespace ClientVoice.Outcomes.Charts;

/// <summary>Says in a sentence or two what is to be seen in a chart, for who does not see it; the table has each figure. Pure.</summary>
internal static class ChartTexts
{
    public static string Of(ChartData chart, Language l) => chart switch
    {
        TrendChart trend => Trend(trend, l),
        MeansChart means => Means(means, l),
        AnswersChart answers => Answers(answers, l),
        _ => throw new ArgumentOutOfRangeException(nameof(chart)),
    };

    private static string Trend(TrendChart chart, Language l)
    {
        var moments = chart.Areas.SelectMany(a => a.Pieces).SelectMany(p => p.Moments).ToList();
        var (from, until) = (chart.Periods[0].Name, chart.Periods[^1].Name);
        var lines = l[
            $"Lijnen van {Count(chart.Areas.Count, "levensgebied", "levensgebieden")} van {from} tot en met {until}{Between(moments, l)}.",
            $"Lines of {Count(chart.Areas.Count, "area of life", "areas of life")} from {from} up to and including {until}{Between(moments, l)}."];
        var broken = chart.Areas.Where(a => a.Pieces.Count > 1).ToList();
        var breaks = broken.Count == 0 ? null : l[
            $"Door een nieuwe versie van het instrument ({Versions(broken)}) {(broken.Count == 1 ? $"breekt de lijn van {broken[0].Name}" : $"breken er {broken.Count} lijnen")}: ervoor en erna zijn niet te vergelijken",
            $"A new version of the instrument ({Versions(broken)}) breaks {(broken.Count == 1 ? $"the line of {broken[0].Name}" : $"{broken.Count} lines")}: before and after cannot be compared"];
        return Joined(lines, breaks, Hidden(moments, l));
    }

    private static string Means(MeansChart chart, Language l)
    {
        var cells = chart.Rows.SelectMany(r => r.Cells).OfType<ChartCell>().ToList();
        var through = chart.Views.Count == 1 ? "" : l[$", door {chart.Views.Count} perspectieven naast elkaar", $", through {chart.Views.Count} perspectives side by side"];
        var dots = l[
            $"Stippen op een schaal van 0 tot 100: de gemiddelden van {Count(chart.Rows.Count, "levensgebied", "levensgebieden")} met hun 95%-interval{through}{Between(cells, l)}.",
            $"Dots on a scale from 0 to 100: the means of {Count(chart.Rows.Count, "area of life", "areas of life")} with their 95% interval{through}{Between(cells, l)}."];
        return Joined(dots, null, Hidden(cells, l));
    }

    private static string Answers(AnswersChart chart, Language l) => l[
        $"Een balk met de antwoorden op “{chart.Title}”, van links naar rechts: {Options(chart, l)}.",
        $"A bar with the answers to “{chart.Title}”, from left to right: {Options(chart, l)}."];

    private static string Options(AnswersChart chart, Language l) => string.Join(", ", chart.Options.Select(o => $"{o.Name} {l.Percent(o.Share)}"));

    private static string Between(IEnumerable<ChartCell> cells, Language l)
    {
        var means = cells.Select(c => c.Mean).OfType<double>().ToList();
        return means.Count < 2 ? "" : l[$", tussen {l.Number(means.Min())} en {l.Number(means.Max())}", $", between {l.Number(means.Min())} and {l.Number(means.Max())}"];
    }

    private static string? Hidden(IReadOnlyCollection<ChartCell> cells, Language l) => cells.Count(c => c.Hidden is not null) switch
    {
        0 => null,
        1 => l["één cijfer is verborgen", "one figure is hidden"],
        var count => l[$"{count} van de {cells.Count} cijfers zijn verborgen", $"{count} of the {cells.Count} figures are hidden"],
    };

    private static string Versions(IEnumerable<ChartArea> areas) => string.Join(", ", areas.SelectMany(a => a.Pieces.Skip(1)).Select(p => p.Version).Distinct());

    private static string Count(int count, string one, string more) => count == 1 ? $"1 {one}" : $"{count} {more}";

    // A first sentence, and a second of what is left to say.
    private static string Joined(string first, string? then, string? last)
    {
        var second = string.Join("; ", new[] { then, last }.OfType<string>());
        return second.Length == 0 ? first : $"{first} {char.ToUpperInvariant(second[0])}{second[1..]}.";
    }
}
