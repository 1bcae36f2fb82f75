// Somebody whose scope is narrowed to a client group, in a whole organisation with several: nothing of the others is anywhere, and no
// total from which it could be taken.
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Register;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using ClientVoice.QualityReports;
using Dapper;

namespace ClientVoice.Tests.Access;

public sealed class GroupScopeTests
{
    private readonly Dictionary<string, HttpClient> narrowed = [];
    private readonly Dictionary<string, Guid> people = [];
    private ServiceUnderTest service = null!;
    private Guid organisation;
    private Guid group;
    private Guid otherGroup;
    private IReadOnlyList<(Guid Id, string Name)> own = [];
    private IReadOnlyList<(Guid Id, string Name)> others = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(demo: true);
        await service.UntilTheSchedulerHasRunAsync();
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        organisation = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Place WHERE ParentId IS NULL");
        var groups = (await connection.QueryAsync<Guid>("SELECT GroupId FROM Client GROUP BY GroupId ORDER BY COUNT(*) DESC")).ToList();
        (group, otherGroup) = (groups[0], groups[1]);
        var everyone = (await connection.QueryAsync<(Guid Id, Guid GroupId, byte[] NameSecret)>("SELECT Id, GroupId, NameSecret FROM Client")).Select(c => (c.Id, c.GroupId, Name: Get<OpenedNames>().Open(c.NameSecret))).ToList();
        own = [.. everyone.Where(c => c.GroupId == group).Select(c => (c.Id, c.Name))];
        // Two people can have one name.
        others = [.. everyone.Where(c => c.GroupId != group && own.All(o => o.Name != c.Name)).Select(c => (c.Id, c.Name))];
        foreach (var role in Roles.All)
        {
            people.Add(role, Guid.CreateVersion7());
            await Get<People>().AddAsync(new NewPerson(people[role], $"{role}@smal", $"Smal {role}", role, ServiceUnderTest.Password, false, [organisation]) { Groups = [group] }, default);
            narrowed.Add(role, await service.SignedInAsync($"{role}@smal"));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var client in narrowed.Values)
        {
            client.Dispose();
        }

        await service.DisposeAsync();
    }

    [Test]
    public async Task NoListPageOrDownloadShowsSomebodyOfAnotherGroup()
    {
        Assert.That((own.Count > 20, others.Count > 20), Is.EqualTo((true, true)));
        var (leaks, shown) = (new List<string>(), new HashSet<string>());
        foreach (var door in Doors.All.Where(d => d.Method == "GET" && d.Entrance == Entrance.Right && d.Reach == Reach.Places && !d.Pattern.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var (role, client) in narrowed.Where(n => door.Opens(n.Key)))
            {
                var text = await TextAsync(client, door.Pattern + (door.Pattern.StartsWith("/agreements", StringComparison.Ordinal) ? "?whose=all&state=any" : ""));
                leaks.AddRange(others.Where(o => text.Contains(o.Name, StringComparison.Ordinal) || text.Contains(o.Id.ToString(), StringComparison.OrdinalIgnoreCase)).Take(1).Select(o => $"{role} reads about another group at {door.Pattern}"));
                if (own.Any(o => text.Contains(o.Name, StringComparison.Ordinal)))
                {
                    shown.Add(door.Pattern);
                }
            }
        }

        Assert.That(leaks, Is.Empty);
        Assert.That(shown, Is.SupersetOf((string[])["/api/work", "/conversations", "/conversations/export", "/agreements", "/agreements/export", "/clients", "/clients/export", "/due", "/due/export"]), "the own group is there");
    }

    [Test]
    public async Task AClientFallsInAndOutWithTheGroupAtOnce()
    {
        var (id, name) = await WhoSpokeAsync(otherGroup);
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        (string Role, string Address)[] places = [(Roles.SupportWorker, "/api/work"), (Roles.TeamLeader, $"/clients/{id}"), (Roles.SupportWorker, $"/clients/{id}/views"), (Roles.PrivacyOfficer, $"/clients/{id}/rights"), (Roles.TeamLeader, "/conversations/export")];
        foreach (var (to, isThere) in ((Guid, bool)[])[(otherGroup, false), (group, true), (otherGroup, false)])
        {
            var before = await Get<ClientRegister>().FindAnywhereAsync(id, default);
            await Get<ClientWriter>().ChangeAsync(before!, before! with { GroupId = to }, await Get<ClientVoice.Clients.Changes.DeskChanges>().NewestAsync(id, default), null, people[Roles.Administrator], default);
            foreach (var (role, address) in places)
            {
                Assert.That((await TextAsync(narrowed[role], address)).Contains(name, StringComparison.Ordinal), Is.EqualTo(isThere), $"{address} with the client in {(isThere ? "" : "no ")}own group");
            }
        }
    }

    [Test]
    public async Task InAnEmergencySomebodyOfAnotherGroupCanBeReadAboutAndNotLonger()
    {
        var (id, name) = await WhoSpokeAsync(otherGroup);
        var (worker, address) = (narrowed[Roles.SupportWorker], $"/clients/{id}");
        Assert.That(await StatusAsync(worker, address), Is.EqualTo(HttpStatusCode.NotFound));
        await Get<EmergencyAccess>().BeginAsync(people[Roles.SupportWorker], id, "Vermist.", default);
        Assert.That(await TextAsync(worker, address), Does.Contain(name));
        Assert.That(await StatusAsync(narrowed[Roles.Observer], address), Is.EqualTo(HttpStatusCode.NotFound), "it is of one person");
        await Get<EmergencyAccess>().EndAsync(people[Roles.SupportWorker], id, default);
        Assert.That(await StatusAsync(worker, address), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task OutcomesAndTheirCountsAreOfTheOwnGroup()
    {
        var (reader, officer) = (Get<OutcomesReader>(), people[Roles.QualityOfficer]);
        var publication = (await Get<IPublications>().CurrentAsync(default))!;
        var wide = await WideOfficerAsync();
        Assert.That((await reader.GroupsAsync(publication.Number, officer, default)).Select(g => Guid.Parse(g.Id)), Is.EqualTo((Guid[])[group]));
        Assert.That((await reader.GroupsAsync(publication.Number, wide, default)).Count, Is.GreaterThan(2));
        foreach (var (of, isThere) in ((Guid, bool)[])[(group, true), (otherGroup, false)])
        {
            var with = (await reader.AskedWithAsync(publication.Number, of, default))[0];
            var question = new OutcomeQuestion(of, organisation, "2025", with.Id, with.Perspective);
            Assert.That((await reader.ReadAsync(publication.Number, wide, question, default)).Domains, Is.Not.Empty);
            var answer = await reader.ReadAsync(publication.Number, officer, question, default);
            Assert.That((answer.Domains.Count > 0, answer.Distributions.Count > 0, answer.Participation is not null), Is.EqualTo((isThere, isThere, isThere)));
            Assert.That((await reader.OverTimeAsync(publication.Number, officer, question, "year", default)).Count > 0, Is.EqualTo(isThere));
        }

        var history = Get<PublicationHistory>();
        var hidden = (await history.HiddenAsync(publication, officer, default)).Sum(h => h.Cells);
        Assert.That(hidden, Is.GreaterThan(0).And.LessThan((await history.HiddenAsync(publication, null, default)).Sum(h => h.Cells)));
        var page = await TextAsync(narrowed[Roles.QualityOfficer], "/outcomes/publications");
        Assert.That(page, Does.Not.Contain(publication.Cells.ToString("N0", CultureInfo.GetCultureInfo("nl-NL"))), "how many cells there are of all groups");
        Assert.That(await TextAsync(narrowed[Roles.QualityOfficer], "/outcomes"), Does.Contain("Respons").And.Not.Contain("van alle cellen"));
    }

    [Test]
    public async Task AKeyForAGroupReadsThatGroupInRowsAndTotals()
    {
        var key = (await Get<FeedKeys>().MakeAsync("smal", [organisation], [group], null, null, default)).Text;
        var wide = await Get<FeedKeys>().CreateAsync("breed", organisation, null, default);
        foreach (var set in (string[])["Outcomes", "Distributions", "Participation", "FollowUp"])
        {
            var (narrow, all, ofGroup) = (await AskAsync(key, $"{set}/$count"), await AskAsync(wide, $"{set}/$count"), await AskAsync(wide, $"{set}/$count?$filter=ClientGroupId eq {group}"));
            Assert.That((narrow == ofGroup, narrow != all), Is.EqualTo((true, true)), $"{set}: {narrow} of {all}");
        }

        Assert.That(await AskAsync(key, "ClientGroups/$count"), Is.EqualTo("1"));
        var total = "Participation?$apply=filter(Suppressed eq false and PeriodId eq '2025' and Place/Kind eq 'organisation'{0})/groupby((InstrumentId,Perspective,PlaceId,PeriodId,ClientGroupId),aggregate(Held with sum as Sum))&$orderby=InstrumentId,Perspective&$format=application/json;odata.metadata=none";
        Assert.That(await AskAsync(key, string.Format(CultureInfo.InvariantCulture, total, "")), Is.EqualTo(await AskAsync(wide, string.Format(CultureInfo.InvariantCulture, total, $" and ClientGroupId eq {group}"))).And.Contain("Sum"));
    }

    [Test]
    public async Task AReportIsAboutTheGroupsOfWhoBeganItAndSeenByWhoMaySeeThemAll()
    {
        var (store, officer, wide) = (Get<ReportStore>(), people[Roles.QualityOfficer], await WideOfficerAsync());
        var narrow = await store.BeginAsync(organisation, "year", "2025", "Smal", officer, default);
        var broad = await store.BeginAsync(organisation, "year", "2025", "Breed", wide, default);
        Assert.That((await StatusAsync(narrowed[Roles.QualityOfficer], $"/reports/{narrow}"), await StatusAsync(narrowed[Roles.QualityOfficer], $"/reports/{broad}")), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        Assert.That((await store.ListAsync(officer, true, null, null, "made", true, 0, 50, default)).Reports.Select(r => r.Id), Is.EqualTo((Guid[])[narrow]));
        var head = (await store.FindAsync(narrow, wide, true, default))!;
        foreach (var reader in (Guid[])[officer, wide])
        {
            var report = await Get<ReportMaker>().MakeAsync(head, await store.WordsAsync(narrow, default), [], reader, default);
            Assert.That(report!.Groups.Select(g => g.Id), Is.EqualTo((Guid[])[group]), "the same report, whoever looks");
        }

        // A promise in a report about everyone is not carried into one about some.
        var points = Get<PointStore>();
        var promised = await points.AddAsync((await store.FindAsync(broad, wide, true, default))!, new PointWords("Meer keuze", "Team", null, null, null), null, null, new DateOnly(2027, 1, 1), default);
        var made = await Get<ReportMaker>().MakeAsync((await store.FindAsync(broad, wide, true, default))!, await store.WordsAsync(broad, default), [], wide, default);
        Assert.That(await store.FreezeAsync(broad, made!, wide, default));
        var (after, wider) = (await store.BeginAsync(organisation, "year", "2026", "Later", officer, default), await store.BeginAsync(organisation, "year", "2026", "Later", wide, default));
        Assert.That((await points.OfReportAsync((await store.FindAsync(after, officer, true, default))!, default)).Select(p => p.Id), Does.Not.Contain(promised));
        Assert.That((await points.OfReportAsync((await store.FindAsync(wider, wide, true, default))!, default)).Select(p => p.Id), Does.Contain(promised));
        Assert.That(await store.DiscardAsync(narrow, default));
    }

    [Test]
    public async Task WhoIsNarrowedManagesWhoIsNarrowedTheSameWayAndIsNotTheLastAdministrator()
    {
        var (staff, manager) = (Get<StaffStore>(), people[Roles.Administrator]);
        Guid wide = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        await Get<People>().AddAsync(new NewPerson(wide, "breed@proef", "Bree Dt", Roles.SupportWorker, ServiceUnderTest.Password, false, [organisation]), default);
        await Get<People>().AddAsync(new NewPerson(other, "anders@proef", "An Ders", Roles.SupportWorker, ServiceUnderTest.Password, false, [organisation]) { Groups = [group, otherGroup] }, default);
        var managed = (await staff.OfManagerAsync(manager, default)).Select(p => p.Id).ToList();
        Assert.That(managed, Is.EquivalentTo(people.Values), "not who sees every group, nor who sees another one too");
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var demo = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Person WHERE Role = 'administrator' AND Id <> @manager", new { manager });
        Assert.That(await staff.AnotherAdministratorAsync(demo, default), Is.False, "an administrator of one group is not one of the whole organisation");
        var workers = await staff.WorkersAtAsync(organisation, otherGroup, default);
        Assert.That(workers.Select(w => w.Id), Does.Contain(other).And.Contain(wide).And.Not.Contain(people[Roles.SupportWorker]));
    }

    [Test]
    public async Task ClientsAtAPlaceAreCountedAsFarAsTheyAreInScope()
    {
        var places = Get<ClientVoice.Clients.Places.PlaceStore>();
        var today = DateOnly.FromDateTime(Get<TimeProvider>().GetLocalNow().DateTime);
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var here = await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Client WHERE GroupId = @group AND FromOn <= @today AND (UntilOn IS NULL OR UntilOn >= @today)", new { group, today });
        Assert.That((await places.InScopeAsync(people[Roles.Administrator], today, default)).Sum(p => p.Clients), Is.EqualTo(here));
        Assert.That((await places.AllAsync(today, default)).Sum(p => p.Clients), Is.GreaterThan(here));
    }

    [Test]
    public async Task WhatTheTrailSaysOfOthersIsNotForWhoIsNarrowed()
    {
        var search = Get<AuditSearch>();
        await Get<IAuditTrail>().NowAsync(new AuditEvent("system", null, "client.change", $"client/{own[0].Id}", null, "done") { About = own[0].Id }, default);
        await Get<IAuditTrail>().NowAsync(new AuditEvent("system", null, "client.change", $"client/{others[0].Id}", null, "done") { About = others[0].Id }, default);
        var (rows, _) = await search.FindAsync(new AuditQuery(null, null, null, null, null, null), people[Roles.PrivacyOfficer], 0, 500, default);
        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows.Select(r => r.Row.SubjectId).Distinct(), Is.SubsetOf(own.Select(o => (Guid?)o.Id)), "about nobody, or about others");
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();

    private async Task<Guid> WideOfficerAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<Guid>("SELECT p.Id FROM Person p WHERE p.Role = 'quality-officer' AND NOT EXISTS (SELECT 1 FROM PersonGroup g WHERE g.PersonId = p.Id)");
    }

    // Somebody with a conversation, whose name nobody else has.
    private async Task<(Guid Id, string Name)> WhoSpokeAsync(Guid of)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var spoke = (await connection.QueryAsync<Guid>("SELECT c.Id FROM Client c WHERE c.GroupId = @of AND c.UntilOn IS NULL AND EXISTS (SELECT 1 FROM Conversation v WHERE v.ClientId = c.Id)", new { of })).ToHashSet();
        return others.First(o => spoke.Contains(o.Id) && others.Count(x => x.Name == o.Name) == 1);
    }

    private async Task<string> AskAsync(string key, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice-Key", key);
        using var answer = await client.GetAsync(new Uri("/odata/" + path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return text;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }

    // What can be read of an answer: of a workbook every part in it, of JSON its plain letters.
    private static async Task<string> TextAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (bytes is [0x50, 0x4B, ..])
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            return WebUtility.HtmlDecode(string.Concat(zip.Entries.Select(e => new StreamReader(e.Open()).ReadToEnd())));
        }

        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) : WebUtility.HtmlDecode(text);
    }
}
