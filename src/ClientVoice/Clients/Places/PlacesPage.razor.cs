using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell.Forms;
using ClientVoice.Shell.Lists;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Places;

/// <summary>The places in somebody's scope as a tree, and adding one.</summary>
public partial class PlacesPage
{
    // Fewer are seen at a glance.
    private const int SearchFrom = 12;
    private IReadOnlyList<PlaceLine> all = [];
    private IReadOnlyList<PlaceLine> shown = [];
    private IReadOnlyList<PlaceLine> parents = [];
    private int closedCount;
    private DateOnly today;
    private Posted form = default!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ListAddress List { get; set; } = default!;

    // An organisation without regions and teams never sees the words, unless somebody asks for them.
    private bool AllLevels => List.Filter("levels") == "all" || all.Any(p => p.Kind is "region" or "team");

    private IReadOnlyList<FormOption> KindOptions => [.. ((string[])["location", "team", "region"]).Select(kind => new FormOption(kind, ClientTexts.Kind(kind, L)))];

    private IReadOnlyList<FormOption> ParentOptions => [.. parents.Select(p => new FormOption(p.Id.ToString("D"), $"{p.Name} ({ClientTexts.Kind(p.Kind, L)})", p.Depth))];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        form = new Posted(Context, L);
        List = ListAddress.Of(Context.Request, ["q", "closed", "levels"], ["name"]);
        today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        all = await Places.InScopeAsync(Context.User.PersonId(), today, Context.RequestAborted);
        closedCount = all.Count(p => !p.IsOpenOn(today));
        shown = [.. all
            .Where(p => List.Filter("closed") is not null || p.IsOpenOn(today))
            .Where(p => List.Filter("q") is not { } part || p.Name.Contains(part, StringComparison.CurrentCultureIgnoreCase))];
        parents = [.. all.Where(p => p.IsOpenOn(today) && PlaceStore.Below(p.Kind).Count > 0)];
    }

    private async Task AddAsync()
    {
        var name = form.Line("name", L["Schrijf op hoe de plek heet.", "Write down what the place is called."]);
        var kind = form.Choice("kind", PlaceStore.Kinds.Skip(1).ToDictionary(k => k), L["Kies wat voor plek het is.", "Choose what kind of place it is."]);
        var parent = form.Choice("parent", parents.ToDictionary(p => p.Id.ToString("D")), L["Kies waar de plek bij hoort.", "Choose what the place belongs to."]);
        if (parent is not null && kind is not null && !PlaceStore.Below(parent.Kind).Contains(kind))
        {
            form.Fault("parent", L[$"Een {ClientTexts.Kind(kind, L)} hoort niet onder een {ClientTexts.Kind(parent.Kind, L)}. Kies iets erboven.", $"A {ClientTexts.Kind(kind, L)} does not belong below a {ClientTexts.Kind(parent.Kind, L)}. Choose something above it."]);
        }

        if (parent is not null && all.Any(p => p.ParentId == parent.Id && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            form.Fault("name", L[$"Bij {parent.Name} is er al een plek met deze naam.", $"{parent.Name} has a place of this name already."]);
        }

        if (!form.IsGood)
        {
            return;
        }

        var (place, change) = await Places.AddAsync(parent!.Id, kind!, name, Context.User.PersonId(), Context.RequestAborted);
        await Trail.ChangedAsync(Context, "place.add", $"place/{place}");
        Navigation.NavigateTo($"/places?done={change}{(List.Filter("levels") is null ? "" : "&levels=all")}");
    }
}
