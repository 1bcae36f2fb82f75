// What a whole run of the browser tests left behind: every use of the product there is, by every kind of person. tests/run starts this
// after it, in a process of its own, so that every service has ended.
namespace ClientVoice.Tests;

public sealed class WordsLeftBehindTests
{
    [Test]
    public void NoNameAndNoTextOfAWholeBrowserRunIsInLogsInMetricsOrInProblems()
    {
        if (Traces.OfEarlierRun() is not { } traces)
        {
            Assert.Ignore($"Looks through what the browser tests leave in the folder that {Traces.Variable} names; tests/run does so at its end.");
            return;
        }

        Assert.That(traces.Running, Is.Zero, "every service has ended");
        Assert.That(traces.Known, Has.Count.GreaterThan(100), "there is something to look for");
        foreach (var kind in (string[])["log", "metrics", "problem"])
        {
            Assert.That(traces.Lines[kind], Is.Not.Empty, $"{kind}: there is something to look in");
        }

        TestContext.Out.WriteLine($"{traces.Known.Count} names and texts, in {string.Join(", ", traces.Lines.Select(l => $"{l.Count()} {l.Key}"))}");
        Assert.That(traces.Find().Take(10), Is.Empty);
        traces.CreateLogger("a slip").Log(LogLevel.Information, 0, traces.Known.First(), null, (said, _) => said);
        Assert.That(traces.Find(), Is.Not.Empty, "had somebody logged a name, it would have been found");
    }
}
