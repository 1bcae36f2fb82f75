// What the desk keeps, and that the last change of it can be undone: with one body on every database.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Groups;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Clients.Staff;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Clients;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class RegisterDataTests(string database)
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(database: database, empty: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AClientIsKeptWithEverythingAndNoNameOrNumberCanBeReadInTheDatabase()
    {
        var client = NewClient("Zoë Zichtbaar", "K-1001") with { Representatives = [new("Moeder Zichtbaar", "parent"), new("Mentor Zichtbaar", "mentor")] };
        await KeepAsync(client);
        var read = await Get<ClientRegister>().FindAsync(client.Id, ServiceUnderTest.Officer, default);
        Assert.That(read! with { Representatives = client.Representatives }, Is.EqualTo(client));
        Assert.That(read.Representatives, Is.EqualTo(client.Representatives));
        Assert.That(await Get<ClientRegister>().FindAsync(client.Id, ServiceUnderTest.Colleague, default), Is.Null, "the colleague works at another place");
        if (database == Databases.Sqlite)
        {
            var bytes = string.Concat(Directory.GetFiles(service.Folder, "clientvoice.db*").Select(ReadShared));
            Assert.That(bytes, Does.Not.Contain("Zichtbaar").And.Not.Contain("K-1001"));
        }
    }

    [TestCase("zichtb ZOE", "Zoé Zichtbare")]
    [TestCase("K-2002", "Nora Nummer")]
    [TestCase("k-2002 ", "Nora Nummer")]
    public async Task ASearchFindsPartsOfNamesInAnyOrderCaseAndAccentAndWholeNumbers(string search, string found)
    {
        await KeepOnceAsync(NewClient("Zoé Zichtbare", "K-2001"));
        await KeepOnceAsync(NewClient("Nora Nummer", "K-2002"));
        var page = await Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Everyone, search), ClientRegister.ByName, false, 0, 50, default);
        Assert.That(page.Lines.Select(l => l.Name), Does.Contain(found));
        Assert.That((await Get<ClientRegister>().ListAsync(ServiceUnderTest.Colleague, new ClientFilter(null, null, ClientFilter.Everyone, search), ClientRegister.ByName, false, 0, 50, default)).Lines.Select(l => l.Name), Does.Not.Contain(found), "not in scope");
    }

    [Test]
    public async Task EveryPageOfEveryOrderTogetherIsTheWholeListOnce([Values("name", "place", "group", "since")] string sort, [Values] bool descending)
    {
        for (var i = 0; i < 5; i++)
        {
            await KeepOnceAsync(NewClient($"Blader {i}", $"B-{i}") with { FromOn = Today.AddDays(-i / 2) });
        }

        var all = await ListAsync(0, 1_000);
        var paged = new List<Guid>();
        for (var skip = 0; skip < all.Total; skip += 2)
        {
            paged.AddRange((await ListAsync(skip, 2)).Lines.Select(l => l.Id));
        }

        Assert.That(paged, Is.EqualTo(all.Lines.Select(l => l.Id)).And.Unique);

        Task<ClientListPart> ListAsync(int skip, int take) =>
            Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Everyone), sort, descending, skip, take, default);
    }

    [Test]
    public async Task AMoveIsUndoneWithItsTraceAndANewClientDisappears()
    {
        var client = NewClient("Mo Verhuist", null);
        var added = await KeepAsync(client);
        var (kept, moved) = await Get<ClientWriter>().ChangeAsync(client, client with { PlaceId = ServiceUnderTest.South }, added, Today, ServiceUnderTest.Officer, default);
        Assert.That(kept, Is.EqualTo(Kept.Done));
        Assert.That((await Get<ClientRegister>().MovesAsync(client.Id, default)).Single(), Is.EqualTo(new ClientMoveLine { FromPlace = "Noord", ToPlace = "Zuid", MovedOn = Today }));

        Assert.That(await UndoAsync(added), Is.EqualTo(Undone.TooLate), "it was changed since");
        Assert.That(await Get<DeskChanges>().UndoAsync(moved, ServiceUnderTest.Worker, default), Is.EqualTo(Undone.TooLate), "only who made a change undoes it");
        Assert.That(await UndoAsync(moved), Is.EqualTo(Undone.Done));
        Assert.That(await Get<ClientRegister>().MovesAsync(client.Id, default), Is.Empty);
        Assert.That((await FindAsync(client.Id))!.PlaceId, Is.EqualTo(ServiceUnderTest.North));
        Assert.That(await UndoAsync(moved), Is.EqualTo(Undone.TooLate), "it was undone already");
        Assert.That(await UndoAsync(added), Is.EqualTo(Undone.Done));
        Assert.That(await FindAsync(client.Id), Is.Null);
    }

    [Test]
    public async Task AFormThatIsOutOfDateAndANumberOfSomebodyElseChangeNothing()
    {
        var client = NewClient("Twee Tegelijk", "T-1");
        var seen = await KeepAsync(client);
        var writer = Get<ClientWriter>();
        Assert.That((await writer.ChangeAsync(client, client with { Name = "Eerste" }, seen, null, ServiceUnderTest.Officer, default)).Kept, Is.EqualTo(Kept.Done));
        Assert.That((await writer.ChangeAsync(client, client with { Name = "Tweede" }, seen, null, ServiceUnderTest.Worker, default)).Kept, Is.EqualTo(Kept.ChangedMeanwhile));
        Assert.That((await writer.AddAsync(NewClient("Zelfde Nummer", "t-1"), ServiceUnderTest.Officer, default)).Kept, Is.EqualTo(Kept.NumberTaken));
        Assert.That((await FindAsync(client.Id))!.Name, Is.EqualTo("Eerste"));
    }

    [Test]
    public async Task APlaceIsAddedInTheTreeRenamedClosedAndPutBackUnlessSomebodyIsThere()
    {
        var places = Get<PlaceStore>();
        var (place, added) = await places.AddAsync(ServiceUnderTest.North, "team", "Team Oost", ServiceUnderTest.Officer, default);
        var line = (await places.InScopeAsync(ServiceUnderTest.Worker, Today, default)).Single(p => p.Id == place);
        Assert.That((line.Depth, line.Kind, line.Clients), Is.EqualTo((1, "team", 0)), "right below the worker's own place");
        Assert.That(await places.WhyNotCloseAsync(ServiceUnderTest.Organisation, Today, default), Is.EqualTo(ClosingFault.Organisation));
        Assert.That(await places.WhyNotCloseAsync(ServiceUnderTest.North, Today, default), Is.EqualTo(ClosingFault.Clients));
        Assert.That(await places.WhyNotCloseAsync(place, Today, default), Is.EqualTo(ClosingFault.None));

        var closed = await places.CloseAsync(place, Today, ServiceUnderTest.Officer, default);
        var renamed = await places.RenameAsync(place, "Team West", ServiceUnderTest.Officer, default);
        Assert.That(await UndoAsync(renamed), Is.EqualTo(Undone.Done));
        line = (await places.InScopeAsync(ServiceUnderTest.Officer, Today, default)).Single(p => p.Id == place);
        Assert.That((line.Name, line.ClosedOn, line.Depth), Is.EqualTo(("Team Oost", (DateOnly?)Today, 2)));
        Assert.That(await UndoAsync(closed), Is.EqualTo(Undone.Done));

        var client = NewClient("Hangt Eraan", null) with { PlaceId = place };
        var there = await KeepAsync(client);
        Assert.That(await UndoAsync(added), Is.EqualTo(Undone.InUse), "a client is there");
        Assert.That(await FindAsync(client.Id), Is.Not.Null, "nothing was half undone");
        await UndoAsync(there);
        Assert.That(await UndoAsync(added), Is.EqualTo(Undone.Done));
        Assert.That((await places.InScopeAsync(ServiceUnderTest.Officer, Today, default)).Select(p => p.Id), Does.Not.Contain(place));
    }

    [Test]
    public async Task AGroupIsAddedWithACodeOfItsNameAndChangedAndPutBack()
    {
        var profile = new GroupProfile("Één naam, “anders”", "One name", "wmo", ["speaks", "pictures"], [], ["day"]);
        var (first, added) = await Get<GroupStore>().AddAsync(profile, ServiceUnderTest.Officer, default);
        var (second, addedToo) = await Get<GroupStore>().AddAsync(profile, ServiceUnderTest.Officer, default);
        var groups = (await Get<ClientStore>().GroupsAsync(default)).ToDictionary(g => g.Id);
        Assert.That((groups[first].Code, groups[second].Code), Is.EqualTo(("een-naam-anders", "een-naam-anders-2")));
        var changed = await Get<GroupStore>().ChangeAsync(groups[first], profile with { Law = "wlz", Communication = ["non-verbal"] }, ServiceUnderTest.Officer, default);
        Assert.That((await Get<ClientStore>().GroupsAsync(default)).Single(g => g.Id == first).Law, Is.EqualTo("wlz"));
        Assert.That(await UndoAsync(changed), Is.EqualTo(Undone.Done));
        var back = (await Get<ClientStore>().GroupsAsync(default)).Single(g => g.Id == first);
        Assert.That((back.Law, string.Join(' ', back.Communication), back.Disability.Count), Is.EqualTo(("wmo", "speaks pictures", 0)));
        Assert.That(await UndoAsync(added), Is.EqualTo(Undone.Done));
        Assert.That(await UndoAsync(addedToo), Is.EqualTo(Undone.Done));
    }

    [Test]
    public async Task APersonSetsAPasswordOnceByTheLinkAndIsShutOutAtOnce()
    {
        var person = new StaffMember(Guid.NewGuid(), "Nieuw Gezicht", "nieuw@gezicht", Roles.SupportWorker, [ServiceUnderTest.North], null, false);
        var desk = Get<StaffDesk>();
        await desk.KeepAsync(null, person, ServiceUnderTest.Officer, default);
        var people = Get<People>();
        Assert.That(await people.SignInAsync(person.Email, "", default), Is.Null, "no password is not an empty one");

        var invitations = Get<Invitations>();
        var first = await invitations.MakeAsync(person.Id, default);
        var code = await invitations.MakeAsync(person.Id, default);
        Assert.That(await invitations.NameAsync(first, default), Is.Null, "a new link ends the one before it");
        Assert.That(await invitations.NameAsync(code, default), Is.EqualTo("Nieuw Gezicht"));
        var used = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => invitations.UseAsync(code, ServiceUnderTest.Password + i, default))));
        Assert.That(used.OfType<Guid>(), Is.EqualTo((Guid[])[person.Id]), "of a link that is used four times at once, one use counts");

        var signedIn = await people.SignInAsync(person.Email, ServiceUnderTest.Password + Array.FindIndex(used, u => u is not null), default);
        Assert.That(signedIn!.Id, Is.EqualTo(person.Id));
        var change = await desk.KeepAsync(person, person with { Disabled = DateTimeOffset.UnixEpoch }, ServiceUnderTest.Officer, default);
        Assert.That(await people.FindAsync(person.Id, signedIn.SecurityStamp, default), Is.Null);
        Assert.That(await invitations.NameAsync(await invitations.MakeAsync(person.Id, default), default), Is.Null, "nor does a new link let anybody in who was shut out");
        Assert.That(await UndoAsync(change!.Value), Is.EqualTo(Undone.Done));
        Assert.That(await people.SignInAsync(person.Email, ServiceUnderTest.Password + Array.FindIndex(used, u => u is not null), default), Is.Not.Null);
    }

    [Test]
    public async Task AnAgedLinkSetsNoPassword()
    {
        var person = new StaffMember(Guid.NewGuid(), "Te Laat", "te@laat", Roles.Observer, [ServiceUnderTest.South], null, false);
        await Get<StaffDesk>().KeepAsync(null, person, ServiceUnderTest.Officer, default);
        var code = await Get<Invitations>().MakeAsync(person.Id, default);
        await using (var connection = await Get<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("UPDATE Invitation SET ExpiresAt = @past WHERE PersonId = @Id", new { past = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), person.Id });
        }

        Assert.That(await Get<Invitations>().UseAsync(code, ServiceUnderTest.Password, default), Is.Null);
        Assert.That(await Get<People>().SignInAsync(person.Email, ServiceUnderTest.Password, default), Is.Null);
    }

    [Test]
    public async Task AManagerSeesOnlyStaffWhosePlacesAllLieInTheOwnScope()
    {
        var staff = Get<StaffStore>();
        Assert.That((await staff.OfManagerAsync(ServiceUnderTest.Worker, default)).Select(p => p.Id), Does.Contain(ServiceUnderTest.Worker).And.Not.Contain(ServiceUnderTest.Colleague).And.Not.Contain(ServiceUnderTest.Officer));
        Assert.That(await staff.FindAsync(ServiceUnderTest.Officer, ServiceUnderTest.Worker, default), Is.Null);
        Assert.That((await staff.OfManagerAsync(ServiceUnderTest.Officer, default)).Select(p => p.Id), Is.SupersetOf((Guid[])[ServiceUnderTest.Worker, ServiceUnderTest.Colleague, ServiceUnderTest.Officer]));
        Assert.That((await staff.WorkersAtAsync(ServiceUnderTest.South, null, default)).Select(p => p.Name), Does.Contain("Col Lega").And.Not.Contain("Wil Werker").And.Not.Contain("Of Ficier"));
    }

    private static ClientRecord NewClient(string name, string? number) => new(
        Guid.CreateVersion7(), name, name.Split(' ')[0], 1980, "speaks", ServiceUnderTest.North, ServiceUnderTest.Group, ServiceUnderTest.Worker, number, new DateOnly(2025, 1, 1), null, []);

    private async Task<Guid> KeepAsync(ClientRecord client)
    {
        var (kept, change) = await Get<ClientWriter>().AddAsync(client, ServiceUnderTest.Officer, default);
        Assert.That(kept, Is.EqualTo(Kept.Done));
        return change;
    }

    // Tests of this fixture share a database; a number says who is there already.
    private async Task KeepOnceAsync(ClientRecord client) => await Get<ClientWriter>().AddAsync(client, ServiceUnderTest.Officer, default);

    private Task<ClientRecord?> FindAsync(Guid id) => Get<ClientRegister>().FindAsync(id, ServiceUnderTest.Officer, default);

    private Task<Undone> UndoAsync(Guid change) => Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default);

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
