// Who comes to which page of the register: every role at every address, against one table.
using System.Net;
using ClientVoice.Access;

namespace ClientVoice.Tests.Clients;

public sealed class RegisterPagesTests
{
    private static readonly string[] SeeClients = [Roles.SupportWorker, Roles.Observer, Roles.TeamLeader, Roles.QualityOfficer, Roles.Administrator];
    private static readonly string[] ManageClients = [Roles.TeamLeader, Roles.QualityOfficer, Roles.Administrator];
    private static readonly string[] Plan = [Roles.TeamLeader, Roles.QualityOfficer];
    private static readonly string[] ManagePlaces = [Roles.QualityOfficer, Roles.Administrator];
    private static readonly string[] ManagePeople = [Roles.Administrator];

    private ServiceUnderTest service = null!;
    private readonly Dictionary<string, HttpClient> signedIn = [];

    public static IEnumerable<TestCaseData> Pages()
    {
        foreach (var (address, roles) in ((string, string[])[])[
            ("/clients", SeeClients), ($"/clients/{ServiceUnderTest.Anna}", SeeClients),
            ("/clients/new", ManageClients), ($"/clients/{ServiceUnderTest.Anna}/edit", ManageClients), ($"/clients/{ServiceUnderTest.Anna}/move", ManageClients),
            ($"/clients/{ServiceUnderTest.Anna}/leave", ManageClients), ("/clients/export", ManageClients),
            ("/places", ManagePlaces), ($"/places/{ServiceUnderTest.North}", ManagePlaces), ("/groups", ManagePlaces), ("/groups/new", ManagePlaces), ($"/groups/{ServiceUnderTest.Group}", ManagePlaces),
            ("/clients/import", ManageClients), ("/clients/import/template", ManageClients), ("/due", Plan), ("/due/export", Plan),
            ("/staff", ManagePeople), ("/staff/new", ManagePeople), ($"/staff/{ServiceUnderTest.Worker}", ManagePeople), ("/staff/export", ManagePeople)])
        {
            yield return new TestCaseData(address, roles).SetArgDisplayNames(address);
        }
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(empty: true);
        foreach (var role in Roles.All)
        {
            await service.Services.GetRequiredService<People>().AddAsync(
                new NewPerson(Guid.NewGuid(), $"{role}@rol", role, role, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
            signedIn.Add(role, await service.SignedInAsync($"{role}@rol"));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var client in signedIn.Values)
        {
            client.Dispose();
        }

        await service.DisposeAsync();
    }

    [TestCaseSource(nameof(Pages))]
    public async Task OnlyTheRolesOfTheTableComeIn(string address, string[] roles)
    {
        var came = new List<string>();
        foreach (var (role, client) in signedIn)
        {
            using var answer = await client.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Forbidden), role);
            came.AddRange(answer.StatusCode == HttpStatusCode.OK ? [role] : []);
        }

        Assert.That(came, Is.EquivalentTo(roles));
    }

    [TestCase("/clients/01900000-0000-7000-8000-000000000009")]
    [TestCase("/clients/01900000-0000-7000-8000-000000000009/edit")]
    [TestCase("/clients/01900000-0000-7000-8000-000000000009/move")]
    [TestCase("/clients/01900000-0000-7000-8000-000000000009/leave")]
    public async Task AClientOutOfScopeIsNotThere(string address)
    {
        await service.Services.GetRequiredService<People>().AddAsync(
            new NewPerson(Guid.NewGuid(), $"{address}@noord", "Noord", Roles.TeamLeader, ServiceUnderTest.Password, false, [ServiceUnderTest.North]), default);
        using var client = await service.SignedInAsync($"{address}@noord");
        using var answer = await client.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "Bram is at another place");
    }

    [TestCase("/clients?page=0")]
    [TestCase("/clients?page=9999999")]
    [TestCase("/clients?sort=name;drop")]
    public async Task AnAddressThatNoListMakesIsRefused(string address)
    {
        using var answer = await signedIn[Roles.Administrator].GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
