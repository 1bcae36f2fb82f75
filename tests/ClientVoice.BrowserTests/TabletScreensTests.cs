using ClientVoice.Database;
using ClientVoice.Tests;
using Dapper;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class TabletScreensTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase(820, 1180, "begeleider@demo", "Mijn verhaal", 3)]
    [TestCase(1180, 820, "begeleider@demo", "In beeld", 4)]
    [TestCase(820, 1180, "observator@demo", "LACCS-observatie", 7)]
    public async Task EveryScreenOfAConversationCanBeUsedByEveryone(int width, int height, string email, string instrument, int questions)
    {
        await using var context = await Chromium.ContextAsync(new ViewportSize { Width = width, Height = height }, service.Address);
        var page = await context.NewPageAsync();
        var blocked = new List<string>();
        page.Console += (_, message) => blocked.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        var tablet = new TabletSteps(page);
        var name = instrument.Replace(' ', '-').ToUpperInvariant();
        await page.GotoAsync("/tablet/");
        await tablet.At("sign-in-email").WaitForAsync();
        await SeeAsync("sign-in");
        await tablet.SignInAsync(email);
        await SeeAsync("work");
        await page.GetByTestId("work-client").Filter(new() { HasText = instrument }).First.ClickAsync();
        await tablet.At("start-conversation").First.WaitForAsync();
        await SeeAsync("client");
        await tablet.At("start-conversation").First.ClickAsync();
        await tablet.At("prepare-next").WaitForAsync();
        await SeeAsync("prepare");
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("agree").WaitForAsync();
        await SeeAsync("agree");
        await tablet.At("agree").ClickAsync();
        for (var i = 1; i <= questions; i++)
        {
            var id = await tablet.QuestionAsync();
            await SeeAsync($"question-{i}");
            await ChooseFirstAsync(page);
            await SeeAsync($"question-{i}-answered");
            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", id);
        }

        await tablet.At("tip").ClickAsync();
        await SeeAsync("tip");
        await page.Keyboard.PressAsync("Escape");
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-readback").WaitForAsync();
        await SeeAsync("stop");
        await tablet.At("stop-readback").ClickAsync();
        await tablet.At("readback-confirm").WaitForAsync();
        await SeeAsync("readback");
        await AnswerQuotesAsync(tablet);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("agreement-what").FillAsync("We kijken samen naar een nieuwe plek om te zwemmen");
        await tablet.At("agreement-who-worker").ClickAsync();
        await tablet.At("agreement-add").ClickAsync();
        await SeeAsync("agreements");
        await tablet.At("finish").ClickAsync();
        await tablet.At("done").WaitForAsync();
        await SeeAsync("card");
        Assert.That(blocked, Is.Empty, "nothing is blocked by the content security policy");

        async Task SeeAsync(string screen)
        {
            await Chromium.PictureAsync(page, $"tablet-{name}-{screen}");
            await Chromium.IsAccessibleAsync(page, $"{instrument}, {screen}");
        }
    }

    [Test]
    public async Task ThePictureOfTheNextQuestionIsReadWhileTheClientThinks()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        await tablet.BeginAsync(page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First);
        await tablet.QuestionAsync();
        var before = await page.EvaluateAsync<int>("document.querySelectorAll('.ask .symbol img').length");
        Assert.That(before, Is.EqualTo(1), "a question with a picture");
        // Nothing on this screen shows it: somebody who thought ahead has asked for it.
        await page.WaitForFunctionAsync(AskedForUnseen);
        var complete = await page.EvaluateAsync<bool>(
            """
            () => new Promise((tell) => {
              const picture = () => document.querySelector('.ask .symbol img');
              const old = picture().src;
              new MutationObserver((_, o) => { if (picture() && picture().src !== old) { o.disconnect(); tell(picture().complete); } })
                .observe(document.body, { subtree: true, childList: true, attributes: true });
              document.querySelector('[data-testid="next"]').click();
            })
            """);
        Assert.That(complete, "the picture stands there when the question does");
    }

    private const string AskedForUnseen =
        """
        () => {
          const seen = new Set([...document.querySelectorAll('img')].map((i) => i.src));
          return performance.getEntriesByType('resource').filter((e) => e.initiatorType === 'img' && !seen.has(e.name)).length >= 3;
        }
        """;

    [Test]
    public async Task ARefusalIsOneClearButtonAndIsStoredAsThat()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        var client = page.Locator("[data-testid='work-client'][data-state='overdue']").First;
        var id = await client.GetAttributeAsync("data-client-id");
        var before = await StoredAsync(id!);
        await client.ClickAsync();
        await tablet.At("start-conversation").First.ClickAsync();
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("refuse").ClickAsync();
        await tablet.At("refuse-confirm").ClickAsync();
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await StoredAsync(id!), Is.EqualTo(before + 1));
            Assert.That(await LastOutcomeAsync(id!), Is.EqualTo("refused"));
        });
    }

    [Test]
    public async Task AServerThatIsKilledWhileATabletSendsCostsNoAnswerAndDoublesNone()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        // The answer is stored, but its receipt is lost on the way: the tablet does not know and sends again.
        var lost = 0;
        await page.RouteAsync("**/api/conversations/*", async route =>
        {
            if (lost++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        var client = page.Locator("[data-testid='work-client'][data-state='overdue']").Last;
        var id = await client.GetAttributeAsync("data-client-id");
        var before = await StoredAsync(id!);
        await tablet.BeginAsync(client);
        await tablet.QuestionAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-readback").ClickAsync();
        await AnswerQuotesAsync(tablet);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("finish").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-waiting", "0", new() { Timeout = 60_000 });
        Assert.That(lost, Is.GreaterThan(1), "it was sent again");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await StoredAsync(id!), Is.EqualTo(before + 1), "stored once");
            Assert.That(await LastOutcomeAsync(id!), Is.EqualTo("stopped"));
        });
    }

    private static async Task ChooseFirstAsync(IPage page)
    {
        var step = page.Locator("[data-testid^='step-']");
        if (await step.CountAsync() > 0)
        {
            await step.Last.ClickAsync();
        }

        var options = page.Locator("[data-testid^='option-']");
        if (await options.CountAsync() > 0)
        {
            await options.Nth(Math.Min(1, await options.CountAsync() - 1)).ClickAsync();
        }
    }

    private static async Task AnswerQuotesAsync(TabletSteps tablet)
    {
        if (await tablet.At("quotes-no").CountAsync() > 0)
        {
            await tablet.At("quotes-no").ClickAsync();
        }
    }

    private async Task<int> StoredAsync(string client)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Conversation WHERE ClientId = @client", new { client });
    }

    private async Task<string?> LastOutcomeAsync(string client)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<string>("SELECT Outcome FROM Conversation WHERE ClientId = @client ORDER BY ReceivedAt DESC", new { client });
    }
}
