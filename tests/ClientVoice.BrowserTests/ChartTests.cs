// The charts of the outcomes: drawn where there is a script, and nothing missing where there is none.
using System.IO.Compression;
using System.Text.Json;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests;
using Dapper;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class ChartTests
{
    private const string Hostile = "Locatie </script><b id=slipped>";

    private ServiceUnderTest service = null!;
    private string address = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(demo: true);
        // What is put into the publication below must stay as it is put.
        await service.RestAsync();
        await MakeASecondVersionAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task EveryChartIsDrawnWhenItComesIntoViewAndNothingIsBlocked()
    {
        foreach (var (size, language) in ((ViewportSize, string)[])[(Chromium.Desk, "nl"), (Chromium.Portrait, "en"), (Chromium.Landscape, "nl")])
        {
            await using var context = await Chromium.ContextAsync(size, service.Address);
            var page = await OpenAsync(context, address, language);
            await Assertions.Expect(page.Locator("figure[data-chart=means][data-state=drawn]")).ToBeVisibleAsync();
            var figures = await page.Locator("figure[data-chart]").AllAsync();
            Assert.That(await figures[^1].GetAttributeAsync("data-state"), Is.Null, "what is far away is not drawn yet");
            foreach (var figure in figures)
            {
                await figure.ScrollIntoViewIfNeededAsync();
                await Assertions.Expect(figure).ToHaveAttributeAsync("data-state", "drawn");
                Assert.That(await figure.Locator("canvas").First.EvaluateAsync<int>(DrawnPixels), Is.GreaterThan(500), "there is something on the canvas");
            }

            await Chromium.IsAccessibleAsync(page, $"outcomes with charts {size.Width} {language}");
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"the charts fit {size.Width} wide");
            foreach (var (kind, i) in ((string[])["means", "trend", "answers"]).Select((k, i) => (k, i)))
            {
                await page.Locator($"figure[data-chart={kind}]").First.ScrollIntoViewIfNeededAsync();
                await Chromium.PictureAsync(page, $"charts-{i}-{kind}-{size.Width}-{language}");
            }

            Assert.That(await FaultsAsync(page), Is.Empty, "nothing is blocked by the content security policy");
        }
    }

    [Test]
    public async Task ALineIsBrokenByAMajorVersionAndTheChartSaysSo()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await OpenAsync(context, address, "nl");
        var trend = page.Locator("figure[data-chart=trend]");
        using var data = JsonDocument.Parse(await trend.Locator("script").TextContentAsync() ?? "");
        var broken = data.RootElement.GetProperty("areas").EnumerateArray().Where(a => a.GetProperty("pieces").GetArrayLength() == 2).ToList();
        Assert.That(broken, Is.Not.Empty);
        Assert.That(broken[0].GetProperty("pieces").EnumerateArray().Select(p => p.GetProperty("version").GetString()), Is.EqualTo((string[])["1.0", "2.0"]));
        var picture = trend.GetByRole(AriaRole.Img);
        Assert.That(await picture.GetAttributeAsync("aria-label"), Does.Contain("nieuwe versie van het instrument (2.0)").And.Contain("verborgen"));
    }

    [Test]
    public async Task AnAreaIsMadeToStandOutAndItsPointsAreReadByKeyboard()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await OpenAsync(context, address, "nl");
        var trend = page.Locator("figure[data-chart=trend]");
        await trend.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(trend).ToHaveAttributeAsync("data-state", "drawn");
        var before = await trend.Locator("canvas").First.EvaluateAsync<string>("c => c.toDataURL()");
        var area = trend.GetByRole(AriaRole.Group, new() { Name = "Licht levensgebieden uit" }).GetByRole(AriaRole.Button).Nth(1);
        await area.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(area).ToHaveAttributeAsync("aria-pressed", "true");
        await page.WaitForFunctionAsync("before => document.querySelector('figure[data-chart=trend] canvas').toDataURL() !== before", before);
        await Chromium.PictureAsync(page, "charts-lit");
        await trend.GetByRole(AriaRole.Img).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(trend.Locator("[data-said]")).ToContainTextAsync("95%-interval");
        await Assertions.Expect(trend.Locator(".chart-tip")).ToContainTextAsync("mensen");
        await Chromium.PictureAsync(page, "charts-pointed-at");
        await Chromium.IsAccessibleAsync(page, "a chart that is pointed at");
        Assert.That(await FaultsAsync(page), Is.Empty, "what is shown at a point is not blocked either");
    }

    [Test]
    public async Task AChartIsSavedAsAPictureWhoseNameTellsNoPlace()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await OpenAsync(context, address, "nl");
        foreach (var (kind, name) in ((string, string)[])[("means", "levensgebieden-"), ("trend", "door-de-tijd-"), ("answers", "antwoorden-")])
        {
            var figure = page.Locator($"figure[data-chart={kind}]").First;
            await figure.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(figure).ToHaveAttributeAsync("data-state", "drawn");
            var saved = await page.RunAndWaitForDownloadAsync(() => figure.GetByRole(AriaRole.Button, new() { Name = "Bewaar als afbeelding" }).ClickAsync());
            var bytes = await File.ReadAllBytesAsync(await saved.PathAsync());
            Assert.That(saved.SuggestedFilename, Does.StartWith(name).And.EndsWith(".png").And.Not.Contain("Locatie"));
            Assert.That(bytes.Take(8), Is.EqualTo((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));
            Assert.That(bytes, Has.Length.GreaterThan(5_000), "there is something in the picture");
            if (Environment.GetEnvironmentVariable("CLIENTVOICE_PICTURES") is { Length: > 0 } folder)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, $"saved-{kind}.png"), bytes);
            }
        }
    }

    [Test]
    public async Task WithoutAScriptTheTablesSayItAllAndThereIsNoEmptyPlace()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address, script: false);
        var page = await OpenAsync(context, address, "nl");
        foreach (var table in (string[])["domains", "trend"])
        {
            await Assertions.Expect(page.GetByTestId(table)).ToBeVisibleAsync();
        }

        Assert.That(await page.Locator("figure[data-chart]").CountAsync(), Is.GreaterThan(2));
        Assert.That(await page.Locator("figure[data-chart]:visible").CountAsync(), Is.Zero);
        await Assertions.Expect(page.Locator(".question .legend").First).ToContainTextAsync("%");
        await Chromium.PictureAsync(page, "charts-without-script");
    }

    [Test]
    public async Task APageWithoutChartsLoadsNothingOfThem()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.AddRange(request.Url.Contains("/charts/", StringComparison.Ordinal) ? [request.Url] : []);
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/choices", new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.That(asked, Is.Empty);
        await page.GotoAsync(address);
        await Assertions.Expect(page.Locator("figure[data-chart=means][data-state=drawn]")).ToBeVisibleAsync();
        Assert.That(asked, Has.Count.EqualTo(2), "what finds the charts, and what draws them");
    }

    [Test]
    public async Task ANameThatIsMeantToEndTheDataIsShownAsAName()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await OpenAsync(context, address, "nl");
        Assert.That(await page.Locator("#slipped").CountAsync(), Is.Zero);
        using var data = JsonDocument.Parse(await page.Locator("figure[data-chart=means] script").First.TextContentAsync() ?? "");
        Assert.That(data.RootElement.GetProperty("about").GetString(), Does.Contain(Hostile));
        await Assertions.Expect(page.Locator("figure[data-chart=means][data-state=drawn]")).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheDownloadHasTheFiguresOfEveryChart()
    {
        using var desk = await service.SignedInAsync("kwaliteit@demo");
        await using var file = await desk.GetStreamAsync(address.Replace("/outcomes?", "/outcomes/download?", StringComparison.Ordinal));
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        using var book = new ZipArchive(memory);
        var texts = string.Concat(book.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(e => new StreamReader(e.Open()).ReadToEnd()));
        foreach (var text in (string[])["Levensgebieden", "Door de tijd", "Perspectieven", "Antwoorden", "Een nieuwe versie: niet te vergelijken met eerder."])
        {
            Assert.That(texts, Does.Contain(text));
        }
    }

    [Test]
    public async Task WhatDrawsIsKeptForEverAndWhatFindsItIsAskedForAgain()
    {
        using var anyone = new HttpClient { BaseAddress = new Uri(service.Address) };
        anyone.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var finds = await anyone.GetAsync("/charts/charts.js");
        using var draws = await anyone.GetAsync($"/charts/assets/{Path.GetFileName(Directory.GetFiles(Path.Combine(HousePaths.House, "src/ClientVoice/wwwroot/charts/assets")).Single())}");
        Assert.Multiple(() =>
        {
            Assert.That(finds.Headers.CacheControl!.ToString(), Is.EqualTo("no-cache"));
            Assert.That(draws.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
            Assert.That(draws.Content.Headers.ContentEncoding, Is.EqualTo((string[])["gzip"]));
        });
    }

    // Opens a page; what its content security policy refuses is kept.
    private static async Task<IPage> OpenAsync(IBrowserContext context, string address, string language)
    {
        await context.AddInitScriptAsync("window.faults = []; addEventListener('securitypolicyviolation', e => faults.push(`${e.violatedDirective} ${e.blockedURI}`)); addEventListener('error', e => faults.push(e.message));");
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync($"/language/{language}?back={Uri.EscapeDataString(address)}");
        return page;
    }

    private static Task<string[]> FaultsAsync(IPage page) => page.EvaluateAsync<string[]>("faults");

    private const string DrawnPixels = "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }";

    // From halfway on, one group is asked with the next major version: no instrument that ships has two. What is published is put down as a
    // table of its own for that, however publications are kept.
    private async Task MakeASecondVersionAsync()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        const string Old = "mijn-verhaal@1.0", New = "mijn-verhaal@2.0";
        await connection.ExecuteAsync(
            """
            INSERT INTO PublishedInstrument (Publication, Id, InstrumentId, Version, Kind, TitleNl, TitleEn)
            SELECT Publication, @New, InstrumentId, '2.0', Kind, TitleNl, TitleEn FROM PublishedInstrument WHERE Id = @Old;
            INSERT INTO PublishedMeasure (Publication, Id, InstrumentId, Kind, Code, TextNl, TextEn, SharedDomain, WishOf, Position, ContinuesId)
            SELECT Publication, REPLACE(Id, @Old, @New), @New, Kind, Code, TextNl, TextEn, SharedDomain, REPLACE(WishOf, @Old, @New), Position, NULL FROM PublishedMeasure WHERE InstrumentId = @Old;
            """,
            new { Old, New });
        var half = (await connection.QueryAsync<string>("SELECT DISTINCT PeriodId FROM PublishedOutcome WHERE InstrumentId = @Old AND PeriodId LIKE '%-Q%' ORDER BY PeriodId", new { Old })).ToList();
        var later = half.Skip(half.Count / 2).ToList();
        foreach (var (view, and) in ((string, string)[])[("PublishedOutcome", ", MeasureId = REPLACE(MeasureId, @Old, @New)"), ("PublishedDistribution", ", MeasureId = REPLACE(MeasureId, @Old, @New)"), ("PublishedParticipation", "")])
        {
            await connection.ExecuteAsync($"CREATE TABLE PutDown AS SELECT * FROM {view}; DROP VIEW {view}; ALTER TABLE PutDown RENAME TO {view}");
            await connection.ExecuteAsync($"UPDATE {view} SET InstrumentId = @New{and} WHERE InstrumentId = @Old AND PeriodId IN @later", new { Old, New, later });
        }

        var (group, place, period) = await connection.QueryFirstAsync<(string, string, string)>(
            """
            SELECT o.ClientGroupId, o.PlaceId, o.PeriodId FROM PublishedOutcome o JOIN PublishedPlace p ON p.Publication = o.Publication AND p.Id = o.PlaceId
            WHERE o.InstrumentId = @New AND p.ParentId IS NULL AND o.MeasureId LIKE '%/domain/%' GROUP BY o.ClientGroupId, o.PlaceId, o.PeriodId
            ORDER BY SUM(CASE WHEN o.Suppressed = 0 THEN 1 ELSE 0 END) DESC
            """,
            new { New });
        await connection.ExecuteAsync("UPDATE PublishedPlace SET Name = @Hostile WHERE Id = @place", new { Hostile, place });
        address = $"/outcomes?group={group}&place={place}&period={period}&with={Uri.EscapeDataString($"{New}/client")}";
    }
}
