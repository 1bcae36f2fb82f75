// The one model of a report. Every voice (web, Word, easy language, Excel, JSON) is made from it and does no arithmetic, so the
// voices agree. Figures are whole points and whole people here already: nothing is rounded twice.
using System.Text.Json.Serialization;
using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>A report, with everything that is in it.</summary>
internal sealed record QualityReport
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Place { get; init; }

    /// <summary><c>organisation</c>, <c>region</c>, <c>location</c> or <c>team</c>.</summary>
    public required string PlaceKind { get; init; }

    /// <summary>One of <see cref="ReportKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The published periods that it is about, oldest first. Two years are two periods: a person counts once in each.</summary>
    public required IReadOnlyList<string> Periods { get; init; }

    /// <summary>The publication that every figure comes from.</summary>
    public required ReportSource Source { get; init; }

    /// <summary>The officer's words, as Markdown; null where there are none.</summary>
    public string? Introduction { get; init; }

    public string? Ahead { get; init; }

    /// <summary>What the client council says of the report.</summary>
    public string? Council { get; init; }

    public required IReadOnlyList<GroupPart> Groups { get; init; }

    /// <summary>Groups of which nobody was asked at this place in this period.</summary>
    public required IReadOnlyList<LocalText> NotAsked { get; init; }

    /// <summary>Points of earlier reports, and what came of them.</summary>
    public required IReadOnlyList<PointPart> Promised { get; init; }

    /// <summary>Points that begin with this report.</summary>
    public required IReadOnlyList<PointPart> Planned { get; init; }
}

/// <summary>Where the figures come from.</summary>
internal sealed record ReportSource(int Number, DateTimeOffset MadeAt, string Sha256, bool LeftOutMarked);

/// <summary>The place of one client group.</summary>
internal sealed record GroupPart
{
    public required Guid Id { get; init; }

    public required LocalText Name { get; init; }

    public required string Law { get; init; }

    /// <summary>Of each instrument and perspective with which the group was asked.</summary>
    public required IReadOnlyList<AskedPart> Asked { get; init; }

    /// <summary>Areas that instruments share, through every pair of eyes; empty where there is one perspective only.</summary>
    public required IReadOnlyList<ViewFigure> Views { get; init; }

    /// <summary>Words of clients that were released for showing; empty where none were.</summary>
    public IReadOnlyList<QuotePart> Quotes { get; init; } = [];

    /// <summary>The officer's words about this group.</summary>
    public string? Text { get; init; }

    /// <summary>What was done to hear these clients: asked where figures are hidden or few took part.</summary>
    public string? Heard { get; init; }

    /// <summary>Whether not one figure of how it is can be shown.</summary>
    public bool IsHidden => Asked.All(a => a.Areas.All(area => area.Mean is null));
}

/// <summary>What was heard with one version of an instrument, from one perspective.</summary>
internal sealed record AskedPart
{
    /// <summary>Instrument and version: <c>mijn-verhaal@1.0</c>.</summary>
    public required string Instrument { get; init; }

    public required LocalText Title { get; init; }

    public required string Perspective { get; init; }

    public required IReadOnlyList<TookPart> TookPart { get; init; }

    public required IReadOnlyList<AreaFigure> Areas { get; init; }

    /// <summary>Of the last period; null where fewer than two areas can be shown, or all are alike.</summary>
    public AreaFigure? Highest { get; init; }

    public AreaFigure? Lowest { get; init; }

    public required IReadOnlyList<AreaChange> Changes { get; init; }

    /// <summary>What became of the agreements; null in a report from before they were published.</summary>
    public IReadOnlyList<AgreedPart>? Agreed { get; init; }

    /// <summary>The questions of which most people want that it changes, most first.</summary>
    public required IReadOnlyList<WishFigure> Wishes { get; init; }
}

/// <summary>How many were asked and took part in a period.</summary>
internal sealed record TookPart(string Period, int? Invited, int? Held, int? Refused, int? Stopped, int? NotReached, int? ResponsePercent, bool IsHidden)
{
    /// <summary>Of those held: without a name; null where that is hidden, and in a report from before it was published.</summary>
    public int? Anonymous { get; init; }

    /// <summary>Whether the number without a name is hidden though the others are shown.</summary>
    public bool HidesAnonymous { get; init; }
}

/// <summary>Agreements from the conversations of a period, and what became of them.</summary>
/// <param name="People">With at least one.</param>
internal sealed record AgreedPart(string Period, int? People, int? Made, int? Done, int? NotDone, int? StillOpen, int? ToldBack, bool IsHidden);

/// <summary>Words of a client. A frozen report knows where they were released and not what they are: whoever takes them back takes them out of every report.</summary>
/// <param name="Position">Tells the words of one report apart.</param>
/// <param name="About">The question at which they were said.</param>
internal sealed record QuotePart(int Position, LocalText About)
{
    [JsonIgnore]
    public ReleasedFrom? From { get; init; }

    /// <summary>Null where they were taken back.</summary>
    [JsonIgnore]
    public string? Text { get; init; }
}

/// <summary>An area of life in a period: mean with its 95% interval, in whole points of 100.</summary>
/// <param name="HiddenBecause">One of <see cref="Outcomes.HiddenBecause"/>; then there are no figures.</param>
internal sealed record AreaFigure(string Period, string Area, LocalText Text, int? Mean, int? Low, int? High, int? People, string? HiddenBecause);

/// <summary>An area in two periods that can be compared.</summary>
internal sealed record AreaChange(LocalText Text, string Earlier, string Later, int Was, int Is, int PeopleWas, int PeopleIs, Verdict Verdict, bool IsHigher);

/// <summary>What people want to change.</summary>
/// <param name="NotGood">People with a score below 50.</param>
internal sealed record WishFigure(LocalText Question, int People, int NotGood, int WantChange, int NotGoodWantChange);

/// <summary>A shared area through one pair of eyes.</summary>
internal sealed record ViewFigure(string Code, LocalText Text, LocalText Instrument, string Perspective, int? Mean, int? Low, int? High, int? People, string? HiddenBecause);

/// <summary>An improvement point as a report shows it.</summary>
internal sealed record PointPart
{
    public required Guid Id { get; init; }

    public required string Goal { get; init; }

    public required string Owner { get; init; }

    public string? Steps { get; init; }

    public string? Done { get; init; }

    public string? Why { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>From which outcome it came; null where from none.</summary>
    public LocalText? From { get; init; }

    public int? Was { get; init; }

    public string? WasIn { get; init; }

    public int? Wanted { get; init; }

    /// <summary>The same outcome in this report's last period; null where there is none that can be shown and compared.</summary>
    public int? Is { get; init; }

    /// <summary>How certain the difference between then and now is; null where there are not two figures of one publication.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary><c>yes</c>, <c>partly</c>, <c>no</c>, or null while it runs.</summary>
    public string? Reached { get; init; }

    public bool IsCarriedOn { get; init; }

    /// <summary>The title of the report in which it was promised.</summary>
    public required string PromisedIn { get; init; }
}
