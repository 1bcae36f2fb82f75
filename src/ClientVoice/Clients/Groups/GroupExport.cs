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
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Cliëntgroepen", "Client groups"],
            [
                new(l["Cliëntgroep", "Client group"], CellType.Text, 34), new(l["Cliënten", "Clients"], CellType.Whole), new(l["Wet", "Law"], CellType.Text), new(l["Communiceren", "Communicating"], CellType.Text, 40),
                new(l["Beperking", "Disability"], CellType.Text, 40), new(l["Ondersteuning", "Support"], CellType.Text, 40), new(l["Hoogstens per jaar", "A year at most"], CellType.Whole),
            ]);
            foreach (var g in groups)
            {
                sheet.Row(
                    l[g.Name], sizes.GetValueOrDefault(g.Id), ClientTexts.Law(g.Law, l), Words(g.Communication, CatalogueTexts.Communication), Words(g.Disability, CatalogueTexts.Disability),
                    Words(g.Setting, CatalogueTexts.Setting), g.MostPerYear);
            }
        }

        await trail.ChangedAsync(context, "group.export", $"groups/{groups.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["clientgroepen.xlsx", "client-groups.xlsx"]);

        string Words(IReadOnlyList<string> codes, Func<string, Language, string> words) => string.Join(", ", codes.Select(code => words(code, l)));
    }
}
