// Requests that nobody means well: each gets a clear refusal, and leaves everything as it was.
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;

namespace ClientVoice.Tests.Access;

public sealed partial class HostileRequestTests
{
    private static readonly string[] Injections =
    [
        "' OR '1'='1", "1; DROP TABLE Client--", "\" OR 1=1 --", "') UNION SELECT NameSecret FROM Client --", "1 AND SLEEP(5)", "%27%20OR%201%3D1", "'; WAITFOR DELAY '0:0:5'--",
        "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "../../../etc/passwd", "\0", "\u202Etxt.exe", "admin'--", "%", "_", "-1", "99999999999999999999",
    ];

    private ServiceUnderTest service = null!;
    private HttpClient stranger = null!;
    private HttpClient admin = null!;
    private HttpClient privacy = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(["--ClientVoice:Access:Proxies:0", "127.0.0.1"]);
        var people = service.Services.GetRequiredService<People>();
        await people.AddAsync(new NewPerson(Guid.CreateVersion7(), "admin@proef", "Ad Min", Roles.Administrator, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        await people.AddAsync(new NewPerson(Guid.CreateVersion7(), "privacy@proef", "Pri Vacy", Roles.PrivacyOfficer, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = ServiceUnderTest.Patience }) { BaseAddress = new Uri(service.Address) };
        stranger.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        admin = await service.SignedInAsync("admin@proef");
        privacy = await service.SignedInAsync("privacy@proef");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        stranger.Dispose();
        admin.Dispose();
        privacy.Dispose();
        await service.DisposeAsync();
    }

    [TestCase("/sign-in")]
    [TestCase("/api/session")]
    [TestCase("/odata/Outcomes")]
    [TestCase("/shell.css")]
    [TestCase("/nowhere")]
    [TestCase("/health/live")]
    public async Task EveryAnswerCarriesTheStrictestHeaders(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await stranger.SendAsync(request);
        var policy = One("Content-Security-Policy");
        Assert.Multiple(() =>
        {
            Assert.That(policy, Does.StartWith("default-src 'self'; script-src 'self'; style-src 'self'").And.Contain("frame-ancestors 'none'").And.Contain("base-uri 'none'").And.Contain("object-src 'none'").And.Contain("form-action 'self'"));
            Assert.That(policy, Does.Not.Contain("unsafe").And.Not.Contain("*").And.Not.Contain("http"));
            Assert.That(One("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(One("X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(One("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(One("Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"));
            Assert.That(One("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
            Assert.That(One("X-Permitted-Cross-Domain-Policies"), Is.EqualTo("none"));
            Assert.That(One("Permissions-Policy"), Does.Contain("camera=()").And.Contain("microphone=()").And.Contain("geolocation=()"));
            Assert.That(One("Strict-Transport-Security"), Is.EqualTo("max-age=63072000; includeSubDomains"), "over TLS");
            Assert.That(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), Is.False, "it does not tell what it is made of");
        });

        string One(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join('|', values) : "";
    }

    [Test]
    public async Task CookiesAreForThisSiteOverTlsAndForNoScript()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(new { email = "worker@proef", password = ServiceUnderTest.Password }) };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await stranger.SendAsync(request);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.That(cookies, Has.Count.EqualTo(2).And.All.Match("(?i)secure").And.All.Match("(?i)httponly").And.All.Match("(?i)samesite=strict"));
    }

    [Test]
    public async Task NothingOfPeopleIsKeptInACache()
    {
        var wrong = new List<string>();
        foreach (var (client, role) in ((HttpClient, string)[])[(admin, Roles.Administrator), (privacy, Roles.PrivacyOfficer), (await service.SignedInAsync("worker@proef"), Roles.SupportWorker)])
        {
            foreach (var door in Doors.All.Where(d => d.Method == "GET" && d.Reach is Reach.Places or Reach.Self && d.Opens(role) && !d.Pattern.Contains('{', StringComparison.Ordinal)))
            {
                using var answer = await client.GetAsync(door.Pattern);
                if (answer.Headers.CacheControl?.NoStore != true)
                {
                    wrong.Add($"{role} {door.Pattern} {answer.StatusCode}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task ABodyThatIsTooLargeOrTooDeepIsRefused()
    {
        using var large = await ServiceUnderTest.AskToSendAsync(stranger, HttpMethod.Post, "/api/session", new StringContent("{\"email\":\"" + new string('x', 3_000_000) + "\"}", Encoding.UTF8, "application/json"));
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        using var worker = await service.SignedInAsync("worker@proef");
        using var deep = await worker.PutAsync($"/api/conversations/{Guid.CreateVersion7()}", new StringContent(new string('[', 2_000) + new string(']', 2_000), Encoding.UTF8, "application/json"));
        Assert.That((deep.StatusCode, await CodeAsync(deep)), Is.EqualTo((HttpStatusCode.BadRequest, "not-json")));
        using var shallow = await stranger.PostAsync("/api/session", new StringContent("{\"email\":" + new string('[', 500) + new string(']', 500) + "}", Encoding.UTF8, "application/json"));
        Assert.That(shallow.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var twice = await worker.PutAsync($"/api/conversations/{Guid.CreateVersion7()}", new StringContent("{\"id\":1,\"id\":2}", Encoding.UTF8, "application/json"));
        Assert.That(twice.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "a member that is there twice means two things");
    }

    [Test]
    public async Task WhoSendsABodyDropByDropIsCutOff()
    {
        var address = new Uri(service.Address);
        using var line = new TcpClient();
        await line.ConnectAsync(address.Host, address.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/session HTTP/1.1\r\nHost: {address.Authority}\r\nX-ClientVoice: 1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        // The answer or the end, whichever comes: without a limit neither would.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(patience.Token);
        Assert.That(text, Is.Empty.Or.StartsWith("HTTP/1.1 408").Or.StartsWith("HTTP/1.1 400"));
    }

    [TestCase("/api/instruments/..%2f..%2f..%2fetc/passwd")]
    [TestCase("/api/instruments/%2e%2e%2f/1.0")]
    [TestCase("/api/symbols/..%2f..%2fappsettings.json")]
    [TestCase("/api/recordings/mijn-verhaal/..%2f..%2f/appsettings.json")]
    [TestCase("/api/recordings/mijn-verhaal/nl/..%5c..%5cappsettings.json")]
    [TestCase("/instruments/..%2f..%2fkeys/1.0/download")]
    [TestCase("/tablet/..%2f..%2fappsettings.json")]
    [TestCase("/tablet/%2e%2e/%2e%2e/appsettings.json")]
    [TestCase("/..%2fclientvoice.db")]
    [TestCase("/feed/excel/..%2f..%2fkeys.odc")]
    [TestCase("/clients/..%2f..%2fkeys")]
    public async Task APathThatClimbsLeadsNowhere(string address)
    {
        using var answer = await admin.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("LogLevel").And.Not.Contain("SQLite format"));
    }

    [Test]
    public async Task WhatLooksLikeSqlOrMarkupIsTextEverywhere()
    {
        string[] lists = ["/clients?sort={0}", "/clients?place={0}", "/clients?page={0}", "/staff?sort={0}", "/places?done={0}", "/due?state={0}", "/conversations?page={0}", "/outcomes?group={0}", "/tablets?revoked={0}", "/account?done={0}"];
        string[] trails = ["/trail?from={0}", "/trail?room={0}", "/trail?actor={0}", "/trail?about={0}", "/trail?address={0}", "/conversations/erase?id={0}"];
        foreach (var text in Injections)
        {
            foreach (var (client, addresses) in ((HttpClient, string[])[])[(admin, lists), (privacy, trails)])
            {
                foreach (var address in addresses)
                {
                    using var answer = await client.GetAsync(string.Format(null, address, Uri.EscapeDataString(text)));
                    var body = await answer.Content.ReadAsStringAsync();
                    Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{address} {text}");
                    Assert.That(body, Does.Not.Contain("<script>alert").And.Not.Contain("SqliteException").And.Not.Contain("SqlException"), $"{address} {text}");
                }
            }
        }

        Assert.That(await service.Services.GetRequiredService<ClientVoice.Clients.ClientStore>().AnyAsync(default), "the tables are still there");
    }

    [TestCase("//elsewhere.example")]
    [TestCase("https://elsewhere.example")]
    [TestCase("/\\elsewhere.example")]
    [TestCase("/\t/elsewhere.example")]
    [TestCase("/\r\nSet-Cookie: a=b")]
    [TestCase("/%0d%0aSet-Cookie:a=b")]
    [TestCase("javascript:alert(1)")]
    public async Task NoAddressLeadsElsewhereOrBeginsAHeader(string target)
    {
        using var language = await stranger.GetAsync("/language/nl?back=" + Uri.EscapeDataString(target));
        var page = await stranger.GetAsync("/sign-in");
        var cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in?return=" + Uri.EscapeDataString(target))
        {
            Content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Email", "worker@proef"), new("Password", ServiceUnderTest.Password), new("__RequestVerificationToken", Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value)]),
        };
        request.Headers.Add("Cookie", cookie);
        using var signIn = await stranger.SendAsync(request);
        foreach (var answer in (HttpResponseMessage[])[language, signIn])
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            var place = new Uri(new Uri(service.Address), answer.Headers.Location!);
            Assert.That(place.GetLeftPart(UriPartial.Authority), Is.EqualTo(service.Address), answer.Headers.Location!.OriginalString);
            Assert.That(answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(c => c.StartsWith("a=b", StringComparison.Ordinal)), Is.False);
        }
    }

    [TestCase("Anna\u202Eannetje")]
    [TestCase("An\u200Bna")]
    [TestCase("Anna\u0000")]
    [TestCase("Anna\u2028de Vries")]
    [TestCase("\uFEFFAnna")]
    public void ANameWithCharactersThatCannotBeSeenIsNoName(string name) => Assert.That(Posted.Unseen(name));

    [Test]
    public void ANameIsOneWhateverItWasTypedWith()
    {
        var context = new DefaultHttpContext { Request = { Method = "POST", ContentType = "application/x-www-form-urlencoded", Form = new FormCollection(new() { ["name"] = "  Rene\u0301 " }) } };
        Assert.That(new Posted(context, Language.InDutch).Line("name"), Is.EqualTo("Ren\u00e9"));
    }

    [Test]
    public async Task AFormFromElsewhereChangesNothing()
    {
        foreach (var address in (string[])["/tablets", "/places", "/account", "/desk/undo", "/sign-out", "/jobs/aggregate"])
        {
            using var answer = await admin.PostAsync(address, new FormUrlEncodedContent([new("_handler", "add"), new("name", "x")]));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), address);
        }

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        using var plain = new HttpClient { BaseAddress = new Uri(service.Address) };
        using var bare = await plain.SendAsync(request);
        Assert.That((bare.StatusCode, await CodeAsync(bare)), Is.EqualTo((HttpStatusCode.Forbidden, "header-missing")));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
