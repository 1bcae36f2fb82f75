// What goes to the script that draws (src/charts/src/data.ts): published figures as the page shows them, with the reason where one is
// hidden. Nothing here is read from the database; it is made of rows that the page has.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClientVoice.Outcomes.Charts;

/// <summary>A chart: what it is called, what it is of, and the name of its picture as a file.</summary>
/// <param name="About">Group, place, period and instrument: a picture that leaves the page says what it is of.</param>
/// <param name="File">Never with a name of somebody or somewhere.</param>
internal abstract record ChartData(string Title, string About, string File)
{
    // The default encoder writes <, > and & as \u003C: no text can end the element it stands in.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>One of <c>trend</c>, <c>means</c> and <c>answers</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>As the script reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GetType(), Options);
}

/// <summary>A figure, or why there is none.</summary>
internal record ChartCell
{
    public double? Mean { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    public int? People { get; init; }

    /// <summary>In few words; null where the figure is shown.</summary>
    public string? Hidden { get; init; }
}

/// <summary>Areas of life over time.</summary>
internal sealed record TrendChart(string Title, string About, string File, IReadOnlyList<ChartPeriod> Periods, IReadOnlyList<ChartArea> Areas) : ChartData(Title, About, File)
{
    public override string Kind => "trend";
}

/// <summary>A period, in full and as it stands under an axis.</summary>
internal sealed record ChartPeriod(string Name, string Short);

/// <summary>An area; its pieces cannot be compared with each other, the oldest is first.</summary>
internal sealed record ChartArea(string Name, IReadOnlyList<ChartPiece> Pieces);

/// <summary>What can be compared: a version, or several that run on.</summary>
internal sealed record ChartPiece(string Version, IReadOnlyList<ChartMoment> Moments);

/// <summary>A figure in the period at this place in the row of periods.</summary>
internal sealed record ChartMoment : ChartCell
{
    public int At { get; init; }
}

/// <summary>Means with their intervals, of one view or several beside each other.</summary>
internal sealed record MeansChart(string Title, string About, string File, IReadOnlyList<string> Views, IReadOnlyList<MeansRow> Rows) : ChartData(Title, About, File)
{
    public override string Kind => "means";
}

/// <summary>An area; a cell for each view, null where it was not asked.</summary>
internal sealed record MeansRow(string Name, IReadOnlyList<ChartCell?> Cells);

/// <summary>The answers to one question.</summary>
/// <param name="Wish">A wish is neither good nor bad: it has colours of its own.</param>
internal sealed record AnswersChart(string Title, string About, string File, bool Wish, IReadOnlyList<ChartOption> Options) : ChartData(Title, About, File)
{
    public override string Kind => "answers";
}

/// <summary>How many chose an option.</summary>
internal sealed record ChartOption(string Name, int People, double Share);
