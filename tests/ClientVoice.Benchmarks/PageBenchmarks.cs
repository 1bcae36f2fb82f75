// Every page of the desk, in every role, in an organisation of a size that many have: how long it takes beside an answer that shows
// nothing. Pages come from the table of doors, so that a new one is measured without being named here.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Commands;

namespace ClientVoice.Benchmarks;

internal static partial class PageBenchmarks
{
    private const int Warm = 3;
    private const int Times = 40;

    // An address that leads nowhere, to somebody who is signed in: what an answer costs that shows nothing.
    private const string Empty = "/nothing-is-here";

    // Of those in the demo, who sees what.
    private static readonly (string Email, string Role)[] Accounts =
    [
        ("begeleider@demo", Roles.SupportWorker), ("teamleider@demo", Roles.TeamLeader), ("kwaliteit@demo", Roles.QualityOfficer),
        ("beheer@demo", Roles.Administrator), ("privacy@demo", Roles.PrivacyOfficer),
    ];

    // Where one of a thing is found.
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["client"] = "/clients", ["conversation"] = "/conversations", ["agreement"] = "/agreements?whose=all", ["place"] = "/places", ["person"] = "/staff", ["report"] = "/reports",
    };

    // Where a list is of all that was ever asked, and does not begin with what is of today.
    private static readonly string[] LongLists = ["/conversations?sort=place", "/conversations?page=30", "/agreements?whose=all", "/agreements?whose=all&state=tell", "/agreements?whose=all&state=closed"];

    /// <param name="conversations">With a past of so many; 0 for what the demo organisation has.</param>
    /// <param name="only">These addresses; empty: every page there is.</param>
    public static async Task RunAsync(int clients, int locations, int conversations, IReadOnlyList<string> only)
    {
        var making = Stopwatch.StartNew();
        await using var house = await BenchmarkHouse.StartAsync(0, DemoSize.Small with { Clients = clients, Locations = locations });
        var past = await LongPast.AddAsync(house.Database, conversations);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clients} clients at {locations} locations with {past} conversations, made in {making.Elapsed.TotalSeconds:0} s; {Times} requests of each page"));
        Console.WriteLine($"{"page",-58} {"median",9} {"95th",9} {"x empty",8}");
        var slowest = new Took("", 0, 0, 0);
        foreach (var (email, role) in Accounts)
        {
            using var person = await house.SignedInAsync(email);
            person.DefaultRequestHeaders.Add("Accept", "text/html");
            foreach (var page in only.Count == 0 ? [.. await PagesAsync(person, role), .. LongLists.Where(page => Opens(page, role))] : only.Where(page => Opens(page, role)))
            {
                await ShowAsync(person, role, page);
            }
        }

        // A team leader of one location sees little of it; somebody in that role over the whole organisation, everything.
        await house.WidenAsync(Roles.TeamLeader);
        using var leader = await house.SignedInAsync("teamleider@demo");
        leader.DefaultRequestHeaders.Add("Accept", "text/html");
        foreach (var page in only.Count == 0 ? ["/", "/conversations", .. LongLists, "/agreements", "/due", "/clients", "/outcomes"] : only.Where(page => Opens(page, Roles.TeamLeader)))
        {
            await ShowAsync(leader, "of all places", page);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest: {slowest.Page}, {slowest.High:0} ms at the 95th percentile, {slowest.High / slowest.Empty:0.0} times an empty page ({slowest.Empty:0.0} ms)"));

        async Task ShowAsync(HttpClient person, string who, string page)
        {
            var times = await MeasureAsync(person, page);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{who + " " + Named(page),-58} {times.Median,6:0.0} ms {times.High,6:0.0} ms {times.High / times.Empty,8:0.0}"));
            slowest = times.High > slowest.High ? times with { Page = $"{who} {Named(page)}" } : slowest;
        }
    }

    // In turn with the empty page, so that whatever else the machine does falls on both.
    private static async Task<Took> MeasureAsync(HttpClient person, string page)
    {
        var (seen, empty) = (new List<double>(), new List<double>());
        for (var i = -Warm; i < Times; i++)
        {
            var (one, other) = (await TimeAsync(person, page), await TimeAsync(person, Empty));
            if (i >= 0)
            {
                seen.Add(one);
                empty.Add(other);
            }
        }

        return new Took(page, At(seen, .5), At(seen, .95), At(empty, .95));
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)Math.Ceiling(share * times.Count) - 1);

    private static async Task<double> TimeAsync(HttpClient person, string page)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await person.GetAsync(new Uri(page, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        return page == Empty || answer.IsSuccessStatusCode ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{page} answered {answer.StatusCode}.");
    }

    /// <summary>The addresses of every page of a role, with the first of each thing that is there.</summary>
    public static async Task<IReadOnlyList<string>> PagesAsync(HttpClient person, string role)
    {
        var pages = new List<string>();
        foreach (var door in Doors.All.Where(d => d.Method == "GET" && d.Entrance is Entrance.Right or Entrance.SignedIn && d.Opens(role) && IsPage(d.Pattern)))
        {
            if (!door.Pattern.Contains('{', StringComparison.Ordinal))
            {
                pages.Add(door.Pattern);
            }
            else if (door.Thing is { } thing && Lists.TryGetValue(thing, out var list) && await FirstAsync(person, list) is { } id && door.Pattern.Count(c => c == '{') == 1)
            {
                pages.Add(Parameter().Replace(door.Pattern, id));
            }
        }

        return pages;
    }

    /// <summary>Whether a role may open an address.</summary>
    public static bool Opens(string page, string role) => Doors.All.Any(d => d.Method == "GET" && d.Pattern == page.Split('?')[0] && d.Opens(role));

    // A list that is downloaded is as long as the list; a page is not.
    public static bool IsPage(string pattern) => !pattern.StartsWith("/api", StringComparison.Ordinal) && !NoPage().IsMatch(pattern);

    private static async Task<string?> FirstAsync(HttpClient person, string list)
    {
        using var answer = await person.GetAsync(new Uri(list, UriKind.Relative));
        var folder = list.Split('?')[0];
        return Regex.Match(await answer.Content.ReadAsStringAsync(), $"href=\"{folder}/([0-9a-f-]{{36}})").Groups[1] is { Success: true } id ? id.Value : null;
    }

    /// <summary>An address as it is shown: without the id in it.</summary>
    public static string Named(string page) => Id().Replace(page, "…");

    private sealed record Took(string Page, double Median, double High, double Empty);

    [GeneratedRegex("export|download|template|\\.json|\\.pbids|/file$|/try$|hand-over")]
    private static partial Regex NoPage();

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
