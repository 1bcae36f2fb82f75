using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Staff;

/// <summary>Answers <c>GET /staff/export</c>: everyone whom this person may manage, as an Excel file.</summary>
internal static class StaffExport
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, StaffStore staff, ClientStore store, DeskTrail trail, Language l)
    {
        var everyone = await staff.OfManagerAsync(user.PersonId(), context.RequestAborted);
        var places = (await store.PlacesAsync(context.RequestAborted)).ToDictionary(p => p.Id, p => p.Name);
        var groups = (await store.GroupsAsync(context.RequestAborted)).ToDictionary(g => g.Id, g => l[g.Name]);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Medewerkers", "Staff"],
            [
                new(l["Naam", "Name"], CellType.Text, 30), new(l["E-mailadres", "E-mail address"], CellType.Text, 34), new(l["Rol", "Role"], CellType.Text, 24),
                new(l["Plekken", "Places"], CellType.Text, 40), new(l["Alleen deze cliëntgroepen", "Only these client groups"], CellType.Text, 40), new(l["Kan inloggen", "Can sign in"], CellType.Flag),
            ]);
            foreach (var p in everyone)
            {
                sheet.Row(p.Name, p.Email, RoleNames.Of(p.Role, l), string.Join(", ", p.Places.Select(id => places[id]).Order(StringComparer.CurrentCulture)), string.Join(", ", p.Groups.Select(id => groups[id]).Order(StringComparer.CurrentCulture)), p.Disabled is null && p.HasPassword);
            }
        }

        await trail.ChangedAsync(context, "staff.export", $"staff/{everyone.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, MediaType, l["medewerkers.xlsx", "staff.xlsx"]);
    }
}
