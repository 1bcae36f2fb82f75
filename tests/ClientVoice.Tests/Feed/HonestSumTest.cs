using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>A sum stays on one level, so that nobody counts twice, and no way leads from shown cells to a hidden one.</summary>
internal sealed class HonestSumTest
{
    private const string Level = "Place/Kind eq 'location' and Period/Kind eq 'year' and MeasureId eq 'plain@1.0/home' and Perspective eq 'client'";
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(Databases.Sqlite);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    // At the locations cell 7 has 11 people, and cell 9 is hidden.
    [TestCase("filter(" + Level + ")/aggregate(Respondents with sum as N)", "11")]
    [TestCase("filter(" + Level + " and Suppressed eq false)/aggregate(Respondents with sum as N)", "11")]
    [TestCase("filter(Place/Kind in ('location'))/filter('year' eq Period/Kind and Perspective eq 'client')/groupby((MeasureId),aggregate(Respondents with sum as N))", "23 11")]
    [TestCase("groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))/filter(PlaceId eq 00000000-0000-7000-8000-000000000001)", "12 11")]
    [TestCase("groupby((Place/Kind,Period/Kind,Measure/Kind,Measure/Code,Perspective),aggregate(Respondents with sum as N))/filter(Place/Kind eq 'organisation')", "11 12")]
    [TestCase("filter(Place/ParentId eq 00000000-0000-7000-8000-000000000001 and MeasureId eq 'plain@1.0/home')/groupby((Perspective,Period/Kind),aggregate(Respondents with sum as N))", "22")]
    [TestCase("filter(" + Level + ")/groupby((PlaceId),aggregate(Respondents with sum as N))/aggregate(N with sum as N2)/compute(N2 as N)", "11")]
    public async Task OnOneLevelPeopleAddUp(string apply, string people)
    {
        var rows = (await house.JsonAsync($"Outcomes?$apply={Uri.EscapeDataString(apply)}")).GetProperty("value").EnumerateArray();
        Assert.That(string.Join(' ', rows.Select(r => r.GetProperty("N").ToString())), Is.EqualTo(people));
    }

    [TestCase("aggregate(Respondents with sum as N)", "places of several kinds, periods of several kinds, several measures and several perspectives")]
    [TestCase("filter(Place/Kind eq 'location' or Place/Kind eq 'region')/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(Place/Kind in ('location','region'))/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(Place/Kind ne 'region')/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(not (Place/Kind eq 'region'))/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(Place/Kind eq null)/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(tolower(Place/Kind) eq 'region')/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("filter(PlaceId ne 00000000-0000-7000-8000-000000000001)/groupby((PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "places of several kinds")]
    [TestCase("groupby((PlaceId,PeriodId,Perspective),aggregate(Respondents with sum as N))", "several measures")]
    [TestCase("filter(Measure/Code eq 'home')/groupby((PlaceId,PeriodId,Perspective),aggregate(Respondents with sum as N))", "several measures")]
    [TestCase("groupby((PlaceId,PeriodId,MeasureId),aggregate(Respondents with sum as N))", "several perspectives")]
    [TestCase("groupby((PlaceId,MeasureId,Perspective),aggregate(Respondents with sum as N))", "periods of several kinds")]
    [TestCase("groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as N))/aggregate(N with sum as All)", "places of several kinds, periods of several kinds, several measures and several perspectives")]
    public async Task OverSeveralLevelsASumIsRefusedWithWhatToAdd(string apply, string levels)
    {
        using var answer = await house.AskAsync($"Outcomes?$apply={Uri.EscapeDataString(apply)}");
        var text = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("message").GetString();
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(text, Does.StartWith("The sum of ").And.Contain($" would count people more than once: these rows hold {levels}, totals beside their parts. Put filter("));
    }

    [Test]
    public async Task WhatTheRefusalSaysToAddIsEnough()
    {
        using var refused = await house.AskAsync("Participation?$apply=aggregate(Held with sum as N)");
        var text = System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("message").GetString()!;
        var filter = text[(text.IndexOf("filter(", StringComparison.Ordinal) + 7)..text.IndexOf(") before", StringComparison.Ordinal)];
        Assert.That(await house.TextAsync($"Participation?$apply=filter({filter})/aggregate(Held with sum as N)&$format=application/json;odata.metadata=none"), Is.EqualTo("""{"value":[{"N":15}]}"""));
    }

    // The region of the north has a hidden cell (4): what leads from the others to it would be a sum with another sign,
    // a sum of what was computed, or an average.
    [TestCase("aggregate(Respondents mul -1 with sum as N)", 501)]
    [TestCase("compute(Respondents mul -1 as Minus)/aggregate(Minus with sum as N)", 400)]
    [TestCase("compute(Respondents add 0 as Same)/groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Same with sum as N))", 400)]
    [TestCase("groupby((PlaceId),aggregate(Mean with max as M))/aggregate(M with sum as N)", 400)]
    [TestCase("aggregate(Respondents with average as N)", 400)]
    [TestCase("groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as A))/aggregate(A with average as N)", 400)]
    [TestCase("groupby((PlaceId,PeriodId,MeasureId,Perspective),aggregate(Respondents with sum as A))/compute(-A as B)/aggregate(B with sum as N)", 400)]
    [TestCase("concat(aggregate(Respondents with sum as A),aggregate(Respondents with sum as B))", 501)]
    public async Task NoSumLeadsFromShownCellsToAHiddenOne(string apply, int status)
    {
        using var answer = await house.AskAsync($"Outcomes?$apply={Uri.EscapeDataString(apply)}");
        Assert.That((int)answer.StatusCode, Is.AnyOf(status, 400), await answer.Content.ReadAsStringAsync());
    }
}
