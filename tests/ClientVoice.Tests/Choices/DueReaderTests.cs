// Who is due, as the desk lists it and as the tablets get it: one rule for both. With one body on every database.
using System.Text.Json;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Clients.Groups;
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
        line = await LineAsync();
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
    public async Task AClientIsNotAskedMoreOftenThanTheGroupsLimitWhateverTheInstrument()
    {
        var groups = await service.Services.GetRequiredService<ClientStore>().GroupsAsync(default);
        var group = groups.Single(g => g.Id == ServiceUnderTest.Group);
        var id = Guid.CreateVersion7();
        using var body = ConversationJson.Body(ConversationJson.Valid(id));
        using var sent = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
        Assert.That(sent.IsSuccessStatusCode);
        await service.Services.GetRequiredService<ClientVoice.Choices.ChoiceStore>().MakeAsync(
            new ClientVoice.Choices.NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", new DateOnly(2026, 1, 1), 1, true, null, null), default);
        var monthly = (await LineAsync()).DueOn;
        await service.Services.GetRequiredService<GroupStore>().ChangeAsync(group, GroupProfile.Of(group) with { MostPerYear = 1 }, ServiceUnderTest.Officer, default);
        Assert.That(monthly, Is.EqualTo(new DateOnly(2026, 12, 2)), "a month after the conversation");
        Assert.That((await LineAsync()).DueOn, Is.EqualTo(new DateOnly(2027, 11, 2)), "a year after it");
        Assert.That(await TabletAsync(), Is.EqualTo(new DateOnly(2027, 11, 2)));
    }

    [Test]
    public async Task OnlyTheOwnScopeIsListed()
    {
        var reader = service.Services.GetRequiredService<DueReader>();
        Assert.That((await reader.OfScopeAsync(ServiceUnderTest.Worker, default)).Select(l => l.ClientId), Is.EqualTo((Guid[])[ServiceUnderTest.Anna]));
        Assert.That((await reader.OfScopeAsync(ServiceUnderTest.Officer, default)).Select(l => l.ClientId), Is.EquivalentTo((Guid[])[ServiceUnderTest.Anna, ServiceUnderTest.Bram]));
    }

    private async Task<DueLine> LineAsync() =>
        (await service.Services.GetRequiredService<DueReader>().OfScopeAsync(ServiceUnderTest.Officer, default)).Single(l => l.ClientId == ServiceUnderTest.Anna);

    private async Task<DateOnly> TabletAsync()
    {
        using var work = JsonDocument.Parse(await worker.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
        return DateOnly.ParseExact(work.RootElement.GetProperty("clients")[0].GetProperty("due")[0].GetProperty("dueOn").GetString()!, "yyyy-MM-dd");
    }
}
