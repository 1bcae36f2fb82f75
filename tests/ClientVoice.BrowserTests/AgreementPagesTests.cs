// After the conversation: a worker's own agreements, from the start page to the client who knows what came of it.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class AgreementPagesTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnAgreementGoesFromReminderToToldAndStandsOnTheClientsPage()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "teamleider@demo");
        await page.GotoAsync("/");
        await Chromium.PictureAsync(page, "start-reminder");
        await page.GotoAsync("/agreements?whose=all");
        await Chromium.PictureAsync(page, "agreements");
        await Chromium.IsAccessibleAsync(page, "/agreements");
        var link = page.GetByTestId("agreements").Locator("tbody th a").First;
        var what = await link.InnerTextAsync();
        await link.ClickAsync();
        await page.GetByText("Het is niet gedaan").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren dat het niet is gedaan" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Schrijf op waarom");
        await Chromium.PictureAsync(page, "agreement-fault");
        await Chromium.IsAccessibleAsync(page, "an agreement with a fault");
        await page.GetByLabel("Waarom niet?").FillAsync("De kookclub is gestopt.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren dat het niet is gedaan" }).ClickAsync();
        await Assertions.Expect(page.GetByText("nog vertellen aan de cliënt")).ToBeVisibleAsync();
        await page.GetByLabel("met plaatjes of gebaren").CheckAsync();
        await Chromium.PictureAsync(page, "agreement-tell");
        await page.GetByRole(AriaRole.Button, new() { Name = "De cliënt weet het" }).ClickAsync();
        await Assertions.Expect(page.GetByText("met plaatjes of gebaren, door Ria Willemsen")).ToBeVisibleAsync();

        var client = await page.Locator(".page-head .eyebrow").InnerTextAsync();
        await page.GotoAsync("/agreements?whose=all&state=closed");
        var row = page.GetByTestId("agreements").Locator("tbody tr").Filter(new() { HasText = what }).Filter(new() { HasText = client["Afspraak met ".Length..] }).First;
        await row.Locator("td a").First.ClickAsync();
        Assert.That(client, Does.EndWith(await page.Locator("h1").InnerTextAsync()));
        await Assertions.Expect(page.GetByText("niet gedaan, verteld op").First).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "client-talks");
        await Chromium.IsAccessibleAsync(page, "a client's page with agreements and conversations");
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
        await Chromium.PictureAsync(page, "client-talks-820");
    }
}
