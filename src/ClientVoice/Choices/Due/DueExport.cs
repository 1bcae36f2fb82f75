using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Choices.Due;

/// <summary>Answers <c>GET /due/export</c>: who is due as the list is filtered, as an Excel file.</summary>
internal static class DueExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, DueReader reader, ClientStore store, StaffStore staff, DeskTrail trail, Language l)
    {
        var cancel = context.RequestAborted;
        var list = ListAddress.Of(context.Request, DuePage.Filters, DuePage.Sorts);
        var lines = DuePage.Chosen(await DuePage.InPlaceAsync(await reader.OfScopeAsync(user.PersonId(), cancel), list, store, cancel), list).ToList();
        var names = await staff.NamesAsync([.. lines.Select(x => x.LeaderId).OfType<Guid>()], cancel);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Aan de beurt", "Due"],
            [
                new(l["Aan de beurt op", "Due on"], CellType.Date), new(l["Stand", "State"], CellType.Text), new(l["Cliënt", "Client"], CellType.Text, 28), new(l["Plek", "Place"], CellType.Text, 24),
                new(l["Instrument", "Instrument"], CellType.Text, 28), new(l["Waarom nu", "Why now"], CellType.Text, 40), new(l["Wie vraagt", "Who asks"], CellType.Text, 24), new(l["Laatst gesproken", "Last spoken"], CellType.Date), new(l["Opmerking", "Remark"], CellType.Text, 40),
            ]);
            foreach (var x in lines)
            {
                sheet.Row(x.DueOn, DueTexts.State(x.State, l), x.Client, x.Place, l[x.Instrument], DueTexts.Because(x, l), x.LeaderId is { } leader ? names.GetValueOrDefault(leader) : null, x.LastOn, DueTexts.Why(x.Why, l));
            }
        }

        await trail.ChangedAsync(context, "due.export", $"due/{lines.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["aan-de-beurt.xlsx", "who-is-due.xlsx"]);
    }
}
