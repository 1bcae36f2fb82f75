// From the counted cells of a family to the rows that are published: what is hidden has no figures, and what may not move
// yet shows the figures it had.
using ClientVoice.Conversations;
using ClientVoice.Instruments;

namespace ClientVoice.Outcomes;

/// <summary>Where a publication stands among the others.</summary>
/// <param name="Number">Of this one.</param>
/// <param name="Through">The last change that is in it.</param>
internal sealed record PublicationMoment(int Number, long Through, EarlierPublication Before);

/// <summary>A cell, and how it stands before. There are tens of thousands in a run, in one list and another: an object each, and not its values in every list.</summary>
internal sealed class DecidedCell(OutcomeCell cell, EarlierCell? before)
{
    public OutcomeCell Cell { get; } = cell;

    public EarlierCell? Before { get; } = before;

    /// <summary>Why it is hidden now; null where it is not, and before that is decided.</summary>
    public string? Why { get; set; }
}

/// <summary>Makes the rows of one family: first which cells are hidden, then, place by place, their rows.</summary>
/// <param name="news">Who changed in a block, and when last.</param>
/// <param name="hide">Says which cells are hidden and why, by their place in the list.</param>
internal sealed class FamilyRows(OutcomeFamily family, int smallest, PublicationMoment moment, News news, Func<IReadOnlyList<HidingCell>, IReadOnlyDictionary<int, string>> hide)
{
    private static readonly int FiguresOfAt = KeptTable.At(PublishedCell.Columns, "FiguresOf");

    /// <summary>Decides for every cell, its neighbours that did not change among them.</summary>
    /// <param name="counted">In the order of period, place and measure: what is hidden must not depend on how they were counted.</param>
    public IReadOnlyList<DecidedCell> Decide(IEnumerable<OutcomeCell> counted, IReadOnlyDictionary<BlockKey, EarlierCell?[]> earlier)
    {
        var decided = new List<DecidedCell>();
        // Where everybody passed a question over there is no figure, shown or hidden.
        foreach (var cell in counted.Where(c => c.Tally.Scored > 0 || c.Tally.Options is not null))
        {
            decided.Add(new DecidedCell(cell, earlier.TryGetValue(cell.Block, out var there) ? there[cell.Measure.Index] : null));
        }

        var cells = new HidingCell[decided.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Hiding(decided[i].Cell, decided[i].Before);
        }

        foreach (var (i, why) in hide(cells))
        {
            decided[i].Why = why;
        }

        return decided;
    }

    /// <summary>Whether a cell is as it never was before, and is shown or is hidden for its own sake.</summary>
    public bool IsNewState(DecidedCell decided) => decided.Why is null
        ? !IsUnchanged(decided.Cell, decided.Before)
        : decided.Why is HiddenBecause.FewPeople or HiddenBecause.AllTheSame or HiddenBecause.FewNews && IsTouched(decided.Cell, decided.Before);

    /// <summary>The rows of one place.</summary>
    /// <param name="standing">Those that stand there now.</param>
    public IReadOnlyList<CellRow> Rows(IEnumerable<DecidedCell> decided, IReadOnlyDictionary<KeptKey, object?[]> standing)
    {
        var rows = new List<CellRow>();
        foreach (var one in decided)
        {
            var (cell, before, why) = (one.Cell, one.Before, one.Why);
            var own = new PublishedCell(family, cell, Through(cell, before, why), why);
            var there = standing.GetValueOrDefault(own.Key);
            if (ShowsEarlier(before, why))
            {
                rows.AddRange(there is null ? [] : (CellRow[])[new CellRow(there, null)]);
                continue;
            }

            var options = HasOptions(cell);
            if (cell.Tally.Summary is null && !options)
            {
                continue;
            }

            var shown = why is not null ? own : own with { FiguresOf = (IsUnchanged(cell, before) ? (int?)there?[FiguresOfAt] : null) ?? moment.Number };
            if (why is null && cell.Tally.Summary is { } summary)
            {
                shown = shown with
                {
                    Summary = summary, PassedOver = cell.Tally.PassedOver, NotGood = cell.Tally.NotGood,
                    WantChange = cell.Measure.Wish is null ? null : cell.Tally.WantChange,
                    NotGoodWantChange = cell.Measure.Wish is null ? null : cell.Tally.NotGoodWantChange,
                };
            }

            var values = shown.Values();
            rows.Add(new CellRow(values, options ? shown.Options(values) : []));
        }

        return rows;
    }

    /// <summary>Whether a cell's rows stay as they are: shown with the figures that are there, or hidden for the reason that is there.</summary>
    public bool Stays(DecidedCell decided) => decided.Before is { } before && Standing(decided) == before;

    /// <summary>How a cell stands now.</summary>
    public EarlierCell Standing(DecidedCell decided) => ShowsEarlier(decided.Before, decided.Why) ? decided.Before!.Value : new EarlierCell(
        Through(decided.Cell, decided.Before, decided.Why), decided.Why, decided.Cell.Tally.Summary is not null, HasOptions(decided.Cell));

    /// <summary>The last change in the oldest figure that is shown of these cells; null where none ever was.</summary>
    public long? OldestShown(IEnumerable<DecidedCell> decided) => decided.Min(d => Standing(d).ShownThrough);

    private static bool ShowsEarlier(EarlierCell? before, string? why) =>
        why is HiddenBecause.FewNews or HiddenBecause.HiddenBefore or HiddenBecause.TellsNeighbour && before is { ShownThrough: not null, Why: null };

    private static bool HasOptions(OutcomeCell cell) => cell.Measure.Question is not null && cell.Tally.Options is not null;

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

/// <summary>What is shown of a measure in a block, as rows.</summary>
/// <param name="Values">In the order of <see cref="PublishedCell.Columns"/>.</param>
/// <param name="Options">Of its distribution, in the order of <see cref="CellOptions.Columns"/>; null where those that stand go on.</param>
internal sealed record CellRow(object?[] Values, IReadOnlyList<object?[]>? Options);

/// <summary>What is shown of a measure in a block: figures, and a distribution.</summary>
internal sealed record PublishedCell(OutcomeFamily Family, OutcomeCell Cell, long? ShownThrough, string? Why)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "Respondents", "ScoreSum", "Mean", "StandardDeviation", "IntervalLow", "IntervalHigh",
        "PassedOver", "NotGood", "WantChange", "NotGoodWantChange", "FiguresOf", "Suppressed", "SuppressionReason", "ShownThrough", "Scored", "FirstOption", "Options", "OptionsHash",
    ];

    public KeptKey Key => new(Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id);

    public Summary? Summary { get; init; }

    public int? PassedOver { get; init; }

    public int? NotGood { get; init; }

    public int? WantChange { get; init; }

    public int? NotGoodWantChange { get; init; }

    public int? FiguresOf { get; init; }

    /// <summary>Its row; of its options is said later how many there are.</summary>
    public object?[] Values() =>
    [
        Cell.Period, Cell.Place, Family.Group, Family.Instrument, Family.Perspective, Cell.Measure.Id,
        Summary?.Count, Figure.Round(Summary?.Sum), Figure.Round(Summary?.Mean), Figure.Round(Summary?.StandardDeviation), Figure.Round(Summary?.Low), Figure.Round(Summary?.High),
        Boxed.Of(PassedOver), Boxed.Of(NotGood), Boxed.Of(WantChange), Boxed.Of(NotGoodWantChange), Boxed.Of(FiguresOf), Boxed.Of(Why is not null), Why, ShownThrough, Boxed.Of(Cell.Tally.Summary is not null), null, Boxed.Of(0), null,
    ];

    /// <summary>The rows of its distribution. Every option has one, chosen or not: a reader sees a zero as a zero.</summary>
    /// <param name="own">Its row.</param>
    public IReadOnlyList<object?[]> Options(object?[] own)
    {
        var rows = new object?[Cell.Measure.Question!.Options.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            var option = Cell.Measure.Question.Options[i];
            var people = Why is null ? Cell.Tally.Options![i] : (int?)null;
            var interval = people is { } some ? Statistics.Wilson(some, Cell.Tally.People) : ((double Low, double High)?)null;
            rows[i] =
            [
                own[0], own[1], own[2], own[3], own[4], own[5], option.Code, option.Text.Nl, option.Text.In("en"), Boxed.Of(i),
                Boxed.Of(people), Figure.Round((double?)people / Cell.Tally.People), Figure.Round(interval?.Low), Figure.Round(interval?.High), Boxed.Of(FiguresOf), Boxed.Of(Why is not null), Why,
            ];
        }

        return rows;
    }
}

/// <summary>How figures are published.</summary>
internal static class Figure
{
    /// <summary>Four places: more would be false precision, and would differ between databases in the last bit.</summary>
    public static double? Round(double? value) => value is { } v ? Math.Round(v, 4, MidpointRounding.AwayFromZero) : null;
}
