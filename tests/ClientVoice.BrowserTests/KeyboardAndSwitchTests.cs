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
        while (await tablet.OnAQuestionAsync() is { } id)
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
            await tablet.GoneAsync(id);
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
        var steps = await SwitchSteps.ChooseAsync(page, switches);
        await Chromium.IsAccessibleAsync(page, "choosing switches");
        await tablet.At("comfort-close").ScrollIntoViewIfNeededAsync();
        await Chromium.PictureAsync(page, $"switch-settings-{switches}");
        await tablet.At("comfort-close").ClickAsync();

        await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First.ClickAsync();
        await steps.ToAsync("[data-testid='start-conversation']");
        await steps.ToAsync("[data-testid='prepare-next']", 60);
        await steps.ToAsync("[data-testid='agree']");
        var looked = false;
        while (await tablet.OnAQuestionAsync() is { } id)
        {
            if (await page.Locator("[data-testid^='option-'] input").CountAsync() > 0)
            {
                await steps.ToAsync("[data-testid^='option-'] input");
                await steps.ToAsync("[data-testid^='wish-'] input");
                if (!looked)
                {
                    await steps.MoveAsync();
                    await steps.RunAsync();
                    await Chromium.IsAccessibleAsync(page, "scanning");
                    await Chromium.PictureAsync(page, $"switch-{switches}");
                }
            }

            // After the answers the way on comes first: nobody has to wait past everything else.
            await steps.ToAsync("[data-testid='next']", looked ? 2 : 25);
            looked = true;
            await tablet.GoneAsync(id);
        }

        await steps.ToAsync("[data-testid='readback-confirm']");
        await steps.ToAsync("[data-testid='finish']");
        await steps.ToAsync("[data-testid='done']");
        await steps.RunAsync();
        await tablet.SentAsync();
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
