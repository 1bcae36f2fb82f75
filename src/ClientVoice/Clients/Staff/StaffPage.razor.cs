using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Problems;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Staff;

/// <summary>Adds somebody who can sign in, or changes who they are and what they may.</summary>
public partial class StaffPage
{
    private StaffMember? before;
    private Guid? seen;
    private bool isNew;
    private bool hasSecondStep;
    private string? link;
    private IReadOnlyList<PlaceLine> places = [];
    private IReadOnlyList<ClientGroup> groups = [];
    private bool isNarrowed;
    private Posted form = default!;

    /// <summary>Of the person; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private StaffStore Store { get; set; } = default!;

    [Inject]
    private StaffDesk Desk { get; set; } = default!;

    [Inject]
    private SecondFactors Factors { get; set; } = default!;

    [Inject]
    private Invitations Invitations { get; set; } = default!;

    [Inject]
    private ClientStore Clients { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private DeskChanges Changes { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        // A link may stand on it.
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L, "person");
        isNew = Context.Request.Query["new"] == "1";
        var today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        before = Id is { } id ? await Store.FindAsync(id, person, cancel) ?? throw new ProblemException(ProblemKinds.NotFound) : null;
        hasSecondStep = before is not null && await Factors.FindAsync(before.Id, cancel) is not null;
        seen = before is null ? null : await Changes.NewestAsync(before.Id, cancel);
        // A closed place stays where somebody has it already: taking it away is for whoever keeps the form.
        places = [.. (await Places.InScopeAsync(person, today, cancel)).Where(p => p.IsOpenOn(today) || before?.Places.Contains(p.Id) == true)];
        groups = await Clients.GroupsInScopeAsync(person, cancel);
        isNarrowed = (await Store.GroupsOfAsync(person, cancel)).Count > 0;
    }

    private async Task KeepAsync()
    {
        var name = form.Line("name", L["Schrijf de naam op.", "Write down the name."]);
        var email = form.Line("email", L["Schrijf het e-mailadres op.", "Write down the e-mail address."]);
        var role = form.Choice("role", Roles.All.ToDictionary(r => r), L["Kies een rol.", "Choose a role."]);
        var offered = places.ToDictionary(p => p.Id.ToString("D"), p => p.Id);
        var chosen = form.Many("places", offered.Keys, L["Kruis minstens één plek aan.", "Tick at least one place."]).Select(p => offered[p]).ToList();
        var groupsOffered = groups.ToDictionary(g => g.Id.ToString("D"), g => g.Id);
        // None is every group: that is not for somebody to give who has a few.
        var chosenGroups = form.Many("groups", groupsOffered.Keys, isNarrowed ? L["Kruis minstens één cliëntgroep aan.", "Tick at least one client group."] : null).Select(g => groupsOffered[g]).ToList();
        if (email.Length > 0 && (email.Contains(' ', StringComparison.Ordinal) || !email.Contains('@', StringComparison.Ordinal)))
        {
            form.Fault("email", L["Dit is geen e-mailadres.", "This is not an e-mail address."]);
        }

        if (form.IsGood && before is { Disabled: null, Role: Roles.Administrator } && !(role == Roles.Administrator && places[0].Kind == "organisation" && chosen.Contains(places[0].Id) && chosenGroups.Count == 0))
        {
            await LastAdministratorAsync("role", before.Id);
        }

        if (form.IsGood && before is not null && seen?.ToString("D") != (form.Raw("seen") is { Length: > 0 } then ? then : null))
        {
            form.Fault("", L["Iemand anders heeft deze medewerker intussen gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.", "Somebody else changed this member of staff meanwhile. Open the page again and look at what it says now."]);
        }

        if (form.IsGood)
        {
            var person = new StaffMember(before?.Id ?? Guid.CreateVersion7(Time.GetUtcNow()), name, email, role!, chosen, before?.Disabled, before?.HasPassword ?? false) { Groups = chosenGroups };
            await DoneAsync(before is null ? "person.add" : "person.change", person);
        }
    }

    private async Task DisableAsync(bool disable)
    {
        if (disable && before is { Role: Roles.Administrator })
        {
            await LastAdministratorAsync("", before.Id);
        }

        if (form.IsGood && before is not null)
        {
            await DoneAsync(disable ? "person.disable" : "person.enable", before with { Disabled = disable ? Time.GetUtcNow() : null });
        }
    }

    private async Task InviteAsync()
    {
        if (before is not { Disabled: null })
        {
            return;
        }

        var code = await Invitations.MakeAsync(before.Id, Context.RequestAborted);
        await Trail.ChangedAsync(Context, "person.invite", $"person/{before.Id}");
        link = $"{Navigation.BaseUri}welcome?code={code}";
    }

    private async Task RemoveSecondStepAsync()
    {
        await Factors.RemoveAsync(before!.Id, Context.RequestAborted);
        await Trail.ChangedAsync(Context, "person.second-step-off", $"person/{before.Id}");
        hasSecondStep = false;
    }

    private async Task LastAdministratorAsync(string field, Guid id)
    {
        if (!await Store.AnotherAdministratorAsync(id, Context.RequestAborted))
        {
            form.Fault(field, L["Dit is de enige beheerder van de hele organisatie. Maak eerst iemand anders beheerder.", "This is the only administrator of the whole organisation. Make somebody else administrator first."]);
        }
    }

    private async Task DoneAsync(string action, StaffMember person)
    {
        if (await Desk.KeepAsync(before, person, Context.User.PersonId(), Context.RequestAborted) is not { } change)
        {
            form.Fault("email", L["Iemand anders gebruikt dit e-mailadres al.", "Somebody else uses this e-mail address already."]);
            return;
        }

        await Trail.ChangedAsync(Context, action, $"person/{person.Id}");
        Navigation.NavigateTo($"/staff/{person.Id}?done={change}{(before is null ? "&new=1" : "")}");
    }
}
