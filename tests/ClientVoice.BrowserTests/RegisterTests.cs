// The desk's register: places, client groups, staff and clients, kept by an administrator.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class RegisterTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task EveryScreenOfTheRegisterCanBeUsedByEveryoneInBothLanguages()
    {
        foreach (var size in (ViewportSize[])[Chromium.Desk, Chromium.Portrait])
        {
            await using var context = await Chromium.ContextAsync(size, service.Address);
            var page = await context.NewPageAsync();
            var faults = new List<string>();
            page.Console += (_, message) => faults.AddRange(message.Type == "error" ? [message.Text] : []);
            await DeskSteps.SignInAsync(page, "beheer@demo");
            var client = await FirstAsync(page, "/clients", "clients");
            var place = await FirstAsync(page, "/places", "places");
            var person = await FirstAsync(page, "/staff", "staff");
            var location = await page.EvaluateAsync<string>("fetch('/clients/new').then(r => r.text()).then(t => /<option value=\"([^\"]+)\"/.exec(t)[1])");
            (string Address, string Name)[] screens =
            [
                ("/", "start-admin"), ("/clients", "clients"), ("/clients/new", "client-where"), ($"/clients/new?place={location}", "client-new"), (client, "client"), (client + "/edit", "client-edit"),
                (client + "/move", "client-move"), (client + "/leave", "client-leave"), ("/places", "places"), (place, "place"), ("/groups", "groups"), ("/groups/new", "group-new"),
                ("/staff", "staff"), ("/staff/new", "staff-new"), (person, "staff-one"), ("/welcome?code=nothing", "welcome-old"),
            ];
            foreach (var (address, name) in screens)
            {
                foreach (var language in size == Chromium.Desk ? (string[])["nl", "en"] : ["nl"])
                {
                    await page.GotoAsync($"/language/{language}?back={Uri.EscapeDataString(address)}");
                    await Chromium.PictureAsync(page, $"{name}-{size.Width}-{language}");
                    if (language == "nl")
                    {
                        await Chromium.IsAccessibleAsync(page, $"{address} {size.Width}");
                    }

                    Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{address} fits {size.Width} wide");
                }
            }

            Assert.That(faults, Is.Empty, "nothing is blocked by the content security policy");
        }
    }

    [Test]
    public async Task AnAdministratorAddsAPlaceAGroupAWorkerWhoSetsAPasswordAndAClientWhoMovesAndLeaves()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "beheer@demo");

        await page.GotoAsync("/places");
        await page.GetByLabel("Naam").FillAsync("De Nieuwe Hoek");
        await page.GetByLabel("Hoort bij").SelectOptionAsync(new SelectOptionValue { Label = "\u00a0\u00a0\u00a0Regio Noord (regio)" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Plek toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De plek is toegevoegd");

        await page.GotoAsync("/groups/new");
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Nieuwe groep");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliëntgroep toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("manier van communiceren");
        await Assertions.Expect(page.GetByLabel("Naam", new() { Exact = true })).ToHaveValueAsync("Nieuwe groep");
        await Chromium.PictureAsync(page, "group-fault");
        await Chromium.IsAccessibleAsync(page, "a form with a fault");
        await page.GetByLabel("Praat", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliëntgroep toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nieuwe groep" })).ToBeVisibleAsync();

        await AddWorkerAsync(page, "Yara Nieuw", "yara@proef");
        await SetPasswordAsync(await page.GetByTestId("link").InnerTextAsync(), "yara@proef");

        await page.GotoAsync("/clients/new");
        await page.GetByLabel("Plek").SelectOptionAsync(new SelectOptionValue { Label = "\u00a0De Nieuwe Hoek".Replace("\u00a0", "\u00a0\u00a0\u00a0", StringComparison.Ordinal) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync("Ömer Ångström");
        await page.GetByLabel("Cliëntgroep").SelectOptionAsync("Nieuwe groep");
        await page.GetByLabel("Vaste begeleider").SelectOptionAsync("Yara Nieuw");
        await page.GetByLabel("Geboortejaar").FillAsync("1492");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliënt toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kies hoe de cliënt communiceert");
        await Assertions.Expect(page.GetByLabel("Vaste begeleider")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(".+"));
        await page.GetByLabel("Praat", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Geboortejaar").FillAsync("1981");
        await page.GetByLabel("Naam 1").FillAsync("Moeder Ångström");
        await page.GetByLabel("Wie is 1 voor de cliënt").SelectOptionAsync("Ouder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cliënt toevoegen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" })).ToBeVisibleAsync();

        await FindAsync(page, "angstrom OMER");
        Assert.That(page.Url, Does.Not.Contain("omer").IgnoreCase, "what is searched for may be a name, and addresses end in histories");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ömer Ångström" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Moeder Ångström (ouder)")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Verhuizen" }).ClickAsync();
        await page.GetByLabel("Naar welke plek?").SelectOptionAsync(new SelectOptionValue { Label = "\u00a0\u00a0\u00a0De Linde" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verhuizing bewaren" }).ClickAsync();
        await Assertions.Expect(page.Locator(".eyebrow")).ToHaveTextAsync("De Linde");
        await page.GetByText("Eerdere plekken (1)").ClickAsync();
        await Assertions.Expect(page.GetByText("van De Nieuwe Hoek naar De Linde")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("alles is weer zoals het was");
        await Assertions.Expect(page.Locator(".eyebrow")).ToHaveTextAsync("De Nieuwe Hoek");

        await page.GotoAsync("/places?q=nieuwe");
        await page.GetByTestId("places").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plek sluiten" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nog cliënten");

        await FindAsync(page, "Ömer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ömer Ångström" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Zorg beëindigen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren" }).ClickAsync();
        await Assertions.Expect(page.GetByText("In zorg tot en met")).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheListGoesToExcelAsItIsFilteredAndATeamLeaderGetsTheOwnPlacesOnly()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "teamleider@demo");
        await page.GotoAsync("/clients?sort=-since");
        var dates = page.GetByTestId("clients").Locator("tbody td:nth-child(2)");
        Assert.That((await dates.AllInnerTextsAsync()).Distinct(), Is.EqualTo((string[])["De Linde"]));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Deze lijst als Excel-bestand" }).ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo("clienten.xlsx"));
        await page.GotoAsync("/staff");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Geen toegang" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task AnAdministratorNarrowsSomebodyToAClientGroupAndTakesItBack()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "beheer@demo");
        await page.GotoAsync("/staff");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ria Willemsen" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Cliëntgroepen" }).GetByLabel("Lichte verstandelijke beperking").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Bewaard.");
        await page.GetByRole(AriaRole.Group, new() { Name = "Cliëntgroepen" }).ScrollIntoViewIfNeededAsync();
        await Chromium.PictureAsync(page, "staff-groups");
        await Chromium.IsAccessibleAsync(page, "somebody narrowed to a client group");
        await page.GotoAsync("/staff");
        var row = page.GetByTestId("staff").Locator("tr", new() { HasText = "Ria Willemsen" });
        await Assertions.Expect(row).ToContainTextAsync("alleen Lichte verstandelijke beperking");
        await Chromium.PictureAsync(page, "staff-list-groups");
        await using (var theirs = await Chromium.ContextAsync(Chromium.Desk, service.Address))
        {
            var desk = await theirs.NewPageAsync();
            await DeskSteps.SignInAsync(desk, "teamleider@demo");
            foreach (var address in (string[])["/clients", "/due"])
            {
                await desk.GotoAsync(address);
                Assert.That(await desk.GetByLabel("Cliëntgroep").Locator("option").AllInnerTextsAsync(), Is.EqualTo((string[])["alle groepen", "Lichte verstandelijke beperking"]), address);
            }

            await desk.GotoAsync("/outcomes");
            Assert.That(await desk.GetByLabel("Cliëntgroep").Locator("option").AllInnerTextsAsync(), Is.EqualTo((string[])["Lichte verstandelijke beperking"]));
            await Chromium.PictureAsync(desk, "outcomes-of-a-group");
        }

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Cliëntgroepen" }).GetByLabel("Lichte verstandelijke beperking").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren" }).ClickAsync();
        await page.GotoAsync("/staff");
        await Assertions.Expect(row).Not.ToContainTextAsync("alleen");
    }

    [Test]
    public async Task AListFromExcelIsLookedAtCorrectedReadInAndUndone()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "beheer@demo");
        await page.GotoAsync("/clients/import");
        await Chromium.PictureAsync(page, "import-upload");
        await Chromium.IsAccessibleAsync(page, "/clients/import");
        string[] headings = ["Dossiernummer", "Volledige naam", "Locatie", "Iets anders"];
        await UploadAsync(page, headings, [["X1", "Xander Lijst", "De Linde", "a"], ["X2", "", "De Lindde", "b"]]);
        await Assertions.Expect(page.GetByLabel("Volledige naam")).ToHaveValueAsync("name");
        await Assertions.Expect(page.GetByLabel("Iets anders")).ToHaveValueAsync("");
        await page.GetByLabel("Cliëntgroep voor nieuwe cliënten").SelectOptionAsync("Lichte verstandelijke beperking");
        await page.GetByLabel("Manier van communiceren voor nieuwe cliënten").SelectOptionAsync("Praat");
        await Chromium.PictureAsync(page, "import-columns");
        await Chromium.IsAccessibleAsync(page, "the columns of a list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat er gaat gebeuren" }).ClickAsync();
        Assert.That(await page.GetByTestId("faults").Locator("tbody th").AllInnerTextsAsync(), Is.EqualTo((string[])["B3 (Volledige naam)", "C3 (Locatie)"]));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Inlezen" })).ToHaveCountAsync(0);
        await Chromium.PictureAsync(page, "import-faults");
        await Chromium.IsAccessibleAsync(page, "the faults of a list");

        await page.GetByRole(AriaRole.Link, new() { Name = "Verbeterde lijst kiezen" }).ClickAsync();
        await UploadAsync(page, headings, [["X1", "Xander Lijst", "De Linde", "a"], ["X2", "Xenia Lijst", "De Wilg", "b"]]);
        await page.GetByLabel("Cliëntgroep voor nieuwe cliënten").SelectOptionAsync("Lichte verstandelijke beperking");
        await page.GetByLabel("Manier van communiceren voor nieuwe cliënten").SelectOptionAsync("Praat");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat er gaat gebeuren" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Xenia Lijst: De Wilg")).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "import-look");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inlezen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("De lijst is ingelezen: 2 cliënten.");
        await FindAsync(page, "lijst");
        await Assertions.Expect(page.GetByTestId("clients").Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GoBackAsync();
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Ongedaan gemaakt");
        await page.GotoAsync("/clients");
        await page.GetByLabel("Zoek op naam of cliëntnummer").FillAsync("lijst");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoek" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Niemand gevonden op uw plekken.")).ToBeVisibleAsync();
    }

    [Test]
    public async Task WhileALongListIsReadInThePageShowsHowFarItIsAndEndsAtTheList()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "beheer@demo");
        await page.GotoAsync("/clients/import");
        await UploadAsync(page, ["Cliëntnummer", "Naam", "Locatie"], [["L1", "Lange Lijst", "De Linde"], ["L2", "Langere Lijst", "De Wilg"]]);
        await page.GetByLabel("Cliëntgroep voor nieuwe cliënten").SelectOptionAsync("Lichte verstandelijke beperking");
        await page.GetByLabel("Manier van communiceren voor nieuwe cliënten").SelectOptionAsync("Praat");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat er gaat gebeuren" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Inlezen" })).ToBeVisibleAsync();
        await using (var busy = await service.Services.GetRequiredService<Database.IDatabase>().OpenAsync(default))
        {
            // Somebody else writes, for as long as a long list would take.
            await using var held = await busy.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            await page.GetByRole(AriaRole.Button, new() { Name = "Inlezen" }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("import-progress")).ToContainTextAsync("0 van 2 cliënten");
            // Held still while it is looked at: it asks again every two seconds.
            await page.RouteAsync("**/clients/import/*", async route =>
            {
                var answer = await route.FetchAsync();
                await route.FulfillAsync(new() { Response = answer, Headers = answer.Headers.Where(h => h.Key != "refresh").ToDictionary() });
            });
            await page.ReloadAsync();
            await Chromium.PictureAsync(page, "import-progress");
            await Chromium.IsAccessibleAsync(page, "a list that is being read in");
            await page.UnrouteAllAsync();
        }

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("De lijst is ingelezen: 2 cliënten.", new() { Timeout = 30_000 });
    }

    private static async Task UploadAsync(IPage page, string[] headings, string?[][] rows)
    {
        await using var file = await ClientVoice.Tests.Clients.ClientLists.FileAsync(headings, rows);
        await page.GetByLabel("Excel-bestand").SetInputFilesAsync(new FilePayload { Name = "lijst.xlsx", MimeType = "application/octet-stream", Buffer = file.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
    }

    private async Task SetPasswordAsync(string link, string email)
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByLabel("Nieuw wachtwoord").FillAsync("kort");
        await page.GetByLabel("Nog een keer").FillAsync("kort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wachtwoord zetten" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("minstens 12 tekens");
        await Chromium.PictureAsync(page, "welcome-fault");
        await Chromium.IsAccessibleAsync(page, "/welcome");
        await page.GetByLabel("Nieuw wachtwoord").FillAsync(ServiceUnderTest.Password);
        await page.GetByLabel("Nog een keer").FillAsync(ServiceUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Wachtwoord zetten" }).ClickAsync();
        await page.GetByLabel("E-mailadres").FillAsync(email);
        await page.GetByLabel("Wachtwoord").FillAsync(ServiceUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).WaitForAsync();
        await page.GotoAsync(link);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deze link werkt niet" })).ToBeVisibleAsync();
    }

    private static async Task AddWorkerAsync(IPage page, string name, string email)
    {
        await page.GotoAsync("/staff/new");
        await page.GetByLabel("Naam", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("E-mailadres").FillAsync(email);
        await page.GetByLabel("De Nieuwe Hoek").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Medewerker toevoegen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Link maken" }).ClickAsync();
        await Chromium.PictureAsync(page, "staff-link");
    }

    private static async Task FindAsync(IPage page, string text)
    {
        await page.GotoAsync("/clients");
        await page.GetByLabel("Zoek op naam of cliëntnummer").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoek" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Hele lijst" })).ToBeVisibleAsync();
    }

    private static async Task<string> FirstAsync(IPage page, string address, string table)
    {
        await page.GotoAsync(address);
        return (await page.GetByTestId(table).Locator("tbody th a").Last.GetAttributeAsync("href"))!;
    }
}
