// Signing in with a second step, sessions that can be ended, and tablets that are paired.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using OtpNet;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class SecondStepTests(string database)
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(["--ClientVoice:Access:UnpairedTablets", "false"], database: database, empty: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task TheCodeOfTheAppIsAskedAndIsGoodOnce()
    {
        var (email, person) = await AddAsync(Roles.QualityOfficer);
        var app = await SetUpAsync(person);
        using var desk = Browser();
        var second = await SignInAsync(desk, email);
        Assert.That(second, Does.Contain("Code uit uw app"), "the password alone opens nothing");
        Assert.That(await StatusAsync(desk, "/account"), Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await CodeAsync(desk, second, "000000")).Body, Does.Contain("Deze code klopt niet"));
        // The code of the half minute before was not used yet: the one of now was, to confirm.
        var code = app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));
        Assert.That((await CodeAsync(desk, second, code)).Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await StatusAsync(desk, "/account"), Is.EqualTo(HttpStatusCode.OK));
        using var other = Browser();
        Assert.That((await CodeAsync(other, await SignInAsync(other, email), code)).Body, Does.Contain("Deze code klopt niet"), "whoever read it over a shoulder is too late");
    }

    [Test]
    public async Task ARecoveryCodeOpensOnce()
    {
        var (email, person) = await AddAsync(Roles.QualityOfficer);
        await SetUpAsync(person);
        var paper = (await service.Services.GetRequiredService<SecondFactors>().NewCodesAsync(person, default))[0];
        using var desk = Browser();
        Assert.That((await CodeAsync(desk, await SignInAsync(desk, email), paper.ToLowerInvariant())).Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri("/account", UriKind.Relative))), Does.Contain("nog 9 herstelcodes"));
        using var again = Browser();
        Assert.That((await CodeAsync(again, await SignInAsync(again, email), paper)).Status, Is.EqualTo(HttpStatusCode.OK), "not twice");
    }

    [Test]
    public async Task ItIsSetUpAtTheOwnAccountWithAPictureThatNeedsNoNetwork()
    {
        var (email, _) = await AddAsync(Roles.QualityOfficer);
        using var desk = Browser();
        await SignInAsync(desk, email);
        var page = await FormAsync(desk, "/account", "begin");
        Assert.That(page.Body, Does.Contain("<svg class=\"qr\"").And.Not.Contain("<img class=\"qr"));
        var key = KeyText().Match(page.Body).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.That((await FormAsync(desk, "/account", "confirm", ("confirm-code", "123"))).Body, Does.Contain("Deze code klopt niet"));
        var done = await FormAsync(desk, "/account", "confirm", ("confirm-code", new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime)));
        Assert.That(CodeText().Matches(done.Body), Has.Count.EqualTo(SecondFactors.RecoveryCodes), "codes for who loses the phone");
        Assert.That((await FormAsync(desk, "/account", "off", ("off-code", "000000"))).Body, Does.Contain("Deze code klopt niet"), "a session that was left open turns nothing off");
    }

    [Test]
    public async Task SigningOutEverywhereEndsEverySessionAtItsNextRequest()
    {
        var (email, _) = await AddAsync(Roles.QualityOfficer);
        using var here = Browser();
        using var there = Browser();
        await SignInAsync(here, email);
        await SignInAsync(there, email);
        var page = WebUtility.HtmlDecode(await here.GetStringAsync(new Uri("/account", UriKind.Relative)));
        Assert.That(EndText().Matches(page), Has.Count.EqualTo(1), "the list shows the other one, with a button");
        await FormAsync(here, "/account", EndText().Match(page).Groups[1].Value);
        Assert.That((await StatusAsync(here, "/account"), await StatusAsync(there, "/account")), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Redirect)), "one is ended, this one is not");
        await SignInAsync(there, email);
        await FormAsync(here, "/account", "everywhere");
        Assert.That((await StatusAsync(here, "/account"), await StatusAsync(there, "/account")), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
    }

    [Test]
    public async Task ACookieThatWasKeptAfterSigningOutOpensNothing()
    {
        var (email, _) = await AddAsync(Roles.QualityOfficer);
        var jar = new CookieContainer();
        using var desk = Browser(jar);
        await SignInAsync(desk, email);
        var stolen = jar.GetCookieHeader(new Uri(service.Address));
        using var answer = await desk.DeleteAsync("/api/session");
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        thief.DefaultRequestHeaders.Add("Cookie", stolen);
        Assert.That(await StatusAsync(thief, "/account"), Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task AnotherPasswordIsSetByWhoKnowsTheOneBefore()
    {
        var (email, _) = await AddAsync(Roles.QualityOfficer);
        using var desk = Browser();
        await SignInAsync(desk, email);
        const string next = "paarse fiets onder water";
        Assert.That((await FormAsync(desk, "/account", "password", ("before", "iets anders dan"), ("password", next), ("again", next))).Body, Does.Contain("niet het wachtwoord dat u nu hebt"));
        Assert.That((await FormAsync(desk, "/account", "password", ("before", ServiceUnderTest.Password), ("password", next), ("again", next))).Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await StatusAsync(desk, "/account"), Is.EqualTo(HttpStatusCode.Redirect), "the session is over");
        Assert.That(await service.Services.GetRequiredService<People>().SignInAsync(email, next, default), Is.Not.Null);
    }

    [Test]
    public async Task ATabletIsPairedWithACodeOnceAndRevokedAtOnce()
    {
        var (leader, _) = await AddAsync(Roles.Administrator);
        var (email, _) = await AddAsync(Roles.SupportWorker);
        using var desk = Browser();
        await SignInAsync(desk, leader);
        using var tablet = Browser();
        Assert.That(await TabletAsync(tablet, email), Is.EqualTo((HttpStatusCode.Forbidden, "tablet-not-paired")));
        Assert.That(await PairAsync(tablet, "ABCD-EFGH"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var page = (await FormAsync(desk, "/tablets", "add", ("name", "Keuken 3"), ("place", ServiceUnderTest.North.ToString("D")))).Body;
        var code = PairText().Match(page).Groups[1].Value;
        Assert.That(await PairAsync(tablet, code.ToLowerInvariant()), Is.EqualTo(HttpStatusCode.NoContent));
        using var second = Browser();
        Assert.That(await PairAsync(second, code), Is.EqualTo(HttpStatusCode.UnprocessableEntity), "a code pairs one tablet");

        Assert.That((await TabletAsync(tablet, email)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await StatusAsync(tablet, "/api/work"), Is.EqualTo(HttpStatusCode.OK));
        var list = (await desk.GetStringAsync(new Uri("/tablets", UriKind.Relative)));
        Assert.That(list, Does.Contain("Keuken 3"));
        await FormAsync(desk, "/tablets", RevokeText().Match(list).Groups[1].Value);
        Assert.That(await StatusAsync(tablet, "/api/work"), Is.EqualTo(HttpStatusCode.Unauthorized), "who was signed in there is not any more");
        Assert.That((await TabletAsync(tablet, email)).Code, Is.EqualTo("tablet-not-paired"));
    }

    [Test]
    public async Task ASessionOfTheDeskHoldsNoConversations()
    {
        var (email, _) = await AddAsync(Roles.SupportWorker);
        using var desk = Browser();
        await SignInAsync(desk, email);
        Assert.That((await StatusAsync(desk, "/conversations"), await StatusAsync(desk, "/api/work")), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
    }

    [Test]
    public async Task ATabletAsksForTheSecondStepToo()
    {
        var (email, person) = await AddAsync(Roles.SupportWorker);
        var app = await SetUpAsync(person);
        using var tablet = Browser();
        var (_, code) = await service.Services.GetRequiredService<Devices>().AddAsync("Gang", ServiceUnderTest.North, ServiceUnderTest.Officer, default);
        await PairAsync(tablet, code);
        Assert.That(await TabletAsync(tablet, email), Is.EqualTo((HttpStatusCode.Unauthorized, "second-step-needed")));
        Assert.That((await TabletAsync(tablet, email, "000000")).Code, Is.EqualTo("second-step-failed"));
        Assert.That((await TabletAsync(tablet, email, app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30)))).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task TheServiceCanAskEveryoneForASecondStep()
    {
        await using var strict = await ServiceUnderTest.StartAsync(["--ClientVoice:Access:SecondStepRequired", "true"], database: database, empty: true);
        using var officer = await strict.SignedInAsync("officer@proef");
        using var answer = await officer.GetAsync("/clients");
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/account"));
        Assert.That(await StatusAsync(officer, "/account"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task OneTabletThatAsksTooMuchHoldsNoOtherUp()
    {
        await using var slow = await ServiceUnderTest.StartAsync(["--ClientVoice:Access:RequestsPerMinute", "20"], database: database, empty: true);
        using var one = await slow.SignedInAsync("worker@proef");
        using var other = await slow.SignedInAsync("colleague@proef");
        HttpResponseMessage? last = null;
        for (var i = 0; i < 60 && last?.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            last?.Dispose();
            last = await one.GetAsync("/api/session");
        }

        Assert.That((last!.StatusCode, last.Headers.RetryAfter?.Delta), Is.EqualTo((HttpStatusCode.TooManyRequests, (TimeSpan?)TimeSpan.FromMinutes(1))));
        last.Dispose();
        Assert.That(await StatusAsync(other, "/api/session"), Is.EqualTo(HttpStatusCode.OK), "the same address, another tablet");
    }

    private async Task<(string Email, Guid Person)> AddAsync(string role)
    {
        var (id, email) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}@huis");
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(id, email, "Iem And", role, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        return (email, id);
    }

    private async Task<Totp> SetUpAsync(Guid person)
    {
        var factors = service.Services.GetRequiredService<SecondFactors>();
        var app = new Totp(Base32Encoding.ToBytes(await factors.BeginAsync(person, default)));
        Assert.That(await factors.ConfirmAsync(person, app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime), default), Is.Not.Null);
        return app;
    }

    private HttpClient Browser(CookieContainer? jar = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar ?? new CookieContainer() }) { BaseAddress = new Uri(service.Address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        return client;
    }

    private static async Task<string> SignInAsync(HttpClient client, string email) =>
        (await FormAsync(client, "/sign-in", "sign-in", ("Email", email), ("Password", ServiceUnderTest.Password))).Body;

    private static Task<(HttpStatusCode Status, string Body)> CodeAsync(HttpClient client, string page, string code) =>
        FormAsync(client, "/sign-in", "second-step", ("Ticket", WebUtility.HtmlDecode(TicketText().Match(page).Groups[1].Value)), ("Code", code));

    private static async Task<(HttpStatusCode Status, string Body)> FormAsync(HttpClient client, string address, string handler, params (string Name, string Value)[] fields)
    {
        var page = await client.GetStringAsync(new Uri(address, UriKind.Relative));
        using var answer = await client.PostAsync(address, new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("_handler", handler)).Append(new("__RequestVerificationToken", TokenText().Match(page).Groups[1].Value))));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> PairAsync(HttpClient client, string code)
    {
        using var answer = await client.PostAsJsonAsync("/api/device", new { code });
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> TabletAsync(HttpClient client, string email, string? code = null)
    {
        using var answer = await client.PostAsJsonAsync("/api/session", new { email, password = ServiceUnderTest.Password, code });
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenText();

    [GeneratedRegex("name=\"Ticket\" value=\"([^\"]+)\"")]
    private static partial Regex TicketText();

    [GeneratedRegex("data-testid=\"key\">([A-Z2-7 ]+)<")]
    private static partial Regex KeyText();

    [GeneratedRegex("<li><code>[A-Z2-9]{5}-[A-Z2-9]{5}</code></li>")]
    private static partial Regex CodeText();

    [GeneratedRegex("value=\"(end-[0-9a-f-]{36})\"")]
    private static partial Regex EndText();

    [GeneratedRegex("Keuken 3</th>.*?value=\"(revoke-[0-9a-f-]{36})\"", RegexOptions.Singleline)]
    private static partial Regex RevokeText();

    [GeneratedRegex("data-testid=\"code\">([A-Z2-9-]+)<")]
    private static partial Regex PairText();
}
