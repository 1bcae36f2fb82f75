using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Unsent work of somebody who left, delivered by an administrator from the tablet on which it waits.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class HandOverTests(string database)
{
    private static readonly Guid Vault = new("01900000-0000-7000-8000-0000000000f1");
    private static readonly byte[] VaultKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private ServiceUnderTest service = null!;
    private HttpClient administrator = null!;
    private HandOverKey key = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await AddAdministratorAsync("north@proef", ServiceUnderTest.North);
        using var worker = await service.SignedInAsync("worker@proef");
        key = (await worker.GetFromJsonAsync<JsonObject>("/api/hand-over-key"))!["handOver"].Deserialize<HandOverKey>(JsonSerializerOptions.Web)!;
        administrator = await service.SignedInAsync("north@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        administrator.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task WhatALeaverHadNotSentIsKeptInTheLeaversNameAndAnsweredWithAReceiptOverItsText()
    {
        await RunAsync("UPDATE Person SET DisabledAt = '2026-11-01T00:00:00.000Z' WHERE Id = @id", ServiceUnderTest.Worker);
        var id = Guid.CreateVersion7();
        var text = ConversationJson.Valid(id).ToJsonString();
        using var answer = await PutAsync(administrator, id, Parcel(id, text));
        var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string)receipt["sha256"]!, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
            Assert.That(await PersonOfAsync(id), Is.EqualTo(ServiceUnderTest.Worker));
            Assert.That(await TrailAsync(), Is.EqualTo((string[])[$"conversation/{id} person/{ServiceUnderTest.Worker}"]));
        });
    }

    [Test]
    public async Task WhatHadArrivedAlreadyGetsItsReceiptAgainAndIsKeptOnce()
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        using var worker = await service.SignedInAsync("worker@proef");
        using var sent = await worker.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
        using var answer = await PutAsync(administrator, id, Parcel(id, document.ToJsonString()));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await CountAsync(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task SomethingThatIsNotValidIsRefusedWithItsFaultsAndStays()
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        document["answers"]!["home"] = "no-such-option";
        await RefusedAsync(await PutAsync(administrator, id, Parcel(id, document.ToJsonString())), "conversation-not-valid");
    }

    [Test]
    public async Task AnAdministratorOfOtherPlacesIsToldThatThereIsNoSuchClient()
    {
        await AddAdministratorAsync("south@proef", ServiceUnderTest.South);
        using var other = await service.SignedInAsync("south@proef");
        var id = Guid.CreateVersion7();
        await RefusedAsync(await PutAsync(other, id, Parcel(id, ConversationJson.Valid(id).ToJsonString())), "conversation-not-valid");
    }

    [Test]
    public async Task AWorkerCannotDeliverTheWorkOfAColleague()
    {
        using var colleague = await service.SignedInAsync("colleague@proef");
        var id = Guid.CreateVersion7();
        using var answer = await PutAsync(colleague, id, Parcel(id, ConversationJson.Valid(id).ToJsonString()));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("data")]
    [TestCase("iv")]
    [TestCase("wrapped")]
    [TestCase("vault")]
    [TestCase("kid")]
    [TestCase("person")]
    public async Task AParcelInWhichOnePartIsAnotherOpensNothing(string part)
    {
        var id = Guid.CreateVersion7();
        var parcel = Parcel(id, ConversationJson.Valid(id).ToJsonString());
        parcel[part] = part switch
        {
            "vault" or "person" => Guid.NewGuid().ToString(),
            "kid" => "hand-over-another",
            _ => Flipped((string)parcel[part]!),
        };
        await RefusedAsync(await PutAsync(administrator, id, parcel), "hand-over-unreadable");
    }

    [Test]
    public async Task AParcelUnderTheIdOfAnotherOneOpensNothing()
    {
        var id = Guid.CreateVersion7();
        await RefusedAsync(await PutAsync(administrator, Guid.CreateVersion7(), Parcel(id, ConversationJson.Valid(id).ToJsonString())), "hand-over-unreadable");
    }

    [TestCase("""{"person":1}""", "not-json")]
    [TestCase("null", "bad-request")]
    [TestCase("""{"person":"01900000-0000-7000-8000-000000000005","more":true}""", "not-json")]
    public async Task ABodyOfAnotherFormIsRefused(string body, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await RefusedAsync(await administrator.PutAsync($"/api/hand-overs/{Guid.CreateVersion7()}", content), code);
    }

    // As the tablet's vault does it (src/tablet/src/vault).
    private JsonObject Parcel(Guid id, string text)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new { id, body = text, clientName = "Anna" });
        var iv = RandomNumberGenerator.GetBytes(12);
        var data = new byte[plain.Length + 16];
        using var cipher = new AesGcm(VaultKey, 16);
        cipher.Encrypt(iv, plain, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), Encoding.UTF8.GetBytes($"{Vault:D}/parcel/{id:D}"));
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.N), Exponent = Base64Url.DecodeFromChars(key.E) });
        return new JsonObject
        {
            ["person"] = ServiceUnderTest.Worker.ToString(),
            ["vault"] = Vault.ToString(),
            ["kid"] = key.Kid,
            ["wrapped"] = Base64Url.EncodeToString(rsa.Encrypt(VaultKey, RSAEncryptionPadding.OaepSHA256)),
            ["iv"] = Base64Url.EncodeToString(iv),
            ["data"] = Base64Url.EncodeToString(data),
        };
    }

    private static string Flipped(string base64)
    {
        var bytes = Base64Url.DecodeFromChars(base64);
        bytes[^1] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient from, Guid id, JsonObject parcel) => from.PutAsync($"/api/hand-overs/{id}", ConversationJson.Body(parcel));

    private async Task RefusedAsync(HttpResponseMessage answer, string code)
    {
        using (answer)
        {
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            await Assert.MultipleAsync(async () =>
            {
                Assert.That((string)problem["code"]!, Is.EqualTo(code));
                Assert.That(await CountAsync(), Is.Zero);
            });
        }
    }

    private async Task AddAdministratorAsync(string email, Guid place) => await service.Services.GetRequiredService<People>().AddAsync(
        new NewPerson(Guid.CreateVersion7(), email, "Ad Ministrator", Roles.Administrator, ServiceUnderTest.Password, false, [place]), default);

    private async Task RunAsync(string sql, Guid id)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync(sql, new { id });
    }

    private async Task<Guid> PersonOfAsync(Guid id)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.QuerySingleAsync<Guid>("SELECT PersonId FROM Conversation WHERE Id = @id", new { id });
    }

    private async Task<int> CountAsync()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Conversation");
    }

    private async Task<string[]> TrailAsync()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return [.. await connection.QueryAsync<string>("SELECT Resource FROM AuditEvent WHERE Action = 'conversation.hand-over'")];
    }
}
