// Erasing a client reaches copies of the database that were made before: with the copy and every key that is there now, nothing of that
// person opens; and whoever puts the copy back does not get the person back.
using System.Net;
using System.Text;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Register;
using ClientVoice.Commands;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Tests.Conversations;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Commands;

[NonParallelizable]
internal sealed class ErasureInCopiesTests
{
    private const string Erased = "Zilvermeeuw", Stayed = "Kokmeeuw";

    private TemporaryFolder folder = null!;
    private ServiceUnderTest service = null!;
    private Guid anna, bram;

    private string Copy => Path.Combine(folder.Path, "copy.db");

    private string Other => Path.Combine(folder.Path, "other");

    private string Keys => Path.Combine(service.Folder, "keys");

    [SetUp]
    public async Task StartAsync()
    {
        folder = new TemporaryFolder();
        service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        anna = await WholeClient.MakeAsync(service, Erased);
        bram = await WholeClient.MakeAsync(service, Stayed);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Test]
    public async Task NothingOfWhoWasErasedOpensInACopyFromBeforeWithEveryKeyThatIsThere()
    {
        await BackupAsync();
        var said = await CopiedData.OpenedAsync(Copy, Keys);
        Assert.That(Count(said, Erased), Is.EqualTo(Count(said, Stayed)).And.GreaterThan(15), "before, both are read alike");
        await EraseAsync();
        said = await CopiedData.OpenedAsync(Copy, Keys);
        Assert.Multiple(() =>
        {
            Assert.That(said.Where(s => s.Contains(Erased, StringComparison.Ordinal)), Is.Empty, "no name, no number, no word");
            Assert.That(Count(said, Stayed), Is.GreaterThan(15), "others are whole");
            Assert.That(Directory.GetFiles(Path.Combine(Keys, "clients"), $"{anna:N}.key*", SearchOption.AllDirectories), Is.Empty);
        });
        var proof = await File.ReadAllTextAsync(Path.Combine(Keys, "clients", "erased", $"{anna:N}.json"));
        Assert.That(proof, Does.Contain("time-is-over").And.Contain($"{ServiceUnderTest.Officer}").And.Not.Contain(Erased), "proof without the person");
    }

    [Test]
    public async Task ACopyThatIsPutBackComesWithoutWhoWasErasedSince()
    {
        await BackupAsync();
        await EraseAsync();
        CopiedData.CopyFolder(Keys, Path.Combine(Other, "keys"));
        var (exit, output, error) = await Terminal.RunAsync("restore", Copy, "--ClientVoice:Data=" + Other);
        Assert.That(exit, Is.Zero, error);
        Assert.That(output, Does.Contain("taken out of it again: 1"));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Other, "clientvoice.db")};Pooling=False");
        Assert.Multiple(async () =>
        {
            foreach (var table in ClientColumns.All)
            {
                Assert.That(await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table.Table} WHERE {table.OfClient}", new { client = anna.ToString("D") }), Is.Zero, table.Table);
                Assert.That(await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table.Table} WHERE {table.OfClient}", new { client = bram.ToString("D") }), Is.GreaterThan(0), table.Table);
            }

            Assert.That(await connection.ExecuteScalarAsync<string>("SELECT Reason FROM ErasedClient WHERE Id = @anna", new { anna = anna.ToString("D") }), Is.EqualTo("time-is-over"));
            Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM FormerConversation WHERE Became = 'erased'"), Is.GreaterThan(0), "the outcomes are told");
            Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM AuditEvent WHERE Action = 'client.erased-again' AND SubjectId = @anna", new { anna = anna.ToString("D") }), Is.EqualTo(1));
        });
        Assert.That((await Terminal.RunAsync("trail", "check", "--ClientVoice:Data=" + Other)).Exit, Is.Zero, "and the trail is whole");
    }

    [Test]
    public async Task AServiceThatStartsOnAnOlderDatabaseShowsNobodyWhoWasErased()
    {
        await BackupAsync();
        await EraseAsync();
        await service.StopAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(service.Folder, "clientvoice.db*"))
        {
            File.Delete(file);
        }

        // As an operator does who copies the file by hand.
        File.Copy(Copy, Path.Combine(service.Folder, "clientvoice.db"));
        await service.RestartAsync();
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Client WHERE Id = @anna"), Is.Zero);
        foreach (var (who, pages) in Pages)
        {
            using var person = await service.SignedInAsync(who);
            foreach (var page in pages)
            {
                using var answer = await person.GetAsync(new Uri(page, UriKind.Relative));
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
                Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Not.Contain(Erased).And.Not.Contain(Secrets.Unreadable), page);
            }
        }
    }

    [Test]
    public async Task NoListBreaksWhereOneKeyIsMissingAndWhatIsReadAboutThatClientSaysWhy()
    {
        // As on a database that was put back below a service that runs, until the job comes by.
        await service.RestAsync();
        Get<ClientKeys>().Destroy(anna, new ErasureProof(TimeProvider.System.GetUtcNow(), null, ErasureReasons.TimeIsOver));
        foreach (var (who, pages) in Pages)
        {
            using var person = await service.SignedInAsync(who);
            foreach (var page in pages)
            {
                using var answer = await person.GetAsync(new Uri(page, UriKind.Relative));
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
            }
        }

        var talk = await ValueAsync<string>("SELECT Id FROM Conversation WHERE ClientId = @anna");
        using var worker = await service.SignedInAsync("worker@proef");
        using var refused = await worker.GetAsync(new Uri($"/conversations/{talk}", UriKind.Relative));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("client-key-gone"));
        await WorkAsync();
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Client WHERE Id = @anna"), Is.Zero, "then they are gone");
        using var gone = await worker.GetAsync(new Uri($"/conversations/{talk}", UriKind.Relative));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task KilledBetweenTheRowsAndTheKeyTheErasureIsTakenUpAgain()
    {
        // Where the proof goes there is a file: the rows are gone when it fails, as when it is killed there.
        var obstacle = Path.Combine(Keys, "clients", "erased");
        await File.WriteAllTextAsync(obstacle, "");
        await Assert.CatchAsync<IOException>(EraseAsync);
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM Client WHERE Id = @anna"), Is.Zero);
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM ErasedClient WHERE Id = @anna AND KeyGoneAt IS NULL"), Is.EqualTo(1), "the proof says that the key is still there");
        Assert.That(Get<ClientKeys>().Folder.Has(anna));
        File.Delete(obstacle);
        await WorkAsync();
        Assert.That(await ValueAsync<int>("SELECT COUNT(*) FROM ErasedClient WHERE Id = @anna AND KeyGoneAt IS NOT NULL"), Is.EqualTo(1));
        Assert.That((Get<ClientKeys>().Folder.Has(anna), Get<ClientKeys>().Folder.Has(bram)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task AFolderOfKeysFromBeforeTheErasureDoesNotBringTheKeyBack()
    {
        CopiedData.CopyFolder(Keys, Path.Combine(folder.Path, "keys"));
        await EraseAsync();
        await service.StopAsync();
        Directory.Delete(Keys, true);
        CopiedData.CopyFolder(Path.Combine(folder.Path, "keys"), Keys);
        await service.RestartAsync();
        Assert.That(Get<ClientKeys>().Folder.Has(anna), Is.False, "the database says who was erased");
        Assert.That(Get<ClientKeys>().Folder.ProofOf(anna), Is.Not.Null);
    }

    [Test]
    public async Task NodesThatStartAtOnceOnAnOlderDatabaseTakeThePersonAwayOnceAndBothStart()
    {
        await BackupAsync();
        await EraseAsync();
        CopiedData.CopyFolder(Keys, Path.Combine(Other, "keys"));
        File.Copy(Copy, Path.Combine(Other, "clientvoice.db"));
        await using (var one = CopiedData.Program(Other))
        await using (var two = CopiedData.Program(Other))
        {
            await Task.WhenAll(new[] { one, two }.Select(node => Task.Run(() => node.Services.GetRequiredService<ErasedAgain>().RunAsync(default))));
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Other, "clientvoice.db")};Pooling=False");
        Assert.That(await connection.QueryAsync<string>("SELECT Id FROM Client WHERE KeyedAt IS NOT NULL AND Id IN (@anna, @bram)", new { anna = anna.ToString("D"), bram = bram.ToString("D") }), Is.EqualTo((string[])[bram.ToString("D")]));
        Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM (SELECT ConversationId FROM FormerConversation WHERE Became = 'erased' GROUP BY ConversationId, Number HAVING COUNT(*) > 1)"), Is.Zero, "each conversation has its proof once");
    }

    [Test]
    public async Task WhoseAddingWasUndoneIsKeptNowhereAndLosesTheKeyAfterAMonth()
    {
        var added = new ClientRecord(Guid.CreateVersion7(), "Per Abuis", "Abuis", null, "speaks", ServiceUnderTest.North, ServiceUnderTest.Group, null, null, new DateOnly(2026, 1, 1), null, []);
        var (_, adding) = await Get<ClientWriter>().AddAsync(added, ServiceUnderTest.Officer, default);
        var (_, changing) = await Get<ClientWriter>().ChangeAsync(added, added with { Name = "Perr Abuis" }, adding, null, ServiceUnderTest.Officer, default);
        foreach (var change in (Guid[])[changing, adding])
        {
            Assert.That(await Get<DeskChanges>().UndoAsync(change, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        }

        await using var connection = await Get<IDatabase>().OpenAsync(default);
        Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM DeskChange WHERE SubjectId = @Id AND BeforeSecret IS NOT NULL", new { added.Id }), Is.Zero);
        Assert.That(await connection.ExecuteScalarAsync<string>("SELECT Reason FROM ErasedClient WHERE Id = @Id", new { added.Id }), Is.EqualTo("undone"));
        await WorkAsync();
        Assert.That(Get<ClientKeys>().Folder.Has(added.Id), "a copy can still bring back what was undone by mistake");
        await using var later = CopiedData.Program(service.Folder, new LaterTime { Days = 31 });
        await later.Services.GetRequiredService<ClientKeysWork>().RunAsync(new Progress<WorkProgress>(), default);
        Assert.That((Get<ClientKeys>().Folder.Has(added.Id), Get<ClientKeys>().Folder.Has(anna)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task NoKeyOfAClientIsInTheDatabaseOrInACopy()
    {
        await BackupAsync();
        await using (var connection = await Get<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        foreach (var file in (string[])[Copy, .. Directory.GetFiles(service.Folder, "*.db*")])
        {
            var bytes = Bytes(file);
            foreach (var client in (Guid[])[anna, bram])
            {
                Assert.That(bytes.AsSpan().IndexOf(Get<ClientKeys>().Find(client)), Is.EqualTo(-1), file);
                Assert.That(bytes.AsSpan().IndexOf(Get<ClientKeys>().Folder.Read(client)), Is.EqualTo(-1), file);
            }
        }
    }

    [Test]
    public async Task ACopyIsSaidToBeNewerThanTheKeysWhereSomeAreMissing()
    {
        CopiedData.CopyFolder(Keys, Path.Combine(Other, "keys"));
        await WholeClient.MakeAsync(service, "Visdief");
        await BackupAsync();
        var (exit, _, error) = await Terminal.RunAsync("restore", Copy, "--ClientVoice:Data=" + Other);
        Assert.That((exit, error.Contains("The keys of 1 clients are not in", StringComparison.Ordinal)), Is.EqualTo((1, true)), error);
    }

    private static readonly (string Who, string[] Pages)[] Pages =
    [
        ("worker@proef", ["/", "/clients", "/clients?search=meeuw", "/conversations", "/conversations/export", "/agreements", "/agreements/export", "/api/work", "/api/side-by-sides"]),
        ("officer@proef", ["/", "/clients", "/clients?sort=place", "/clients/export", "/due", "/outcomes"]),
    ];

    private Task BackupAsync() => SucceedAsync("backup", Copy, "--ClientVoice:Data=" + service.Folder);

    private Task EraseAsync() => Get<Forgetting>().ClientAsync(anna, ServiceUnderTest.Officer, default);

    private Task WorkAsync() => Get<ClientKeysWork>().RunAsync(new Progress<WorkProgress>(), default);

    private static int Count(IEnumerable<string> said, string mark) => said.Count(s => s.Contains(mark, StringComparison.Ordinal));

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static async Task SucceedAsync(params string[] args)
    {
        var (exit, _, error) = await Terminal.RunAsync(args);
        Assert.That(exit, Is.Zero, error);
    }

    private async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql, new { anna });
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
