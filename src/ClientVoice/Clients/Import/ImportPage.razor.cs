using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients.Register;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Import;

/// <summary>Where somebody is on the way from a file to clients.</summary>
internal enum ImportState
{
    Upload,
    Map,
    Look,
}

/// <summary>Reads a client list in, in three steps: the file, its columns, and what it would do.</summary>
public partial class ImportPage
{
    // Enough to see what is the matter; who has more faults has one that repeats.
    private const int MostShown = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private ImportState state = ImportState.Upload;
    private ImportTable? table;
    private string? draft;
    private IReadOnlyList<ImportField?> fields = [];
    private IReadOnlyList<ClientGroup> groups = [];
    private ImportPlan? plan;
    private Dictionary<Guid, string> places = [];
    private Posted form = default!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ImportColumns Columns { get; set; } = default!;

    [Inject]
    private ImportDraft Draft { get; set; } = default!;

    [Inject]
    private ImportPlanner Planner { get; set; } = default!;

    [Inject]
    private ImportRuns Runs { get; set; } = default!;

    [Inject]
    private ClientStore Store { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L);
        groups = await Store.GroupsInScopeAsync(Context.User.PersonId(), Context.RequestAborted);
    }

    private async Task StepAsync()
    {
        if (form.Raw("step") == "upload")
        {
            await UploadAsync();
            return;
        }

        draft = form.Raw("draft");
        table = Draft.Open(draft, Context.User.PersonId());
        if (table is null)
        {
            form.Fault("", L["Deze lijst is te lang geleden opgestuurd. Kies het bestand opnieuw.", "This list was sent too long ago. Choose the file again."]);
            return;
        }

        fields = [.. table.Headings.Select((_, i) => ImportField.All.FirstOrDefault(f => f.Code == form.Raw(string.Create(CultureInfo.InvariantCulture, $"column-{i}"))))];
        state = ImportState.Map;
        if (form.Raw("step") != "map")
        {
            await LookAsync(form.Raw("step") == "do");
        }
    }

    private async Task UploadAsync()
    {
        if (Context.Request.Form.Files["file"] is not { Length: > 0 } file)
        {
            form.Fault("file", L["Kies een bestand.", "Choose a file."]);
            return;
        }

        try
        {
            await using var stream = file.OpenReadStream();
            table = SheetReader.Read(stream);
            draft = Draft.Seal(table, Context.User.PersonId());
            fields = await Columns.SuggestAsync(table.Headings, Context.RequestAborted);
            state = ImportState.Map;
        }
        catch (ImportException wrong)
        {
            form.Fault("file", L[ImportFault.Text(wrong.Kind)]);
        }
    }

    private async Task LookAsync(bool carryOut)
    {
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        var wishes = new ImportWishes(
            fields, groups.FirstOrDefault(g => g.Id.ToString("D") == form.Raw("group"))?.Id, ClientCodes.Communications.FirstOrDefault(c => c == form.Raw("communication")), form.Raw("complete") == "yes");
        plan = await Planner.PlanAsync(table!, wishes, person, cancel);
        places = (await Store.PlacesAsync(cancel)).ToDictionary(p => p.Id, p => p.Name);
        state = ImportState.Look;
        // At the look before the last step they were remembered already.
        if (!carryOut && plan.Faults.All(f => f.Row is not null))
        {
            await Columns.RememberAsync(table!.Headings, fields, cancel);
        }

        if (!carryOut || !plan.IsGood || plan.IsEmpty)
        {
            return;
        }

        var batch = Guid.CreateVersion7(Time.GetUtcNow());
        var run = Runs.Start(plan, batch, person, AuditEvent.Of(Context, "client.import", $"batch/{batch}"));
        // A short list is there before anybody could read how far it is.
        await Task.WhenAny(run.Written, Task.Delay(Patience, Time, cancel));
        Navigation.NavigateTo($"/clients/import/{batch}");
    }

    private IEnumerable<(string Title, IReadOnlyList<string> Lines)> Lists()
    {
        (string, IReadOnlyList<string>)[] lists =
        [
            (L["Verhuist", "Moves"], [.. plan!.Changed.Where(c => c.Moves).Select(c => $"{c.After.Name}: {places[c.Before.PlaceId]} → {places[c.After.PlaceId]}")]),
            (L["Gaat uit zorg", "Leaves"], [.. plan.Missing.Concat(plan.Changed.Where(c => c.Leaves)).Select(c => $"{c.After.Name}: {L["tot en met", "until"]} {L.Day(c.After.UntilOn!.Value)}")]),
            (L["Wijzigt", "Changes"], [.. plan.Changed.Where(c => !c.Moves && !c.Leaves).Select(c => c.After.Name)]),
            (L["Nieuw", "New"], [.. plan.New.Select(c => $"{c.Name}: {places[c.PlaceId]}")]),
        ];
        return lists.Where(l => l.Item2.Count > 0);
    }
}
