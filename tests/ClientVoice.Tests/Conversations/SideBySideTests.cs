using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Views of one client, laid side by side: who sees what when, and what becomes of the points.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class SideBySideTests(string database)
{
    private ServiceUnderTest service = null!;
    private HttpClient worker = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, database: database);
        worker = await service.SignedInAsync("worker@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        worker.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task NobodySeesTheOthersAnswersBeforeBothAreDone()
    {
        await AnsweredAsync("client", "bad");
        var half = (await SetsAsync())!.AsArray().Single()!;
        Assert.That(half["complete"]!.GetValue<bool>(), Is.False);
        Assert.That(half["sides"]!.AsArray().Single()!.AsObject().Select(m => m.Key), Is.EqualTo((string[])["id", "perspective", "heldOn", "mine"]), "that it was done, and nothing of what was said");

        await AnsweredAsync("worker", "good");
        var whole = (await SetsAsync())!.AsArray().Single()!;
        Assert.That(whole["complete"]!.GetValue<bool>());
        Assert.That(
            whole["sides"]!.AsArray().Select(s => (Text(s!, "perspective"), s!["said"]!["answers"]!["home"]!.GetValue<string>(), s["said"]!["words"]!["home"]!.GetValue<string>())),
            Is.EqualTo(((string, string, string)[])[("client", "bad", "Woorden van client"), ("worker", "good", "Woorden van worker")]), "apart, each in its own words");
    }

    [Test]
    public async Task WhoIsNotInTheScopeSeesNothing()
    {
        await AnsweredAsync("client", "bad");
        await AnsweredAsync("worker", "good");
        using var colleague = await service.SignedInAsync("colleague@proef");
        Assert.That((await colleague.GetFromJsonAsync<JsonObject>("/api/side-by-sides"))!["sets"]!.AsArray(), Is.Empty);
        using var officer = await service.SignedInAsync("officer@proef");
        using var refused = await officer.GetAsync(new Uri("/api/side-by-sides", UriKind.Relative));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task ThePointsOfTheCardAreAgreementsOfTheClientsConversation()
    {
        var (client, other) = (await AnsweredAsync("client", "bad"), await AnsweredAsync("worker", "good"));
        var id = Guid.CreateVersion7();
        var document = Talk(id, client, other);
        using var first = await PutAsync(id, document);
        using var second = await PutAsync(id, document);
        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)), "kept once, with a receipt each time");
        Assert.That(await RowsAsync<(Guid, string, int)>("SELECT ConversationId, Who, Position FROM Agreement"), Is.EqualTo(((Guid, string, int)[])[(client, "worker", 0)]), "the point without an agreement is on the card only");
        Assert.That(await SetsAsync(), Is.Empty, "what was laid side by side does not wait any more");
        Assert.That(await worker.GetStringAsync(new Uri($"/conversations/{client}", UriKind.Relative)), Does.Contain("We kijken samen naar de verwarming"));
    }

    private static readonly (string Name, Action<JsonObject> Spoil, string Pointer)[] Faults =
    [
        ("one view only", d => d["of"] = new JsonArray(d["of"]![0]!.GetValue<string>(), "01900000-0000-7000-8000-0000000000ff"), "/of"),
        ("a question that is not there", d => d["points"]![0]!["about"] = "shoe-size", "/points/0/about"),
        ("a point that says nothing", d => d["points"]![1]!["standsOut"] = null, "/points/1"),
        ("a day that does not exist", d => d["points"]![0]!["on"] = "2026-02-30", "/points/0/on"),
        ("a client elsewhere", d => d["client"] = ServiceUnderTest.Bram.ToString(), "/client"),
        ("a member that is not known", d => d["mean"] = 62.5, "/mean"),
    ];

    [Test]
    public async Task WhatIsNotRightIsNamedAndNothingIsKept()
    {
        var (client, other) = (await AnsweredAsync("client", "bad"), await AnsweredAsync("worker", "good"));
        foreach (var (name, spoil, pointer) in Faults)
        {
            var id = Guid.CreateVersion7();
            var document = Talk(id, client, other);
            spoil(document);
            using var answer = await PutAsync(id, document);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), name);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.That(problem["faults"]!.AsArray().Select(f => Text(f!, "pointer")), Does.Contain(pointer), name);
        }

        Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM SideBySide UNION ALL SELECT COUNT(*) FROM Agreement"), Is.EqualTo((int[])[0, 0]));
    }

    private static JsonObject Talk(Guid id, Guid client, Guid other) => JsonNode.Parse(
        $$"""
        {
          "format": 1, "id": "{{id}}", "client": "{{ServiceUnderTest.Anna}}", "of": ["{{client}}", "{{other}}"],
          "instrument": { "id": "samen-kijken", "version": "1.0" }, "language": "nl",
          "startedAt": "2026-11-02T11:00:00Z", "endedAt": "2026-11-02T11:20:00Z", "present": ["client"],
          "points": [
            { "id": "{{Guid.CreateVersion7()}}", "about": "home", "standsOut": "Anna heeft het koud", "what": "We kijken samen naar de verwarming", "who": "worker", "name": null, "on": "2026-12-01" },
            { "id": "{{Guid.CreateVersion7()}}", "about": "money", "standsOut": "Hier zien we hetzelfde", "what": null, "who": "worker", "name": null, "on": null }
          ]
        }
        """)!.AsObject();

    private async Task<Guid> AnsweredAsync(string perspective, string home)
    {
        var id = Guid.CreateVersion7();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var document = ConversationJson.Valid(id);
        document["instrument"]!["id"] = "samen-kijken";
        document["perspective"] = perspective;
        document["startedAt"] = now.AddMinutes(-20).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        document["endedAt"] = now.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        document["answers"] = new JsonObject { ["home"] = home };
        document["words"] = new JsonObject { ["home"] = "Woorden van " + perspective };
        document["passed"] = new JsonObject { ["health"] = new JsonObject { ["reason"] = null } };
        document["changes"] = new JsonArray();
        document["agreements"] = new JsonArray();
        document["seconds"] = new JsonObject();
        using var answer = await PutAsync(id, document);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    private async Task<JsonNode?> SetsAsync() => (await worker.GetFromJsonAsync<JsonObject>("/api/side-by-sides"))!["sets"];

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private Task<HttpResponseMessage> PutAsync(Guid id, JsonObject document) => worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), ConversationJson.Body(document));

    private async Task<IEnumerable<T>> RowsAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.QueryAsync<T>(sql);
    }
}
