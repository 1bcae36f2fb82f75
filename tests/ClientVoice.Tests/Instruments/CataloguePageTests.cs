using System.Net;

namespace ClientVoice.Tests.Instruments;

/// <summary>The pages of the catalogue, as a person gets them.</summary>
public sealed class CataloguePageTests
{
    [Test]
    public async Task EveryInstrumentThatShipsHasAPageWithEveryQuestionOfIt()
    {
        await using var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        using var officer = await service.SignedInAsync("officer@proef");
        var list = await officer.GetStringAsync(new Uri("/instruments", UriKind.Relative));
        var catalogue = service.Services.GetRequiredService<ClientVoice.Instruments.ICatalogue>().Current;
        Assert.That(catalogue.Instruments, Is.Not.Empty);
        foreach (var instrument in catalogue.Instruments)
        {
            Assert.That(list, Does.Contain($"href=\"/instruments/{instrument.Key.Id}\""));
            var page = WebUtility.HtmlDecode(await officer.GetStringAsync(new Uri("/instruments/" + instrument.Key.Id, UriKind.Relative)));
            Assert.That(instrument.Questions.Where(question => !page.Contains(question.Text.Nl, StringComparison.Ordinal)).Select(question => question.Id), Is.Empty);
            Assert.That(instrument.Domains.Where(domain => !page.Contains(domain.Title.Nl, StringComparison.Ordinal)).Select(domain => domain.Id), Is.Empty);
            Assert.That(page, Does.Contain("niet erkend").And.Contain(instrument.Owner).And.Contain("De eerste versie."));
            Assert.That(page, Does.Not.Contain("style=\"").And.Not.Contain("<script"), "the content security policy would refuse it");
        }
    }

    [Test]
    public async Task AnUnknownInstrumentIsNotFound()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var officer = await service.SignedInAsync("officer@proef");
        foreach (var address in (string[])["/instruments/ghost", "/instruments/mijn-verhaal?version=9.9", "/instruments/mijn-verhaal/9.9/download"])
        {
            using var answer = await officer.GetAsync(new Uri(address, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
        }
    }

    [Test]
    public async Task WithoutAFolderTheServiceStartsAndThePageSaysWhy()
    {
        await using var service = await ServiceUnderTest.StartAsync(["--ClientVoice:Instruments", Path.Combine(Path.GetTempPath(), "there-is-no-such-folder")], empty: true);
        using var officer = await service.SignedInAsync("officer@proef");
        var page = await officer.GetStringAsync(new Uri("/instruments", UriKind.Relative));
        Assert.That(page, Does.Contain("De map met instrumenten is er niet").And.Contain("ClientVoice:Instruments"));
    }

    [Test]
    public async Task TheDownloadNeedsSigningIn()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(service.Address) };
        using var answer = await nobody.GetAsync(new Uri("/instruments/mijn-verhaal/1.0/download", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "to the sign-in page");
    }
}
