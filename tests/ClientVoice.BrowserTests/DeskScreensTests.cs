using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests;
using Dapper;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class DeskScreensTests
{
    private string instruments = "";
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        instruments = Directory.CreateTempSubdirectory("instruments-").FullName;
        Copy(Path.Combine(HousePaths.House, "instruments"), instruments);
        service = await ServiceUnderTest.StartAsync(["--ClientVoice:Instruments", instruments], demo: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        Directory.Delete(instruments, true);
    }

    [TestCase("/sign-in", "sign-in")]
    [TestCase("/", "start")]
    [TestCase("/outcomes", "outcomes")]
    [TestCase("/outcomes/publications", "publications")]
    [TestCase("/choices", "choices")]
    [TestCase("/instruments", "instruments")]
    [TestCase("/feed", "feed")]
    [TestCase("/feed/keys", "feed-keys")]
    [TestCase("/feed/try?query=Outcomes%3F$top=3%26$expand=Place($select=Name)", "feed-try")]
    [TestCase("/jobs", "jobs")]
    [TestCase("/nowhere", "not-found")]
    public async Task EveryScreenCanBeUsedByEveryoneInBothLanguages(string address, string name)
    {
        foreach (var size in (ViewportSize[])[Chromium.Desk, Chromium.Portrait])
        {
            await using var context = await Chromium.ContextAsync(size, service.Address);
            var page = await context.NewPageAsync();
            var faults = new List<string>();
            page.Console += (_, message) => faults.AddRange(message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal) ? [message.Text] : []);
            if (name != "sign-in")
            {
                await DeskSteps.SignInAsync(page, "kwaliteit@demo");
            }

            foreach (var language in (string[])["nl", "en"])
            {
                await page.GotoAsync($"/language/{language}?back={Uri.EscapeDataString(address)}");
                await Chromium.PictureAsync(page, $"{name}-{size.Width}-{language}");
                await Chromium.IsAccessibleAsync(page, $"{address} {size.Width} {language}");
                Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{address} fits {size.Width} wide");
            }

            Assert.That(faults, Is.Empty, "nothing is blocked by the content security policy");
        }
    }

    [Test]
    public async Task APrivacyOfficerErasesAConversationWithoutReadingIt()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        var id = await connection.ExecuteScalarAsync<string>("SELECT CAST(MIN(Id) AS varchar(36)) FROM Conversation");
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "privacy@demo");
        await page.GotoAsync("/conversations/erase");
        await page.GetByLabel("Nummer van het gesprek").FillAsync(id!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoek" }).ClickAsync();
        await page.GetByLabel("De cliënt vraagt het.").CheckAsync();
        await page.GetByLabel("Ik weet dat dit niet terug te draaien is.").CheckAsync();
        await Chromium.PictureAsync(page, "erase");
        await Chromium.IsAccessibleAsync(page, "erase a conversation");
        await page.GetByTestId("erase").ClickAsync();
        await Assertions.Expect(page.GetByTestId("erased")).ToContainTextAsync("gewist");
        Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Conversation WHERE Id = @id", new { id }), Is.Zero);
    }

    [Test]
    public async Task AnOfficerLeavesMarkedConversationsOutAndCountsThemAgain()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/outcomes");
        await ChooseAsync("Laat ze weg uit alle uitkomsten", "tellen niet mee");
        await Chromium.IsAccessibleAsync(page, "outcomes without marked conversations");
        await ChooseAsync("Laat ze weer meetellen", "tellen mee");

        async Task ChooseAsync(string choice, string becomes)
        {
            await page.GetByTestId("marks").Locator("summary").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("opnieuw geteld");
            for (var looks = 0; looks < 60 && !(await page.GetByTestId("marks").Locator("summary").InnerTextAsync()).Contains(becomes, StringComparison.Ordinal); looks++)
            {
                await Task.Delay(500);
                await page.ReloadAsync();
            }

            await Assertions.Expect(page.GetByTestId("marks").Locator("summary")).ToContainTextAsync(becomes);
        }
    }

    [Test]
    public async Task AFileDroppedIntoTheFolderServesWithoutARestartAndAFaultyOneIsNamed()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        var text = (await File.ReadAllTextAsync(Path.Combine(instruments, "mijn-verhaal", "mijn-verhaal-1.0.json")))
            .Replace("mijn-verhaal", "onze-lijst", StringComparison.Ordinal).Replace("Mijn verhaal", "Onze eigen lijst", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(instruments, "onze-lijst"));
        await File.WriteAllTextAsync(Path.Combine(instruments, "onze-lijst", "onze-lijst-1.0.json"), text);
        Directory.CreateDirectory(Path.Combine(instruments, "kapot"));
        await File.WriteAllTextAsync(Path.Combine(instruments, "kapot", "kapot-1.0.json"), "{\n  \"type\": \"object\",\n  oops\n}");

        await UntilAsync(page, "/instruments", () => page.GetByTestId("instrument-onze-lijst"));
        await UntilAsync(page, "/instruments", () => page.GetByTestId("faults").GetByText("kapot/kapot-1.0.json:3"));
        Assert.That(await page.GetByTestId("instrument-mijn-verhaal").CountAsync(), Is.EqualTo(1), "the others go on serving");
        await Chromium.PictureAsync(page, "instruments-with-fault");

        await page.GotoAsync("/choices");
        await page.Locator("section", new() { HasText = "Lichte verstandelijke beperking" }).Locator("summary").First.ClickAsync();
        await page.Locator("section", new() { HasText = "Lichte verstandelijke beperking" }).GetByLabel("Onze eigen lijst").CheckAsync();
        await page.Locator("section", new() { HasText = "Lichte verstandelijke beperking" }).GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("gesprekken per maand");
        Assert.That(await page.GetByTestId("choice-lvb").InnerTextAsync(), Does.Not.Contain("Onze eigen lijst"), "nothing is chosen before it is confirmed");
        await Chromium.PictureAsync(page, "choice-effect");
        await Chromium.IsAccessibleAsync(page, "the effect of a choice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kies dit instrument" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De keuze is gemaakt");
        Assert.That(await page.GetByTestId("choice-lvb").InnerTextAsync(), Does.Contain("Onze eigen lijst"));

        using var tablet = await service.SignedInAsync("begeleider@demo");
        Assert.That(await tablet.GetStringAsync("/api/work"), Does.Contain("onze-lijst"), "the tablets get it with their next work list");

        await page.GetByTestId("choice-lvb").GetByRole(AriaRole.Button, new() { Name = "Deze keuze terugnemen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Wat ervoor gold, geldt weer");
        Assert.That(await page.GetByTestId("choice-lvb").InnerTextAsync(), Does.Contain("Mijn verhaal"));
    }

    [Test]
    public async Task AnInstrumentThatDoesNotFitAsksForAReasonAndNothingTypedIsLost()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/choices");
        var group = page.Locator("section", new() { HasText = "Ernstige meervoudige beperking" });
        await group.Locator("summary").First.ClickAsync();
        await group.GetByLabel("Mijn verhaal").CheckAsync();
        await group.GetByLabel("Eens per (maanden)").FillAsync("6");
        await group.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Schrijf op waarom");
        await Assertions.Expect(group.GetByLabel("Eens per (maanden)")).ToHaveValueAsync("6");
        await Assertions.Expect(group.GetByLabel("Mijn verhaal")).ToBeCheckedAsync();

        // Two views, of a drawn share: what it means is said before anything is chosen.
        await group.GetByLabel("Acht domeinen").CheckAsync();
        await group.Locator(".option", new() { HasText = "Acht domeinen" }).GetByLabel("door een verwant").CheckAsync();
        await group.GetByLabel("Deel van de cliënten (%)").FillAsync("50");
        await group.GetByLabel("Waarom (nodig").FillAsync("Voor de proef");
        await group.GetByRole(AriaRole.Button, new() { Name = "Bekijk wat dit betekent" }).ClickAsync();
        var effect = page.GetByRole(AriaRole.Status);
        await Assertions.Expect(effect).ToContainTextAsync("getrokken");
        await Assertions.Expect(effect).ToContainTextAsync("door een verwant:");
        await Assertions.Expect(page.GetByTestId("by-month").Locator("tr")).ToHaveCountAsync(12);
        await Chromium.IsAccessibleAsync(page, "the effect of a choice of several views");
        Assert.That(await page.GetByTestId("choice-emb").InnerTextAsync(), Does.Contain("LACCS"), "nothing was changed");
    }

    [Test]
    public async Task ATeamLeaderSeesOnlyTheOwnPlaces()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "teamleider@demo");
        await page.GotoAsync("/outcomes");
        Assert.That(await page.GetByLabel("Plaats").Locator("option").AllInnerTextsAsync(), Is.EqualTo((string[])["De Linde (locatie)"]));
        await page.GotoAsync("/choices");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Geen toegang" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task AnOfficerMakesAKeySeesWhatItReadsAndRevokesIt()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/feed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sleutels maken en intrekken" }).ClickAsync();
        await page.GetByLabel("Waarvoor").FillAsync("Dashboard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Maak de sleutel" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("kies een of meer plaatsen");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Regio Noord" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Regio Zuid" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Lichte verstandelijke beperking" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Maak de sleutel" }).ClickAsync();
        var key = await page.GetByTestId("key").InnerTextAsync();
        await Chromium.PictureAsync(page, "feed-key-made");
        await Chromium.IsAccessibleAsync(page, "/feed/keys with a key");
        using var tool = new HttpClient();
        tool.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.That(int.Parse(await tool.GetStringAsync($"{service.Address}/odata/Outcomes/$count"), System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(0), "the key opens the feed");

        await UntilAsync(page, "/feed/keys", () => page.GetByRole(AriaRole.Link, new() { Name = "bekijk Dashboard" }));
        Assert.That(await page.GetByTestId("key").CountAsync(), Is.Zero, "it is shown once");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Dashboard" })).ToContainTextAsync("alleen Lichte verstandelijke beperking");
        Assert.That(await tool.GetStringAsync($"{service.Address}/odata/ClientGroups/$count"), Is.EqualTo("1"));
        await page.GetByRole(AriaRole.Link, new() { Name = "bekijk Dashboard" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Laatste lezingen met Dashboard" })).ToContainTextAsync("/odata/Outcomes/$count");
        await Chromium.PictureAsync(page, "feed-key-reads");
        await page.GetByRole(AriaRole.Button, new() { Name = "Intrekken Dashboard" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("De sleutel is ingetrokken");
        using var after = await tool.GetAsync($"{service.Address}/odata/Outcomes/$count");
        Assert.That((int)after.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task AnOfficerTriesAQueryAndIsToldWhatIsWrongWithIt()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/feed/try");
        foreach (var example in await page.Locator(".examples a").AllInnerTextsAsync())
        {
            await page.GetByRole(AriaRole.Link, new() { Name = example }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("rows")).ToBeVisibleAsync();
        }

        await page.GetByLabel("De vraag, na /odata/").FillAsync("Outcomes?$apply=aggregate(Respondents with sum as N)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vraag" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Place/Kind eq 'location'");
        await Chromium.PictureAsync(page, "feed-try-refused");
    }

    private static async Task UntilAsync(IPage page, string address, Func<ILocator> found)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.GotoAsync(address);
            if (await found().CountAsync() > 0)
            {
                return;
            }

            await Task.Delay(500);
        }

        Assert.Fail($"{address} did not follow the folder");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
