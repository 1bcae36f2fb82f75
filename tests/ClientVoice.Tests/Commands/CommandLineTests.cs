using ClientVoice.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Commands;

[NonParallelizable]
public sealed class CommandLineTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("clientvoice-").FullName;

    [TearDown]
    public void DropFolder()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    [TestCase("dance")]
    [TestCase("demo", "--dancers", "3")]
    [TestCase("demo", "--clients", "many")]
    [TestCase("demo", "--clients", "5")]
    [TestCase("check")]
    [TestCase("key", "lend")]
    [TestCase("key", "create")]
    [TestCase("look-up-key")]
    [TestCase("look-up-key", "renew", "--days", "0")]
    [TestCase("trail")]
    [TestCase("serve", "now")]
    public async Task WhatIsNotUnderstoodIsNamedAndNothingIsDone(params string[] args)
    {
        var (exit, _, error) = await RunAsync(args);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(2));
            Assert.That(error, Is.Not.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
        });
    }

    [Test]
    public async Task CheckPrintsALineForEveryShippedInstrumentAndExitsZero()
    {
        var shipped = Path.Combine(HousePaths.House, "instruments");
        var (exit, output, _) = await RunAsync("check", shipped);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero, output);
            Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(Directory.GetFiles(shipped, "*-?.?.json", SearchOption.AllDirectories).Length));
        });
    }

    [Test]
    public async Task TheLookUpKeyIsRenewedOnceAtATimeAndWhatIsLeftIsShown()
    {
        await RunAsync("demo", "--clients", "10", "--locations", "1", "--years", "1", "--seed", "7");
        Assert.That((await RunAsync("look-up-key", "look")).Output, Does.Contain("never renewed"));
        var rows = (await RowsAsync("SELECT EmailHash FROM Person UNION ALL SELECT NumberHash FROM ClientNumber")).Length;
        var (exit, output, error) = await RunAsync("look-up-key", "renew", "--days", "7");
        Assert.That((exit, output.Contains($"{rows} look-up hashes brought under the new key", StringComparison.Ordinal), output.Contains("the old key is destroyed", StringComparison.Ordinal)), Is.EqualTo((0, true, true)), output + error);
        Assert.That((await RunAsync("look-up-key", "look")).Output, Does.Contain("No renewal is under way"));
        Assert.That(await RowsAsync("SELECT Action FROM AuditEvent WHERE Action LIKE 'key.renewal-%' ORDER BY Number"), Is.EqualTo((string[])["key.renewal-begin", "key.renewal-end"]));

        await SqlAsync("INSERT INTO ImportColumn (Heading, Field) VALUES ('of a list that nobody reads in again', 'number')");
        await RunAsync("look-up-key", "renew");
        var second = await RunAsync("look-up-key", "renew");
        Assert.That((second.Exit, second.Output.Contains("nothing was changed", StringComparison.Ordinal), second.Output.Contains("ImportColumn: 1, until a list with these headings is read in again", StringComparison.Ordinal)), Is.EqualTo((1, true, true)), second.Output);
    }

    [Test]
    public async Task KeysAreMadeAndRevokedInTheTrailAndTheTrailIsCheckedRowByRow()
    {
        await RunAsync("demo", "--clients", "40", "--locations", "3", "--years", "1", "--seed", "7");
        var places = await RowsAsync("SELECT Name FROM Place WHERE Kind = 'location' ORDER BY Name");
        var made = await RunAsync("key", "create", "--name", "twee", "--scope", places[0], "--scope", places[1]);
        Assert.That(made.Exit, Is.Zero, made.Error);
        Assert.That(made.Output.TrimEnd().Split('\n')[^1], Does.Match("^cvk_[0-9a-f]{64}$"), "the key alone on the last line");
        Assert.That(await RowsAsync("SELECT COUNT(*) FROM FeedKeyPlace k JOIN FeedKey f ON f.Id = k.KeyId WHERE f.Name = 'twee'"), Is.EqualTo((string[])["1"]), "beside the first");
        var unknown = await RunAsync("key", "create", "--name", "drie", "--scope", "Nergens");
        Assert.That((unknown.Exit, unknown.Error), Is.EqualTo((2, "key: there is no place 'Nergens'.\n")));
        Assert.That((await RunAsync("key", "revoke", "--name", "twee")).Exit, Is.Zero);
        Assert.That((await RunAsync("key", "revoke", "--name", "twee")).Exit, Is.EqualTo(1), "it is out of use already");
        Assert.That(await RowsAsync("SELECT Action FROM AuditEvent ORDER BY Number"), Is.EqualTo((string[])["key.create", "key.revoke"]));

        var whole = await RunAsync("trail", "check");
        Assert.That((whole.Exit, whole.Output), Is.EqualTo((0, $"2 rows, each as it was written; the last one's hash is {(await RowsAsync("SELECT Hash FROM AuditEvent WHERE Number = 2"))[0]}\n")));
        await RowsAsync("UPDATE AuditEvent SET Result = 'nothing' WHERE Number = 1 RETURNING Result");
        var changed = await RunAsync("trail", "check");
        Assert.That((changed.Exit, changed.Output), Is.EqualTo((1, "Row 1 of the audit trail is not as it was written, or the one before it was taken out.\n")));
    }

    [Test]
    public async Task TheDemoIsTheSameForTheSameSeedAndIsNotFilledTwice()
    {
        string[] demo = ["demo", "--clients", "40", "--locations", "3", "--years", "1", "--seed", "7"];
        var first = await RunAsync(demo);
        var figures = await FiguresAsync();
        Assert.That(first.Exit, Is.Zero, first.Error);
        Assert.That(figures, Has.Count.GreaterThan(100));

        var again = await RunAsync(demo);
        Assert.That((again.Exit, again.Error.Trim()), Is.EqualTo((1, "demo: this database is not empty; nothing was changed.")));
        Assert.That(await FiguresAsync(), Is.EqualTo(figures));

        DropFolder();
        Directory.CreateDirectory(folder);
        await RunAsync(demo);
        Assert.That(await FiguresAsync(), Is.EqualTo(figures), "the same seed, the same organisation");
    }

    [Test]
    public async Task ADemoThatWasCutOffIsFilledAnew()
    {
        string[] demo = ["demo", "--clients", "20", "--locations", "2", "--seed", "3"];
        await RunAsync(demo);
        var figures = await FiguresAsync();
        // As a kill half-way leaves it: the run never ended, half of the conversations are missing.
        await SqlAsync("UPDATE JobRun SET State = 'running', EndedAt = NULL WHERE Job = 'demo'; DELETE FROM ConversationMark; DELETE FROM DomainScore; DELETE FROM Agreement; DELETE FROM Answer; DELETE FROM Conversation");
        var (exit, _, error) = await RunAsync(demo);
        Assert.That(exit, Is.Zero, error);
        Assert.That(await FiguresAsync(), Is.EqualTo(figures));
    }

    [Test]
    public async Task AggregatingTwiceSaysThatNothingChangedAndFullCountsTheSameFigures()
    {
        await RunAsync("demo", "--clients", "20", "--locations", "2");
        var figures = await FiguresAsync();
        Assert.That((await RunAsync("aggregate")).Output, Does.Contain("nothing changed"));
        var (exit, output, _) = await RunAsync("aggregate", "--full");
        Assert.That(exit, Is.Zero);
        Assert.That(output, Does.Contain("publication 2"));
        Assert.That(await FiguresAsync(), Is.EqualTo(figures));
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        string[] settings = args[0] is "check" or "dance" || args.Length < 2 && args[0] is "key" ? [] : ["--ClientVoice:Data", folder, "--environment", "Development", "--Logging:LogLevel:Default=None"];
        return Terminal.RunAsync([.. args, .. settings]);
    }

    private async Task<List<string>> FiguresAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clientvoice.db")}");
        return [.. await connection.QueryAsync<string>(
            """
            SELECT Id || '|' || PlaceId || '|' || MeasureId || '|' || PeriodId || '|' || COALESCE(Respondents, '-') || '|' || COALESCE(ScoreSum, '-')
            FROM PublishedOutcome WHERE Publication = (SELECT MAX(Number) FROM Publication) ORDER BY Id
            """)];
    }

    private async Task<string[]> RowsAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clientvoice.db")}");
        return [.. await connection.QueryAsync<string>(sql)];
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clientvoice.db")}");
        await connection.ExecuteAsync(sql);
    }
}
