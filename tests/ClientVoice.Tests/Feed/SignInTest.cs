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
