// Renewing the key of look-up hashes: nobody is kept out, nothing is kept twice, and nothing is left under the old key.
using System.Data;
using System.Net;
using System.Net.Http.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Emergency;
using ClientVoice.Clients.Import;
using ClientVoice.Clients.Register;
using ClientVoice.Clients.Staff;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Tests.Clients;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class LookUpRenewalTests(string database)
{
    private const string Number = "N0", Heading = "Kolom Zeven";

    // Columns that sound like a hash and are none of a look-up key.
    private static readonly string[] OfNoKey =
    [
        "Person.PasswordHash", "FeedKey.KeyHash", "Device.KeyHash", "QualityReportLink.KeyHash", "Invitation.CodeHash", "RecoveryCode.CodeHash", "AnonymousPermission.BlindedHash", "AnonymousSpent.TokenHash",
        "Conversation.ContentHash", "FormerConversation.ContentHash", "Reflection.ContentHash", "SideBySide.ContentHash", "AuditEvent.Hash", "AuditEvent.PreviousHash",
        // A value by chance (PersonHashesTests).
        "FormerConversation.PersonHash",
    ];

    // Rows of the trail never change: what stands there under a key that is destroyed, nobody can try addresses against any more.
    private const string Stays = "AuditEvent.AddressHash";

    private SmallProvider provider = null!;
    private ServiceUnderTest service = null!;
    private LaterTime time = null!;
    private string? waitingCode;

    [OneTimeSetUp]
    public async Task StartProviderAsync() => provider = await SmallProvider.StartAsync();

    [OneTimeTearDown]
    public async Task StopProviderAsync() => await provider.DisposeAsync();

    [SetUp]
    public async Task StartAsync()
    {
        (time, waitingCode) = (new LaterTime(), null);
        service = await ServiceUnderTest.StartAsync(
            ["--ClientVoice:Access:Provider:Authority", provider.Authority, "--ClientVoice:Access:Provider:ClientId", SmallProvider.ClientId, "--ClientVoice:Access:Provider:ClientSecret", SmallProvider.ClientSecret],
            database: database, empty: true, time: time);
        await service.RestAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task WhoIsLookedUpIsFoundBeforeDuringAndAfterARenewalAndNothingIsKeptTwice()
    {
        await ReadInAsync(1);
        await LinkAsync("colleague@proef");
        await Get<ImportColumns>().RememberAsync([Heading], [ImportField.Number], default);
        await LooksAsync();
        await Get<Devices>().AddAsync("Nooit gekoppeld", ServiceUnderTest.North, ServiceUnderTest.Officer, default);
        await Get<SignInBrake>().TryAsync(Somewhere(), "wil@huis", default);
        Assert.That(await Renewal.BeginAsync(7, ServiceUnderTest.Officer, default));
        await LooksAsync();
        Assert.That(await Renewal.BeginAsync(7, null, default), Is.False, "one at a time");
        await Get<ImportColumns>().RememberAsync([Heading], [ImportField.Number], default);
        await RunAsync();
        Assert.That((await StateAsync()).Left.Select(l => l.Table), Is.EquivalentTo((string[])["Device", "SignInCount"]), "all but what serves for an hour");
        await LooksAsync();
        time.Days = 1;
        waitingCode = null;
        await RunAsync();
        Assert.That((await StateAsync()).EndedAt, Is.Not.Null);
        await LooksAsync();
        Assert.That(await Get<AuditStore>().FirstFaultAsync(default), Is.Null);
        Assert.That(
            await RowsAsync("SELECT CASE WHEN ActorId IS NULL THEN ActorKind ELSE 'officer' END + ' ' + Action FROM AuditEvent WHERE Action LIKE 'key.%' ORDER BY Number"),
            Is.EqualTo((string[])["officer key.renewal-begin", "system key.renewal-end"]));
    }

    [Test]
    public async Task WrongPasswordsCountOnAndRightOnesAreTakenBackOverARenewal()
    {
        var brake = Get<SignInBrake>();
        await FailAsync("wil@huis", SignInBrake.Tries - 1);
        var right = await brake.TryAsync(Somewhere(), "ria@huis", default);
        await Renewal.BeginAsync(1, null, default);
        await FailAsync("wil@huis", 1);
        Assert.That((await brake.TryAsync(Somewhere(), "wil@huis", default)).Try, Is.Null, "the tries before it count");
        await brake.TryAsync(Somewhere(), "ria@huis", default);
        await brake.TakeBackAsync(right.Try!, default);
        Assert.That(await RowsAsync("SELECT CAST(Failures AS varchar(5)) FROM SignInCount ORDER BY Failures"), Is.EqualTo((string[])["1", "1", "10", "10", "11"]), "ria here and everywhere, wil here and everywhere, both from here");

        async Task FailAsync(string account, int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.That((await brake.TryAsync(Somewhere(), account, default)).Try, Is.Not.Null);
            }
        }
    }

    [Test]
    public async Task ANodeThatWritesWhileAnotherBeginsLeavesNothingBehindAndFindsWhatTheOtherWrote()
    {
        using var keys = new ServiceKeys(Get<IDatabase>(), Get<Secrets>(), time);
        var lookUps = new LookUps(Get<IDatabase>(), keys, Get<Secrets>());
        var node = new People(Get<IDatabase>(), Get<Secrets>(), lookUps, Get<IPasswordHasher<Person>>(), Get<IHostEnvironment>());
        Task<bool> begins;
        await using (var connection = await Get<IDatabase>().OpenAsync(default))
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable))
        {
            await node.AddAsync(connection, transaction, Person("under-way@proef"), default);
            begins = Task.Run(() => Renewal.BeginAsync(1, null, default));
            Assert.That(begins.IsCompleted, Is.False);
            await transaction.CommitAsync();
        }

        Assert.That(await begins);
        await Get<People>().AddAsync(Person("new@proef"), default);
        Assert.That(await node.IdOfAsync("new@proef", default), Is.Not.Null, "the other node was never told");
        await node.AddAsync(Person("newer@proef"), default);
        await RunAsync();
        Assert.That((await StateAsync()).Left.Select(l => l.Table), Does.Not.Contain("Person"), "what was being written as it began came over too");
        foreach (var email in (string[])["under-way@proef", "new@proef", "newer@proef"])
        {
            Assert.That(await node.IdOfAsync(email, default), Is.Not.Null.And.EqualTo(await Get<People>().IdOfAsync(email, default)), email);
        }
    }

    [Test]
    public async Task CutOffInTheMiddleItGoesOn()
    {
        await ReadInAsync(250);
        await Renewal.BeginAsync(1, null, default);
        using var ending = new CancellationTokenSource();
        var cutOff = new Told(told =>
        {
            if (told.Done >= 100)
            {
                ending.Cancel();
            }
        });
        await Assert.CatchAsync<OperationCanceledException>(() => Get<LookUpKeyWork>().RunAsync(cutOff, ending.Token));
        Assert.That((await StateAsync()).Left.Single(l => l.Table == "ClientNumber").Rows, Is.InRange(1, 249));
        for (var i = 0; i < 250; i += 83)
        {
            Assert.That((await SearchAsync($"n{i}")).Total, Is.EqualTo(1), "half-way everyone is found");
        }

        await service.RestartAsync();
        await RunAsync();
        Assert.That((await StateAsync()).Left.Select(l => l.Table), Does.Not.Contain("ClientNumber"));
    }

    [Test]
    public async Task AnOlderLinkWithTheProviderComesOverWhenItIsUsedAndElseGoesInTheEndAndIsMadeAgainByAddress()
    {
        foreach (var email in (string[])["worker@proef", "colleague@proef"])
        {
            await LinkAsync(email);
            // As links were kept before: by the subject alone, and nothing beside its hash.
            var (before, after) = await Get<LookUps>().LookAsync((_, _, keys) => Task.FromResult((keys.Hash($"login  sub {email}"), keys.Hash($"login {provider.Authority} sub {email}"))), default);
            await RowsAsync($"UPDATE PersonLogin SET SubjectHash = '{before}', SubjectSecret = NULL WHERE SubjectHash = '{after}'");
        }

        Assert.That(await ScalarAsync<int>("SELECT COUNT(*) FROM PersonLogin WHERE SubjectSecret IS NULL"), Is.EqualTo(2));
        await Renewal.BeginAsync(LookUpRenewal.UsualDays, null, default);
        await RunAsync();
        Assert.That((await StateAsync()).Left.Single(l => l.Table == "PersonLogin").Rows, Is.EqualTo(2));
        Assert.That(await ProviderAsync("sub worker@proef", "another@elsewhere", false), Is.EqualTo("/"));
        Assert.That((await StateAsync()).Left.Single(l => l.Table == "PersonLogin").Rows, Is.EqualTo(1), "it came over");
        time.Days = LookUpRenewal.UsualDays - 1;
        await RunAsync();
        Assert.That((await StateAsync()).Left, Is.EqualTo(((string, int)[])[("PersonLogin", 1)]), "its time is not over");
        time.Days = LookUpRenewal.UsualDays + 1;
        await RunAsync();
        Assert.That((await StateAsync()).EndedAt, Is.Not.Null);
        Assert.That(await RowsAsync("SELECT Resource FROM AuditEvent WHERE Action = 'person.unlink'"), Is.EqualTo((string[])[$"person/{ServiceUnderTest.Colleague}"]));
        Assert.That(await ProviderAsync("sub worker@proef", "another@elsewhere", false), Is.EqualTo("/"));
        Assert.That(await ProviderAsync("sub colleague@proef", "another@elsewhere", true), Is.EqualTo("/sign-in?provider=unknown"));
        Assert.That(await ProviderAsync("sub colleague@proef", "colleague@proef", true), Is.EqualTo("/"), "as at first");
    }

    [Test]
    public async Task AtTheEndNothingUnderTheOldKeyIsLeftInAnyColumnNorTheKeyItself()
    {
        await ReadInAsync(3);
        await LinkAsync("worker@proef");
        await Get<ImportColumns>().RememberAsync([Heading], [ImportField.Number], default);
        var (_, code) = await Get<Devices>().AddAsync("Tablet", ServiceUnderTest.North, ServiceUnderTest.Officer, default);
        await Get<SignInBrake>().TryAsync(Somewhere(), "WIL@HUIS", default);
        await Get<IAuditTrail>().NowAsync(new AuditEvent("system", null, "feed.read", "x", "192.0.2.1", "done"), default);
        string[] texts =
        [
            "worker@proef", "colleague@proef", "officer@proef", "N0", "N1", "N2", ImportField.Plain(Heading), $"login {provider.Authority} sub worker@proef", "tablet " + code.Replace("-", "", StringComparison.Ordinal),
            "sign-in here|192.0.2.1|WIL@HUIS", "sign-in account|WIL@HUIS", "sign-in address|192.0.2.1", "192.0.2.1",
        ];
        var old = await Get<LookUps>().LookAsync((_, _, keys) => Task.FromResult(texts.ToDictionary(keys.Hash)), default);
        var wrapped = await ScalarAsync<byte[]>("SELECT KeySecret FROM ServiceKey WHERE Purpose = 'look-up'");
        Assert.That((await FoundAsync(old)).Select(f => f.Text).Distinct(), Is.EquivalentTo(texts), "each of them is kept somewhere");
        await Renewal.BeginAsync(1, null, default);
        await Get<IAuditTrail>().NowAsync(new AuditEvent("system", null, "feed.read", "y", "192.0.2.1", "done"), default);
        time.Days = 2;
        await RunAsync();
        Assert.That((await StateAsync()).EndedAt, Is.Not.Null);
        Assert.That((await FoundAsync(old)).Select(f => f.Column).Distinct(), Is.EqualTo((string[])[Stays]));
        Assert.That(await ScalarAsync<string>("SELECT AddressHash FROM AuditEvent WHERE Resource = 'y'"), Is.Not.AnyOf([.. old.Keys]), "new rows of the trail are under the new key");
        Assert.That(await ScalarAsync<int>("SELECT COUNT(*) FROM ServiceKey WHERE Purpose = 'look-up' AND GoneAt IS NOT NULL"), Is.EqualTo(1));
        if (database == Databases.Sqlite)
        {
            foreach (var file in Directory.GetFiles(service.Folder, "clientvoice.db*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes);
                Assert.That(bytes.ToArray().AsSpan().IndexOf(wrapped), Is.EqualTo(-1), $"the key, in {Path.GetFileName(file)}");
            }
        }
    }

    [Test]
    public async Task EveryColumnOfHashesIsKnownToBeUnderALookUpKeyOrNot()
    {
        var hashes = (await ColumnsAsync()).Where(c => c.EndsWith("Hash", StringComparison.Ordinal) || c == "ImportColumn.Heading");
        Assert.That(hashes, Is.EquivalentTo(service.Services.GetServices<LookUpColumn>().Select(c => $"{c.Table}.{c.Column}").Concat(OfNoKey).Append(Stays)),
            "a new column of hashes: under a look-up key it is registered as LookUpColumn, so that it comes over at a renewal");
    }

    private LookUpRenewal Renewal => Get<LookUpRenewal>();

    // Everything that is looked up by a hash, and everything that may be there once.
    private async Task LooksAsync()
    {
        using var signedIn = await service.SignedInAsync("worker@proef");
        Assert.That(await ProviderAsync("sub colleague@proef", "another@elsewhere", false), Is.EqualTo("/"), "known by the provider's number");
        Assert.That((await SearchAsync(Number.ToLowerInvariant())).Total, Is.EqualTo(1));
        Assert.That((await Get<EmergencyDesk>().FindAsync(ServiceUnderTest.Worker, ServiceUnderTest.North, Number, default)).Came, Is.EqualTo(EmergencyCame.Found));
        Assert.That(await Get<ImportColumns>().SuggestAsync([Heading], default), Is.EqualTo((ImportField[])[ImportField.Number]));
        Assert.That(await PlanAsync(1, ServiceUnderTest.Officer), Has.Property(nameof(ImportPlan.Unchanged)).EqualTo(1).And.Property(nameof(ImportPlan.IsEmpty)).True);
        Assert.That((await PlanAsync(1, ServiceUnderTest.Colleague)).Faults.Select(f => f.Kind), Does.Contain(ImportFaultKind.NumberElsewhere));

        Assert.That(async () => await Get<People>().AddAsync(Person("Worker@Proef"), default), Throws.InvalidOperationException);
        Assert.That(await Get<StaffDesk>().KeepAsync(null, new StaffMember(Guid.NewGuid(), "Nog Een", "WORKER@proef", Roles.SupportWorker, [ServiceUnderTest.North], null, false), ServiceUnderTest.Officer, default), Is.Null);
        var client = (await Get<ClientRegister>().FindAsync(ServiceUnderTest.Anna, ServiceUnderTest.Officer, default))!;
        Assert.That((await Get<ClientWriter>().ChangeAsync(client, client with { Number = "n0" }, null, null, ServiceUnderTest.Officer, default)).Kept, Is.EqualTo(Kept.NumberTaken));
        // A plan that was made before somebody else read the same list in.
        var late = await PlanAsync(1, ServiceUnderTest.Officer, from: 500);
        Assert.That(await Get<ImportWriter>().WriteAsync(late with { New = [late.New[0] with { Number = Number }] }, Guid.CreateVersion7(), null, null, default).ContinueWith(t => t.IsCompletedSuccessfully && t.Result), Is.False);
        Assert.That(await ScalarAsync<int>("SELECT COUNT(*) FROM ClientNumber"), Is.EqualTo(1));
        await PairsAsync();
    }

    // With the code that was made at the time before, and makes one for the next time.
    private async Task PairsAsync()
    {
        using var tablet = new HttpClient { BaseAddress = new Uri(service.Address) };
        tablet.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        using var answer = await tablet.PostAsJsonAsync("/api/device", new { code = waitingCode ?? await CodeAsync() });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        waitingCode = await CodeAsync();

        async Task<string> CodeAsync() => (await Get<Devices>().AddAsync("Tablet", ServiceUnderTest.North, ServiceUnderTest.Officer, default)).Code;
    }

    private async Task LinkAsync(string email) => Assert.That(await ProviderAsync($"sub {email}", email, true), Is.EqualTo("/"));

    private async Task<string?> ProviderAsync(string subject, string email, bool verified)
    {
        await provider.UseAsync(new ProviderUser(subject, email, verified));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(service.Address) };
        return await ProviderTests.SignInAsync(browser);
    }

    private async Task ReadInAsync(int clients) =>
        Assert.That(await Get<ImportWriter>().WriteAsync(await PlanAsync(clients, ServiceUnderTest.Officer), Guid.CreateVersion7(), null, null, default));

    private async Task<ImportPlan> PlanAsync(int clients, Guid person, int from = 0)
    {
        await using var file = await ClientLists.FileAsync(
            ["Cliëntnummer", "Naam", "Plek", "Cliëntgroep", "Communicatie", "In zorg sinds"], Enumerable.Range(from, clients).Select(i => (string?[])[$"N{i}", $"Cliënt {i}", "Noord", "Licht", "praat", "1-1-2024"]));
        var table = SheetReader.Read(file);
        return await Get<ImportPlanner>().PlanAsync(table, new ImportWishes(await Get<ImportColumns>().SuggestAsync(table.Headings, default), null, null, false), person, default);
    }

    private Task<ClientListPart> SearchAsync(string number) =>
        Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Everyone, number), ClientRegister.ByName, false, 0, 10, default);

    private async Task RunAsync() => await Get<LookUpKeyWork>().RunAsync(new Told(_ => { }), default);

    private async Task<LookUpRenewalState> StateAsync() => (await Renewal.StateAsync(default))!;

    private async Task<List<(string Column, string Text)>> FoundAsync(Dictionary<string, string> hashes)
    {
        var found = new List<(string, string)>();
        foreach (var column in await ColumnsAsync())
        {
            var parts = column.Split('.');
            found.AddRange((await RowsAsync($"SELECT DISTINCT \"{parts[1]}\" FROM \"{parts[0]}\" WHERE \"{parts[1]}\" IS NOT NULL")).Where(hashes.ContainsKey).Select(hash => (column, hashes[hash])));
        }

        return found;
    }

    // Every column of texts.
    private Task<List<string>> ColumnsAsync() => RowsAsync(database == Databases.Sqlite
        ? "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
        : "SELECT c.TABLE_NAME + '.' + c.COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS c JOIN INFORMATION_SCHEMA.TABLES t ON t.TABLE_NAME = c.TABLE_NAME WHERE c.DATA_TYPE IN ('varchar', 'nvarchar') AND t.TABLE_TYPE = 'BASE TABLE' AND c.TABLE_NAME NOT LIKE 'QRTZ%'");

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return [.. await connection.QueryAsync<string>(database == Databases.Sqlite ? sql.Replace(" + ", " || ", StringComparison.Ordinal) : sql)];
    }

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private static NewPerson Person(string email) => new(Guid.CreateVersion7(), email, "Iem And", Roles.SupportWorker, ServiceUnderTest.Password, false, [ServiceUnderTest.North]);

    private static DefaultHttpContext Somewhere() => new() { Connection = { RemoteIpAddress = new IPAddress([192, 0, 2, 1]) } };

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();

    private sealed class Told(Action<WorkProgress> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value);
    }
}
