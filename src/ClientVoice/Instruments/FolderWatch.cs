using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace ClientVoice.Instruments;

/// <summary>Reloads the catalogue when the folder changes.</summary>
internal sealed class FolderWatch(InstrumentsOptions options, InstrumentCatalogue catalogue, TimeProvider time, ILogger<FolderWatch> log) : BackgroundService
{
    // High enough that a copied folder is one reload, low enough that its author sees it at once.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    // Network shares and containers send no events: high enough to cost nothing, low enough to be noticed.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = Watcher();
        var loaded = Fingerprint();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            var seen = Fingerprint();
            if (seen != loaded && await TryLoadAsync(stoppingToken))
            {
                loaded = seen;
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var delay = Task.Delay(Poll, time, poll.Token);
        var change = changes.Reader.WaitToReadAsync(poll.Token).AsTask();
        if (await Task.WhenAny(delay, change) == change)
        {
            // As long as more comes, someone is still copying.
            while (changes.Reader.TryRead(out _))
            {
                await Task.Delay(Settle, time, cancel);
            }
        }

        await poll.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancel)
    {
        try
        {
            await catalogue.LoadAsync(cancel);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            log.LogError(fault, "The instruments could not be loaded again; what served before goes on serving");
            return false;
        }
    }

    private FileSystemWatcher? Watcher()
    {
        try
        {
            var watcher = new FileSystemWatcher(options.Folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            log.LogWarning(fault, "The instruments folder sends no events here; it is looked at every {Seconds} seconds", Poll.TotalSeconds);
            return null;
        }
    }

    // Names, sizes and times say whether anything changed, without reading a file.
    private string Fingerprint()
    {
        try
        {
            var files = new DirectoryInfo(options.Folder)
                .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true })
                .Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")
                .Order(StringComparer.Ordinal);
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
        }
        catch (IOException)
        {
            // A file vanished while it was counted: whatever comes next differs from this.
            return "";
        }
    }
}
