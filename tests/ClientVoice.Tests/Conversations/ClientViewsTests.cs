using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientVoice.Conversations;
using ClientVoice.Conversations.ClientViews;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>What each of those around a client told last, on one page.</summary>
public sealed partial class ClientViewsTests
{
    private static readonly DateOnly Day = new(2026, 11, 2);

    [Test]
    public void OfEveryPerspectiveAndInstrumentTheNewestFinishedConversationThatMayBeOpenedCounts()
    {
        var talks = new[]
        {
            Line("samen-kijken", "worker", "stopped"), Line("samen-kijken", "client"), Line("laccs", "observer", closed: true), Line("samen-kijken", "worker"),
            Line("samen-kijken", "client"), Line("mijn-verhaal", "client"),
        };
        Assert.That(LatestViews.Of(talks), Is.EqualTo((ConversationLine[])[talks[1], talks[3], talks[5]]));
    }

    [Test]
    public void ThereIsSomethingToCompareOnceTwoPerspectivesWereAskedOrObserversLooked()
    {
        Assert.That(LatestViews.IsWorthwhile([]), Is.False);
        Assert.That(LatestViews.IsWorthwhile([Line("mijn-verhaal", "client"), Line("op-gehoor", "client")]), Is.False);
        Assert.That(LatestViews.IsWorthwhile([Line("mijn-verhaal", "client"), Line("verwant-aan-het-woord", "relative")]), Is.True);
        Assert.That(LatestViews.IsWorthwhile([Line("laccs-observatie", "observer")]), Is.True);
    }

    [Test]
    public async Task EachSideStandsBesideTheOthersByAreaAndByQuestionAndEveryReadingIsInTheAuditTrail()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        using var worker = await service.SignedInAsync("worker@proef");
        var told = new List<Guid>
        {
            await KeepAsync(worker, "samen-kijken", "client", """{ "home": "bad", "home-wish": "change", "mood": "good", "mood-wish": "stay" }"""),
            await KeepAsync(worker, "samen-kijken", "worker", """{ "home": "good", "mood": "good" }"""),
        };
        var one = await PageAsync(worker);
        Assert.That(one, Does.Contain("materieel welbevinden"), "two sides of one instrument are enough");
        told.Add(await KeepAsync(worker, "verwant-aan-het-woord", "relative", """{ "relative-wellbeing": "not-good" }"""));

        var page = await PageAsync(worker);
        var areas = Rows(page, "areas");
        Assert.That(areas[0], Is.EqualTo(
            "Levensgebied|de cliënt Samen kijken vaste begeleider, kent de cliënt goed · 2 november 2026|een verwant Verwant aan het woord vaste begeleider, kent de cliënt goed · 2 november 2026"
            + "|een begeleider Samen kijken vaste begeleider, kent de cliënt goed · 2 november 2026"));
        Assert.That(areas.Skip(1), Is.EqualTo((string[])
        [
            "materieel welbevinden|0 Wens: Ik wil dat het anders wordt|niets gezegd|75",
            "emotioneel welbevinden|75 Wens: Het mag zo blijven|25|75",
        ]));
        var questions = Rows(page, "side-by-side");
        Assert.That(questions.Skip(1), Is.EqualTo((string[])
        [
            "Hoe gaat het met wonen? ≠ verschil|Slecht|Goed",
            "Mag het zo blijven? Of moet er iets anders?|Ik wil dat het anders wordt|niet gezegd",
            "Hoe gaat het met het gevoel?|Goed|Goed",
            "Mag het zo blijven? Of moet er iets anders?|Het mag zo blijven|niet gezegd",
        ]));
        Assert.That(page, Does.Not.Contain("style=\"").And.Not.Contain("<script"));
        Assert.That(await worker.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}", UriKind.Relative)), Does.Contain($"/clients/{ServiceUnderTest.Anna}/views"));

        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        // What is read is written a moment later, with whatever else was.
        List<string> read = [];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!told.TrueForAll(id => read.Contains($"conversation/{id}")) && !patience.IsCancellationRequested)
        {
            await Task.Delay(50);
            read = [.. await connection.QueryAsync<string>("SELECT Resource FROM AuditEvent WHERE Action = 'conversation.read'")];
        }

        Assert.That(read, Is.SupersetOf(told.Select(id => $"conversation/{id}")), "reading somebody's answers is logged");
        using var colleague = await service.SignedInAsync("colleague@proef");
        using var refused = await colleague.GetAsync(new Uri($"/clients/{ServiceUnderTest.Anna}/views", UriKind.Relative));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "outside the scope there is no such client");
    }

    [Test]
    public async Task WithOneSideThePageSaysSoAndTheClientsPageOffersNothing()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        using var worker = await service.SignedInAsync("worker@proef");
        Assert.That(await PageAsync(worker), Does.Contain("Er is nog geen gesprek afgerond dat u mag lezen."));
        await KeepAsync(worker, "samen-kijken", "client", """{ "home": "bad" }""");
        Assert.That(await PageAsync(worker), Does.Contain("Er is nog maar van één kant verteld."));
        Assert.That(await worker.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}", UriKind.Relative)), Does.Not.Contain("/views"));
    }

    private static ConversationLine Line(string instrument, string perspective, string outcome = "finished", bool closed = false) =>
        new(Guid.NewGuid(), ServiceUnderTest.Anna, "Anna", "Huis", Day, instrument, "1.0", perspective, outcome, 0, 0, closed, closed);

    private static async Task<Guid> KeepAsync(HttpClient worker, string instrument, string perspective, string answers)
    {
        var id = Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        document["instrument"]!["id"] = instrument;
        document["perspective"] = perspective;
        document["answers"] = JsonNode.Parse(answers);
        (document["words"], document["passed"], document["seconds"], document["changes"], document["agreements"]) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonArray(), new JsonArray());
        using var answer = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), ConversationJson.Body(document));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return id;
    }

    private static async Task<string> PageAsync(HttpClient worker) =>
        WebUtility.HtmlDecode(await worker.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}/views", UriKind.Relative)));

    // The table of a section as it reads: a line for each row, a bar between cells.
    private static List<string> Rows(string page, string section) =>
    [
        .. TableRow().Matches(page[page.IndexOf($"data-testid=\"{section}\"", StringComparison.Ordinal)..].Split("</table>")[0])
            .Select(row => string.Join('|', Cell().Matches(row.Value).Select(cell => string.Join(' ', Tag().Replace(cell.Groups[1].Value, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))),
    ];

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex TableRow();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
