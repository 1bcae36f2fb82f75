// A person's voice goes before the device's: recorded prompts are kept on the tablet and heard without network.
using System.Text.Json;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class RecordedPromptTests
{
    private string folder = null!;
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        folder = LongInstrument.FolderWith();
        foreach (var name in (string[])["mijn-verhaal-1.0/nl/home", "mijn-verhaal-1.0/nl/home.very-good", "scales/nl/five-words.good"])
        {
            var file = Path.Combine(folder, "audio", name + ".wav");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, Wav(TimeSpan.FromMilliseconds(60)));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "audio", "mijn-verhaal-1.0", "nl", "home.bad.mp3"), "this is no recording");
        service = await ServiceUnderTest.StartAsync(["--ClientVoice:Instruments", folder]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task WhatIsRecordedIsPlayedWithoutNetworkAndTheDevicesVoiceSaysTheRest()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(context, "nl-NL");
        var page = await AtHomeAsync(context);
        await page.GetByTestId("speak").ClickAsync();
        await FakeVoice.HeardAsync(page, "Slecht");
        Assert.That(await SaidAsync(page), Is.EqualTo((string[])
        [
            "Bijvoorbeeld je kamer, het huis of de mensen in huis.", "Gaat wel", "Niet goed", "Slecht",
        ]), "the question and two answers are recorded; a recording that cannot be played is said after all");
        Assert.That(await page.EvaluateAsync<string[]>("window.played"), Is.EqualTo((string[])["blob: 0.9", "blob: 0.9", "blob: 0.9", "blob: 0.9"]), "from the tablet, at the calm speed that reading aloud begins with");
        await Assertions.Expect(page.GetByTestId("speak")).ToContainTextAsync("Voorlezen");
    }

    [Test]
    public async Task ADeviceWithoutAVoicePlaysWhatIsRecordedAndSaysThatItHasNone()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        await FakeVoice.AddAsync(context);
        var page = await AtHomeAsync(context);
        await page.GetByTestId("speak").ClickAsync();
        await page.WaitForFunctionAsync("() => window.played.length === 4");
        await page.GetByTestId("no-voice").WaitForAsync();
        Assert.That(await SaidAsync(page), Is.Empty);
    }

    private static async Task<IPage> AtHomeAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(
            """
            window.played = [];
            const play = HTMLMediaElement.prototype.play;
            HTMLMediaElement.prototype.play = function () {
              window.played.push(`${new URL(this.src).protocol} ${this.playbackRate}`);
              return play.call(this);
            };
            """);
        var page = await context.NewPageAsync();
        var tablet = await WaysHouse.TabletAsync(page);
        await tablet.ReadyForOfflineAsync();
        await context.SetOfflineAsync(true);
        await tablet.BeginAsync(page.GetByTestId("work-client").First);
        while (await tablet.QuestionAsync() is var question && question != "home")
        {
            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"${id}\"]`)", $"question-{question}");
        }

        return page;
    }

    private static async Task<IReadOnlyList<string>> SaidAsync(IPage page) =>
        JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>("JSON.stringify(window.said.map(s => s.text))"))!;

    // Silence of so long: 8,000 samples a second of one byte.
    private static byte[] Wav(TimeSpan length)
    {
        var samples = (int)(8_000 * length.TotalSeconds);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(8_000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(samples);
        writer.Write(Enumerable.Repeat((byte)128, samples).ToArray());
        return bytes.ToArray();
    }
}
