using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Conversations.Corrections;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;
using ClientVoice.Tests.Instruments;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ClientVoice.Tests.Conversations;

/// <summary>A team leader puts an answer right on a page.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class CorrectPageTests(string database)
{
    private ServiceUnderTest service = null!;
    private HttpClient leader = null!;
    private Guid id;
    private JsonObject document = null!;

    private string Page => $"/conversations/{id}/correct";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await service.Services.GetRequiredService<People>().AddAsync(new NewPerson(Guid.CreateVersion7(), "leader@proef", "Lei Der", Roles.TeamLeader, ServiceUnderTest.Password, false, [ServiceUnderTest.North]), default);
        leader = await service.SignedInAsync("leader@proef");
    }

    [SetUp]
    public async Task HoldAsync()
    {
        id = Guid.CreateVersion7();
        document = ConversationJson.Valid(id);
        document["agreements"] = new JsonArray();
        using var tablet = await service.SignedInAsync("worker@proef");
        using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        leader.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task WhatWasTappedWronglyIsPutRightAndHowItWasBeforeCanStillBeRead()
    {
        var (status, to) = await SendAsync(fields => { fields["answer-home"] = "good"; fields["words-home"] = "Het is er nu warm"; });
        Assert.That((status, to), Is.EqualTo((HttpStatusCode.Redirect, $"/conversations/{id}")));
        var now = await leader.GetStringAsync($"/conversations/{id}");
        Assert.That(now, Does.Contain("Het is er nu warm").And.Contain("Verkeerd getikt.").And.Contain($"/conversations/{id}?version=1").And.Not.Contain("te koud"));
        Assert.That(await leader.GetStringAsync($"/conversations/{id}?version=1"), Does.Contain("Het is er te koud in de winter").And.Contain("data-testid=\"earlier\"").And.Not.Contain("Het is er nu warm"));
        using var worker = await service.SignedInAsync("worker@proef");
        Assert.That((await StatusAsync(worker, $"/conversations/{id}?version=1"), await StatusAsync(leader, $"/conversations/{id}?version=2"), await StatusAsync(worker, Page)), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden)));
    }

    [Test]
    public async Task AnAnswerToWhatWasPassedOverIsNoLongerPassedOver()
    {
        await SendAsync(fields => fields["answer-friends"] = "so-so");
        var page = await leader.GetStringAsync($"/conversations/{id}");
        Assert.That(page, Does.Not.Contain("Dat gaat je niets aan"));
    }

    [Test]
    public async Task ACorrectionThatChangesNothingOrSaysNotWhyOrComesTooLateIsGivenBackAndKeepsNothing()
    {
        foreach (var (change, said) in new (Action<Dictionary<string, string>>, string)[]
        {
            (_ => { }, "Er is geen antwoord veranderd."),
            (f => { f["answer-home"] = "good"; f["reason"] = " "; }, "Zeg wat er verkeerd was."),
            (f => { f["answer-home"] = "good"; f["seen"] = "0"; }, "Iemand anders heeft dit gesprek intussen gecorrigeerd."),
            (f => f["answer-home"] = "no-such-answer", "Dit kan (niet meer) worden gekozen."),
            (f => f["words-home"] = new string('x', 9000), "Dit antwoord kan zo niet"),
        })
        {
            using var answer = await leader.PostAsync(Page, new FormUrlEncodedContent(await FieldsAsync(change)));
            Assert.That((answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())), Is.EqualTo((HttpStatusCode.OK, "")).Using<(HttpStatusCode Status, string Body)>((a, b) => a.Status == b.Status && a.Body.Contains(said, StringComparison.Ordinal)), said);
        }

        Assert.That(await leader.GetStringAsync($"/conversations/{id}"), Does.Contain("te koud").And.Not.Contain("data-testid=\"corrected\""));
    }

    [Test]
    public async Task AFormThatIsSentAsItWasShownLeavesEveryAnswerOfEveryInstrumentToTheLetter()
    {
        await using var house = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, empty: true);
        var (catalogue, seen) = (house.Services.GetRequiredService<ICatalogue>().Current, 0);
        foreach (var folder in Directory.GetDirectories(Folders.Examples!))
        {
            var name = Path.GetFileName(folder);
            var instrument = catalogue.Find(name[..name.LastIndexOf('-')], name[(name.LastIndexOf('-') + 1)..])!;
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "accepted"), "*.json"))
            {
                var kept = new JsonObject { ["answers"] = JsonNode.Parse(await File.ReadAllTextAsync(file)), ["words"] = new JsonObject(), ["passed"] = new JsonObject() };
                Assert.That(CorrectedAnswers.Apply(kept, instrument.Questions, Sent(kept, instrument), Language.InDutch).ToJsonString(), Is.EqualTo(kept.ToJsonString()), file);
                seen++;
            }
        }

        Assert.That(seen, Is.GreaterThan(20));
    }

    private static Posted Sent(JsonObject kept, Instrument instrument)
    {
        // A browser sends nothing of what is not chosen.
        var fields = instrument.Questions.Where(q => kept["answers"]!.AsObject().ContainsKey(q.Id)).ToDictionary(q => CorrectedAnswers.AnswerField(q.Id), q => new StringValues([.. CorrectedAnswers.Chosen(kept["answers"]![q.Id])]));
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Form = new FormCollection(fields);
        return new Posted(context, Language.InDutch);
    }

    private async Task<(HttpStatusCode Status, string? To)> SendAsync(Action<Dictionary<string, string>> change)
    {
        using var answer = await leader.PostAsync(Page, new FormUrlEncodedContent(await FieldsAsync(change)));
        return (answer.StatusCode, answer.Headers.Location?.ToString().Replace(leader.BaseAddress!.ToString().TrimEnd('/'), "", StringComparison.Ordinal));
    }

    // As a browser sends the page back: everything that stands in it, and what was changed.
    private async Task<Dictionary<string, string>> FieldsAsync(Action<Dictionary<string, string>> change)
    {
        var page = await leader.GetStringAsync(Page);
        var fields = new Dictionary<string, string> { ["_handler"] = "correct", ["__RequestVerificationToken"] = Hidden("__RequestVerificationToken"), ["seen"] = Hidden("seen"), ["reason"] = "Verkeerd getikt." };
        foreach (var (question, answer) in document["answers"]!.AsObject())
        {
            fields[CorrectedAnswers.AnswerField(question)] = answer!.GetValue<string>();
        }

        foreach (var (question, words) in document["words"]!.AsObject())
        {
            fields[CorrectedAnswers.WordsField(question)] = words!.GetValue<string>();
        }

        change(fields);
        return fields;

        string Hidden(string name) => page.Split($"name=\"{name}\" value=\"")[1].Split('"')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }
}
