using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Choices.Due;

/// <summary>Answers <c>GET /due/export</c>: who is due as the list is filtered, as an Excel file.</summary>
internal static class DueExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, DueReader reader, StaffStore staff, DeskTrail trail, Language l)
    {
        var cancel = context.RequestAborted;
        var list = ListAddress.Of(context.Request, DuePage.Filters, DueReader.Sorts);
        var lines = (await reader.ListAsync(user.PersonId(), DueFilter.Of(list), list.Sort, list.Descending, 0, int.MaxValue, cancel)).Lines;
        var names = await staff.NamesAsync([.. lines.Select(x => x.LeaderId).OfType<Guid>()], cancel);
        await trail.ChangedAsync(context, "due.export", $"due/{lines.Count}");
        return ListFile.Of(context, l["aan-de-beurt.xlsx", "who-is-due.xlsx"], l["Aan de beurt", "Due"], lines,
        [
            new(l["Aan de beurt op", "Due on"], CellType.Date, x => x.DueOn), new(l["Stand", "State"], CellType.Text, x => DueTexts.State(x.State, l)),
            new(l["Cliënt", "Client"], CellType.Text, x => x.Client, 28), new(l["Plek", "Place"], CellType.Text, x => x.Place, 24), new(l["Instrument", "Instrument"], CellType.Text, x => l[x.Instrument], 28),
            new(l["Waarom nu", "Why now"], CellType.Text, x => DueTexts.Because(x, l), 40), new(l["Wie vraagt", "Who asks"], CellType.Text, x => x.LeaderId is { } leader ? names.GetValueOrDefault(leader) : null, 24),
            new(l["Laatst gesproken", "Last spoken"], CellType.Date, x => x.LastOn), new(l["Opmerking", "Remark"], CellType.Text, x => DueTexts.Why(x.Why, l), 40),
        ]);
    }
}
