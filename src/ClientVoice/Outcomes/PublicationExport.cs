using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Outcomes;

/// <summary>Answers <c>GET /outcomes/publications/export</c>: the publications that can still be read, as an Excel file.</summary>
internal static class PublicationExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, PublicationHistory history, StaffStore staff, Language l, TimeProvider time)
    {
        // How many cells there are of all client groups is not for who sees some.
        var isNarrowed = (await staff.GroupsOfAsync(user.PersonId(), context.RequestAborted)).Count > 0;
        return ListFile.Of(context, l["publicaties.xlsx", "publications.xlsx"], l["Publicaties", "Publications"], await history.ListAsync(context.RequestAborted),
        [
            new(l["Nummer", "Number"], CellType.Whole, p => p.Number), new(l["Gemaakt", "Made"], CellType.Text, p => l.Moment(p.MadeAt, time), 24), new(l["Cellen", "Cells"], CellType.Whole, p => isNarrowed ? null : p.Cells),
            new(l["Verborgen cellen", "Hidden cells"], CellType.Whole, p => isNarrowed ? null : p.HiddenCells), new(l["Met kenmerk weggelaten", "With a mark left out"], CellType.Flag, p => p.LeftOutMarked), new(l["Vingerafdruk (SHA-256)", "Fingerprint (SHA-256)"], CellType.Text, p => p.Sha256, 66),
        ]);
    }
}
