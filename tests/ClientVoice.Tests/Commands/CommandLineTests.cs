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
    public async Task AKeyIsPrintedAloneOnTheLastLineAndRevokedByName()
    {
        await RunAsync("demo", "--clients", "20", "--locations", "2");
        var (exit, output, _) = await RunAsync("key", "create", "--name", "bi", "--scope", "Regio Noord");
        var key = output.TrimEnd().Split('\n')[^1];
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(key, Does.Match("^cvk_[0-9a-f]{64}$"));
            Assert.That((await RunAsync("key", "create", "--name", "bi", "--scope", "Nergens")).Exit, Is.EqualTo(2));
            Assert.That((await RunAsync("key", "revoke", "--name", "bi")).Exit, Is.Zero);
            Assert.That((await RunAsync("key", "revoke", "--name", "bi")).Exit, Is.EqualTo(1), "it is out of use already");
        });
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

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newError = new StringWriter();
        Console.SetOut(newOutput);
        Console.SetError(newError);
        try
        {
            string[] settings = args[0] is "check" or "dance" || args.Length < 2 && args[0] is "key" ? [] : ["--ClientVoice:Data", folder, "--environment", "Development", "--Logging:LogLevel:Default=None"];
            return (await CommandLine.RunAsync([.. args, .. settings]), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
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

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clientvoice.db")}");
        await connection.ExecuteAsync(sql);
    }
}
