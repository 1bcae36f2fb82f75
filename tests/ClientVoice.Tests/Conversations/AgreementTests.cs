// What becomes of an agreement: whose it is, done or not, and told back. With one body on every database.
using System.Net;
using ClientVoice.Access;
using ClientVoice.Clients.Register;
using ClientVoice.Clients.Staff;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Agreements;
using ClientVoice.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ClientVoice.Tests.Conversations;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AgreementTests(string database)
{
    private static readonly Guid Agreement = new("01900000-0000-7000-8000-0000000000aa");

    private ServiceUnderTest service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database, settings: ServiceUnderTest.AllInstruments);
        using var worker = await service.SignedInAsync("worker@proef");
        var id = Guid.CreateVersion7();
        using var body = ConversationJson.Body(ConversationJson.Valid(id));
        using var answer = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnAgreementIsTheRegularWorkersUntilSomebodyTakesItOverAndNobodysWhereAllHaveLeft()
    {
        var agreements = Get<AgreementStore>();
        Assert.That(await OwnerAsync(), Is.EqualTo("Wil Werker"));
        var second = new StaffMember(Guid.NewGuid(), "Vera Vervangt", "vera@proef", Roles.SupportWorker, [ServiceUnderTest.North], null, true);
        await Get<StaffDesk>().KeepAsync(null, second, ServiceUnderTest.Officer, default);
        Assert.That(await agreements.HandOverAsync(Agreement, second.Id, default));
        Assert.That(await OwnerAsync(), Is.EqualTo("Vera Vervangt"));
        Assert.That(await TotalAsync(second.Id, AgreementFilter.Mine), Is.EqualTo(1));
        Assert.That(await TotalAsync(ServiceUnderTest.Worker, AgreementFilter.Mine), Is.Zero);

        await Get<StaffDesk>().KeepAsync(second, second with { Disabled = DateTimeOffset.UnixEpoch }, ServiceUnderTest.Officer, default);
        Assert.That(await OwnerAsync(), Is.EqualTo("Wil Werker"), "who took it over has left: the regular worker has it again");
        var third = new StaffMember(Guid.NewGuid(), "Dirk Daarna", "dirk@proef", Roles.SupportWorker, [ServiceUnderTest.North], null, true);
        await Get<StaffDesk>().KeepAsync(null, third, ServiceUnderTest.Officer, default);
        var anna = (await Get<ClientRegister>().FindAsync(ServiceUnderTest.Anna, ServiceUnderTest.Officer, default))!;
        await Get<ClientWriter>().ChangeAsync(anna, anna with { RegularWorkerId = third.Id }, null, null, ServiceUnderTest.Officer, default);
        Assert.That(await OwnerAsync(), Is.EqualTo("Dirk Daarna"), "it goes along with the regular worker");
        Assert.That(await TotalAsync(third.Id, AgreementFilter.Mine), Is.EqualTo(1));

        await Get<StaffDesk>().KeepAsync(third, third with { Disabled = DateTimeOffset.UnixEpoch }, ServiceUnderTest.Officer, default);
        Assert.That(await OwnerAsync(), Is.EqualTo("Wil Werker"), "who led the conversation, where the regular worker has left");
        Assert.That(await TotalAsync(ServiceUnderTest.Worker, AgreementFilter.Mine), Is.EqualTo(1));
        var worker = (await Get<StaffStore>().FindAsync(ServiceUnderTest.Worker, ServiceUnderTest.Officer, default))!;
        await Get<StaffDesk>().KeepAsync(worker, worker with { Disabled = DateTimeOffset.UnixEpoch }, ServiceUnderTest.Officer, default);
        Assert.That(await OwnerAsync(), Is.Null);
        Assert.That(await TotalAsync(ServiceUnderTest.Officer, AgreementFilter.Nobody), Is.EqualTo(1));
    }

    [Test]
    public async Task AnAgreementIsClosedOnceWithItsReasonAndToldOnce()
    {
        var agreements = Get<AgreementStore>();
        Assert.That(await agreements.ToldAsync(Agreement, new DateOnly(2026, 11, 3), "talk", ServiceUnderTest.Worker, default), Is.False, "there is nothing to tell yet");
        Assert.That(await agreements.NotDoneAsync(Agreement, "De deken is op", default));
        Assert.That(await agreements.DoneAsync(Agreement, default), Is.False, "somebody closed it already");
        Assert.That(await Get<AgreementReader>().CountsAsync(ServiceUnderTest.Worker, default), Is.EqualTo(new AgreementCounts(0, 0, 1)));
        Assert.That(await agreements.ToldAsync(Agreement, new DateOnly(2026, 11, 3), "pictures", ServiceUnderTest.Worker, default));
        Assert.That(await agreements.ToldAsync(Agreement, new DateOnly(2026, 11, 4), "talk", ServiceUnderTest.Worker, default), Is.False);
        var kept = (await FindAsync())!;
        Assert.That((kept.NotDoneReason, kept.ToldBackHow, kept.ToldBackBy, kept.What), Is.EqualTo(("De deken is op", "pictures", "Wil Werker", "We vragen om een extra deken")));
        Assert.That(await TotalAsync(ServiceUnderTest.Worker, AgreementFilter.Mine, AgreementFilter.Closed), Is.EqualTo(1));

        Assert.That(await agreements.ReopenAsync(Agreement, default));
        var open = (await FindAsync())!;
        Assert.That((open.IsOpen, open.NotDoneReason, open.ToldBackAt, open.IsLateOn(new DateOnly(2026, 12, 1)), open.IsLateOn(new DateOnly(2026, 12, 2))), Is.EqualTo((true, (string?)null, (DateTimeOffset?)null, false, true)));
    }

    [Test]
    public async Task OutsideTheScopeAnAgreementIsNotThereAndForWhoReadsNoConversationsNeither()
    {
        Assert.That(await Get<AgreementReader>().FindAsync(Agreement, ServiceUnderTest.Colleague, default), Is.Null);
        using var colleague = await service.SignedInAsync("colleague@proef");
        using var absent = await colleague.GetAsync(new Uri($"/agreements/{Agreement}", UriKind.Relative));
        Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var officer = await service.SignedInAsync("officer@proef");
        foreach (var address in (string[])["/agreements", $"/agreements/{Agreement}"])
        {
            using var refused = await officer.GetAsync(new Uri(address, UriKind.Relative));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That(await officer.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}", UriKind.Relative)), Does.Contain("Anna Achternaam").And.Not.Contain("deken"), "the officer sees who it is, and nothing of what was said");
        using var worker = await service.SignedInAsync("worker@proef");
        Assert.That(await worker.GetStringAsync(new Uri($"/clients/{ServiceUnderTest.Anna}", UriKind.Relative)), Does.Contain("deken").And.Contain("2 november 2026"));
    }

    [Test]
    public async Task AListIsFoundByTheClientsNameSortedByTheDatabaseAndTakenAlongAsAFile()
    {
        var agreements = Get<AgreementList>();
        foreach (var (name, found) in new[] { ("achternaam anna", 1), ("Bram", 0) })
        {
            var (lines, total) = await agreements.ListAsync(
                ServiceUnderTest.Worker, new AgreementFilter(AgreementFilter.All, AgreementFilter.AnyState, Search: name), "due", false, 0, 50, default);
            Assert.That((lines.Count, total), Is.EqualTo((found, found)), name);
        }

        foreach (var sort in AgreementList.Sorts)
        {
            Assert.That((await agreements.ListAsync(ServiceUnderTest.Worker, new AgreementFilter(AgreementFilter.Mine, AgreementFilter.Open), sort, true, 0, 50, default)).Lines.Select(a => a.Id), Is.EqualTo((Guid[])[Agreement]), sort);
        }

        using var worker = await service.SignedInAsync("worker@proef");
        using var file = new System.IO.Compression.ZipArchive(await worker.GetStreamAsync(new Uri("/agreements/export", UriKind.Relative)));
        using var sheet = new StreamReader(await file.Entries.Single(e => e.FullName.Contains("sheet1", StringComparison.Ordinal)).OpenAsync(default));
        Assert.That(await sheet.ReadToEndAsync(), Does.Contain("We vragen om een extra deken").And.Contain("Anna Achternaam"));
        using var officer = await service.SignedInAsync("officer@proef");
        using var refused = await officer.GetAsync(new Uri("/agreements/export", UriKind.Relative));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var list in (string[])["/places/export", "/groups/export"])
        {
            using var book = new System.IO.Compression.ZipArchive(await officer.GetStreamAsync(new Uri(list, UriKind.Relative)));
            Assert.That(book.Entries, Is.Not.Empty, list);
        }
    }

    [Test]
    public async Task FromAnObservationItIsClosedToOthersUntilTheLastDayOfItsRound([Values(0, 91, 92)] int daysAgo)
    {
        var today = DateOnly.FromDateTime(Get<TimeProvider>().GetLocalNow().DateTime);
        await using (var connection = await Get<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("UPDATE Conversation SET InstrumentId = 'laccs-observatie', Perspective = 'observer', HeldOn = @day", new { day = today.AddDays(-daysAgo) });
        }

        Assert.That((await FindAsync())!.What, daysAgo < ClientVoice.Choices.ObservationRounds.Days ? Is.Null : Is.EqualTo("We vragen om een extra deken"));
        Assert.That((await Get<AgreementReader>().FindAsync(Agreement, ServiceUnderTest.Worker, default))!.What, Is.EqualTo("We vragen om een extra deken"), "whoever observed reads it");
        var line = (await Get<ConversationList>().ListAsync(ServiceUnderTest.Officer, new ConversationFilter(), "held", true, 0, 1, default)).Lines.Single();
        Assert.That((line.Waits, line.IsClosed), Is.EqualTo((daysAgo < ClientVoice.Choices.ObservationRounds.Days, daysAgo < ClientVoice.Choices.ObservationRounds.Days)));
    }

    private Task<AgreementLine?> FindAsync() => Get<AgreementReader>().FindAsync(Agreement, ServiceUnderTest.Officer, default);

    private async Task<string?> OwnerAsync() => (await FindAsync())!.Owner;

    private async Task<int> TotalAsync(Guid person, string whose, string state = AgreementFilter.Open) =>
        (await Get<AgreementList>().ListAsync(person, new AgreementFilter(whose, state), "due", false, 0, 10, default)).Total;

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
