using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>Reading conversations back: who may, what they see, and the marks that are kept beside the answers.</summary>
public sealed class ReadBackTests
{
    private ServiceUnderTest service = null!;
    private HttpClient worker = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        worker = await service.SignedInAsync("worker@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        worker.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task AConversationReadsAsADocument()
    {
        var id = await KeepAsync();
        var page = await PageAsync(worker, $"/conversations/{id}");
        Assert.That(page, Does.Contain("Anna Achternaam").And.Contain("2 november 2026").And.Contain("door de cliënt").And.Contain("Wil Werker"));
        Assert.That(page, Does.Contain("Het is er te koud in de winter"), "own words stand beside the answer");
        Assert.That(page, Does.Contain("Overgeslagen").And.Contain("Dat gaat je niets aan"), "what was passed over, with the reason that was given");
        Assert.That(page, Does.Contain("Bij het teruglezen veranderd van ‘Gaat wel’ naar ‘Goed’."));
        Assert.That(page, Does.Contain("We vragen om een extra deken").And.Contain("1 december 2026"));
        Assert.That(page, Does.Contain("Ik wil dat het anders wordt"), "the wish, in the words that the client saw");
        Assert.That(page, Does.Not.Contain("style=\"").And.Not.Contain("<script"));
    }

    [Test]
    public async Task EveryScoreIsExplained()
    {
        var id = await KeepAsync();
        var page = await PageAsync(worker, $"/conversations/{id}");
        Assert.That(page, Does.Match("""why-feelings.{0,400}<span class="figure">75</span>.{0,400}<b>Goed</b>, 75 punten.{0,200}Het mag zo blijven"""));
        Assert.That(page, Does.Match("""why-friends.{0,400}geen uitkomst.{0,800}niet beantwoord"""));
    }

    [Test]
    public async Task WordsOfAClientAreTextAndNeverMarkup()
    {
        var id = await KeepAsync(document => document["words"]!["home"] = "<b>koud</b>");
        Assert.That(await worker.GetStringAsync(new Uri($"/conversations/{id}", UriKind.Relative)), Does.Contain("&lt;b&gt;koud&lt;/b&gt;"));
    }

    [Test]
    public async Task OutsideTheScopeAConversationIsAsAbsentAsOneThatNeverWas()
    {
        var id = await KeepAsync();
        using var colleague = await service.SignedInAsync("colleague@proef");
        foreach (var address in (string[])[$"/conversations/{id}", $"/conversations/{Guid.CreateVersion7()}"])
        {
            using var answer = await colleague.GetAsync(new Uri(address, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }

        Assert.That(await PageAsync(colleague, "/conversations"), Does.Contain("Er zijn nog geen gesprekken."));
    }

    [Test]
    public async Task AQualityOfficerIsRefused()
    {
        using var officer = await service.SignedInAsync("officer@proef");
        foreach (var address in (string[])["/conversations", $"/conversations/{await KeepAsync()}"])
        {
            using var answer = await officer.GetAsync(new Uri(address, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task TheListShowsTheNewestFirstAndPagesThroughTheRest()
    {
        for (var day = 1; day <= 52; day++)
        {
            var on = new DateOnly(2026, 1, 1).AddDays(day - 1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            await KeepAsync(document =>
            {
                document["startedAt"] = $"{on}T10:00:00Z";
                document["endedAt"] = $"{on}T10:25:00Z";
                document["agreements"] = new JsonArray();
            });
        }

        var first = await PageAsync(worker, "/conversations");
        Assert.That(first, Does.Match("(?s)52 gesprekken.*<td>21 februari 2026</td>.*<td>20 februari 2026</td>.*<td>3 januari 2026</td>").And.Not.Contain("<td>2 januari 2026</td>"));
        Assert.That(first, Does.Contain("/conversations?sort=-held&page=2").And.Not.Contain("Vorige"));
        var second = await PageAsync(worker, "/conversations?sort=-held&page=2");
        Assert.That(second, Does.Contain("<td>2 januari 2026</td>").And.Contain("<td>1 januari 2026</td>").And.Contain("Vorige").And.Not.Contain("Volgende"));
        Assert.That(await PageAsync(worker, "/conversations?sort=held"), Does.Match("(?s)<td>1 januari 2026</td>.*<td>2 januari 2026</td>"), "and the other way round");
    }

    [Test]
    public async Task TheListIsFilteredSearchedAndTakenAlongAsExcelWithoutAnAnswer()
    {
        await KeepAsync();
        await KeepAsync(document =>
        {
            (document["instrument"]!["id"], document["perspective"], document["outcome"]) = ("samen-kijken", "worker", "stopped");
            (document["answers"], document["words"], document["passed"], document["seconds"], document["changes"]) = (JsonNode.Parse("""{ "home": "good" }"""), new JsonObject(), new JsonObject(), new JsonObject(), new JsonArray());
            document["readBack"] = "not-done";
            document["agreements"]![0]!["id"] = Guid.CreateVersion7().ToString();
        });
        foreach (var (query, expected) in ((string, string)[])[("instrument=samen-kijken", "Samen kijken"), ("perspective=client", "Mijn verhaal"), ("outcome=stopped", "Samen kijken"), ("perspective=client&outcome=stopped", "")])
        {
            var page = await PageAsync(worker, "/conversations?" + query);
            Assert.That(page, expected.Length > 0 ? Does.Contain("1 gesprek").And.Match($"<td>{expected} <small>") : Does.Contain("Geen gesprekken met deze keuze."), query);
        }

        Assert.That(await SearchAsync("achternaam"), Does.Contain("2 gesprekken"));
        Assert.That(await SearchAsync("bestaat niet"), Does.Contain("Geen gesprekken met een cliënt van deze naam."));
        using var sheet = await worker.GetAsync(new Uri("/conversations/export?perspective=worker&sort=-held", UriKind.Relative));
        Assert.That(sheet.Headers.CacheControl!.NoStore);
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateReader(await sheet.Content.ReadAsStreamAsync());
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));
        }

        Assert.That(rows, Has.Some.StartsWith("Anna Achternaam|Noord|").And.Some.Contains("|Samen kijken|1.0|door een begeleider|eerder gestopt|1|"));
        Assert.That(rows, Has.None.Contains("Mijn verhaal"), "only what the list shows");
        Assert.That(rows, Has.None.Contains("Goed"), "no answers");
    }

    [Test]
    public async Task APageThatIsNoNumberIsRefused()
    {
        foreach (var page in (string[])["0", "-1", "x", "9999999"])
        {
            using var answer = await worker.GetAsync(new Uri("/conversations?page=" + page, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), page);
        }
    }

    [Test]
    public async Task MarksAreKeptBesideTheAnswersAndShownInPlainWords()
    {
        var id = await KeepAsync(document =>
        {
            document["instrument"]!["id"] = "in-beeld";
            document["answers"] = JsonNode.Parse("""{ "check-sad": "glad", "quiet": "yes", "noise": "yes" }""");
            document["words"] = new JsonObject();
            document["passed"] = new JsonObject();
            document["changes"] = new JsonArray();
            document["seconds"] = JsonNode.Parse("""{ "check-sad": 1, "quiet": 1, "noise": 0 }""");
        });
        Assert.That(await RowsAsync("SELECT Mark FROM ConversationMark ORDER BY Mark"), Is.EqualTo((string[])["agrees-with-opposites", "comprehension-check-failed", "too-fast"]));
        Assert.That(await RowsAsync("SELECT QuestionId || ':' || OptionCode FROM Answer ORDER BY QuestionId"), Is.EqualTo((string[])["check-sad:glad", "noise:yes", "quiet:yes"]), "a mark changes no answer");
        var page = await PageAsync(worker, $"/conversations/{id}");
        Assert.That(page, Does.Contain("Een controlevraag is anders beantwoord dan bedoeld.").And.Contain("elkaars tegendeel").And.Contain("Geen antwoord is veranderd."));
        Assert.That(await PageAsync(worker, "/conversations"), Does.Contain("met kenmerk"));
    }

    [Test]
    public async Task ANormalConversationHasNoMarks()
    {
        var id = await KeepAsync();
        Assert.That(await RowsAsync("SELECT Mark FROM ConversationMark"), Is.Empty);
        Assert.That(await PageAsync(worker, $"/conversations/{id}"), Does.Not.Contain("Let op bij het lezen"));
    }

    [Test]
    public async Task ARefusedConversationIsShownAsAnAnswerInItself()
    {
        var id = await KeepAsync(document =>
        {
            document["outcome"] = "refused";
            foreach (var name in (string[])["answers", "words", "passed", "seconds"])
            {
                document[name] = new JsonObject();
            }

            document["changes"] = new JsonArray();
            document["agreements"] = new JsonArray();
            document["readBack"] = "not-done";
        });
        var page = await PageAsync(worker, $"/conversations/{id}");
        Assert.That(page, Does.Contain("Dit gesprek is niet gewild.").And.Contain("Er is niets afgesproken.").And.Not.Contain("Waarom deze uitkomst"));
    }

    // As the form does: what is searched for never stands in an address.
    private async Task<string> SearchAsync(string name)
    {
        var token = System.Text.RegularExpressions.Regex.Match(
            await worker.GetStringAsync(new Uri("/conversations", UriKind.Relative)), "class=\"search\".*?__RequestVerificationToken\" value=\"([^\"]+)", System.Text.RegularExpressions.RegexOptions.Singleline).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "search", ["__RequestVerificationToken"] = token, ["search"] = name });
        using var answer = await worker.PostAsync(new Uri("/conversations", UriKind.Relative), form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<Guid> KeepAsync(Action<JsonObject>? change = null)
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        change?.Invoke(document);
        using var answer = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), ConversationJson.Body(document));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    // As it reads: entities resolved and white space as one space.
    private static async Task<string> PageAsync(HttpClient client, string address) =>
        string.Join(' ', WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(address, UriKind.Relative))).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IEnumerable<string>> RowsAsync(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return await connection.QueryAsync<string>(sql);
    }
}
