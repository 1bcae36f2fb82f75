using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>What an organisation sets out to improve: plan, do, check, act.</summary>
internal sealed record ImprovementPoint
{
    public required Guid Id { get; init; }

    public required Guid PlaceId { get; init; }

    public required Guid MadeInReportId { get; init; }

    /// <summary>The report in which it was judged last; null while it goes on.</summary>
    public Guid? ClosedInReportId { get; init; }

    public required PointWords Words { get; init; }

    /// <summary>From which outcome; null where from none.</summary>
    public PointSource? Source { get; init; }

    /// <summary>The mean that is wanted, 0-100; null where the goal is in words alone.</summary>
    public int? MeanWanted { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary><c>yes</c>, <c>partly</c> or <c>no</c>; null while it was not judged.</summary>
    public string? Reached { get; init; }

    /// <summary>From 1; goes up with every change.</summary>
    public required int Version { get; init; }

    /// <summary>The title of the report in which it was promised.</summary>
    public string PromisedIn { get; init; } = "";

    /// <summary>Whether it was made in a report that is still a draft.</summary>
    public bool IsOfDraft { get; init; }
}

/// <summary>The words of a point; encrypted together.</summary>
internal sealed record PointWords(string Goal, string Owner, string? Steps, string? Done, string? Why);

/// <summary>The outcome from which a point came, and the mean it began at.</summary>
internal sealed record PointSource(Guid Group, string Instrument, string Perspective, string Area, int? Mean, string? Period)
{
    /// <summary>As <see cref="AreaLine.Key"/>.</summary>
    public string Key => $"{Group:D}/{Instrument}/{Perspective}/{Area}";
}

/// <summary>Lays a point beside the outcomes of a report. Pure.</summary>
internal static class PointsShown
{
    public static (PointPart Part, bool IsNew) Of(ImprovementPoint point, IReadOnlyList<AreaLine> lines, Guid report)
    {
        var line = point.Source is { } source ? lines.FirstOrDefault(l => l.Key == source.Key) : null;
        var isNew = point.MadeInReportId == report;
        // The check is a later figure: beside its own beginning a point has nothing to show yet.
        var now = isNew || line?.Last?.PeriodId == point.Source?.Period ? null : line?.Last;
        var then = now is null ? null : line!.Line.Moments.FirstOrDefault(m => m.PeriodId == point.Source!.Period && m.Mean is not null);
        return (new PointPart
        {
            Id = point.Id, Goal = point.Words.Goal, Owner = point.Words.Owner, Steps = point.Words.Steps, Done = point.Words.Done, Why = point.Words.Why, DueOn = point.DueOn,
            From = line is null ? null : NameOf(line),
            Was = point.Source?.Mean, WasIn = point.Source?.Period, Wanted = point.MeanWanted, Is = ReportMaker.Whole(now?.Mean),
            Verdict = then is null ? null : Difference.Between(MeanOf(then), MeanOf(now!)),
            Reached = point.Reached, IsCarriedOn = !isNew && point.ClosedInReportId is null, PromisedIn = point.PromisedIn,
        }, isNew);
    }

    /// <summary>An outcome in words: area, whose view, which group.</summary>
    public static LocalText NameOf(AreaLine line) => new(
        $"{line.Line.TextNl} ({OutcomeTexts.Perspective(line.Perspective, Language.InDutch)}), {line.GroupName.Nl}",
        $"{line.Line.TextEn} ({OutcomeTexts.Perspective(line.Perspective, Language.InEnglish)}), {line.GroupName.In("en")}");

    private static MeanOf MeanOf(MomentRow row) => new(row.Respondents!.Value, row.Mean!.Value, row.StandardDeviation);
}
