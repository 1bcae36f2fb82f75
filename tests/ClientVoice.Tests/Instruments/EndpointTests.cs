using System.Net;
using System.Text.Json;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>The calls of the room, as the tablet makes them.</summary>
internal sealed class EndpointTests
{
    private InstrumentFolder folder = null!;
    private TemporaryFolder data = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        folder = new InstrumentFolder();
        data = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(data.Options);
        builder.Services.AddInstruments(folder.Path);
        app = builder.Build();
        app.UseProblems();
        app.MapInstruments();
        await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        await app.Services.LoadInstrumentsAsync();
        await app.StartAsync();
        client = app.GetTestClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        data.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task TheListNamesWhatServesAndWhatIsFaulty()
    {
        folder.Add("talk", "1.1");
        folder.Write("bad/bad-1.0.json", "{");
        await app.Services.LoadInstrumentsAsync();
        var state = app.Services.GetRequiredService<ICatalogue>().Current;

        using var body = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/instruments", UriKind.Relative)));

        var expected = $$"""
            { "instruments": [
                { "id": "talk", "version": "1.0", "sha256": "{{state.Instruments[0].Sha256}}", "title": { "nl": "Gesprek", "en": "Talk" }, "kind": "plain-language", "subject": "client", "minutes": 5, "languages": ["nl", "en"], "newest": false },
                { "id": "talk", "version": "1.1", "sha256": "{{state.Instruments[1].Sha256}}", "title": { "nl": "Gesprek", "en": "Talk" }, "kind": "plain-language", "subject": "client", "minutes": 5, "languages": ["nl", "en"], "newest": true } ],
              "faults": [ { "file": "bad/bad-1.0.json", "line": 1, "code": "json-not-valid", "text": "{{state.Faults[0].Text}}" } ] }
            """;
        Assert.That(JsonElement.DeepEquals(body.RootElement, JsonDocument.Parse(expected).RootElement), Is.True, body.RootElement.GetRawText());
    }

    [Test]
    public async Task AnInstrumentIsServedAsItsBundleWithItsHashAsETag()
    {
        var talk = app.Services.GetRequiredService<ICatalogue>().Current.Find("talk", "1.0")!;

        using var response = await client.GetAsync(new Uri("/api/instruments/talk/1.0", UriKind.Relative));

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(talk.Bundle.ToArray()));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo($"\"{talk.Sha256}\""));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json"));
    }

    [Test]
    public async Task AnInstrumentCanBeDownloadedAsAFile()
    {
        using var response = await client.GetAsync(new Uri("/instruments/talk/1.0/download", UriKind.Relative));

        Assert.That(response.Content.Headers.ContentDisposition!.ToString(), Is.EqualTo("attachment; filename=\"talk-1.0.json\""));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(app.Services.GetRequiredService<ICatalogue>().Current.Find("talk", "1.0")!.Bundle.ToArray()));
    }

    [TestCase("/api/instruments")]
    [TestCase("/api/instruments/talk/1.0")]
    [TestCase("/api/symbols/face")]
    public async Task WhoHasItAlreadyGetsItNotAgain(string address)
    {
        using var first = await client.GetAsync(new Uri(address, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await client.SendAsync(request);

        Assert.That(first.Headers.ETag!.IsWeak, Is.False);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await second.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task APictureIsServedSoThatItCanDoNothing()
    {
        using var response = await client.GetAsync(new Uri("/api/symbols/face", UriKind.Relative));

        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/svg+xml"));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(response.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { "default-src 'none'; style-src 'unsafe-inline'; sandbox" }));
    }

    [Test]
    public async Task APictureAskedForByItsHashMayBeKeptForGood()
    {
        var hash = app.Services.GetRequiredService<ICatalogue>().Current.Symbols.Find("face")!.Sha256;

        using var right = await client.GetAsync(new Uri($"/api/symbols/face?v={hash}", UriKind.Relative));
        using var stale = await client.GetAsync(new Uri("/api/symbols/face?v=0", UriKind.Relative));

        Assert.That(right.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        Assert.That(stale.Headers.CacheControl!.ToString(), Does.Contain("no-cache").And.Not.Contain("immutable"));
    }

    [TestCase("/api/instruments/talk/9.9", "instrument-unknown")]
    [TestCase("/api/instruments/ghost/1.0", "instrument-unknown")]
    [TestCase("/api/symbols/ghost", "symbol-unknown")]
    [TestCase("/api/symbols/bought", "symbol-unknown")]
    [TestCase("/api/symbols/..%2Fledger", "symbol-unknown")]
    public async Task WhatIsNotThereIsAProblemWithItsCode(string address, string code)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(body.RootElement.GetProperty("code").GetString(), Is.EqualTo(code));
    }
}
