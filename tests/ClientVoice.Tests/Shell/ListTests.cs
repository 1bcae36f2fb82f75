using System.Net;
using ClientVoice.Access;
using ClientVoice.Clients.Register;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.QualityReports;
using ClientVoice.Shell;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ClientVoice.Tests.Shell;

/// <summary>What holds for every list of the desk: filtered, sorted and paged in the database, and to be taken along as it stands.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class ListTests(string database)
{
    private static readonly Guid Chief = Guid.Parse("01900000-0000-7000-8000-0000000000c1");
    private ServiceUnderTest service;
    private HttpClient officer;
    private HttpClient administrator;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await Get<People>().AddAsync(new NewPerson(Chief, "chief@proef", "Be Heerder", Roles.Administrator, ServiceUnderTest.Password, false, [ServiceUnderTest.Organisation]), default);
        (officer, administrator) = (await service.SignedInAsync("officer@proef"), await service.SignedInAsync("chief@proef"));
        foreach (var (name, place) in new[] { ("Tablet keuken", ServiceUnderTest.North), ("Tablet hal", ServiceUnderTest.South), ("Tablet zolder", ServiceUnderTest.South) })
        {
            await Get<Devices>().AddAsync(name, place, Chief, default);
        }

        var (all, _) = await Get<Devices>().ListAsync(Chief, null, null, "name", false, 0, 10, default);
        await Get<Devices>().RevokeAsync(all.Single(t => t.Name == "Tablet hal").Id, Chief, default);
        await Get<WorkRuns>().RunAsync("proef", (_, _) => Task.FromResult<LocalText?>(new LocalText("Gedaan", "Done")), default);
        await Assert.ThatAsync(() => Get<WorkRuns>().RunAsync("proef", (_, _) => throw new InvalidOperationException("x"), default), Throws.InvalidOperationException);
        await Get<AggregateWork>().RunAsync(true, new Progress<WorkProgress>(), default);
        await Get<ReportStore>().BeginAsync(ServiceUnderTest.North, "year", "2025", "Verslag Noord", ServiceUnderTest.Officer, default);
        await Get<ReportStore>().BeginAsync(ServiceUnderTest.South, "year", "2024", "Verslag Zuid", ServiceUnderTest.Officer, default);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        officer.Dispose();
        administrator.Dispose();
        await service.DisposeAsync();
    }

    [TestCase("/clients", "/clients/export", true)]
    [TestCase("/places", "/places/export", true)]
    [TestCase("/groups", "/groups/export", true)]
    [TestCase("/staff", "/staff/export", false)]
    [TestCase("/tablets", "/tablets/export", false)]
    [TestCase("/choices", "/choices/export", true)]
    [TestCase("/due?state=all", "/due/export?state=all", true)]
    [TestCase("/jobs", "/jobs/export", true)]
    [TestCase("/reports", "/reports/export", true)]
    [TestCase("/outcomes/publications", "/outcomes/publications/export", true)]
    public async Task AListOffersItselfAsAFileWithARowForEachOfItsLinesAndNothingBetweenKeepsIt(string page, string file, bool isOfficers)
    {
        var who = isOfficers ? officer : administrator;
        Assert.That(await who.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain($"href=\"{file.Split('?')[0]}"));
        using var answer = await who.GetAsync(new Uri(file, UriKind.Relative));
        Assert.That((answer.StatusCode, answer.Headers.CacheControl!.NoStore), Is.EqualTo((HttpStatusCode.OK, true)));
        Assert.That(Rows(await answer.Content.ReadAsByteArrayAsync()), Has.Count.GreaterThanOrEqualTo(2), "headings, and at least one line");
    }

    [TestCase("", "Tablet keuken|Tablet zolder|Tablet hal")]
    [TestCase("?sort=-name", "Tablet zolder|Tablet keuken|Tablet hal")]
    [TestCase("?sort=place", "Tablet keuken|Tablet zolder|Tablet hal")]
    [TestCase("?state=revoked", "Tablet hal")]
    [TestCase("?state=waiting", "Tablet keuken|Tablet zolder")]
    [TestCase("?place=01900000-0000-7000-8000-000000000003", "Tablet zolder|Tablet hal")]
    [TestCase("?place=01900000-0000-7000-8000-000000000003&state=revoked", "Tablet hal")]
    public async Task TabletsAreListedByPlaceAndStateAndWhatIsOutOfUseComesLast(string asked, string names)
    {
        var rows = Rows(await administrator.GetByteArrayAsync(new Uri("/tablets/export" + asked, UriKind.Relative)));
        Assert.That(string.Join('|', rows.Skip(1).Select(r => r.Split('|')[0])), Is.EqualTo(names));
    }

    [TestCase("?state=failed", "failed")]
    [TestCase("?state=done&job=proef", "done")]
    [TestCase("?job=proef&sort=state", "done|failed")]
    [TestCase("?job=proef&sort=-state", "failed|done")]
    public async Task RunsAreListedByJobAndState(string asked, string states)
    {
        var (found, total) = await Get<WorkRuns>().ListAsync(Asked("job"), Asked("state"), (Asked("sort") ?? "-started").TrimStart('-'), (Asked("sort") ?? "-started").StartsWith('-'), 0, 10, default);
        Assert.That((string.Join('|', found.Select(r => r.State)), total), Is.EqualTo((states, states.Split('|').Length)));

        string? Asked(string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked).TryGetValue(name, out var value) ? value.ToString() : null;
    }

    [TestCase("", "Verslag Zuid|Verslag Noord")]
    [TestCase("?sort=period", "Verslag Zuid|Verslag Noord")]
    [TestCase("?sort=-period", "Verslag Noord|Verslag Zuid")]
    [TestCase("?place=01900000-0000-7000-8000-000000000003", "Verslag Zuid")]
    [TestCase("?state=frozen", "")]
    public async Task ReportsAreListedByPlaceAndState(string asked, string titles)
    {
        var rows = Rows(await officer.GetByteArrayAsync(new Uri("/reports/export" + asked, UriKind.Relative)));
        Assert.That(string.Join('|', rows.Skip(1).Select(r => r.Split('|')[0])), Is.EqualTo(titles));
    }

    [Test]
    public async Task TheNextPageGoesOnWhereTheOneBeforeEnded()
    {
        var (first, total) = await Get<Devices>().ListAsync(Chief, null, null, "name", false, 0, 2, default);
        var (second, _) = await Get<Devices>().ListAsync(Chief, null, null, "name", false, 2, 2, default);
        Assert.That((total, string.Join('|', first.Concat(second).Select(t => t.Name))), Is.EqualTo((3, "Tablet keuken|Tablet zolder|Tablet hal")));
    }

    [TestCase("/tablets", false)]
    [TestCase("/jobs", true)]
    [TestCase("/reports", true)]
    public async Task AnOrderThatAListDoesNotKnowIsRefused(string page, bool isOfficers)
    {
        using var answer = await (isOfficers ? officer : administrator).GetAsync(new Uri(page + "?sort=Name%3BDROP", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public void TheFileOfClientsHasTheDayOfEvaluationThatAnImportTakes()
    {
        var today = new DateOnly(2026, 6, 1);
        Assert.That(EvaluationDays.Nearest([new(2026, 8, 1), new(2025, 6, 1), new(2027, 1, 1)], today), Is.EqualTo(new DateOnly(2026, 8, 1)), "the next");
        Assert.That(EvaluationDays.Nearest([new(2024, 6, 1), new(2025, 6, 1)], today), Is.EqualTo(new DateOnly(2025, 6, 1)), "else the last");
        Assert.That(EvaluationDays.Nearest([], today), Is.Null);
    }

    private static List<string> Rows(byte[] book)
    {
        using var file = new MemoryStream(book);
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        return [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Select(r => string.Join('|', r.Elements<Cell>().Select(c => c.InlineString?.Text?.Text ?? c.CellValue?.Text)))];
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
