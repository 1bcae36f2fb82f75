using System.Net;
using System.Net.Http.Json;

namespace ClientVoice.Tests.Access;

public sealed class SessionTests
{
    private ServiceUnderTest service = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync();
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        http.DefaultRequestHeaders.Add("X-ClientVoice", "1");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
    }

    [TestCase("same-origin", HttpStatusCode.Unauthorized)]
    [TestCase(null, HttpStatusCode.Unauthorized)]
    [TestCase("cross-site", HttpStatusCode.Redirect)]
    public async Task WhatWasTypedWhileSignedOutComesBackAndAnotherSitesFormDoesNot(string? from, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports?x=\"><script>") { Content = new FormUrlEncodedContent([new("title", "Lang \"werk\" <b>"), new("title", "twee"), new("NewPassword", "een lang geheim")]) };
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        using var answer = await http.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(page.Contains("name=\"title\" value=\"Lang &quot;werk&quot; &lt;b&gt;\"", StringComparison.Ordinal), Is.EqualTo(status == HttpStatusCode.Unauthorized));
        Assert.That(page, Does.Not.Contain("<script>").And.Not.Contain("<b>").And.Not.Contain("een lang geheim"));
    }

    [Test]
    public async Task TheTenthWrongPasswordIsTheLastAndLocksNobodyElseOut()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.That(await TryAsync("colleague@proef", "wrong"), Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await TryAsync("colleague@proef", ServiceUnderTest.Password), Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(await TryAsync("worker@proef", ServiceUnderTest.Password), Is.EqualTo(HttpStatusCode.NoContent));
        });
    }

    [Test]
    public async Task SigningInRightCountsAsNoAttempt()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.That(await TryAsync("officer@proef", ServiceUnderTest.Password), Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [Test]
    public async Task AnUnknownAddressIsAnsweredLikeAWrongPassword()
    {
        using var unknown = await http.PostAsJsonAsync("/api/session", new { email = "nobody@proef", password = "wrong" });
        using var wrong = await http.PostAsJsonAsync("/api/session", new { email = "worker@proef", password = "wrong" });
        Assert.That(Plain(await unknown.Content.ReadAsStringAsync()), Is.EqualTo(Plain(await wrong.Content.ReadAsStringAsync())));

        static string Plain(string body) => System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "");
    }

    [Test]
    public async Task AMemberThatIsNotKnownIsRefused() => Assert.That(
        (await http.PostAsJsonAsync("/api/session", new { email = "worker@proef", password = ServiceUnderTest.Password, role = "administrator" })).StatusCode,
        Is.EqualTo(HttpStatusCode.BadRequest));

    [TestCase("/", "text/html", HttpStatusCode.Redirect)]
    [TestCase("/outcomes", "text/html", HttpStatusCode.Redirect)]
    [TestCase("/outcomes/download", "*/*", HttpStatusCode.Redirect)]
    [TestCase("/api/work", "*/*", HttpStatusCode.Unauthorized)]
    [TestCase("/api/instruments", "*/*", HttpStatusCode.Unauthorized)]
    [TestCase("/odata/Outcomes", "*/*", HttpStatusCode.Unauthorized)]
    public async Task WithoutSignInNothingIsShown(string address, string accept, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("//elsewhere.example")]
    [TestCase("https://elsewhere.example")]
    [TestCase("/\\elsewhere.example")]
    public async Task TheLanguageSwitchLeadsNowhereElse(string back)
    {
        using var answer = await http.GetAsync("/language/en?back=" + Uri.EscapeDataString(back));
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    private async Task<HttpStatusCode> TryAsync(string email, string password)
    {
        using var answer = await http.PostAsJsonAsync("/api/session", new { email, password });
        return answer.StatusCode;
    }
}
