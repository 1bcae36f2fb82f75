using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Tests.Conversations;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>Own words beside figures: with consent, without names, never of a small group, each released by hand.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class QuoteTests(string database)
{
    private const string Said = "Ik praat graag met Anna, elke ochtend";
    private const string Masked = "Ik praat graag met [naam], elke ochtend";
    private const string NotAllowed = "Dit blijft tussen ons";

    private ServiceUnderTest service = null!;
    private HttpClient officer = null!;
    private Guid speaker;

    [TearDown]
    public async Task StopAsync()
    {
        officer.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task WhatWasAllowedIsOfferedWithoutNamesAndStandsBesideTheFiguresOnceReleased()
    {
        await HoldAsync(6);
        var offered = await PageAsync("/outcomes/quotes");
        Assert.Multiple(() =>
        {
            Assert.That(offered, Does.Contain(Masked).And.Not.Contain(Said));
            Assert.That(offered, Does.Not.Contain(NotAllowed), "who did not allow it is not read");
        });
        Assert.That(await PageAsync("/outcomes"), Does.Not.Contain(Masked), "nothing stands there before it is released");
        await DecideAsync("release", "[…] met [naam], elke ochtend");
        Assert.That(await PageAsync("/outcomes"), Does.Contain("[…] met [naam], elke ochtend"));
        await DecideAsync("take-back", "");
        Assert.That(await PageAsync("/outcomes"), Does.Not.Contain("elke ochtend"));
    }

    [Test]
    public async Task WordsThatWereNotSaidAreNotReleased()
    {
        await HoldAsync(6);
        var back = await DecideAsync("release", "Ik praat graag met iedereen");
        Assert.That(back, Does.Contain("refused=other"));
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task OfASmallGroupNothingIsOfferedAndNothingIsShown()
    {
        await HoldAsync(3);
        Assert.That(await PageAsync("/outcomes/quotes"), Does.Not.Contain("elke ochtend"));
        await DecideAsync("release", Masked, mayBeAbsent: true);
        Assert.That(await PageAsync("/outcomes"), Does.Not.Contain("elke ochtend"));
    }

    [Test]
    public async Task WithoutConsentAnymoreAQuoteIsGone()
    {
        await HoldAsync(6);
        await DecideAsync("release", Masked);
        await RunAsync("UPDATE Conversation SET QuotesAllowed = 0 WHERE Id = @speaker");
        Assert.That(await PageAsync("/outcomes"), Does.Not.Contain("elke ochtend"));
    }

    [Test]
    public async Task TheClientsOverviewSaysWhatIsQuotedAndTakingConsentBackTakesItAway()
    {
        await HoldAsync(6);
        await DecideAsync("release", Masked);
        var services = service.Services;
        var person = new Guid("01900000-0000-7000-8000-000000000021");
        var overview = await services.GetRequiredService<OverviewReader>().FindAsync(person, ServiceUnderTest.Officer, default);
        Assert.That(overview!.Conversations.Single().Quoted.Values, Is.EqualTo((string[])[Masked]));
        await services.GetRequiredService<Consents>().WithdrawAsync(person, Consents.Quotes, ServiceUnderTest.Officer, default);
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task WithItsConversationAQuoteIsErased()
    {
        await HoldAsync(6);
        await DecideAsync("release", Masked);
        await service.Services.GetRequiredService<FormerConversations>().EraseAsync(speaker, ServiceUnderTest.Officer, EraseReasons.All[0], default);
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task AWorkerReadsNoWordsToRelease()
    {
        await HoldAsync(6);
        using var worker = await service.SignedInAsync("worker@proef");
        using var answer = await worker.GetAsync("/outcomes/quotes");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task WhereTheDecisionCameFromIsAPlaceOnThisPageOnly()
    {
        await HoldAsync(6);
        Assert.That(await DecideAsync("leave-out", "", back: "//evil.example/?x=1"), Is.EqualTo("/outcomes/quotes"));
    }

    // One of them wrote something down and allowed it; one wrote and did not.
    private async Task HoldAsync(int people)
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.UntilTheSchedulerHasRunAsync();
        var ids = Enumerable.Range(21, people).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}")).ToList();
        await service.Services.GetRequiredService<ClientStore>().AddAsync([.. ids.Select(id => new NewClient(id, ServiceUnderTest.North, ServiceUnderTest.Group, "N", "N", null, "speaks", ServiceUnderTest.Worker, new DateOnly(2024, 1, 1)))], default);
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(-1);
        using var tablet = await service.SignedInAsync("worker@proef");
        foreach (var (person, index) in ids.Select((id, i) => (id, i)))
        {
            var id = Guid.CreateVersion7();
            speaker = index == 0 ? id : speaker;
            var document = ConversationJson.Valid(id);
            document["client"] = person.ToString();
            document["startedAt"] = now.AddMinutes(-20).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["endedAt"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            document["answers"] = new JsonObject { ["home"] = index < 2 ? "bad" : "good" };
            document["words"] = index switch { 0 => new JsonObject { ["home"] = Said }, 1 => new JsonObject { ["home"] = NotAllowed }, _ => [] };
            document["quotesAllowed"] = index != 1;
            foreach (var empty in (string[])["changes", "agreements"])
            {
                document[empty] = new JsonArray();
            }

            document["passed"] = new JsonObject();
            using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
        }

        await service.AggregateAsync();
        officer = await service.SignedInAsync("officer@proef");
    }

    private async Task<string> PageAsync(string address) => WebUtility.HtmlDecode(await officer.GetStringAsync(address));

    private async Task<string> DecideAsync(string decision, string text, string back = "", bool mayBeAbsent = false)
    {
        var token = Token().Match(await officer.GetStringAsync("/outcomes")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["conversation"] = speaker.ToString(), ["question"] = "home", ["decision"] = decision, ["text"] = text, ["back"] = back,
        });
        using var answer = await officer.PostAsync("/outcomes/quotes/decisions", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect).Or.EqualTo(mayBeAbsent ? HttpStatusCode.NotFound : HttpStatusCode.Redirect));
        return answer.Headers.Location?.ToString() ?? "";
    }

    private async Task<int> CountAsync()
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Quote");
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync(sql, new { speaker });
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
