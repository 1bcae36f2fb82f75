// Sending, killed at every step and answered in every way: one conversation is stored, and none is lost.
using System.Text.Json;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class OutboxKillTests
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
        await PageAsync();
    }

    [TearDown]
    public async Task PutTabletAwayAsync() => await context.DisposeAsync();

    [Test]
    public async Task KilledAtEveryStepOfSendingOneConversationIsStoredAndNothingIsLost()
    {
        await tablet.SignInAsync("begeleider@demo");
        await OneIsStoredAsync("before the request leaves", async killed => await page.RouteAsync("**/api/conversations/*", _ => killed.TrySetResult()));
        await OneIsStoredAsync("while the service is at work on it", async killed => await page.RouteAsync("**/api/conversations/*", route =>
        {
            // The request goes on by itself; the page that asked is not there any more.
            _ = route.FetchAsync();
            killed.TrySetResult();
        }));
        await OneIsStoredAsync("after it was stored, before the receipt arrives", async killed => await page.RouteAsync("**/api/conversations/*", async route =>
        {
            await route.FetchAsync();
            killed.TrySetResult();
        }));
        await OneIsStoredAsync("after the receipt, before it is taken out of the outbox", async killed =>
        {
            // The first thing the tablet does with a receipt that is right.
            await KilledAtDeletingAsync("parcel", killed);
        });
    }

    [Test]
    public async Task KilledWhileAConversationGoesToTheOutboxItIsStillThereToFinish()
    {
        await tablet.SignInAsync("begeleider@demo");
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await KilledAtDeletingAsync("draft", killed);
        await StopHalfwayAsync(client);
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await KillAsync();
        await tablet.At("resume-conversation").ClickAsync();
        await Assertions.Expect(page.Locator("[data-testid^='option-'] input").First).ToBeCheckedAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task AServiceThatAsksToWaitIsLeftAloneForThatLongAndThenGetsIt()
    {
        await page.Clock.InstallAsync();
        await tablet.SignInAsync("begeleider@demo");
        var asked = 0;
        await page.RouteAsync("**/api/conversations/*", async route =>
        {
            if (asked++ == 0)
            {
                await route.FulfillAsync(new() { Status = 503, Headers = [new("Retry-After", "600")] });
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await tablet.RefuseAsync(Client(client));
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "waiting");
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveTextAsync("1 gesprek wacht");
        await page.Clock.FastForwardAsync("09:00");
        Assert.That(asked, Is.EqualTo(1), "not before the time the service named");
        await page.Clock.FastForwardAsync("01:30");
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task AServiceThatNoLongerKnowsWhoYouAreAsksToSignInAndThenGetsIt()
    {
        await tablet.SignInAsync("begeleider@demo");
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await tablet.ReadyForOfflineAsync();
        await context.ClearCookiesAsync();
        await tablet.RefuseAsync(Client(client));
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sign-in");
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before));
        await tablet.At("outbox-state").ClickAsync();
        await tablet.At("sign-in-password").WaitForAsync();
        await Chromium.IsAccessibleAsync(page, "signing in again");
        await Chromium.PictureAsync(page, "outbox-sign-in");
        await tablet.At("sign-in-password").FillAsync(Commands.DemoOrganisation.Password);
        await tablet.At("sign-in-submit").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task WhatTheServiceDoesNotAcceptIsSetAsideWithItsReasonAndStays()
    {
        await tablet.SignInAsync("begeleider@demo");
        // A fault the service really finds: the tablet's text is changed on its way to a client out of scope.
        var broken = true;
        await page.RouteAsync("**/api/conversations/*", async route =>
        {
            var text = route.Request.PostData!;
            await route.ContinueAsync(broken ? new() { PostData = System.Text.Encoding.UTF8.GetBytes(text.Replace("\"refused\"", "\"vanished\"", StringComparison.Ordinal)) } : null);
        });
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await tablet.RefuseAsync(Client(client));
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "aside");

        // It outlives the browser, and is never tried again by itself.
        await KillAsync();
        await tablet.At("work-client").First.WaitForAsync();
        await tablet.At("outbox-state").ClickAsync();
        var parcel = tablet.At("parcel");
        await Assertions.Expect(parcel).ToHaveAttributeAsync("data-aside", "conversation-not-valid");
        await Assertions.Expect(parcel).ToContainTextAsync("/outcome");
        await Chromium.IsAccessibleAsync(page, "what was set aside");
        await Chromium.PictureAsync(page, "outbox-aside");

        await tablet.At("parcel-export").ClickAsync();
        await tablet.At("export-confirm").WaitForAsync();
        await Chromium.IsAccessibleAsync(page, "saving as a file");
        await Chromium.PictureAsync(page, "outbox-export");
        var download = await page.RunAndWaitForDownloadAsync(() => tablet.At("export-confirm").ClickAsync());
        using var exported = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        Assert.That(exported.RootElement.GetProperty("client").GetString(), Is.EqualTo(client), "the file is the conversation");
        Assert.That(download.SuggestedFilename, Is.EqualTo($"clientvoice-{exported.RootElement.GetProperty("id").GetString()}.json"), "no name in a list of downloads");
        await Assertions.Expect(parcel).ToBeVisibleAsync();

        await tablet.At("parcel-again").ClickAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1), "trying again sends the very text");
    }

    [Test]
    public async Task OtherContentUnderOneIdIsRefusedKeptAndShownToAPerson()
    {
        await tablet.SignInAsync("begeleider@demo");
        // Another tablet was first with this id and other words: what it would send goes in before ours.
        await page.RouteAsync("**/api/conversations/*", async route =>
        {
            await route.FetchAsync(new() { PostData = System.Text.Encoding.UTF8.GetBytes(route.Request.PostData!.Replace("\"quotesAllowed\":false", "\"quotesAllowed\":true", StringComparison.Ordinal)) });
            await route.ContinueAsync();
        });
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await tablet.RefuseAsync(Client(client));
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "aside");
        await tablet.At("outbox-state").ClickAsync();
        await Assertions.Expect(tablet.At("parcel")).ToHaveAttributeAsync("data-aside", "conversation-differs");
        await Assertions.Expect(tablet.At("parcel")).ToContainTextAsync("al een ander gesprek bewaard");
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1), "the first stands");
        Assert.That((await StoredConversations.LastAsync(service, client)).GetProperty("quotesAllowed").GetBoolean(), "and is not overwritten");
    }

    private async Task OneIsStoredAsync(string step, Func<TaskCompletionSource, Task> arrange)
    {
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = await NextClientAsync();
        var before = await StoredConversations.CountAsync(service, client);
        await arrange(killed);
        var question = await StopHalfwayAsync(client);
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await KillAsync();
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, client), Is.EqualTo(before + 1), $"killed {step}: stored once");
        Assert.That((await StoredConversations.LastAsync(service, client)).GetProperty("answers").TryGetProperty(question, out _), $"killed {step}: with its answer");
    }

    private async Task<string> StopHalfwayAsync(string client)
    {
        await tablet.BeginAsync(Client(client));
        var question = await tablet.QuestionAsync();
        await page.Locator("[data-testid^='option-']").First.ClickAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        return question;
    }

    // As a browser that dies within the transaction: nothing of it is kept.
    private async Task KilledAtDeletingAsync(string kind, TaskCompletionSource killed)
    {
        await page.ExposeFunctionAsync("killMe", () => killed.TrySetResult());
        await page.EvaluateAsync(
            """
            kind => {
              const remove = IDBObjectStore.prototype.delete;
              IDBObjectStore.prototype.delete = function (key) {
                if (!Array.isArray(key) || key[1] !== kind) return remove.call(this, key);
                this.transaction.abort();
                killMe();
                return new Promise(() => undefined);
              };
            }
            """,
            kind);
    }

    /// <summary>The page is gone at once, as when the tablet's battery is; a new one opens the vault.</summary>
    private async Task KillAsync()
    {
        await page.CloseAsync();
        await PageAsync();
        await page.GotoAsync("/tablet/");
        await tablet.UnlockAsync();
        await tablet.At("outbox-state").WaitForAsync();
    }

    private async Task PageAsync()
    {
        page = await context.NewPageAsync();
        tablet = new TabletSteps(page);
    }

    private ILocator Client(string id) => page.Locator($"[data-client-id='{id}']");

    // Somebody who can be answered with large targets, each time another.
    private async Task<string> NextClientAsync() =>
        (await page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First.GetAttributeAsync("data-client-id"))!;
}
