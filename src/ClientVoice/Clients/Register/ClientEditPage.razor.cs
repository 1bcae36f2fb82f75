using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Problems;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Register;

/// <summary>Adds a client, or changes what is known of one. Where a client is, is changed by moving.</summary>
public partial class ClientEditPage
{
    // Most people have no more; who has four gets a fifth line the next time.
    private const int FewestRows = 2;

    private ClientRecord? before;
    private PlaceLine? place;
    private Guid? seen;
    private IReadOnlyList<ClientGroup> groups = [];
    private IReadOnlyList<StaffMember> workers = [];
    private IReadOnlyList<FormOption> places = [];
    private DateOnly today;
    private Posted form = default!;

    /// <summary>Of the client; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ClientRegister Register { get; set; } = default!;

    [Inject]
    private ClientWriter Writer { get; set; } = default!;

    [Inject]
    private ClientStore Store { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    [Inject]
    private DeskChanges Changes { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => before is null ? L["Nieuwe cliënt", "New client"] : before.Name;

    private int RepresentativeRows => Math.Max(FewestRows, (before?.Representatives.Count ?? 0) + 1);

    private IReadOnlyList<FormOption> GroupOptions => [.. groups.Select(g => new FormOption(g.Id.ToString("D"), L[g.Name]))];

    private IReadOnlyList<FormOption> WorkerOptions => [.. workers.Select(w => new FormOption(w.Id.ToString("D"), w.Name))];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L);
        today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        groups = await Store.GroupsInScopeAsync(person, cancel);
        var tree = await Places.InScopeAsync(person, today, cancel);
        if (Id is { } id)
        {
            before = await Register.FindAsync(id, person, cancel) ?? throw new ProblemException(ProblemKinds.NotFound);
            seen = await Changes.NewestAsync(id, cancel);
            place = tree.First(p => p.Id == before.PlaceId);
        }
        else
        {
            // Nobody lives at a region; a small organisation may be one place itself.
            List<PlaceLine> open = [.. tree.Where(p => p.IsOpenOn(today) && p.Kind != "region" && (p.Kind != "organisation" || tree.Count == 1))];
            places = [.. open.Select(p => new FormOption(p.Id.ToString("D"), p.Name, Math.Max(0, p.Depth - 1)))];
            var asked = form.Raw("place") ?? Context.Request.Query["place"].ToString();
            place = open.Count == 1 ? open[0] : open.FirstOrDefault(p => p.Id.ToString("D") == asked);
        }

        workers = place is null ? [] : await Staff.WorkersAtAsync(place.Id, null, cancel);
    }

    private async Task KeepAsync()
    {
        if (place is null || Read(place) is not { } client)
        {
            return;
        }

        DateOnly? groupFrom = before is not null && before.GroupId != client.GroupId && !string.IsNullOrEmpty(form.Raw("group-from")) ? form.Day("group-from", null) : null;
        if (groupFrom > today || groupFrom < client.FromOn)
        {
            form.Fault("group-from", L[$"De verandering van groep ligt tussen {L.Day(client.FromOn)} en vandaag.", $"The change of group lies between {L.Day(client.FromOn)} and today."]);
        }

        if (!form.IsGood)
        {
            return;
        }

        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        var (kept, change) = before is null
            ? await Writer.AddAsync(client, person, cancel)
            : await Writer.ChangeAsync(before, client, Guid.TryParseExact(form.Raw("seen"), "D", out var seenThen) ? seenThen : null, groupFrom, person, cancel);
        switch (kept)
        {
            case Kept.NumberTaken:
                form.Fault("number", L["Een andere cliënt heeft dit cliëntnummer al.", "Another client has this client number already."]);
                break;
            case Kept.ChangedMeanwhile:
                form.Fault("", L["Iemand anders heeft deze cliënt intussen gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.", "Somebody else changed this client meanwhile. Open the page again and look at what it says now."]);
                break;
            case Kept.Done:
                await Trail.ChangedAsync(Context, before is null ? "client.add" : "client.change", $"client/{client.Id}", client.Id);
                Navigation.NavigateTo(before is null ? $"/clients?done={change}" : $"/clients/{client.Id}?done={change}");
                break;
        }
    }

    private ClientRecord? Read(PlaceLine at)
    {
        var name = form.Line("name", L["Schrijf de naam van de cliënt op.", "Write down the client's name."]);
        var shortName = form.Line("short", longest: 60);
        var group = form.Choice("group", groups.ToDictionary(g => g.Id.ToString("D")), L["Kies een cliëntgroep.", "Choose a client group."]);
        var communication = form.Choice("communication", ClientCodes.Communications.ToDictionary(c => c), L["Kies hoe de cliënt communiceert.", "Choose how the client communicates."]);
        var worker = form.Choice("worker", workers.ToDictionary(w => w.Id.ToString("D")), null);
        if (worker is not null && group is not null && !worker.Sees(group.Id))
        {
            form.Fault("worker", WorkerElsewhere(worker));
        }

        var from = form.Day("from", L["Vul in sinds wanneer de cliënt in zorg is.", "Fill in since when the client is in support."]);
        var year = form.Number("year", ClientCodes.EarliestYear, today.Year);
        var number = form.Line("number", longest: 60);
        var representatives = Representatives();
        if (from > before?.UntilOn)
        {
            form.Fault("from", L[$"De zorg eindigt op {L.Day(before.UntilOn!.Value)}: het begin kan niet later zijn.", $"Support ends on {L.Day(before.UntilOn!.Value)}: its start cannot be later."]);
        }

        return !form.IsGood ? null : new ClientRecord(
            before?.Id ?? Guid.CreateVersion7(Time.GetUtcNow()), name, shortName.Length > 0 ? shortName : name.Split(' ')[0], year, communication!, at.Id, group!.Id, worker?.Id,
            number.Length > 0 ? number : null, from!.Value, before?.UntilOn, representatives) { Evaluations = before?.Evaluations ?? [] };
    }

    private string WorkerElsewhere(StaffMember worker) => L[$"{worker.Name} werkt niet met deze cliëntgroep.", $"{worker.Name} does not work with this client group."];

    private List<Representative> Representatives()
    {
        var found = new List<Representative>();
        for (var i = 0; i < RepresentativeRows; i++)
        {
            var name = form.Line(string.Create(CultureInfo.InvariantCulture, $"representative-{i}"));
            if (name.Length > 0
                && form.Choice(string.Create(CultureInfo.InvariantCulture, $"relation-{i}"), ClientCodes.Relations.ToDictionary(r => r), L[$"Kies wie {name} voor de cliënt is.", $"Choose what {name} is to the client."]) is { } relation)
            {
                found.Add(new Representative(name, relation));
            }
        }

        return found;
    }
}
