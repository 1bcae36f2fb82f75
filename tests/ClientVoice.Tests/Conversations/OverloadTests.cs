using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>More than the service can take at once: told to wait, and taken later.</summary>
public sealed class OverloadTests
{
    [Test]
    public async Task WhoFloodsTheLaneWithoutNamesMakesItWaitAndTheRestGoesOn()
    {
        await using var service = await ServiceUnderTest.StartAsync(["--ClientVoice:Anonymous:PerMinute=1", "--ClientVoice:Anonymous:AtOnce=2"]);
        using var nobody = new HttpClient { BaseAddress = new Uri(service.Address) };
        nobody.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        var answers = new List<HttpStatusCode>();
        TimeSpan? wait = null;
        for (var i = 0; i < 3; i++)
        {
            using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await nobody.PostAsync(new Uri("/api/anonymous/answers", UriKind.Relative), body);
            answers.Add(answer.StatusCode);
            wait = answer.Headers.RetryAfter?.Delta;
        }

        Assert.That(answers, Is.EqualTo((HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable]));
        Assert.That(wait, Is.InRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)));
        using var worker = await service.SignedInAsync("worker@proef");
        Assert.That((await worker.GetAsync("/api/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task WhatComesOnTopIsToldWhenToComeAgainAndWhatIsInGetsItsReceipt()
    {
        const int most = 4;
        await using var service = await ServiceUnderTest.StartAsync([$"--ClientVoice:Ingest:MostAtOnce={most}"]);
        using var tablet = await service.SignedInAsync("worker@proef");
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        // Somebody else writes: what comes in waits, and stays in.
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        var sent = Enumerable.Range(0, 3 * most).Select(_ => Guid.CreateVersion7()).ToDictionary(id => id, id => SendAsync(tablet, id));
        while (sent.Values.Count(answer => answer.IsCompleted) < 2 * most)
        {
            await Task.WhenAny(sent.Values.Where(answer => !answer.IsCompleted));
        }

        var refused = sent.Where(one => one.Value.IsCompleted).ToList();
        foreach (var (_, answer) in refused)
        {
            Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That((await answer).Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)));
            Assert.That((await (await answer).Content.ReadFromJsonAsync<JsonObject>())!["code"]!.GetValue<string>(), Is.EqualTo("overloaded"));
        }

        Assert.That((await tablet.GetAsync("/api/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "the rest of the service goes on");
        await connection.ExecuteAsync("COMMIT");
        foreach (var (_, answer) in sent.Except(refused))
        {
            Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        foreach (var (id, _) in refused)
        {
            Assert.That((await SendAsync(tablet, id)).StatusCode, Is.EqualTo(HttpStatusCode.Created), "and then those that were refused");
        }
    }

    [Test]
    public async Task BodiesAreBoundedByTheirBytesTooBeforeTheyAreRead()
    {
        await using var service = await ServiceUnderTest.StartAsync(["--ClientVoice:Ingest:MostBytesAtOnce=100"]);
        using var tablet = await service.SignedInAsync("worker@proef");
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        Task<HttpResponseMessage>[] sent = [SendAsync(tablet, Guid.CreateVersion7()), SendAsync(tablet, Guid.CreateVersion7())];
        var refused = await Task.WhenAny(sent);
        Assert.That((await refused).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await connection.ExecuteAsync("COMMIT");
        Assert.That((await sent.Single(answer => answer != refused)).StatusCode, Is.EqualTo(HttpStatusCode.Created), "one is let in, however large: it must not be kept out for ever");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient tablet, Guid id)
    {
        var document = ConversationJson.Valid(id);
        document["agreements"] = new JsonArray();
        return tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
    }
}
