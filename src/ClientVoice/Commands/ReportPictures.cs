using ClientVoice.Instruments;
using ClientVoice.QualityReports;

namespace ClientVoice.Commands;

/// <summary>The symbols that ship with the instruments, for the easy report. They stand in the page itself: its reader may have no account.</summary>
internal sealed class ReportPictures(ICatalogue catalogue) : IReportPictures
{
    public string? Find(string id) => catalogue.Current.Symbols.Find(id) is { } symbol ? $"data:image/svg+xml;base64,{Convert.ToBase64String(symbol.Bytes)}" : null;
}
