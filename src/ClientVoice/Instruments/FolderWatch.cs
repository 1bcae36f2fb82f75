using System.Threading.Channels;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments;

/// <summary>Reloads the catalogue when the folder changes.</summary>
internal sealed class FolderWatch(InstrumentFolder folder, InstrumentCatalogue catalogue, TimeProvider time, ILogger<FolderWatch> log) : BackgroundService
{
    // High enough that a copied folder is one reload, low enough that its author sees it at once.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private const int MostSettles = 20;

    // Network shares and containers send no events: high enough to cost nothing, low enough to be noticed.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private FileSystemWatcher? watcher;
    private bool told;

    public override void Dispose()
    {
        watcher?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host reads the folder first; two readers at once would do the same work twice.
        await catalogue.FirstLoad.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            Watch();
            // Looked at before waiting too: what changed between the first load and now sent no event here.
            if (FolderPrint.Of(folder.Path) != catalogue.LoadedFrom)
            {
                await TryLoadAsync(stoppingToken);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var delay = Task.Delay(Poll, time, poll.Token);
        var change = changes.Reader.WaitToReadAsync(poll.Token).AsTask();
        if (await Task.WhenAny(delay, change) == change)
        {
            // As long as more comes, someone is still copying; but a file that never rests must not hold up the rest.
            for (var waits = 0; waits < MostSettles && changes.Reader.TryRead(out _); waits++)
            {
                await Task.Delay(Settle, time, cancel);
            }
        }

        await poll.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    private async Task TryLoadAsync(CancellationToken cancel)
    {
        // Whatever goes wrong with files or the database here: the service goes on with what it has, and tries again.
        try
        {
            await catalogue.LoadAsync(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The instruments could not be loaded again; what served before goes on serving");
        }
    }

    // A folder can come and go (a network share, a volume): it is watched while it is there, and looked for while not.
    private void Watch()
    {
        if (!Directory.Exists(folder.Path))
        {
            watcher?.Dispose();
            watcher = null;
            return;
        }

        if (watcher is not null || told)
        {
            return;
        }

        var made = new FileSystemWatcher();
        try
        {
            made.Path = folder.Path;
            made.IncludeSubdirectories = true;
            made.Changed += (_, _) => changes.Writer.TryWrite(true);
            made.Created += (_, _) => changes.Writer.TryWrite(true);
            made.Deleted += (_, _) => changes.Writer.TryWrite(true);
            made.Renamed += (_, _) => changes.Writer.TryWrite(true);
            made.EnableRaisingEvents = true;
            watcher = made;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            made.Dispose();
            told = true;
            log.LogWarning("The instruments folder sends no events here ({Reason}); it is looked at every {Seconds} seconds", fault.Message, Poll.TotalSeconds);
        }
    }
}
