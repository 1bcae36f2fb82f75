using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>Whole request in, whole body out.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class AnswerTest(string database)
{
    private FeedHouse house = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => house = await FeedHouse.StartAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await house.DisposeAsync();

    [TestCase(
        "",
        """{"@odata.context":"http://feed/odata/$metadata","value":[{"name":"Periods","title":"Perioden","kind":"EntitySet","url":"Periods"},{"name":"Places","title":"Plaatsen","kind":"EntitySet","url":"Places"},{"name":"ClientGroups","title":"Cliëntgroepen","kind":"EntitySet","url":"ClientGroups"},{"name":"Instruments","title":"Instrumenten","kind":"EntitySet","url":"Instruments"},{"name":"Measures","title":"Maten","kind":"EntitySet","url":"Measures"},{"name":"Outcomes","title":"Uitkomsten","kind":"EntitySet","url":"Outcomes"},{"name":"Distributions","title":"Verdelingen","kind":"EntitySet","url":"Distributions"},{"name":"Participation","title":"Deelname","kind":"EntitySet","url":"Participation"},{"name":"FollowUp","title":"Wat er van afspraken kwam","kind":"EntitySet","url":"FollowUp"}]}""",
        TestName = "TheServiceDocumentNamesEverySet")]
    [TestCase(
        "Outcomes?$filter=Id ge 4&$top=1",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes","value":[{"Id":4,"PeriodId":"2025","PlaceId":"00000000-0000-7000-8000-000000000002","ClientGroupId":"00000000-0000-7000-8000-0000000000a1","InstrumentId":"plain@1.0","Perspective":"client","MeasureId":"plain@1.0/day","Respondents":null,"ScoreSum":null,"Mean":null,"StandardDeviation":null,"IntervalLow":null,"IntervalHigh":null,"PassedOver":null,"NotGood":null,"WantChange":null,"NotGoodWantChange":null,"FiguresOf":null,"Suppressed":true,"SuppressionReason":"small-group"}]}""",
        TestName = "AHiddenCellIsThereWithItsReasonAndWithoutFigures")]
    [TestCase(
        "Outcomes?$select=Mean,Suppressed&$expand=Measure($select=Code;$expand=Instrument($select=Kind)),Place($select=Name)&$filter=Id eq 7&$count=true",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes(Mean,Suppressed,Measure(Code,Instrument(Kind)),Place(Name))","@odata.count":1,"value":[{"Mean":75,"Suppressed":false,"Measure":{"Code":"home","Instrument":{"Kind":"plain-language"}},"Place":{"Name":"Huis Één"}}]}""",
        TestName = "ExpandedRowsStandInsideTheirRow")]
    [TestCase(
        "Outcomes?$top=0&$count=true",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes","@odata.count":10,"value":[]}""",
        TestName = "TopZeroCountsOnly")]
    [TestCase(
        "outcomes(5)?select=ID,mean",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes(Id,Mean)/$entity","Id":5,"Mean":65}""",
        TestName = "NamesMayBeWrittenInAnyCaseAndWithoutDollar")]
    [TestCase(
        "Measures('plain@1.0%2Fday')",
        """{"@odata.context":"http://feed/odata/$metadata#Measures/$entity","Id":"plain@1.0/day","InstrumentId":"plain@1.0","Kind":"question","Code":"day","TextNl":"Hoe is je dag?","TextEn":"How is your day?","SharedDomain":null,"WishOf":null,"Position":2,"ContinuesId":null}""",
        TestName = "AKeyWithASlashIsFound")]
    [TestCase(
        "Outcomes?$top=0&$count=true&$format=application/json;IEEE754Compatible=true;odata.metadata=none",
        """{"@odata.count":"10","value":[]}""",
        TestName = "LargeNumbersAreTextsForWhoAsks")]
    [TestCase("Outcomes(5)/Measure?$select=Code", """{"@odata.context":"http://feed/odata/$metadata#Measures(Code)/$entity","Code":"home"}""", TestName = "ARowLeadsToItsDimension")]
    [TestCase("Outcomes(5)/Mean", """{"@odata.context":"http://feed/odata/$metadata#Outcomes(5)/Mean","value":65.0}""", TestName = "APropertyStandsAlone")]
    [TestCase("Outcomes(5)/Mean/$value", "65", TestName = "AValueStandsBare")]
    [TestCase("Outcomes(4)/Mean", "", TestName = "APropertyWithoutValueIsEmpty")]
    [TestCase("Periods('2025')/FromOn/$value", "2025-01-01", TestName = "ADayIsWrittenAsADay")]
    [TestCase("Outcomes/$count?$filter=Suppressed", "2", TestName = "RowsCanBeCountedAlone")]
    [TestCase(
        "Places?$filter=Name in ('D''Olde Börg','a\\b\"c')&$format=application/json;odata.metadata=none",
        """{"value":[{"Id":"00000000-0000-7000-8000-000000000005","ParentId":"00000000-0000-7000-8000-000000000003","Kind":"location","Name":"D'Olde Börg"}]}""",
        TestName = "MetadataNoneHoldsTheRowsAlone")]
    [TestCase(
        "Outcomes?$filter=Id eq 1&$select=Mean&$format=application/json;odata.metadata=full",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes(Mean)","value":[{"@odata.type":"#ClientVoice.Outcome","@odata.id":"http://feed/odata/Outcomes(1)","Mean":45}]}""",
        TestName = "MetadataFullNamesTypesAndAddresses")]
    [TestCase(
        "Outcomes?$apply=filter(Place/ParentId eq 00000000-0000-7000-8000-000000000001 and Measure/Kind eq 'domain')/groupby((Perspective,PeriodId,Measure/Code),aggregate(ScoreSum with sum as Scores,Respondents with sum as People,$count as Cells,Mean with min as Lowest))/compute(Scores div People as MeanOfPeople)",
        """{"@odata.context":"http://feed/odata/$metadata#Outcomes(Perspective,PeriodId,Measure(Code),Scores,People,Cells,Lowest,MeanOfPeople)","value":[{"@odata.id":null,"Perspective":"client","PeriodId":"2025","Scores":1330,"People":22,"Cells":2,"Lowest":55,"MeanOfPeople":60.45454545454545,"Measure":{"@odata.id":null,"Code":"home"}}]}""",
        TestName = "GroupedFiguresAddUpPeople")]
    [TestCase(
        "Outcomes?$apply=groupby((Suppressed,PeriodId),aggregate(PlaceId with countdistinct as Places))&$orderby=Places desc&$top=1&$format=application/json;odata.metadata=none",
        """{"value":[{"Suppressed":false,"PeriodId":"2025","Places":5}]}""",
        TestName = "GroupedRowsCanBeOrderedAndCut")]
    [TestCase("Outcomes/$count?$apply=groupby((PlaceId))", "5", TestName = "GroupsCanBeCounted")]
    [TestCase(
        "FollowUp?$filter=Period/Kind eq 'year'&$select=People,Made,Done,NotDone,StillOpen,ToldBack&$format=application/json;odata.metadata=none",
        """{"value":[{"People":12,"Made":18,"Done":11,"NotDone":2,"StillOpen":5,"ToldBack":9}]}""",
        TestName = "WhatBecameOfAgreementsCanBeRead")]
    public async Task ThisIsAnsweredWithThat(string path, string body) => Assert.That(await house.TextAsync(path), Is.EqualTo(body));

    [TestCase("Outcomes?$apply=aggregate(Mean with average as M)", "Mean cannot be averaged over rows: they stand for different numbers of people. Use the sums of ScoreSum and Respondents, and divide the one by the other. (At position 10 of $apply.)")]
    [TestCase("Outcomes?$apply=aggregate(Mean with sum as M)", "Mean cannot be summed: its rows stand for different numbers of people. Use the sums of ScoreSum and Respondents, and divide the one by the other. (At position 10 of $apply.)")]
    [TestCase("Outcomes?$apply=groupby((PeriodId),aggregate(Respondents with average as M))", "Respondents cannot be averaged over rows: they stand for different numbers of people. Use the sums of ScoreSum and Respondents, and divide the one by the other. (At position 29 of $apply.)")]
    [TestCase("Distributions?$apply=aggregate(Share with sum as S)", "Share cannot be summed: its rows stand for different numbers of people. Use the sum of People. (At position 10 of $apply.)")]
    [TestCase("Participation?$apply=aggregate(ResponseRate with average as R)", "ResponseRate cannot be averaged over rows: they stand for different numbers of people. Use the sum of Marked, NotReached, Stopped, Refused, Anonymous, Held, Invited. (At position 10 of $apply.)")]
    public async Task AnAverageOfAveragesIsRefused(string path, string message) =>
        Assert.That(await house.TextAsync(path), Is.EqualTo($$$"""{"error":{"code":"query-not-valid","message":"{{{message}}}","details":[{"code":"query-not-valid","target":"$apply","message":"{{{message}}}"}]}}"""));

    [Test]
    public async Task WhatWasReadBeforeIsNotSentAgain()
    {
        using var first = await house.AskAsync("Outcomes?$top=1");
        var tag = first.Headers.ETag!.ToString();
        Assert.That(tag, Does.StartWith("W/\"2-"), "the tag is weak and names the publication");
        using var again = await house.AskAsync("Outcomes?$top=1", $"If-None-Match: \"other\", {tag}");
        Assert.That(((int)again.StatusCode, await again.Content.ReadAsStringAsync(), again.Headers.ETag!.ToString()), Is.EqualTo((304, "", tag)));
        foreach (var (path, header) in new[] { ("Outcomes?$top=2", "Accept: */*"), ("Outcomes?$top=1", "X-ClientVoice-Key: " + FeedHouse.NorthKey), ("Outcomes?$top=1", "Accept: application/json;odata.metadata=none") })
        {
            using var other = await house.AskAsync(path, header, $"If-None-Match: {tag}");
            Assert.That((int)other.StatusCode, Is.EqualTo(200), $"{path} with {header} is another answer");
        }
    }

    [Test]
    public async Task ANewPublicationIsANewAnswer()
    {
        await using var own = await FeedHouse.StartAsync(database);
        own.Publications.Kept.Remove(2);
        using var before = await own.AskAsync("Outcomes");
        own.Publications.Kept.Add(2);
        using var after = await own.AskAsync("Outcomes", $"If-None-Match: {before.Headers.ETag}");
        Assert.That((int)after.StatusCode, Is.EqualTo(200));
    }

    [TestCase("3", "odata.maxpagesize=3")]
    [TestCase("99999", "odata.maxpagesize=10000")]
    public async Task ThePageSizeThatIsAppliedIsSaid(string asked, string applied)
    {
        using var answer = await house.AskAsync("Outcomes", $"Prefer: return=minimal, odata.maxpagesize={asked}");
        Assert.That(answer.Headers.GetValues("Preference-Applied"), Is.EqualTo(new[] { applied }));
    }

    [Test]
    public async Task AnAnswerThatCannotBeFinishedIsCutOff()
    {
        await using var own = await FeedHouse.StartAsync(database);
        // Twice as many each time: the ten cells become ten thousand.
        for (var rows = 10; rows < 10_000; rows *= 2)
        {
            await own.Store.ExecuteAsync(
                """
                INSERT INTO KeptCell (FromPublication, UntilPublication, Id, BlockId, MeasureId,
                    Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, Suppressed, SuppressionReason, Scored, Options)
                SELECT FromPublication, UntilPublication, Id + @rows, BlockId, MeasureId,
                    Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, Suppressed, SuppressionReason, Scored, Options
                FROM KeptCell WHERE FromPublication = 2
                """,
                new { rows });
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/Outcomes");
        request.Headers.Add("Prefer", "odata.maxpagesize=10000");
        using var answer = await own.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1_000]);
        own.Publications.Kept.Clear();
        await Assert.ThrowsAsync<HttpIOException>(() => body.CopyToAsync(Stream.Null), "rows may be missing: no reader takes this for the whole");
    }

    [Test]
    public async Task ManyReadersAtOnceGetTheirOwnAnswers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => house.TextAsync($"Outcomes?$select=Id&$filter=Id eq {1 + (i % 10)}&$format=application/json;odata.metadata=none")));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, 60).Select(i => $$$"""{"value":[{"Id":{{{1 + (i % 10)}}}}]}""")));
    }
}
