// A whole conversation without sight: by gestures and keys, everything said aloud.
using System.Globalization;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class ByEarTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await WaysHouse.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AConversationIsHeldByEarFromAgreeingToTheCard()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(context, "nl-NL");
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Carla }).ClickAsync();
        await tablet.At("start-conversation").ClickAsync();
        await Assertions.Expect(tablet.At("ask-listen").GetByRole(AriaRole.Radio)).ToBeCheckedAsync();
        await tablet.At("prepare-next").ClickAsync();
        await FakeVoice.HeardAsync(page, "Je mag altijd stoppen.");
        await SeeAsync(page, "consent");
        await page.Keyboard.PressAsync("ArrowRight");
        await FakeVoice.HeardAsync(page, "Ja, ik doe mee");
        await page.Keyboard.PressAsync("Enter");
        await FakeVoice.HeardAsync(page, "Klopt dat?");
        await Assertions.Expect(tablet.At("listen-confirm")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");

        // By gestures: the question, along the answers, one chosen and confirmed.
        await FakeVoice.HeardAsync(page, "Hoe is de plek waar je woont?");
        Assert.That(await tablet.QuestionAsync(), Is.EqualTo("home"));
        await SwipeAsync(page, 300);
        await FakeVoice.HeardAsync(page, "1 van");
        await SwipeAsync(page, 300);
        await FakeVoice.HeardAsync(page, "2 van");
        await SwipeAsync(page, -300);
        await FakeVoice.HeardAsync(page, "1 van");
        var first = await tablet.At("listen-item").InnerTextAsync();
        await DoubleTapAsync(page);
        await FakeVoice.HeardAsync(page, "Je kiest:");
        await SeeAsync(page, "confirm");
        await SwipeAsync(page, 300);
        await Assertions.Expect(tablet.At("listen-confirm")).ToHaveCountAsync(0);
        await SwipeAsync(page, -300);
        await DoubleTapAsync(page);
        await FakeVoice.HeardAsync(page, "Je kiest:");
        await DoubleTapAsync(page);
        await FakeVoice.HeardAsync(page, "Mag je plek zo blijven?");
        Assert.That(await page.EvaluateAsync<bool>("document.querySelector('[data-testid=listen]').dataset.step === 'home-wish'"), "the wish is asked after the answer");
        await TakeAsync(page, 1);
        await FakeVoice.HeardAsync(page, "Vertel het hardop.");
        await tablet.At("text-home-more").FillAsync("Ik hoor de vogels");
        await page.EvaluateAsync("document.activeElement.blur()");

        // To the end of what is asked: stop is among the choices, and asks how.
        await EarSteps.TakeAsync(page, tablet, "Stop, ik ben moe");
        await FakeVoice.HeardAsync(page, "Even rust");
        await EarSteps.TakeAsync(page, tablet, "Stoppen en samen nalezen");
        await tablet.At("listen-back").WaitForAsync();
        await FakeVoice.HeardAsync(page, "Klopt dit?");
        await SeeAsync(page, "read-back");
        await EarSteps.TakeAsync(page, tablet, "Ja, dit klopt");
        await FakeVoice.HeardAsync(page, "Ik hoor de vogels");
        await EarSteps.TakeAsync(page, tablet, "Ja, dit klopt");
        await FakeVoice.HeardAsync(page, "Mogen anderen jouw woorden lezen?");
        await EarSteps.TakeAsync(page, tablet, "Nee. En alles klopt");
        await FakeVoice.HeardAsync(page, "Nu maken we afspraken.");
        await tablet.At("agreement-what").FillAsync("We zetten een vogelhuisje op");
        await tablet.At("finish").ClickAsync();
        await FakeVoice.HeardAsync(page, "We zetten een vogelhuisje op");
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        Assert.That(
            await WaysHouse.RowsAsync<string>(service, "SELECT a.QuestionId FROM Answer a WHERE a.PassedOver = 0 ORDER BY a.QuestionId"),
            Is.EqualTo((string[])["home", "home-more", "home-wish"]), first);
    }

    [Test]
    public async Task ArrowsOnlyMoveAndNeverAnswer()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Landscape, service.Address);
        await FakeVoice.AddAsync(context, "nl-NL");
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await BeginByEarAsync(page, tablet);
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync(i % 4 == 3 ? "ArrowLeft" : i % 3 == 2 ? "ArrowDown" : "ArrowRight");
        }

        Assert.That(await tablet.QuestionAsync(), Is.EqualTo("home"), "the question is still there");
        await SeeAsync(page, "landscape");
        await page.EvaluateAsync("document.documentElement.dataset.contrast = 'high'");
        await SeeAsync(page, "contrast");
    }

    [Test]
    public async Task ADeviceWithoutAVoiceSaysSoAndAnotherVoiceIsNamed()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(context, "fr-FR");
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await BeginByEarAsync(page, tablet, voice: false);
        await Assertions.Expect(tablet.At("no-voice")).ToBeVisibleAsync();

        await using var english = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(english, "en-GB");
        var other = await english.NewPageAsync();
        var second = await WaysHouse.TabletAsync(other);
        await second.At("comfort").ClickAsync();
        await second.At("comfort-rate-1.4").ClickAsync();
        await second.At("comfort-volume-0.4").ClickAsync();
        await Chromium.IsAccessibleAsync(other, "comfort");
        await second.At("comfort-close").ClickAsync();
        await other.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        await second.At("start-conversation").First.ClickAsync();
        await second.At("prepare-next").ClickAsync();
        await second.At("agree").ClickAsync();
        await other.EvaluateAsync("window.slowVoice = 100000");
        await second.At("speak").ClickAsync();
        await Assertions.Expect(second.At("other-voice")).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("mark.spoken")).ToHaveTextAsync("Hoe");
        var said = await other.EvaluateAsync<System.Text.Json.JsonElement>("window.said[0]");
        Assert.That((said.GetProperty("rate").GetDouble(), said.GetProperty("volume").GetDouble()), Is.EqualTo((1.4, 0.4)), "as fast and as loud as was chosen");
    }

    private static async Task BeginByEarAsync(IPage page, TabletSteps tablet, bool voice = true)
    {
        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Carla }).ClickAsync();
        await tablet.At("start-conversation").ClickAsync();
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("listen").WaitForAsync();
        if (!voice)
        {
            return;
        }

        await EarSteps.TakeAsync(page, tablet, "Ja, ik doe mee");
        await tablet.QuestionAsync();
    }

    private static async Task TakeAsync(IPage page, int number)
    {
        for (var i = 0; i < number; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
            await FakeVoice.HeardAsync(page, string.Create(CultureInfo.InvariantCulture, $"{i + 1} van"));
        }

        await page.Keyboard.PressAsync("Enter");
        await FakeVoice.HeardAsync(page, "Je kiest:");
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task SwipeAsync(IPage page, int by)
    {
        var (x, y) = await MiddleAsync(page);
        await page.Mouse.MoveAsync(x - (by / 2), y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + (by / 2), y);
        await page.Mouse.UpAsync();
    }

    // Both taps at once: how fast a busy machine passes on two clicks is not what this is about.
    private static Task DoubleTapAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          const pad = document.querySelector('[data-testid=listen-pad]');
          for (const type of ['pointerdown', 'pointerup', 'pointerdown', 'pointerup'])
            pad.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: 300, clientY: 300 }));
        }
        """);

    private static async Task<(float X, float Y)> MiddleAsync(IPage page)
    {
        var box = (await page.GetByTestId("listen-pad").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private static async Task SeeAsync(IPage page, string screen)
    {
        await Chromium.PictureAsync(page, $"ear-{screen}");
        await Chromium.IsAccessibleAsync(page, screen);
    }
}
