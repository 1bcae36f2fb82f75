using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class DuePagesTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnOfficerSeesWhoIsDueAsListAndCalendarAndPostponesWithAReason()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/due?state=all");
        await Chromium.PictureAsync(page, "due");
        await Chromium.IsAccessibleAsync(page, "/due");
        var row = page.GetByTestId("due").Locator("tbody tr").First;
        var client = await row.Locator("td a").First.InnerTextAsync();
        await row.GetByRole(AriaRole.Link, new() { Name = "Plannen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitstellen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies waarom");
        await Chromium.PictureAsync(page, "due-plan");
        await Chromium.IsAccessibleAsync(page, "planning one conversation");
        await page.GetByLabel("er speelt nu te veel").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitstellen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Bewaard");
        await page.GotoAsync("/due?state=all");
        await Assertions.Expect(page.GetByText("uitgesteld: er speelt nu te veel")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("due").Locator("tr").Filter(new() { HasText = "uitgesteld: er speelt nu te veel" })).ToContainTextAsync(client);

        await page.GetByLabel("Zoek op naam van de cliënt").FillAsync(client);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoek" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("due").Locator("tbody td:nth-child(2) a").First).ToHaveTextAsync(client);
        Assert.That(page.Url, Does.Not.Contain("search"), "a name stands in no address");
        await page.GetByRole(AriaRole.Link, new() { Name = "Hele lijst" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Als kalender" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("calendar").Locator("tbody tr").First).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "due-calendar");
        await Chromium.IsAccessibleAsync(page, "the calendar");
        await page.GetByRole(AriaRole.Link, new() { Name = "Volgende maand" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("calendar")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
        await page.GotoAsync("/due");
        await Chromium.PictureAsync(page, "due-820");
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
    }
}
