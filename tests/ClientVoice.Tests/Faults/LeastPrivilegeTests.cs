// The service as it runs in production on SQL Server: by a user who may no more than it needs, made by deploy/sqlserver.sql.
using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using ClientVoice.Commands;
using Dapper;
using Microsoft.Data.SqlClient;

namespace ClientVoice.Tests.Faults;

[TestFixtureSource(typeof(Databases), nameof(Databases.Servers))]
public sealed partial class LeastPrivilegeTests(string kind)
{
    private const string Password = "Een-lange-zin-4-app";

    private readonly string app = $"app_{Guid.NewGuid():N}";
    private readonly string owner = $"owner_{Guid.NewGuid():N}";
    private ServiceUnderTest house = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        house = await ServiceUnderTest.StartAsync(database: kind);
        await house.StopAsync();
        await using var connection = new SqlConnection(house.Data.Options.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in house.Data.IsBabelfish ? Rights(await TablesAsync(connection)) : Script(connection.Database))
        {
            await connection.ExecuteAsync(statement);
        }
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        SqlConnection.ClearAllPools();
        await house.DisposeAsync();
        await using var server = new SqlConnection(Databases.Server);
        foreach (var login in (string[])[app, owner])
        {
            await server.ExecuteAsync($"IF SUSER_ID('{login}') IS NOT NULL DROP LOGIN {login}");
        }
    }

    [Test]
    public async Task TheUserWhoServesCanDoAllThatTheServiceDoes()
    {
        await using var service = await ServiceProcess.StartAsync(house.Folder, Settings);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        for (var i = 0; i < 8; i++)
        {
            Assert.That(await tablets.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.Created));
        }

        using var officer = await Tablets.SignedInAsync(service.Address, email: "officer@proef");
        foreach (var page in (string[])["/outcomes", "/outcomes/publications", "/outcomes/quotes", "/choices", "/clients", "/due", "/groups", "/jobs", "/reports"])
        {
            using var answer = await officer.Http.GetAsync(page);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        }

        await using (var count = ServiceProcess.Begin(house.Folder, Settings, verb: ["aggregate"]))
        {
            Assert.That(await count.EndedAsync(), Is.Zero, count.Output);
        }

        service.AskToStop();
        Assert.That(await service.EndedAsync(), Is.Zero);
        Assert.Multiple(async () =>
        {
            Assert.That(service.Output, Does.Not.Contain("permission").IgnoreCase.And.Not.Contain("\"LogLevel\":\"Error\""));
            Assert.That(await house.Data.ValueAsync<int>("SELECT COUNT(*) FROM Conversation"), Is.EqualTo(8));
            Assert.That(await house.Data.ValueAsync<int>("SELECT COUNT(*) FROM AuditEvent WHERE Action = 'conversation.receive'"), Is.EqualTo(8), "the trail was written when it stopped");
        });
    }

    [TestCase("UPDATE AuditEvent SET Action = 'nothing.happened'")]
    [TestCase("DELETE FROM AuditEvent")]
    [TestCase("UPDATE SchemaMigration SET Name = 'other'")]
    [TestCase("CREATE TABLE Something (Id int)")]
    [TestCase("DROP TABLE Answer")]
    [TestCase("ALTER TABLE Conversation ADD Something int NULL")]
    public async Task TheUserWhoServesMayNot(string statement)
    {
        await using var connection = new SqlConnection(App);
        await connection.OpenAsync();
        Assert.That(async () => await connection.ExecuteAsync(statement), Throws.InstanceOf<DbException>().With.Message.Contains("permission").IgnoreCase.Or.Message.Contains("owner").IgnoreCase);
    }

    private string App => new SqlConnectionStringBuilder(house.Data.Options.ConnectionString) { UserID = app, Password = Password }.ToString();

    private string[] Settings => [.. house.Data.Settings.Where(s => !s.Contains("ConnectionStrings", StringComparison.Ordinal)), $"--ConnectionStrings:ClientVoice={App}"];

    // As it stands in the file, for another database and other names: other tests run beside this one.
    private IEnumerable<string> Script(string database)
    {
        var script = File.ReadAllText(Path.Combine(HousePaths.House, "deploy", "sqlserver.sql"))
            .Replace("ClientVoice", database, StringComparison.Ordinal).Replace("$(OwnerPassword)", Password, StringComparison.Ordinal).Replace("$(AppPassword)", Password, StringComparison.Ordinal);
        script = Regex.Replace(Regex.Replace(script, @"\bowner\b", owner), @"\bapp\b", app);
        return Go().Split(script).Where(part => part.Trim().Length > 0);
    }

    // Babelfish has no roles that may read or write everything, and nothing that takes a single right away again: the same table by table.
    private IEnumerable<string> Rights(IEnumerable<(string Name, bool IsView)> tables) =>
    [
        $"CREATE LOGIN {app} WITH PASSWORD = '{Password}'", $"CREATE USER {app} FOR LOGIN {app}",
        .. tables.Select(t => $"GRANT {(t.IsView || t.Name == "SchemaMigration" ? "SELECT" : t.Name == "AuditEvent" ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE")} ON dbo.{t.Name} TO {app}"),
    ];

    private static async Task<List<(string, bool)>> TablesAsync(SqlConnection connection) =>
        [.. (await connection.QueryAsync<(string Name, string Type)>("SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo'")).Select(t => (t.Name, t.Type == "VIEW"))];

    [GeneratedRegex(@"^GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Go();
}
