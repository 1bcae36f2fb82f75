// One person is one in the proof of what was erased, whatever became of keys: two would be counted as two, and hidden less.
using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Tests.Conversations;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class PersonHashesTests(string database)
{
    private ServiceUnderTest service = null!;
    private LaterTime time = null!;

    [SetUp]
    public async Task StartAsync()
    {
        time = new LaterTime();
        service = await ServiceUnderTest.StartAsync(database: database, time: time);
        await service.RestAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task WhatIsErasedBeforeDuringAndAfterARenewalIsOfOnePersonAlsoOnceThatPersonIsErased()
    {
        var (first, second, third, fourth) = (await HoldAsync(), await HoldAsync(), await HoldAsync(), await HoldAsync());
        await EraseAsync(first);
        var gone = Guid.NewGuid();
        var keyed = await AsItWasAsync(gone);
        Assert.That(await PersonsAsync(), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, IdOf(keyed)]), "of Anna, and of somebody who was erased long ago");
        await EraseAsync(second);
        Assert.That(await PersonsAsync(), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, IdOf(keyed)]));

        await Get<LookUpRenewal>().BeginAsync(1, null, default);
        await EraseAsync(third);
        Assert.That(await PersonsAsync(), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, IdOf(keyed)]));
        time.Days = 2;
        await Get<LookUpKeyWork>().RunAsync(new Progress<WorkProgress>(), default);
        Assert.That((await Get<LookUpRenewal>().StateAsync(default))!.EndedAt, Is.Not.Null);
        await EraseAsync(fourth);
        Assert.That(await PersonsAsync(), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, IdOf(keyed)]));

        await Get<Forgetting>().ClientAsync(ServiceUnderTest.Anna, ServiceUnderTest.Officer, default);
        Assert.That(await PersonsAsync(), Has.Count.EqualTo(2).And.Contains(IdOf(keyed)).And.No.Member(ServiceUnderTest.Anna));
        Assert.That(await ScalarAsync<int>("SELECT COUNT(*) FROM FormerConversation"), Is.EqualTo(5));
    }

    [Test]
    public async Task WhatWasKeyedByTheIdOfALivingPersonIsBroughtOverBeforeTheKeyGoesAndGoesWithTheClient()
    {
        await EraseAsync(await HoldAsync());
        var keyed = await AsItWasAsync(ServiceUnderTest.Anna);
        await Get<LookUpRenewal>().BeginAsync(1, null, default);
        await Get<LookUpKeyWork>().RunAsync(new Progress<WorkProgress>(), default);
        Assert.That(await ScalarAsync<string>("SELECT PersonHash FROM FormerConversation"), Is.Not.EqualTo(keyed));
        Assert.That(await PersonsAsync(), Is.EqualTo((Guid[])[ServiceUnderTest.Anna]));

        // As it was, and nothing is left to erase but what is proven.
        keyed = await AsItWasAsync(ServiceUnderTest.Anna);
        await Get<Forgetting>().ClientAsync(ServiceUnderTest.Anna, ServiceUnderTest.Officer, default);
        Assert.That(await ScalarAsync<string>("SELECT PersonHash FROM FormerConversation"), Is.Not.EqualTo(keyed), "nobody makes it again from the id");
    }

    [Test]
    public async Task WhoComesBackWithAnOlderCopyAfterTheirKeyIsGoneIsStillOnePerson()
    {
        await EraseAsync(await HoldAsync());
        await HoldAsync();
        Get<ClientKeys>().Destroy(ServiceUnderTest.Anna, new ErasureProof(time.GetUtcNow(), ServiceUnderTest.Officer, ErasureReasons.TimeIsOver));
        Assert.That(await Get<ErasedAgain>().RunAsync(default), Is.EqualTo(1));
        Assert.That(await PersonsAsync(), Has.Count.EqualTo(1).And.No.Member(ServiceUnderTest.Anna));
        Assert.That(await ScalarAsync<int>("SELECT COUNT(*) FROM FormerConversation"), Is.EqualTo(2));
    }

    // One row as it was kept before: by a keyed hash of the client's id. Of somebody else it is another row than Anna's.
    private async Task<string> AsItWasAsync(Guid client)
    {
        var keyed = await Get<LookUps>().LookAsync((_, _, keys) => Task.FromResult(keys.All($"former-conversation {client:D}")[^1]), default);
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        if (client == ServiceUnderTest.Anna)
        {
            await connection.ExecuteAsync("UPDATE FormerConversation SET PersonHash = @keyed; UPDATE Client SET PersonHashSecret = NULL", new { keyed });
            return keyed;
        }

        var annas = await Get<LookUps>().LookAsync((_, _, keys) => Task.FromResult(keys.Hash($"former-conversation {ServiceUnderTest.Anna:D}")), default);
        await connection.ExecuteAsync(
            """
            INSERT INTO FormerConversation (Id, ConversationId, Number, Became, PersonHash, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt, Marked, Received, Ended, Answered, Scored, Domains, ChangedAt, ChangedBy, Reason)
            SELECT @id, @other, Number, Became, @keyed, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt, Marked, Received, Ended, Answered, Scored, Domains, ChangedAt, ChangedBy, Reason FROM FormerConversation
            """,
            new { id = Guid.NewGuid(), other = Guid.NewGuid(), keyed });
        await connection.ExecuteAsync("UPDATE FormerConversation SET PersonHash = @annas WHERE PersonHash <> @keyed; UPDATE Client SET PersonHashSecret = NULL", new { annas, keyed });
        return keyed;
    }

    // As the outcomes know them.
    private async Task<List<Guid>> PersonsAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        await using var moment = await Get<IDatabase>().BeginReadAsync(connection, default);
        return [.. (await new OutcomeFacts(connection, moment, Get<PersonHashes>()).FormerAsync(default)).Select(f => f.ClientId).Distinct()];
    }

    private static Guid IdOf(string hash) => new(Convert.FromHexString(hash).AsSpan(0, 16));

    private Task EraseAsync(Guid conversation) => Get<FormerConversations>().EraseAsync(conversation, ServiceUnderTest.Officer, EraseReasons.AskedByClient, default);

    private async Task<Guid> HoldAsync()
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        document["agreements"] = new JsonArray();
        using var tablet = await service.SignedInAsync("worker@proef");
        using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
