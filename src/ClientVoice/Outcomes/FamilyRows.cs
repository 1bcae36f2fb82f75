// From the counted cells of a family to the rows that are published: what is hidden has no figures, and what may not move
// yet shows the figures it had.
using ClientVoice.Conversations;
using ClientVoice.Instruments;

namespace ClientVoice.Outcomes;

/// <summary>Where a publication stands among the others.</summary>
/// <param name="Number">Of this one.</param>
/// <param name="Through">The last change that is in it.</param>
internal sealed record PublicationMoment(int Number, long Through, EarlierPublication Before);

/// <summary>A cell, how it stands before, and why it is hidden now; null where it is not.</summary>
internal readonly record struct DecidedCell(OutcomeCell Cell, EarlierCell? Before, string? Why);

/// <summary>Makes the rows of one family: first which cells are hidden, then, place by place, their rows.</summary>
/// <param name="news">Who changed in a block, and when last.</param>
/// <param name="hide">Says which cells are hidden and why, by their place in the list.</param>
internal sealed class FamilyRows(OutcomeFamily family, int smallest, PublicationMoment moment, News news, Func<IReadOnlyList<HidingCell>, IReadOnlyDictionary<int, string>> hide)
{
    private static readonly int FiguresOfAt = KeptTable.At(PublishedFigures.Columns, "FiguresOf");
    private static readonly int OptionFiguresOfAt = KeptTable.At(PublishedOption.Columns, "FiguresOf");

    /// <summary>Decides for every cell, its neighbours that did not change among them.</summary>
    /// <param name="counted">In the order of period, place and measure: what is hidden must not depend on how they were counted.</param>
    public IReadOnlyList<DecidedCell> Decide(IEnumerable<OutcomeCell> counted, IReadOnlyDictionary<BlockKey, EarlierCell?[]> earlier)
    {
        // Where everybody passed a question over there is no figure, shown or hidden.
        var cells = counted.Where(c => c.Tally.Scored > 0 || c.Tally.Options is not null).ToList();
        var before = cells.Select(c => earlier.TryGetValue(c.Block, out var there) ? there[c.Measure.Index] : null).ToList();
        var hidden = hide([.. cells.Select((c, i) => Hiding(c, before[i]))]);
        return [.. cells.Select((c, i) => new DecidedCell(c, before[i], hidden.GetValueOrDefault(i)))];
    }

    /// <summary>Whether a cell is as it never was before, and is shown or is hidden for its own sake.</summary>
    public bool IsNewState(DecidedCell decided) => decided.Why is null
        ? !IsUnchanged(decided.Cell, decided.Before)
        : decided.Why is HiddenBecause.FewPeople or HiddenBecause.AllTheSame or HiddenBecause.FewNews && IsTouched(decided.Cell, decided.Before);

    /// <summary>The rows of outcomes of one place.</summary>
    /// <param name="standing">Those that stand there now.</param>
    public IReadOnlyList<object?[]> Figures(IEnumerable<DecidedCell> decided, IReadOnlyDictionary<KeptKey, object?[]> standing)
    {
        var rows = new List<object?[]>();
        foreach (var (cell, before, why) in decided)
        {
            var own = new PublishedFigures(family, cell, Through(cell, before, why), why);
            var there = standing.GetValueOrDefault(own.Key);
            if (ShowsEarlier(before, why))
            {
                rows.AddRange(there is null ? [] : (object?[][])[there]);
            }
            else if (cell.Tally.Summary is { } summary)
            {
                rows.Add((why is not null ? own : own with
                {
                    Summary = summary, PassedOver = cell.Tally.PassedOver, NotGood = cell.Tally.NotGood,
                    WantChange = cell.Measure.Wish is null ? null : cell.Tally.WantChange,
                    NotGoodWantChange = cell.Measure.Wish is null ? null : cell.Tally.NotGoodWantChange,
                    FiguresOf = (IsUnchanged(cell, before) ? (int?)there?[FiguresOfAt] : null) ?? moment.Number,
                }).Values());
            }
        }

        return rows;
    }

    /// <summary>The rows of distributions of one place. Every option has its row, chosen or not: a reader sees a zero as a zero.</summary>
    /// <param name="standing">Those that stand there now.</param>
    public IReadOnlyList<object?[]> Options(IEnumerable<DecidedCell> decided, IReadOnlyDictionary<KeptKey, object?[]> standing)
    {
        var rows = new List<object?[]>();
        foreach (var (cell, before, why) in decided.Where(d => d.Cell.Measure.Question is not null))
        {
            var options = cell.Measure.Question!.Options;
            for (var i = 0; i < options.Count; i++)
            {
                var own = new PublishedOption(family, cell, options[i], i, Through(cell, before, why), why);
                var there = standing.GetValueOrDefault(own.Key);
                if (ShowsEarlier(before, why))
                {
                    rows.AddRange(there is null ? [] : (object?[][])[there]);
                }
                else if (cell.Tally.Options is { } chosen)
                {
                    rows.Add((why is not null ? own : own with
                    {
                        People = chosen[i], Share = (double)chosen[i] / cell.Tally.People, Interval = Statistics.Wilson(chosen[i], cell.Tally.People),
                        FiguresOf = (IsUnchanged(cell, before) ? (int?)there?[OptionFiguresOfAt] : null) ?? moment.Number,
                    }).Values());
                }
            }
        }

        return rows;
    }

    /// <summary>Whether a cell's rows stay as they are: shown with the figures that are there, or hidden for the reason that is there.</summary>
    public bool Stays(DecidedCell decided) => decided.Before is { } before && Standing(decided) == before;

    /// <summary>How a cell stands now.</summary>
    public EarlierCell Standing(DecidedCell decided) => ShowsEarlier(decided.Before, decided.Why) ? decided.Before!.Value : new EarlierCell(
        Through(decided.Cell, decided.Before, decided.Why), decided.Why, decided.Cell.Tally.Summary is not null, decided.Cell.Measure.Question is not null && decided.Cell.Tally.Options is not null);

    /// <summary>The last change in the oldest figure that is shown of these cells; null where none ever was.</summary>
    public long? OldestShown(IEnumerable<DecidedCell> decided) => decided.Min(d => Standing(d).ShownThrough);

    private static bool ShowsEarlier(EarlierCell? before, string? why) =>
        why is HiddenBecause.FewNews or HiddenBecause.HiddenBefore or HiddenBecause.TellsNeighbour && before is { ShownThrough: not null, Why: null };

    // The last change in what is shown; of what is hidden, in what was shown before.
    private long? Through(OutcomeCell cell, EarlierCell? before, string? why) => why is null && !IsUnchanged(cell, before) ? moment.Through : before?.ShownThrough;

    // Shown before with what it shows now.
    private bool IsUnchanged(OutcomeCell cell, EarlierCell? before) => before is { ShownThrough: { } at } && news.Since(cell.Block, at) == 0;

    private bool IsTouched(OutcomeCell cell, EarlierCell? before) => before is null || news.Since(cell.Block, moment.Before.Through) > 0;

    private HidingCell Hiding(OutcomeCell cell, EarlierCell? before)
    {
        var people = cell.Tally.People;
        var same = cell.Tally.AllTheSame ? HiddenBecause.AllTheSame : null;
        if (before is not { } earlier)
        {
            return new HidingCell(cell.Period, cell.Place, cell.Measure.Index, people, same, false, people);
        }

        var changed = earlier.ShownThrough is { } shown ? news.Since(cell.Block, shown) : people;
        var isKnown = earlier.ShownThrough is not null && changed == 0;
        var isTouched = IsTouched(cell, before);
        var own = same ?? (!isKnown && earlier.ShownThrough is not null && changed < smallest ? HiddenBecause.FewNews : null);
        // What it would show now was not shown then: hidden, or an older figure in its place.
        var hiddenBefore = !isKnown && !isTouched ? earlier.Why ?? HiddenBecause.HiddenBefore : null;
        return new HidingCell(cell.Period, cell.Place, cell.Measure.Index, people, own, isKnown, changed, hiddenBefore, isTouched);
    }
}

/// <summary>A row of outcomes.</summary>
internal sealed record PublishedFigures(OutcomeFamily Family, OutcomeCell Cell, long? ShownThrough, string? Why)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "Respondents", "ScoreSum", "Mean", "StandardDeviation", "IntervalLow", "IntervalHigh",
        "PassedOver", "NotGood", "WantChange", "NotGoodWantChange", "FiguresOf", "Suppressed", "SuppressionReason", "ShownThrough",
    ];

    public KeptKey Key => new(Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id, null);

    public Summary? Summary { get; init; }

    public int? PassedOver { get; init; }

    public int? NotGood { get; init; }

    public int? WantChange { get; init; }

    public int? NotGoodWantChange { get; init; }

    public int? FiguresOf { get; init; }

    public object?[] Values() =>
    [
        Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id,
        Summary?.Count, Figure.Round(Summary?.Sum), Figure.Round(Summary?.Mean), Figure.Round(Summary?.StandardDeviation), Figure.Round(Summary?.Low), Figure.Round(Summary?.High),
        PassedOver, NotGood, WantChange, NotGoodWantChange, FiguresOf, Why is not null, Why, ShownThrough,
    ];
}

/// <summary>A row of a distribution.</summary>
internal sealed record PublishedOption(OutcomeFamily Family, OutcomeCell Cell, Option Option, int Position, long? ShownThrough, string? Why)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "OptionCode", "OptionTextNl", "OptionTextEn", "Position", "People", "Share",
        "ShareLow", "ShareHigh", "FiguresOf", "Suppressed", "SuppressionReason", "ShownThrough",
    ];

    public KeptKey Key => new(Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id, Option.Code);

    public int? People { get; init; }

    public double? Share { get; init; }

    public (double Low, double High)? Interval { get; init; }

    public int? FiguresOf { get; init; }

    public object?[] Values() =>
    [
        Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id, Option.Code, Option.Text.Nl, Option.Text.In("en"), Position, People, Figure.Round(Share),
        Figure.Round(Interval?.Low), Figure.Round(Interval?.High), FiguresOf, Why is not null, Why, ShownThrough,
    ];
}

/// <summary>How figures are published.</summary>
internal static class Figure
{
    /// <summary>Four places: more would be false precision, and would differ between databases in the last bit.</summary>
    public static double? Round(double? value) => value is { } v ? Math.Round(v, 4, MidpointRounding.AwayFromZero) : null;
}
