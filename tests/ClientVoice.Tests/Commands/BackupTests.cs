using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests.Conversations;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Commands;

/// <summary>A copy made while the service serves is whole and can be put back; nothing is ever written over.</summary>
[NonParallelizable]
public sealed class BackupTests
{
    private TemporaryFolder folder = null!;
    private ServiceUnderTest service = null!;
    private string copy = "";

    [SetUp]
    public async Task StartAsync()
    {
        folder = new TemporaryFolder();
        copy = Path.Combine(folder.Path, "copy.db");
        service = await ServiceUnderTest.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Test]
    public async Task ACopyMadeWhileTabletsSendHasEveryConversationWithAReceiptFromBeforeAndComesBackRowByRow()
    {
        var before = await SendAsync(5);
        using var ending = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                await SendAsync(3);
            }
        });
        var (exit, output, error) = await Terminal.RunAsync("backup", copy, "--ClientVoice:Data=" + service.Folder);
        await ending.CancelAsync();
        await sending;
        Assert.That(exit, Is.Zero, error);
        Assert.That(output, Does.Contain("looked through: whole").And.Contain("sha-256").And.Contain(Path.Combine(service.Folder, "keys")));
        var there = await IdsAsync(copy);
        Assert.That(before.Except(there), Is.Empty, "what had its receipt is in the copy");

        var other = Path.Combine(folder.Path, "other");
        Copy(Path.Combine(service.Folder, "keys"), Path.Combine(other, "keys"));
        (exit, output, error) = await Terminal.RunAsync("restore", copy, "--ClientVoice:Data=" + other);
        Assert.That(exit, Is.Zero, error);
        Assert.That(await ContentAsync(Path.Combine(other, "clientvoice.db")), Is.EqualTo(await ContentAsync(copy)));
        Assert.That((await Terminal.RunAsync("aggregate", "--ClientVoice:Data=" + other)).Exit, Is.Zero, "and the service works with it");
    }

    [Test]
    public async Task RestoringWritesOverNothingAndNotBelowAServiceThatRuns()
    {
        await SendAsync(2);
        Assert.That((await Terminal.RunAsync("backup", copy, "--ClientVoice:Data=" + service.Folder)).Exit, Is.Zero);
        var again = await Terminal.RunAsync("backup", copy, "--ClientVoice:Data=" + service.Folder);
        Assert.That((again.Exit, again.Error.Contains("already exists", StringComparison.Ordinal)), Is.EqualTo((1, true)), "a copy is not written over");
        var late = await SendAsync(1);
        Assert.That((await Terminal.RunAsync("restore", copy, "--ClientVoice:Data=" + service.Folder)).Error, Does.Contain("--replace").And.Contain("Nothing was changed"));
        Assert.That((await Terminal.RunAsync("restore", copy, "--replace", "--ClientVoice:Data=" + service.Folder)).Error, Does.Contain("stop the service first"));
        Assert.That(await IdsAsync(Path.Combine(service.Folder, "clientvoice.db")), Does.Contain(late[0]), "the service goes on with what it had");

        await service.StopAsync();
        SqliteConnection.ClearAllPools();
        var (exit, output, error) = await Terminal.RunAsync("restore", copy, "--replace", "--ClientVoice:Data=" + service.Folder);
        Assert.That(exit, Is.Zero, error);
        Assert.That(await IdsAsync(Path.Combine(service.Folder, "clientvoice.db")), Has.No.Member(late[0]));
        var former = output.Split('\n').Single(l => l.StartsWith("what was there is ", StringComparison.Ordinal))["what was there is ".Length..].Trim();
        Assert.That(await IdsAsync(former), Does.Contain(late[0]), "what was there is there still, under another name");
    }

    [Test]
    public async Task ACopyThatIsNotWholeIsRefusedByWhatIsWrongWithIt()
    {
        await SendAsync(3);
        Assert.That((await Terminal.RunAsync("backup", copy, "--ClientVoice:Data=" + service.Folder)).Exit, Is.Zero);
        var other = Path.Combine(folder.Path, "other");
        await RefusedAsync(Cut(copy, "half.db", 0.5), "half.db");
        await RefusedAsync(Text("text.db", "this is no database"), "cannot be read as a database");
        await RefusedAsync(await EmptyAsync("empty.db"), "is not a database of ClientVoice");
        await RefusedAsync(Path.Combine(folder.Path, "nowhere.db"), "There is no file");

        async Task RefusedAsync(string file, string why)
        {
            var (exit, _, error) = await Terminal.RunAsync("restore", file, "--ClientVoice:Data=" + other);
            Assert.That(exit, Is.EqualTo(1), file);
            Assert.That(error, Does.Contain(why));
            Assert.That(File.Exists(Path.Combine(other, "clientvoice.db")), Is.False);
        }
    }

    [Test]
    public async Task ACopyWithoutItsKeysIsSaidToBeUnreadable()
    {
        Assert.That((await Terminal.RunAsync("backup", copy, "--ClientVoice:Data=" + service.Folder)).Exit, Is.Zero);
        var (exit, _, error) = await Terminal.RunAsync("restore", copy, "--ClientVoice:Data=" + Path.Combine(folder.Path, "other"));
        Assert.That((exit, error.Contains("are not those of this copy", StringComparison.Ordinal)), Is.EqualTo((1, true)), error);
    }

    private async Task<List<Guid>> SendAsync(int count)
    {
        var sent = new List<Guid>();
        using var tablet = await service.SignedInAsync("worker@proef");
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7();
            var document = ConversationJson.Valid(id);
            document["agreements"]![0]!["id"] = Guid.CreateVersion7().ToString();
            using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
            sent.Add(id);
        }

        return sent;
    }

    private static async Task<List<Guid>> IdsAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return [.. (await connection.QueryAsync<string>("SELECT Id FROM Conversation")).Select(Guid.Parse)];
    }

    // Every row of every table, without the migrator's own: restoring brings the schema up to date.
    private static async Task<List<string>> ContentAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        var rows = new List<string>();
        foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"))
        {
            foreach (var row in await connection.QueryAsync($"SELECT * FROM \"{table}\""))
            {
                rows.Add($"{table} {string.Join('|', ((IDictionary<string, object?>)row).Values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : v))}");
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private string Cut(string whole, string name, double share)
    {
        var bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(Path.Combine(folder.Path, name), bytes[..(int)(bytes.Length * share)]);
        return Path.Combine(folder.Path, name);
    }

    private string Text(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder.Path, name), text);
        return Path.Combine(folder.Path, name);
    }

    private async Task<string> EmptyAsync(string name)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, name)};Pooling=False");
        await connection.ExecuteAsync("CREATE TABLE Something (Id INTEGER PRIMARY KEY)");
        return Path.Combine(folder.Path, name);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
