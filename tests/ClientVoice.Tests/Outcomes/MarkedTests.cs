using System.Globalization;
using System.Text.Json.Nodes;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using ClientVoice.Tests.Conversations;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>Fourteen people at North who all say that home is good, but for three; some of their conversations get a mark.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class MarkedTests(string database)
{
    private const string Home = "mijn-verhaal@1.0/domain/home";

    private readonly List<Guid> conversations = [];
    private ServiceUnderTest service = null!;
    private string year = null!;

    [SetUp]
    public async Task HoldAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.UntilTheSchedulerHasRunAsync();
        conversations.Clear();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(-1);
        year = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.Local).Year.ToString(CultureInfo.InvariantCulture);
        var people = Enumerable.Range(21, 14).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}")).ToList();
        await service.Services.GetRequiredService<ClientStore>().AddAsync([.. people.Select(id => new NewClient(id, ServiceUnderTest.North, ServiceUnderTest.Group, "N", "N", null, "speaks", ServiceUnderTest.Worker, new DateOnly(2024, 1, 1)))], default);
        using var tablet = await service.SignedInAsync("worker@proef");
        foreach (var person in people)
        {
            var id = Guid.CreateVersion7();
            conversations.Add(id);
            var document = ConversationJson.Valid(id);
            document["client"] = person.ToString();
            document["startedAt"] = now.AddMinutes(-20).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["endedAt"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["answers"] = new JsonObject { ["home"] = conversations.Count <= 3 ? "bad" : "good" };
            document["words"] = new JsonObject();
            document["passed"] = new JsonObject();
            document["changes"] = new JsonArray();
            document["agreements"] = new JsonArray();
            using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        }

        await service.AggregateAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task MarkedConversationsAreLeftOutWhenTheOrganisationSaysSoAndTheyAreSeveral()
    {
        // 3 bad and 11 good: 825 / 14. Without six of the good ones: 3 bad and 5 good, 375 / 8.
        var all = await HomeAsync();
        await MarkAsync(conversations[^6..]);
        await LeaveOutAsync(true);
        var less = await HomeAsync();
        await LeaveOutAsync(false);
        var again = await HomeAsync();
        Assert.Multiple(() =>
        {
            Assert.That((all.Respondents, all.Mean), Is.EqualTo(((int?)14, (double?)58.9286)));
            Assert.That((less.Respondents, less.Mean), Is.EqualTo(((int?)8, (double?)46.875)));
            Assert.That((again.Respondents, again.Mean), Is.EqualTo((all.Respondents, all.Mean)));
        });
    }

    [Test]
    public async Task OfTwoMarkedConversationsNobodyCanFindTheAnswersBySwitching()
    {
        var all = await HomeAsync();
        await MarkAsync(conversations[..2]);
        await LeaveOutAsync(true);
        var stays = await HomeAsync();
        Assert.That((stays.Respondents, stays.Mean, stays.FiguresOf), Is.EqualTo((all.Respondents, all.Mean, all.FiguresOf)), "beside the first figure, another would tell what the two said");
        await service.AggregateAsync(full: true);
        Assert.That((await HomeAsync()).Respondents, Is.EqualTo(14), "nor at a later count");
    }

    [Test]
    public async Task TwoPublicationsBesideEachOtherSayWhatMoved()
    {
        var history = service.Services.GetRequiredService<PublicationHistory>();
        await MarkAsync(conversations[^6..]);
        await LeaveOutAsync(true);
        var publications = await history.ListAsync(default);
        var difference = await history.CompareAsync(publications[1].Number, publications[0].Number, ServiceUnderTest.Officer, default);
        var home = difference.Largest.Single(f => f.TextEn == "Home" && f.Place == "Noord");
        var same = await history.CompareAsync(publications[0].Number, publications[0].Number, ServiceUnderTest.Officer, default);
        var elsewhere = await history.CompareAsync(publications[1].Number, publications[0].Number, ServiceUnderTest.Colleague, default);
        Assert.Multiple(() =>
        {
            Assert.That((home.PeopleBefore, home.MeanBefore, home.People, home.Mean, home.PeriodId), Is.EqualTo((14, 58.9286, 8, 46.875, year)));
            Assert.That((difference.Moved > 0, difference.Gone), Is.EqualTo((true, 0)));
            Assert.That((same.Moved, same.Hidden, same.Shown, same.Gone, same.Largest.Count), Is.EqualTo((0, 0, 0, 0, 0)));
            Assert.That(elsewhere.Largest, Is.Empty, "figures are of the places in scope");
        });
        using var officer = await service.SignedInAsync("officer@proef");
        var page = await officer.GetStringAsync("/outcomes/publications");
        Assert.That(page, Does.Contain(publications[0].Sha256).And.Contain("47").And.Contain("59"), "46.875 and 58.9286, and the fingerprint");
    }

    [Test]
    public async Task FiguresThatDidNotMoveSaySinceWhenOnceForAll()
    {
        var since = (await HomeAsync()).FiguresOf;
        await service.AggregateAsync(full: true);
        using var officer = await service.SignedInAsync("officer@proef");
        var page = System.Net.WebUtility.HtmlDecode(await officer.GetStringAsync("/outcomes"));
        Assert.That(page, Does.Contain($"Deze cijfers staan zo sinds publicatie {since}.").And.Not.Contain("class=\"since\">sinds"));
    }

    [Test]
    public async Task ThePublicationSaysWhetherMarkedConversationsAreInIt()
    {
        await MarkAsync(conversations[^6..]);
        await LeaveOutAsync(true);
        Assert.That((await service.Services.GetRequiredService<IPublications>().CurrentAsync(default))!.LeftOutMarked, Is.True);
    }

    private async Task LeaveOutAsync(bool leaveOut)
    {
        await service.Services.GetRequiredService<ClientStore>().LeaveOutMarkedAsync(leaveOut, default);
        Assert.That(await service.AggregateAsync(), Is.Not.Null, "a new choice is counted without new conversations");
    }

    private async Task MarkAsync(IEnumerable<Guid> marked)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync("INSERT INTO ConversationMark (ConversationId, Mark) VALUES (@id, 'too-fast')", marked.Select(id => new { id }));
    }

    private async Task<OutcomeRow> HomeAsync()
    {
        var publication = (await service.Services.GetRequiredService<IPublications>().CurrentAsync(default))!;
        var answer = await service.Services.GetRequiredService<OutcomesReader>().ReadAsync(
            publication.Number, ServiceUnderTest.Officer, new OutcomeQuestion(ServiceUnderTest.Group, ServiceUnderTest.North, year, "mijn-verhaal@1.0", "client"), default);
        return answer.Domains.Single(d => d.MeasureId == Home);
    }
}
