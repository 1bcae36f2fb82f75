// Every endpoint of the house, with every role and every scope, against the one table. An endpoint that is new fails here until
// somebody has said who comes in.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.QualityReports;
using ClientVoice.Shell;
using ClientVoice.Tests.Conversations;
using ClientVoice.Tests.QualityReports;
using Dapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace ClientVoice.Tests.Access;

public sealed partial class DoorsTests
{
    private const string Begin = "<!-- doors: written by DoorsTests, not by hand -->";
    private const string End = "<!-- end of doors -->";

    private static readonly Guid OtherGroup = new("01900000-0000-7000-8000-000000000090");
    private static readonly Guid Otto = new("01900000-0000-7000-8000-000000000091");

    // By place, and by client group: "group" and "other" are both at North.
    private static readonly (string Name, Guid Place, Guid[] Groups)[] Scopes =
    [
        ("organisation", ServiceUnderTest.Organisation, []), ("north", ServiceUnderTest.North, []), ("south", ServiceUnderTest.South, []),
        ("group", ServiceUnderTest.North, [ServiceUnderTest.Group]), ("other", ServiceUnderTest.North, [OtherGroup]),
    ];

    // What is of a place and of no client group.
    private static readonly string[] OfNoGroup = ["place", "reflection"];

    private readonly Dictionary<(string Role, string Scope), string> cookies = [];
    private readonly Dictionary<(string Role, string Scope), Guid> people = [];
    private readonly Dictionary<string, (Guid North, Guid South, Guid Other)> things = [];
    private ServiceUnderTest service = null!;
    private Guid otherChoice;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        http.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        var clients = service.Services.GetRequiredService<ClientStore>();
        await clients.AddGroupAsync(new ClientGroup(OtherGroup, "anders", new LocalText("Anderen", "Others"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        var since = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime).AddDays(-10);
        otherChoice = await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(OtherGroup, "mijn-verhaal", "client", since, 12, true, null, null), default);
        await clients.AddAsync([new NewClient(Otto, ServiceUnderTest.North, OtherGroup, "Otto Andergroep", "Otto", null, "speaks", null, new DateOnly(2024, 1, 1))], default);
        foreach (var role in Roles.All)
        {
            foreach (var (scope, place, groups) in Scopes)
            {
                var email = $"{role}@{scope}";
                people.Add((role, scope), Guid.CreateVersion7());
                await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(people[(role, scope)], email, $"{role} {scope}", role, ServiceUnderTest.Password, false, [place]) { Groups = groups }, default);
                using var answer = await http.PostAsJsonAsync("/api/session", new { email, password = ServiceUnderTest.Password });
                cookies.Add((role, scope), string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
            }
        }

        await FillAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public void EveryEndpointStandsInTheTableAndAsksForTheRightsThatStandThere()
    {
        var endpoints = Endpoints().ToList();
        Assert.That(endpoints.Select(e => e.Key).Distinct(), Is.EquivalentTo(Doors.All.Select(d => $"{d.Method} {d.Pattern}")), "an endpoint without a row, or a row without an endpoint");
        var doors = Doors.All.ToDictionary(d => $"{d.Method} {d.Pattern}");
        Assert.That(
            endpoints.Where(e => doors[e.Key].Entrance == Entrance.Right && !e.Policies.Order().SequenceEqual(doors[e.Key].Rights.Select(r => r.ToString()).Order())).Select(e => $"{e.Key}: {string.Join(' ', e.Policies)}"),
            Is.Empty, "an endpoint that asks for another right than its row");
    }

    [Test]
    public async Task EveryRoleComesInWhereTheTableSaysAndNowhereElse()
    {
        var wrong = new List<string>();
        foreach (var door in Doors.All)
        {
            // Going out is for anybody, and ends the session with which the others are tried.
            foreach (var ((role, scope), cookie) in door.Method == "DELETE" ? [] : cookies)
            {
                if (await ComesInAsync(door, cookie) != door.Opens(role))
                {
                    wrong.Add($"{door.Method} {door.Pattern}: {role} of {scope}");
                }
            }

            if (await ComesInAsync(door, null) != door.Opens(null))
            {
                wrong.Add($"{door.Method} {door.Pattern}: a stranger");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task WhatIsOutOfScopeIsAsAbsentAsWhatNeverWas()
    {
        var wrong = new List<string>();
        foreach (var door in Doors.All.Where(d => d.Reach == Reach.OneThing))
        {
            var (north, south, other) = things[door.Thing!];
            (string, Guid, Guid)[] scopes = [("north", north, south), ("south", south, north), .. OfNoGroup.Contains(door.Thing) ? ((string, Guid, Guid)[])[] : [("group", north, other), ("other", other, north)]];
            foreach (var role in Roles.All.Where(door.Opens))
            {
                foreach (var (scope, here, there) in scopes)
                {
                    var inside = await AskAsync(door, cookies[(role, scope)], here);
                    var outside = await AskAsync(door, cookies[(role, scope)], there);
                    var never = await AskAsync(door, cookies[(role, scope)], Guid.CreateVersion7());
                    if (inside.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden || outside.Status != HttpStatusCode.NotFound || outside != never)
                    {
                        wrong.Add($"{door.Method} {door.Pattern}: {role} of {scope}: inside {inside.Status}, outside {outside.Status}, never {never.Status}");
                    }
                }
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(Doors.All.Where(d => d.Reach == Reach.OneThing).Select(d => d.Thing).Distinct(), Is.EquivalentTo(things.Keys), "every kind of thing was tried");
    }

    [Test]
    public void AnAdministratorReadsNoAnswerAndNoOutcomeAnywhere()
    {
        Right[] answers = [Right.HoldConversations, Right.SeeConversations, Right.CorrectConversations, Right.ReadInEmergency, Right.SeeOutcomes];
        Assert.That(answers.Where(right => Roles.Has(Roles.Administrator, right)), Is.Empty);
    }

    [Test]
    public void TheReadmeShowsTheTable()
    {
        var file = Readme();
        var text = File.ReadAllText(file);
        var (from, until) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        var shown = $"{text[..from]}{Begin}\n{Table()}{text[until..]}";
        if (Environment.GetEnvironmentVariable("CLIENTVOICE_WRITE_DOORS") == "1")
        {
            File.WriteAllText(file, shown);
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo(shown), "write it anew: CLIENTVOICE_WRITE_DOORS=1 dotnet test tests/ClientVoice.Tests --filter Name=TheReadmeShowsTheTable");
    }

    [Test]
    public void EveryTestThatTheReadmeNamesExists()
    {
        var named = Named().Matches(File.ReadAllText(Readme())).Select(m => (Type: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();
        var types = typeof(DoorsTests).Assembly.GetTypes().ToLookup(t => t.Name);
        Assert.That(named, Has.Count.GreaterThan(25));
        Assert.That(named.Where(n => !types[n.Type].Any(t => t.GetMethod(n.Method) is not null)), Is.Empty);
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.AppendLine("| address | worker | observer | leader | quality | admin | privacy | anyone | scope |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        string[] roles = [Roles.SupportWorker, Roles.Observer, Roles.TeamLeader, Roles.QualityOfficer, Roles.Administrator, Roles.PrivacyOfficer];
        foreach (var door in Doors.All)
        {
            var anyone = door.Entrance switch { Entrance.Anyone => "x", Entrance.FeedKey => "key", Entrance.Nobody => "closed", _ => "" };
            var scope = door.Reach switch { Reach.Nothing => "", Reach.Places => "own places", Reach.OneThing => $"{door.Thing}: else 404", Reach.Organisation => "organisation", _ => "own" };
            var address = door.Pattern.Replace(":guid", "", StringComparison.Ordinal);
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{door.Method} {address}` | {string.Join(" | ", roles.Select(role => door.Opens(role) ? "x" : ""))} | {anyone} | {scope} |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Readme([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/ClientVoice/Access/README.md"));

    private IEnumerable<(string Key, string[] Policies)> Endpoints() =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let methods = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null ? endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "HEAD") : ["GET"]
        from method in methods
        select ($"{method} {pattern}", endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct().ToArray());

    private async Task<bool> ComesInAsync(Door door, string? cookie)
    {
        using var answer = await SendAsync(door, cookie, door.Thing is null ? null : things[door.Thing].North);
        var toSignIn = answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/sign-in?return=", StringComparison.Ordinal);
        // What is no address at all is no way in either; signing in without a name is the answer of an open door.
        return door.Pattern == "/api/session" && door.Method == "POST" ? answer.StatusCode != HttpStatusCode.Forbidden : answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && !toSignIn;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(Door door, string cookie, Guid thing)
    {
        using var answer = await SendAsync(door, cookie, thing);
        // What a page says of itself: the number of the request, and the address in the switch of languages.
        var body = answer.StatusCode == HttpStatusCode.NotFound ? Own().Replace(await answer.Content.ReadAsStringAsync(), "").Replace(thing.ToString("D"), "", StringComparison.Ordinal) : "";
        return (answer.StatusCode, body);
    }

    private async Task<HttpResponseMessage> SendAsync(Door door, string? cookie, Guid? thing)
    {
        var address = door.Pattern
            .Replace("{ClientId:guid}", (thing ?? ServiceUnderTest.Anna).ToString("D"), StringComparison.Ordinal).Replace("{ChoiceId:guid}", (thing == Otto ? otherChoice : service.Choice).ToString("D"), StringComparison.Ordinal)
            .Replace("{Id:guid}", (thing ?? ServiceUnderTest.Group).ToString("D"), StringComparison.Ordinal).Replace("{id:guid}", (thing ?? Guid.CreateVersion7()).ToString("D"), StringComparison.Ordinal)
            .Replace("{code}", "nl", StringComparison.Ordinal).Replace("{id}", "mijn-verhaal", StringComparison.Ordinal).Replace("{Id}", "mijn-verhaal", StringComparison.Ordinal).Replace("{version}", "1.0", StringComparison.Ordinal)
            .Replace("{about}", "mijn-verhaal", StringComparison.Ordinal).Replace("{language}", "nl", StringComparison.Ordinal).Replace("{file}", "a.mp3", StringComparison.Ordinal)
            .Replace("{set}", "Outcomes", StringComparison.Ordinal).Replace("{**path}", "Outcomes", StringComparison.Ordinal);
        Assert.That(address, Does.Not.Contain("{"), "say what stands in the address");
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(door.Pattern.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html"));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (door.Method is "POST" or "PUT")
        {
            request.Content = door.Thing == "conversation" ? Correction(thing!.Value) : new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request);
    }

    private StringContent Correction(Guid conversation)
    {
        var document = Talk(conversation, WhereOf(conversation));
        return new StringContent(new JsonObject { ["reason"] = "Nagekeken.", ["document"] = document }.ToJsonString(), Encoding.UTF8, "application/json");
    }

    private string WhereOf(Guid conversation) => conversation == things["conversation"].South ? "south" : conversation == things["conversation"].Other ? "other" : "north";

    private Guid ThingAt(string thing, string where) => where switch { "south" => things[thing].South, "other" => things[thing].Other, _ => things[thing].North };

    private JsonObject Talk(Guid id, string where)
    {
        var document = ConversationJson.Valid(id);
        document["client"] = ThingAt("client", where).ToString("D");
        document["agreements"]![0]!["id"] = ThingAt("agreement", where).ToString("D");
        return document;
    }

    private async Task FillAsync()
    {
        things["agreement"] = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        things["conversation"] = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        things["reflection"] = (Guid.CreateVersion7(), Guid.CreateVersion7(), default);
        things["report"] = (await FrozenReportAsync(ServiceUnderTest.North, "group"), await FrozenReportAsync(ServiceUnderTest.South, "south"), await FrozenReportAsync(ServiceUnderTest.North, "other"));
        things["client"] = (ServiceUnderTest.Anna, ServiceUnderTest.Bram, Otto);
        things["place"] = (ServiceUnderTest.North, ServiceUnderTest.South, default);
        things["person"] = (people[(Roles.Observer, "group")], ServiceUnderTest.Colleague, people[(Roles.Observer, "other")]);
        foreach (var where in (string[])["north", "south", "other"])
        {
            var cookie = cookies[(Roles.SupportWorker, where)];
            await PutAsync(ThingAt("conversation", where), Talk(ThingAt("conversation", where), where), cookie);
            if (where != "other")
            {
                var about = ReflectionTests.Valid(ThingAt("reflection", where));
                about["place"] = ThingAt("place", where).ToString("D");
                about["agreements"] = new JsonArray();
                await PutAsync(ThingAt("reflection", where), about, cookie);
            }
        }
    }

    private async Task<Guid> FrozenReportAsync(Guid place, string scope)
    {
        var store = service.Services.GetRequiredService<ReportStore>();
        var by = people[(Roles.QualityOfficer, scope)];
        var id = await store.BeginAsync(place, "year", "2026", "Rapport", by, default);
        await store.FreezeAsync(id, Reports.Full(), by, default);
        return id;
    }

    private async Task PutAsync(Guid id, JsonObject document, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/conversations/{id}") { Content = ConversationJson.Body(document) };
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("`(\\w+Tests?)\\.(\\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"|· 0H[0-9A-Z:]+")]
    private static partial Regex Own();
}
