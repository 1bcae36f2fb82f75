// From stored conversations to a frozen report, over the real database: what is hidden stays hidden, what is frozen stays as it was.
using ClientVoice.Access;
using ClientVoice.Conversations.Quotes;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.QualityReports;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClientVoice.Tests.QualityReports;

internal sealed class ReportDataTests
{
    private ServiceUnderTest service = null!;
    private Guid officer;
    private Guid leader;
    private Guid organisation;
    private int publication;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(demo: true);
        await service.UntilTheSchedulerHasRunAsync();
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        officer = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Person WHERE Role = 'quality-officer'");
        leader = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Person WHERE Role = 'team-leader'");
        organisation = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Place WHERE Kind = 'organisation'");
        publication = (await Get<IPublications>().CurrentAsync(default))!.Number;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AReportHasAPlaceForEveryGroupAndNoFigureThatThePublicationHides()
    {
        var report = await MakeAsync(await BeginAsync("year", "2025"));
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var groups = await connection.QueryAsync<string>("SELECT NameNl FROM PublishedClientGroup WHERE Publication = @publication", new { publication });
        Assert.That(report.Groups.Select(g => g.Name.Nl), Is.EquivalentTo(groups));
        var wrong = new List<string>();
        foreach (var (group, asked, area) in report.Groups.SelectMany(g => g.Asked.SelectMany(a => a.Areas.Select(area => (g, a, area)))))
        {
            var row = await connection.QuerySingleAsync<OutcomeRow>(
                "SELECT Mean, IntervalLow, IntervalHigh, Respondents, Suppressed FROM PublishedOutcome WHERE Publication = @publication AND PlaceId = @organisation AND ClientGroupId = @group AND PeriodId = '2025' AND Perspective = @Perspective AND MeasureId = @measure",
                new { publication, organisation, group = group.Id, asked.Perspective, measure = $"{asked.Instrument}/domain/{area.Area}" });
            if ((area.Mean, area.Low, area.High, area.People) != (row.Suppressed ? (null, null, null, null) : (Round(row.Mean), Round(row.IntervalLow), Round(row.IntervalHigh), row.Respondents)))
            {
                wrong.Add($"{group.Name.Nl} {area.Area}");
            }
        }

        Assert.That(wrong, Is.Empty, "figures are those of the publication in whole points, or hidden as there");
    }

    [Test]
    public async Task WhatIsFrozenIsNeverWrittenAgainWhateverIsCountedOrWrittenLater()
    {
        var head = await BeginAsync("two-years", "2026");
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Council, "Goed zo.", 0, officer, default));
        var points = Get<PointStore>();
        var point = await points.AddAsync(head, new PointWords("Meer keuze", "Team", null, null, null), null, null, new DateOnly(2027, 1, 1), default);
        var frozen = await MakeAsync(head);
        Assert.That(await Store.FreezeAsync(head.Id, frozen, officer, default));
        var before = ReportJson.Write((await Store.FrozenAsync(head.Id, default))!);
        Assert.That(before, Is.EqualTo(ReportJson.Write(frozen)));

        Assert.That(await Store.FreezeAsync(head.Id, frozen with { Title = "Anders" }, officer, default), Is.False, "a second time");
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Council, "Toch niet.", 1, officer, default), Is.False, "a text");
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Ahead, "Nieuw.", 0, officer, default), Is.False, "a new text");
        Assert.That(await Store.DiscardAsync(head.Id, default), Is.False, "throwing away");
        var kept = (await points.OfReportAsync(head, default)).Single(p => p.Id == point);
        Assert.That(await points.RemoveAsync(kept, default), Is.False, "a promise");
        await service.AggregateAsync(full: true);
        Assert.That(ReportJson.Write((await Store.FrozenAsync(head.Id, default))!), Is.EqualTo(before));
        Assert.That(frozen.Periods, Is.EqualTo(new[] { "2025", "2026" }));
        Assert.That(frozen.Council, Is.EqualTo("Goed zo."));
    }

    [Test]
    public async Task ATextThatAColleagueChangedIsNotOverwritten()
    {
        var head = await BeginAsync("year", "2026");
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Introduction, "een", 0, officer, default));
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Introduction, "twee", 0, officer, default), Is.False, "both were the first");
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Introduction, "drie", 1, officer, default));
        Assert.That(await Store.WriteAsync(head.Id, ReportWords.Introduction, "vier", 1, officer, default), Is.False, "read before it changed");
        Assert.That((await Store.WordsAsync(head.Id, default))[ReportWords.Introduction], Is.EqualTo("drie"));
    }

    [Test]
    public async Task APromiseIsCheckedAgainstTheNextOutcomesAndGoesOnUntilItIsClosed()
    {
        var first = await BeginAsync("year", "2025");
        var line = (await Get<ReportMaker>().LinesAsync(first, officer, default)).First(l => l.Last?.PeriodId == "2025");
        var began = ReportMaker.Whole(line.Last!.Mean);
        var points = Get<PointStore>();
        var id = await points.AddAsync(first, new PointWords("Beter", "Team", "Stappen", null, null), new PointSource(line.Group, line.Instrument, line.Perspective, line.Area, began, "2025"), 90, new DateOnly(2026, 12, 31), default);
        var planned = (await MakeAsync(first)).Planned.Single();
        Assert.That((planned.Was, planned.Is, planned.Wanted), Is.EqualTo((began, (int?)null, 90)), "in its own report a point has no later figure");
        var second = await BeginAsync("year", "2026");
        Assert.That((await MakeAsync(second)).Promised.Select(p => p.Id), Has.No.Member(id), "a draft promises nothing to anybody");
        await Store.FreezeAsync(first.Id, await MakeAsync(first), officer, default);

        var carried = (await MakeAsync(second)).Promised.Single(p => p.Id == id);
        var after = (await Get<ReportMaker>().LinesAsync(second, officer, default)).Single(l => l.Key == line.Key);
        Assert.That((carried.Was, carried.Is, carried.IsCarriedOn), Is.EqualTo((began, ReportMaker.Whole(after.Last!.Mean), true)));
        Assert.That(carried.Verdict, Is.EqualTo(after.Line.Change), "as sure as the outcomes page says");
        var open = (await points.OfReportAsync(second, default)).Single(p => p.Id == id);
        Assert.That(await points.JudgeAsync(open, open.Words with { Why = "Tijd" }, "partly", open.DueOn, second.Id, default));
        Assert.That(await points.JudgeAsync(open, open.Words, "yes", open.DueOn, null, default), Is.False, "somebody judged it meanwhile");
        await Store.FreezeAsync(second.Id, await MakeAsync(second), officer, default);
        Assert.That((await Store.FrozenAsync(second.Id, default))!.Promised.Single(p => p.Id == id) is { Reached: "partly", Why: "Tijd", IsCarriedOn: false });
        var third = await BeginAsync("three-years", "2024-2026");
        Assert.That((await MakeAsync(third)).Promised.Select(p => p.Id), Has.No.Member(id), "closed is closed");
    }

    [Test]
    public async Task TheJobMakesEveryFileOnceAndAsTheyAreMadeAgain()
    {
        var head = await BeginAsync("update", "2026-Q3");
        var report = await MakeAsync(head);
        await Store.FreezeAsync(head.Id, report, officer, default);
        var work = new ReportWork(Get<ReportFiles>(), NullLogger<ReportWork>.Instance);
        Assert.That(await work.RunAsync(new Progress<WorkProgress>(), default), Is.Not.Null);
        Assert.That(await work.RunAsync(new Progress<WorkProgress>(), default), Is.Null, "nothing waits any more");
        foreach (var (voice, language) in ReportFiles.All)
        {
            Assert.That(await Get<ReportFiles>().ReadAsync(head.Id, voice, language, default), Is.EqualTo(await ReportFiles.MakeAsync(report, voice, language, Get<EasyFile>())), $"{voice} {language}");
        }
    }

    [Test]
    public async Task WordsThatAreTakenBackLeaveAFrozenReportAndItsFilesWhileItsFiguresStay()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var speaker = await connection.QueryFirstAsync<(Guid Conversation, Guid Client, Guid Group, string Question)>(
            """
            SELECT c.Id, c.ClientId, c.GroupId, a.QuestionId FROM Conversation c JOIN Answer a ON a.ConversationId = c.Id AND a.Position = 0
            JOIN PublishedParticipation p ON p.Publication = @publication AND p.PlaceId = @organisation AND p.ClientGroupId = c.GroupId AND p.PeriodId = '2026' AND p.Perspective = c.Perspective AND p.Suppressed = 0
            WHERE c.HeldOn >= '2026-01-01' AND c.QuotesAllowed = 1 AND c.Outcome = 'finished' AND c.InstrumentId = 'mijn-verhaal' AND a.WordsSecret IS NOT NULL ORDER BY c.Id
            """, new { publication, organisation });
        var quotes = Get<QuoteStore>();
        await quotes.DecideAsync((await quotes.FindAsync(speaker.Conversation, speaker.Question, officer, default))!, "Zoals het gezegd is", officer, default);
        var head = await BeginAsync("year", "2026");
        var report = await MakeAsync(head);
        Assert.That(report.Groups.Single(g => g.Id == speaker.Group).Quotes.Select(q => q.Text), Does.Contain("Zoals het gezegd is"));
        await Store.FreezeAsync(head.Id, report, officer, default);
        var work = new ReportWork(Get<ReportFiles>(), NullLogger<ReportWork>.Instance);
        await work.RunAsync(new Progress<WorkProgress>(), default);
        var before = await Get<ReportFiles>().ReadAsync(head.Id, ReportFiles.Json, "nl", default);
        Assert.That(System.Text.Encoding.UTF8.GetString(before!), Does.Contain("Zoals het gezegd is"));

        await Get<Consents>().WithdrawAsync(speaker.Client, Consents.Quotes, officer, default);
        var after = (await Store.FrozenAsync(head.Id, default))!;
        Assert.Multiple(() =>
        {
            Assert.That(ReportJson.Write(after), Is.EqualTo(ReportJson.Write(report)), "the figures and texts are what was frozen");
            Assert.That(after.Groups.SelectMany(g => g.Quotes).Where(q => q.Position == Position(report)).Select(q => q.Text), Is.EqualTo(new string?[] { null }));
        });
        Assert.That(await Get<ReportFiles>().ReadAsync(head.Id, ReportFiles.Json, "nl", default), Is.Null, "no file has the words any more");
        await work.RunAsync(new Progress<WorkProgress>(), default);
        Assert.That(System.Text.Encoding.UTF8.GetString((await Get<ReportFiles>().ReadAsync(head.Id, ReportFiles.Json, "nl", default))!), Does.Not.Contain("Zoals het gezegd is"));

        static int Position(QualityReport report) => report.Groups.SelectMany(g => g.Quotes).Single(q => q.Text == "Zoals het gezegd is").Position;
    }

    [Test]
    public async Task FilesWithWordsOfClientsAreUnderTheKeysOfThoseClientsAlsoThoseFromBefore()
    {
        const string Quoted = "FROM ReportFile f WHERE f.Voice = 'word' AND f.Language = 'nl' AND f.Bytes IS NOT NULL AND EXISTS (SELECT 1 FROM QualityReportQuote q WHERE q.ReportId = f.ReportId AND q.GoneAt IS NULL)";
        await MakeFilesAsync();
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var (report, hash) = await connection.QueryFirstAsync<(Guid, string)>("SELECT f.ReportId, f.Sha256 " + Quoted);
        var secrets = Get<Secrets>();
        var content = secrets.OpenBytes(SecretKind.Words, await SecretAsync());
        await connection.ExecuteAsync("UPDATE ReportFile SET ContentSecret = @old WHERE ReportId = @report AND Voice = 'word' AND Language = 'nl'", new { report, old = secrets.Protect(SecretKind.Words, content) });
        await MakeFilesAsync();
        var speakers = await connection.QueryAsync<Guid>("SELECT DISTINCT v.ClientId FROM QualityReportQuote q JOIN Conversation v ON v.Id = q.ConversationId WHERE q.ReportId = @report AND q.GoneAt IS NULL", new { report });
        Assert.That(SharedSecrets.ClientsOf(await SecretAsync()), Is.EquivalentTo(speakers).And.Not.Empty);
        Assert.That(await connection.ExecuteScalarAsync<string>("SELECT Sha256 FROM ReportFile WHERE ReportId = @report AND Voice = 'word' AND Language = 'nl'", new { report }), Is.EqualTo(hash), "made again it is the same file");

        async Task<byte[]> SecretAsync() => (await connection.ExecuteScalarAsync<byte[]>("SELECT ContentSecret FROM ReportFile WHERE ReportId = @report AND Voice = 'word' AND Language = 'nl'", new { report }))!;

        Task MakeFilesAsync() => Get<ReportFiles>().MakeAsync(new Progress<WorkProgress>(), NullLogger.Instance, default);
    }

    [Test]
    public async Task ALinkLeadsToOneReportUntilItExpiresOrIsTakenBack()
    {
        var (first, other) = (await BeginAsync("year", "2026"), await BeginAsync("year", "2025"));
        var links = Get<ReportLinks>();
        var key = await links.MakeAsync(first.Id, 7, officer, default);
        Assert.That(await links.FindAsync(key, default), Is.EqualTo(first.Id));
        Assert.That(await links.FindAsync(new string('0', 40), default), Is.Null);
        var link = (await links.OfAsync(first.Id, default)).Single();
        await links.TakeBackAsync(other.Id, link.Id, default);
        Assert.That(await links.FindAsync(key, default), Is.EqualTo(first.Id), "of another report it cannot be taken back");
        await links.TakeBackAsync(first.Id, link.Id, default);
        Assert.That(await links.FindAsync(key, default), Is.Null);
        var late = new ReportLinks(Get<IDatabase>(), new LaterTime(TimeSpan.FromDays(8)));
        var week = await links.MakeAsync(first.Id, 7, officer, default);
        Assert.That((await links.FindAsync(week, default), await late.FindAsync(week, default)), Is.EqualTo(((Guid?)first.Id, (Guid?)null)), "after a week it leads nowhere");
    }

    [Test]
    public async Task AReaderSeesNoDraftsAndNothingOfOtherPlaces()
    {
        var draft = await BeginAsync("year", "2025");
        Assert.That(await Store.FindAsync(draft.Id, officer, drafts: false, default), Is.Null, "a draft");
        Assert.That(await Store.FindAsync(draft.Id, leader, drafts: true, default), Is.Null, "the organisation is not a team leader's");
        Assert.That(await Get<ReportMaker>().MakeAsync(draft, ReportWords.None, [], leader, default), Is.Null, "and cannot be read around it");
    }

    [Test]
    public async Task NoWordOfAReportIsReadableInTheDatabase()
    {
        var head = await Store.BeginAsync(organisation, "year", "2026", "Geheimetitel", officer, default);
        await Store.WriteAsync(head, ReportWords.Introduction, "Geheimetekst", 0, officer, default);
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var secrets = (await connection.QueryAsync<byte[]>("SELECT TitleSecret FROM QualityReport UNION ALL SELECT TextSecret FROM QualityReportText")).ToList();
        Assert.That(secrets.Select(System.Text.Encoding.UTF8.GetString).Where(s => s.Contains("Geheime", StringComparison.Ordinal)), Is.Empty);
    }

    private ReportStore Store => Get<ReportStore>();

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();

    private static int? Round(double? figure) => figure is { } f ? (int)Math.Round(f, MidpointRounding.AwayFromZero) : null;

    private async Task<ReportHead> BeginAsync(string kind, string period) =>
        (await Store.FindAsync(await Store.BeginAsync(organisation, kind, period, $"Rapport {period}", officer, default), officer, true, default))!;

    private async Task<QualityReport> MakeAsync(ReportHead head) =>
        (await Get<ReportMaker>().MakeAsync(head, await Store.WordsAsync(head.Id, default), await Get<PointStore>().OfReportAsync(head, default), officer, default))!;

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
