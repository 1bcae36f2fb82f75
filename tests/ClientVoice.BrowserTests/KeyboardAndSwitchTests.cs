// A whole conversation without touching the screen: by keyboard, and by one or two switches.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class KeyboardAndSwitchTests
{
    private ServiceUnderTest service = null!;
    private IBrowserContext context = null!;
    private IPage page = null!;
    private TabletSteps tablet = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [SetUp]
    public async Task TakeTabletAsync()
    {
        context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        page = await context.NewPageAsync();
        tablet = new TabletSteps(page);
    }

    [TearDown]
    public async Task PutTabletAwayAsync() => await context.DisposeAsync();

    [Test]
    public async Task AWholeConversationCanBeHeldByKeyboardAloneAndArrowsNeverGoOn()
    {
        await page.GotoAsync("/tablet/");
        await TypeAsync("sign-in-email", "begeleider@demo");
        await TypeAsync("sign-in-password", Commands.DemoOrganisation.Password);
        await page.Keyboard.PressAsync("Enter");
        await TypeAsync("pin-new", TabletSteps.Pin);
        await TypeAsync("pin-repeat", TabletSteps.Pin);
        await page.Keyboard.PressAsync("Enter");
        await tablet.At("work-client").First.WaitForAsync();
        await TypeAsync("work-search", await NameAsync());
        await PressAsync("work-client");
        await PressAsync("start-conversation");
        await PressAsync("prepare-next");
        await PressAsync("agree");
        while (await OnAQuestionAsync() is { } id)
        {
            if (await page.Locator("[data-testid^='option-'] input").CountAsync() > 0)
            {
                await TabToAsync("[data-testid^='option-']");
                await page.Keyboard.PressAsync("Space");
                await page.Keyboard.PressAsync("ArrowDown");
                await page.Keyboard.PressAsync("ArrowRight");
                await Assertions.Expect(tablet.At($"question-{id}")).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator("[data-testid^='option-'] input:checked")).ToHaveCountAsync(1);
                await TabToAsync("[data-testid^='wish-']:not(section)");
                await page.Keyboard.PressAsync("Space");
            }

            await PressAsync("next");
            await GoneAsync(id);
        }

        await PressAsync("readback-confirm");
        await TypeAsync("agreement-what", "We gaan samen zwemmen");
        await PressAsync("agreement-add");
        await tablet.At("agreement").WaitForAsync();
        await PressAsync("finish");
        await tablet.At("end").WaitForAsync();
        await PressAsync("done");
        await tablet.SentAsync();
    }

    [TestCase("one")]
    [TestCase("two")]
    public async Task AWholeConversationCanBeHeldWithSwitchesAlone(string switches)
    {
        await page.Clock.InstallAsync();
        await tablet.SignInAsync("begeleider@demo");
        await tablet.At("comfort").ClickAsync();
        await tablet.At($"switch-{switches}").ClickAsync();
        if (switches == "one")
        {
            await tablet.At("switch-speed-1").ClickAsync();
        }
        else
        {
            // Two keys that a switch interface can send, chosen by pressing them.
            await tablet.At("switch-key-next").ClickAsync();
            await page.Keyboard.PressAsync("F7");
            await Assertions.Expect(tablet.At("switch-key-next")).ToHaveTextAsync("F7");
        }

        await Chromium.IsAccessibleAsync(page, "choosing switches");
        await tablet.At("comfort-close").ScrollIntoViewIfNeededAsync();
        await Chromium.PictureAsync(page, $"switch-settings-{switches}");
        await tablet.At("comfort-close").ClickAsync();

        await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First.ClickAsync();
        await SwitchToAsync("[data-testid='start-conversation']");
        await SwitchToAsync("[data-testid='prepare-next']", 60);
        await SwitchToAsync("[data-testid='agree']");
        var looked = false;
        while (await OnAQuestionAsync() is { } id)
        {
            if (await page.Locator("[data-testid^='option-'] input").CountAsync() > 0)
            {
                await SwitchToAsync("[data-testid^='option-'] input");
                await SwitchToAsync("[data-testid^='wish-'] input");
                if (!looked)
                {
                    await MoveAsync();
                    await Chromium.IsAccessibleAsync(page, "scanning");
                    await Chromium.PictureAsync(page, $"switch-{switches}");
                }
            }

            // After the answers the way on comes first: nobody has to wait past everything else.
            await SwitchToAsync("[data-testid='next']", looked ? 2 : 25);
            looked = true;
            await GoneAsync(id);
        }

        await SwitchToAsync("[data-testid='readback-confirm']");
        await SwitchToAsync("[data-testid='finish']");
        await tablet.At("end").WaitForAsync();
        await SwitchToAsync("[data-testid='done']");
        await tablet.SentAsync();

        // One switch moves by itself; with two the first one moves.
        async Task MoveAsync()
        {
            if (switches == "one")
            {
                await page.Clock.RunForAsync(1000);
            }
            else
            {
                // Two presses at once count as one: a hand that shakes. The clock is ours, so that nobody waits.
                await page.Clock.RunForAsync(300);
                await page.Keyboard.PressAsync("F7");
            }
        }

        async Task SwitchToAsync(string wanted, int most = 25)
        {
            await page.Locator(wanted).First.WaitForAsync();
            for (var i = 0; i < most; i++)
            {
                await MoveAsync();
                if (await page.EvaluateAsync<bool>("wanted => document.querySelector('[data-scan=here]')?.matches(wanted) ?? false", wanted))
                {
                    Assert.That(await page.EvaluateAsync<bool>("document.activeElement === document.querySelector('[data-scan=here]')"), "a screen reader is where the mark is");
                    await page.Keyboard.PressAsync("Enter");
                    return;
                }
            }

            Assert.Fail($"{wanted} is not reached in {most} steps, the mark is at {await page.EvaluateAsync<string>("[...document.querySelectorAll('[data-scan=here]')].map(e => e.outerHTML.slice(0, 200)).join()")}, the focus at {await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)")}");
        }
    }

    [Test]
    public async Task OneSwitchRestsAfterThreeRoundsAndLeavesTypingAlone()
    {
        await page.Clock.InstallAsync();
        await page.AddInitScriptAsync("localStorage.setItem('clientvoice-switch', JSON.stringify({ mode: 'one', seconds: 1 }))");
        await page.GotoAsync("/tablet/");
        await tablet.At("sign-in-email").PressSequentiallyAsync("een naam met spaties");
        await Assertions.Expect(tablet.At("sign-in-email")).ToHaveValueAsync("een naam met spaties");
        await page.Locator("h1").FocusAsync();
        var mark = page.Locator("[data-scan=here]");
        await page.Clock.RunForAsync(1000);
        await Assertions.Expect(mark).ToHaveCountAsync(1);
        await page.Clock.RunForAsync(30_000);
        await Assertions.Expect(mark).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(mark).ToHaveCountAsync(1);
    }

    /// <summary>The question on the screen; null when the questions are over.</summary>
    private async Task<string?> OnAQuestionAsync()
    {
        var here = page.Locator("[data-testid^='question-'], [data-testid='readback-confirm']").First;
        await here.WaitForAsync();
        return (await here.GetAttributeAsync("data-testid"))! is var id && id.StartsWith("question-", StringComparison.Ordinal) ? id["question-".Length..] : null;
    }

    private Task GoneAsync(string question) => page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", question);

    private async Task<string> NameAsync() =>
        (await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First.Locator(".client__name").InnerTextAsync()).Trim();

    private async Task TypeAsync(string id, string text)
    {
        await tablet.At(id).WaitForAsync();
        await TabToAsync($"[data-testid='{id}']");
        await page.Keyboard.TypeAsync(text);
    }

    private async Task PressAsync(string id)
    {
        await tablet.At(id).First.WaitForAsync();
        await TabToAsync($"[data-testid='{id}']");
        await page.Keyboard.PressAsync("Enter");
    }

    // Whoever works by keyboard only has Tab; the focus must be seen at every stop.
    private async Task TabToAsync(string wanted)
    {
        for (var i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("wanted => Boolean(document.activeElement?.closest(wanted))", wanted))
            {
                Assert.That(await page.EvaluateAsync<bool>("document.activeElement.matches(':focus-visible')"), $"the focus is seen at {wanted}");
                return;
            }
        }

        Assert.Fail($"{wanted} is not reached by Tab");
    }
}
