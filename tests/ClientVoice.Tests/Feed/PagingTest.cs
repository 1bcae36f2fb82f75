using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class PagingTest(string database)
{
    private static readonly string[] Orders =
    [
        "", "$orderby=Id desc", "$orderby=Mean", "$orderby=Mean desc", "$orderby=SuppressionReason,Mean desc", "$orderby=Suppressed desc,Measure/Code",
        "$orderby=PlaceId desc,Respondents", "$orderby=Measure/SharedDomain desc,Mean add 1", "$orderby=Place/Parent/Name,MeasureId desc", "$orderby=(Mean gt 60) desc",
        "$orderby=Period/FromOn,length(MeasureId)",
    ];

    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [Test]
    public void PagesOfAnySizeGiveEveryRowOnceAndInOrder() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            ArbMap.Default.ArbFor<int>(),
            (order, number) => WalkAsync(Orders[(int)((uint)order % Orders.Length)], 1 + (int)((uint)number % 12)).GetAwaiter().GetResult())
        .QuickCheckThrowOnFailure();

    private async Task<bool> WalkAsync(string order, int size)
    {
        var query = $"Outcomes?$select=Id&$count=true&{order}".TrimEnd('&');
        var whole = Ids(await house.JsonAsync(query));
        var walked = new List<int>();
        for (string? next = query; next is not null;)
        {
            var page = await house.JsonAsync(next, $"Prefer: odata.maxpagesize={size}");
            var ids = Ids(page);
            Assert.That(ids, Has.Count.LessThanOrEqualTo(size).And.Not.Empty, $"{order} in pages of {size}: no page is empty or too large");
            Assert.That(page.GetProperty("@odata.count").GetInt32(), Is.EqualTo(10), "the count is of all rows, on every page");
            walked.AddRange(ids);
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.That(walked, Is.EqualTo(whole), $"{order} in pages of {size}");
        Assert.That(whole, Is.EquivalentTo(Enumerable.Range(1, 10)), $"{order}: every row once");
        return true;
    }

    [Test]
    public async Task TopCountsOverPages()
    {
        var first = await house.JsonAsync("Outcomes?$select=Id&$top=5&$skip=2", "Prefer: odata.maxpagesize=3");
        var second = await house.JsonAsync(Next(first)!);
        Assert.That(Ids(first).Concat(Ids(second)), Is.EqualTo(new[] { 3, 4, 5, 6, 7 }), "two are passed over once, five are given");
        Assert.That(Next(second), Is.Null, "the five are complete");
    }

    [Test]
    public async Task APageThatHoldsAllRowsHasNoNextLink() =>
        Assert.That(Next(await house.JsonAsync("Outcomes?$select=Id", "Prefer: odata.maxpagesize=10")), Is.Null);

    [Test]
    public async Task TheNextLinkKeepsTheOtherOptions()
    {
        var page = await house.JsonAsync("Outcomes?filter=Id gt @low&@low=1&select=Id&orderby=Id desc&$format=json", "Prefer: odata.maxpagesize=2");
        var link = Next(page)!;
        Assert.That(link, Does.StartWith($"{house.Root}/odata/Outcomes?@low=1&$filter=Id%20gt%20%40low&$format=json&$orderby=Id%20desc&$select=Id&$skiptoken="));
        Assert.That(Ids(await house.JsonAsync(link)), Is.EqualTo(new[] { 8, 7 }), "the next page is as large as the first, without asking again");
    }

    [Test]
    public async Task GroupedRowsArePagedToo()
    {
        const string query = "Outcomes?$apply=groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as People))&$orderby=People desc";
        var whole = Rows(await house.JsonAsync(query));
        var walked = new List<string>();
        for (string? next = query; next is not null;)
        {
            var page = await house.JsonAsync(next, "Prefer: odata.maxpagesize=3");
            walked.AddRange(Rows(page));
            next = Next(page);
        }

        Assert.That(walked, Is.EqualTo(whole).And.Count.EqualTo(10));
    }

    [Test]
    public async Task AReaderFinishesOnThePublicationItBeganWith()
    {
        await using var own = await FeedHouse.StartAsync(database);
        own.Publications.Kept.Remove(2);
        var first = await own.JsonAsync("Outcomes?$select=Mean&$filter=Id le 2", "Prefer: odata.maxpagesize=1");
        own.Publications.Kept.Add(2);
        var second = await own.JsonAsync(Next(first)!);
        Assert.That(second.GetProperty("value")[0].GetProperty("Mean").GetDouble(), Is.EqualTo(40), "publication 1 says 40, publication 2 says 50");
        own.Publications.Kept.Remove(1);
        using var gone = await own.AskAsync(Next(first)!);
        Assert.That((int)gone.StatusCode, Is.EqualTo(410));
        Assert.That(await gone.Content.ReadAsStringAsync(), Does.Contain("\"publication-gone\""));
    }

    [Test]
    public async Task ATokenOfAnotherQuestionIsRefused()
    {
        var link = Next(await house.JsonAsync("Outcomes?$select=Id", "Prefer: odata.maxpagesize=2"))!;
        using var other = await house.AskAsync(link.Replace("$select=Id", "$select=Id%2CMean", StringComparison.Ordinal));
        Assert.That((int)other.StatusCode, Is.EqualTo(400));
    }

    [TestCase("x")]
    [TestCase("eyJQIjoyfQ")]
    [TestCase("bnVsbA")]
    [TestCase("%00")]
    public async Task ATokenThatIsNotOursIsRefused(string token)
    {
        using var answer = await house.AskAsync("Outcomes?$skiptoken=" + token);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    private static List<int> Ids(JsonElement page) => [.. page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("Id").GetInt32())];

    private static List<string> Rows(JsonElement page) => [.. page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText())];

    private static string? Next(JsonElement page) => page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
}
