using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>An area of life of a group through one pair of eyes, over time.</summary>
/// <param name="Instrument">Without its version: a line runs on over versions that can be compared.</param>
internal sealed record AreaLine(Guid Group, LocalText GroupName, string Instrument, LocalText Title, string Perspective, TrendLine Line)
{
    /// <summary>The area's code in the instrument.</summary>
    public string Area => CodeOf(Line.Moments[^1].MeasureId);

    /// <summary>How it is named in a form.</summary>
    public string Key => $"{Group:D}/{Instrument}/{Perspective}/{Area}";

    /// <summary>The last moment that can be seen; null where none can.</summary>
    public MomentRow? Last => Line.Moments.LastOrDefault(m => m.Mean is not null);

    /// <summary>The code in <c>mijn-verhaal@1.0/domain/home</c>.</summary>
    public static string CodeOf(string measureId) => measureId[(measureId.LastIndexOf('/') + 1)..];
}
