using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Feed.Pages;

/// <summary>Makes, lists and revokes keys, and shows what they read.</summary>
public partial class FeedKeysPage
{
    private const int LastReads = 50;
    private IReadOnlyList<FeedPlace> places = [];
    private IReadOnlyList<FeedKey> keys = [];
    private IReadOnlyDictionary<Guid, AuditCount> reads = new Dictionary<Guid, AuditCount>();
    private IReadOnlyList<AuditRow> last = [];
    private FeedKey? lookedAt;
    private HashSet<Guid> chosen = [];
    private IReadOnlyList<FeedClientGroup> groups = [];
    private HashSet<Guid> chosenGroups = [];
    private bool isNarrowed;
    private string? made;
    private string? fault;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private FeedKeys Keys { get; set; } = default!;

    [Inject]
    private AuditStore Trail { get; set; } = default!;

    [Inject]
    private IAuditTrail Audit { get; set; } = default!;

    [Inject]
    private FeedPlaces Places { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromForm]
    private string? Name { get; set; }

    [SupplyParameterFromForm]
    private string? Until { get; set; }

    [SupplyParameterFromQuery(Name = "revoked")]
    private string? Revoked { get; set; }

    [SupplyParameterFromQuery(Name = "read")]
    private Guid? Read { get; set; }

    private string Today => DayOf(Time.GetLocalNow());

    // A year: long enough not to be a nuisance, short enough that a forgotten key closes by itself.
    private string InAYear => DayOf(Time.GetLocalNow().AddYears(1));

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // A key may stand on it.
        Context.Response.Headers.CacheControl = "no-store";
        places = await Places.OfAsync(Context.User.PersonId(), Context.RequestAborted);
        groups = await Places.GroupsOfAsync(Context.User.PersonId(), Context.RequestAborted);
        isNarrowed = (await Staff.GroupsOfAsync(Context.User.PersonId(), Context.RequestAborted)).Count > 0;
        await ListAsync();
        lookedAt = keys.FirstOrDefault(k => k.Id == Read);
        if (lookedAt is not null)
        {
            last = await Trail.LastAsync(lookedAt.Id, LastReads, Context.RequestAborted);
        }
    }

    private async Task MakeAsync()
    {
        var name = (Name ?? "").Trim();
        chosen = Ticked("PlaceIds");
        chosenGroups = Ticked("GroupIds");
        DateTimeOffset? expires = null;
        if (!string.IsNullOrEmpty(Until))
        {
            if (!DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                fault = L["De sleutel is niet gemaakt: de datum kan niet worden gelezen.", "The key was not made: the date cannot be read."];
                return;
            }

            // Through the end of that day, here.
            var local = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
            expires = new DateTimeOffset(local, Time.LocalTimeZone.GetUtcOffset(local)).ToUniversalTime();
        }

        fault = name.Length is 0 or > 100 ? L["De sleutel is niet gemaakt: schrijf op waarvoor hij is.", "The key was not made: write down what it is for."]
            : expires <= Time.GetUtcNow() ? L["De sleutel is niet gemaakt: de laatste dag is al voorbij.", "The key was not made: the last day is over already."]
            : chosen.Count == 0 || !chosen.IsSubsetOf(places.Select(p => p.Id)) ? L["De sleutel is niet gemaakt: kies een of meer plaatsen die u mag zien.", "The key was not made: choose one or more places that you may see."]
            // None is every group: that is not for somebody to give who has a few.
            : (isNarrowed && chosenGroups.Count == 0) || !chosenGroups.IsSubsetOf(groups.Select(g => g.Id)) ? L["De sleutel is niet gemaakt: kies een of meer cliëntgroepen die u mag zien.", "The key was not made: choose one or more client groups that you may see."]
            : keys.Any(k => k.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && k.Holds(Time.GetUtcNow())) ? L["De sleutel is niet gemaakt: er is al een geldige sleutel met deze naam.", "The key was not made: there is a valid key of that name already."]
            : null;
        if (fault is not null)
        {
            return;
        }

        var key = await Keys.MakeAsync(name, chosen, chosenGroups, null, expires, Context.RequestAborted);
        await Audit.NowAsync(Happened("key.create", key.Id), Context.RequestAborted);
        (made, Name, Until, chosen, chosenGroups) = (key.Text, null, null, [], []);
        await ListAsync();
    }

    private async Task RevokeAsync(FeedKey key)
    {
        if (await Keys.RevokeAsync(key.Id, Context.RequestAborted))
        {
            await Audit.NowAsync(Happened("key.revoke", key.Id), Context.RequestAborted);
        }

        Navigation.NavigateTo("/feed/keys?revoked=1");
    }

    private AuditEvent Happened(string action, Guid key) =>
        new("person", Context.User.PersonId(), action, $"feed-key/{key}", Context.Connection.RemoteIpAddress?.ToString(), "done");

    private async Task ListAsync()
    {
        keys = await Keys.AllAsync(Context.RequestAborted);
        reads = await Trail.CountsAsync(FeedTrail.Action, Time.GetUtcNow().AddDays(-30), Context.RequestAborted);
    }

    // It expires at the end of a day, so the moment just before lies on the last one.
    private string State(FeedKey key) => key switch
    {
        { RevokedAt: { } at } => L["ingetrokken op ", "revoked on "] + DayName(at),
        { ExpiresAt: { } at } when at <= Time.GetUtcNow() => L["verlopen na ", "expired after "] + DayName(at.AddTicks(-1)),
        { ExpiresAt: { } at } => L["tot en met ", "through "] + DayName(at.AddTicks(-1)),
        _ => L["tot hij wordt ingetrokken", "until it is revoked"],
    };

    private string DayName(DateTimeOffset at) => L.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Time.LocalTimeZone).DateTime));

    private string ResultName(string result) => result switch
    {
        "200" or "204" => L["gelezen", "read"],
        "304" => L["niets nieuws", "nothing new"],
        "429" => L["te veel tegelijk", "too much at once"],
        "left" => L["afgebroken door de lezer", "broken off by the reader"],
        _ => L[$"geweigerd ({result})", $"refused ({result})"],
    };

    private HashSet<Guid> Ticked(string field) => [.. Context.Request.Form[field].Select(id => Guid.TryParse(id, out var ticked) ? ticked : Guid.Empty)];

    private string GroupName(Guid id) => groups.FirstOrDefault(g => g.Id == id) is { } group ? L[group.Name] : L["een andere groep", "another group"];

    private string PlaceName(Guid id) => places.FirstOrDefault(p => p.Id == id)?.Name ?? L["een andere plaats", "another place"];

    private string KindName(string kind) => FeedPlaces.KindName(kind).In(L.Code);

    private static string DayOf(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
