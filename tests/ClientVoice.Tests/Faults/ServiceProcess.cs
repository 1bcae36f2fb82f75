// The built service as a process of its own: it can be killed, told to stop, and started where something is wrong.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ClientVoice.Tests.Faults;

/// <summary>A service in a process of its own; killed afterwards, where it still runs.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const string Listens = "ClientVoice listens on ";

    // A machine that does other things too: long enough for it, and never waited out by a service that starts or ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it said, on both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public string Address { get; private set; } = "";

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>Starts it and does not wait.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="settings">More settings, as on the command line.</param>
    /// <param name="shell">What the shell does before it becomes the service: a limit, a variable.</param>
    /// <param name="verb">In place of serving.</param>
    public static ServiceProcess Begin(string folder, string[]? settings = null, string? shell = null, string[]? verb = null)
    {
        string[] run =
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "ClientVoice.dll"), .. verb ?? [], "--urls", "http://127.0.0.1:0", "--environment", "Production",
            "--ClientVoice:Data", folder, "--ClientVoice:Instruments", ServiceUnderTest.SmallInstruments, "--ClientVoice:Access:UnpairedTablets", "true",
            "--ClientVoice:Access:RequestsPerMinute", "1000000", .. settings ?? [],
        ];
        return new ServiceProcess(new ProcessStartInfo("sh", ["-c", $"{(shell is null ? "" : shell + "; ")}exec \"$@\"", "sh", .. run]) { RedirectStandardOutput = true, RedirectStandardError = true });
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ServiceProcess> StartAsync(string folder, string[]? settings = null, string? shell = null)
    {
        var service = Begin(folder, settings, shell);
        var first = await Task.WhenAny(service.listening.Task, service.process.WaitForExitAsync(), Task.Delay(Patience));
        if (first != service.listening.Task)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"The service did not start:\n{service.Output}");
        }

        service.Address = await service.listening.Task;
        return service;
    }

    /// <summary>Ends it as the kernel does, without a word (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as systemd and Docker do (SIGTERM).</summary>
    public void AskToStop() => Assert.That(Signal(process.Id, Terminate), Is.Zero);

    /// <summary>How many files and connections it has open.</summary>
    public int Handles => Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length;

    /// <summary>Waits until it ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Heard(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }

        if (line?.StartsWith(Listens, StringComparison.Ordinal) == true)
        {
            listening.TrySetResult(line[Listens.Length..]);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
