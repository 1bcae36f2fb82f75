using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Import;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Register;

/// <summary>Answers <c>GET /clients/export</c>: the list as it is filtered, as an Excel file. Its headings are those of the import.</summary>
internal static class ClientExport
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ClaimsPrincipal user, ClientRegister register, ClientStore store, StaffStore staff, DeskTrail trail, Language l, TimeProvider time)
    {
        var cancel = context.RequestAborted;
        var list = ListAddress.Of(context.Request, ClientListPage.Filters, ClientRegister.Sorts);
        var page = await register.ListAsync(user.PersonId(), ClientListPage.FilterOf(list), list.Sort, list.Descending, 0, int.MaxValue, cancel);
        var groups = (await store.GroupsAsync(cancel)).ToDictionary(g => g.Id);
        var workers = await staff.NamesAsync([.. page.Lines.Select(c => c.RegularWorkerId).OfType<Guid>()], cancel);
        var (evaluations, today) = (await store.EvaluationsInScopeAsync(user.PersonId(), cancel), DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        await trail.ChangedAsync(context, "client.export", $"clients/{page.Total}");
        return ListFile.Of(context, l["clienten.xlsx", "clients.xlsx"], l["Cliënten", "Clients"], page.Lines,
        [
            new(l["Naam", "Name"], CellType.Text, c => c.Name, 30), new(l["Roepnaam", "Short name"], CellType.Text, c => c.ShortName), new(l["Plek", "Place"], CellType.Text, c => c.Place, 24),
            new(l["Cliëntgroep", "Client group"], CellType.Text, c => l[groups[c.GroupId].Name], 34), new(l["Communicatie", "Communication"], CellType.Text, c => CatalogueTexts.Communication(c.Communication, l), 30),
            new(l["Vaste begeleider", "Regular worker"], CellType.Text, c => c.RegularWorkerId is { } w ? workers.GetValueOrDefault(w) : null, 24),
            new(l["In zorg sinds", "In support since"], CellType.Date, c => c.FromOn), new(l["In zorg tot en met", "In support until"], CellType.Date, c => c.UntilOn),
            new(l[ImportField.Evaluation.Title], CellType.Date, c => EvaluationDays.Nearest(evaluations[c.Id], today)),
        ]);
    }
}
