using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>What somebody who does not see does by keys, while everything is said.</summary>
internal static class EarSteps
{
    private const int Presses = 3;

    /// <summary>Along the choices with the arrow until this one, then Enter, and Enter once more where it is asked again.</summary>
    public static async Task TakeAsync(IPage page, TabletSteps tablet, string text)
    {
        var item = tablet.At("listen-item");
        var step = await tablet.At("listen").GetAttributeAsync("data-step");
        for (var i = 0; i < 15 && !(await item.InnerTextAsync()).Contains(text, StringComparison.Ordinal); i++)
        {
            var before = await item.InnerTextAsync();
            // A key that comes as the screen changes is of neither the old one nor the new one: whoever hears nothing presses again.
            for (var press = 1; !await MovedAsync(page, before); press++)
            {
                if (press == Presses)
                {
                    var focus = await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 150)");
                    Assert.Fail($"no way on to '{text}' at {await tablet.At("listen").GetAttributeAsync("data-step")} (came from {step}), item '{before}', the focus at {focus}");
                }
            }
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync(
            "step => document.querySelector('[data-testid=listen-confirm]') || document.querySelector('[data-testid=listen]')?.dataset.step !== step", step);
        if (await tablet.At("listen-confirm").CountAsync() > 0)
        {
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("step => document.querySelector('[data-testid=listen]')?.dataset.step !== step", step);
        }
    }

    private static async Task<bool> MovedAsync(IPage page, string before)
    {
        await page.Keyboard.PressAsync("ArrowRight");
        try
        {
            await page.WaitForFunctionAsync("before => document.querySelector('[data-testid=listen-item]').innerText !== before", before, new() { Timeout = 4_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
