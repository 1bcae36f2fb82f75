// Two views apart, then side by side, then the card: without network on one tablet, and over two tablets.
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Tests;
using ClientVoice.Tests.Conversations;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class SideBySideTests
{
    private ServiceUnderTest service = null!;

    [SetUp]
    public async Task StartAsync() => service = await WaysHouse.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task TwoViewsAreGivenApartLaidSideBySideAndBecomeACardWithoutNetwork()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var blocked = new List<string>();
        page.Console += (_, message) => blocked.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        var tablet = await WaysHouse.TabletAsync(page);
        await tablet.ReadyForOfflineAsync();
        await context.SetOfflineAsync(true);

        await AnswerAsync(page, tablet, "client", "bad", "Ik heb het koud");
        await Assertions.Expect(tablet.At("together")).ToHaveAttributeAsync("data-ready", "missing");
        await SeeAsync(page, "apart-end");
        await tablet.At("done").ClickAsync();

        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        Assert.That(await page.ContentAsync(), Does.Not.Contain("Ik heb het koud"), "the other's answer is not seen before both are done");
        await tablet.At("to-list").ClickAsync();
        await AnswerAsync(page, tablet, "worker", "good", "Gezellig huis");
        await Assertions.Expect(tablet.At("together")).ToHaveAttributeAsync("data-ready", "ready");
        await tablet.At("together-open").ClickAsync();

        var different = tablet.At("beside-different");
        await Assertions.Expect(different.GetByTestId("beside-home").GetByTestId("view")).ToHaveCountAsync(2);
        var views = await different.GetByTestId("beside-home").GetByTestId("view").AllInnerTextsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(views[0], Does.Contain("Anna").And.Contain("Slecht").And.Contain("Ik heb het koud"));
            Assert.That(views[1], Does.Contain("Begeleider").And.Contain("Goed").And.Contain("Gezellig huis"));
        });
        Assert.That(await tablet.At("beside-same").InnerTextAsync(), Does.Contain("gezondheid"), "what both see the same stands apart from what they differ on");
        await SeeAsync(page, "side-by-side");
        await tablet.At("stands-out-home").ClickAsync();
        await tablet.At("pause").ClickAsync();

        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        await tablet.At("together-open").ClickAsync();
        await Assertions.Expect(tablet.At("stands-out-home")).ToHaveAttributeAsync("aria-pressed", "true");
        await tablet.At("together-points").ClickAsync();
        await tablet.At("point-stands-out").FillAsync("Anna heeft het koud, dat wist ik niet");
        await tablet.At("point-what").FillAsync("We kijken naar de verwarming");
        await tablet.At("point-who-worker").ClickAsync();
        await tablet.At("point-on").FillAsync("2027-01-15");
        await SeeAsync(page, "points");
        await tablet.At("finish").ClickAsync();
        await SeeAsync(page, "improvement-card");

        var download = await page.RunAndWaitForDownloadAsync(() => tablet.At("card-save").ClickAsync());
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.That(file, Does.Contain("We kijken naar de verwarming").And.Contain("15 januari 2027").And.Contain("data:image/svg+xml"), "the file holds its words and pictures");
        Assert.That(file, Does.Not.Contain("<script"));
        Assert.That(await WaysHouse.RowsAsync<int>(service, "SELECT COUNT(*) FROM Conversation"), Is.EqualTo((int[])[0]), "all of it happened without the service");

        await context.SetOfflineAsync(false);
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        Assert.That(await WaysHouse.RowsAsync<string>(service, "SELECT v.Perspective FROM SideBySidePart p JOIN Conversation v ON v.Id = p.ConversationId ORDER BY v.Perspective"), Is.EqualTo((string[])["client", "worker"]));
        Assert.That(await WaysHouse.RowsAsync<string>(service, "SELECT a.Who || ' ' || v.Perspective FROM Agreement a JOIN Conversation v ON v.Id = a.ConversationId"), Is.EqualTo((string[])["worker client"]), "the point is an agreement of the client's conversation");
        await tablet.At("done").ClickAsync();
        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        await Assertions.Expect(tablet.At("to-list")).ToBeVisibleAsync();
        await Assertions.Expect(tablet.At("together")).ToHaveCountAsync(0);
        Assert.That(blocked, Is.Empty, "nothing is blocked by the content security policy");
    }

    [Test]
    public async Task AnAnswerThatWasSentFromAnotherTabletIsLaidBesideOnlyWhenBothAreDone()
    {
        await SendAsync("client", "bad");
        await using var context = await Chromium.ContextAsync(Chromium.Landscape, service.Address);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        await Assertions.Expect(tablet.At("together")).ToHaveAttributeAsync("data-ready", "missing");
        await tablet.At("to-list").ClickAsync();
        await AnswerAsync(page, tablet, "worker", "good", "Gezellig huis");
        await Assertions.Expect(tablet.At("together")).ToHaveAttributeAsync("data-ready", "ready", new() { Timeout = 60_000 });
        await tablet.At("together-open").ClickAsync();
        await Assertions.Expect(tablet.At("beside-home")).ToContainTextAsync("Gestuurd door een collega");
        await SeeAsync(page, "side-by-side-landscape");
        await page.EvaluateAsync("document.documentElement.dataset.contrast = 'high'");
        await SeeAsync(page, "side-by-side-contrast");
    }

    private static async Task AnswerAsync(IPage page, TabletSteps tablet, string perspective, string home, string words)
    {
        await page.GetByTestId("work-client").Filter(new() { HasText = WaysHouse.Anna }).ClickAsync();
        await page.Locator($"[data-testid='start-conversation'][data-perspective='{perspective}']").ClickAsync();
        await tablet.At("prepare-next").ClickAsync();
        await tablet.At("agree").ClickAsync();
        await WaysHouse.AnswerAllAsync(page, tablet, async id =>
        {
            if (id is "home" or "health")
            {
                await tablet.At($"option-{(id == "home" ? home : "good")}").ClickAsync();
                await tablet.At("wish-stay").ClickAsync();
            }

            if (id == "home")
            {
                await tablet.At("words-open").ClickAsync();
                await tablet.At("words").FillAsync(words);
            }
        });
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("end").WaitForAsync();
    }

    private static async Task SeeAsync(IPage page, string screen)
    {
        await Chromium.PictureAsync(page, $"together-{screen}");
        await Chromium.IsAccessibleAsync(page, screen);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{screen} fits the tablet");
    }

    private async Task SendAsync(string perspective, string home)
    {
        using var colleague = await service.SignedInAsync("worker@proef");
        var id = Guid.CreateVersion7();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var document = ConversationJson.Valid(id);
        document["instrument"]!["id"] = "samen-kijken";
        document["perspective"] = perspective;
        document["startedAt"] = now.AddMinutes(-20).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        document["endedAt"] = now.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        document["answers"] = new JsonObject { ["home"] = home };
        document["words"] = new JsonObject { ["home"] = "Gestuurd door een collega" };
        foreach (var member in (string[])["passed", "seconds"])
        {
            document[member] = new JsonObject();
        }

        foreach (var member in (string[])["changes", "agreements"])
        {
            document[member] = new JsonArray();
        }

        using var answer = await colleague.PutAsJsonAsync($"/api/conversations/{id}", document);
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
