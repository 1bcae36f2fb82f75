using System.Text;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

internal sealed class SignInTest
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        house = await FeedHouse.StartAsync(Databases.Sqlite);
        house.Client.DefaultRequestHeaders.Clear();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [TestCase("X-ClientVoice-Key: key-of-the-north")]
    [TestCase("Authorization: Bearer key-of-the-north")]
    [TestCase("Authorization: bearer key-of-the-north")]
    [TestCase("Authorization: Basic %anyone:key-of-the-north")]
    [TestCase("Authorization: Basic %:key-of-the-north")]
    public async Task AKeyOpensTheFeedInEachOfItsForms(string header)
    {
        using var answer = await house.AskAsync("Outcomes/$count", Encoded(header));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("4"), "the north has four cells");
    }

    [TestCase("Accept: */*")]
    [TestCase("X-ClientVoice-Key: wrong")]
    [TestCase("Authorization: Bearer wrong")]
    [TestCase("Authorization: Bearer")]
    [TestCase("Authorization: Basic %key-of-the-north:")]
    [TestCase("Authorization: Basic %key-of-the-north")]
    [TestCase("Authorization: Basic not-base64!")]
    [TestCase("Authorization: Digest key-of-the-north")]
    public async Task WithoutAGoodKeyNothingIsShown(string header)
    {
        foreach (var path in new[] { "", "$metadata", "Outcomes", "Outcomes(1)", "Foo" })
        {
            using var answer = await house.AskAsync(path, Encoded(header));
            Assert.That((int)answer.StatusCode, Is.EqualTo(401), path);
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Basic realm=\"ClientVoice\", charset=\"UTF-8\""));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.StartWith("{\"error\":{\"code\":\"sign-in-needed\""));
        }
    }

    private static string Encoded(string header)
    {
        var parts = header.Split('%');
        return parts.Length == 1 ? header : parts[0] + Convert.ToBase64String(Encoding.UTF8.GetBytes(parts[1]));
    }
}

/// <summary>A key asks so much in a minute, and what it asks stands in the trail.</summary>
internal sealed class RateAndTrailTest
{
    [Test]
    public async Task AKeyThatAsksTooMuchIsToldWhenToAskAgain()
    {
        await using var house = await FeedHouse.StartAsync(Databases.Sqlite, ("ClientVoice:Feed:RequestsPerMinute", "2"));
        using var first = await house.AskAsync("Outcomes/$count");
        using var second = await house.AskAsync("Outcomes/$count");
        using var third = await house.AskAsync("Outcomes/$count");
        Assert.That(new[] { first, second, third }.Select(a => (int)a.StatusCode), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(1, 60));
        Assert.That(await third.Content.ReadAsStringAsync(), Is.EqualTo("""{"error":{"code":"too-many-requests","message":"A key may ask 2 times a minute."}}"""));
        Assert.That(house.Trail.Events.Select(e => e.Result), Is.EqualTo(new[] { "200", "200", "429" }));
    }

    [Test]
    public async Task WhoComesWithAKeyThatOpensNothingStandsInTheTrailOnceAMinute()
    {
        await using var house = await FeedHouse.StartAsync(Databases.Sqlite);
        house.Client.DefaultRequestHeaders.Clear();
        foreach (var header in (string[])["Accept: */*", "X-ClientVoice-Key: guessed", "X-ClientVoice-Key: guessed-again"])
        {
            using var answer = await house.AskAsync("Outcomes?$filter=Id eq 1", header);
        }

        var refused = house.Trail.Events.Single();
        Assert.That((refused.ActorKind, refused.ActorId, refused.Action, refused.Resource, refused.Result), Is.EqualTo(("key", (Guid?)null, "feed.refused", "/odata/Outcomes", "401")));
    }

    [Test]
    public async Task EachReadStandsInTheTrailWithoutItsQuery()
    {
        await using var house = await FeedHouse.StartAsync(Databases.Sqlite);
        foreach (var path in new[] { "Outcomes?$filter=Place/Name eq 'Huis'", "Outcomes(99)", "$metadata" })
        {
            using var answer = await house.AskAsync(path);
        }

        Assert.That(
            house.Trail.Events.Select(e => (e.ActorKind, e.ActorId, e.Action, e.Resource, e.Address, e.Result)),
            Is.EqualTo(new[]
            {
                ("key", FeedStore.Group, "feed.read", "/odata/Outcomes", "127.0.0.1", "200"),
                ("key", (Guid?)FeedStore.Group, "feed.read", "/odata/Outcomes(99)", "127.0.0.1", "404"),
                ("key", FeedStore.Group, "feed.read", "/odata/$metadata", "127.0.0.1", "200"),
            }));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task AnAnswerIsCompressedForWhoAsksForIt(string encoding)
    {
        await using var house = await FeedHouse.StartAsync(Databases.Sqlite);
        using var answer = await house.AskAsync("Outcomes", $"Accept-Encoding: {encoding}");
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(new[] { encoding }));
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br"
            ? new System.IO.Compression.BrotliStream(body, System.IO.Compression.CompressionMode.Decompress)
            : new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(plain);
        Assert.That((await text.ReadToEndAsync()).Replace(house.Root, "http://feed", StringComparison.Ordinal), Is.EqualTo(await house.TextAsync("Outcomes")));
    }
}
