// A group around one tablet: the team's canvas, which opens with the last time, and the dialogue table.
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class AroundATableTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await WaysHouse.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task ATeamFillsItsCanvasAndTheNextTimeOpensWithItsPoints()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Landscape, service.Address);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await BeginAsync(page, tablet, "team-vooruit", "team-begin");
        await tablet.At("next").ClickAsync();
        await tablet.At("next").ClickAsync();
        await tablet.At("canvas-canvas").WaitForAsync();
        await NoteAsync(tablet, "proud", "De zomerweek was van iedereen");
        await NoteAsync(tablet, "proud", "Niemand at alleen");
        await NoteAsync(tablet, "goes-well", "We bellen familie uit onszelf");
        await NoteAsync(tablet, "must-get-better", "Een vast moment voor de overdracht");
        await NoteAsync(tablet, "must-get-better", "Nog te vaag");
        await SeeAsync(page, "canvas-landscape");
        await page.GetByTestId("question-must-get-better").GetByTestId("note-remove").Last.ClickAsync();
        await Assertions.Expect(page.GetByTestId("question-must-get-better").GetByTestId("note")).ToHaveCountAsync(1);
        await page.SetViewportSizeAsync(820, 1180);
        await SeeAsync(page, "canvas-portrait");
        await tablet.At("next").ClickAsync();
        await Assertions.Expect(tablet.At("question-plan")).ToBeVisibleAsync();
        await tablet.At("back").ClickAsync();
        await Assertions.Expect(page.GetByTestId("question-proud").GetByTestId("note")).ToHaveCountAsync(2);
        await WaysHouse.FinishGroupAsync(page, tablet);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("suggestion").ClickAsync();
        await tablet.At("agreement-add").ClickAsync();
        await SeeAsync(page, "team-agreements");
        await tablet.At("finish").ClickAsync();
        await SeeAsync(page, "team-card");
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        Assert.That(await WaysHouse.RowsAsync<int>(service, "SELECT COUNT(*) FROM Conversation"), Is.EqualTo((int[])[0]), "a team is nobody's client");

        await page.ReloadAsync();
        await tablet.UnlockAsync();
        await BeginAsync(page, tablet, "team-vooruit", null);
        await Assertions.Expect(tablet.At("last-point")).ToContainTextAsync("Een vast moment voor de overdracht");
        await tablet.At("came-partly").ClickAsync();
        await tablet.At("came-words").FillAsync("Op maandag lukt het");
        await SeeAsync(page, "last-time");
        await tablet.At("last-next").ClickAsync();
        await WaysHouse.FinishGroupAsync(page, tablet);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("finish").ClickAsync();
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        Assert.That(await WaysHouse.RowsAsync<string>(service, "SELECT Came FROM ReflectionPoint"), Is.EqualTo((string[])["partly"]));
    }

    [Test]
    public async Task ADialogueTableAsksOneLargeQuestionThatCanBeTurnedToTheOtherSide()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await BeginAsync(page, tablet, "dialoogtafel", null);
        await tablet.QuestionAsync();
        await SeeAsync(page, "table-who");
        await tablet.At("next").ClickAsync();
        await Assertions.Expect(tablet.At("question-connection")).ToBeVisibleAsync();
        await NoteAsync(tablet, "connection", "Op de markt kent iedereen mij");
        await tablet.At("turn").ClickAsync();
        await Assertions.Expect(tablet.At("turn")).ToHaveAttributeAsync("aria-pressed", "true");
        await tablet.At("timer").ClickAsync();
        await Assertions.Expect(tablet.At("timer-clock")).Not.ToHaveTextAsync("2:00");
        await SeeAsync(page, "table-portrait");
        await page.SetViewportSizeAsync(1180, 820);
        await page.EvaluateAsync("document.documentElement.dataset.contrast = 'high'");
        await SeeAsync(page, "table-contrast");
        await WaysHouse.FinishGroupAsync(page, tablet);
        await tablet.At("readback-confirm").ClickAsync();
        await tablet.At("finish").ClickAsync();
        await tablet.At("done").ClickAsync();
        await Assertions.Expect(tablet.At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });
        Assert.That(await WaysHouse.RowsAsync<string>(service, "SELECT Outcome FROM Reflection WHERE InstrumentId = 'dialoogtafel'"), Is.EqualTo((string[])["finished"]));
    }

    private static async Task BeginAsync(IPage page, TabletSteps tablet, string instrument, string? picture)
    {
        await tablet.At("work-place").First.ClickAsync();
        await tablet.At("start-reflection").First.WaitForAsync();
        if (picture is not null)
        {
            await SeeAsync(page, picture);
        }

        await page.Locator($"[data-testid='start-reflection'][data-instrument='{instrument}']").ClickAsync();
        await tablet.At("people-more").ClickAsync();
        if (picture is not null)
        {
            await SeeAsync(page, picture + "-around");
        }

        await tablet.At("reflection-begin").ClickAsync();
    }

    private static async Task NoteAsync(TabletSteps tablet, string question, string text)
    {
        await tablet.At($"note-{question}").FillAsync(text);
        await tablet.At($"note-add-{question}").ClickAsync();
        await Assertions.Expect(tablet.At($"note-{question}")).ToHaveValueAsync("");
    }

    private static async Task SeeAsync(IPage page, string screen)
    {
        await Chromium.PictureAsync(page, $"group-{screen}");
        await Chromium.IsAccessibleAsync(page, screen);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{screen} fits the tablet");
    }
}
