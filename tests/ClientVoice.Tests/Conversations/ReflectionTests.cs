using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Reflections: a team or a location is the subject, and the last time opens the next.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ReflectionTests(string database)
{
    private const string Point = "01900000-0000-7000-8000-0000000000ab";

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
    public async Task TheTabletHearsWhichPlacesThereAreAndWhichInstrumentsAreAboutThem()
    {
        var work = await WorkAsync();
        var place = work["places"]!.AsArray().Single()!;
        Assert.That((Text(place, "name"), Text(place, "kind")), Is.EqualTo(("Noord", "location")), "the places in scope, no other");
        Assert.That(place["instruments"]!.AsArray().Select(i => i!.GetValue<string>()), Is.EquivalentTo((string[])["team-vooruit", "collegiale-consultatie", "dialoogtafel", "zevmb-eisen"]));
        Assert.That(work["instruments"]!.AsArray(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task ThePointsOfTheLastTimeOpenTheNextAndWhatCameOfThemIsKept()
    {
        var first = Guid.CreateVersion7();
        using var kept = await PutAsync(first, Valid(first));
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Created), await kept.Content.ReadAsStringAsync());
        var last = (await WorkAsync())["places"]![0]!["last"]!.AsArray().Single()!;
        Assert.That((Text(last, "instrument"), Text(last["points"]!.AsArray().Single()!, "what")), Is.EqualTo(("team-vooruit", "Een vast moment voor de overdracht")));

        var second = Guid.CreateVersion7();
        var next = Valid(second);
        next["startedAt"] = "2026-11-20T10:00:00Z";
        next["endedAt"] = "2026-11-20T11:00:00Z";
        next["agreements"] = new JsonArray();
        next["cameOf"] = new JsonArray(new JsonObject { ["point"] = Point, ["came"] = "partly", ["words"] = "Alleen op maandag" });
        using var again = await PutAsync(second, next);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created), await again.Content.ReadAsStringAsync());
        Assert.That(await RowsAsync<string>("SELECT Came FROM ReflectionPoint"), Is.EqualTo((string[])["partly"]));
        Assert.That((await WorkAsync())["places"]![0]!["last"]!.AsArray().Single()!["points"]!.AsArray(), Is.Empty, "the newest time is the last");
    }

    [Test]
    public async Task AReflectionIsNobodysConversationAndCountsInNoOutcome()
    {
        var id = Guid.CreateVersion7();
        using var kept = await PutAsync(id, Valid(id));
        Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Reflection UNION ALL SELECT COUNT(*) FROM Conversation UNION ALL SELECT COUNT(*) FROM OutcomeChange"), Is.EqualTo((int[])[1, 0, 0]));
    }

    [Test]
    public async Task AReflectionReadsAsADocumentForItsPlaceAlone()
    {
        var id = Guid.CreateVersion7();
        using var kept = await PutAsync(id, Valid(id));
        var page = WebUtility.HtmlDecode(await worker.GetStringAsync(new Uri($"/reflections/{id}", UriKind.Relative)));
        Assert.That(page, Does.Contain("Noord").And.Contain("Team vooruit").And.Contain("Een vast moment voor de overdracht").And.Contain("De zomerweek").And.Contain("6 mensen"));
        Assert.That(WebUtility.HtmlDecode(await worker.GetStringAsync(new Uri("/conversations", UriKind.Relative))), Does.Contain($"/reflections/{id}"));
        using var colleague = await service.SignedInAsync("colleague@proef");
        using var elsewhere = await colleague.GetAsync(new Uri($"/reflections/{id}", UriKind.Relative));
        Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task NeitherSideReadsTheOtherBeforeBothAreThereAndThenTheyStandSideBySide()
    {
        await service.Services.GetRequiredService<People>().AddAsync(
            new NewPerson(Guid.CreateVersion7(), "leader@proef", "Lei Der", Roles.TeamLeader, ServiceUnderTest.Password, false, [ServiceUnderTest.North]), default);
        using var leader = await service.SignedInAsync("leader@proef");
        var parents = Guid.CreateVersion7();
        using var one = await PutAsync(parents, Apart(parents, "relative", "not-good"));
        Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.Created), await one.Content.ReadAsStringAsync());
        Assert.That(await PageAsync(leader, parents), Does.Contain("Hier hoort nog een andere kant bij").And.Not.Contain("Vaste gezichten in het weekend"), "a colleague does not read it yet");
        Assert.That(await PageAsync(worker, parents), Does.Contain("De andere kant is er nog niet").And.Contain("Vaste gezichten in het weekend"), "who sent it in does");
        Assert.That(WebUtility.HtmlDecode(await leader.GetStringAsync(new Uri("/conversations", UriKind.Relative))), Does.Contain("wacht op de andere kant"));

        var provider = Guid.CreateVersion7();
        using var other = await PutAsync(provider, Apart(provider, "worker", "good"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Created), await other.Content.ReadAsStringAsync());
        foreach (var id in (Guid[])[parents, provider])
        {
            var page = await PageAsync(leader, id);
            Assert.That(page, Does.Contain("Naast elkaar").And.Contain("Op 1 van de 2 vragen zagen zij iets anders").And.Contain("Vaste gezichten in het weekend"));
        }

        var lasts = (await WorkAsync())["places"]![0]!["last"]!.AsArray();
        Assert.That(lasts.Select(last => Text(last!, "perspective")), Is.EquivalentTo((string[])["relative", "worker"]), "each side opens the next time with its own points");
    }

    private static JsonObject Apart(Guid id, string perspective, string answer)
    {
        var document = Valid(id);
        document["instrument"]!["id"] = "zevmb-eisen";
        document["perspective"] = perspective;
        document["answers"] = new JsonObject { ["req-3a"] = answer, ["req-3a-takes"] = "Vaste gezichten in het weekend" };
        document["passed"] = new JsonObject();
        document["seconds"] = new JsonObject();
        document["agreements"]![0]!["id"] = Guid.CreateVersion7().ToString();
        return document;
    }

    private static async Task<string> PageAsync(HttpClient client, Guid id) => WebUtility.HtmlDecode(await client.GetStringAsync(new Uri($"/reflections/{id}", UriKind.Relative)));

    private static readonly (string Name, Action<JsonObject> Spoil, string Pointer)[] Faults =
    [
        ("a place elsewhere", d => d["place"] = ServiceUnderTest.South.ToString(), "/place"),
        ("an instrument about a client", d => d["instrument"]!["id"] = "mijn-verhaal", "/instrument"),
        ("an answer that is no option", d => d["answers"]!["plan"] = "splendid", "/answers/plan"),
        ("a point of another place", d => d["cameOf"] = new JsonArray(new JsonObject { ["point"] = Point, ["came"] = "done", ["words"] = null }), "/cameOf/0/point"),
        ("a client in it", d => d["client"] = ServiceUnderTest.Anna.ToString(), "/client"),
        ("a perspective the instrument does not have", d => d["perspective"] = "client", "/perspective"),
    ];

    [Test]
    public async Task WhatIsNotRightIsNamedAndNothingIsKept()
    {
        foreach (var (name, spoil, pointer) in Faults)
        {
            var id = Guid.CreateVersion7();
            var document = Valid(id);
            spoil(document);
            using var answer = await PutAsync(id, document);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), name);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.That(problem["faults"]!.AsArray().Select(f => Text(f!, "pointer")), Does.Contain(pointer), name);
        }

        Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Reflection"), Is.EqualTo((int[])[0]));
    }

    internal static JsonObject Valid(Guid id) => JsonNode.Parse(
        $$"""
        {
          "format": 1, "id": "{{id}}", "place": "{{ServiceUnderTest.North}}",
          "instrument": { "id": "team-vooruit", "version": "1.0" }, "perspective": "team", "outcome": "finished", "language": "nl",
          "startedAt": "2026-11-02T10:00:00Z", "endedAt": "2026-11-02T11:00:00Z", "people": 6,
          "answers": { "proud": "De zomerweek\nHet koor", "plan": "good" }, "words": {}, "passed": { "safety": { "reason": null } },
          "readBack": "confirmed",
          "agreements": [ { "id": "{{Point}}", "what": "Een vast moment voor de overdracht", "who": "team", "name": null, "on": "2026-12-01" } ],
          "cameOf": [], "seconds": { "plan": 60 }
        }
        """)!.AsObject();

    private async Task<JsonObject> WorkAsync() => (await worker.GetFromJsonAsync<JsonObject>("/api/reflections"))!;

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private Task<HttpResponseMessage> PutAsync(Guid id, JsonObject document) => worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), ConversationJson.Body(document));

    private async Task<IEnumerable<T>> RowsAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.QueryAsync<T>(sql);
    }
}
