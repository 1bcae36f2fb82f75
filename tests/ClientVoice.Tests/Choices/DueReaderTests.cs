// Who is due, as the desk lists it and as the tablets get it: one rule for both. With one body on every database.
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientVoice.Choices;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Groups;
using ClientVoice.Clients.Register;
using ClientVoice.Tests.Conversations;

namespace ClientVoice.Tests.Choices;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class DueReaderTests(string database)
{
    private ServiceUnderTest service = null!;
    private HttpClient worker = null!;

    private DateOnly Today => DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        worker = await service.SignedInAsync("worker@proef");
    }

    [TearDown]
    public async Task StopAsync()
    {
        worker.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task APostponedConversationIsLaterOnTheDeskAndOnTheTabletUntilSomebodyGoesBackToTheRhythm()
    {
        var line = await LineAsync();
        Assert.That((line.DueOn, line.State, line.LeaderId, line.IsPostponed), Is.EqualTo((Today.AddDays(-10), "overdue", (Guid?)ServiceUnderTest.Worker, false)));
        Assert.That(await TabletAsync(), Is.EqualTo(line.DueOn));

        var plans = service.Services.GetRequiredService<DuePlans>();
        await plans.KeepAsync(new DuePlan(ServiceUnderTest.Anna, service.Choice, null, Today.AddDays(60), "ill", "Ligt in het ziekenhuis", Today), ServiceUnderTest.Officer, default);
        line = (await service.Services.GetRequiredService<DueReader>().FindAsync(ServiceUnderTest.Officer, ServiceUnderTest.Anna, service.Choice, default))!;
        Assert.That((line.DueOn, line.State, line.IsPostponed, line.Plan!.Words), Is.EqualTo((Today.AddDays(60), "upcoming", true, "Ligt in het ziekenhuis")));
        Assert.That(await TabletAsync(), Is.EqualTo(Today.AddDays(60)));

        await plans.KeepAsync(new DuePlan(ServiceUnderTest.Anna, service.Choice, ServiceUnderTest.Colleague, null, null, null, Today), ServiceUnderTest.Officer, default);
        line = await LineAsync();
        Assert.That((line.DueOn, line.LeaderId), Is.EqualTo((Today.AddDays(-10), (Guid?)ServiceUnderTest.Colleague)), "the newest decision counts");
        var colleague = (await service.Services.GetRequiredService<ClientVoice.Access.StaffStore>().NamesAsync([ServiceUnderTest.Colleague], default)).Values.Single();
        using var work = JsonDocument.Parse(await worker.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
        Assert.That(work.RootElement.GetProperty("clients")[0].GetProperty("due")[0].GetProperty("leader").GetString(), Is.EqualTo(colleague), "the tablet says who asks");
    }

    [Test]
    public async Task AChoiceForWhichSomebodyWasAskedIsToldApartFromOneForWhichNobodyWas()
    {
        var (past, choices) = (service.Services.GetRequiredService<IPastConversations>(), service.Services.GetRequiredService<ChoiceStore>());
        var choice = (await choices.AllAsync(default)).Single(c => c.Id == service.Choice);
        Assert.That(await past.AnyForAsync(choice, default), Is.False);
        var document = ConversationJson.Valid(Guid.CreateVersion7());
        document["choice"] = choice.Id;
        using var answer = await worker.PutAsJsonAsync(new Uri($"/api/conversations/{document["id"]}", UriKind.Relative), document);
        answer.EnsureSuccessStatusCode();
        Assert.That(await past.AnyForAsync(choice, default));

        await using (var connection = await service.Services.GetRequiredService<ClientVoice.Database.IDatabase>().OpenAsync(default))
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE Conversation SET HeldOn = @day", new { day = new DateOnly(2009, 1, 1) });
        }

        Assert.That(await past.AnyForAsync(choice, default), "whatever the tablet's clock said");
        var later = await choices.MakeAsync(new NewChoice(choice.GroupId, choice.InstrumentId, choice.Perspective, Today, 6, true, null, ServiceUnderTest.Officer), default);
        Assert.That(await past.AnyForAsync((await choices.AllAsync(default)).Single(c => c.Id == later), default), Is.False, "what was asked for the one before it is not for this one");
        Assert.That((await past.OfGroupAsync(choice.GroupId, choice.InstrumentId, default)).Select(p => p.Id), Is.EqualTo((Guid[])[Guid.Parse(document["id"]!.GetValue<string>())]));
        Assert.That(await past.OfGroupAsync(choice.GroupId, "in-beeld", default), Is.Empty, "another instrument");
    }

    [Test]
    public async Task AClientIsNotAskedMoreOftenThanTheGroupsLimitWhateverTheInstrument()
    {
        var groups = await service.Services.GetRequiredService<ClientStore>().GroupsAsync(default);
        var group = groups.Single(g => g.Id == ServiceUnderTest.Group);
        var id = Guid.CreateVersion7();
        using var body = ConversationJson.Body(ConversationJson.Valid(id));
        using var sent = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
        Assert.That(sent.IsSuccessStatusCode);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(
            new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", new DateOnly(2026, 1, 1), 1, true, null, null), default);
        var monthly = (await LineAsync()).DueOn;
        await service.Services.GetRequiredService<GroupStore>().ChangeAsync(group, GroupProfile.Of(group) with { MostPerYear = 1 }, ServiceUnderTest.Officer, default);
        Assert.That(monthly, Is.EqualTo(new DateOnly(2026, 12, 2)), "a month after the conversation");
        Assert.That((await LineAsync()).DueOn, Is.EqualTo(new DateOnly(2027, 11, 2)), "a year after it");
        Assert.That(await TabletAsync(), Is.EqualTo(new DateOnly(2027, 11, 2)));
    }

    [Test]
    public async Task WhoLeftStaysOnTheListAsNeverAskedUntilTheFarewellIsHeldAndOnTheTabletForAQuarter()
    {
        var farewell = (await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(
            [new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", Today.AddMonths(-8), 12, true, null, null) { Moment = "farewell" }], default))[0];
        await LeaveAsync(Today.AddMonths(-2));
        var line = await LineAsync();
        Assert.That((line.ChoiceId, line.DueOn, line.State, line.LeftOn, line.Because.Why), Is.EqualTo((farewell, Today.AddMonths(-2), "overdue", (DateOnly?)Today.AddMonths(-2), DueBecause.Farewell)));
        Assert.That(await DueAtDeskAsync("left"), Does.Contain("afscheidsgesprek is niet gevraagd").And.Contain("Anna Achternaam").And.Not.Contain("Bram"));
        Assert.That(await OnTabletAsync(), Is.EqualTo((string[])[farewell.ToString()]), "and nothing else");

        await LeaveAsync(Today.AddMonths(-4));
        Assert.That(await OnTabletAsync(), Is.Empty, "too long ago to hold it");
        Assert.That((await LineAsync()).State, Is.EqualTo("overdue"), "and still said that nobody asked");
        await LeaveAsync(Today.AddMonths(-9));
        Assert.That(await LinesAsync(), Is.Empty, "left before the choice began");

        await LeaveAsync(Today.AddMonths(-2));
        var id = Guid.CreateVersion7();
        using var body = ConversationJson.Body(ConversationJson.Valid(id));
        using var sent = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
        Assert.That(sent.IsSuccessStatusCode);
        Assert.That(await LinesAsync(), Is.Empty);

        async Task<List<string>> OnTabletAsync()
        {
            using var work = JsonDocument.Parse(await worker.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
            return [.. work.RootElement.GetProperty("clients").EnumerateArray().SelectMany(c => c.GetProperty("due").EnumerateArray()).Select(d => d.GetProperty("choice").GetString()!)];
        }
    }

    [Test]
    public async Task AnEvaluationThatAWorkerNotesIsDueWithItsReasonAndCanBeTakenAway()
    {
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(
            [new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", Today, 6, true, null, null) { Moment = "evaluation" }], default);
        Assert.That((await LinesAsync()).Select(l => l.Because.Why), Is.EqualTo((DueBecause[])[DueBecause.NotYet]), "no day is known yet");

        var page = new Uri($"/clients/{ServiceUnderTest.Anna}", UriKind.Relative);
        Assert.That(await PostAsync(page, "evaluation", ("evaluation", "2019-01-01")), Does.Contain("De evaluatie ligt tussen"));
        await PostAsync(page, "evaluation", ("evaluation", Iso(Today.AddDays(20))));
        await PostAsync(page, "evaluation", ("evaluation", Iso(Today.AddDays(30))));
        var line = (await LinesAsync()).Single(l => l.Because.Why == DueBecause.Evaluation);
        Assert.That((line.DueOn, line.State), Is.EqualTo((Today.AddDays(30), "due")), "the next one takes the place of the day before it");
        Assert.That(await DueAtDeskAsync("now"), Does.Contain("zorgplanevaluatie op"));
        await PostAsync(page, $"evaluation-{Iso(Today.AddDays(30))}");
        Assert.That(await LinesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AChangeOfGroupIsAStartThere()
    {
        var groups = service.Services.GetRequiredService<GroupStore>();
        var (other, _) = await groups.AddAsync(new GroupProfile("Anders", "Other", "wlz", ["speaks"], ["mild"], ["living"]), ServiceUnderTest.Officer, default);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(
            [new NewChoice(other, "mijn-verhaal", "client", Today.AddMonths(-6), 12, true, null, null) { Moment = "start" }], default);
        var change = await ChangeAsync(c => c with { GroupId = other }, Today.AddDays(-5));
        var line = await LineAsync();
        Assert.That((line.GroupId, line.DueOn, line.Because.Why), Is.EqualTo((other, Today.AddDays(-5), DueBecause.GroupStart)));
        Assert.That(await DueAtDeskAsync("now"), Does.Contain("in deze cliëntgroep gekomen op"));
        Assert.That(await service.Services.GetRequiredService<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That((await LineAsync()).GroupId, Is.EqualTo(ServiceUnderTest.Group));
        await ChangeAsync(c => c with { GroupId = other }, null);
        Assert.That(await LinesAsync(), Is.Empty, "put right, not moved: was in it from the first day in support, before the choice");
    }

    [Test]
    public async Task ThatAClientWasAddedCanStillBeUndoneOnceTheyAreOnTheList()
    {
        var id = Guid.CreateVersion7();
        var (_, change) = await service.Services.GetRequiredService<ClientWriter>().AddAsync(
            new ClientRecord(id, "Nieuw", "Nieuw", null, "speaks", ServiceUnderTest.North, ServiceUnderTest.Group, null, null, Today.AddDays(-3), null, []), ServiceUnderTest.Officer, default);
        Assert.That((await ReadAsync(ServiceUnderTest.Officer)).Select(l => l.ClientId), Does.Contain(id));
        Assert.That(await service.Services.GetRequiredService<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That((await ReadAsync(ServiceUnderTest.Officer)).Select(l => l.ClientId), Does.Not.Contain(id));
    }

    [Test]
    public async Task OnlyTheOwnScopeIsListed()
    {
        Assert.That((await ReadAsync(ServiceUnderTest.Worker)).Select(l => l.ClientId), Is.EqualTo((Guid[])[ServiceUnderTest.Anna]));
        Assert.That((await ReadAsync(ServiceUnderTest.Officer)).Select(l => l.ClientId), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, ServiceUnderTest.Bram]));
        var reader = service.Services.GetRequiredService<DueReader>();
        Assert.That(await reader.FindAsync(ServiceUnderTest.Worker, ServiceUnderTest.Bram, service.Choice, default), Is.Null);
    }

    private async Task<DueLine> LineAsync() => (await LinesAsync()).Single();

    private async Task<List<DueLine>> LinesAsync() =>
        [.. (await ReadAsync(ServiceUnderTest.Officer)).Where(l => l.ClientId == ServiceUnderTest.Anna)];

    private async Task<IReadOnlyList<DueLine>> ReadAsync(Guid person) =>
        (await service.Services.GetRequiredService<DueReader>().ListAsync(person, DueFilter.Whole, "due", false, 0, 50, default)).Lines;

    private Task<Guid> LeaveAsync(DateOnly lastOn) => ChangeAsync(c => c with { UntilOn = lastOn, FromOn = new DateOnly(2020, 1, 1) }, null);

    private async Task<Guid> ChangeAsync(Func<ClientRecord, ClientRecord> change, DateOnly? movedOn)
    {
        var before = await service.Services.GetRequiredService<ClientRegister>().FindAsync(ServiceUnderTest.Anna, ServiceUnderTest.Officer, default);
        var seen = await service.Services.GetRequiredService<DeskChanges>().NewestAsync(ServiceUnderTest.Anna, default);
        var (kept, id) = await service.Services.GetRequiredService<ClientWriter>().ChangeAsync(before!, change(before!), seen, movedOn, ServiceUnderTest.Officer, default);
        Assert.That(kept, Is.EqualTo(Kept.Done));
        return id;
    }

    private async Task<string> DueAtDeskAsync(string state)
    {
        using var officer = await service.SignedInAsync("officer@proef");
        return System.Net.WebUtility.HtmlDecode(await officer.GetStringAsync(new Uri($"/due?state={state}", UriKind.Relative)));
    }

    // As the browser sends a form of a page.
    private async Task<string> PostAsync(Uri page, string form, params (string Name, string Value)[] fields)
    {
        var html = await worker.GetStringAsync(page);
        var hidden = Regex.Matches(Regex.Match(html, $"<form[^>]*>(?:(?!</form>).)*name=\"_handler\" value=\"{form}\".*?</form>", RegexOptions.Singleline).Value, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
        using var body = new FormUrlEncodedContent([.. hidden.Select(h => KeyValuePair.Create(h.Groups[1].Value, h.Groups[2].Value)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await worker.PostAsync(page, body);
        Assert.That((int)answer.StatusCode, Is.LessThan(400));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<DateOnly> TabletAsync()
    {
        using var work = JsonDocument.Parse(await worker.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
        return DateOnly.ParseExact(work.RootElement.GetProperty("clients")[0].GetProperty("due")[0].GetProperty("dueOn").GetString()!, "yyyy-MM-dd");
    }
}
