using System.Text.Json;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>What the feed says no to, and how: by name, never in silence.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class RefusalTest(string database)
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [TestCase("Outcomes?$deltatoken=1", "$deltatoken")]
    [TestCase("Outcomes?$filter=cast(Mean,Edm.String) eq '1'", "cast from Number to Text in $filter")]
    [TestCase("Outcomes?$filter=Suppressed eq case(true:true)", "The function case in $filter")]
    [TestCase("Outcomes?$filter=matchesPattern(MeasureId,'a')", "The function matchesPattern in $filter")]
    [TestCase("Outcomes?$filter=hour(now()) gt 1", "The function hour in $filter")]
    [TestCase("Outcomes?$filter=Period/FromOn add duration'PT1H' gt 2025-01-01", "A duration that is not a number of whole days in $filter")]
    [TestCase("Outcomes?$apply=groupby((PeriodId))&$search=x", "$search with $apply")]
    [TestCase("Places?$expand=Outcomes($apply=aggregate($count as N))", "$apply inside $expand")]
    [TestCase("Places?$expand=Children($levels=max)", "$levels inside $expand")]
    [TestCase("Outcomes/$filter(Id eq 1)", "The path segment $filter")]
    [TestCase("Outcomes?$schemaversion=2", "$schemaversion")]
    [TestCase("Outcomes?$filter=isof(Edm.String)", "The function isof in $filter")]
    [TestCase("Outcomes?$filter=now() gt 2020-01-01T00:00:00Z", "The function now in $filter")]
    [TestCase("Outcomes?$filter=Mean mod 2 eq 1", "mod on other than whole numbers in $filter")]
    [TestCase("Outcomes?$filter=Mean eq INF", "INF or NaN in $filter")]
    [TestCase("Outcomes?$filter=PlaceId gt 00000000-0000-7000-8000-000000000001", "GreaterThan between values of this type in $filter")]
    [TestCase("Outcomes?$filter=substring(MeasureId,Id) eq 'x'", "substring with a position that is not a number in $filter")]
    [TestCase("Outcomes?$expand=Measure($top=1)", "$top inside $expand of one row")]
    [TestCase("Outcomes?$expand=Measure($filter=Code eq 'x')", "$filter inside $expand of one row")]
    [TestCase("Outcomes?$expand=Measure/$ref", "$ref or $count in $expand")]
    [TestCase("Places?$expand=Parent($expand=Parent($expand=Parent))", "$expand deeper than 2 levels")]
    [TestCase("Places?$expand=Parent($levels=2)", "$levels inside $expand")]
    [TestCase("Outcomes?$apply=aggregate(Respondents mul 2 with sum as S)", "The aggregate of an expression in $apply")]
    [TestCase("Outcomes?$apply=aggregate(PlaceId with max as M)", "Max of PlaceId in $apply")]
    [TestCase("Outcomes?$apply=groupby((PeriodId))&$expand=Measure", "$expand after $apply")]
    [TestCase("$all", "$all")]
    [TestCase("$crossjoin(Outcomes,Measures)", "$crossjoin")]
    [TestCase("$entity?$id=Outcomes(1)", "$id")]
    [TestCase("Outcomes(1)/Measure/$ref", "The path segment Measure")]
    [TestCase("Outcomes/ClientVoice.Outcome", "The path segment ClientVoice.Outcome")]
    public async Task WhatIsODataButNotDoneHereIs501AndNamed(string path, string name)
    {
        var (status, error) = await ErrorAsync(path);
        Assert.That((status, error.Code, error.Message), Is.EqualTo((501, "query-not-supported", $"{name} is not supported by this feed.")));
    }

    [TestCase("Outcomes?$filter=Mean eq", "$filter: Expression expected at position 7 in 'Mean eq'.")]
    [TestCase("Outcomes?$filter=Foo eq 1", "$filter: Could not find a property named 'Foo' on type 'ClientVoice.Outcome' (at position 0 of $filter).")]
    [TestCase("Outcomes?$filter=Mean gt 1 and Foo eq 1", "$filter: Could not find a property named 'Foo' on type 'ClientVoice.Outcome' (at position 14 of $filter).")]
    [TestCase("Outcomes?$filter=Mean eq 'x'", "$filter: A binary operator with incompatible types was detected. Found operand types 'Edm.Double' and 'Edm.String' for operator kind 'Equal'.")]
    [TestCase("Outcomes?$filter=Respondents div 0 eq 1", "A division by zero. (At position 16 of $filter.)")]
    [TestCase("Outcomes?$orderby=Foo", "$orderby: Could not find a property named 'Foo' on type 'ClientVoice.Outcome' (at position 0 of $orderby).")]
    [TestCase("Outcomes?$top=-1", "$top: Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value (at position 0 of $top).")]
    [TestCase("Outcomes?$select=Foo", "$select and $expand: Could not find a property named 'Foo' on type 'ClientVoice.Outcome' (at position 0 of $select).")]
    [TestCase("Outcomes?$filter=", "The option '$filter' is empty.")]
    [TestCase("Outcomes?$top=1&top=2", "The option 'top' stands more than once in the address.")]
    [TestCase("Outcomes(1)?$filter=Id eq 1", "The option $filter means nothing at this address.")]
    [TestCase("Outcomes/$count?$top=1", "The option $top means nothing at this address.")]
    [TestCase("$metadata?$top=1", "The option $top means nothing at this address.")]
    [TestCase("Outcomes('x')", "The path: Bad Request - Error in query syntax.")]
    [TestCase("Outcomes?$apply=groupby((PeriodId))&$filter=Mean gt 1", "$filter: $apply/groupby grouping expression 'Mean' must evaluate to a property access value (at position 0 of $filter).")]
    [TestCase("Outcomes?$apply=aggregate(Respondents with sum as Respondents)", "The name 'Respondents' belongs to a property already; choose another one after 'as'. (At position 34 of $apply.)")]
    [TestCase("Outcomes?$compute=Respondents mul 2 as Twice,Respondents mul 3 as Twice", "The name 'Twice' is used twice in $compute. (At position 48 of $compute.)")]
    [TestCase("Outcomes?$filter=cast('x',Edm.Int64) eq 1", "cast in $filter: the text is not a value of that type. (At position 6 of $filter.)")]
    [TestCase("Outcomes?$filter=substring(MeasureId,99999) eq 'x'", "The positions of substring lie between -10000 and 10000, its length between 0 and 10000. (At position 0 of $filter.)")]
    public async Task WhatIsWrongIs400AndSaysWhere(string path, string message)
    {
        var (status, error) = await ErrorAsync(path);
        Assert.That((status, error.Code, error.Message), Is.EqualTo((400, "query-not-valid", message)));
    }

    [TestCase("Outcomes?foo=1", "foo")]
    [TestCase("Outcomes?$filtr=Id eq 1", "$filtr")]
    [TestCase("$metadata?sap-language=nl", "sap-language")]
    [TestCase("?x=1", "x")]
    public async Task AnOptionThatIsNotKnownIsRefusedByName(string path, string name)
    {
        var (status, error) = await ErrorAsync(path);
        Assert.That((status, error.Code, error.Message), Is.EqualTo((400, "parameter-unknown", $"The option '{name}' is not known here.")));
    }

    [TestCase("Foo")]
    [TestCase("Outcomes(1)/Foo")]
    [TestCase("Outcomes(11)")]
    [TestCase("PublishedOutcome")]
    [TestCase("Place")]
    public async Task WhatIsNotThereIs404(string path) => Assert.That((await ErrorAsync(path)).Status, Is.EqualTo(404));

    [Test]
    public async Task AQueryWithTooManyPartsIsRefused()
    {
        var list = string.Join(',', Enumerable.Range(0, 900).Select(i => i % 10));
        Assert.That((await ErrorAsync($"Outcomes?$filter=Id in ({list})")).Error.Code, Is.EqualTo("query-too-large"));
        var deep = string.Concat(Enumerable.Repeat("not (", 900)) + "Suppressed" + new string(')', 900);
        Assert.That((await ErrorAsync("Outcomes?$filter=" + deep)).Error.Code, Is.EqualTo("query-too-large"));
    }

    [Test]
    public async Task AListAsLongAsBiToolsWriteItIsAnswered()
    {
        var chain = string.Join(" or ", Enumerable.Range(1, 190).Select(i => $"Id eq {i}"));
        Assert.That((await house.JsonAsync("Outcomes?$select=Id&$filter=" + chain)).GetProperty("value").GetArrayLength(), Is.EqualTo(10));
    }

    [TestCase("application/xml")]
    [TestCase("application/json;odata.metadata=huge")]
    [TestCase("text/csv")]
    public async Task AFormatThatIsNotGivenIs406(string accept) =>
        Assert.That((await ErrorAsync("Outcomes", $"Accept: {accept}")).Status, Is.EqualTo(406));

    [TestCase("OData-MaxVersion: 3.0")]
    [TestCase("OData-Version: 5.0")]
    public async Task AnotherVersionIsRefused(string header) =>
        Assert.That((await ErrorAsync("Outcomes", header)).Error.Code, Is.EqualTo("version-not-supported"));

    [Test]
    public async Task OnlyReadingIsAllowed()
    {
        using var content = new StringContent("{}");
        using var answer = await house.Client.PostAsync(new Uri("/odata/Outcomes", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(405));
    }

    [Test]
    public async Task BeforeTheFirstPublicationTheModelIsThereAndTheRowsAreNot()
    {
        await using var empty = await FeedHouse.StartAsync(database);
        empty.Publications.Kept.Clear();
        using var model = await empty.AskAsync("$metadata");
        using var rows = await empty.AskAsync("Outcomes");
        Assert.That(((int)model.StatusCode, (int)rows.StatusCode), Is.EqualTo((200, 404)));
        Assert.That(await rows.Content.ReadAsStringAsync(), Does.Contain("\"nothing-published\""));
    }

    private async Task<(int Status, (string Code, string Message) Error)> ErrorAsync(string path, params string[] headers)
    {
        using var answer = await house.AskAsync(path, headers);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.Headers.GetValues("OData-Version"), Is.EqualTo(new[] { "4.0" }));
        Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(400), text);
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        return ((int)answer.StatusCode, (error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!));
    }
}
