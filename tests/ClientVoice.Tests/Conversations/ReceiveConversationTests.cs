using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ReceiveConversationTests(string database)
{
    private ServiceUnderTest service = null!;
    private HttpClient tablet = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        tablet = await service.SignedInAsync("worker@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        tablet.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task AConversationIsStoredWithTypedAnswersScoresAgreementsAndAChange()
    {
        var id = NewId();
        using var answer = await PutAsync(id, ConversationJson.Valid(id));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(
            (await RowsAsync<AnswerRow>("SELECT QuestionId, OptionCode, Score, PassedOver, WordsSecret FROM Answer ORDER BY QuestionId"))
                .Select(a => (a.QuestionId, a.OptionCode, a.Score, a.PassedOver, HasWords: a.WordsSecret is not null)),
            Is.EqualTo(((string, string?, double?, bool, bool)[])
            [
                ("feelings", "good", 75, false, false), ("feelings-wish", "stay", null, false, false), ("friends", null, null, true, false),
                ("home", "bad", 0, false, true), ("home-wish", "change", null, false, false),
            ]));
        Assert.That(
            await RowsAsync<(string, double)>("SELECT DomainId, Score FROM DomainScore ORDER BY DomainId"),
            Is.EqualTo(((string, double)[])[("feelings", 75), ("home", 0)]));
        Assert.That(
            await RowsAsync<(string, DateOnly)>("SELECT Who, DueOn FROM Agreement"),
            Is.EqualTo(((string, DateOnly)[])[("worker", new DateOnly(2026, 12, 1))]));
        Assert.That(await RowsAsync<Guid>("SELECT ConversationId FROM OutcomeChange"), Is.EqualTo((Guid[])[id]));
    }

    [Test]
    public async Task TheReceiptNamesTheBytesAndIsSignedWithTheKeyOfTheWorkList()
    {
        var id = NewId();
        var document = ConversationJson.Valid(id);
        using var answer = await PutAsync(id, document);
        var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        var work = (await tablet.GetFromJsonAsync<JsonObject>("/api/work"))!["receiptKey"]!;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = System.Buffers.Text.Base64Url.DecodeFromChars(Text(work, "x")), Y = System.Buffers.Text.Base64Url.DecodeFromChars(Text(work, "y")) },
        });
        var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.ToJsonString())));
        Assert.Multiple(() =>
        {
            Assert.That(Text(receipt, "sha256"), Is.EqualTo(sha));
            Assert.That(Text(receipt, "key"), Is.EqualTo(Text(work, "kid")));
            Assert.That(
                key.VerifyData(
                    Encoding.UTF8.GetBytes($"{id}\n{sha}\n{Text(receipt, "storedAt")}"),
                    System.Buffers.Text.Base64Url.DecodeFromChars(Text(receipt, "signature")), HashAlgorithmName.SHA256),
                "the tablet checks this before it lets go of the answers");
        });
    }

    [Test]
    public async Task TheSameContentAgainIsAnsweredAgainAndStoredOnce()
    {
        var id = NewId();
        using var first = await PutAsync(id, ConversationJson.Valid(id));
        var storedAt = Text((await first.Content.ReadFromJsonAsync<JsonObject>())!, "storedAt");
        // Other order and other white space: the same content.
        var turned = new JsonObject([.. ConversationJson.Valid(id).Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))]);
        using var second = await tablet.PutAsync($"/api/conversations/{id}", new StringContent(turned.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), Encoding.UTF8, "application/json"));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Text((await second.Content.ReadFromJsonAsync<JsonObject>())!, "storedAt"), Is.EqualTo(storedAt), "the database keeps the time to the digit that was signed");
            Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Conversation"), Is.EqualTo((int[])[1]));
        });
    }

    [TestCase(1970)]
    [TestCase(2019)]
    [TestCase(2041)]
    public async Task ATabletWhoseClockIsYearsOffLosesNothingAndTheDayIsRight(int year)
    {
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var clock = new DateTimeOffset(year, 3, 5, 12, 0, 0, TimeSpan.Zero);
        var id = NewId();
        var document = ConversationJson.Valid(id);
        document["startedAt"] = $"{clock.AddHours(-2):yyyy-MM-ddTHH:mm:ssZ}";
        document["endedAt"] = $"{clock.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}";
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/conversations/{id}") { Content = JsonContent.Create(document), Headers = { { "X-ClientVoice-Clock", $"{clock:O}" } } };
        using var answer = await tablet.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var held = TimeZoneInfo.ConvertTime(now.AddHours(-1), TimeZoneInfo.Local);
        Assert.That(await RowsAsync<DateOnly>("SELECT HeldOn FROM Conversation"), Is.EqualTo((DateOnly[])[DateOnly.FromDateTime(held.DateTime)]));
    }

    [Test]
    public async Task AClockThatIsNoMomentIsNamedAndNothingIsStored()
    {
        var id = NewId();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/conversations/{id}") { Content = JsonContent.Create(ConversationJson.Valid(id)), Headers = { { "X-ClientVoice-Clock", "noon" } } };
        await IsProblemAsync(await tablet.SendAsync(request), HttpStatusCode.BadRequest, "bad-request");
        Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Conversation"), Is.EqualTo((int[])[0]));
    }

    [Test]
    public async Task OtherContentUnderTheSameIdIsRefusedAndTheFirstStands()
    {
        var id = NewId();
        using var first = await PutAsync(id, ConversationJson.Valid(id));
        var other = ConversationJson.Valid(id);
        other["answers"]!["home"] = "good";
        using var second = await PutAsync(id, other);
        await IsProblemAsync(second, HttpStatusCode.Conflict, "conversation-differs");
        Assert.That(await RowsAsync<string>("SELECT OptionCode FROM Answer WHERE QuestionId = 'home'"), Is.EqualTo((string[])["bad"]));
    }

    [Test]
    public async Task TwentyAtOnceWithOneIdStoreOneAndAllGetTheirReceipt()
    {
        var id = NewId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PutAsync(id, ConversationJson.Valid(id))));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
            Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(19));
            Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Conversation"), Is.EqualTo((int[])[1]));
        });
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    private static readonly (string Name, Action<JsonObject> Spoil, string Pointer)[] Faults =
    [
        ("an answer that is no option", d => d["answers"]!["home"] = "splendid", "/answers/home"),
        ("a question that is not in the instrument", d => d["answers"]!["shoe-size"] = "good", "/answers/shoe-size"),
        ("words at a question that is not there", d => d["words"]!["shoe-size"] = "x", "/words/shoe-size"),
        ("a question both answered and passed over", d => d["passed"]!["home"] = new JsonObject { ["reason"] = null }, "/passed/home"),
        ("a member that is not known", d => d["mood"] = "fine", "/mood"),
        ("a perspective the instrument does not have", d => d["perspective"] = "team", "/perspective"),
        ("an end before the start", d => d["endedAt"] = "2026-11-02T09:00:00Z", "/endedAt"),
        ("a day that does not exist", d => d["agreements"]![0]!["on"] = "2026-02-30", "/agreements/0/on"),
        ("a client of another location", d => d["client"] = ServiceUnderTest.Bram.ToString(), "/client"),
        ("a version that is not there", d => d["instrument"]!["version"] = "9.9", "/instrument"),
        ("another id than the address", d => d["id"] = "01900000-0000-7000-8000-0000000000ff", "/id"),
        ("a refusal with answers", d => d["outcome"] = "refused", "/answers"),
        ("a choice that is not there", d => d["choice"] = "01900000-0000-7000-8000-0000000000ff", "/choice"),
    ];

    [Test]
    public async Task WhatIsNotValidIsNamedWithItsPlaceAndNothingIsStored()
    {
        foreach (var (name, spoil, pointer) in Faults)
        {
            var id = NewId();
            var document = ConversationJson.Valid(id);
            spoil(document);
            using var answer = await PutAsync(id, document);
            var problem = await IsProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "conversation-not-valid");
            Assert.That(problem["faults"]!.AsArray().Select(f => Text(f!, "pointer")), Does.Contain(pointer), name);
            Assert.That(problem.ToJsonString(), Does.Not.Contain("koud").And.Not.Contain("splendid"), "a fault never repeats a value");
        }

        Assert.That(await RowsAsync<int>("SELECT COUNT(*) FROM Conversation UNION ALL SELECT COUNT(*) FROM Answer UNION ALL SELECT COUNT(*) FROM OutcomeChange"), Is.EqualTo((int[])[0, 0, 0]));
    }

    [TestCase("{", HttpStatusCode.BadRequest, "not-json")]
    [TestCase("""{"id":"a","id":"b"}""", HttpStatusCode.BadRequest, "not-json")]
    [TestCase("[]", HttpStatusCode.UnprocessableEntity, "conversation-not-valid")]
    public async Task WhatIsNoDocumentIsRefused(string body, HttpStatusCode status, string code)
    {
        using var answer = await tablet.PutAsync($"/api/conversations/{NewId()}", new StringContent(body, Encoding.UTF8, "application/json"));
        await IsProblemAsync(answer, status, code);
    }

    [Test]
    public async Task ABodyOfTwoMegabytesIsRefusedUnread()
    {
        using var answer = await ServiceUnderTest.AskToSendAsync(tablet, HttpMethod.Put, $"/api/conversations/{NewId()}", new StringContent(new string(' ', 2_100_000), Encoding.UTF8, "application/json"));
        await IsProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Test]
    public async Task WithoutTheHeaderNothingIsChanged()
    {
        tablet.DefaultRequestHeaders.Remove("X-ClientVoice");
        var id = NewId();
        using var answer = await PutAsync(id, ConversationJson.Valid(id));
        await IsProblemAsync(answer, HttpStatusCode.Forbidden, "header-missing");
    }

    [Test]
    public async Task AQualityOfficerDoesNotHoldConversations()
    {
        using var officer = await service.SignedInAsync("officer@proef");
        var id = NewId();
        using var answer = await officer.PutAsync($"/api/conversations/{id}", ConversationJson.Body(ConversationJson.Valid(id)));
        await IsProblemAsync(answer, HttpStatusCode.Forbidden, "not-allowed");
    }

    [Test]
    public async Task AfterTheConversationTheClientIsNoLongerDue()
    {
        Assert.That(await DueAsync(), Is.EqualTo("overdue"));
        var id = NewId();
        using var answer = await PutAsync(id, ConversationJson.Valid(id));
        Assert.That(await DueAsync(), Is.EqualTo("upcoming"));

        async Task<string> DueAsync()
        {
            var work = (await tablet.GetFromJsonAsync<JsonObject>("/api/work"))!;
            var client = work["clients"]!.AsArray().Single()!;
            Assert.That(Text(client, "name"), Is.EqualTo("Anna Achternaam"), "only clients in scope");
            return Text(client["due"]![0]!, "state");
        }
    }

    private static Guid NewId() => Guid.CreateVersion7();

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private Task<HttpResponseMessage> PutAsync(Guid id, JsonObject document) => tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));

    private static async Task<JsonObject> IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.That(Text(problem, "code"), Is.EqualTo(code));
        return problem;
    }

    private async Task<IEnumerable<T>> RowsAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.QueryAsync<T>(sql);
    }

    private sealed record AnswerRow
    {
        public string QuestionId { get; init; } = "";

        public string? OptionCode { get; init; }

        public double? Score { get; init; }

        public bool PassedOver { get; init; }

        public byte[]? WordsSecret { get; init; }
    }
}
