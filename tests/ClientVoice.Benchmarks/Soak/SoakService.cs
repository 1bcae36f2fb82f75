// The service in a process of its own, so that its memory and its handles are its own and not those of who makes the load.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>The built service on a data folder, as in production; killed afterwards where it still runs.</summary>
internal sealed partial class SoakService : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int MostFaults = 200;
    private const string Listens = "ClientVoice listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder;
    private readonly Process process;
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SoakService(string folder, IEnumerable<string> more)
    {
        this.folder = folder;
        process = Begin(folder, more);
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Address { get; private set; } = "";

    /// <summary>What it said of errors in its log, by message.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<SoakService> StartAsync(string folder)
    {
        // Everything else is as it is by default: limits, the scheduler, the flush of every commit.
        var service = new SoakService(folder, ["--urls", "http://127.0.0.1:0", "--ClientVoice:Access:UnpairedTablets", "true"]);
        if (await Task.WhenAny(service.listening.Task, service.process.WaitForExitAsync(), Task.Delay(Patience)) != service.listening.Task)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"The service did not start: {string.Join("; ", service.Faults.Keys)}");
        }

        service.Address = await service.listening.Task;
        return service;
    }

    /// <summary>Runs a verb on the folder.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> VerbAsync(string folder, params string[] verb)
    {
        using var process = Begin(folder, [], verb);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>How it is now.</summary>
    /// <param name="metrics">What <c>/metrics</c> says.</param>
    public SoakState State(string metrics)
    {
        var (database, log) = (new FileInfo(Path.Combine(folder, "clientvoice.db")), new FileInfo(Path.Combine(folder, "clientvoice.db-wal")));
        return new SoakState(
            Status("VmRSS") / 1_000, Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length, (int)Status("Threads"),
            database.Length / 1e6, log.Exists ? log.Length / 1e6 : 0, Metric(metrics, "clientvoice_changes_pending"), Metric(metrics, "clientvoice_publication_age_seconds"));
    }

    /// <summary>Asks it to stop, as systemd and Docker do (SIGTERM), and waits until it did.</summary>
    /// <returns>How long that took, and its exit code.</returns>
    public async Task<(TimeSpan Took, int Exit)> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        if (process.HasExited || Signal(process.Id, Terminate) != 0)
        {
            return (watch.Elapsed, process.HasExited ? process.ExitCode : -1);
        }

        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return (watch.Elapsed, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static Process Begin(string folder, IEnumerable<string> more, params string[] verb) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "ClientVoice.dll"), .. verb, .. SoakHouse.Settings(folder), .. more]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private double Status(string name) => double.Parse(
        Digits().Match(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))).Value, CultureInfo.InvariantCulture);

    private static double Metric(string metrics, string name) =>
        double.Parse(metrics.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);

    // A log line is JSON; anything else on these streams is what it says to people, or a runtime that dies.
    private void Heard(string? line)
    {
        if (line?.StartsWith(Listens, StringComparison.Ordinal) == true)
        {
            listening.TrySetResult(line[Listens.Length..]);
        }
        else if (line?.StartsWith('{') == true)
        {
            var said = JsonNode.Parse(line)!;
            if (said["LogLevel"]?.GetValue<string>() is "Error" or "Critical" && Faults.Count < MostFaults)
            {
                Faults.AddOrUpdate($"{said["Category"]}: {said["Message"]} {said["Exception"]?.ToString().Split('\n')[0]}", 1, (_, before) => before + 1);
            }
        }
        else if (line?.StartsWith("Unhandled exception", StringComparison.Ordinal) == true)
        {
            Faults.TryAdd(line, 1);
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
