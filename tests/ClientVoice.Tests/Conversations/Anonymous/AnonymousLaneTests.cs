using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Choices.Due;
using ClientVoice.Conversations.Anonymous;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ClientVoice.Tests.Conversations.Anonymous;

/// <summary>From a choice that may be answered without a name to figures.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AnonymousLaneTests(string database)
{
    private const int People = 7;

    private ServiceUnderTest service = null!;
    private HttpClient worker = null!;
    private HttpClient nobody = null!;
    private Guid choice;
    private IReadOnlyList<Guid> clients = [];

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.UntilTheSchedulerHasRunAsync();
        (choice, clients) = await AnonymousTablet.PrepareAsync(service, People);
        worker = await service.SignedInAsync("worker@proef");
        nobody = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        nobody.DefaultRequestHeaders.Add("X-ClientVoice", "1");
    }

    [TearDown]
    public async Task StopAsync()
    {
        worker.Dispose();
        nobody.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task AnswersWithoutANameCountOnceEnoughAreThereAndTheirPeopleAreNotAskedAgain()
    {
        Assert.That((await DeskAsync(clients[0])).LastOn, Is.Null);
        for (var i = 0; i < 4; i++)
        {
            await AnswerAsync(i);
        }

        Assert.That((await DeskAsync(clients[0])).LastOn, Is.Not.Null, "the desk sees it at once");
        Assert.That(await ReleaseAsync(), Is.Null, "four are too few");
        await AnswerAsync(4);
        await AnswerAsync(5);
        Assert.That(await ReleaseAsync(), Is.EqualTo("6 answers without a name count now"));
        await service.AggregateAsync();
        var due = await DueAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await RowAsync("SELECT MAX(Respondents) FROM PublishedOutcome o JOIN Publication p ON p.Number = o.Publication WHERE p.IsCurrent = 1 AND o.Suppressed = 0 AND o.MeasureId = 'mijn-verhaal@1.0/question/feelings'"), Is.EqualTo(6));
            Assert.That(await RowAsync("SELECT MAX(Held) FROM PublishedParticipation o JOIN Publication p ON p.Number = o.Publication WHERE p.IsCurrent = 1"), Is.EqualTo(6), "each took part once");
            Assert.That(await RowAsync("SELECT COUNT(*) FROM PublishedParticipation o JOIN Publication p ON p.Number = o.Publication WHERE p.IsCurrent = 1 AND o.Held = 6 AND (o.AnonymousSuppressed = 0 OR o.Anonymous IS NOT NULL)"), Is.Zero, "the one at South is few: beside it, it is not told how many did so without a name");
            Assert.That(await RowAsync("SELECT COUNT(*) FROM AnonymousPool"), Is.Zero);
            Assert.That(due[clients[0]], Is.EqualTo("upcoming"));
            Assert.That(due[clients[6]], Is.Not.EqualTo("upcoming"));
        });
    }

    [Test]
    public async Task CountingWhatChangedPublishesTheSameAsCountingEverything()
    {
        await service.AggregateAsync();
        for (var i = 0; i < 6; i++)
        {
            await AnswerAsync(i);
        }

        await ReleaseAsync();
        await service.AggregateAsync();
        var some = await HashAsync();
        await service.AggregateAsync(full: true);
        Assert.That(await HashAsync(), Is.EqualTo(some));
    }

    [Test]
    public async Task NobodyGetsTwoPermissionsInAQuarterAndAPermissionIsUsedOnce()
    {
        var (permission, _) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        var (second, refusal) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        using var first = await AnonymousTablet.SendAsync(nobody, permission!, Answers(0));
        using var again = await AnonymousTablet.SendAsync(nobody, permission!, Answers(1));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(second, Is.Null);
            Assert.That(refusal, Is.EqualTo("anonymous-given"));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK), "its answer may have been lost");
            Assert.That(await RowAsync("SELECT COUNT(*) FROM AnonymousPool"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task WhoHasNoPermissionOfTheServiceSendsNothing()
    {
        var (permission, _) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        using var forged = await AnonymousTablet.SendAsync(nobody, permission! with { Signature = RandomNumberGenerator.GetBytes(256) }, Answers(0));
        using var other = await AnonymousTablet.SendAsync(nobody, permission with { Token = RandomNumberGenerator.GetBytes(64) }, Answers(0));
        using var unknown = await AnonymousTablet.SendAsync(nobody, permission with { Key = Guid.Empty.ToString() }, Answers(0));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(((HttpResponseMessage[])[forged, other, unknown]).Select(r => r.StatusCode), Is.All.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await RowAsync("SELECT COUNT(*) FROM AnonymousPool"), Is.Zero);
        });
    }

    [Test]
    public async Task AClientElsewhereAndAChoiceWithANameHaveNoPermission()
    {
        var (_, elsewhere) = await AnonymousTablet.PermitAsync(worker, ServiceUnderTest.Bram, choice);
        var (_, named) = await AnonymousTablet.PermitAsync(worker, clients[0], service.Choice);
        Assert.That((elsewhere, named), Is.EqualTo(("anonymous-not-offered", "anonymous-not-offered")));
    }

    [Test]
    public async Task OwnWordsAndBodiesThatAreNotFilledUpAreRefused()
    {
        var (permission, _) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        using var words = await AnonymousTablet.SendAsync(nobody, permission!, new JsonObject { ["closing"] = "Ik ben het, Jan" });
        using var unknown = await AnonymousTablet.SendAsync(nobody, permission!, new JsonObject { ["feelings"] = "no-such-option" });
        using var small = await nobody.PostAsync("/api/anonymous/answers", new StringContent(AnonymousTablet.Body(permission!, Answers(0))[..^3] + "\"}", Encoding.UTF8, "application/json"));
        var refusal = await words.Content.ReadAsStringAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((words.StatusCode, unknown.StatusCode, small.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest)));
            Assert.That(refusal, Does.Contain("/answers/closing").And.Not.Contain("Jan"));
            Assert.That(await RowAsync("SELECT COUNT(*) FROM AnonymousSpent"), Is.Zero, "the permission is still good");
        });
    }

    [Test]
    public async Task TheReceiptIsTheServicesWordAndNamesNoTime()
    {
        var (permission, _) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        using var answer = await AnonymousTablet.SendAsync(nobody, permission!, Answers(0));
        var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        var token = Convert.ToHexStringLower(SHA256.HashData(permission!.Token));
        var key = await service.Services.GetRequiredService<ServiceKeys>().ReceiptKeyAsync(default);
        using var check = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = System.Buffers.Text.Base64Url.DecodeFromChars(key.X), Y = System.Buffers.Text.Base64Url.DecodeFromChars(key.Y) },
        });
        Assert.Multiple(() =>
        {
            Assert.That(receipt.Select(m => m.Key), Is.EquivalentTo((string[])["token", "key", "signature"]));
            Assert.That((string)receipt["token"]!, Is.EqualTo(token));
            Assert.That(check.VerifyData(Encoding.UTF8.GetBytes($"anonymous\n{token}"), System.Buffers.Text.Base64Url.DecodeFromChars((string)receipt["signature"]!), HashAlgorithmName.SHA256));
        });
    }

    private async Task AnswerAsync(int person)
    {
        var (permission, refusal) = await AnonymousTablet.PermitAsync(worker, clients[person], choice);
        Assert.That(refusal, Is.Null);
        using var answer = await AnonymousTablet.SendAsync(nobody, permission!, Answers(person), "home");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    private static JsonObject Answers(int person) => new() { ["feelings"] = ((string[])["very-good", "good", "so-so", "not-good", "bad"])[person % 5], ["feelings-wish"] = person % 2 == 0 ? "stay" : "change" };

    private async Task<string?> ReleaseAsync() => await service.Services.GetRequiredService<AnonymousReleaseWork>().RunAsync(new Progress<WorkProgress>(), default) is { } line ? line.In("en") : null;

    private async Task<Dictionary<Guid, string>> DueAsync() => (await worker.GetFromJsonAsync<JsonObject>("/api/work"))!["clients"]!.AsArray()
        .Where(c => c!["due"]!.AsArray().Count > 0).ToDictionary(c => (Guid)c!["id"]!, c => (string)c!["due"]![0]!["state"]!);

    private async Task<DueLine> DeskAsync(Guid client) =>
        (await service.Services.GetRequiredService<DueReader>().ListAsync(ServiceUnderTest.Officer, DueFilter.Whole, "due", false, 0, 50, default)).Lines.Single(l => l.ClientId == client);

    private async Task<int> RowAsync(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<int>(sql);
    }

    private async Task<string?> HashAsync()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<string>("SELECT Sha256 FROM Publication WHERE IsCurrent = 1");
    }
}
