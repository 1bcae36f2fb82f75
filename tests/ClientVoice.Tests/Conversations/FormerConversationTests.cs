using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Correcting and erasing what was kept.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class FormerConversationTests(string database)
{
    private ServiceUnderTest service = null!;
    private Guid id;
    private JsonObject document = null!;

    [SetUp]
    public async Task HoldAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "leader@proef", "Lei Der", Roles.TeamLeader, ServiceUnderTest.Password, false, [ServiceUnderTest.North]), default);
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "privacy@proef", "Pri Vacy", Roles.PrivacyOfficer, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        id = Guid.CreateVersion7();
        document = ConversationJson.Valid(id);
        Assert.That(await SendAsync(document), Is.EqualTo(HttpStatusCode.Created));
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task ACorrectionTakesItsPlaceAndTheVersionBeforeIsKeptWithWhoAndWhy()
    {
        var before = await ValueAsync<string>("SELECT ContentHash FROM Conversation WHERE Id = @id");
        Assert.That(await CorrectAsync("leader@proef", d => d["answers"]!["home"] = "good"), Is.EqualTo((HttpStatusCode.NoContent, "")));
        var versions = await service.Services.GetRequiredService<FormerConversations>().OfAsync(id, default);
        Assert.Multiple(async () =>
        {
            Assert.That(versions.Select(v => (v.Number, v.ChangedBy, v.Reason)), Is.EqualTo(((int, string, string)[])[(1, "Lei Der", "Verkeerd getikt.")]));
            Assert.That(await ValueAsync<string>("SELECT OptionCode FROM Answer WHERE ConversationId = @id AND QuestionId = 'home'"), Is.EqualTo("good"));
            Assert.That(await ValueAsync<string>("SELECT ContentHash FROM FormerConversation WHERE ConversationId = @id AND DocumentSecret IS NOT NULL"), Is.EqualTo(before));
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM OutcomeChange WHERE ConversationId = @id AND Kind = 'corrected'"), Is.EqualTo(1), "the outcomes are told");
            Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM AuditEvent WHERE Action = 'conversation.correct' AND Resource = 'conversation/{id}'"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task WhatBecameOfAnAgreementStaysWhenTheConversationIsCorrected()
    {
        await ValueAsync<int>("UPDATE Agreement SET DoneAt = '2026-11-20T10:00:00.000Z' WHERE ConversationId = @id");
        await CorrectAsync("leader@proef", d => d["agreements"]!.AsArray().Add(JsonNode.Parse("""{ "id": "01900000-0000-7000-8000-0000000000ab", "what": "En een lamp", "who": "worker", "name": null, "on": null }""")));
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Agreement WHERE ConversationId = @id"), Is.EqualTo(2));
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Agreement WHERE ConversationId = @id AND DoneAt IS NOT NULL"), Is.EqualTo(1), "done stays done");
        await CorrectAsync("leader@proef", d => d["agreements"] = new JsonArray());
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Agreement WHERE ConversationId = @id AND DoneAt IS NOT NULL"), Is.Zero, "what was not agreed goes");
    }

    [Test]
    public async Task ATabletThatSendsTheFirstVersionAgainGetsItsReceipt()
    {
        await CorrectAsync("leader@proef", d => d["answers"]!["home"] = "good");
        Assert.That(await SendAsync(document), Is.EqualTo(HttpStatusCode.OK), "it was kept: that it was corrected since is no fault of the tablet");
    }

    [Test]
    public async Task ACorrectionOfSomebodyWhoMovedStaysWhereTheConversationWas()
    {
        await service.Services.GetRequiredService<IDatabase>().OpenAsync(default).ContinueWith(async c => await (await c).ExecuteAsync("UPDATE Client SET PlaceId = @South WHERE Id = @Anna", new { ServiceUnderTest.South, ServiceUnderTest.Anna })).Unwrap();
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "south@proef", "Zui Der", Roles.TeamLeader, ServiceUnderTest.Password, false, [ServiceUnderTest.South]), default);
        Assert.That((await CorrectAsync("south@proef", d => d["answers"]!["home"] = "good")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM Conversation WHERE Id = @id AND PlaceId = '{ServiceUnderTest.North:D}'"), Is.EqualTo(1), "a move does not move the past");
    }

    [Test]
    public async Task ACorrectionThatWouldBeAnotherConversationIsRefusedAndChangesNothing()
    {
        var (status, body) = await CorrectAsync("leader@proef", d => d["perspective"] = "relative");
        Assert.That((status, body.Contains("/document/perspective", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), body);
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM FormerConversation WHERE ConversationId = @id"), Is.Zero);
    }

    [Test]
    public async Task ACorrectionWithoutAReasonIsRefused()
    {
        var (status, body) = await CorrectAsync("leader@proef", _ => { }, reason: " ");
        Assert.That((status, body.Contains("/reason", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), body);
    }

    [Test]
    public async Task WhoHoldsConversationsDoesNotCorrectThemAndWhoCorrectsDoesNotErase()
    {
        Assert.That((await CorrectAsync("worker@proef", _ => { })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        using var leader = await service.SignedInAsync("leader@proef");
        using var page = await leader.GetAsync($"/conversations/erase?id={id}");
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task AnErasedConversationLeavesNothingThatWasSaidAndNobodyWhoSaidIt()
    {
        await CorrectAsync("leader@proef", d => d["answers"]!["home"] = "good");
        await EraseAsync();
        Assert.Multiple(async () =>
        {
            foreach (var table in (string[])["Answer", "DomainScore", "ConversationMark", "Agreement"])
            {
                Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM {table} WHERE ConversationId = @id"), Is.Zero, table);
            }

            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE Id = @id"), Is.Zero);
            Assert.That(
                await ValueAsync<int>("SELECT COUNT(*) FROM FormerConversation WHERE ConversationId = @id AND DocumentSecret IS NULL AND ReasonSecret IS NULL AND ContentHash IS NULL AND Became = 'erased'"),
                Is.EqualTo(2), "the earlier version goes with it");
            Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM FormerConversation WHERE ConversationId = @id AND PersonHash LIKE '%{ServiceUnderTest.Anna.ToString("N")[^8..]}%'"), Is.Zero);
            Assert.That(await ValueAsync<string>($"SELECT Result FROM AuditEvent WHERE Action = 'conversation.erase' AND Resource = 'conversation/{id}'"), Is.EqualTo(EraseReasons.AskedByClient), "who and why stays");
        });
    }

    [Test]
    public async Task AnErasedConversationDoesNotComeBackFromATablet()
    {
        await EraseAsync();
        Assert.That(await SendAsync(document), Is.EqualTo(HttpStatusCode.Gone));
    }

    private async Task EraseAsync()
    {
        using var privacy = await service.SignedInAsync("privacy@proef");
        var page = await privacy.GetStringAsync($"/conversations/erase?id={id}");
        Assert.That(page, Does.Not.Contain("koud"), "the one who erases does not read what was said");
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var answer = await privacy.PostAsync("/conversations/erasures", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["id"] = id.ToString(), ["reason"] = EraseReasons.AskedByClient, ["sure"] = "yes",
        }));
        Assert.That((answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Redirect, "/conversations/erase?erased=1")));
    }

    private async Task<HttpStatusCode> SendAsync(JsonObject sent)
    {
        using var tablet = await service.SignedInAsync("worker@proef");
        using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(sent));
        return answer.StatusCode;
    }

    private async Task<(HttpStatusCode Status, string Body)> CorrectAsync(string who, Action<JsonObject> change, string reason = "Verkeerd getikt.")
    {
        var corrected = document.DeepClone().AsObject();
        change(corrected);
        using var client = await service.SignedInAsync(who);
        using var answer = await client.PostAsJsonAsync($"/api/conversations/{id}/correction", new JsonObject { ["reason"] = reason, ["document"] = corrected });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql, new { id });
    }
}
