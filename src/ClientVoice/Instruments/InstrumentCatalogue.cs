using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments;

/// <summary>Reads the folder and the store into one whole state, and swaps it in at once.</summary>
internal sealed class InstrumentCatalogue(InstrumentFolder folder, Publisher publisher, TimeProvider time, ILogger<InstrumentCatalogue> log) : ICatalogue, IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly TaskCompletionSource firstLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CatalogueState current = CatalogueState.Empty;

    public CatalogueState Current => current;

    /// <summary>Done when there is a first whole state; before that nobody can say which instruments there are.</summary>
    public Task FirstLoad => firstLoad.Task;

    /// <summary>What the folder looked like when the current state was read; null before the first load.</summary>
    public string? LoadedFrom { get; private set; }

    /// <summary>Loads; the host calls it once at start, after the migrations. The old state serves until the new one is whole.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached; the old state keeps serving.</exception>
    /// <exception cref="IOException">The folder changed in a way that it could not be read; the old state keeps serving.</exception>
    public async Task LoadAsync(CancellationToken cancel = default)
    {
        await loading.WaitAsync(cancel);
        try
        {
            var (print, content) = await folder.ReadAsync(cancel);
            var next = await publisher.PublishAsync(content, time.GetUtcNow(), cancel);
            Tell(current, next);
            current = next;
            LoadedFrom = print;
            firstLoad.TrySetResult();
        }
        finally
        {
            loading.Release();
        }
    }

    public void Dispose() => loading.Dispose();

    // Each fault once, when it appears: a file that stays faulty must not fill the log at every reload.
    private void Tell(CatalogueState before, CatalogueState next)
    {
        var added = next.Faults.Except(before.Faults).ToList();
        if (added.Any(fault => fault.Code is FolderReader.FolderMissing or FolderReader.FolderEmpty))
        {
            log.LogError("There are no instruments in {Folder}: no new conversation can be chosen until there are", folder.Path);
        }

        foreach (var fault in added)
        {
            log.LogWarning("Instrument fault {File}:{Line}: {Code}: {Text}", fault.File, fault.Line, fault.Code, fault.Text);
        }

        log.LogInformation(
            "{Count} instrument versions serve, {Withdrawn} of them withdrawn; {Faults} faults",
            next.Instruments.Count,
            next.Instruments.Count(instrument => instrument.Withdrawn),
            next.Faults.Count);
    }
}
