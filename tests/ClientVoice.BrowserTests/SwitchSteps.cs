using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>
/// What somebody does with one switch or two, and nothing else. The clock of the page is the test's, and stands still from the first
/// step on: with one switch the mark moves by the clock, and on a busy machine it would have gone on before it is looked at.
/// </summary>
internal sealed class SwitchSteps
{
    private readonly IPage page;
    private readonly bool hasOne;
    private bool standsStill;

    private SwitchSteps(IPage page, bool hasOne)
    {
        this.page = page;
        this.hasOne = hasOne;
    }

    /// <summary>Chooses switches under comfort, which is left open.</summary>
    /// <param name="switches"><c>one</c>, which moves by itself every second, or <c>two</c>, of which F7 moves.</param>
    public static async Task<SwitchSteps> ChooseAsync(IPage page, string switches)
    {
        await page.GetByTestId("comfort").ClickAsync();
        await page.GetByTestId($"switch-{switches}").ClickAsync();
        if (switches == "one")
        {
            await page.GetByTestId("switch-speed-1").ClickAsync();
        }
        else
        {
            // Two keys that a switch interface can send, chosen by pressing them.
            await page.GetByTestId("switch-key-next").ClickAsync();
            await page.Keyboard.PressAsync("F7");
            await Assertions.Expect(page.GetByTestId("switch-key-next")).ToHaveTextAsync("F7");
        }

        return new SwitchSteps(page, switches == "one");
    }

    /// <summary>One step on: one switch moves by itself; with two the first one moves.</summary>
    public async Task MoveAsync()
    {
        await StandStillAsync();
        if (hasOne)
        {
            await page.Clock.RunForAsync(1000);
            return;
        }

        // Two presses at once count as one: a hand that shakes. The clock is ours, so that nobody waits.
        await page.Clock.RunForAsync(300);
        await page.Keyboard.PressAsync("F7");
    }

    /// <summary>On until the mark is here, and pressed.</summary>
    /// <param name="wanted">A selector.</param>
    /// <param name="most">Steps that it may take.</param>
    public async Task ToAsync(string wanted, int most = 25)
    {
        await StandStillAsync();
        await UntilAsync(async () => await page.Locator(wanted).First.IsVisibleAsync());
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

    /// <summary>Lets the clock of the page go on, in small steps, until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await page.Clock.RunForAsync(20);
        }
    }

    /// <summary>Lets the clock of the page run by itself again.</summary>
    public async Task RunAsync()
    {
        await page.Clock.ResumeAsync();
        standsStill = false;
    }

    private async Task StandStillAsync()
    {
        if (!standsStill)
        {
            // A moment that has not passed by the time it is asked for.
            await page.Clock.PauseAtAsync(DateTimeOffset.FromUnixTimeMilliseconds(await page.EvaluateAsync<long>("Date.now()")).AddMinutes(1).UtcDateTime);
            standsStill = true;
        }
    }
}
