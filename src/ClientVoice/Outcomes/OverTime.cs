namespace ClientVoice.Outcomes;

/// <summary>A published mean at one moment of a line.</summary>
internal sealed record MomentRow
{
    public string MeasureId { get; init; } = "";

    public string? ContinuesId { get; init; }

    public string TextNl { get; init; } = "";

    public string TextEn { get; init; } = "";

    public string Version { get; init; } = "";

    public int Position { get; init; }

    public string PeriodId { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public int? Respondents { get; init; }

    public double? Mean { get; init; }

    public double? StandardDeviation { get; init; }

    public double? IntervalLow { get; init; }

    public double? IntervalHigh { get; init; }

    public bool Suppressed { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>One line over time: an area of life, as long as its figures are comparable.</summary>
/// <param name="Moments">By period; versions that run on stand in one line.</param>
/// <param name="Breaks">An earlier version asked about the same, and is not comparable.</param>
internal sealed record TrendLine(string TextNl, string TextEn, string Version, IReadOnlyList<MomentRow> Moments, bool Breaks)
{
    /// <summary>The last two moments that can be seen; null where there are fewer.</summary>
    public (MomentRow Earlier, MomentRow Later)? LastTwo => Moments.Where(m => m.Mean is not null).ToList() is [.., var earlier, var later] ? (earlier, later) : null;

    /// <summary>What can be said of the change between the last two moments; null where there is none.</summary>
    public Verdict? Change => LastTwo is var (earlier, later) ? Difference.Between(Of(earlier), Of(later)) : null;

    private static MeanOf Of(MomentRow row) => new(row.Respondents!.Value, row.Mean!.Value, row.StandardDeviation);
}

/// <summary>Lays published means behind each other (N12). Pure.</summary>
internal static class OverTime
{
    /// <summary>The lines, in the order of the newest version; a line that was broken off stands under the one that came in its place.</summary>
    public static IReadOnlyList<TrendLine> Lines(IReadOnlyList<MomentRow> rows)
    {
        var continues = rows.GroupBy(r => r.MeasureId).ToDictionary(g => g.Key, g => g.First().ContinuesId);
        var lines = rows.GroupBy(r => Root(r.MeasureId)).Select(line =>
        {
            var last = line.OrderBy(r => r.FromOn).ThenBy(r => r.Version, StringComparer.Ordinal).Last();
            // Where two comparable versions were asked in one period, the later one stands for it: people are never counted together over versions.
            var moments = line.GroupBy(r => r.PeriodId).Select(p => p.OrderBy(r => r.Version, StringComparer.Ordinal).Last()).OrderBy(r => r.FromOn).ToList();
            return (Last: last, First: moments[0], Moments: moments);
        }).ToList();
        return
        [
            .. lines.OrderBy(l => l.Last.Position).ThenByDescending(l => l.Last.FromOn).Select(l => new TrendLine(
                l.Last.TextNl, l.Last.TextEn, l.Last.Version, l.Moments, lines.Exists(other => other.Last.FromOn < l.First.FromOn && other.Last.TextNl == l.Last.TextNl))),
        ];

        string Root(string measure)
        {
            // As many steps as there are measures at most: a file that names itself must not go round for ever.
            for (var steps = 0; steps < continues.Count && continues.GetValueOrDefault(measure) is { } earlier && continues.ContainsKey(earlier); steps++)
            {
                measure = earlier;
            }

            return measure;
        }
    }
}
