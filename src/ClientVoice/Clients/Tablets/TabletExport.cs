using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Tablets;

/// <summary>Answers <c>GET /tablets/export</c>: the tablets as the list is filtered, as an Excel file.</summary>
internal static class TabletExport
{
    /// <summary>Since when a tablet is paired, or why it is not.</summary>
    public static string Paired(Tablet tablet, Language l, TimeProvider time) =>
        tablet.RevokedAt is { } revoked ? l[$"buiten gebruik sinds {l.Moment(revoked, time)}", $"out of use since {l.Moment(revoked, time)}"]
        : tablet.PairedAt is { } paired ? l.Moment(paired, time) : l["wacht op de code", "waits for the code"];

    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, Devices devices, PlaceStore places, DeskTrail trail, Language l, TimeProvider time)
    {
        var cancel = context.RequestAborted;
        var list = TabletsPage.ListOf(context.Request);
        var (tablets, _) = await devices.ListAsync(user.PersonId(), list.FilterId("place"), list.Filter("state"), list.Sort, list.Descending, 0, int.MaxValue, cancel);
        var names = (await places.InScopeAsync(user.PersonId(), DateOnly.FromDateTime(time.GetLocalNow().DateTime), cancel)).ToDictionary(p => p.Id, p => p.Name);
        await trail.ChangedAsync(context, "device.export", $"devices/{tablets.Count}");
        return ListFile.Of(context, "tablets.xlsx", "Tablets", tablets,
        [
            new("Tablet", CellType.Text, t => t.Name, 34), new(l["Plek", "Place"], CellType.Text, t => names.GetValueOrDefault(t.PlaceId), 30), new(l["Gekoppeld", "Paired"], CellType.Text, t => Paired(t, l, time), 34),
            new(l["Laatst ingelogd", "Last signed in on"], CellType.Text, t => t.SeenAt is { } seen ? l.Moment(seen, time) : null, 24),
        ]);
    }
}
