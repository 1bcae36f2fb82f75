using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>A key of the north sees the north: in rows, counts, sums, expansions, paths and single rows.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class ScopeTest(string database)
{
    private const string North = "X-ClientVoice-Key: " + FeedHouse.NorthKey;
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [TestCase("Outcomes?$select=Id", "3 4 7 8")]
    [TestCase("Outcomes?$select=Id&$filter=true or Id gt 0", "3 4 7 8")]
    [TestCase("Outcomes?$select=Id&$filter=Place/Kind eq 'region'", "3 4")]
    [TestCase("Outcomes?$select=Id&$filter=Place/Parent/Name eq 'Zorg'", "")]
    [TestCase("Outcomes?$select=Id&$filter=Place/Parent eq null", "3 4")]
    [TestCase("Outcomes?$select=Id&$filter=Place/ParentId eq null", "3 4")]
    public async Task RowsElsewhereAreNotThere(string path, string ids)
    {
        var page = await house.JsonAsync(path, North);
        Assert.That(string.Join(' ', page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("Id").ToString())), Is.EqualTo(ids));
    }

    [Test]
    public async Task AKeyForSeveralPlacesSeesEachOfThemAndNoMore()
    {
        const string Houses = "X-ClientVoice-Key: " + FeedHouse.HousesKey;
        Assert.That(
            await house.TextAsync("Places?$select=ParentId,Name&$format=application/json;odata.metadata=none", Houses),
            Is.EqualTo("""{"value":[{"ParentId":null,"Name":"Huis Één"},{"ParentId":null,"Name":"D'Olde Börg"}]}"""), "what is above them is not there");
        Assert.That(await house.TextAsync("Outcomes/$count?$filter=Place/Kind eq 'location'", Houses), Is.EqualTo(await house.TextAsync("Outcomes/$count?$filter=Place/Kind eq 'location'")));
        Assert.That(await house.TextAsync("Outcomes/$count?$filter=Place/Kind ne 'location'", Houses), Is.EqualTo("0"));
    }

    [Test]
    public async Task CountsAndSumsAreOfTheNorth()
    {
        Assert.That(await house.TextAsync("Outcomes/$count", North), Is.EqualTo("4"));
        Assert.That(
            await house.TextAsync("Outcomes?$apply=filter(Place/Kind eq 'location')/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as People))&$orderby=MeasureId desc&$select=People&$format=application/json;odata.metadata=none", North),
            Is.EqualTo("""{"value":[{"People":11},{"People":12}]}"""));
    }

    [Test]
    public async Task TheTopOfAReadersWorldHasNoParent() => Assert.That(
        await house.TextAsync("Places?$expand=Parent($select=Name)&$select=ParentId,Name&$format=application/json;odata.metadata=none", North),
        Is.EqualTo("""{"value":[{"ParentId":null,"Name":"Noord","Parent":null},{"ParentId":"00000000-0000-7000-8000-000000000002","Name":"Huis Één","Parent":{"Name":"Noord"}}]}"""));

    [TestCase("Outcomes(1)")]
    [TestCase("Outcomes(1)/Mean")]
    [TestCase("Outcomes(1)/Place")]
    [TestCase("Places(00000000-0000-7000-8000-000000000001)")]
    public async Task ASingleRowElsewhereIsNotThere(string path)
    {
        using var answer = await house.AskAsync(path, North);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task TheWayUpEndsAtTheReadersPlace()
    {
        using var answer = await house.AskAsync("Outcomes(3)/Place/Parent", North);
        Assert.That((int)answer.StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task DimensionsWithoutAPlaceAreForEveryone() =>
        Assert.That(await house.TextAsync("Measures/$count", North), Is.EqualTo("2"));

    [TestCase("Outcomes/$count", "10")]
    [TestCase("Participation/$count", "1")]
    [TestCase("FollowUp/$count", "1")]
    [TestCase("ClientGroups/$count", "1")]
    [TestCase("Places/$count", "5")]
    [TestCase("Measures/$count?$filter=Outcomes/any()", "2")]
    [TestCase("Places(00000000-0000-7000-8000-000000000004)/Outcomes/$count", "2")]
    [TestCase("Participation?$apply=groupby((PeriodId,PlaceId,InstrumentId,Perspective),aggregate(Held with sum as Sum))&$select=Sum&$format=application/json;odata.metadata=none", """{"value":[{"Sum":15}]}""")]
    public async Task AKeyOfAClientGroupSeesThatGroupInEveryPlace(string path, string expected) =>
        Assert.That(await house.TextAsync(path, "X-ClientVoice-Key: " + FeedHouse.GroupKey), Is.EqualTo(expected));

    [TestCase("Outcomes/$count", "0")]
    [TestCase("Outcomes/$count?$filter=true or Id gt 0", "0")]
    [TestCase("Participation/$count", "0")]
    [TestCase("FollowUp/$count", "0")]
    [TestCase("Distributions/$count", "0")]
    [TestCase("ClientGroups/$count", "0")]
    [TestCase("Places/$count", "5")]
    [TestCase("Measures/$count?$filter=Outcomes/any()", "0")]
    [TestCase("Places(00000000-0000-7000-8000-000000000004)/Outcomes/$count", "0")]
    [TestCase("Places?$filter=Kind eq 'organisation'&$select=Name&$expand=Outcomes($select=Mean)&$format=application/json;odata.metadata=none", """{"value":[{"Name":"Zorg","Outcomes":[]}]}""")]
    [TestCase("Participation?$apply=groupby((PeriodId,PlaceId,InstrumentId,Perspective),aggregate(Held with sum as Sum))&$select=Sum&$format=application/json;odata.metadata=none", """{"value":[]}""")]
    public async Task OfAnotherClientGroupNothingIsThereNorInAnyTotal(string path, string expected) =>
        Assert.That(await house.TextAsync(path, "X-ClientVoice-Key: " + FeedHouse.OtherGroupKey), Is.EqualTo(expected));

    [TestCase("Outcomes(1)")]
    [TestCase("Outcomes(1)/ClientGroup")]
    [TestCase("ClientGroups(00000000-0000-7000-8000-0000000000a1)")]
    public async Task ASingleRowOfAnotherClientGroupIsNotThere(string path)
    {
        using var answer = await house.AskAsync(path, "X-ClientVoice-Key: " + FeedHouse.OtherGroupKey);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task ATagIsNotOfAnotherReadersGroups()
    {
        using var own = await house.AskAsync("Outcomes/$count", "X-ClientVoice-Key: " + FeedHouse.GroupKey);
        using var other = await house.AskAsync("Outcomes/$count", "X-ClientVoice-Key: " + FeedHouse.OtherGroupKey, $"If-None-Match: {own.Headers.ETag}");
        Assert.That((int)other.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task ATokenDoesNotCarryAnotherReadersPlaces()
    {
        var page = await house.JsonAsync("Outcomes?$select=Id", "Prefer: odata.maxpagesize=1");
        var next = await house.JsonAsync(page.GetProperty("@odata.nextLink").GetString()!, North, "Prefer: odata.maxpagesize=100");
        Assert.That(string.Join(' ', next.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("Id").ToString())), Is.EqualTo("3 4 7 8"));
    }
}
