// What a client may ask: everything that is kept, taking consent back, and not being kept longer than was decided.
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Tests.Conversations.Anonymous;
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
        var looked = await FormAsync("/retention", "look", ("kind", RetentionKinds.Conversations), ("months", "60"));
        Assert.That(looked, Does.Contain("Binnen een dag wordt er 1 weggehaald"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.Zero, "looking changes nothing");
        await FormAsync("/retention", "set", ("kind", RetentionKinds.Conversations), ("months", "60"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.EqualTo(1));
        Assert.Multiple(async () =>
        {
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation"), Is.EqualTo(1));
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Conversation WHERE HeldOn = '2026-11-02'"), Is.EqualTo(1), "the newer one stays");
            Assert.That(await ValueAsync<string>("SELECT Reason FROM FormerConversation"), Is.EqualTo("time-is-over"), "proof without the person");
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Answer WHERE ConversationId NOT IN (SELECT Id FROM Conversation)"), Is.Zero);
            Assert.That((await retention.ReportsAsync(10, default)).Select(r => (r.Kind, r.Removed)), Is.EqualTo(((string, int)[])[(RetentionKinds.Conversations, 1)]));
            Assert.That(await privacy.GetStringAsync(new Uri("/retention", UriKind.Relative)), Does.Contain("reports"));
        });
        Assert.That(await FormAsync("/retention", "look", ("kind", RetentionKinds.Conversations), ("months", "0")), Does.Contain("Dit moet een getal zijn van 1 tot en met 600"));
    }

    [Test]
    public async Task EveryKindThatCanBeKeptTooLongCanBeCountedAndTakenAway()
    {
        var retention = service.Services.GetRequiredService<Retention>();
        foreach (var kind in RetentionKinds.All)
        {
            await retention.SetAsync(kind.Code, Retention.Shortest, ServiceUnderTest.Officer, default);
        }

        await retention.RunAsync(new Progress<WorkProgress>(), default);
        Assert.That((await retention.LinesAsync(default)).Select(l => (l.Months, l.Over)), Has.All.EqualTo(((int?)1, 0)));
    }

    [Test]
    public async Task WhoLeftStaysWhileSomethingIsOpenAndIsThenForgottenWholeWithProofThatNamesNobody()
    {
        await PressAsync("withdraw-quotes");
        await DoAsync(
            $"UPDATE Client SET UntilOn = '2020-01-31' WHERE Id = '{ServiceUnderTest.Anna:D}'", $"UPDATE Conversation SET HeldOn = '2019-11-02' WHERE Id = '{talk:D}'",
            $"INSERT INTO ClientMove (Id, ClientId, FromPlaceId, ToPlaceId, MovedOn) VALUES ('{Guid.CreateVersion7():D}', '{ServiceUnderTest.Anna:D}', '{ServiceUnderTest.South:D}', '{ServiceUnderTest.North:D}', '2018-01-01')",
            $"INSERT INTO ClientGroupMove (Id, ClientId, FromGroupId, ToGroupId, MovedOn) VALUES ('{Guid.CreateVersion7():D}', '{ServiceUnderTest.Anna:D}', '{ServiceUnderTest.Group:D}', '{ServiceUnderTest.Group:D}', '2018-01-01')",
            $"INSERT INTO ClientMoveAhead (Id, ClientId, ToPlaceId, MovesOn, MadeBy, MadeAt) VALUES ('{Guid.CreateVersion7():D}', '{ServiceUnderTest.Anna:D}', '{ServiceUnderTest.South:D}', '2030-01-01', '{ServiceUnderTest.Worker:D}', '2019-01-01T00:00:00.000Z')",
            $"INSERT INTO ClientEvaluation (ClientId, EvaluatedOn) VALUES ('{ServiceUnderTest.Anna:D}', '2019-06-01')",
            $"INSERT INTO DuePlan (Id, ClientId, ChoiceId, MadeBy, MadeAt) VALUES ('{Guid.CreateVersion7():D}', '{ServiceUnderTest.Anna:D}', '{service.Choice:D}', '{ServiceUnderTest.Worker:D}', '2019-01-01T00:00:00.000Z')",
            $"INSERT INTO DueClient (ClientId, GroupId, Basis) SELECT c.Id, c.GroupId, 'x' FROM Client c WHERE c.Id = '{ServiceUnderTest.Anna:D}' AND NOT EXISTS (SELECT 1 FROM DueClient d WHERE d.ClientId = c.Id)",
            $"INSERT INTO DueLine (ClientId, ChoiceId, DueOn, PlanId, IsPostponed, Because, SinceOn) SELECT d.ClientId, d.ChoiceId, '2019-01-01', d.Id, 0, 'rhythm', '2019-01-01' FROM DuePlan d WHERE d.ClientId = '{ServiceUnderTest.Anna:D}' AND NOT EXISTS (SELECT 1 FROM DueLine l WHERE l.ClientId = d.ClientId)",
            $"INSERT INTO DeskChange (Id, Subject, SubjectId, MadeAt) VALUES ('{Guid.CreateVersion7():D}', 'client', '{ServiceUnderTest.Anna:D}', '2019-01-01T00:00:00.000Z')");
        var retention = service.Services.GetRequiredService<Retention>();
        await service.AggregateAsync();
        Assert.That(await FormAsync("/retention", "look", ("kind", RetentionKinds.Clients), ("months", "60")), Does.Contain("Er is nu niets over deze tijd").And.Contain("1 blijft nog"), "an agreement is open");
        await FormAsync("/retention", "set", ("kind", RetentionKinds.Clients), ("months", "60"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.Zero);

        await DoAsync("UPDATE Agreement SET DoneAt = '2020-01-02T00:00:00.000Z'");
        var looked = await FormAsync("/retention", "look", ("kind", RetentionKinds.Clients), ("months", "60"));
        Assert.That(looked, Does.Contain("Binnen een dag wordt er 1 weggehaald").And.Contain("Met een cliënt gaan ook alle gesprekken").And.Not.Contain("1 blijft nog"));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.EqualTo(1));
        foreach (var table in (string[])["Conversation", "Agreement", "SideBySide", "DuePlan", "ConsentWithdrawal", "EmergencyAccess", "ClientMove", "ClientGroupMove", "ClientMoveAhead", "ClientEvaluation", "ClientRepresentative", "ClientNumber", "AnonymousPermission", "ClientChange", "DueClient", "DueLine"])
        {
            Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM {table} WHERE ClientId = '{ServiceUnderTest.Anna:D}'"), Is.Zero, table);
        }

        Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM DeskChange WHERE SubjectId = '{ServiceUnderTest.Anna:D}'"), Is.Zero);
        Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM Client WHERE Id = '{ServiceUnderTest.Bram:D}'"), Is.EqualTo(1), "who did not leave stays");
        Assert.That(await ValueAsync<string>("SELECT Reason FROM FormerConversation"), Is.EqualTo("time-is-over"));
        Assert.That((await retention.ReportsAsync(10, default)).Select(r => (r.Kind, r.Removed)), Is.EqualTo(((string, int)[])[(RetentionKinds.Clients, 1)]));
        await TheOutcomesFollowAsync();
    }

    [Test]
    public async Task WhatSomebodySaidWithoutANameStaysWhenItIsForgottenThatTheyTookPart()
    {
        var (choice, people) = await AnonymousTablet.PrepareAsync(service, 2);
        using var worker = await service.SignedInAsync("worker@proef");
        foreach (var person in people)
        {
            Assert.That((await AnonymousTablet.PermitAsync(worker, person, choice)).Refusal, Is.Null);
        }

        await service.AggregateAsync();
        var retention = service.Services.GetRequiredService<Retention>();
        await retention.SetAsync(RetentionKinds.Permissions, Retention.Shortest, ServiceUnderTest.Officer, default);
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.Zero, "they could take part twice in one quarter");
        await DoAsync($"UPDATE AnonymousPermission SET Epoch = '2019-Q1', GivenOn = '2019-03-04' WHERE ClientId = '{people[0]:D}'");
        Assert.That((await retention.LinesAsync(default)).Single(l => l.Kind == RetentionKinds.Permissions).Over, Is.EqualTo(1));
        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.EqualTo(1));
        Assert.Multiple(async () =>
        {
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM AnonymousPermission"), Is.EqualTo(1));
            Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM AnonymousPermission WHERE ClientId = '{people[1]:D}'"), Is.EqualTo(1), "that of this quarter stays");
            Assert.That(await ValueAsync<string>("SELECT Outcome FROM FormerConversation WHERE DocumentSecret IS NULL AND Reason = 'time-is-over'"), Is.EqualTo("anonymous"), "proof without the person");
            Assert.That((await retention.ReportsAsync(10, default)).Select(r => (r.Kind, r.Removed)), Is.EqualTo(((string, int)[])[(RetentionKinds.Permissions, 1)]));
        });
        await TheOutcomesFollowAsync();
    }

    [Test]
    public async Task ReflectionsAndTalksSideBySideGoWithTheirPointsAndNewerOnesStay()
    {
        (string, Guid)[] days = [("2019-03-04", Guid.CreateVersion7()), ("2026-11-02", Guid.CreateVersion7())];
        await DoAsync([.. days.SelectMany(one => (string[])[
            $"INSERT INTO Reflection (Id, PlaceId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, StartedAt, EndedAt, ReceivedAt, PersonId, ContentHash, DocumentSecret) SELECT '{one.Item2:D}', PlaceId, 'team-vooruit', '1.0', 'team', 'finished', '{one.Item1}', StartedAt, EndedAt, ReceivedAt, PersonId, ContentHash, DocumentSecret FROM Conversation WHERE Id = '{talk:D}'",
            $"INSERT INTO ReflectionPoint (Id, ReflectionId, Position, WhatSecret, Who) SELECT '{Guid.CreateVersion7():D}', '{one.Item2:D}', 0, DocumentSecret, 'team' FROM Conversation WHERE Id = '{talk:D}'",
            $"INSERT INTO SideBySide (Id, ClientId, InstrumentId, InstrumentVersion, HeldOn, ReceivedAt, PersonId, ContentHash, DocumentSecret) SELECT '{one.Item2:D}', ClientId, 'samen-kijken', '1.0', '{one.Item1}', ReceivedAt, PersonId, ContentHash, DocumentSecret FROM Conversation WHERE Id = '{talk:D}'",
            $"INSERT INTO SideBySidePart (SideBySideId, ConversationId) VALUES ('{one.Item2:D}', '{talk:D}')"])]);
        var retention = service.Services.GetRequiredService<Retention>();
        foreach (var kind in (string[])["reflections", "side-by-sides"])
        {
            Assert.That(await retention.WouldTakeAsync(kind, 60, default), Is.EqualTo((1, 0)), kind);
            await retention.SetAsync(kind, 60, ServiceUnderTest.Officer, default);
        }

        Assert.That(await retention.RunAsync(new Progress<WorkProgress>(), default), Is.EqualTo(2));
        Assert.Multiple(async () =>
        {
            foreach (var table in (string[])["Reflection", "ReflectionPoint", "SideBySide", "SideBySidePart"])
            {
                Assert.That(await ValueAsync<int>($"SELECT COUNT(*) FROM {table}"), Is.EqualTo(1), table);
            }

            Assert.That((await retention.ReportsAsync(10, default)).Select(r => (r.Kind, r.Removed)), Is.EquivalentTo(((string, int)[])[("reflections", 1), ("side-by-sides", 1)]), "the points are not counted as well");
            Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Agreement"), Is.EqualTo(1), "what was agreed belongs to the conversation");
        });
    }

    [Test]
    public async Task EveryTableThatHoldsAClientLosesItWhenWhoLeftIsForgotten()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        var tables = (await connection.QueryAsync<string>(database == Databases.Sqlite
            ? "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'ClientId'"
            : "SELECT c.TABLE_NAME FROM INFORMATION_SCHEMA.COLUMNS c JOIN INFORMATION_SCHEMA.TABLES t ON t.TABLE_NAME = c.TABLE_NAME WHERE c.COLUMN_NAME = 'ClientId' AND t.TABLE_TYPE = 'BASE TABLE'")).ToList();
        Assert.That(tables, Is.EquivalentTo((string[])[
            "Conversation", "Agreement", "SideBySide", "DuePlan", "ConsentWithdrawal", "EmergencyAccess", "ClientMove", "ClientGroupMove", "ClientMoveAhead", "ClientEvaluation", "ClientRepresentative", "ClientNumber", "AnonymousPermission", "ClientChange", "DueClient", "DueLine"]),
            "a new table with a client in it is forgotten too: Forgetting, and the test of who left");
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

    // What is published after what changed is what counting everything would publish.
    private async Task TheOutcomesFollowAsync()
    {
        await service.AggregateAsync();
        var after = await ValueAsync<string>("SELECT Sha256 FROM Publication WHERE IsCurrent = 1");
        await service.AggregateAsync(full: true);
        Assert.That(await ValueAsync<string>("SELECT Sha256 FROM Publication WHERE IsCurrent = 1"), Is.EqualTo(after));
    }

    private async Task DoAsync(params string[] statements)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        foreach (var sql in statements)
        {
            await connection.ExecuteAsync(sql);
        }
    }

    private async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
