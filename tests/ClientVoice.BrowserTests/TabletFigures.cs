// How small and quick the tablet app is. The size is held by a test, for bytes do not depend on the machine; the times are
// printed by hand: dotnet test tests/ClientVoice.BrowserTests --filter "Name=PrintTheTimes" --logger "console;verbosity=detailed"
using System.Globalization;
using System.IO.Compression;
using ClientVoice.Commands;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class TabletFigures
{
    /// <summary>Script and style, gzipped, before the first question: a second on a slow line in the countryside.</summary>
    private const int Budget = 80_000;

    /// <summary>Milliseconds that nobody stays under on a screen that is read and answered.</summary>
    private const int OnAScreen = 1000;

    private const int Short = 10;
    private const int Long = 200;

    [Test]
    public async Task ScriptAndStyleBeforeTheFirstQuestionStayWithinEightyKilobytes()
    {
        await using var service = await ServiceUnderTest.StartAsync(demo: true);
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        // What comes after the question stands there is made ready while the client thinks.
        await page.AddInitScriptAsync(
            "new MutationObserver((_, o) => { if (document.querySelector(\"main[data-testid^='question-']\")) { o.disconnect(); window.asked = performance.now(); } }).observe(document, { subtree: true, childList: true })");
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.BeginAsync(page.Locator("[data-testid='work-client']").First);
        await tablet.QuestionAsync();
        var sizes = new Dictionary<string, long>();
        foreach (var path in await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').filter((e) => e.startTime <= window.asked).map((e) => new URL(e.name).pathname).filter((p) => /\\.(js|css)$/.test(p) && p !== '/tablet/worker.js')"))
        {
            sizes[path] = Gzipped(await File.ReadAllBytesAsync(Path.Combine(HousePaths.Content, "wwwroot", path.TrimStart('/'))));
        }

        await TestContext.Out.WriteLineAsync($"script and style before the first question, gzipped: {sizes.Values.Sum():N0} of {Budget:N0} bytes ({string.Join(", ", sizes.Select(s => $"{s.Key} {s.Value:N0}"))})");
        Assert.That(sizes, Has.Count.GreaterThanOrEqualTo(6), "the app was loaded, script and style");
        Assert.That(sizes.Values.Sum(), Is.LessThanOrEqualTo(Budget));
    }

    [Test]
    [Explicit("Prints times; they depend on the machine.")]
    public async Task PrintTheTimes()
    {
        var folder = LongInstrument.FolderWith(Short, Long);
        try
        {
            await using var service = await ServiceUnderTest.StartAsync(["--ClientVoice:Instruments", folder], demo: true);
            var ten = await TapsAsync(service, Short);
            var twoHundred = await TapsAsync(service, Long);
            await TestContext.Out.WriteLineAsync($"tap to next question, processor slowed four times: {ten} with {Short} questions");
            await TestContext.Out.WriteLineAsync($"tap to next question, processor slowed four times: {twoHundred} with {Long} questions");
            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Long} against {Short} questions: {twoHundred.Median / ten.Median:0.00} times as long"));
            await TestContext.Out.WriteLineAsync($"start without network, processor slowed four times: {await StartAsync(service)}");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static long Gzipped(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, true))
        {
            gzip.Write(bytes);
        }

        return buffer.Length;
    }

    private static async Task<Times> TapsAsync(ServiceUnderTest service, int length)
    {
        await LongInstrument.ChooseAsync(service, length);
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        // As on every day after the first: started from what the tablet keeps.
        await page.ReloadAsync();
        await tablet.UnlockAsync();
        await page.Locator("[data-testid='work-client']").Filter(new() { HasText = $"Lijst van {length}" }).First.ClickAsync();
        var slow = await context.NewCDPSessionAsync(page);
        await slow.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await tablet.At("start-conversation").First.ClickAsync();
        foreach (var step in new[] { "prepare-next", "agree" })
        {
            await tablet.At(step).WaitForAsync();
            await page.WaitForTimeoutAsync(OnAScreen);
            await tablet.At(step).ClickAsync();
        }

        await tablet.QuestionAsync();
        await page.WaitForTimeoutAsync(OnAScreen);
        // In the second half of a long list: most answers are given, and most is there to be slow.
        var skip = length - Short;
        var taps = await page.EvaluateAsync<double[]>(TapThrough, new[] { skip, Short - 2, OnAScreen });
        return new Times(taps);
    }

    // From the tap until the next question is drawn: after the frame in which it stands, as the person sees it.
    private const string TapThrough =
        """
        async ([skip, measured, between]) => {
          const at = () => document.querySelector('main[data-testid^="question-"]')?.dataset.testid;
          const drawn = () => new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => done(); c.port2.postMessage(0); }));
          const until = async (holds) => { while (!holds()) await new Promise((r) => setTimeout(r, 1)); };
          const times = [];
          for (let i = 0; i < skip + measured; i++) {
            document.querySelector('[data-testid="option-good"] input').click();
            await until(() => document.querySelector('[data-testid="wish-stay"]'));
            document.querySelector('[data-testid="wish-stay"] input').click();
            await drawn();
            if (i >= skip) await new Promise((r) => setTimeout(r, between));
            const before = at();
            const changed = new Promise((done) => new MutationObserver((_, o) => { if (at() !== before) { o.disconnect(); done(); } }).observe(document.body, { subtree: true, childList: true, attributes: true }));
            const start = performance.now();
            document.querySelector('[data-testid="next"]').click();
            await changed;
            await drawn();
            if (i >= skip) times.push(performance.now() - start);
          }
          return times;
        }
        """;

    private static async Task<Times> StartAsync(ServiceUnderTest service)
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        await context.SetOfflineAsync(true);
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await page.CloseAsync();
            page = await context.NewPageAsync();
            var slow = await context.NewCDPSessionAsync(page);
            await slow.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
            await page.AddInitScriptAsync(
                "new MutationObserver((_, o) => { if (document.querySelector('[data-testid=pick-person]')) { o.disconnect(); requestAnimationFrame(() => { window.started = performance.now(); }); } }).observe(document, { subtree: true, childList: true })");
            await page.GotoAsync("/tablet/");
            await page.WaitForFunctionAsync("() => window.started");
            times.Add(await page.EvaluateAsync<double>("window.started"));
        }

        return new Times([.. times]);
    }

    private sealed record Times(double[] All)
    {
        public double Median => All.Order().ElementAt(All.Length / 2);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"median {Median:0} ms, longest {All.Max():0} ms, of {All.Length} ({string.Join(", ", All.Select(t => t.ToString("0", CultureInfo.InvariantCulture)))})");
    }
}
