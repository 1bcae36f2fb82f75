// From a tablet without network to the figure in Power BI and Excel: the one test that walks the whole house.
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Tests;
using ClientVoice.Tests.Conversations;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class TheWholeWayTests
{
    private static readonly string[] Feelings = ["very-good", "so-so", "bad", "not-good"];

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AConversationHeldWithoutNetworkIsSeenOnThePageInTheFeedAndInExcel()
    {
        var before = await FeedAsync();
        var client = await HoldOfflineAsync();
        await service.AggregateAsync();
        Assert.That(await FeedAsync(), Is.EqualTo(before), "beside the figure of yesterday, one new person could be recognised");
        await HoldOthersAsync(4);
        await service.AggregateAsync();
        var after = await FeedAsync();
        Assert.That(after.People, Is.EqualTo(before.People + 5), "with five new people the figure moves, and each counts once");

        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "kwaliteit@demo");
        await page.GotoAsync("/outcomes");
        await page.GetByLabel("Cliëntgroep").SelectOptionAsync(new SelectOptionValue { Label = "Lichte verstandelijke beperking" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Toon" }).ClickAsync();
        var row = page.GetByTestId("domains").GetByRole(AriaRole.Row).Filter(new() { HasText = "Gevoel" });
        var cells = await row.GetByRole(AriaRole.Cell).AllInnerTextsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(cells[0], Is.EqualTo(after.Mean.ToString("N0", CultureInfo.GetCultureInfo("nl-NL"))), "the page shows the mean of the feed");
            Assert.That(cells[2], Is.EqualTo(after.People.ToString(CultureInfo.InvariantCulture)), "and its number of people");
        });
        await Chromium.PictureAsync(page, "outcomes-1440");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(client), "no client's name on a page of outcomes");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());
        var sheet = ReadSheet(await download.PathAsync(), 1).Single(r => r[0] == "Gevoel");
        Assert.Multiple(() =>
        {
            Assert.That(double.Parse(sheet[1], CultureInfo.InvariantCulture), Is.EqualTo(after.Mean), "Excel has the figure of the feed");
            Assert.That(int.Parse(sheet[5], CultureInfo.InvariantCulture), Is.EqualTo(after.People));
        });
    }

    // Newcomers at the same location, whose conversations colleagues' tablets send.
    private async Task HoldOthersAsync(int count)
    {
        using var http = await service.SignedInAsync("begeleider@demo");
        var work = (await http.GetFromJsonAsync<JsonObject>("/api/work"))!;
        var clients = service.Services.GetRequiredService<ClientStore>();
        var group = (await clients.GroupsAsync(default)).Single(g => g.Code == "lvb").Id;
        var place = work["clients"]![0]!["place"]!["id"]!.GetValue<Guid>();
        var newcomers = Enumerable.Range(0, count).Select(i => new NewClient(Guid.CreateVersion7(), place, group, $"Nieuw {i}", "Nieuw", null, "speaks", null, new DateOnly(2024, 1, 1))).ToList();
        await clients.AddAsync(newcomers, default);
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var client in newcomers)
        {
            var id = Guid.CreateVersion7();
            var document = ConversationJson.Valid(id);
            document["client"] = client.Id.ToString();
            // Five people who all said the same would be told by the step that the figure takes.
            document["answers"]!["feelings"] = Feelings[newcomers.IndexOf(client) % Feelings.Length];
            document["startedAt"] = now.AddMinutes(-20).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["endedAt"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["agreements"] = new JsonArray();
            using var answer = await http.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task<string> HoldOfflineAsync()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        await context.SetOfflineAsync(true);

        var client = page.Locator("[data-testid='work-client'][data-state='overdue']").Filter(new() { HasText = "Mijn verhaal" }).First;
        var name = await client.Locator(".client__name").InnerTextAsync();
        await tablet.BeginAsync(client);
        await AnswerAsync(page, tablet, 4);

        // The browser is closed half-way, still without network: the app starts and the conversation is there.
        await page.CloseAsync();
        page = await context.NewPageAsync();
        tablet = new TabletSteps(page);
        await page.GotoAsync("/tablet/");
        await tablet.UnlockAsync();
        await page.GetByTestId("resume-conversation").First.ClickAsync();
        await AnswerAsync(page, tablet, 100);
        await tablet.At("quotes-no").ClickAsync();
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("agreement-what").FillAsync("We gaan samen zwemmen");
        await tablet.At("agreement-who-worker").ClickAsync();
        await tablet.At("agreement-add").ClickAsync();
        await tablet.At("finish").ClickAsync();
        await tablet.At("done").ClickAsync();
        Assert.That(await tablet.WaitingAsync(), Is.EqualTo(1), "without network it waits, encrypted");

        await context.SetOfflineAsync(false);
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-waiting", "0", new() { Timeout = 60_000 });
        return name;
    }

    // Answers up to so many questions, ends at the read-back. One is passed over, one gets own words.
    private static async Task AnswerAsync(IPage page, TabletSteps tablet, int most)
    {
        for (var i = 0; i < most; i++)
        {
            var next = page.Locator("[data-testid^='question-'], [data-testid='readback-confirm']").First;
            await next.WaitForAsync();
            if (await tablet.At("readback-confirm").CountAsync() > 0)
            {
                return;
            }

            var id = await tablet.QuestionAsync();
            if (id == "body")
            {
                await tablet.At("pass").ClickAsync();
            }
            else
            {
                await AnswerOneAsync(page, tablet, id);
                await tablet.At("next").ClickAsync();
            }

            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", id);
        }
    }

    private static async Task AnswerOneAsync(IPage page, TabletSteps tablet, string id)
    {
        var good = tablet.At("option-good");
        if (await good.CountAsync() == 0)
        {
            return;
        }

        await good.ClickAsync();
        var wish = tablet.At("wish-stay");
        await wish.WaitForAsync();
        await wish.ClickAsync();
        if (id == "home")
        {
            await tablet.At("words-open").ClickAsync();
            await tablet.At("words").FillAsync("Mijn kamer is fijn");
        }
    }

    private async Task<(int People, double Mean)> FeedAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{DemoOrganisation.Key}")));
        var year = service.Services.GetRequiredService<TimeProvider>().GetLocalNow().Year;
        var answer = await http.GetFromJsonAsync<JsonObject>(
            $"/odata/Outcomes?$filter=ClientGroup/Code eq 'lvb' and Place/Kind eq 'organisation' and PeriodId eq '{year}' and Measure/Kind eq 'domain' and Measure/Code eq 'feelings'&$select=Respondents,Mean&$count=true");
        Assert.That(answer!["@odata.count"]!.GetValue<int>(), Is.EqualTo(1));
        var row = answer["value"]![0]!;
        return (row["Respondents"]!.GetValue<int>(), row["Mean"]!.GetValue<double>());
    }

    private static List<List<string>> ReadSheet(string path, int index)
    {
        using var book = SpreadsheetDocument.Open(path, false);
        var sheet = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ElementAt(index);
        var part = (WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!);
        return [.. part.Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.InlineString?.InnerText ?? c.CellValue?.Text ?? "").ToList())];
    }
}
