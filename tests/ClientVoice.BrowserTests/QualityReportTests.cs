// The quality report in a browser: from the first draft to the council's link, and into the next report.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class QualityReportTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(demo: true);
        await service.UntilTheSchedulerHasRunAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AReportGoesFromDraftToTheCouncilAndItsPromisesIntoTheNext()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rapport", Exact = true }).First.ClickAsync();
        await SeenAsync(page, "reports");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kwaliteitsbeeld 2025" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Het hele rapport" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("report").Locator("blockquote").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("table[data-part=agreed]").First).ToContainTextAsync("Terugverteld");
        await BeginAsync(page, "Ons beeld van 2025", "year/2025");
        await SeenAsync(page, "report-draft");

        await WriteTextAsync(page);
        await PromiseAsync(page);
        await FreezeAsync(page);
        await SeenAsync(page, "report-frozen");

        await BeginAsync(page, "Ons beeld van 2026", "year/2026");
        await JudgeAsync(page);
        await PromiseAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Het hele rapport" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("report")).ToContainTextAsync("2 verbeterpunten: 0 gelukt, 1 deels, 0 niet, 1 nog niet beoordeeld.");
        await SeenAsync(page, "report-read", everySize: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "In makkelijke taal" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("easy")).ToContainTextAsync("Dat is voor een deel gelukt.");
        await SeenAsync(page, "report-easy", everySize: true);
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Terug", Exact = true }).ClickAsync();
        await FreezeAsync(page);
        await SharedAsync(page);
    }

    private async Task SharedAsync(IPage page)
    {
        await page.GetByLabel("Hoe lang").SelectOptionAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Maak een link" }).ClickAsync();
        var link = await page.GetByTestId("link").Locator("code").InnerTextAsync();
        await SeenAsync(page, "report-link");
        await using var stranger = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var council = await stranger.NewPageAsync();
        await council.GotoAsync(link);
        await Assertions.Expect(council.GetByTestId("report")).ToContainTextAsync("Wat we nu gaan doen");
        await SeenAsync(council, "report-shared");
        var download = await council.RunAndWaitForDownloadAsync(() => council.GetByRole(AriaRole.Link, new() { Name = "Word" }).ClickAsync());
        Assert.That(download.SuggestedFilename, Does.EndWith("-nl.docx"));
        if (Environment.GetEnvironmentVariable("CLIENTVOICE_PICTURES") is { Length: > 0 } folder)
        {
            await download.SaveAsAsync(Path.Combine(folder, "report.docx"));
            var sheet = await council.RunAndWaitForDownloadAsync(() => council.GetByRole(AriaRole.Link, new() { Name = "Excel" }).ClickAsync());
            await sheet.SaveAsAsync(Path.Combine(folder, "report.xlsx"));
            await council.PdfAsync(new PagePdfOptions { Path = Path.Combine(folder, "report-print.pdf"), PreferCSSPageSize = true });
        }

        await council.GetByRole(AriaRole.Link, new() { Name = "In makkelijke taal" }).ClickAsync();
        await Assertions.Expect(council.GetByTestId("easy").Locator("img").First).ToHaveJSPropertyAsync("complete", true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Trek in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Bewaard");
        var answer = await council.GotoAsync(link);
        Assert.That(answer!.Status, Is.EqualTo(404), "a link that was taken back leads nowhere");
    }

    private static async Task BeginAsync(IPage page, string title, string time)
    {
        await page.GotoAsync("/reports");
        await page.GetByLabel("Titel").FillAsync(title);
        await page.GetByLabel("Over welke tijd").SelectOptionAsync(time);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin een concept" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
    }

    private static async Task WriteTextAsync(IPage page)
    {
        await page.GetByTestId("texts").GetByRole(AriaRole.Link, new() { Name = "Inleiding" }).ClickAsync();
        const string text = "## Waarom dit rapport\n\nWij willen **eerlijk** zijn:\n\n- wat goed gaat\n- wat *anders* moet\n\n<script>alert(1)</script>";
        await page.GetByLabel("Tekst").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk hoe het wordt" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("look").Locator("strong")).ToHaveTextAsync("eerlijk");
        await Assertions.Expect(page.GetByTestId("look")).ToContainTextAsync("<script>alert(1)</script>");
        await Assertions.Expect(page.GetByLabel("Tekst")).ToHaveValueAsync(text);
        await SeenAsync(page, "report-text");
        await SignedOutMeanwhileAsync(page);
        await Assertions.Expect(page.GetByTestId("texts").Locator("li").First).ToContainTextAsync("geschreven");
    }

    // Signed out while typing: the text comes back, and is kept after signing in beside it.
    private static async Task SignedOutMeanwhileAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync(new() { Name = "cv-session" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("U bent uitgelogd, uw tekst is er nog");
        await SeenAsync(page, "signed-out-while-typing");
        var beside = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Log in op een nieuw tabblad" }).ClickAsync());
        await DeskSteps.SignInAsync(beside, "kwaliteit@demo");
        await beside.CloseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verstuur opnieuw" }).ClickAsync();
    }

    private static async Task PromiseAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Nieuw verbeterpunt" }).ClickAsync();
        await page.GetByLabel("Wat willen we bereiken?").FillAsync("Cliënten kiezen vaker zelf wat zij in hun vrije tijd doen.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Schrijf op wie ervoor zorgt");
        await SeenAsync(page, "report-point-fault");
        await page.GetByLabel("Uit welke uitkomst komt dit?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Gewenst gemiddelde").FillAsync("75");
        await page.GetByLabel("Wat gaan we doen?").FillAsync("Elk team maakt met iedere cliënt een weekplan met één eigen keuze per dag.");
        await page.GetByLabel("Wie zorgt ervoor?").FillAsync("Teamleiders wonen");
        await page.GetByLabel("Klaar op").FillAsync("2027-06-30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("points")).ToContainTextAsync("Teamleiders wonen");
    }

    private static async Task JudgeAsync(IPage page)
    {
        await page.GetByTestId("points").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByLabel("Wat is er gedaan?").FillAsync("Acht van de tien teams maakten weekplannen.");
        await page.GetByLabel("deels").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("waarom het niet helemaal is gelukt");
        await SeenAsync(page, "report-judge");
        await page.GetByLabel("Waarom ging het zo?").FillAsync("Twee teams hadden te weinig vaste mensen.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("points")).ToContainTextAsync("deels gelukt");
    }

    private static async Task FreezeAsync(IPage page)
    {
        await page.GetByLabel("Ik heb het rapport gelezen").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stel het rapport vast" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Vastgesteld rapport")).ToBeVisibleAsync();
        // The page asks again by itself until the job has made the eight files.
        await Assertions.Expect(page.GetByTestId("files").GetByRole(AriaRole.Link)).ToHaveCountAsync(8);
    }

    private static async Task SeenAsync(IPage page, string name, bool everySize = false)
    {
        await Chromium.IsAccessibleAsync(page, name);
        await Chromium.PictureAsync(page, name);
        if (!everySize)
        {
            return;
        }

        foreach (var size in (ViewportSize[])[Chromium.Portrait, Chromium.Landscape])
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} fits {size.Width}");
            await Chromium.PictureAsync(page, $"{name}-{size.Width}");
        }

        await page.SetViewportSizeAsync(Chromium.Desk.Width, Chromium.Desk.Height);
    }
}
