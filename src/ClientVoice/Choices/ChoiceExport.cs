using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Choices;

/// <summary>Answers <c>GET /choices/export</c>: what every group is, was and will be asked with, as an Excel file.</summary>
internal static class ChoiceExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ChoiceStore choices, ClientStore clients, ICatalogue catalogue, DeskTrail trail, Language l)
    {
        var groups = (await clients.GroupsAsync(context.RequestAborted)).ToDictionary(g => g.Id, g => l[g.Name]);
        List<Choice> all = [.. (await choices.AllAsync(context.RequestAborted)).Where(c => !c.IsUndone).OrderBy(c => groups[c.GroupId], StringComparer.CurrentCulture).ThenBy(c => c.FromOn).ThenBy(c => c.Perspective, StringComparer.Ordinal)];
        await trail.ChangedAsync(context, "choice.export", $"choices/{all.Count}");
        return ListFile.Of(context, l["keuzes.xlsx", "choices.xlsx"], l["Keuzes", "Choices"], all,
        [
            new(l["Cliëntgroep", "Client group"], CellType.Text, c => groups[c.GroupId], 34), new(l["Instrument", "Instrument"], CellType.Text, c => catalogue.Current.Newest(c.InstrumentId) is { } i ? l[i.Title] : c.InstrumentId, 34),
            new(l["Door wie", "By whom"], CellType.Text, c => ChoiceTexts.Perspective(c.Perspective, l), 24), new(l["Wanneer", "When"], CellType.Text, c => ChoiceTexts.Rhythm(c.Moment, c.EveryMonths, l), 34),
            new(l["Vanaf", "From"], CellType.Date, c => c.FromOn), new(l["Tot en met", "Until"], CellType.Date, c => c.UntilOn), new(l["Deel van de cliënten (%)", "Share of clients (%)"], CellType.Whole, c => c.SharePercent),
            new(l["Waarnemers, minstens", "Observers, at least"], CellType.Whole, c => c.MinimumObservers), new(l["Vaste begeleider mag vragen", "Regular worker may ask"], CellType.Flag, c => c.RegularWorkerMayLead),
            new(l["Eerste gesprekken verdeeld", "First conversations spread"], CellType.Flag, c => c.Spreads), new(l["Mag zonder naam", "May be without a name"], CellType.Flag, c => c.Anonymous),
        ]);
    }
}
