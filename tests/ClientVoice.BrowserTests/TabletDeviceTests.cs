// What a tablet lives through: a restart without network, a full disk, a clock that is off, a newer app.
using ClientVoice.Commands;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class TabletDeviceTests
{
    private string house = "";
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        // Copies of its own: one test publishes a newer app and a newer instrument.
        house = Directory.CreateTempSubdirectory("clientvoice-house-").FullName;
        Copy(Path.Combine(HousePaths.Content, "wwwroot"), WebRoot);
        Copy(Path.Combine(HousePaths.House, "instruments"), Instruments);
        service = await ServiceUnderTest.StartAsync(["--webroot", WebRoot, "--ClientVoice:Instruments", Instruments], demo: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        Directory.Delete(house, true);
    }

    private string WebRoot => Path.Combine(house, "wwwroot");

    private string Instruments => Path.Combine(house, "instruments");

    [Test]
    public async Task ATabletThatIsRestartedWithoutNetworkStartsAndGoesOnWhereItWas()
    {
        var profile = Directory.CreateTempSubdirectory("clientvoice-profile-").FullName;
        try
        {
            string client;
            string question;
            await using (var context = await Chromium.TabletAsync(profile, service.Address))
            {
                var page = context.Pages[0];
                var tablet = new TabletSteps(page);
                await tablet.SignInAsync("begeleider@demo");
                await tablet.ReadyForOfflineAsync();
                client = await SomebodyAsync(page);
                await tablet.BeginAsync(page.Locator($"[data-client-id='{client}']"));
                question = await tablet.QuestionAsync();
                await page.Locator("[data-testid^='option-']").First.ClickAsync();
                await tablet.At("next").ClickAsync();
                await tablet.At("pause").ClickAsync();
                await tablet.At("work-list").WaitForAsync();
            }

            await using (var context = await Chromium.TabletAsync(profile, service.Address))
            {
                await context.SetOfflineAsync(true);
                var page = context.Pages[0];
                var tablet = new TabletSteps(page);
                await page.GotoAsync("/tablet/");
                await tablet.UnlockAsync();
                await Assertions.Expect(tablet.At("work-client").First).ToBeVisibleAsync();
                await tablet.At("resume-conversation").ClickAsync();
                Assert.That(await tablet.QuestionAsync(), Is.Not.EqualTo(question), "it goes on where it was");
                await tablet.At("stop").ClickAsync();
                await tablet.At("stop-save").ClickAsync();
                await tablet.At("done").ClickAsync();
                var before = await StoredConversations.CountAsync(service, client);
                await context.SetOfflineAsync(false);
                // The session ended with the browser: the tablet asks who is there before it sends.
                await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sign-in", new() { Timeout = 60_000 });
                await tablet.At("outbox-state").ClickAsync();
                await tablet.At("sign-in-password").FillAsync(DemoOrganisation.Password);
                await tablet.At("sign-in-submit").ClickAsync();
                await tablet.SentAsync();
                Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));
            }
        }
        finally
        {
            Directory.Delete(profile, true);
        }
    }

    [Test]
    public async Task AFullDiskIsToldBeforeAnAnswerIsLostAndTheAnswerStaysOnTheScreen()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await context.AddInitScriptAsync(
            """
            navigator.storage.estimate = async () => ({ quota: 1_000_000_000, usage: 995_000_000 });
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function (...args) {
              if (window.full) throw new DOMException('The disk is full', 'QuotaExceededError');
              return put.apply(this, args);
            };
            """);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await Assertions.Expect(tablet.At("little-room")).ToContainTextAsync("bijna vol");
        await Chromium.IsAccessibleAsync(page, "almost full");
        await Chromium.PictureAsync(page, "tablet-almost-full");
        var client = await SomebodyAsync(page);
        var before = await StoredConversations.CountAsync(service, client);

        await FullAsync(true);
        await tablet.BeginAsync(page.Locator($"[data-client-id='{client}']"));
        await Assertions.Expect(tablet.At("message")).ToContainTextAsync("vol");
        await FullAsync(false);
        await tablet.At("agree").ClickAsync();
        await tablet.QuestionAsync();

        await FullAsync(true);
        var option = page.Locator("[data-testid^='option-']").First;
        await option.ClickAsync();
        await Assertions.Expect(tablet.At("save-failed")).ToBeVisibleAsync();
        await Chromium.IsAccessibleAsync(page, "a full disk");
        await Chromium.PictureAsync(page, "tablet-full");
        await tablet.At("pause").ClickAsync();
        await Assertions.Expect(tablet.At("save-failed")).ToBeVisibleAsync();
        await Assertions.Expect(option.Locator("input")).ToBeCheckedAsync();
        await FullAsync(false);
        await Assertions.Expect(tablet.At("save-failed")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await tablet.UnlockAsync();
        await tablet.At("resume-conversation").ClickAsync();
        await Assertions.Expect(option.Locator("input")).ToBeCheckedAsync();

        // The last moment at which it can happen: as the conversation goes to the outbox.
        await FullAsync(true);
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await Assertions.Expect(tablet.At("save-failed")).ToBeVisibleAsync();
        await FullAsync(false);
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));

        Task FullAsync(bool full) => page.EvaluateAsync("full => { window.full = full }", full);
    }

    [TestCase(2019)]
    [TestCase(2041)]
    public async Task AClockThatIsYearsOffIsToldAndTheConversationCountsForTheRightDay(int year)
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync(new() { TimeDate = new DateTime(year, 3, 5, 12, 0, 0, DateTimeKind.Utc) });
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await Assertions.Expect(tablet.At("clock-off")).ToContainTextAsync($"{year}");
        await Chromium.IsAccessibleAsync(page, "a clock that is off");
        await Chromium.PictureAsync(page, $"tablet-clock-{year}");
        var client = await SomebodyAsync(page);
        var before = await StoredConversations.CountAsync(service, client);
        await tablet.BeginAsync(page.Locator($"[data-client-id='{client}']"));
        await tablet.QuestionAsync();
        await page.Locator("[data-testid^='option-']").First.ClickAsync();
        // Half-way the clock is set back three years more: an end before the start is no reason to refuse.
        await page.Clock.SetSystemTimeAsync(new DateTime(year - 3, 3, 5, 12, 0, 0, DateTimeKind.Utc));
        await tablet.At("next").ClickAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        Assert.That(await StoredConversations.LastDayAsync(service, client), Is.EqualTo(today));
    }

    [Test]
    public async Task ANewerAppAndANewerInstrumentWaitUntilTheConversationIsFinished()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        var client = await SomebodyAsync(page);
        await tablet.BeginAsync(page.Locator($"[data-client-id='{client}']"));
        var question = await tablet.QuestionAsync();
        await page.EvaluateAsync("window.sameApp = true");

        await PublishAppAsync();
        await PublishInstrumentAsync();
        await page.EvaluateAsync("navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => undefined)");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))");
        await Assertions.Expect(tablet.At($"question-{question}")).ToBeVisibleAsync();
        await page.Locator("[data-testid^='option-']").First.ClickAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await page.EvaluateAsync<bool>("window.sameApp"), "the app is not changed under somebody's hands");
        Assert.That((await StoredConversations.LastAsync(service, client)).GetProperty("instrument").GetProperty("version").GetString(), Is.EqualTo("1.0"), "the version it began with");

        await tablet.At("me").ClickAsync();
        await tablet.At("lock").ClickAsync();
        page = await UntilNewerAsync(context, page);
        tablet = new TabletSteps(page);
        await tablet.UnlockAsync();
        await Assertions.Expect(page.GetByText("Mijn verhaal opnieuw").First).ToBeVisibleAsync();
    }

    // Chromium now and then lets the older worker finish something first, and gives it five minutes. Until then the tablet goes on
    // with the older app, also when it is started anew.
    private static async Task<IPage> UntilNewerAsync(IBrowserContext context, IPage page)
    {
        for (var starts = 0; ; starts++)
        {
            try
            {
                await page.WaitForFunctionAsync("() => document.querySelector('meta[name=newer]') && !window.sameApp", null, new() { Timeout = starts < 3 ? 20_000 : 400_000 });
                return page;
            }
            catch (TimeoutException) when (starts < 3)
            {
                await page.CloseAsync();
                page = await context.NewPageAsync();
                await page.GotoAsync("/tablet/");
            }
        }
    }

    // A build that differs in one file: its page, which the worker's list names by revision.
    private async Task PublishAppAsync()
    {
        var page = Path.Combine(WebRoot, "tablet", "index.html");
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace("<title>", "<meta name=\"newer\" /><title>", StringComparison.Ordinal));
        var worker = Path.Combine(WebRoot, "tablet", "worker.js");
        var text = await File.ReadAllTextAsync(worker);
        var newer = System.Text.RegularExpressions.Regex.Replace(text, "(index\\.html.{1,20}revision.{1,4})[0-9a-f]{16}", "${1}0000000000000000");
        Assert.That(newer, Is.Not.EqualTo(text), "the worker's list names the page");
        await File.WriteAllTextAsync(worker, newer);
    }

    private async Task PublishInstrumentAsync()
    {
        var folder = Path.Combine(Instruments, "mijn-verhaal");
        var text = (await File.ReadAllTextAsync(Path.Combine(folder, "mijn-verhaal-1.0.json")))
            .Replace("mijn-verhaal-1.0.json", "mijn-verhaal-1.1.json", StringComparison.Ordinal)
            .Replace("\"version\": \"1.0\"", "\"version\": \"1.1\"", StringComparison.Ordinal)
            .Replace("\"nl\": \"Mijn verhaal\"", "\"nl\": \"Mijn verhaal opnieuw\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "mijn-verhaal-1.1.json"), text);
        using var http = await service.SignedInAsync("begeleider@demo");
        for (var i = 0; i < 60 && !(await http.GetStringAsync("/api/work")).Contains("Mijn verhaal opnieuw", StringComparison.Ordinal); i++)
        {
            await Task.Delay(250);
        }
    }

    private static async Task<string> SomebodyAsync(IPage page) =>
        (await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First.GetAttributeAsync("data-client-id"))!;

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
