// What changes around a client and what is asked because of it: a day of evaluation, a move to come, a place under another region.
using System.Globalization;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class MovesAndMomentsTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnEvaluationIsNotedAndAskedForAndAMoveToComeIsEnteredAndWithdrawn()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/clients");
        await page.GetByTestId("clients").Locator("tbody a").First.ClickAsync();
        var name = await page.Locator("h1").InnerTextAsync();
        var group = await page.Locator("dl.sheet div").Filter(new() { HasText = "Cliëntgroep" }).Locator("dd").InnerTextAsync();
        await Assertions.Expect(page.GetByText("Er is nog geen dag bekend")).ToBeVisibleAsync();
        await page.GetByLabel("Dag van de evaluatie").FillAsync(Day(20));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dag noteren" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De dag is genoteerd");
        await Assertions.Expect(page.GetByTestId("evaluations").Locator("li")).ToContainTextAsync("komt nog");

        await page.GetByRole(AriaRole.Link, new() { Name = "Verhuizen" }).ClickAsync();
        await page.GetByLabel("Naar welke plek?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.GetByLabel("Op welke dag?").FillAsync(Day(12));
        await Chromium.PictureAsync(page, "move-ahead-form");
        await Chromium.IsAccessibleAsync(page, "a move ahead");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verhuizing bewaren" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("move-ahead")).ToContainTextAsync("Verhuist op");
        await Chromium.PictureAsync(page, "client-move-ahead");
        await Chromium.IsAccessibleAsync(page, "a client who is going to move");
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
        await Chromium.PictureAsync(page, "client-move-ahead-820");
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
        await page.SetViewportSizeAsync(Chromium.Desk.Width, Chromium.Desk.Height);
        await page.GetByRole(AriaRole.Button, new() { Name = "Verhuizing intrekken" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ingetrokken");
        await Assertions.Expect(page.GetByTestId("move-ahead")).ToHaveCountAsync(0);

        await page.GotoAsync("/choices");
        var card = page.Locator("section.group").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = group, Exact = true }) });
        await card.GetByText("Ander instrument kiezen").ClickAsync();
        await card.Locator(".pick input").First.CheckAsync();
        await card.GetByLabel("Wanneer").SelectOptionAsync("evaluation");
        await Assertions.Expect(card.GetByLabel("Eens per (maanden)")).ToBeVisibleAsync();
        await Assertions.Expect(card.GetByLabel("Verdeel de eerste gesprekken")).ToBeHiddenAsync();
        await card.GetByLabel("Waarom (nodig").FillAsync("Bij de evaluatie hoort het gesprek.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        await Assertions.Expect(page.GetByText("is geen evaluatie bekend")).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "choice-evaluation");
        await Chromium.IsAccessibleAsync(page, "the effect of asking at an evaluation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kies dit instrument" }).ClickAsync();
        await Assertions.Expect(page.GetByText("De keuze is gemaakt")).ToBeVisibleAsync();

        await page.GotoAsync("/due");
        var row = page.GetByTestId("due").Locator("tr").Filter(new() { HasText = "zorgplanevaluatie op" });
        await Assertions.Expect(row).ToContainTextAsync(name);
        await Chromium.PictureAsync(page, "due-reasons");
        await Chromium.IsAccessibleAsync(page, "who is due, with the reason");
        await page.GotoAsync("/language/en?back=%2Fdue");
        await Assertions.Expect(page.GetByText("care-plan evaluation on")).ToBeVisibleAsync();
    }

    [Test]
    public async Task ALocationIsPutUnderAnotherRegionAfterItsEffectWasShownAndThatIsUndone()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "beheer@demo");
        await page.GotoAsync("/places?levels=all");
        await page.GetByLabel("Naam").FillAsync("Regio Zon");
        await page.GetByLabel("regio", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plek toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("toegevoegd");

        await page.GotoAsync("/places");
        await page.GetByTestId("places").GetByRole(AriaRole.Link, new() { Name = "De Linde" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Onder een andere plek zetten" }).ClickAsync();
        await Chromium.IsAccessibleAsync(page, "which place to put it under");
        await page.GetByLabel("Waar hoort de plek straks bij?").SelectOptionAsync(new SelectOptionValue { Label = "\u00a0\u00a0\u00a0Regio Zon (regio)" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("effect")).ToContainTextAsync("blijven waar ze zijn");
        await Assertions.Expect(page.GetByTestId("effect")).ToContainTextAsync("telt het bij Regio Zon");
        await Chromium.PictureAsync(page, "place-move");
        await Chromium.IsAccessibleAsync(page, "the effect of putting a place under another one");
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
        await Chromium.PictureAsync(page, "place-move-820");
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Onder Regio Zon zetten" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("alles is weer zoals het was");
        await page.GetByRole(AriaRole.Link, new() { Name = "Onder een andere plek zetten" }).ClickAsync();
        await Assertions.Expect(page.Locator(".eyebrow")).Not.ToContainTextAsync("Regio Zon");
    }

    private static string Day(int ahead) => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
