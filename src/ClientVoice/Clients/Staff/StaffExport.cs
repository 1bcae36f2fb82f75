using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Staff;

/// <summary>Answers <c>GET /staff/export</c>: everyone whom this person may manage, as an Excel file.</summary>
internal static class StaffExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, StaffStore staff, ClientStore store, DeskTrail trail, Language l)
    {
        var everyone = await staff.OfManagerAsync(user.PersonId(), context.RequestAborted);
        var places = (await store.PlacesAsync(context.RequestAborted)).ToDictionary(p => p.Id, p => p.Name);
        var groups = (await store.GroupsAsync(context.RequestAborted)).ToDictionary(g => g.Id, g => l[g.Name]);
        await trail.ChangedAsync(context, "staff.export", $"staff/{everyone.Count}");
        return ListFile.Of(context, l["medewerkers.xlsx", "staff.xlsx"], l["Medewerkers", "Staff"], everyone,
        [
            new(l["Naam", "Name"], CellType.Text, p => p.Name, 30), new(l["E-mailadres", "E-mail address"], CellType.Text, p => p.Email, 34), new(l["Rol", "Role"], CellType.Text, p => RoleNames.Of(p.Role, l), 24),
            new(l["Plekken", "Places"], CellType.Text, p => string.Join(", ", p.Places.Select(id => places[id]).Order(StringComparer.CurrentCulture)), 40),
            new(l["Alleen deze cliëntgroepen", "Only these client groups"], CellType.Text, p => string.Join(", ", p.Groups.Select(id => groups[id]).Order(StringComparer.CurrentCulture)), 40),
            new(l["Kan inloggen", "Can sign in"], CellType.Flag, p => p.Disabled is null && p.HasPassword),
        ]);
    }
}
