// Every main screen in dark and in high contrast (light: see TabletScreensTests), at 320 px, at 200 % text, with targets for an unsteady hand.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class EverySizeTests
{
    private const int Target = 64;

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("Mijn verhaal", "begeleider@demo", true)]
    [TestCase("In beeld", "begeleider@demo", false)]
    [TestCase("LACCS-observatie", "observator@demo", false)]
    public async Task EveryMainScreenFitsAndIsReadableInEveryLook(string instrument, string email, bool around)
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        var name = instrument.Replace(' ', '-');
        await page.GotoAsync("/tablet/");
        await tablet.At("sign-in-email").WaitForAsync();
        await EveryLookAsync("sign-in", false);
        await tablet.SignInAsync(email);
        await EveryLookAsync("work", false);
        await page.GetByTestId("work-client").Filter(new() { HasText = instrument }).First.ClickAsync();
        await tablet.At("start-conversation").First.WaitForAsync();
        await EveryLookAsync("client", false);
        await tablet.At("start-conversation").First.ClickAsync();
        await tablet.At("prepare-next").WaitForAsync();
        await EveryLookAsync("prepare", false);
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("agree").WaitForAsync();
        await EveryLookAsync("agree", true);
        await tablet.At("agree").ClickAsync();
        for (var seen = new HashSet<string>(); ;)
        {
            // Every way of answering once: the first question that shows it.
            var id = await tablet.QuestionAsync();
            var way = await page.EvaluateAsync<string>("document.querySelector('.replies .options, .replies .grades, .replies .twostep, .replies textarea')?.className ?? 'text'");
            if (seen.Add(way))
            {
                var choice = page.Locator("[data-testid^='step-'], [data-testid^='option-']");
                if (await choice.CountAsync() > 0)
                {
                    await choice.First.ClickAsync();
                }

                await EveryLookAsync($"question-{seen.Count}", true);
            }

            if (seen.Count > 2 || id == "closing" || id == "share" || await page.Locator(".replies textarea:only-child").CountAsync() > 0)
            {
                break;
            }

            await tablet.At("next").ClickAsync();
            if (await tablet.At($"question-{id}").CountAsync() > 0)
            {
                await tablet.At("next").ClickAsync();
            }

            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", id);
            if (await tablet.At("readback-confirm").CountAsync() > 0)
            {
                break;
            }
        }

        if (await tablet.At("readback-confirm").CountAsync() == 0)
        {
            await tablet.At("stop").ClickAsync();
            await tablet.At("stop-readback").WaitForAsync();
            await EveryLookAsync("stop", true);
            await tablet.At("stop-readback").ClickAsync();
        }

        await tablet.At("readback-confirm").WaitForAsync();
        await EveryLookAsync("readback", false);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("agreement-what").WaitForAsync();
        await EveryLookAsync("agreements", false);
        await tablet.At("finish").ClickAsync();
        await tablet.At("end").WaitForAsync();
        await EveryLookAsync("card", false);

        async Task EveryLookAsync(string screen, bool clientPoints)
        {
            // The screens around the questions are the same for every instrument: looked at once.
            if (!around && !clientPoints)
            {
                return;
            }

            foreach (var (theme, contrast) in ((string, string)[])[("dark", "normal"), ("light", "high"), ("dark", "high")])
            {
                await LookAsync(page, ("theme", theme), ("contrast", contrast));
                await Chromium.IsReadableAsync(page, $"{instrument}, {screen}, {theme}, contrast {contrast}");
                if (contrast == "high" && theme == "light")
                {
                    await Chromium.PictureAsync(page, $"look-{name}-{screen}-contrast");
                }
            }

            await LookAsync(page, ("theme", "light"), ("contrast", "normal"));
            if (clientPoints)
            {
                Assert.That(await page.EvaluateAsync<string[]>(SmallTargets, Target), Is.Empty, $"{instrument}, {screen}: every target is at least {Target} px");
            }

            await FitsAsync(320, 800, "100", screen);
            await FitsAsync(820, 1180, "200", screen);
            await FitsAsync(320, 800, "200", screen);
            await page.SetViewportSizeAsync(820, 1180);
            await LookAsync(page, ("size", "100"));
        }

        async Task FitsAsync(int width, int height, string size, string screen)
        {
            await page.SetViewportSizeAsync(width, height);
            await LookAsync(page, ("size", size));
            Assert.That(await page.EvaluateAsync<string[]>(Outside), Is.Empty, $"{instrument}, {screen}, {width} px at {size} %: nothing stands outside the screen");
            await Chromium.PictureAsync(page, $"look-{name}-{screen}-{width}-{size}");
        }
    }

    private static Task LookAsync(IPage page, params (string Key, string Value)[] look) =>
        page.EvaluateAsync("look => look.forEach(([key, value]) => { document.documentElement.dataset[key] = value })", look.Select(l => new[] { l.Key, l.Value }).ToArray());

    // Sideways scrolling of the page, or something visible that cannot be reached by scrolling down.
    private const string Outside =
        """
        () => {
          const root = document.documentElement;
          const found = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} wide on ${innerWidth}`] : [];
          const open = document.querySelector('dialog[open]');
          for (const el of (open ?? document.body).querySelectorAll('button, label, h1, h2, p, input:not([type=radio], [type=checkbox]), textarea')) {
            const box = el.getBoundingClientRect();
            const hidden = !el.checkVisibility() || el.closest('.hidden-text, [popover]:not(:popover-open)') || box.width < 2;
            if (!hidden && (box.left < -1 || box.right > innerWidth + 1)) found.push(`${el.tagName} ${el.className} ${el.textContent.slice(0, 30)} ${Math.round(box.left)}..${Math.round(box.right)}`);
            if (!hidden && el.scrollWidth > el.clientWidth + 1 && getComputedStyle(el).overflowX === 'hidden') found.push(`cut off: ${el.className} ${el.textContent.slice(0, 30)}`);
          }
          return found;
        }
        """;

    // A label is the target of the control in it.
    private const string SmallTargets =
        """
        least => [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button, label:has(input), textarea, a[href]')]
          .filter((el) => el.checkVisibility() && !el.closest('[popover]:not(:popover-open)'))
          .map((el) => ({ el, box: el.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
          .map(({ el, box }) => `${el.dataset.testid ?? el.className}: ${Math.round(box.width)}x${Math.round(box.height)}`)
        """;
}
