using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>A clause of OData 4.01, Part 1: Protocol, section 13, that applies to a service that is read only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClauseAttribute(string number, string says) : Attribute
{
    /// <summary>Section and item: <c>13.1.1-4</c>.</summary>
    public string Number { get; } = number;

    /// <summary>The clause in our own words, with its MUST, SHOULD or MAY.</summary>
    public string Says { get; } = says;
}

/// <summary>The conformance chapter, clause by clause: minimal and intermediate, of 4.0 and 4.01.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed partial class ConformanceTest(string database)
{
    private const string V401 = "OData-MaxVersion: 4.01";
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [Test]
    [Clause("13.1.1-1", "MUST publish a service document at the root")]
    public async Task TheServiceDocumentIsAtTheRoot()
    {
        foreach (var set in (await house.JsonAsync("")).GetProperty("value").EnumerateArray())
        {
            Assert.That(await StatusAsync(set.GetProperty("url").GetString()! + "?$top=1"), Is.EqualTo(200), "every address in it leads somewhere");
        }
    }

    [Test]
    [Clause("13.1.1-2", "MUST return data in OData's JSON format")]
    public async Task DataIsJson()
    {
        using var answer = await house.AskAsync("Outcomes");
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "@odata.context", "value" }));
    }

    [Test]
    [Clause("13.1.1-3", "MUST page by links of the server's own where it returns a part")]
    public async Task APartHasALinkToTheRest()
    {
        var page = await house.JsonAsync("Outcomes", "Prefer: odata.maxpagesize=4");
        var ids = Ids(page);
        for (; page.TryGetProperty("@odata.nextLink", out var next); ids.AddRange(Ids(page)))
        {
            page = await house.JsonAsync(next.GetString()!);
        }

        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, 10)));
    }

    [TestCase("OData-MaxVersion: 4.0", "4.0")]
    [TestCase(V401, "4.01")]
    [TestCase("OData-MaxVersion: 5.0", "4.01")]
    [TestCase("Accept: */*", "4.0")]
    [Clause("13.1.1-4", "MUST return the appropriate OData-Version")]
    public async Task TheAnswerSaysItsVersion(string header, string version)
    {
        foreach (var path in new[] { "", "$metadata", "Outcomes", "Outcomes(1)", "Outcomes(1)/Mean", "Outcomes/$count" })
        {
            using var answer = await house.AskAsync(path, header);
            Assert.That(answer.Headers.GetValues("OData-Version"), Is.EqualTo(new[] { version }), path);
        }
    }

    [TestCase("Accept: application/json;odata.metadata=none", 200)]
    [TestCase("Accept: text/html", 406)]
    [TestCase("Accept: application/json;odata.metadata=everything", 406)]
    [TestCase("OData-MaxVersion: 3.0", 400)]
    [TestCase("OData-Version: 6.0", 400)]
    [Clause("13.1.1-5", "MUST follow Accept and OData-MaxVersion or fail")]
    public async Task AcceptAndMaxVersionAreFollowedOrRefused(string header, int status) => Assert.That(await StatusAsync("Outcomes", header), Is.EqualTo(status));

    [TestCase("Outcomes?custom=1", 400)]
    [TestCase("Outcomes?@unused=1", 200)]
    [Clause("13.1.1-6", "MUST follow the guidelines for extensibility")]
    public async Task WhatIsNotKnownIsRefusedAndUnusedAliasesMayStand(string path, int status) => Assert.That(await StatusAsync(path, "X-Custom: 1"), Is.EqualTo(status));

    [TestCase("Outcomes?$filter=Mean gt", 400)]
    [TestCase("Outcomes?$deltatoken=1", 501)]
    [TestCase("Outcomes?$top=x", 400)]
    [Clause("13.1.1-7", "MUST parse supported options by the grammar and follow them or fail")]
    public async Task OptionsAreFollowedOrRefused(string path, int status) => Assert.That(await StatusAsync(path), Is.EqualTo(status));

    [Test]
    [Clause("13.1.1-8", "MUST expose only data types of CSDL")]
    public async Task OnlyTypesOfTheModelAreUsed()
    {
        var types = (await MetadataAsync()).GetElementsByTagName("Property").Cast<XmlElement>().Select(p => p.GetAttribute("Type")).Distinct();
        Assert.That(types, Is.SubsetOf(new[] { "Edm.String", "Edm.Int32", "Edm.Double", "Edm.Boolean", "Edm.Date", "Edm.Guid" }));
    }

    [Test]
    [Clause("13.1.1-9", "MUST NOT ask readers to understand annotations or headers")]
    public async Task WithoutMetadataTheRowsAreTheSame()
    {
        var bare = await house.JsonAsync("Outcomes?$format=application/json;odata.metadata=none");
        var full = await house.JsonAsync("Outcomes?$format=application/json;odata.metadata=full");
        Assert.That(full.GetProperty("value").EnumerateArray().Select(Plain), Is.EqualTo(bare.GetProperty("value").EnumerateArray().Select(Plain)));
    }

    [TestCase("POST", "Outcomes")]
    [TestCase("PATCH", "Outcomes(1)")]
    [TestCase("PUT", "Outcomes(1)/Mean")]
    [TestCase("DELETE", "Outcomes(1)")]
    [Clause("13.1.1-10", "MUST NOT violate the semantics of updates")]
    public async Task NothingCanBeChanged(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/odata/" + path);
        request.Content = new StringContent("{}");
        using var answer = await house.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(405));
    }

    [Test]
    [Clause("13.1.1-11", "MUST NOT violate any other semantics: an entity is found by its key, or is 404")]
    public async Task AnEntityIsFoundByItsKey()
    {
        Assert.That((await house.JsonAsync("Outcomes(3)")).GetProperty("Id").GetInt32(), Is.EqualTo(3));
        Assert.That((await house.JsonAsync("Outcomes(Id=3)")).GetProperty("Id").GetInt32(), Is.EqualTo(3));
        Assert.That(await StatusAsync("Outcomes(33)"), Is.EqualTo(404));
    }

    [Test]
    [Clause("13.1.1-12", "SHOULD support $expand")]
    public async Task RowsAreExpanded() =>
        Assert.That((await house.JsonAsync("Outcomes(1)?$expand=Place")).GetProperty("Place").GetProperty("Name").GetString(), Is.EqualTo("Zorg"));

    [TestCase("application/xml", "<?xml")]
    [TestCase("application/json", "{\"$Version\":\"4.0")]
    [Clause("13.1.1-13", "SHOULD publish metadata as XML and MAY as JSON")]
    public async Task MetadataIsPublished(string accept, string start) => Assert.That(await house.TextAsync("$metadata", $"Accept: {accept}"), Does.StartWith(start));

    [Test]
    [Clause("13.1.1-14", "MUST support prefixed headers and preferences")]
    public async Task PrefixedPreferencesAreApplied() => Assert.That(await AppliedAsync("odata.maxpagesize=3"), Is.EqualTo("odata.maxpagesize=3"));

    [Test]
    [Clause("13.1.1-15", "MUST support duration literals with their prefix; the model has no enumerations")]
    public async Task DurationsHaveAPrefix()
    {
        Assert.That(await CountAsync("Periods", "FromOn add duration'P364D' eq UntilOn"), Is.EqualTo(1));
        Assert.That((await MetadataAsync()).GetElementsByTagName("EnumType"), Is.Empty);
    }

    [Test]
    [Clause("13.1.2-3", "MUST support $select")]
    public async Task PropertiesAreSelected() =>
        Assert.That((await house.JsonAsync("Outcomes?$select=Mean,Id&$top=1")).GetProperty("value")[0].EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "Id", "Mean" }));

    [Test]
    [Clause("13.1.2-4", "MUST support casts to derived types where there are any; there are none")]
    public async Task ThereAreNoDerivedTypes() =>
        Assert.That((await MetadataAsync()).GetElementsByTagName("EntityType").Cast<XmlElement>().Select(e => e.GetAttribute("BaseType")), Is.All.Empty);

    [Test]
    [Clause("13.1.2-5", "MUST support $top")]
    public async Task TheFirstRowsAreTaken() => Assert.That(Ids(await house.JsonAsync("Outcomes?$top=3")), Is.EqualTo(new[] { 1, 2, 3 }));

    [TestCase("Outcomes(5)/Mean/$value", "65")]
    [TestCase("Outcomes(5)/Suppressed/$value", "false")]
    [TestCase("Places(00000000-0000-7000-8000-000000000004)/Name/$value", "Huis Één")]
    [Clause("13.1.2-6", "MUST support /$value of properties")]
    public async Task AValueStandsAlone(string path, string value) => Assert.That(await house.TextAsync(path), Is.EqualTo(value));

    [TestCase("Mean eq 65", 1)]
    [TestCase("Mean ne 65", 9)]
    [Clause("13.1.2-7.1", "MUST support eq and ne in $filter")]
    public async Task RowsAreFilteredByEqualAndNotEqual(string filter, int rows) => Assert.That(await CountAsync("Outcomes", filter), Is.EqualTo(rows));

    [Test]
    [Clause("13.1.2-7.2", "MUST support aliases in $filter")]
    public async Task AliasesStandForValues() => Assert.That(await house.TextAsync("Outcomes/$count?$filter=Mean gt @low and Mean lt @high&@low=50&@high=70"), Is.EqualTo("2"));

    [TestCase("Mean gt 70 or Mean lt 50", 4)]
    [TestCase("not (Mean ge 70)", 6)]
    [TestCase("Mean le 60 and Respondents eq 11", 1)]
    [TestCase("-Mean lt -70", 3)]
    [TestCase("(Mean add 5) sub 10 mul 2 eq 50", 1)]
    [TestCase("Respondents mod 2 eq 1", 3)]
    [TestCase("Respondents div 2 eq 5", 5)]
    [TestCase("Perspective has 'x'", -400)]
    [Clause("13.1.2-7.3", "SHOULD support more operations and MUST fail for others")]
    public async Task MoreOperationsAreDoneOrRefused(string filter, int rows) => Assert.That(await CountAsync("Outcomes", filter), Is.EqualTo(rows));

    [Test]
    [Clause("13.1.2-7.4", "SHOULD support the canonical functions and MUST fail for others")]
    public async Task EveryCanonicalFunctionIsDoneOrRefusedByName()
    {
        foreach (var name in Functions.Names)
        {
            Assert.That(Calls, Does.ContainKey(name), "each function that is promised is called here");
            Assert.That(await CountAsync("Outcomes", Calls[name]), Is.EqualTo(10), Calls[name]);
        }

        foreach (var name in Functions.Refused)
        {
            using var answer = await house.AskAsync($"Outcomes?$filter={name}(Perspective) eq 1");
            Assert.That((int)answer.StatusCode, Is.AnyOf(501, 400), name);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(name).IgnoreCase, "it is named");
        }
    }

    [Test]
    [Clause("13.1.2-7.5", "SHOULD support $filter on expanded entities")]
    public async Task ExpandedRowsAreFiltered() => Assert.That(
        await house.TextAsync($"Places?$filter=Kind eq 'region'&$select=Name&$expand=Outcomes($filter=Mean gt 60;$select=Mean;$orderby=Mean desc;$top=1;$skip=0;$count=true)&{None}"),
        Is.EqualTo("""{"value":[{"Name":"Noord","Outcomes@odata.count":0,"Outcomes":[]},{"Name":"Zuid","Outcomes@odata.count":2,"Outcomes":[{"Mean":70}]}]}""")
            .Or.EqualTo("""{"value":[{"Name":"Noord","Outcomes@odata.count":0,"Outcomes":[]},{"Name":"Zuid","Outcomes@odata.count":2,"Outcomes":[{"Mean":70.0}]}]}"""));

    [Test]
    [Clause("13.1.2-10", "SHOULD consider Basic authentication")]
    public async Task AKeyIsTakenAsThePasswordOfBasic()
    {
        using var plain = new HttpClient { BaseAddress = house.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/Outcomes/$count");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x:" + FeedHouse.WholeKey)));
        using var answer = await plain.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
    }

    [TestCase("NOORD", 2)]
    [TestCase("noord OR zuid", 4)]
    [TestCase("wonen AND NOT noord", 4)]
    [TestCase("\"hoe is je dag\"", 5)]
    [Clause("13.1.2-11", "SHOULD support $search")]
    public async Task RowsAreSearched(string words, int rows) => Assert.That(await house.TextAsync($"Outcomes/$count?$search={Uri.EscapeDataString(words)}"), Is.EqualTo($"{rows}"));

    [Test]
    [Clause("13.1.2-12", "SHOULD support $skip")]
    public async Task RowsAreSkipped() => Assert.That(Ids(await house.JsonAsync("Outcomes?$skip=8")), Is.EqualTo(new[] { 9, 10 }));

    [Test]
    [Clause("13.1.2-13", "SHOULD support $count")]
    public async Task RowsAreCounted() => Assert.That((await house.JsonAsync("Outcomes?$count=true&$top=1&$filter=Suppressed")).GetProperty("@odata.count").GetInt32(), Is.EqualTo(2));

    [TestCase("Outcomes/any(o:o/Mean gt 80)", 1)]
    [TestCase("Outcomes/any()", 5)]
    [TestCase("Outcomes/all(o:o/Mean gt 60)", 2)]
    [TestCase("not Children/any()", 2)]
    [TestCase("Children/any(c:c/Kind eq 'location' and c/Outcomes/any(o:o/Suppressed))", 1)]
    [Clause("13.1.2-15", "SHOULD support any and all")]
    public async Task AnyAndAllLookAtRelatedRows(string filter, int rows) => Assert.That(await CountAsync("Places", filter), Is.EqualTo(rows));

    [TestCase("Places(00000000-0000-7000-8000-000000000002)/Outcomes/$count", "2")]
    [TestCase("Places(00000000-0000-7000-8000-000000000002)/Outcomes/$count?$filter=Suppressed", "1")]
    [TestCase("Outcomes(3)/Place/Children/$count", "1")]
    [Clause("13.1.2-16", "SHOULD support /$count of navigations")]
    public async Task RelatedRowsAreCounted(string path, string count) => Assert.That(await house.TextAsync(path), Is.EqualTo(count));

    [Test]
    [Clause("13.1.2-17", "SHOULD support $orderby asc and desc")]
    public async Task RowsAreOrdered() => Assert.That(Ids(await house.JsonAsync("Outcomes?$orderby=Suppressed desc,Id asc&$top=3")), Is.EqualTo(new[] { 4, 9, 1 }));

    [Test]
    [Clause("13.2.1-2", "MUST be compliant with JSON 4.01")]
    public async Task InVersion401NamesHaveNoPrefix()
    {
        var page = await house.JsonAsync("Outcomes?$count=true", V401, "Prefer: maxpagesize=1");
        Assert.That(page.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "@context", "@count", "value", "@nextLink" }));
        var full = await house.JsonAsync("Periods('2025')?$format=application/json;metadata=full", V401);
        Assert.That((full.GetProperty("@type").GetString(), full.GetProperty("FromOn@type").GetString(), full.GetProperty("Outcomes@navigationLink").GetString()), Is.EqualTo(("#ClientVoice.Period", "#Date", house.Root + "/odata/Periods('2025')/Outcomes")));
    }

    [Test]
    [Clause("13.2.1-4", "MUST support headers and preferences with and without prefix")]
    public async Task PreferencesNeedNoPrefix() => Assert.That(await AppliedAsync("maxpagesize=3"), Is.EqualTo("maxpagesize=3"));

    [Test]
    [Clause("13.2.1-5", "MUST reject a $schemaversion that does not fit, where the model has one; it has none")]
    public async Task ASchemaVersionIsRefused()
    {
        Assert.That(await StatusAsync("Outcomes?$schemaversion=1"), Is.EqualTo(501));
        Assert.That(await house.TextAsync("$metadata"), Does.Not.Contain("SchemaVersion"));
    }

    [Test]
    [Clause("13.2.1-6", "MUST support options with or without $")]
    public async Task OptionsNeedNoDollar() => Assert.That(
        await house.TextAsync("Outcomes?filter=Id le 2&select=Id&orderby=Id desc&count=true&top=1&skip=0&compute=Id add 1 as Next&expand=Place(select=Name)"),
        Is.EqualTo(await house.TextAsync("Outcomes?$filter=Id le 2&$select=Id&$orderby=Id desc&$count=true&$top=1&$skip=0&$compute=Id add 1 as Next&$expand=Place($select=Name)")));

    [TestCase("Outcomes/$count?$FILTER=Mean GT 60 AND NOT (Mean EQ 65)", "4")]
    [TestCase("Outcomes/$count?$filter=CONTAINS(MeasureId,'home') And Id In (1,2,3)", "2")]
    [Clause("13.2.1-7", "MUST take options, operators and functions in any case")]
    public async Task TheCaseOfWordsDoesNotMatter(string path, string count) => Assert.That(await house.TextAsync(path), Is.EqualTo(count));

    [Test]
    [Clause("13.2.1-8", "MUST return identifiers as the model has them")]
    public async Task NamesComeBackAsTheModelHasThem() =>
        Assert.That(await house.TextAsync($"outcomes?$select=mean&$filter=id eq 5&{None}"), Is.EqualTo("""{"value":[{"Mean":65}]}"""));

    [Test]
    [Clause("13.2.1-9.1", "MUST support casting strings to primitive types")]
    public async Task TextsAreCast() => Assert.That(await CountAsync("Periods", "FromOn eq cast('2025-01-01',Edm.Date)"), Is.EqualTo(1));

    [Test]
    [Clause("13.2.1-9.2", "MUST support duration literals without their prefix")]
    public async Task DurationsNeedNoPrefix() => Assert.That(await CountAsync("Periods", "FromOn add 'P364D' eq UntilOn"), Is.EqualTo(1));

    [Test]
    [Clause("13.2.1-9.6", "MUST support aliases for keys where texts may hold a slash")]
    public async Task AKeyMayBeAnAlias() => Assert.That((await house.JsonAsync("Measures(@key)?@key='plain@1.0/day'")).GetProperty("Code").GetString(), Is.EqualTo("day"));

    [TestCase("Place eq null", 0)]
    [TestCase("Place/Parent ne null", 8)]
    [Clause("13.2.1-9.8", "SHOULD compare navigations with null")]
    public async Task ANavigationIsComparedWithNull(string filter, int rows) => Assert.That(await CountAsync("Outcomes", filter), Is.EqualTo(rows));

    [Test]
    [Clause("13.2.1-9.9", "SHOULD support in")]
    public async Task ValuesAreLookedForInAList() => Assert.That(await CountAsync("Outcomes", "Id in (1,2,99)"), Is.EqualTo(2));

    [Test]
    [Clause("13.2.1-9.10", "SHOULD support divby")]
    public async Task DivByDoesNotRound() => Assert.That(await CountAsync("Outcomes", "Respondents divby 4 eq 2.75"), Is.EqualTo(3));

    [Test]
    [Clause("13.2.1-9.11", "SHOULD support negative positions in substring")]
    public async Task SubstringCountsFromTheEnd() => Assert.That(await CountAsync("Outcomes", "substring(MeasureId,-3) eq 'day'"), Is.EqualTo(5));

    [Test]
    [Clause("13.2.1-10", "SHOULD publish metadata as XML and JSON")]
    public async Task BothModelsSayTheSame()
    {
        var json = await house.JsonAsync("$metadata?$format=json");
        var types = json.GetProperty("ClientVoice").EnumerateObject().Where(t => t.Value.TryGetProperty("$Kind", out var kind) && kind.GetString() == "EntityType").Select(t => t.Name);
        Assert.That(types, Is.EquivalentTo((await MetadataAsync()).GetElementsByTagName("EntityType").Cast<XmlElement>().Select(e => e.GetAttribute("Name"))));
    }

    [Test]
    [Clause("13.2.1-11", "SHOULD NOT have names that differ in case only")]
    public void NamesDifferInMoreThanCase()
    {
        foreach (var set in PublishedModel.Sets)
        {
            var names = set.Columns.Select(c => c.Name).Concat(set.References.Select(r => r.Name)).Concat(ClientVoice.Feed.Model.Related.Of(set).Select(r => r.Name)).ToList();
            Assert.That(names.Select(n => n.ToUpperInvariant()), Is.Unique, set.Name);
        }
    }

    [Test]
    [Clause("13.2.1-12", "SHOULD return Core.ODataVersions")]
    public async Task TheModelNamesTheVersion() => Assert.That(Annotation(await MetadataAsync(), "Org.OData.Core.V1.ODataVersions").GetAttribute("String"), Is.EqualTo("4.01"));

    [Test]
    [Clause("13.2.1-13", "SHOULD report capabilities, and they are true")]
    public async Task CapabilitiesAreTheOnesInForce()
    {
        var model = await MetadataAsync();
        Assert.That(Annotation(model, "Org.OData.Capabilities.V1.ConformanceLevel").InnerText + Annotation(model, "Org.OData.Capabilities.V1.ConformanceLevel").GetAttribute("EnumMember"), Does.Contain("Intermediate"));
        var promised = Annotation(model, "Org.OData.Capabilities.V1.FilterFunctions").GetElementsByTagName("String").Cast<XmlElement>().Select(s => s.InnerText).ToList();
        Assert.That(promised, Is.EquivalentTo(Functions.Names), "EveryCanonicalFunctionIsDoneOrRefusedByName calls each");
        foreach (var set in model.GetElementsByTagName("EntitySet").Cast<XmlElement>())
        {
            Assert.That(Annotations(set, "Bool", "true"), Is.SupersetOf(new[] { "TopSupported", "SkipSupported", "ComputeSupported", "IndexableByKey" }), set.GetAttribute("Name"));
            Assert.That(await StatusAsync(set.GetAttribute("Name") + "?$top=1&$skip=0&$count=true&$search=x&$filter=Id ne null&$orderby=Id&$compute=1 as One&$select=Id"), Is.EqualTo(200), set.GetAttribute("Name"));
        }
    }

    [Test]
    [Clause("13.2.1-15", "MAY support $compute")]
    public async Task ValuesAreComputed() => Assert.That(
        await house.TextAsync($"Outcomes?$compute=Mean sub IntervalLow as Margin&$filter=Margin gt 55&$orderby=Margin desc&$select=Id,Margin&{None}"),
        Is.EqualTo("""{"value":[{"Id":10,"Margin":60}]}"""));

    [Test]
    [Clause("13.2.2-3", "MUST compare navigations with null")]
    public async Task TheTopPlaceHasNoParent() => Assert.That(await CountAsync("Places", "Parent eq null"), Is.EqualTo(1));

    [Test]
    [Clause("13.2.2-4", "MUST support in")]
    public async Task TextsAreLookedForInAList() => Assert.That(await CountAsync("Places", "Name in ('Noord','Zuid','x')"), Is.EqualTo(2));

    [TestCase("$select=Id,Place($select=Name)&$expand=Place")]
    [TestCase("$select=Id,Place/Name&$expand=Place")]
    [TestCase("$select=Id&$expand=Place($select=Name)")]
    [Clause("13.2.2-5", "MUST support $select nested within $select")]
    public async Task SelectReachesIntoExpandedRows(string options) =>
        Assert.That(await house.TextAsync($"Outcomes?$filter=Id eq 3&{options}&{None}"), Is.EqualTo("""{"value":[{"Id":3,"Place":{"Name":"Noord"}}]}"""));

    [Test]
    [Clause("13.2.2-6", "SHOULD count a collection in an expression; a filtered one is refused")]
    public async Task RelatedRowsAreCountedInAnExpression()
    {
        Assert.That(await CountAsync("Places", "Children/$count eq 2"), Is.EqualTo(1));
        Assert.That(await StatusAsync("Places?$filter=Children/$count($filter=Kind eq 'x') eq 2"), Is.EqualTo(400));
    }

    [Test]
    [Clause("13.2.2-8", "SHOULD support $compute")]
    public async Task ComputedValuesStandInTheRowByDefault() =>
        Assert.That((await house.JsonAsync("Outcomes?$compute=Id mul 2 as Twice&$top=1")).GetProperty("value")[0].GetProperty("Twice").GetInt32(), Is.EqualTo(2));

    [TestCase("GET Outcomes/$count HTTP/1.1")]
    [Clause("13.1.3-11", "MUST (advanced) support batch in multipart, MAY in JSON")]
    public async Task ABatchIsAnswered(string line)
    {
        using var parts = new StringContent($"--b\r\nContent-Type: application/http\r\n\r\n{line}\r\n\r\n\r\n--b--\r\n");
        parts.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b");
        using var answer = await house.Client.PostAsync(new Uri("/odata/$batch", UriKind.Relative), parts);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("HTTP/1.1 200 OK").And.Contain("\r\n10\r\n"));
    }

    [Test]
    public void EveryClauseStandsInTheReadmeWithItsTest()
    {
        var here = Here();
        var tests = typeof(ConformanceTest).GetMethods().Select(m => (Method: m, Clause: m.GetCustomAttribute<ClauseAttribute>())).Where(m => m.Clause is not null)
            .Select(m => $"| {m.Clause!.Number} | {m.Clause.Says} | `{m.Method.Name}` |");
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/ClientVoice/Feed/README.md"));
        Assert.That(Rows().Matches(readme).Select(r => r.Value), Is.EquivalentTo(tests), "the table in the README is printed from these tests: " + string.Join('\n', tests));
    }

    private static string Here([CallerFilePath] string here = "") => here;

    private const string None = "$format=application/json;odata.metadata=none";

    // One call of each function, true of every cell.
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["contains"] = "contains(MeasureId,'plain')",
        ["startswith"] = "startswith(MeasureId,'plain')",
        ["endswith"] = "endswith(Perspective,'ent')",
        ["length"] = "length(Perspective) eq 6",
        ["indexof"] = "indexof(Perspective,'l') eq 1",
        ["substring"] = "substring(Perspective,1,2) eq 'li'",
        ["tolower"] = "tolower('CLIENT') eq Perspective",
        ["toupper"] = "toupper(Perspective) eq 'CLIENT'",
        ["trim"] = "trim(' client ') eq Perspective",
        ["concat"] = "concat(Perspective,'s') eq 'clients'",
        ["year"] = "year(Period/FromOn) eq 2025",
        ["month"] = "month(Period/FromOn) eq 1",
        ["day"] = "day(Period/UntilOn) eq 31",
        ["round"] = "round(Id) eq Id",
        ["floor"] = "floor(Id) eq Id",
        ["ceiling"] = "ceiling(Id) eq Id",
        ["cast"] = "cast(Id,Edm.String) ne ''",
        ["date"] = "Period/FromOn lt date(now())",
        ["now"] = "year(now()) ge 2025",
    };

    private async Task<int> StatusAsync(string path, params string[] headers)
    {
        using var answer = await house.AskAsync(path, headers);
        return (int)answer.StatusCode;
    }

    /// <summary>How many rows a filter finds; what is refused gives its status, negative.</summary>
    private async Task<int> CountAsync(string set, string filter)
    {
        using var answer = await house.AskAsync($"{set}/$count?$filter={Uri.EscapeDataString(filter)}");
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : -(int)answer.StatusCode;
    }

    private async Task<string> AppliedAsync(string preference)
    {
        using var answer = await house.AskAsync("Outcomes", $"Prefer: {preference}");
        Assert.That(Ids(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement), Has.Count.EqualTo(3));
        return answer.Headers.GetValues("Preference-Applied").Single();
    }

    private async Task<XmlDocument> MetadataAsync()
    {
        var xml = new XmlDocument();
        xml.LoadXml(await house.TextAsync("$metadata"));
        return xml;
    }

    private static XmlElement Annotation(XmlDocument model, string term) =>
        model.GetElementsByTagName("Annotation").Cast<XmlElement>().Single(a => a.GetAttribute("Term") == term || term.EndsWith("." + a.GetAttribute("Term").Split('.')[^1], StringComparison.Ordinal));

    private static IEnumerable<string> Annotations(XmlElement target, string attribute, string value) =>
        target.GetElementsByTagName("Annotation").Cast<XmlElement>().Where(a => a.GetAttribute(attribute) == value).Select(a => a.GetAttribute("Term").Split('.')[^1]);

    private static List<int> Ids(JsonElement page) => [.. page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("Id").GetInt32())];

    private static string Plain(JsonElement row) => string.Join(',', row.EnumerateObject().Where(p => !p.Name.Contains('@', StringComparison.Ordinal)).Select(p => $"{p.Name}:{p.Value.GetRawText()}"));

    [GeneratedRegex(@"^\| 13\..*$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
