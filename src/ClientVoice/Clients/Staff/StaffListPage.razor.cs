using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;
using ClientVoice.Shell.Lists;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Staff;

/// <summary>Who can sign in, of whom this person may manage.</summary>
public partial class StaffListPage
{
    private IReadOnlyList<PlaceLine> places = [];
    private Dictionary<Guid, string> names = [];
    private Dictionary<Guid, string> groups = [];
    private IReadOnlyList<StaffMember> shown = [];
    private int total;
    private string? search;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private StaffStore Store { get; set; } = default!;

    [Inject]
    private ClientStore Clients { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private ListAddress List { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        List = ListAddress.Of(Context.Request, ["role", "place", "state"], ["name", "role"]);
        var typed = new Posted(Context, L).Raw("search")?.Trim();
        search = string.IsNullOrEmpty(typed) ? null : typed;
        places = await Places.InScopeAsync(Context.User.PersonId(), DateOnly.FromDateTime(Time.GetLocalNow().DateTime), Context.RequestAborted);
        names = places.ToDictionary(p => p.Id, p => p.Name);
        groups = (await Clients.GroupsAsync(Context.RequestAborted)).ToDictionary(g => g.Id, g => L[g.Name]);
        // Names are cipher text and staff are some thousands at most: opened, filtered and sorted here (see ClientRegister).
        var found = (await Store.OfManagerAsync(Context.User.PersonId(), Context.RequestAborted)).Where(Passes).ToList();
        total = found.Count;
        IEnumerable<StaffMember> sorted = (List.Sort, List.Descending) switch
        {
            ("role", false) => found.OrderBy(p => RoleNames.Of(p.Role, L), StringComparer.CurrentCulture),
            ("role", true) => found.OrderByDescending(p => RoleNames.Of(p.Role, L), StringComparer.CurrentCulture),
            (_, true) => Enumerable.Reverse(found),
            _ => found,
        };
        shown = [.. sorted.Skip(search is null ? List.Skip : 0).Take(ListAddress.PageSize)];
        Trail.Read(Context, "staff.list", $"staff/{shown.Count}");
    }

    private bool Passes(StaffMember person) => search is not null
        ? search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => $"{person.Name} {person.Email}".Contains(word, StringComparison.CurrentCultureIgnoreCase))
        : (List.Filter("role") is not { } role || person.Role == role)
            && (List.FilterId("place") is not { } place || person.Places.Contains(place))
            && (person.Disabled is not null) == (List.Filter("state") == "out");

    private string State(StaffMember person) =>
        person.Disabled is not null ? L["geen toegang meer", "no access any more"]
        : person.HasPassword ? L["kan inloggen", "can sign in"]
        : L["heeft nog geen wachtwoord gezet", "has not set a password yet"];
}
