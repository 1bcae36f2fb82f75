using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Places;

/// <summary>Answers <c>GET /places/export</c>: the places in somebody's scope, closed ones too, each below its parent, as an Excel file.</summary>
internal static class PlaceExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, PlaceStore store, DeskTrail trail, Language l, TimeProvider time)
    {
        var places = await store.InScopeAsync(user.PersonId(), DateOnly.FromDateTime(time.GetLocalNow().DateTime), context.RequestAborted);
        var names = places.ToDictionary(p => p.Id, p => p.Name);
        await trail.ChangedAsync(context, "place.export", $"places/{places.Count}");
        return ListFile.Of(context, l["plekken.xlsx", "places.xlsx"], l["Plekken", "Places"], places,
        [
            new(l["Plek", "Place"], CellType.Text, p => p.Name, 34), new(l["Soort", "Kind"], CellType.Text, p => ClientTexts.Kind(p.Kind, l)),
            new(l["Hoort bij", "Belongs to"], CellType.Text, p => p.ParentId is { } parent ? names.GetValueOrDefault(parent) : null, 34), new(l["Cliënten", "Clients"], CellType.Whole, p => p.Clients),
            new(l["Medewerkers", "Staff"], CellType.Whole, p => p.Staff), new(l["Gesloten vanaf", "Closed from"], CellType.Date, p => p.ClosedOn),
        ]);
    }
}
