// Reading somebody's answers leaves a row: who, when, about whom, from where and, in an emergency, why.
using System.Net;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Tests.Conversations;
using Dapper;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class ReadingTests(string database)
{
    private const string Reason = "Anna is gevallen en ik ken haar niet.";

    private ServiceUnderTest service = null!;
    private Guid talk;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "privacy@proef", "Pri Vacy", Roles.PrivacyOfficer, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        using var worker = await service.SignedInAsync("worker@proef");
        talk = Guid.CreateVersion7();
        using var answer = await worker.PutAsync($"/api/conversations/{talk}", ConversationJson.Body(ConversationJson.Valid(talk)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("/conversations/{0}", "conversation.read")]
    [TestCase("/conversations", "conversation.list")]
    [TestCase("/agreements?whose=all", "agreement.list")]
    [TestCase("/agreements/01900000-0000-7000-8000-0000000000aa", "agreement.read")]
    [TestCase("/clients/01900000-0000-7000-8000-000000000008", "client.read")]
    [TestCase("/clients/01900000-0000-7000-8000-000000000008", "agreement.list")]
    public async Task WhoReadsAnswersStandsInTheTrail(string address, string action)
    {
        using var worker = await service.SignedInAsync("worker@proef");
        using var page = await worker.GetAsync(string.Format(null, address, talk));
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var row = await UntilAsync(action);
        Assert.Multiple(() =>
        {
            Assert.That(row.ActorId, Is.EqualTo(ServiceUnderTest.Worker), "who");
            Assert.That(row.SubjectId, Is.EqualTo(ServiceUnderTest.Anna), "about whom");
            Assert.That(row.AddressHash, Has.Length.EqualTo(64), "from where");
        });
        Assert.That(await service.Services.GetRequiredService<AuditStore>().FirstFaultAsync(default), Is.Null);
    }

    [Test]
    public async Task SendingAConversationInStandsInTheTrail() => Assert.That((await UntilAsync("conversation.receive")).SubjectId, Is.EqualTo(ServiceUnderTest.Anna));

    [Test]
    public async Task InAnEmergencySomebodyElseReadsWithAReasonAndChangesNothing()
    {
        using var colleague = await service.SignedInAsync("colleague@proef");
        var client = $"/clients/{ServiceUnderTest.Anna}";
        Assert.That(await StatusAsync(colleague, client), Is.EqualTo(HttpStatusCode.NotFound), "before it");
        Assert.That(await AskAsync(colleague, "anna  ACHTERNAAM", Reason), Is.EqualTo((HttpStatusCode.Redirect, client)));
        Assert.Multiple(async () =>
        {
            Assert.That(await StatusAsync(colleague, client), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(colleague, $"/conversations/{talk}"), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(colleague, "/agreements/01900000-0000-7000-8000-0000000000aa"), Is.EqualTo(HttpStatusCode.NotFound), "to read, not to act");
            Assert.That(await TextAsync(colleague, "/conversations"), Does.Not.Contain("Anna"), "lists stay as they were");
        });
        var row = await UntilAsync("emergency.begin");
        Assert.That((row.ActorId, row.SubjectId), Is.EqualTo(((Guid?)ServiceUnderTest.Colleague, (Guid?)ServiceUnderTest.Anna)));
        Assert.That((await UntilAsync("conversation.read")).ActorId, Is.EqualTo(ServiceUnderTest.Colleague));

        using var privacy = await service.SignedInAsync("privacy@proef");
        Assert.That(await TextAsync(privacy, "/trail?room=emergency"), Does.Contain(Reason).And.Contain("Col Lega").And.Contain("Anna Achternaam"));

        var page = await TextAsync(colleague, "/emergency");
        using var ended = await colleague.PostAsync("/emergency", Form(page, $"end-{ServiceUnderTest.Anna}"));
        Assert.That(await StatusAsync(colleague, client), Is.EqualTo(HttpStatusCode.NotFound), "after it");
    }

    [Test]
    public async Task WithoutAReasonOrTheWholeNameThereIsNoAccess()
    {
        using var colleague = await service.SignedInAsync("colleague@proef");
        Assert.That((await AskAsync(colleague, "Anna Achternaam", "haast")).Status, Is.EqualTo(HttpStatusCode.OK), "the page, with what is wrong");
        Assert.That((await AskAsync(colleague, "Anna", Reason)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await UntilAsync("emergency.refused")).SubjectId, Is.Null, "a try is kept, and tells of nobody");
        for (var i = 0; i < 4; i++)
        {
            await AskAsync(colleague, $"Anna {i}", Reason);
        }

        Assert.That((await AskAsync(colleague, "Anna Achternaam", Reason)).Status, Is.EqualTo(HttpStatusCode.OK), "after five wrong tries an hour's wait");
        Assert.That(await StatusAsync(colleague, $"/clients/{ServiceUnderTest.Anna}"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task TheTrailIsSearchedByWhomItIsAbout()
    {
        using (var worker = await service.SignedInAsync("worker@proef"))
        {
            await StatusAsync(worker, $"/conversations/{talk}");
        }

        await UntilAsync("conversation.read");
        using var privacy = await service.SignedInAsync("privacy@proef");
        var page = await TextAsync(privacy, "/trail");
        using var found = await privacy.PostAsync("/trail", Form(page, "whom", ("search", "achternaam")));
        Assert.That(await found.Content.ReadAsStringAsync(), Does.Contain($"about={ServiceUnderTest.Anna:D}"));
        Assert.That(await TextAsync(privacy, $"/trail?about={ServiceUnderTest.Anna:D}&room=conversation"), Does.Contain("las een gesprek").And.Contain("Wil Werker"));
        Assert.That(await TextAsync(privacy, $"/trail?about={ServiceUnderTest.Bram:D}"), Does.Contain("Er is niets dat hierbij past"));
        Assert.That(await TextAsync(privacy, "/trail?until=2020-01-01"), Does.Contain("0 gebeurtenissen"));
        Assert.That(await StatusAsync(privacy, "/trail?from=yesterday"), Is.EqualTo(HttpStatusCode.BadRequest));
        using var check = await privacy.PostAsync("/trail", Form(page, "check"));
        Assert.That(await check.Content.ReadAsStringAsync(), Does.Contain("Het logboek is heel"));
    }

    private async Task<(HttpStatusCode Status, string? Location)> AskAsync(HttpClient client, string who, string reason)
    {
        var page = await TextAsync(client, "/emergency");
        using var answer = await client.PostAsync("/emergency", Form(page, "begin", ("place", ServiceUnderTest.North.ToString("D")), ("who", who), ("reason", reason)));
        return (answer.StatusCode, answer.Headers.Location is { } location ? new Uri(new Uri(service.Address), location).AbsolutePath : null);
    }

    private static FormUrlEncodedContent Form(string page, string handler, params (string Name, string Value)[] fields) => new(
        fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("_handler", handler)).Append(new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }

    private static async Task<string> TextAsync(HttpClient client, string address) => WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(address, UriKind.Relative)));

    // What is read is written within a second or so.
    private async Task<Row> UntilAsync(string action)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
            if ((await connection.QueryAsync<Row>("SELECT ActorId, SubjectId, AddressHash FROM AuditEvent WHERE Action = @action ORDER BY Number DESC", new { action })).FirstOrDefault() is { } row)
            {
                return row;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private sealed record Row
    {
        public Guid? ActorId { get; init; }

        public Guid? SubjectId { get; init; }

        public string? AddressHash { get; init; }
    }
}
