using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using ClientVoice.Tests.Conversations;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>From held conversations to published figures, small enough to count by hand.</summary>
/// <remarks>
/// Six people at North (Anna and five more), one at South (Bram). Of the six at North five finish and answer "home" with
/// very-good, good, good, so-so, bad: 100 + 75 + 75 + 50 + 0 = 300, mean 60. One refuses. Nobody has asked Bram yet.
/// </remarks>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AggregationTests(string database)
{
    private static readonly string[] Answers = ["very-good", "good", "good", "so-so", "bad"];
    private static readonly Guid[] North = [ServiceUnderTest.Anna, .. Enumerable.Range(21, 5).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}"))];

    private ServiceUnderTest service = null!;
    private OutcomesReader reader = null!;
    private string year = null!;
    private string closing = null!;

    [OneTimeSetUp]
    public async Task HoldAndCountAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        reader = service.Services.GetRequiredService<OutcomesReader>();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(-1);
        year = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.Local).Year.ToString(CultureInfo.InvariantCulture);
        await service.Services.GetRequiredService<ClientStore>().AddAsync([.. North.Skip(1).Select(NewClient)], default);
        await service.UntilTheSchedulerHasRunAsync();
        using var tablet = await service.SignedInAsync("worker@proef");
        for (var i = 0; i < Answers.Length; i++)
        {
            await HoldAsync(tablet, North[i], now, d => d["answers"] = new JsonObject { ["home"] = Answers[i], ["home-wish"] = i < 3 ? "stay" : "change" });
        }

        await HoldAsync(tablet, North[5], now, d =>
        {
            d["outcome"] = "refused";
            d["answers"] = new JsonObject();
        });
        closing = await service.AggregateAsync() ?? "";
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task TheClosingLineAndThePublicationSayHowMuchWasCounted()
    {
        var publication = await CurrentAsync();
        Assert.That(closing, Does.StartWith($"publication {publication.Number}: 6 conversations, {publication.Cells} cells, {publication.HiddenCells} hidden, "));
        Assert.That(
            await ValueAsync("SELECT (SELECT COUNT(*) FROM PublishedOutcome WHERE Publication = @Number) + (SELECT COUNT(*) FROM PublishedDistribution WHERE Publication = @Number) + (SELECT COUNT(*) FROM PublishedParticipation WHERE Publication = @Number) + (SELECT COUNT(*) FROM PublishedFollowUp WHERE Publication = @Number)", publication),
            Is.EqualTo(publication.Cells));
        Assert.That(await ValueAsync("SELECT COUNT(*) FROM OutcomeChange o WHERE o.Sequence > (SELECT MAX(ThroughSequence) FROM Publication)"), Is.Zero, "what was counted does not wait any more");
    }

    [Test]
    public async Task MeanSpreadAndIntervalAreThoseOfTheFiveAtNorth()
    {
        var home = (await AnswerAsync(ServiceUnderTest.North)).Domains.Single(d => d.MeasureId == "mijn-verhaal@1.0/domain/home");

        // Squares of 40, 15, 15, -10, -60 add up to 5750; / 4 = 1437.5, root 37.914. Student's t for 4 is 2.776: 2.776 * 37.914 / √5 = 47.08.
        Assert.Multiple(() =>
        {
            Assert.That((home.Respondents, home.Mean, home.Suppressed, home.SuppressionReason), Is.EqualTo((5, 60d, false, (string?)null)));
            Assert.That(home.StandardDeviation, Is.EqualTo(37.914).Within(0.001));
            Assert.That(home.IntervalLow, Is.EqualTo(12.92).Within(0.01));
            Assert.That(home.IntervalHigh, Is.EqualTo(100), "the scale ends at 100");
            Assert.That((home.TextNl, home.TextEn), Is.EqualTo(("Wonen", "Home")));
        });
    }

    [Test]
    public async Task EveryOptionHasItsNumberOfPeopleAndAZeroIsAZero()
    {
        var home = (await AnswerAsync(ServiceUnderTest.North)).Distributions.Single(d => d[0].MeasureId == "mijn-verhaal@1.0/question/home");
        var wish = (await AnswerAsync(ServiceUnderTest.North)).Distributions.Single(d => d[0].MeasureId == "mijn-verhaal@1.0/question/home-wish");
        Assert.Multiple(() =>
        {
            Assert.That(home.Select(o => (o.OptionTextEn, o.People, o.Share)), Is.EqualTo(((string, int?, double?)[])
                [("Very good", 1, 0.2), ("Good", 2, 0.4), ("So-so", 1, 0.2), ("Not good", 0, 0), ("Bad", 1, 0.2)]));
            Assert.That(wish.Select(o => (o.People, o.Share, o.WishOf)), Is.EqualTo(((int?, double?, string?)[])
                [(3, 0.6, "mijn-verhaal@1.0/question/home"), (2, 0.4, "mijn-verhaal@1.0/question/home"), (0, 0, "mijn-verhaal@1.0/question/home")]));
        });
    }

    [Test]
    public async Task WhatPeopleWantStandsBesideHowItIs()
    {
        var answer = await AnswerAsync(ServiceUnderTest.North);
        var home = answer.Questions["mijn-verhaal@1.0/question/home"];
        Assert.That((home.NotGood, home.WantChange, home.NotGoodWantChange, home.PassedOver), Is.EqualTo(((int?)1, (int?)2, (int?)1, (int?)0)), "bad is below 50, so-so is not; so-so and bad want it to change");
    }

    [Test]
    public async Task AnAreaThatInstrumentsShareHasTheMeanOfItsAnsweredQuestions()
    {
        // "home" is the only question of material wellbeing that was answered, and one of one.
        var shared = await reader.SideBySideAsync((await CurrentAsync()).Number, ServiceUnderTest.Officer, Question(ServiceUnderTest.North), default);
        var material = shared.Single(r => r.Code == "material-wellbeing");
        Assert.That((material.Perspective, material.Respondents, material.Mean), Is.EqualTo(("client", (int?)5, (double?)60)));
    }

    [Test]
    public async Task TheYearIsOneMomentOfTheLineOverTime()
    {
        var home = (await reader.OverTimeAsync((await CurrentAsync()).Number, ServiceUnderTest.Officer, Question(ServiceUnderTest.North), "year", default)).Single(l => l.TextEn == "Home");
        Assert.That((home.Moments.Single().PeriodId, home.Moments[0].Mean, home.Breaks, home.Change), Is.EqualTo((year, (double?)60, false, (Verdict?)null)));
    }

    [Test]
    public async Task WhoWasAskedStandsBesideTheFigures()
    {
        var all = (await AnswerAsync(ServiceUnderTest.Organisation)).Participation!;
        Assert.That((all.Invited, all.Held, all.Refused, all.Stopped, all.Suppressed), Is.EqualTo((7, 5, 1, 0, false)), "Bram's turn came too");
        Assert.That(all.ResponseRate, Is.EqualTo(5d / 7).Within(0.0001));
    }

    [Test]
    public async Task TheOneAtSouthCannotBeFoundBySubtraction()
    {
        foreach (var place in (Guid[])[ServiceUnderTest.South, ServiceUnderTest.North])
        {
            var row = (await AnswerAsync(place)).Participation!;
            Assert.That((row.Invited, row.Held, row.ResponseRate, row.Suppressed), Is.EqualTo(((int?)null, (int?)null, (double?)null, true)));
        }

        Assert.That(
            await ValueAsync("SELECT COUNT(*) FROM PublishedParticipation WHERE Publication = @Number AND Suppressed = 1 AND (Invited IS NOT NULL OR Refused IS NOT NULL OR SuppressionReason IS NULL)", await CurrentAsync()),
            Is.Zero, "a hidden row has a reason and no figure");
    }

    [Test]
    public async Task TheFiltersNameWhatCanBeAsked()
    {
        var publication = await CurrentAsync();
        var places = await reader.PlacesAsync(publication.Number, ServiceUnderTest.Officer, default);
        var groups = await reader.GroupsAsync(publication.Number, ServiceUnderTest.Officer, default);
        var periods = await reader.PeriodsAsync(publication.Number, default);
        var asked = await reader.AskedWithAsync(publication.Number, ServiceUnderTest.Group, default);
        Assert.Multiple(() =>
        {
            Assert.That(places.Select(p => (Guid.Parse(p.Id), p.Nl)), Is.EqualTo(((Guid, string)[])
                [(ServiceUnderTest.Organisation, "De Proef"), (ServiceUnderTest.North, "Noord"), (ServiceUnderTest.South, "Zuid")]));
            Assert.That(groups.Select(g => (Guid.Parse(g.Id), g.En, g.Kind)), Is.EqualTo(((Guid, string, string)[])[(ServiceUnderTest.Group, "Mild", "lvb")]));
            Assert.That(periods.Select(p => (p.Id, p.Kind)), Is.SupersetOf(((string, string)[])[(year, "year")]));
            Assert.That(asked.Select(a => (a.Id, a.Perspective, a.Kind)), Is.EqualTo(((string, string, string)[])[("mijn-verhaal@1.0", "client", "1.0")]));
        });
    }

    [Test]
    public async Task AWorkerOfSouthSeesNothingOfNorth()
    {
        var answer = await AnswerAsync(ServiceUnderTest.North, ServiceUnderTest.Colleague);
        Assert.That((answer.Domains.Count, answer.Distributions.Count, answer.Participation), Is.EqualTo((0, 0, (ParticipationRow?)null)));
    }

    [Test]
    public async Task TheFeedGivesTheSameFiguresToAKey()
    {
        var key = await service.Services.GetRequiredService<FeedKeys>().CreateAsync("bi", ServiceUnderTest.Organisation, null, default);
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice-Key", key);
        var filter = Uri.EscapeDataString($"PlaceId eq {ServiceUnderTest.North} and PeriodId eq '{year}' and Measure/Code eq 'home' and Measure/Kind eq 'domain'");
        var rows = (await client.GetFromJsonAsync<JsonObject>($"/odata/Outcomes?$select=Respondents,ScoreSum,Mean,Suppressed&$filter={filter}&$format=application/json;odata.metadata=none"))!;
        Assert.That(
            JsonNode.DeepEquals(rows["value"], JsonNode.Parse("""[{"Respondents":5,"ScoreSum":300.0,"Mean":60.0,"Suppressed":false}]""")), Is.True, rows.ToJsonString());
    }

    [Test]
    public async Task WhereNothingChangedNothingIsPublished()
    {
        var before = await CurrentAsync();
        Assert.That(await service.AggregateAsync(), Is.Null);
        Assert.That((await CurrentAsync()).Number, Is.EqualTo(before.Number));
    }

    private static NewClient NewClient(Guid id) =>
        new(id, ServiceUnderTest.North, ServiceUnderTest.Group, $"Cliënt {id}", "C", null, "speaks", ServiceUnderTest.Worker, new DateOnly(2024, 1, 1));

    private static async Task HoldAsync(HttpClient tablet, Guid client, DateTimeOffset endedAt, Action<JsonObject> tell)
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        document["client"] = client.ToString();
        document["startedAt"] = endedAt.AddMinutes(-20).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        document["endedAt"] = endedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (var (member, empty) in ((string, JsonNode)[])[("words", new JsonObject()), ("passed", new JsonObject()), ("changes", new JsonArray()), ("agreements", new JsonArray())])
        {
            document[member] = empty;
        }

        tell(document);
        using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
    }

    private async Task<Publication> CurrentAsync() => (await service.Services.GetRequiredService<IPublications>().CurrentAsync(default))!;

    private async Task<OutcomeAnswer> AnswerAsync(Guid place, Guid? person = null) => await reader.ReadAsync(
        (await CurrentAsync()).Number, person ?? ServiceUnderTest.Officer, Question(place), default);

    private OutcomeQuestion Question(Guid place) => new(ServiceUnderTest.Group, place, year, "mijn-verhaal@1.0", "client");

    private async Task<int> ValueAsync(string sql, object? values = null)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<int>(sql, values);
    }
}
