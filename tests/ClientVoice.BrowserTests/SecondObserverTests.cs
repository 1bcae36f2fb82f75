// Two people look at one client, each on their own tablet: apart until both are done, then side by side.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class SecondObserverTests
{
    private const string First = "Zij draaide haar hoofd naar het raam";
    private const string Second = "Zij lachte toen de bel ging";

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task ASecondObserverJoinsOnAnotherTabletAndNeitherSeesTheOthersAnswersBeforeBothAreDone()
    {
        await using var hers = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await hers.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("observator@demo");
        var client = (await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "LACCS" }).Filter(new() { HasNotText = "Tweede kijker" }).First.GetAttributeAsync("data-client-id"))!;
        await ObserveAsync(page, tablet, client, "other-worker", First, 0);
        await tablet.SentAsync();
        await Assertions.Expect(page.Locator($"[data-client-id='{client}']").Filter(new() { HasText = "LACCS" })).ToHaveCountAsync(0);

        // Her colleague is asked for, and reads nothing of what she saw: not on the desk, not on the tablet.
        await using var his = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var desk = await his.NewPageAsync();
        await DeskSteps.SignInAsync(desk, "begeleider@demo");
        await desk.GotoAsync("/conversations");
        await Chromium.PictureAsync(desk, "observation-list");
        var line = desk.GetByTestId("conversations").GetByRole(AriaRole.Row).Filter(new() { HasText = "wacht op een tweede kijker" }).First;
        await Chromium.IsAccessibleAsync(desk, "an observation that waits, in the list");
        await line.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(desk.GetByTestId("closed")).ToContainTextAsync("met eigen ogen");
        Assert.That(await desk.ContentAsync(), Does.Not.Contain(First));
        await Chromium.IsAccessibleAsync(desk, "an observation that is closed");
        await Chromium.PictureAsync(desk, "observation-closed");

        await using var other = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var second = await other.NewPageAsync();
        var work = second.WaitForResponseAsync("**/api/work");
        var secondTablet = new TabletSteps(second);
        await secondTablet.SignInAsync("begeleider@demo");
        Assert.That(await (await work).TextAsync(), Does.Not.Contain(First));
        await Assertions.Expect(second.Locator($"[data-client-id='{client}']")).ToContainTextAsync("Tweede kijker gevraagd");
        await second.Locator($"[data-client-id='{client}']").ClickAsync();
        await Assertions.Expect(secondTablet.At("second-observer")).ToContainTextAsync("pas als je allebei klaar bent");
        await Chromium.IsAccessibleAsync(second, "a second observer is asked");
        await Chromium.PictureAsync(second, "second-observer");
        await secondTablet.At("to-list").ClickAsync();
        await ObserveAsync(second, secondTablet, client, "regular-worker", Second, 1, "other-worker");
        await secondTablet.SentAsync();

        // Both are done: side by side, the differences named, nothing averaged.
        await desk.GotoAsync("/conversations");
        await Assertions.Expect(desk.GetByTestId("conversations").Locator("tbody tr").First).Not.ToContainTextAsync("wacht op een tweede kijker");
        await desk.GetByTestId("conversations").Locator("tbody").GetByRole(AriaRole.Link).First.ClickAsync();
        var beside = desk.GetByTestId("side-by-side");
        await Assertions.Expect(beside).ToContainTextAsync(First);
        await Assertions.Expect(beside).ToContainTextAsync(Second);
        await Assertions.Expect(beside).ToContainTextAsync("≠ verschil");
        await Assertions.Expect(beside.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(3);
        await Chromium.IsAccessibleAsync(desk, "side by side");
        await Chromium.PictureAsync(desk, "side-by-side-1440");
        await desk.SetViewportSizeAsync(820, 1180);
        Assert.That(await desk.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await Chromium.PictureAsync(desk, "side-by-side-820");
    }

    // Answers until an area that is judged, with words beside it.
    private static async Task ObserveAsync(IPage page, TabletSteps tablet, string client, string relation, string words, int level, string? taken = null)
    {
        await page.Locator($"[data-client-id='{client}']").ClickAsync();
        await tablet.At("start-conversation").First.ClickAsync();
        if (taken is not null)
        {
            await tablet.At($"relation-{taken}").ClickAsync();
            await Assertions.Expect(tablet.At("same-relation-warning")).ToBeVisibleAsync();
            await Chromium.IsAccessibleAsync(page, "the same relation");
        }

        await tablet.At($"relation-{relation}").ClickAsync();
        await Assertions.Expect(tablet.At("same-relation-warning")).ToHaveCountAsync(0);
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("agree").ClickAsync();
        while (await page.Locator(".options--levels").CountAsync() == 0)
        {
            var id = await tablet.QuestionAsync();
            if (await page.Locator("[data-testid^='option-']").CountAsync() > 0)
            {
                await page.Locator("[data-testid^='option-']").First.ClickAsync();
            }

            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", id);
        }

        await page.Locator("[data-testid^='option-']").Nth(level).ClickAsync();
        await tablet.At("words").FillAsync(words);
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
    }
}
