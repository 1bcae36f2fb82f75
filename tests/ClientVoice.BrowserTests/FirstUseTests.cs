// A new organisation: from a code on the console to a first conversation on the tablet, without a line of SQL.
using ClientVoice.Access;
using ClientVoice.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class FirstUseTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(["--environment", "Production"], untouched: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnEmptyOrganisationIsLedInSixStepsToAFirstConversation()
    {
        var code = (await service.Services.GetRequiredService<FirstUse>().OpenAsync(default))!;
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Begin met de code" }).ClickAsync();
        await FoundAsync(page, code);

        await StepAsync(page, "Een plek");
        await Assertions.Expect(page.GetByText("regio", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByLabel("Naam").FillAsync("Het Huis");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plek toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Eerste stappen: 1 van 6 gedaan.")).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "first-use-banner");
        await Chromium.IsAccessibleAsync(page, "a page with the banner of the first steps");

        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende: Een cliëntgroep" }).ClickAsync();
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Bewoners");
        await page.GetByLabel("Praat", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliëntgroep toevoegen" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende: Een instrument kiezen" }).ClickAsync();
        await page.GetByLabel("Mijn verhaal").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kies dit instrument" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende: Een cliënt" }).ClickAsync();
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Carla Eerst");
        await page.GetByLabel("Praat", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliënt toevoegen" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende: Een begeleider" }).ClickAsync();
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Bo Begeleider");
        await page.GetByLabel("E-mailadres").FillAsync("bo@huis");
        await page.GetByLabel("Het Huis").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Medewerker toevoegen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Link maken" }).ClickAsync();
        var link = await page.GetByTestId("link").InnerTextAsync();
        await HoldAsync(link, () => PairingCodeAsync(page));

        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "In zes stappen" })).ToHaveCountAsync(0);
        await page.GotoAsync("/first-use");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Niet gevonden" })).ToBeVisibleAsync();
    }

    private static async Task FoundAsync(IPage page, string code)
    {
        await page.GetByLabel("Code").FillAsync("AAAA-BBBB-CCCC");
        await page.GetByLabel("Naam van de organisatie").FillAsync("Zorghuis Klein");
        await page.GetByLabel("Uw naam").FillAsync("Bea Beheer");
        await page.GetByLabel("Uw e-mailadres").FillAsync("bea@huis");
        await PasswordAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Deze code klopt niet");
        await Assertions.Expect(page.GetByLabel("Naam van de organisatie")).ToHaveValueAsync("Zorghuis Klein");
        await Chromium.PictureAsync(page, "first-use-fault");
        await Chromium.IsAccessibleAsync(page, "/first-use");
        await page.GetByLabel("Code").FillAsync(code.ToLowerInvariant().Replace('-', ' '));
        await PasswordAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "In zes stappen" })).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "first-use-steps");
        await Chromium.IsAccessibleAsync(page, "the start page with the first steps");

        async Task PasswordAsync()
        {
            await page.GetByLabel("Wachtwoord", new() { Exact = true }).FillAsync(ServiceUnderTest.Password);
            await page.GetByLabel("Wachtwoord, nog een keer").FillAsync(ServiceUnderTest.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Beginnen" }).ClickAsync();
        }
    }

    // The last step, once the worker has a password: without it the first conversation cannot be held in production.
    private static async Task<string> PairingCodeAsync(IPage page)
    {
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Een tablet koppelen" })).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "first-use-pair");
        await Chromium.IsAccessibleAsync(page, "the start page with the step of pairing");
        await page.GotoAsync("/staff");
        await Assertions.Expect(page.GetByText("Eerste stappen: 5 van 6 gedaan.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende: Een tablet koppelen" }).ClickAsync();
        await page.GetByLabel("Hoe heet hij").FillAsync("Tablet 1, keuken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Toon een code" }).ClickAsync();
        var pairing = await page.GetByTestId("code").InnerTextAsync();
        await Chromium.PictureAsync(page, "tablets-code");
        await Chromium.IsAccessibleAsync(page, "/tablets with a code");
        return pairing;
    }

    private static Task StepAsync(IPage page, string step) => page.GetByRole(AriaRole.Link, new() { Name = step }).ClickAsync();

    // The worker sets a password with the link, pairs the tablet and begins with the client who was just added.
    private async Task HoldAsync(string link, Func<Task<string>> pairingCode)
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByLabel("Nieuw wachtwoord").FillAsync(ServiceUnderTest.Password);
        await page.GetByLabel("Nog een keer").FillAsync(ServiceUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Wachtwoord zetten" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        var pairing = await pairingCode();
        var tablet = new TabletSteps(page);
        await page.GotoAsync("/tablet/");
        await tablet.AccountAsync("bo@huis", ServiceUnderTest.Password);
        await tablet.At("sign-in-pair").FillAsync("AAAA-AAAA");
        await tablet.At("sign-in-submit").ClickAsync();
        await Assertions.Expect(tablet.At("sign-in-fault")).ToContainTextAsync("koppelcode klopt niet");
        await Chromium.PictureAsync(page, "tablet-pair");
        await Chromium.IsAccessibleAsync(page, "pairing on the tablet");
        await tablet.At("sign-in-pair").FillAsync(pairing);
        await tablet.At("sign-in-submit").ClickAsync();
        await tablet.ChoosePinAsync(TabletSteps.Pin);
        await tablet.At("work-client").First.WaitForAsync();
        await tablet.BeginAsync(tablet.At("work-client").Filter(new() { HasText = "Carla" }));
        await Assertions.Expect(page.Locator("[data-testid^='question-']").First).ToBeVisibleAsync();
    }
}
