using System.Text;
using System.Text.Json;
using ClientVoice.Instruments.Loading;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments;

/// <summary>Lays what the folder holds beside what was published before, and decides what serves.</summary>
internal sealed class Publisher(VersionStore store)
{
    /// <summary>A whole new state. A version that is new is published by this.</summary>
    public async Task<CatalogueState> PublishAsync(FolderContent content, DateTimeOffset at, CancellationToken cancel)
    {
        var stored = (await store.AllAsync(cancel)).ToDictionary(version => version.Key);
        var serving = new Dictionary<InstrumentKey, LoadedInstrument>();
        var faults = content.Faults.ToList();
        foreach (var (file, instrument) in content.Files)
        {
            var sha256 = stored.TryGetValue(instrument.Key, out var known)
                ? known.Sha256
                : await store.KeepAsync(instrument.Key, instrument.Sha256, Encoding.UTF8.GetString(instrument.Bundle.Span), cancel);
            if (sha256 == instrument.Sha256)
            {
                serving[instrument.Key] = instrument;
            }
            else
            {
                await AddChangedAsync(file, instrument, new StoredVersion(instrument.Key.Id, instrument.Key.Version, sha256), serving, faults, cancel);
            }
        }

        foreach (var version in stored.Values.Where(version => !serving.ContainsKey(version.Key)))
        {
            await AddStoredAsync(version, content, serving, faults, cancel);
        }

        return new CatalogueState(
            [.. serving.Values.OrderBy(instrument => instrument.Key.Id, StringComparer.Ordinal).ThenBy(instrument => InstrumentVersion.TryParse(instrument.Key.Version) ?? default)],
            faults,
            at)
        {
            Symbols = content.Symbols,
        };
    }

    private async Task AddChangedAsync(
        string file, LoadedInstrument changed, StoredVersion version, Dictionary<InstrumentKey, LoadedInstrument> serving, List<InstrumentFault> faults, CancellationToken cancel)
    {
        var published = await ReadAsync(version, cancel);
        if (published is not null)
        {
            serving[version.Key] = published;
        }

        // The same content in another order of members is the same instrument: nobody changed anything.
        if (published is null || !IsSame(published, changed))
        {
            faults.Add(new InstrumentFault(file, 1, "published-version-changed", $"Version {version.Version} of {version.InstrumentId} was published with other content and keeps serving as it was; put the published file (and its scales) back and give the change a new version."));
        }

        if (published is null)
        {
            faults.Add(Broken(version));
        }
    }

    private async Task AddStoredAsync(
        StoredVersion version, FolderContent content, Dictionary<InstrumentKey, LoadedInstrument> serving, List<InstrumentFault> faults, CancellationToken cancel)
    {
        if (faults.Contains(Broken(version)))
        {
            return;
        }

        if (await ReadAsync(version, cancel) is not { } published)
        {
            faults.Add(Broken(version));
            return;
        }

        // A file that is there with faults is someone at work on it: the published version goes on as it was.
        serving[version.Key] = content.Names.Contains(FileOf(version)) ? published : published.Withdraw();
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

    private static InstrumentFault Broken(StoredVersion version) => new(
        FileOf(version), 1, "stored-version-broken", $"The stored bundle of version {version.Version} of {version.InstrumentId} is damaged; restore table InstrumentVersion from a backup.");
}
