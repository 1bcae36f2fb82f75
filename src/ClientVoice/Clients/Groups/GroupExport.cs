using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Clients.Groups;

/// <summary>Answers <c>GET /groups/export</c>: every client group with its profile, as an Excel file.</summary>
internal static class GroupExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClientStore store, DeskTrail trail, Language l, TimeProvider time)
    {
        var groups = await store.GroupsAsync(context.RequestAborted);
        var sizes = await store.GroupSizesAsync(DateOnly.FromDateTime(time.GetLocalNow().DateTime), context.RequestAborted);
        await trail.ChangedAsync(context, "group.export", $"groups/{groups.Count}");
        return ListFile.Of(context, l["clientgroepen.xlsx", "client-groups.xlsx"], l["Cliëntgroepen", "Client groups"], groups,
        [
            new(l["Cliëntgroep", "Client group"], CellType.Text, g => l[g.Name], 34), new(l["Cliënten", "Clients"], CellType.Whole, g => sizes.GetValueOrDefault(g.Id)), new(l["Wet", "Law"], CellType.Text, g => ClientTexts.Law(g.Law, l)),
            new(l["Communiceren", "Communicating"], CellType.Text, g => Words(g.Communication, CatalogueTexts.Communication), 40), new(l["Beperking", "Disability"], CellType.Text, g => Words(g.Disability, CatalogueTexts.Disability), 40),
            new(l["Ondersteuning", "Support"], CellType.Text, g => Words(g.Setting, CatalogueTexts.Setting), 40), new(l["Hoogstens per jaar", "A year at most"], CellType.Whole, g => g.MostPerYear),
        ]);

        string Words(IReadOnlyList<string> codes, Func<string, Language, string> words) => string.Join(", ", codes.Select(code => words(code, l)));
    }
}
