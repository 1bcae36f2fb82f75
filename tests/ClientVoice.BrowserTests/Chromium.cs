// One Chromium for the whole run; each test has a context (and so a tablet) of its own. It is the one without a window: the other loads the
// pages of its address bar for every page that is opened, which costs a machine of two cores more than the tablet does.
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ClientVoice.Tests;
using Microsoft.Playwright;

// Every fixture has a service, a database and a profile of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]

namespace ClientVoice.BrowserTests;

[SetUpFixture]
public sealed class Chromium
{
    private static readonly string Program = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.First(File.Exists);

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright playwright = null!;
    private static IBrowser browser = null!;

    public static readonly ViewportSize Portrait = new() { Width = 820, Height = 1180 };
    public static readonly ViewportSize Landscape = new() { Width = 1180, Height = 820 };
    public static readonly ViewportSize Desk = new() { Width = 1440, Height = 900 };

    [OneTimeSetUp]
    public async Task LaunchAsync()
    {
        Traces.BeginWhereAsked();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Flags });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        // Every service of the run has ended by now.
        Traces.Listening?.Keep();
    }

    /// <summary>A new, empty browser profile.</summary>
    /// <param name="script">False: it runs no scripts of pages.</param>
    public static async Task<IBrowserContext> ContextAsync(ViewportSize size, string address, bool script = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = size, BaseURL = address, Locale = "nl-NL", TimezoneId = "Europe/Amsterdam", AcceptDownloads = true, JavaScriptEnabled = script,
        });
        // Generous for a busy machine; a test that passes does not wait.
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>A browser with a profile on disk: closing and opening it again is a restart of the tablet.</summary>
    public static async Task<IBrowserContext> TabletAsync(string profile, string address)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Program, Args = Flags, ViewportSize = Portrait, BaseURL = address, Locale = "nl-NL", TimezoneId = "Europe/Amsterdam",
        });
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>Fails on any fault of WCAG 2.2 A and AA that axe finds on the page as it is now.</summary>
    public static Task IsAccessibleAsync(IPage page, string screen) =>
        AxeAsync(page, screen, new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });

    /// <summary>Fails on text that does not stand out from its ground: all that another look of the same screen can change.</summary>
    public static Task IsReadableAsync(IPage page, string screen) => AxeAsync(page, screen, new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] });

    private static async Task AxeAsync(IPage page, string screen, RunOnlyOptions rules)
    {
        // What is still fading in has not yet the colours it will have.
        await page.EvaluateAsync(
            "Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => undefined))).then(() => undefined)");
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = rules });
        Assert.That(
            result.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Html))})"),
            Is.Empty,
            $"{screen} can be used by everyone");
    }

    /// <summary>Keeps a picture of the page where <c>CLIENTVOICE_PICTURES</c> names a folder; else does nothing.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CLIENTVOICE_PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
