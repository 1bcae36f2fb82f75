using ClientVoice.Choices;
using ClientVoice.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>A client answers without a name, and can still go back until it is sent; by touch, by ear and by switch.</summary>
public sealed class WithoutANameTests
{
    [Test]
    public async Task AWholeConversationWithoutANameIsHeldByEar()
    {
        await using var service = await AskingWithoutANameAsync();
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(context, "nl-NL");
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("worker@proef", ServiceUnderTest.Password);
        await tablet.At("work-client").First.ClickAsync();
        await tablet.At("start-conversation").ClickAsync();
        await tablet.At("ask-listen").ClickAsync();
        await tablet.At("prepare-next").ClickAsync();
        await EarSteps.TakeAsync(page, tablet, "Ja, ik doe mee");
        await FakeVoice.HeardAsync(page, "mag jouw naam erbij?");
        await FakeVoice.HeardAsync(page, "Niemand kan later zien dat jij dit zei.");
        await FakeVoice.HeardAsync(page, "Wie nu bij je zit, hoort het wel.");
        await SeeAsync(page, "unnamed-ear-choice");
        await EarSteps.TakeAsync(page, tablet, "Zonder mijn naam");
        var question = await tablet.QuestionAsync();
        await EarSteps.TakeAsync(page, tablet, await FirstAnswerAsync(page));
        // Its wish, where it has one, and what comes after: passed over, to the end.
        while (await tablet.At("listen-back").CountAsync() == 0)
        {
            await EarSteps.TakeAsync(page, tablet, "Overslaan");
        }

        await FakeVoice.HeardAsync(page, "Klopt dit?");
        await EarSteps.TakeAsync(page, tablet, "Ja, dit klopt");
        await FakeVoice.HeardAsync(page, "Dit was alles wat je hebt verteld.");
        Assert.That(await page.EvaluateAsync<bool>("window.said.some(s => s.text.includes('jouw woorden lezen'))"), Is.False, "nothing is quoted of what nobody said");
        await EarSteps.TakeAsync(page, tablet, "Ja, dit klopt");
        await tablet.At("listen-send").WaitForAsync();
        await FakeVoice.HeardAsync(page, "Je naam gaat niet mee.");
        await FakeVoice.HeardAsync(page, "Zonder naam versturen?");
        await SeeAsync(page, "unnamed-ear-send");
        await EarSteps.TakeAsync(page, tablet, "Verstuur zonder naam");
        await Assertions.Expect(tablet.At("end")).ToHaveAttributeAsync("data-outcome", "anonymous");
        await FakeVoice.HeardAsync(page, "gaat zonder naam weg");
        await tablet.At("done").ClickAsync();
        await TookPartAsync(service, tablet, question);
    }

    [TestCase("one")]
    [TestCase("two")]
    public async Task AWholeConversationWithoutANameIsHeldWithSwitchesAlone(string switches)
    {
        await using var service = await AskingWithoutANameAsync();
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await page.Clock.InstallAsync();
        await tablet.SignInAsync("worker@proef", ServiceUnderTest.Password);
        var steps = await SwitchSteps.ChooseAsync(page, switches);
        await tablet.At("comfort-close").ClickAsync();
        await steps.ToAsync("[data-testid='work-client']");
        await steps.ToAsync("[data-testid='start-conversation']");
        await steps.ToAsync("[data-testid='prepare-next']", 60);
        await steps.ToAsync("[data-testid='agree']");
        await steps.UntilAsync(() => tablet.At("name-or-not").IsVisibleAsync());
        await steps.MoveAsync();
        await steps.RunAsync();
        await Chromium.IsAccessibleAsync(page, "scanning the choice of a name");
        await Chromium.PictureAsync(page, $"unnamed-switch-{switches}");
        await steps.ToAsync("[data-testid='without-name']");
        var first = "";
        while (await tablet.OnAQuestionAsync() is { } question)
        {
            if (first.Length == 0)
            {
                first = question;
                await steps.ToAsync("[data-testid^='option-'] input");
            }

            await steps.ToAsync("[data-testid='next']");
            await tablet.GoneAsync(question);
        }

        await steps.ToAsync("[data-testid='readback-confirm']");
        await steps.ToAsync("[data-testid='unnamed-send']");
        await Assertions.Expect(tablet.At("end")).ToHaveAttributeAsync("data-outcome", "anonymous");
        await steps.ToAsync("[data-testid='done']");
        await steps.RunAsync();
        await TookPartAsync(service, tablet, first);
    }

    [Test]
    public async Task AClientChoosesToAnswerWithoutANameSeesWhatLeavesAndNothingOfItStaysOnTheTablet()
    {
        await using var service = await AskingWithoutANameAsync();
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        var sent = new List<IRequest>();
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/anonymous/answers", StringComparison.Ordinal))
            {
                sent.Add(request);
            }
        };
        await tablet.SignInAsync("worker@proef", ServiceUnderTest.Password);
        await tablet.BeginAsync(tablet.At("work-client").First);
        await tablet.At("without-name").WaitForAsync();
        await SeeAsync(page, "unnamed-choice");
        await tablet.At("without-name").ClickAsync();
        var question = await tablet.QuestionAsync();
        await page.Locator("[data-testid^='option-']").First.ClickAsync();
        await WaysHouse.FinishGroupAsync(page, tablet);
        Assert.That(await tablet.At("quotes-yes").CountAsync(), Is.Zero, "nothing is quoted of what nobody said");
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("unnamed-send").WaitForAsync();
        await SeeAsync(page, "unnamed-send");
        await tablet.At("unnamed-change").ClickAsync();
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("unnamed-send").ClickAsync();
        await Assertions.Expect(tablet.At("end")).ToHaveAttributeAsync("data-outcome", "anonymous");
        await SeeAsync(page, "unnamed-end");
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("resume-conversation")).ToHaveCountAsync(0);
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-waiting", "1");
        await UntilAsync(async () => (await WaysHouse.RowsAsync<Guid>(service, "SELECT ClientId FROM AnonymousPermission")).Count == 1);
        Assert.That(sent, Is.Empty, "not on the same day");
        await tablet.At("outbox-state").ClickAsync();
        await tablet.At("unnamed-waiting").WaitForAsync();
        await SeeAsync(page, "unnamed-waiting");
        // Four days later somebody takes up the tablet again.
        await page.Clock.SetFixedTimeAsync(service.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(4).UtcDateTime);
        await page.ReloadAsync();
        await tablet.UnlockAsync();
        await UntilAsync(async () => (await WaysHouse.RowsAsync<Guid>(service, "SELECT Id FROM AnonymousPool")).Count == 1);
        Assert.Multiple(async () =>
        {
            Assert.That(question, Is.Not.Empty);
            Assert.That(sent, Has.Count.EqualTo(1));
            Assert.That((await sent[0].AllHeadersAsync()).Keys, Does.Not.Contain("cookie").And.Not.Contain("referer").And.Not.Contain("x-clientvoice-clock"));
            Assert.That(await WaysHouse.RowsAsync<Guid>(service, "SELECT Id FROM Conversation"), Is.Empty);
        });
    }

    private static async Task<ServiceUnderTest> AskingWithoutANameAsync()
    {
        var service = await ServiceUnderTest.StartAsync();
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", today.AddDays(-5), 12, true, null, null, true), default);
        return service;
    }

    // The first of what can be answered, as it is said.
    private static async Task<string> FirstAnswerAsync(IPage page)
    {
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("listen-item")).ToContainTextAsync("1 van");
        return await page.GetByTestId("listen-item").Locator("span").Last.InnerTextAsync();
    }

    private static async Task TookPartAsync(ServiceUnderTest service, TabletSteps tablet, string question)
    {
        await Assertions.Expect(tablet.At("resume-conversation")).ToHaveCountAsync(0);
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-waiting", "1");
        await UntilAsync(async () => (await WaysHouse.RowsAsync<Guid>(service, "SELECT ClientId FROM AnonymousPermission")).Count == 1);
        Assert.That(await WaysHouse.RowsAsync<Guid>(service, "SELECT Id FROM Conversation"), Is.Empty, question);
    }

    private static async Task SeeAsync(IPage page, string screen)
    {
        await Chromium.IsAccessibleAsync(page, screen);
        await Chromium.PictureAsync(page, screen);
        await page.SetViewportSizeAsync(Chromium.Landscape.Width, Chromium.Landscape.Height);
        await Chromium.PictureAsync(page, $"{screen}-landscape");
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await done())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
