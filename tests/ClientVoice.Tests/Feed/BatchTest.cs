using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>Several requests in one: each is answered as it would be alone.</summary>
internal sealed class BatchTest
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(Databases.Sqlite);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [Test]
    public async Task ABatchInJsonIsAnsweredInJson()
    {
        using var answer = await PostAsync(
            """
            {"requests":[
              {"id":"a","method":"get","url":"Outcomes/$count"},
              {"id":"b","method":"GET","url":"/odata/Outcomes(5)?$select=Mean","headers":{"Accept":"application/json;odata.metadata=none"}},
              {"id":"c","method":"GET","url":"Outcomes(4)/Mean","dependsOn":["a"]}
            ]}
            """);
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json"));
        var responses = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("responses").EnumerateArray().ToList();
        Assert.That(responses.Select(r => (r.GetProperty("id").GetString(), r.GetProperty("status").GetInt32())), Is.EqualTo(new[] { ("a", 200), ("b", 200), ("c", 204) }));
        Assert.That(responses[0].GetProperty("body").GetString(), Is.EqualTo("10"));
        Assert.That(responses[0].GetProperty("headers").GetProperty("odata-version").GetString(), Is.EqualTo("4.0"));
        Assert.That(responses[1].GetProperty("body").GetRawText(), Is.EqualTo("""{"Mean":65}"""));
        Assert.That(responses[2].TryGetProperty("body", out _), Is.False, "204 has no body");
    }

    [Test]
    public async Task ABatchInPartsIsAnsweredInParts()
    {
        using var answer = await PostAsync(
            Parts("GET Outcomes/$count HTTP/1.1\r\n\r\n", "GET /odata/Outcomes(4)?$select=Mean HTTP/1.1\r\nAccept: application/json;odata.metadata=none\r\n\r\n"), "multipart/mixed;boundary=b1");
        var boundary = answer.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value!;
        var text = (await answer.Content.ReadAsStringAsync()).Replace(boundary, "X", StringComparison.Ordinal);
        var parts = text.Split("--X", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(parts[0], Does.StartWith("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 200 OK\r\n").And.EndWith("\r\n\r\n10\r\n"));
        Assert.That(parts[1], Does.EndWith("\r\n\r\n{\"Mean\":null}\r\n"));
        Assert.That(parts[2], Is.EqualTo("--\r\n"));
    }

    [TestCase("application/json")]
    [TestCase("multipart/mixed;boundary=b1")]
    public async Task EachAnswerIsTheOneThatTheRequestHasAlone(string type)
    {
        string[] paths = ["", "$metadata", "Outcomes?$filter=Mean gt 50&$top=2", "Places?$expand=Children($select=Name)", "Outcomes?$filter=Foo eq 1", "Outcomes?$apply=aggregate(Mean with average as M)", "Nothing"];
        var body = type[0] == 'a'
            ? JsonSerializer.Serialize(new { requests = paths.Select((p, i) => new { id = $"{i}", method = "GET", url = p.Length == 0 ? "/odata/" : p, headers = new Dictionary<string, string> { ["Accept"] = "application/json" } }) })
            : Parts([.. paths.Select(p => $"GET {(p.Length == 0 ? "/odata/" : Uri.EscapeDataString(p).Replace("%3F", "?").Replace("%24", "$").Replace("%3D", "=").Replace("%26", "&"))} HTTP/1.1\r\nAccept: application/json\r\n\r\n")]);
        using var answer = await PostAsync(body, type, "Prefer: odata.continue-on-error", "Accept: application/json");
        var responses = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("responses").EnumerateArray().ToList();
        Assert.That(responses, Has.Count.EqualTo(paths.Length));
        foreach (var (path, response) in paths.Zip(responses))
        {
            using var alone = await house.AskAsync(path, "Accept: application/json");
            Assert.That((response.GetProperty("status").GetInt32(), response.GetProperty("body").GetRawText()), Is.EqualTo(((int)alone.StatusCode, await alone.Content.ReadAsStringAsync())), path);
        }
    }

    [Test]
    public async Task ABatchStopsAtTheFirstFailureUnlessToldToGoOn()
    {
        const string body = """{"requests":[{"id":"1","method":"GET","url":"Foo"},{"id":"2","method":"GET","url":"Outcomes/$count","dependsOn":["1"]},{"id":"3","method":"GET","url":"Outcomes/$count"}]}""";
        Assert.That(await StatusesAsync(body), Is.EqualTo(new[] { 404 }));
        Assert.That(await StatusesAsync(body, "Prefer: continue-on-error=true"), Is.EqualTo(new[] { 404, 424, 200 }), "what depends on a failure is not tried");
    }

    [TestCase("POST", 405)]
    [TestCase("PATCH", 405)]
    [TestCase("DELETE", 405)]
    public async Task NothingIsChangedByABatch(string method, int status)
    {
        Assert.That(await StatusesAsync($$$"""{"requests":[{"id":"1","method":"{{{method}}}","url":"Outcomes(1)","body":{}}]}"""), Is.EqualTo(new[] { status }));
        using var parts = await PostAsync(
            $"--b1\r\nContent-Type: multipart/mixed;boundary=c1\r\n\r\n--c1\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\n{method} Outcomes(1) HTTP/1.1\r\n\r\n{{}}\r\n--c1--\r\n--b1--\r\n", "multipart/mixed;boundary=b1");
        Assert.That(await parts.Content.ReadAsStringAsync(), Does.Contain($"Content-ID: 1\r\n\r\nHTTP/1.1 {status} Method Not Allowed\r\n"));
    }

    [TestCase("http://elsewhere/odata/Outcomes", 400)]
    [TestCase("/health/live", 400)]
    [TestCase("../health/live", 400)]
    [TestCase("$batch", 501)]
    [TestCase("$1/Measure", 501)]
    public async Task ABatchReachesTheFeedAndNothingElse(string url, int status) =>
        Assert.That(await StatusesAsync($$"""{"requests":[{"id":"1","method":"GET","url":"{{url}}"}]}"""), Is.EqualTo(new[] { status }));

    [TestCase("application/json", "[]")]
    [TestCase("application/json", "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\"}]}")]
    [TestCase("application/json", "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"x\",\"color\":\"red\"}]}")]
    [TestCase("application/json", "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"x\",\"dependsOn\":[\"2\"]}]}")]
    [TestCase("application/json", "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"x\"},{\"id\":\"1\",\"method\":\"GET\",\"url\":\"x\"}]}")]
    [TestCase("application/json", "{")]
    [TestCase("multipart/mixed", "x")]
    [TestCase("multipart/mixed;boundary=b1", "x")]
    [TestCase("multipart/mixed;boundary=b1", "--b1\r\nContent-Type: text/plain\r\n\r\nGET x HTTP/1.1\r\n\r\n\r\n--b1--\r\n")]
    [TestCase("multipart/mixed;boundary=b1", "--b1\r\nContent-Type: application/http\r\n\r\nhello\r\n--b1--\r\n")]
    public async Task WhatIsNoBatchIsRefusedWhole(string type, string body)
    {
        using var answer = await PostAsync(body, type);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task ABatchHoldsAHundredRequestsAtMost()
    {
        using var answer = await PostAsync($$"""{"requests":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"Outcomes/$count"}"""))}}]}""");
        Assert.That(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((400, """{"error":{"code":"query-too-large","message":"A batch holds at most 100 requests.","details":[{"code":"query-too-large","target":"$batch","message":"A batch holds at most 100 requests."}]}}""")));
    }

    [Test]
    public async Task EveryRequestOfABatchStandsInTheTrail()
    {
        house.Trail.Events.Clear();
        await StatusesAsync("""{"requests":[{"id":"1","method":"GET","url":"Outcomes/$count?$filter=Perspective eq 'a name'"},{"id":"2","method":"GET","url":"Foo"}]}""");
        Assert.That(house.Trail.Events.Select(e => (e.Action, e.Resource, e.Result)), Is.EqualTo(new[] { ("feed.read", "/odata/Outcomes/$count", "200"), ("feed.read", "/odata/Foo", "404"), ("feed.read", "/odata/$batch", "200") }));
    }

    private async Task<int[]> StatusesAsync(string body, params string[] headers)
    {
        using var answer = await PostAsync(body, "application/json", headers);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("responses").EnumerateArray().Select(r => r.GetProperty("status").GetInt32())];
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/odata/$batch");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var header in headers.Select(h => h.Split(": ", 2)))
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return await house.Client.SendAsync(request);
    }

    private static string Parts(params string[] requests) =>
        string.Concat(requests.Select(r => $"--b1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{r}\r\n")) + "--b1--\r\n";
}
