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
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Plekken", "Places"],
            [
                new(l["Plek", "Place"], CellType.Text, 34), new(l["Soort", "Kind"], CellType.Text), new(l["Hoort bij", "Belongs to"], CellType.Text, 34), new(l["Cliënten", "Clients"], CellType.Whole),
                new(l["Medewerkers", "Staff"], CellType.Whole), new(l["Gesloten vanaf", "Closed from"], CellType.Date),
            ]);
            foreach (var p in places)
            {
                sheet.Row(p.Name, ClientTexts.Kind(p.Kind, l), p.ParentId is { } parent ? names.GetValueOrDefault(parent) : null, p.Clients, p.Staff, p.ClosedOn);
            }
        }

        await trail.ChangedAsync(context, "place.export", $"places/{places.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["plekken.xlsx", "places.xlsx"]);
    }
}
