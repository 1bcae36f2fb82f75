// The pages of access and privacy: somebody's own account with a second step, an emergency, and the trail in which it stands.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Tests;
using Microsoft.Playwright;
using OtpNet;

namespace ClientVoice.BrowserTests;

public sealed class AccessPagesTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task ASecondStepIsSetUpWithThePictureAndAskedAtTheNextSignIn()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Noor van Dam" }).ClickAsync();
        await Chromium.PictureAsync(page, "account");
        await Chromium.IsAccessibleAsync(page, "/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Instellen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR-code" })).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "account-qr");
        await Chromium.IsAccessibleAsync(page, "/account with a QR code");
        var app = new Totp(Base32Encoding.ToBytes((await page.GetByTestId("key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal)));
        await page.GetByLabel("zes cijfers").FillAsync(app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await page.GetByRole(AriaRole.Button, new() { Name = "Aanzetten" }).ClickAsync();
        var codes = page.GetByTestId("codes").GetByRole(AriaRole.Listitem);
        await Assertions.Expect(codes).ToHaveCountAsync(10);
        await Chromium.PictureAsync(page, "account-codes");
        await Chromium.IsAccessibleAsync(page, "/account with recovery codes");
        var paper = await codes.First.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Overal uitloggen" }).ClickAsync();
        await page.GetByLabel("E-mailadres").FillAsync("kwaliteit@demo");
        await page.GetByLabel("Wachtwoord").FillAsync(Commands.DemoOrganisation.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await page.GetByLabel("Code uit uw app").FillAsync("123456");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Deze code klopt niet");
        await Chromium.PictureAsync(page, "second-step");
        await Chromium.IsAccessibleAsync(page, "the second step");
        await page.GetByLabel("Code uit uw app").FillAsync(paper);
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).WaitForAsync();
    }

    [Test]
    public async Task AnEmergencyIsReadAndStandsInTheTrailWithItsReason()
    {
        const string reason = "Zij kwam vanavond hierheen en wij kennen haar niet.";
        var (place, name) = await ElsewhereAsync();
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "begeleider@demo");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Noodtoegang" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open voor vier uur" }).ClickAsync();
        await Chromium.PictureAsync(page, "emergency");
        await Chromium.IsAccessibleAsync(page, "/emergency with faults");
        await page.GetByLabel("Waar woont").SelectOptionAsync(new SelectOptionValue { Label = place });
        await page.GetByLabel("Hele naam").FillAsync(name);
        await page.GetByLabel("Waarom moet u dit nu weten").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open voor vier uur" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("emergency")).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "emergency-client");
        await Chromium.IsAccessibleAsync(page, "a client read in an emergency");
        await page.GotoAsync("/emergency");
        await Chromium.PictureAsync(page, "emergency-running");

        await using var other = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var trail = await other.NewPageAsync();
        await DeskSteps.SignInAsync(trail, "privacy@demo");
        await trail.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Logboek" }).ClickAsync();
        await trail.GetByLabel("Over wie: naam").FillAsync(name);
        await trail.GetByRole(AriaRole.Button, new() { Name = "Zoek deze cliënt" }).ClickAsync();
        await Chromium.PictureAsync(trail, "trail-find");
        await trail.GetByTestId("clients-found").GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(trail.GetByTestId("events")).ToContainTextAsync(reason);
        await Chromium.PictureAsync(trail, "trail");
        await Chromium.IsAccessibleAsync(trail, "/trail");
        await trail.GetByRole(AriaRole.Button, new() { Name = "Controleer alle regels" }).ClickAsync();
        await Assertions.Expect(trail.GetByTestId("verdict")).ToContainTextAsync("Het logboek is heel");
    }

    // Somebody of another place than the worker's, by a name that nobody else there has.
    private async Task<(string Place, string Name)> ElsewhereAsync()
    {
        var (people, clients) = (service.Services.GetRequiredService<People>(), service.Services.GetRequiredService<ClientStore>());
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var own = await OfAsync("begeleider@demo");
        var everyone = await OfAsync("privacy@demo");
        var client = everyone.ExceptBy(own.Select(c => c.PlaceId), c => c.PlaceId).First();
        return everyone.Where(c => c.PlaceId == client.PlaceId).GroupBy(c => c.Name).Where(g => g.Count() == 1).Select(g => (g.Single().PlaceName, g.Key)).First();

        async Task<IReadOnlyList<Client>> OfAsync(string email) =>
            await clients.InScopeAsync((await people.SignInAsync(email, Commands.DemoOrganisation.Password, default))!.Id, today, default);
    }
}
