// Reading a list in goes on behind its page: how far it is can be seen, and it is all there or none of it.
using System.Net;
using ClientVoice.Access;
using ClientVoice.Clients.Import;
using ClientVoice.Clients.Register;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Clients;

public sealed class ImportRunTests
{
    private static readonly string[] Headings = ["Cliëntnummer", "Naam", "Plek", "Cliëntgroep", "Communicatie"];

    private ServiceUnderTest service = null!;
    private HttpClient officer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(empty: true);
        officer = await service.SignedInAsync("officer@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        officer.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task ThePageTellsHowFarItIsAndGoesToTheListOnceEverythingIsThere()
    {
        var (batch, plan) = (Guid.CreateVersion7(), await PlanAsync());
        ImportRun run;
        await using (var busy = await Get<IDatabase>().OpenAsync(default))
        {
            // Somebody else writes: the list waits for its turn, and so for us.
            await using var held = await busy.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            run = Start(plan, batch);
            using var waits = await AskAsync(batch);
            var page = WebUtility.HtmlDecode(await waits.Content.ReadAsStringAsync());
            Assert.That(page, Does.Contain("0 van 2 cliënten").And.Contain("<progress value=\"0\" max=\"2\""));
            Assert.That(waits.Headers.GetValues("Refresh"), Is.EqualTo((string[])["2"]), "it follows without script");
            Assert.That(page, Does.Not.Contain("Eerste Lijst"), "no names on the way");
        }

        await run.Written;
        using var done = await AskAsync(batch);
        Assert.That((done.StatusCode, done.Headers.Location?.PathAndQuery), Is.EqualTo((HttpStatusCode.Found, $"/clients?done={batch}&read=2")));
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        Assert.That(
            await connection.QueryAsync<string>("SELECT Action || ' ' || Result FROM AuditEvent WHERE Resource = @batch", new { batch = $"batch/{batch}" }),
            Is.EqualTo((string[])["client.import done"]));
    }

    [Test]
    public async Task WhereSomebodyCameInBetweenNothingIsDoneAndThePageSaysSo()
    {
        var (batch, overtaken, first) = (Guid.CreateVersion7(), await PlanAsync(), await PlanAsync());
        await Start(first, Guid.CreateVersion7()).Written;
        await Start(overtaken, batch).Written;
        using var answer = await AskAsync(batch);
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain("Iemand anders wijzigde intussen iets. Er is niets ingelezen."));
        Assert.That(answer.Headers.Contains("Refresh"), Is.False);
        Assert.That(await NamesAsync(), Is.EqualTo((string[])["Eerste Lijst", "Tweede Lijst"]), "once");
    }

    [Test]
    public async Task AFailureHalfWayLeavesNothingAndThePageSaysSo()
    {
        var (batch, good) = (Guid.CreateVersion7(), await PlanAsync());
        var spoilt = good with { New = [good.New[0], good.New[1] with { PlaceId = Guid.NewGuid() }] };
        await Start(spoilt, batch).Written;
        using var answer = await AskAsync(batch);
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain("Het inlezen is niet gelukt. Er is niets veranderd."));
        Assert.That(await NamesAsync(), Is.Empty);
    }

    [Test]
    public async Task ANodeThatDoesNotKnowTheRunSendsOnWhenTheDatabaseHasIt()
    {
        var batch = Guid.CreateVersion7();
        using var unknown = await AskAsync(batch);
        Assert.That(WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync()), Does.Contain("Deze server weet niet hoe ver het inlezen is."));
        Assert.That(await Get<ImportWriter>().WriteAsync(await PlanAsync(), batch, ServiceUnderTest.Officer, null, default));
        using var known = await AskAsync(batch);
        Assert.That(known.Headers.Location?.PathAndQuery, Is.EqualTo($"/clients?done={batch}&read=2"));
        Assert.That(Get<ImportRuns>().Find(batch, ServiceUnderTest.Worker), Is.Null, "and it is of nobody else");
    }

    private ImportRun Start(ImportPlan plan, Guid batch) => Get<ImportRuns>().Start(
        plan, batch, ServiceUnderTest.Officer, new AuditEvent("person", ServiceUnderTest.Officer, "client.import", $"batch/{batch}", null, "done"));

    private Task<HttpResponseMessage> AskAsync(Guid batch) => officer.GetAsync(new Uri($"/clients/import/{batch}", UriKind.Relative));

    private async Task<ImportPlan> PlanAsync()
    {
        await using var file = await ClientLists.FileAsync(Headings, [["E1", "Eerste Lijst", "Noord", "Licht", "praat"], ["E2", "Tweede Lijst", "Zuid", "Licht", "praat"]]);
        var table = SheetReader.Read(file);
        return await Get<ImportPlanner>().PlanAsync(table, new ImportWishes(await Get<ImportColumns>().SuggestAsync(table.Headings, default), null, null, false), ServiceUnderTest.Officer, default);
    }

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Here, "lijst"), ClientRegister.ByName, false, 0, 10, default)).Lines.Select(l => l.Name);

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
