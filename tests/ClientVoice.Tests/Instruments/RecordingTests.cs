using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Tests.Instruments;

/// <summary>Recorded prompts: which file speaks which text, and what is said of a file that speaks none.</summary>
public sealed class RecordingTests
{
    private InstrumentFolder folder = null!;

    [SetUp]
    public void Make() => folder = new InstrumentFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void ARecordingSpeaksTheTextItIsNamedAfterAndAnOptionsOwnGoesBeforeThatOfItsScale()
    {
        folder.Write("audio/talk-1.0/nl/home.opus", "x");
        folder.Write("audio/talk-1.0/nl/home.good.mp3", "x");
        folder.Write("audio/scales/nl/three.good.opus", "x");
        folder.Write("audio/scales/en/three.bad.wav", "x");
        folder.Write("audio/talk-2.0/nl/home.opus", "x");
        var content = FolderReader.Read(folder.Path);
        Assert.That(content.Faults, Is.Empty);
        var recorded = content.Recordings.Of(content.Files.Single().Instrument);
        Assert.That(recorded.Select(pair => $"{pair.Key} {pair.Value.Path} {pair.Value.ContentType}").Order(StringComparer.Ordinal), Is.EqualTo((string[])
        [
            "en/garden.bad scales/en/three.bad.wav audio/wav",
            "en/home.bad scales/en/three.bad.wav audio/wav",
            "en/people.bad scales/en/three.bad.wav audio/wav",
            "nl/garden.good scales/nl/three.good.opus audio/ogg",
            "nl/home talk-1.0/nl/home.opus audio/ogg",
            "nl/home.good talk-1.0/nl/home.good.mp3 audio/mpeg",
            "nl/people.good scales/nl/three.good.opus audio/ogg",
        ]));
    }

    [Test]
    public void ARecordingThatNobodyWouldEverHearIsNamedAndTheInstrumentServes()
    {
        folder.Write("audio/talk-1.0/nl/hoem.opus", "x");
        folder.Write("audio/talk-1.0/fr/home.opus", "x");
        folder.Write("audio/talk-1.0/nl/garden.txt", "x");
        folder.Write("audio/talk-1.0/nl/home.opus", "x");
        folder.Write("audio/talk-1.0/nl/home.wav", "x");
        var content = FolderReader.Read(folder.Path);
        Assert.That(content.Faults.Select(fault => $"{fault.File} {fault.Code}"), Is.EqualTo((string[])
        [
            "audio/talk-1.0/fr/home.opus recording-unknown",
            "audio/talk-1.0/nl/garden.txt recording-not-usable",
            "audio/talk-1.0/nl/hoem.opus recording-unknown",
            "audio/talk-1.0/nl/home.wav recording-twice",
        ]));
        Assert.That(content.Files, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ATabletHearsWhereEachRecordingIsAndFetchesItForGood()
    {
        folder.Write("audio/talk-1.0/nl/home.wav", "RIFF");
        await using var service = await ServiceUnderTest.StartAsync(["--ClientVoice:Instruments", folder.Path], empty: true);
        using var worker = await service.SignedInAsync("worker@proef");
        var list = JsonNode.Parse(await worker.GetStringAsync(new Uri("/api/instruments/talk/1.0/recordings", UriKind.Relative)))!.AsObject();
        Assert.That(list.Select(pair => pair.Key), Is.EqualTo((string[])["nl/home"]));
        using var recording = await worker.GetAsync(new Uri(list["nl/home"]!.GetValue<string>(), UriKind.Relative));
        Assert.That(await recording.Content.ReadAsStringAsync(), Is.EqualTo("RIFF"));
        Assert.That((recording.Content.Headers.ContentType!.MediaType, recording.Headers.CacheControl!.ToString()), Is.EqualTo(("audio/wav", "max-age=31536000, private, immutable")));
        foreach (var path in (string[])["/api/recordings/talk-1.0/nl/garden.wav", "/api/recordings/..%2Ftalk/nl/talk-1.0.json", "/api/recordings/scales/nl/..%2F..%2F..%2Fscales%2Fthree.json"])
        {
            using var other = await worker.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }
}
