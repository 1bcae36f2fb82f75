using ClientVoice.Shell;

namespace ClientVoice.Outcomes.Charts;

/// <summary>Lays published rows out as charts. Pure: what is hidden stays hidden, and nothing is counted or compared here.</summary>
/// <param name="about">What the page is about: group, place, period, instrument.</param>
/// <param name="period">Of the page; it goes into the names of files.</param>
internal sealed class ChartMaker(Language l, string about, string period)
{
    /// <summary>The periods that are shown: a year of months fits a screen; what came before is in the feed and the download.</summary>
    public const int MostPeriods = 12;

    /// <summary>The charts of a selection.</summary>
    public static ChartMaker Of(OutcomeSelection selection, Language l)
    {
        var question = selection.Question!;
        var group = selection.Groups.First(g => Guid.Parse(g.Id) == question.Group);
        var with = selection.AskedWith.First(a => a.Id == question.Instrument && a.Perspective == question.Perspective);
        string[] parts =
        [
            l[group.Nl, group.En], selection.Places.First(p => Guid.Parse(p.Id) == question.Place).Nl, OutcomeTexts.Period(question.Period, l),
            $"{l[with.Nl, with.En]} {with.Kind}", OutcomeTexts.Perspective(question.Perspective, l), $"{l["publicatie", "publication"]} {selection.Publication.Number}",
        ];
        return new ChartMaker(l, string.Join(" · ", parts), question.Period);
    }

    /// <summary>The last periods of some lines, oldest first.</summary>
    public static IReadOnlyList<string> PeriodsOf(IReadOnlyList<TrendLine> lines) =>
        [.. lines.SelectMany(line => line.Moments).OrderBy(m => m.FromOn).Select(m => m.PeriodId).Distinct().TakeLast(MostPeriods)];

    /// <summary>Lines over time. Those of one area stand together: each but the last was broken off.</summary>
    public TrendChart Trend(IReadOnlyList<TrendLine> lines)
    {
        var periods = PeriodsOf(lines).ToList();
        var areas = lines
            .Where(line => line.Moments.Any(m => periods.Contains(m.PeriodId)))
            .GroupBy(line => line.TextNl)
            .Select(area => new ChartArea(
                l[area.First().TextNl, area.First().TextEn],
                [.. area.OrderBy(line => line.Moments[0].FromOn).ThenBy(line => line.Version, StringComparer.Ordinal).Select(line => Piece(line, periods))]));
        return new TrendChart(
            l["Levensgebieden door de tijd (0-100)", "Areas of life over time (0-100)"], about, $"{l["door-de-tijd", "over-time"]}-{period}",
            [.. periods.Select((p, i) => new ChartPeriod(OutcomeTexts.Period(p, l), OutcomeTexts.ShortPeriod(p, i == 0 ? null : periods[i - 1], l)))],
            [.. areas]);
    }

    /// <summary>Areas of life with their intervals.</summary>
    public MeansChart Areas(IReadOnlyList<OutcomeRow> rows) => new(
        l["Levensgebieden: gemiddelde met 95%-interval (0-100)", "Areas of life: mean with 95% interval (0-100)"], about, $"{l["levensgebieden", "areas-of-life"]}-{period}",
        [""], [.. rows.Select(row => new MeansRow(l[row.TextNl, row.TextEn], [Cell(row)]))]);

    /// <summary>The same areas through several eyes, as the table has them.</summary>
    /// <param name="titles">The view's instrument and perspective in words.</param>
    public MeansChart Views(IReadOnlyList<OutcomeRow> rows, Func<string, string> titles)
    {
        var views = rows.Select(r => (r.InstrumentId, r.Perspective)).Distinct().ToList();
        return new MeansChart(
            l["Perspectieven naast elkaar: gemiddelde met 95%-interval (0-100)", "Perspectives side by side: mean with 95% interval (0-100)"], about, $"{l["perspectieven", "perspectives"]}-{period}",
            [.. views.Select(v => $"{titles(v.InstrumentId)} · {OutcomeTexts.Perspective(v.Perspective, l)}")],
            [
                .. rows.GroupBy(r => r.Code).Select(area => new MeansRow(
                    l[area.First().TextNl, area.First().TextEn],
                    [.. views.Select(v => area.FirstOrDefault(r => (r.InstrumentId, r.Perspective) == v) is { } row ? Cell(row) : null)])),
            ]);
    }

    /// <summary>The answers to one question; null where they are hidden.</summary>
    public AnswersChart? Answers(IReadOnlyList<DistributionRow> options) => options.Any(o => o.Suppressed) ? null : new AnswersChart(
        l[options[0].TextNl, options[0].TextEn], about, $"{l["antwoorden", "answers"]}-{options[0].Code}-{period}", options[0].WishOf is not null,
        [.. options.Select(o => new ChartOption(l[o.OptionTextNl, o.OptionTextEn], o.People!.Value, o.Share!.Value))]);

    private ChartPiece Piece(TrendLine line, List<string> periods) =>
        new(line.Version, [.. line.Moments.Select(m => (Row: m, At: periods.IndexOf(m.PeriodId))).Where(m => m.At >= 0).Select(m => Moment(m.Row, m.At))]);

    private ChartMoment Moment(MomentRow row, int at) => row.Suppressed
        ? new ChartMoment { At = at, Hidden = Why(row.SuppressionReason) }
        : new ChartMoment { At = at, Mean = row.Mean, Low = row.IntervalLow, High = row.IntervalHigh, People = row.Respondents };

    private ChartCell Cell(OutcomeRow row) => row.Suppressed
        ? new ChartCell { Hidden = Why(row.SuppressionReason) }
        : new ChartCell { Mean = row.Mean, Low = row.IntervalLow, High = row.IntervalHigh, People = row.Respondents };

    private string Why(string? reason) => OutcomeTexts.Why(reason ?? HiddenBecause.FewPeople, l);
}
