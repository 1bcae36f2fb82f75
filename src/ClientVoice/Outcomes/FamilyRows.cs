// From the counted cells of a family to the rows that are published: what is hidden has no figures, and what may not move
// yet shows the figures it had.
using ClientVoice.Conversations;
using ClientVoice.Instruments;

namespace ClientVoice.Outcomes;

/// <summary>Where a publication stands among the others.</summary>
/// <param name="Number">Of this one.</param>
/// <param name="Through">The last change that is in it.</param>
internal sealed record PublicationMoment(int Number, long Through, EarlierPublication Before);

/// <summary>Makes the rows of one family.</summary>
/// <param name="hide">Says which cells are hidden and why, by their place in the list.</param>
internal sealed class FamilyRows(OutcomeFamily family, int smallest, PublicationMoment moment, Changes changes, Func<IReadOnlyList<HidingCell>, IReadOnlyDictionary<int, string>> hide)
{
    /// <summary>The cells that are as they never were before, and are shown or are hidden for their own sake.</summary>
    public List<(OutcomeCell Cell, bool Shown)> NewStates { get; } = [];

    public List<PublishedFigures> Figures { get; } = [];

    public List<PublishedOption> Options { get; } = [];

    /// <summary>How many rows show no figures.</summary>
    public int Hidden { get; private set; }

    public void Make(IEnumerable<OutcomeCell> counted, IReadOnlyDictionary<(string, Guid, string), EarlierCell> earlier)
    {
        // Where everybody passed a question over there is no figure, shown or hidden.
        var cells = counted.Where(c => c.Tally.Summary is not null || c.Tally.Options is not null).OrderBy(c => c.Period, StringComparer.Ordinal).ThenBy(c => c.Place).ThenBy(c => c.Measure.Index).ToList();
        var before = cells.Select(c => earlier.GetValueOrDefault((c.Period, c.Place, c.Measure.Id))).ToList();
        var hidden = hide([.. cells.Select((c, i) => Hiding(c, before[i]))]);
        for (var i = 0; i < cells.Count; i++)
        {
            Add(cells[i], before[i], hidden.GetValueOrDefault(i));
            Note(cells[i], before[i], hidden.GetValueOrDefault(i));
        }
    }

    private void Note(OutcomeCell cell, EarlierCell? before, string? why)
    {
        if (why is null ? !IsUnchanged(cell, before) : why is HiddenBecause.FewPeople or HiddenBecause.AllTheSame or HiddenBecause.FewNews && (before is null || changes.Since(family, cell.Period, cell.Place, moment.Before.Through) > 0))
        {
            NewStates.Add((cell, why is null));
        }
    }

    // Shown before with what it shows now.
    private bool IsUnchanged(OutcomeCell cell, EarlierCell? before) => before is { ShownThrough: { } at } && changes.Since(family, cell.Period, cell.Place, at) == 0;

    private HidingCell Hiding(OutcomeCell cell, EarlierCell? before)
    {
        var people = cell.Tally.People;
        if (before is null)
        {
            return new HidingCell(cell.Period, cell.Place, cell.Measure.Index, people, cell.Tally.AllTheSame ? HiddenBecause.AllTheSame : null, false, people);
        }

        var news = before.ShownThrough is { } shown ? changes.Since(family, cell.Period, cell.Place, shown) : people;
        var isKnown = before.ShownThrough is not null && news == 0;
        // What it would show now was not shown then: hidden, or an older figure in its place.
        var wasHidden = before.Why is not null || before.ShownThrough != moment.Before.Through;
        var own = cell.Tally.AllTheSame ? HiddenBecause.AllTheSame
            : isKnown ? null
            : before.ShownThrough is not null && news < smallest ? HiddenBecause.FewNews
            : null;
        var hiddenBefore = !isKnown && wasHidden && changes.Since(family, cell.Period, cell.Place, moment.Before.Through) == 0 ? before.Why ?? HiddenBecause.HiddenBefore : null;
        return new HidingCell(cell.Period, cell.Place, cell.Measure.Index, people, own, isKnown, news, hiddenBefore);
    }

    private void Add(OutcomeCell cell, EarlierCell? before, string? why)
    {
        var showsEarlier = why is HiddenBecause.FewNews or HiddenBecause.HiddenBefore or HiddenBecause.TellsNeighbour && before is { ShownThrough: not null, Why: null };
        if (showsEarlier)
        {
            AddEarlier(cell, before!);
        }
        else
        {
            AddOwn(cell, before, why);
        }
    }

    private void AddOwn(OutcomeCell cell, EarlierCell? before, string? why)
    {
        var tally = cell.Tally;
        var shown = why is null ? moment.Through : before?.ShownThrough;
        var unchanged = why is null && IsUnchanged(cell, before);
        if (tally.Summary is { } summary)
        {
            Hidden += why is null ? 0 : 1;
            Figures.Add(new PublishedFigures(Figures.Count, family, cell, shown, why)
            {
                Summary = why is null ? summary : null,
                PassedOver = Open(tally.PassedOver), NotGood = Open(tally.NotGood),
                WantChange = cell.Measure.Wish is null ? null : Open(tally.WantChange),
                NotGoodWantChange = cell.Measure.Wish is null ? null : Open(tally.NotGoodWantChange),
                FiguresOf = why is not null ? null : unchanged ? before!.Figures?.FiguresOf ?? moment.Number : moment.Number,
            });
        }

        if (tally.Options is not { } options || cell.Measure.Question is not { } question)
        {
            return;
        }

        // Every option has its row, chosen or not: a reader sees a zero as a zero.
        for (var i = 0; i < question.Options.Count; i++)
        {
            Hidden += why is null ? 0 : 1;
            Options.Add(new PublishedOption(Options.Count, family, cell, question.Options[i], i, shown, why)
            {
                People = Open(options[i]),
                Share = why is null ? (double)options[i] / tally.People : null,
                Interval = why is null ? Statistics.Wilson(options[i], tally.People) : null,
                FiguresOf = why is not null ? null : unchanged ? before!.Options.ElementAtOrDefault(i)?.FiguresOf ?? moment.Number : moment.Number,
            });
        }

        int? Open(int count) => why is null ? count : null;
    }

    private void AddEarlier(OutcomeCell cell, EarlierCell before)
    {
        if (before.Figures is { } f)
        {
            Figures.Add(new PublishedFigures(Figures.Count, family, cell, f.ShownThrough, null)
            {
                Summary = new Summary(f.Respondents!.Value, f.ScoreSum!.Value, f.Mean!.Value, f.StandardDeviation, f.IntervalLow, f.IntervalHigh),
                PassedOver = f.PassedOver, NotGood = f.NotGood, WantChange = f.WantChange, NotGoodWantChange = f.NotGoodWantChange, FiguresOf = f.FiguresOf,
            });
        }

        foreach (var option in before.Options.Where(o => o.Position < (cell.Measure.Question?.Options.Count ?? 0)))
        {
            Options.Add(new PublishedOption(Options.Count, family, cell, cell.Measure.Question!.Options[option.Position], option.Position, option.ShownThrough, null)
            {
                People = option.People, Share = option.Share,
                Interval = option is { ShareLow: { } low, ShareHigh: { } high } ? (low, high) : null, FiguresOf = option.FiguresOf,
            });
        }
    }
}

/// <summary>A row of outcomes.</summary>
internal sealed record PublishedFigures(int Id, OutcomeFamily Family, OutcomeCell Cell, long? ShownThrough, string? Why)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "Respondents", "ScoreSum", "Mean", "StandardDeviation", "IntervalLow", "IntervalHigh",
        "PassedOver", "NotGood", "WantChange", "NotGoodWantChange", "FiguresOf", "Suppressed", "SuppressionReason", "ShownThrough",
    ];

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
internal sealed record PublishedOption(int Id, OutcomeFamily Family, OutcomeCell Cell, Option Option, int Position, long? ShownThrough, string? Why)
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "OptionCode", "OptionTextNl", "OptionTextEn", "Position", "People", "Share",
        "ShareLow", "ShareHigh", "FiguresOf", "Suppressed", "SuppressionReason", "ShownThrough",
    ];

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
