// Signing in with the organisation's own provider, against a small one that the tests start as a process of its own.
using System.Net;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class ProviderTests(string database)
{
    private SmallProvider provider = null!;
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        provider = await SmallProvider.StartAsync();
        service = await ServiceUnderTest.StartAsync(
            [
                "--ClientVoice:Access:Provider:Authority", provider.Authority, "--ClientVoice:Access:Provider:ClientId", SmallProvider.ClientId, "--ClientVoice:Access:Provider:ClientSecret", SmallProvider.ClientSecret,
                "--ClientVoice:Access:Provider:Roles:care-workers", Roles.SupportWorker, "--ClientVoice:Access:Provider:Roles:leaders", Roles.TeamLeader,
            ],
            database: database, empty: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task WhoTheAdministratorAddedComesInAndIsKnownByTheProvidersNumberFromThenOn()
    {
        var email = await AddAsync();
        var user = new ProviderUser($"sub {email}", email, true, "care-workers");
        await provider.UseAsync(user);
        using var browser = Browser();
        Assert.That(await SignInAsync(browser, "/clients"), Is.EqualTo("/clients"), "where they were going");
        Assert.That(await browser.GetStringAsync(new Uri("/account", UriKind.Relative)), Does.Contain("Iem And"));
        await provider.UseAsync(user with { Email = "another@elsewhere", EmailVerified = false });
        using var again = Browser();
        Assert.That(await SignInAsync(again), Is.EqualTo("/"), "another address, the same person");
    }

    [Test]
    public async Task TheRoleIsThatOfTheGroupsAtEverySignIn()
    {
        var email = await AddAsync();
        var user = new ProviderUser($"sub {email}", email, true, "care-workers", "something else");
        await provider.UseAsync(user);
        using var worker = Browser();
        await SignInAsync(worker);
        Assert.That(await StatusAsync(worker, "/outcomes"), Is.EqualTo(HttpStatusCode.Forbidden));
        await provider.UseAsync(user with { Groups = ["care-workers", "leaders"] });
        using var leader = Browser();
        await SignInAsync(leader);
        Assert.That(await StatusAsync(leader, "/outcomes"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(worker, "/account"), Is.EqualTo(HttpStatusCode.Redirect), "the session with the role before is over");
        await provider.UseAsync(user with { Groups = ["something else"] });
        using var nobody = Browser();
        Assert.That(await SignInAsync(nobody), Is.EqualTo("/sign-in?provider=no-role"));
    }

    [Test]
    public async Task AnAddressThatTheProviderDoesNotVouchForIsNobodys()
    {
        var email = await AddAsync();
        await provider.UseAsync(new ProviderUser($"sub {email}", email, false, "care-workers"));
        using var browser = Browser();
        Assert.That(await SignInAsync(browser), Is.EqualTo("/sign-in?provider=unknown"));
        await provider.UseAsync(new ProviderUser("nobody", "nobody@proef", true, "care-workers"));
        Assert.That(await SignInAsync(browser), Is.EqualTo("/sign-in?provider=unknown"));
    }

    [Test]
    public async Task WhoIsShutOutHereDoesNotComeInThere()
    {
        var email = await AddAsync();
        await provider.UseAsync(new ProviderUser($"sub {email}", email, true, "care-workers"));
        using var browser = Browser();
        await SignInAsync(browser);
        await using (var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("UPDATE Person SET DisabledAt = '2026-01-01T00:00:00.000Z' WHERE Id = @id", new { id = await service.Services.GetRequiredService<People>().IdOfAsync(email, default) });
        }

        using var again = Browser();
        Assert.That(await SignInAsync(again), Is.EqualTo("/sign-in?provider=unknown"));
    }

    [Test]
    public async Task ATokenThatSomebodyElseSignedIsRefused()
    {
        var email = await AddAsync();
        await provider.UseAsync(new ProviderUser($"sub {email}", email, true, "care-workers"), forges: true);
        using var browser = Browser();
        Assert.That(await SignInAsync(browser), Is.EqualTo("/sign-in?provider=failed"));
        Assert.That(await StatusAsync(browser, "/account"), Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task ACodeWithoutTheCookieOfWhoAskedForItIsRefused()
    {
        using var asked = Browser();
        using var begin = await asked.GetAsync("/sign-in/provider");
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await there.GetAsync(begin.Headers.Location);
        using var victim = Browser();
        using var answer = await victim.GetAsync(back.Headers.Location);
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/sign-in?provider=failed"), "somebody else's code signs nobody in");
    }

    [Test]
    public async Task ANewKeyOfTheProviderIsFetchedByItself()
    {
        var email = await AddAsync();
        await provider.UseAsync(new ProviderUser($"sub {email}", email, true, "care-workers"));
        using var browser = Browser();
        Assert.That(await SignInAsync(browser), Is.EqualTo("/"));
        var fetched = await provider.KeysFetchedAsync();
        await provider.RotateAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var after = Browser();
        while (await SignInAsync(after) != "/")
        {
            // The first with the new key makes the service fetch it, which goes on beside it.
            await Task.Delay(50, patience.Token);
        }

        Assert.That(await provider.KeysFetchedAsync(), Is.GreaterThan(fetched));
    }

    [Test]
    public async Task WithoutAProviderThereIsNoSuchAddressAndNoButton()
    {
        await using var plain = await ServiceUnderTest.StartAsync(database: database, empty: true);
        using var browser = new HttpClient { BaseAddress = new Uri(plain.Address) };
        Assert.That(await StatusAsync(browser, "/sign-in/provider"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), Does.Not.Contain("/sign-in/provider"));
        Assert.That(await Browser().GetStringAsync(new Uri("/sign-in", UriKind.Relative)), Does.Contain("/sign-in/provider"));
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(service.Address) };

    private async Task<string> AddAsync()
    {
        var email = $"{Guid.NewGuid():N}@huis";
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), email, "Iem And", Roles.SupportWorker, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        return email;
    }

    // As a browser: to the provider, back with a code, and on. Returns where it ends.
    internal static async Task<string?> SignInAsync(HttpClient browser, string back = "/")
    {
        using var begin = await browser.GetAsync("/sign-in/provider?back=" + Uri.EscapeDataString(back));
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var code = await there.GetAsync(begin.Headers.Location);
        using var answer = await browser.GetAsync(code.Headers.Location);
        return answer.StatusCode == HttpStatusCode.OK ? Target().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value : answer.Headers.Location?.OriginalString;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }

    [GeneratedRegex("content=\"0;url=([^\"]+)\"")]
    private static partial Regex Target();
}
