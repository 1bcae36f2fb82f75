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

    private DueFigures figures = new();
    private DueMonth? calendar;
    private IReadOnlyList<DueLine> shown = [];
    private IReadOnlyList<ClientGroup> groups = [];
    private IReadOnlyList<FormOption> places = [];
    private IReadOnlyDictionary<Guid, string> names = new Dictionary<Guid, string>();
    private string? search;
    private int total;
    private bool hasAny = true;
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

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        var today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        List = ListAddress.Of(Context.Request, Filters, DueReader.Sorts);
        month = DateOnly.TryParseExact(List.Filter("month") + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : new DateOnly(today.Year, today.Month, 1);
        groups = await Store.GroupsInScopeAsync(person, cancel);
        places = [.. (await Places.InScopeAsync(person, today, cancel)).Where(p => p.IsOpenOn(today)).Select(p => new FormOption(p.Id.ToString("D"), p.Name, p.Depth))];
        var typed = new Posted(Context, L).Raw("search")?.Trim();
        search = string.IsNullOrEmpty(typed) ? null : typed.Length > Posted.LongestLine ? typed[..Posted.LongestLine] : typed;
        if (IsCalendar && search is null)
        {
            calendar = await Reader.MonthAsync(person, DueFilter.Of(List), DueCalendar.FirstOf(month), month, DueCalendar.Shown, cancel);
            figures = calendar.Figures;
            return;
        }

        // A search looks among everyone, also who is not due yet: whoever searches knows the name.
        var part = await Reader.ListAsync(person, DueFilter.Of(List), List.Sort, List.Descending, search is null ? List.Skip : 0, ListAddress.PageSize, cancel, search);
        (shown, total, figures) = (part.Lines, part.Total, part.Figures);
        hasAny = total > 0 || await Reader.AnyAsync(person, cancel);
        names = await Staff.NamesAsync([.. shown.Select(l => l.LeaderId).OfType<Guid>()], cancel);
    }
}
