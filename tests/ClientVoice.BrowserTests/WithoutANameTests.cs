using ClientVoice.Choices;
using ClientVoice.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>A client answers without a name, and can still go back until it is sent.</summary>
public sealed class WithoutANameTests
{
    [Test]
    public async Task AClientChoosesToAnswerWithoutANameSeesWhatLeavesAndNothingOfItStaysOnTheTablet()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", today.AddDays(-5), 12, true, null, null, true), default);
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
