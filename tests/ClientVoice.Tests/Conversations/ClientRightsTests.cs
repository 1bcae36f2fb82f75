// What a client may ask: everything that is kept, taking consent back, and not being kept longer than was decided.
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Tests.Conversations;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class ClientRightsTests(string database)
{
    private ServiceUnderTest service = null!;
    private HttpClient privacy = null!;
    private Guid talk;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "privacy@proef", "Pri Vacy", Roles.PrivacyOfficer, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        privacy = await service.SignedInAsync("privacy@proef");
        talk = default;
        talk = await HoldAsync(d => d["quotesAllowed"] = true);
    }

    [TearDown]
    public async Task StopAsync()
    {
        privacy.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task TheOverviewHoldsEverythingAsADocumentAndAsData()
    {
        var page = WebUtility.HtmlDecode(await privacy.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}/rights", UriKind.Relative)));
        foreach (var kept in (string[])["Anna Achternaam", "Noord", "Het is er te koud in de winter", "Dat gaat je niets aan", "We vragen om een extra deken", "2 november 2026"])
        {
            Assert.That(page, Does.Contain(kept));
        }

        using var answer = await privacy.GetAsync($"/clients/{ServiceUnderTest.Anna}/rights.json");
        var data = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Is.EqualTo("clientvoice-overzicht.json"), "no name in the name of a file");
            Assert.That(data["client"]!["name"]!.GetValue<string>(), Is.EqualTo("Anna Achternaam"));
            Assert.That(JsonNode.DeepEquals(data["conversations"]![0]!["document"], Sent(talk)), "the document as it was received");
            Assert.That(data["agreements"]![0]!["what"]!.GetValue<string>(), Is.EqualTo("We vragen om een extra deken"));
        });
        Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM AuditEvent WHERE Action = 'rights.data' AND SubjectId = '{ServiceUnderTest.Anna:D}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task WhoTakesQuotingBackIsNotQuotedFromEarlierConversationsEither()
    {
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE QuotesAllowed = 1"), Is.EqualTo(1));
        await PressAsync("withdraw-quotes");
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE QuotesAllowed = 1"), Is.Zero);
        await HoldAsync(d => d["quotesAllowed"] = true);
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE QuotesAllowed = 1"), Is.Zero, "held before, sent after");
        Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM AuditEvent WHERE Action = 'consent.withdraw' AND SubjectId = '{ServiceUnderTest.Anna:D}'"), Is.EqualTo(1));
        await PressAsync("again-quotes");
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE QuotesAllowed = 1"), Is.Zero, "what was said before was not asked about again");
    }

    [Test]
    public async Task WhoIsNotToBeAskedIsNotDue()
    {
        using var worker = await service.SignedInAsync("worker@proef");
        Assert.That(await DueAsync(worker), Is.EqualTo(1));
        await PressAsync("withdraw-asking");
        Assert.That(await DueAsync(worker), Is.Zero);
        await PressAsync("again-asking");
        Assert.That(await DueAsync(worker), Is.EqualTo(1));
    }

    [Test]
    public async Task WhatIsOverItsTimeIsShownFirstAndThenTakenAwayWithAReport()
    {
        await HoldAsync(d =>
        {
            d["startedAt"] = "2019-03-04T10:00:00Z";
            d["endedAt"] = "2019-03-04T10:25:00Z";
        });
        var retention = service.Services.GetRequiredService<Retention>();
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.Zero, "without a rule everything is kept");
        var looked = await FormAsync("/retention", "look", ("kind", Retention.Conversations), ("months", "60"));
        Assert.That(looked, Does.Contain("Binnen een dag wordt er 1 weggehaald"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.Zero, "looking changes nothing");
        await FormAsync("/retention", "set", ("kind", Retention.Conversations), ("months", "60"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.EqualTo(1));
        Assert.Multiple(async () =>
        {
            Assert.That(await ValueAsync<string>("SELECT HeldOn FROM Conversation"), Is.EqualTo("2026-11-02"), "the newer one stays");
            Assert.That(await ValueAsync<string>("SELECT Reason FROM FormerConversation"), Is.EqualTo("time-is-over"), "proof without the person");
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Answer WHERE ConversationId NOT IN (SELECT Id FROM Conversation)"), Is.Zero);
            Assert.That((await retention.ReportsAsync(10, default)).Select(r => (r.Kind, r.Removed)), Is.EqualTo(((string, int)[])[(Retention.Conversations, 1)]));
            Assert.That(await privacy.GetStringAsync(new Uri("/retention", UriKind.Relative)), Does.Contain("reports"));
        });
        Assert.That(await FormAsync("/retention", "look", ("kind", Retention.Conversations), ("months", "0")), Does.Contain("Dit moet een getal zijn van 1 tot en met 600"));
    }

    [Test]
    public async Task EveryKindThatCanBeKeptTooLongCanBeCountedAndTakenAway()
    {
        var retention = service.Services.GetRequiredService<Retention>();
        foreach (var kind in Retention.Kinds)
        {
            await retention.SetAsync(kind.Code, Retention.Shortest, ServiceUnderTest.Officer, default);
        }

        await retention.RunAsync(new Progress<WorkProgress>(), default);
        Assert.That((await retention.LinesAsync(default)).Select(l => (l.Months, l.Over)), Has.All.EqualTo(((int?)1, 0)));
    }

    private static JsonObject Sent(Guid id)
    {
        var document = ConversationJson.Valid(id);
        document["quotesAllowed"] = true;
        return document;
    }

    private async Task<Guid> HoldAsync(Action<JsonObject> change)
    {
        using var worker = await service.SignedInAsync("worker@proef");
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        if (talk != default)
        {
            document["agreements"] = new JsonArray();
        }

        change(document);
        using var answer = await worker.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    private static async Task<int> DueAsync(HttpClient worker)
    {
        using var work = JsonDocument.Parse(await worker.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
        return work.RootElement.GetProperty("clients").EnumerateArray().Single(c => c.GetProperty("id").GetGuid() == ServiceUnderTest.Anna).GetProperty("due").GetArrayLength();
    }

    private Task PressAsync(string handler) => FormAsync($"/clients/{ServiceUnderTest.Anna}/rights", handler);

    private async Task<string> FormAsync(string address, string handler, params (string Name, string Value)[] fields)
    {
        var page = await privacy.GetStringAsync(new Uri(address, UriKind.Relative));
        using var answer = await privacy.PostAsync(address, new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("_handler", handler)).Append(new("__RequestVerificationToken", Token().Match(page).Groups[1].Value))));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
