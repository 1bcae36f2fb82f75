namespace ClientVoice.QualityReports;

/// <summary>Pictures for the easy report. The house provides them: this room knows no instruments.</summary>
public interface IReportPictures
{
    /// <summary>A picture as an address that needs no right (<c>data:</c>), for readers without an account; null where there is none.</summary>
    string? Find(string id);
}
