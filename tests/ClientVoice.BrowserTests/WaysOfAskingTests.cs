// Observing with a clock and notes at hand, a tablet that is held at the question, and the preview at the desk.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class WaysOfAskingTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await WaysHouse.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnObserverHasAClockAndNotesAtHandThatStayWithTheDraft()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await tablet.BeginAsync(page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Dirk }));
        await tablet.At("timer").ClickAsync();
        await Assertions.Expect(tablet.At("timer-clock")).Not.ToHaveTextAsync("0:00");
        await tablet.At("timer").ClickAsync();
        await tablet.At("notes-open").ClickAsync();
        Assert.That(await tablet.At("notes").InputValueAsync(), Does.Match(@"^\d\d:\d\d 1 min gekeken\.$"), "how long was watched is noted with the time");
        await tablet.At("notes").FillAsync("10:15 Ontspant bij muziek\n10:20 Kijkt naar het raam");
        await SeeAsync(page, "watch-notes");
        await tablet.At("notes-close").ClickAsync();
        await tablet.At("pause").ClickAsync();
        await tablet.At("resume-conversation").ClickAsync();
        await tablet.At("next").ClickAsync();
        await tablet.At("option-meal").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var id = await tablet.QuestionAsync();
            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", id);
        }

        await tablet.At("question-comfort").WaitForAsync();
        await tablet.At("seen-notes").Locator("summary").ClickAsync();
        await tablet.At("seen-take").First.ClickAsync();
        await tablet.At("seen-time").ClickAsync();
        Assert.That(await tablet.At("words").InputValueAsync(), Does.Match(@"^10:15 Ontspant bij muziek\n\d\d:\d\d \(eten en drinken\) "), "what was jotted down, then the time with the situation");
        await SeeAsync(page, "watch-portrait");
        await page.SetViewportSizeAsync(1180, 820);
        await SeeAsync(page, "watch-landscape");
    }

    [Test]
    public async Task ATabletHeldAtTheQuestionLeadsNowhereElseWithoutALongPressAndAConfirmation()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await tablet.BeginAsync(page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }));
        await tablet.At("lock-question").ClickAsync();
        await Assertions.Expect(tablet.At("pause")).ToHaveCountAsync(0);
        await Assertions.Expect(tablet.At("comfort")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        Assert.That(await tablet.QuestionAsync(), Is.EqualTo("home"));

        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-pause").ClickAsync();
        await SeeAsync(page, "lock");
        await tablet.At("lock-hold").ClickAsync();
        await Assertions.Expect(tablet.At("lock-leave")).ToHaveCountAsync(0);
        await tablet.At("lock-stay").ClickAsync();
        await Assertions.Expect(tablet.At("work-list")).ToHaveCountAsync(0);

        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-pause").ClickAsync();
        await tablet.At("lock-hold").FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await tablet.At("lock-leave").WaitForAsync();
        await page.Keyboard.UpAsync("Enter");
        await tablet.At("lock-leave").ClickAsync();
        await Assertions.Expect(tablet.At("resume-conversation").First).ToBeVisibleAsync();
    }

    [Test]
    public async Task TheDeskShowsTheTabletItselfAndNothingOfItIsKept()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => faults.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mailadres").FillAsync("officer@proef");
        await page.GetByLabel("Wachtwoord").FillAsync(ServiceUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).WaitForAsync();
        await page.GotoAsync("/instruments/mijn-verhaal");
        await page.GetByTestId("preview-frame").ScrollIntoViewIfNeededAsync();
        var frame = page.FrameLocator("[data-testid='preview-frame']");
        await Assertions.Expect(frame.GetByTestId("preview")).ToContainTextAsync("Niets wordt bewaard");
        await frame.GetByTestId("option-good").ClickAsync();
        await frame.GetByTestId("wish-stay").ClickAsync();
        await frame.GetByTestId("next").ClickAsync();
        await Chromium.PictureAsync(page, "ways-preview");
        await Chromium.IsAccessibleAsync(page, "preview");
        Assert.That(await page.EvaluateAsync<int>("indexedDB.databases().then(all => all.length)"), Is.Zero, "no vault was made");
        Assert.That(await page.EvaluateAsync<int>("localStorage.length"), Is.Zero);
        Assert.That(faults, Is.Empty);

        var plain = await page.APIRequest.GetAsync("/tablet/");
        var preview = await page.APIRequest.GetAsync("/tablet/?preview=mijn-verhaal@1.0");
        Assert.Multiple(() =>
        {
            Assert.That(plain.Headers["content-security-policy"], Does.Contain("frame-ancestors 'none'"), "the tablet with its vault stands in no frame");
            Assert.That(preview.Headers["content-security-policy"], Does.Contain("frame-ancestors 'self'").And.Contain("form-action 'none'"));
        });
    }

    private static async Task SeeAsync(IPage page, string screen)
    {
        await Chromium.PictureAsync(page, $"ways-{screen}");
        await Chromium.IsAccessibleAsync(page, screen);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{screen} fits the tablet");
    }
}
