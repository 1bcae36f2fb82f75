using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace ClientVoice.Tests.Feed;

/// <summary>The files that Power BI and Excel open, and who may have them.</summary>
internal sealed class FilesTest
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(empty: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task PowerBiIsLedToTheFeed()
    {
        using var officer = await service.SignedInAsync("officer@proef");
        using var answer = await officer.GetAsync(new Uri("/feed/clientvoice.pbids", UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("clientvoice.pbids"));
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo($$$"""{"version":"0.1","connections":[{"details":{"protocol":"odata","address":{"url":"{{{service.Address}}}/odata/"}},"options":{},"mode":"Import"}]}"""));
    }

    [Test]
    public async Task ExcelGetsAQueryThatLoadsOneTable()
    {
        using var officer = await service.SignedInAsync("officer@proef");
        var file = await officer.GetStringAsync(new Uri("/feed/excel/Outcomes.odc", UriKind.Relative));
        var start = file.IndexOf("<odc:PowerQueryMashupData>", StringComparison.Ordinal) + "<odc:PowerQueryMashupData>".Length;
        var mashup = XDocument.Parse(WebUtility.HtmlDecode(file[start..file.IndexOf("</odc:PowerQueryMashupData>", StringComparison.Ordinal)]).Trim());
        var formula = mashup.Descendants().Single(e => e.Name.LocalName == "Formula").Value;
        Assert.That(formula.ReplaceLineEndings("\n"), Is.EqualTo($"let\n    Feed = OData.Feed(\"{service.Address}/odata/\", null, [Implementation = \"2.0\"]),\n    Rows = Feed{{[Name = \"Outcomes\", Signature = \"table\"]}}[Data]\nin\n    Rows"));
        Assert.That(file, Does.Contain("<odc:CommandText>SELECT * FROM [Outcomes]</odc:CommandText>"));
        using var other = await officer.GetAsync(new Uri("/feed/excel/Person.odc", UriKind.Relative));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "only what is published");
    }

    [TestCase("/feed/clientvoice.pbids")]
    [TestCase("/feed/excel/Outcomes.odc")]
    [TestCase("/feed/keys")]
    [TestCase("/feed/try")]
    public async Task AWorkerHasNoBusinessHere(string address)
    {
        using var worker = await service.SignedInAsync("worker@proef");
        using var answer = await worker.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
