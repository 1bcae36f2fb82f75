using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Shell.Forms;
using ClientVoice.Shell.Lists;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Choices.Due;

/// <summary>Who is due, as a list or as a calendar.</summary>
public partial class DuePage
{
    internal static readonly string[] Filters = ["place", "group", "state", "view", "month"];
    internal static readonly string[] Sorts = ["due", "client", "last"];

    private IReadOnlyList<DueLine> all = [];
    private List<DueLine> inPlace = [];
    private List<DueLine> shown = [];
    private IReadOnlyList<ClientGroup> groups = [];
    private IReadOnlyList<FormOption> places = [];
    private IReadOnlyDictionary<Guid, string> names = new Dictionary<Guid, string>();
    private string? search;
    private int total;
    private DateOnly month;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private DueReader Reader { get; set; } = default!;

    [Inject]
    private ClientStore Store { get; set; } = default!;

    [Inject]
    private PlaceStore Places { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    private ListAddress List { get; set; } = default!;

    private bool IsCalendar => List.Filter("view") == "calendar";

    /// <summary>The lines that a list's address asks for, in its order.</summary>
    internal static IEnumerable<DueLine> Chosen(IEnumerable<DueLine> lines, ListAddress list)
    {
        var chosen = lines.Where(l => list.Filter("state") switch
        {
            "overdue" => l.State == "overdue",
            "three" => l.Why != NotReached.None,
            "left" => l.LeftOn is not null,
            "all" => true,
            _ => l.State != "upcoming",
        });
        return (list.Sort, list.Descending) switch
        {
            ("client", false) => chosen.OrderBy(l => l.Client, StringComparer.CurrentCultureIgnoreCase),
            ("client", true) => chosen.OrderByDescending(l => l.Client, StringComparer.CurrentCultureIgnoreCase),
            ("last", false) => chosen.OrderBy(l => l.LastOn ?? DateOnly.MinValue),
            ("last", true) => chosen.OrderByDescending(l => l.LastOn ?? DateOnly.MinValue),
            (_, true) => chosen.Reverse(),
            _ => chosen,
        };
    }

    /// <summary>The lines of the place and group that a list's address asks for.</summary>
    internal static async Task<List<DueLine>> InPlaceAsync(IReadOnlyList<DueLine> lines, ListAddress list, ClientStore store, CancellationToken cancel)
    {
        var below = list.FilterId("place") is { } place ? await store.BelowAsync(place, cancel) : null;
        return [.. lines.Where(l => (below is null || below.Contains(l.PlaceId)) && (list.FilterId("group") is not { } group || l.GroupId == group))];
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        var today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        List = ListAddress.Of(Context.Request, Filters, Sorts);
        month = DateOnly.TryParseExact(List.Filter("month") + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : new DateOnly(today.Year, today.Month, 1);
        groups = await Store.GroupsInScopeAsync(person, cancel);
        places = [.. (await Places.InScopeAsync(person, today, cancel)).Where(p => p.IsOpenOn(today)).Select(p => new FormOption(p.Id.ToString("D"), p.Name, p.Depth))];
        all = await Reader.OfScopeAsync(person, cancel);
        inPlace = await InPlaceAsync(all, List, Store, cancel);
        var typed = new Posted(Context, L).Raw("search")?.Trim();
        search = string.IsNullOrEmpty(typed) ? null : typed.Length > Posted.LongestLine ? typed[..Posted.LongestLine] : typed;
        // A search looks among everyone, also who is not due yet: whoever searches knows the name.
        var chosen = (search is null ? Chosen(inPlace, List) : all.Where(l => NameSearch.Matches(l.Client, search))).ToList();
        total = chosen.Count;
        shown = [.. chosen.Skip(search is null ? List.Skip : 0).Take(ListAddress.PageSize)];
        names = await Staff.NamesAsync([.. shown.Select(l => l.LeaderId).OfType<Guid>()], cancel);
    }
}
