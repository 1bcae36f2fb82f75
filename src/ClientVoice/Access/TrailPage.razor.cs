using System.Globalization;
using ClientVoice.Problems;
using ClientVoice.Shell.Forms;
using ClientVoice.Shell.Lists;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Access;

/// <summary>The audit trail, for who guards privacy.</summary>
public partial class TrailPage
{
    private AuditQuery query = new(null, null, null, null, null, null);
    private IReadOnlyList<AuditFound> rows = [];
    private IReadOnlyList<(Guid Id, string Name)> staff = [];
    private IReadOnlyDictionary<Guid, string> actors = new Dictionary<Guid, string>();
    private IReadOnlyDictionary<Guid, string> keys = new Dictionary<Guid, string>();
    private IReadOnlyDictionary<Guid, string> subjects = new Dictionary<Guid, string>();
    private IReadOnlyDictionary<Guid, string> devices = new Dictionary<Guid, string>();
    private IReadOnlyList<(Guid Id, string Name, string Place)> clients = [];
    private (bool Good, string Text)? verdict;
    private string? search;
    private int total;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private AuditSearch Search { get; set; } = default!;

    [Inject]
    private AuditStore Store { get; set; } = default!;

    [Inject]
    private IAuditTrail Trail { get; set; } = default!;

    [Inject]
    private IAuditSubjects Subjects { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    [Inject]
    private Devices Devices { get; set; } = default!;

    [Inject]
    private FeedKeys Keys { get; set; } = default!;

    private ListAddress List { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        var (reader, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        List = ListAddress.Of(Context.Request, ["from", "until", "actor", "room", "about", "address"], ["number"]);
        query = new AuditQuery(Day("from"), Day("until"), List.FilterId("actor"), RoomOf(List.Filter("room")), List.FilterId("about"), List.Filter("address"));
        var typed = new Posted(Context, L, "whom").Raw("search")?.Trim();
        search = string.IsNullOrEmpty(typed) ? null : typed.Length > Posted.LongestLine ? typed[..Posted.LongestLine] : typed;
        clients = search is null ? [] : await Subjects.FindAsync(search, reader, cancel);
        (rows, total) = await Search.FindAsync(query, reader, List.Skip, ListAddress.PageSize, cancel);
        staff = [.. (await Staff.OfManagerAsync(reader, cancel)).Select(p => (p.Id, p.Name))];
        actors = await Staff.NamesAsync([.. rows.Where(r => r.Row.ActorKind == "person").Select(r => r.Row.ActorId).OfType<Guid>()], cancel);
        keys = (await Keys.AllAsync(cancel)).ToDictionary(k => k.Id, k => k.Name);
        subjects = await Subjects.NamesAsync([.. rows.Select(r => r.Row.SubjectId).Append(query.About).OfType<Guid>().Distinct()], reader, cancel);
        devices = await Devices.NamesAsync([.. rows.Select(r => r.Row.DeviceId).OfType<Guid>().Distinct()], cancel);
        // Looking into the trail is reading about people as well.
        Trail.Soon(AuditEvent.Of(Context, "trail.read", "trail", about: query.About));
    }

    private async Task CheckAsync()
    {
        var fault = await Store.FirstFaultAsync(Context.RequestAborted);
        var last = await Store.LastAsync(Context.RequestAborted);
        verdict = fault is { } number
            ? (false, L[$"Regel {L.Number(number)} klopt niet met de regel ervoor: er is iets veranderd of weggehaald.", $"Row {L.Number(number)} does not follow from the one before it: something was changed or taken out."])
            : (true, L[$"Het logboek is heel: {L.Number(last?.Number ?? 0)} regels. Schrijf dit op en bewaar het ergens anders: {last?.Hash[..16] ?? "-"}", $"The trail is whole: {L.Number(last?.Number ?? 0)} rows. Write this down and keep it elsewhere: {last?.Hash[..16] ?? "-"}"]);
        await Trail.NowAsync(AuditEvent.Of(Context, "trail.check", "trail", fault is null ? "done" : "broken"), Context.RequestAborted);
    }

    private string Actor(AuditRow row) => row.ActorKind switch
    {
        "person" => row.ActorId is { } person ? actors.GetValueOrDefault(person) ?? L["iemand die er niet meer is", "somebody who is gone"] : L["iemand", "somebody"],
        "key" => L["sleutel ", "key "] + (row.ActorId is { } key ? keys.GetValueOrDefault(key) : null),
        _ => L["het systeem", "the system"],
    };

    private DateOnly? Day(string name) => List.Filter(name) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200
            ? day
            : throw new ProblemException(ProblemKinds.BadRequest, $"{name} is a day, as 2026-12-31.");

    private static string? RoomOf(string? room) => room is null || AuditSearch.Rooms.Contains(room) ? room : throw new ProblemException(ProblemKinds.BadRequest, "room is not known.");

    private static string Short(string resource) => resource.Length <= 60 ? resource : resource[..60] + "…";
}
