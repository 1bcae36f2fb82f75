using System.Text;
using System.Text.Json;
using ClientVoice.Instruments.Checks;
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments;

/// <summary>Lays what the folder holds beside what was published before, and decides what serves.</summary>
internal sealed class Publisher(VersionStore store)
{
    /// <summary>A whole new state. A version that is new is published by this.</summary>
    public async Task<CatalogueState> PublishAsync(FolderContent folder, DateTimeOffset at, CancellationToken cancel)
    {
        var published = await PublishedAsync(folder, cancel);
        var content = VersionRules.Apply(folder, published.Values.Select(version => version.Instrument).OfType<LoadedInstrument>());
        await KeepNewAsync(content, published, cancel);
        var files = content.Files.ToDictionary(pair => pair.Instrument.Key);
        var serving = new List<LoadedInstrument>();
        var faults = content.Faults.ToList();
        foreach (var (version, instrument) in published.Values)
        {
            var file = files.TryGetValue(version.Key, out var pair) ? pair : default;
            if (instrument is not null)
            {
                // A file that is there with faults is someone at work on it: the published version goes on as it was.
                serving.Add(!content.IsThere || content.Names.Contains(FileOf(version)) ? instrument : instrument.Withdraw());
            }
            else
            {
                faults.Add(Broken(version));
            }

            // The same content in another order of members is the same instrument: nobody changed anything.
            if (file.Instrument is not null && file.Instrument.Sha256 != version.Sha256 && (instrument is null || !IsSame(instrument, file.Instrument)))
            {
                faults.Add(Changed(file.File, version));
            }
        }

        return new CatalogueState(
            [.. serving.OrderBy(instrument => instrument.Key.Id, StringComparer.Ordinal).ThenBy(instrument => InstrumentVersion.TryParse(instrument.Key.Version) ?? default)],
            faults,
            at)
        {
            Symbols = content.Symbols,
            Recordings = content.Recordings,
        };
    }

    // What was published before, each as it was then: from its file where that is unchanged, otherwise from the store.
    private async Task<Dictionary<InstrumentKey, (StoredVersion Version, LoadedInstrument? Instrument)>> PublishedAsync(FolderContent folder, CancellationToken cancel)
    {
        var files = folder.Files.ToDictionary(pair => pair.Instrument.Key, pair => pair.Instrument);
        var published = new Dictionary<InstrumentKey, (StoredVersion, LoadedInstrument?)>();
        foreach (var version in await store.AllAsync(cancel))
        {
            published[version.Key] = (version, files.TryGetValue(version.Key, out var same) && same.Sha256 == version.Sha256 ? same : await ReadAsync(version, cancel));
        }

        return published;
    }

    private async Task KeepNewAsync(FolderContent content, Dictionary<InstrumentKey, (StoredVersion, LoadedInstrument?)> published, CancellationToken cancel)
    {
        var added = content.Files.Select(pair => pair.Instrument).Where(instrument => !published.ContainsKey(instrument.Key)).ToDictionary(instrument => instrument.Key);
        var kept = await store.KeepAsync([.. added.Values.Select(instrument => new NewVersion(instrument.Key, instrument.Sha256, Encoding.UTF8.GetString(instrument.Bundle.Span)))], cancel);
        foreach (var version in kept)
        {
            // Another node can have been first, with other content: then that is what was published.
            published[version.Key] = (version, added[version.Key].Sha256 == version.Sha256 ? added[version.Key] : await ReadAsync(version, cancel));
        }
    }

    private async Task<LoadedInstrument?> ReadAsync(StoredVersion version, CancellationToken cancel)
    {
        if (await store.BundleAsync(version.Key, cancel) is not { } bundle)
        {
            return null;
        }

        var instrument = InstrumentReader.Read(Encoding.UTF8.GetBytes(bundle)).Instrument;
        return instrument is not null && instrument.Sha256 == version.Sha256 && instrument.Key == version.Key ? instrument : null;
    }

    private static bool IsSame(LoadedInstrument published, LoadedInstrument changed)
    {
        using var one = JsonDocument.Parse(published.Bundle, new JsonDocumentOptions { MaxDepth = 80 });
        using var other = JsonDocument.Parse(changed.Bundle, new JsonDocumentOptions { MaxDepth = 80 });
        return JsonValue.AreEqual(one.RootElement, other.RootElement);
    }

    private static string FileOf(StoredVersion version) => $"{version.InstrumentId}/{version.InstrumentId}-{version.Version}.json";

    private static InstrumentFault Changed(string file, StoredVersion version) => new(
        file, 1, "published-version-changed", $"Version {version.Version} of {version.InstrumentId} was published with other content and keeps serving as it was; put the published file (and its scales) back and give the change a new version.");

    private static InstrumentFault Broken(StoredVersion version) => new(
        FileOf(version), 1, "stored-version-broken", $"The stored bundle of version {version.Version} of {version.InstrumentId} is damaged; restore table InstrumentVersion from a backup.");
}
