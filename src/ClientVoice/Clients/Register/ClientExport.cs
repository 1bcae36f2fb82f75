using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Register;

/// <summary>Answers <c>GET /clients/export</c>: the list as it is filtered, as an Excel file. Its headings are those of the import.</summary>
internal static class ClientExport
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static async Task<IResult> HandleAsync(
        HttpContext context, ClaimsPrincipal user, ClientRegister register, ClientStore store, StaffStore staff, DeskTrail trail, Language l)
    {
        var cancel = context.RequestAborted;
        var list = ListAddress.Of(context.Request, ClientListPage.Filters, ClientRegister.Sorts);
        var page = await register.ListAsync(user.PersonId(), ClientListPage.FilterOf(list), list.Sort, list.Descending, 0, int.MaxValue, cancel);
        var groups = (await store.GroupsAsync(cancel)).ToDictionary(g => g.Id);
        var workers = await staff.NamesAsync([.. page.Lines.Select(c => c.RegularWorkerId).OfType<Guid>()], cancel);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Cliënten", "Clients"],
            [
                new(l["Naam", "Name"], CellType.Text, 30), new(l["Roepnaam", "Short name"], CellType.Text), new(l["Plek", "Place"], CellType.Text, 24), new(l["Cliëntgroep", "Client group"], CellType.Text, 34),
                new(l["Communicatie", "Communication"], CellType.Text, 30), new(l["Vaste begeleider", "Regular worker"], CellType.Text, 24), new(l["In zorg sinds", "In support since"], CellType.Date), new(l["In zorg tot en met", "In support until"], CellType.Date),
            ]);
            foreach (var c in page.Lines)
            {
                sheet.Row(c.Name, c.ShortName, c.Place, l[groups[c.GroupId].Name], CatalogueTexts.Communication(c.Communication, l), c.RegularWorkerId is { } w ? workers.GetValueOrDefault(w) : null, c.FromOn, c.UntilOn);
            }
        }

        await trail.ChangedAsync(context, "client.export", $"clients/{page.Total}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, MediaType, l["clienten.xlsx", "clients.xlsx"]);
    }
}
