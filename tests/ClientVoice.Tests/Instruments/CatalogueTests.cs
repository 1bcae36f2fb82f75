using System.Text;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>The catalogue over a folder and a database of its own: what serves, what is refused, and that a reload is never half.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class CatalogueTests(string database)
{
    private static readonly InstrumentKey Talk = new("talk", "1.0");

    private InstrumentFolder folder = null!;
    private TemporaryFolder data = null!;
    private ServiceProvider services = null!;

    [SetUp]
    public async Task StartAsync()
    {
        folder = new InstrumentFolder();
        data = new TemporaryFolder(database);
        services = Services();
        await services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        await services.LoadInstrumentsAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await services.DisposeAsync();
        data.Dispose();
        folder.Dispose();
    }

    [Test]
    public void AnInstrumentInTheFolderServes()
    {
        Assert.That(Catalogue.Current.Faults, Is.Empty);
        Assert.That(Catalogue.Current.Find("talk", "1.0")!.Key, Is.EqualTo(Talk));
        Assert.That(Catalogue.Current.Find("talk", "2.0"), Is.Null);
        Assert.That(Catalogue.Current.Symbols.Find("face"), Is.Not.Null);
        Assert.That(Catalogue.Current.Symbols.Find("bought"), Is.Null, "a picture without a licence is not shown");
    }

    [Test]
    public async Task TheNewestVersionIsNewestByNumberAndNotByText()
    {
        folder.Add("talk", "1.9");
        folder.Add("talk", "1.10");
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Instruments.Select(instrument => instrument.Key.Version), Is.EqualTo(new[] { "1.0", "1.9", "1.10" }));
        Assert.That(Catalogue.Current.Newest("talk")!.Key.Version, Is.EqualTo("1.10"));
    }

    [Test]
    public async Task AChangedPublishedVersionIsRefusedByNameAndTheStoredOneKeepsServing()
    {
        var published = Catalogue.Current.Find("talk", "1.0")!.Sha256;
        folder.Add("talk", "1.0", instrument => instrument["cv"]!["minutes"] = 99);
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { ("talk/talk-1.0.json", "published-version-changed") }));
        Assert.That(Catalogue.Current.Find("talk", "1.0"), Has.Property("Sha256").EqualTo(published).And.Property("Minutes").EqualTo(5).And.Property("Withdrawn").False);
    }

    [Test]
    public async Task AChangedScaleIsAChangedInstrument()
    {
        folder.Write("scales/free-text.json", $$"""{ "$id": "{{InstrumentFolder.Uri}}scales/free-text.json", "type": "string", "minLength": 1, "maxLength": 5, "cv": { "present": "text" } }""");
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Single().Code, Is.EqualTo("published-version-changed"));
        Assert.That(Catalogue.Current.Find("talk", "1.0")!.Validate(Json("""{ "closing": "more than five" }""")), Is.Empty, "what people answered stays valid");
    }

    [Test]
    public async Task TheSameContentInAnotherOrderIsNoChange()
    {
        folder.Add("talk", "1.0", instrument =>
        {
            var title = instrument["cv"]!["title"]!;
            instrument["cv"]!.AsObject().Remove("title");
            instrument["cv"]!["title"] = title;
        });
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults, Is.Empty);
    }

    [Test]
    public async Task AfterARestartTheStoreStillKnowsWhatWasPublished()
    {
        folder.Add("talk", "1.0", instrument => instrument["cv"]!["minutes"] = 99);
        await using var again = Services();
        await again.LoadInstrumentsAsync();

        Assert.That(again.GetRequiredService<ICatalogue>().Current.Faults.Single().Code, Is.EqualTo("published-version-changed"));
    }

    [Test]
    public async Task ARemovedVersionIsWithdrawnButStillChecksConversationsBegunOnIt()
    {
        folder.Add("talk", "1.1");
        await services.LoadInstrumentsAsync();
        folder.Remove("talk/talk-1.1.json");
        await services.LoadInstrumentsAsync();

        var withdrawn = Catalogue.Current.Find("talk", "1.1")!;
        Assert.That(withdrawn.Withdrawn, Is.True);
        Assert.That(withdrawn.Validate(Json("""{ "home": "great" }""")).Single().Pointer, Is.EqualTo("/home"));
        Assert.That(Catalogue.Current.Newest("talk")!.Key.Version, Is.EqualTo("1.0"), "nobody begins on a withdrawn version");
        Assert.That(Catalogue.Current.Faults, Is.Empty, "removing a file is allowed");
    }

    [Test]
    public async Task APublishedVersionWhoseFileGotAFaultGoesOnAsItWas()
    {
        folder.Write("talk/talk-1.0.json", "{");
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Single().Code, Is.EqualTo("json-not-valid"));
        Assert.That(Catalogue.Current.Find("talk", "1.0")!.Withdrawn, Is.False);
    }

    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("""{ "$ref": "#/nowhere" }""")]
    public async Task ABrokenStoredBundleIsAFaultAndNotACrash(string bundle)
    {
        await data.RunAsync(
            "INSERT INTO InstrumentVersion (InstrumentId, Version, Sha256, Bundle, FirstSeenAt) VALUES ('gone', '1.0', 'x', @bundle, '2026-01-01T00:00:00.000Z')", new { bundle });

        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { ("gone/gone-1.0.json", "stored-version-broken") }));
        Assert.That(Catalogue.Current.Find("talk", "1.0"), Is.Not.Null, "the others serve");
    }

    [Test]
    public async Task AStoredBundleThatWasTamperedWithDoesNotServe()
    {
        folder.Remove("talk/talk-1.0.json");
        folder.Add("other", "1.0");
        await data.RunAsync("UPDATE InstrumentVersion SET Bundle = REPLACE(Bundle, '\"minutes\":5', '\"minutes\":6')");

        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Single().Code, Is.EqualTo("stored-version-broken"));
    }

    [Test]
    public async Task AFourthFileIsUsableWithoutARestartAndAFaultyFifthIsNamedWhileTheOthersServe()
    {
        folder.Add("second", "1.0");
        folder.Add("third", "1.0");
        await services.LoadInstrumentsAsync();
        var watch = services.GetServices<IHostedService>().OfType<FolderWatch>().Single();
        await watch.StartAsync(CancellationToken.None);

        folder.Add("fourth", "1.0");
        folder.Write("fifth/fifth-1.0.json", "{ \"cv\": {\n ] }");

        await UntilAsync(() => Catalogue.Current.Instruments.Count == 4 && Catalogue.Current.Faults.Count > 0);
        Assert.That(Catalogue.Current.Find("fourth", "1.0")!.Validate(Json("""{ "home": "good" }""")), Is.Empty);
        Assert.That(Catalogue.Current.Faults.Select(fault => (fault.File, fault.Line, fault.Code)), Is.EqualTo(new[] { ("fifth/fifth-1.0.json", 2, "json-not-valid") }));
        await watch.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task AReloadUnderLoadShowsWholeStatesOnly()
    {
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                // "a" and "b" come and go together: a state with one of them would be half.
                var state = Catalogue.Current;
                var served = state.Instruments.Where(instrument => !instrument.Withdrawn).Select(instrument => instrument.Key.Id).ToList();
                Assert.That(served.Contains("a"), Is.EqualTo(served.Contains("b")));
                Assert.That(state.Find("talk", "1.0")!.Validate(Json("""{ "home": "good" }""")), Is.Empty);
            }
        })).ToList();

        for (var round = 0; round < 15; round++)
        {
            if (round % 2 == 0)
            {
                folder.Add("a", "1.0");
                folder.Add("b", "1.0");
            }
            else
            {
                folder.Remove("a/a-1.0.json");
                folder.Remove("b/b-1.0.json");
            }

            await Task.WhenAll(services.LoadInstrumentsAsync(), services.LoadInstrumentsAsync());
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Test]
    public async Task AFolderThatIsNotThereIsAFaultAndStoredVersionsServe()
    {
        var moved = folder.Path + "-moved";
        Directory.Move(folder.Path, moved);
        await services.LoadInstrumentsAsync();
        Directory.Move(moved, folder.Path);

        Assert.That(Catalogue.Current.Faults.Single().Code, Is.EqualTo("folder-missing"));
        Assert.That(Catalogue.Current.Find("talk", "1.0"), Is.Not.Null);
    }

    [Test]
    public async Task AFolderThatIsNotThereWithdrawsNothingAndIsWatchedForUntilItIs()
    {
        var moved = folder.Path + "-moved";
        Directory.Move(folder.Path, moved);
        await services.LoadInstrumentsAsync();
        var watch = services.GetServices<IHostedService>().OfType<FolderWatch>().Single();
        await watch.StartAsync(CancellationToken.None);
        Assert.That(Catalogue.Current.Find("talk", "1.0")!.Withdrawn, Is.False, "an absent folder does not say that a file was taken away");

        Directory.Move(moved, folder.Path);

        await UntilAsync(() => Catalogue.Current.Faults.Count == 0);
        await watch.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task AnEmptyFolderIsSaidSo()
    {
        folder.Remove("talk/talk-1.0.json");
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Single().Code, Is.EqualTo("folder-empty"));
    }

    [Test]
    public async Task AMinorVersionIsHeldToTheVersionAsItWasPublishedAlsoWhenThatFileIsGone()
    {
        folder.Remove("talk/talk-1.0.json");
        folder.Add("talk", "1.1", i => i["properties"]!["noise"]!["cv"]!["reversed"] = false);
        await services.LoadInstrumentsAsync();

        Assert.That(Catalogue.Current.Faults.Select(fault => (fault.File, fault.Code)), Is.EqualTo(new[] { ("talk/talk-1.1.json", "minor-not-comparable") }));
        Assert.That(Catalogue.Current.Find("talk", "1.1"), Is.Null, "what breaks its promise is not published");
    }

    private ICatalogue Catalogue => services.GetRequiredService<ICatalogue>();

    private ServiceProvider Services()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(TimeProvider.System);
        collection.AddDatabase(data.Options);
        collection.AddInstruments(folder.Path);
        return collection.BuildServiceProvider();
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        // The slow way round is the poll every five seconds: wait for more than one of those.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isTrue() && !patience.IsCancellationRequested)
        {
            await Task.Delay(50, CancellationToken.None);
        }

        Assert.That(isTrue(), Is.True, "the catalogue noticed the change");
    }

    private static System.Text.Json.JsonElement Json(string json) => System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).RootElement;
}
