using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClientVoice.Feed;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

internal sealed partial class ReadmeTest
{
    [Test]
    public void TheTableNamesTheOptionsThatAreDone() => Assert.That(
        Rows().Matches(Text()).Select(m => m.Groups[1].Value),
        Is.EquivalentTo(QueryOptions.Supported.Select(o => "$" + o)));

    [Test]
    public void TheListNamesTheFunctionsThatAreDone() => Assert.That(Quoted("Functions: "), Is.EquivalentTo(Functions.Names));

    [Test]
    public void TheListNamesTheOptionsThatAreRefused() =>
        Assert.That(Quoted("Refused by name (501): ").Take(QueryOptions.NotSupported.Count), Is.EquivalentTo(QueryOptions.NotSupported.Select(o => "$" + o)));

    [Test]
    public void TheLimitsAreTheOnesInForce()
    {
        Assert.That((FeedLimits.DefaultPage, FeedLimits.LargestPage, FeedLimits.Nodes, FeedLimits.PathSteps), Is.EqualTo((1_000, 10_000, 800, 4)));
        Assert.That(Text(), Does.Contain("1,000 rows on a page, up to 10,000").And.Contain("800 parts in a query, four steps"));
        Assert.That((FeedLimits.StatementSeconds, FeedLimits.BufferBytes, FeedLimits.ExpandDepth), Is.EqualTo((60, 32 * 1024, 2)));
        Assert.That(Text(), Does.Contain("60 seconds").And.Contain("32 kB").And.Contain("dimensions and lists, two levels"));
        Assert.That((FeedLimits.SearchWords, FeedLimits.Lambdas, FeedLimits.PageWithLists, FeedLimits.BatchRequests, new FeedOptions().RequestsPerMinute), Is.EqualTo((10, 10, 100, 100, 1_200)));
        Assert.That(Text(), Does.Contain("ten words in `$search`, ten times `any` or `all`").And.Contain("such pages hold 100 rows").And.Contain("up to 100 requests").And.Contain("`ClientVoice:Feed:RequestsPerMinute` (1,200)"));
    }

    private static IEnumerable<string> Quoted(string start) =>
        Names().Matches(Text().Split('\n').Single(l => l.StartsWith(start, StringComparison.Ordinal))).Select(m => m.Groups[1].Value);

    private static string Text([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/ClientVoice/Feed/README.md"));

    [GeneratedRegex(@"^\| `(\$[a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([$a-z]+)`")]
    private static partial Regex Names();
}
