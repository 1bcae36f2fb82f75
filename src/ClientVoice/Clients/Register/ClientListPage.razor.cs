using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Places;
using ClientVoice.Shell.Forms;
using ClientVoice.Shell.Lists;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Clients.Register;

/// <summary>The clients in somebody's scope: searched, filtered, sorted, paged.</summary>
public partial class ClientListPage
{
    /// <summary>What stands in its address.</summary>
    internal static readonly string[] Filters = ["place", "group", "state"];

    private Dictionary<Guid, ClientGroup> groups = [];
    private IReadOnlyDictionary<Guid, string> workers = new Dictionary<Guid, string>();
    private IReadOnlyList<FormOption> places = [];
    private ClientListPart page = new([], 0);
    private string? search;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ClientRegister Register { get; set; } = default!;

    [Inject]
    private ClientStore Store { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private ListAddress List { get; set; } = default!;

    private bool MayManage => Roles.Has(Context.User.PersonRole(), Right.ManageClients);

    private string? Done => int.TryParse(Context.Request.Query["read"], out var read) ? read == 1 ? L["De lijst is ingelezen: 1 cliënt.", "The list is read in: 1 client."] : L[$"De lijst is ingelezen: {read} cliënten.", $"The list is read in: {read} clients."] : null;

    private string Count => search is not null && page.Total > page.Lines.Count
        ? L[$"{page.Total} gevonden; hier staan de eerste {page.Lines.Count}. Zoek preciezer.", $"{page.Total} found; these are the first {page.Lines.Count}. Search more precisely."]
        : page.Total == 1 ? L["1 cliënt", "1 client"] : L[$"{page.Total} cliënten", $"{page.Total} clients"];

    /// <summary>What the list's address says of who is shown.</summary>
    internal static ClientFilter FilterOf(ListAddress list) => new(list.FilterId("place"), list.FilterId("group"), list.Filter("state") ?? ClientFilter.Here);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        List = ListAddress.Of(Context.Request, Filters, ClientRegister.Sorts);
        var typed = new Posted(Context, L).Raw("search")?.Trim();
        search = string.IsNullOrEmpty(typed) ? null : typed.Length > Posted.LongestLine ? typed[..Posted.LongestLine] : typed;
        groups = (await Store.GroupsInScopeAsync(person, cancel)).ToDictionary(g => g.Id);
        var tree = await Places.InScopeAsync(person, DateOnly.FromDateTime(Time.GetLocalNow().DateTime), cancel);
        places = [.. tree.Select(p => new FormOption(p.Id.ToString("D"), p.Name, p.Depth))];
        // A search looks among everyone, also who left: whoever searches knows the name, not the state.
        page = search is null
            ? await Register.ListAsync(person, FilterOf(List), List.Sort, List.Descending, List.Skip, ListAddress.PageSize, cancel)
            : await Register.ListAsync(person, new ClientFilter(null, null, ClientFilter.Everyone, search), ClientRegister.ByName, false, 0, ListAddress.PageSize, cancel);
        workers = await Staff.NamesAsync([.. page.Lines.Select(c => c.RegularWorkerId).OfType<Guid>()], cancel);
        Trail.Read(Context, "client.list", $"clients/{page.Lines.Count}");
    }
}
