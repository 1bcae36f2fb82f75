using System.Diagnostics;
using ClientVoice.Access;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClientVoice.Commands;

/// <summary>Starts the service.</summary>
internal static class ServeVerb
{
    private const string Address = "http://localhost:5080";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions("serve", args, [], []);
        var builder = House.Builder(options.Settings, serves: true);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && builder.Configuration["HTTP_PORTS"] is null)
        {
            builder.WebHost.UseUrls(Address);
        }

        await using var app = House.Application(builder);
        await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<ErasedAgain>().RunAsync(CancellationToken.None);
        await WarnAsync(app);
        // The instruments are read while the service starts: the first page is there a second earlier.
        var loading = Task.Run(() => app.Services.LoadInstrumentsAsync(CancellationToken.None));
        var demo = app.Services.GetRequiredService<DemoOrganisation>();
        if (app.Environment.IsDevelopment() && !await demo.IsThereAsync(CancellationToken.None))
        {
            await loading;
            if (demo.MissingInstruments().Count == 0)
            {
                await demo.FillIfEmptyAsync(DemoSize.Small, new ConsoleProgress("demo organisation"), CancellationToken.None);
            }
        }

        await app.Services.GetRequiredService<WorkRuns>().CloseCutOffAsync(CancellationToken.None);
        await app.StartAsync();
        await loading;
        await WelcomeAsync(app, demo);
        await app.WaitForShutdownAsync();
        return 0;
    }

    // Better said at the start than found by a worker who sees no names.
    private static async Task WarnAsync(WebApplication app)
    {
        if (await app.Services.GetRequiredService<ErasedClients>().WithoutKeyAsync(CancellationToken.None) is > 0 and var without)
        {
            KeysMissing(app.Logger, without, null);
        }
    }

    private static readonly Action<ILogger, int, Exception?> KeysMissing = LoggerMessage.Define<int>(
        LogLevel.Error, default, "The keys of {Count} clients are not in the folder keys/clients: what is kept about them cannot be read. Put a newer copy of that folder there.");

    private static async Task WelcomeAsync(WebApplication app, DemoOrganisation demo)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine();
        foreach (var address in addresses)
        {
            Console.WriteLine($"ClientVoice listens on {address}");
        }

        if (app.Environment.IsDevelopment() && await demo.IsThereAsync(CancellationToken.None))
        {
            DemoOrganisation.Introduce(Console.Out, addresses.First());
        }
        else if (await app.Services.GetRequiredService<FirstUse>().OpenAsync(CancellationToken.None) is { } code)
        {
            Console.WriteLine();
            Console.WriteLine($"Nobody can sign in yet. Open {addresses.First()}/first-use and type this code, which works once:");
            Console.WriteLine($"  {code}");
        }
    }
}

/// <summary>Progress of a long verb on the terminal: one line, rewritten; plain lines where output is not a terminal.</summary>
internal sealed class ConsoleProgress(string what) : IProgress<WorkProgress>
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long last;

    public void Report(WorkProgress value)
    {
        var ends = value.Done == value.Total;
        if (!ends && last != 0 && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
        {
            return;
        }

        last = Stopwatch.GetTimestamp();
        var left = value.Remaining(Stopwatch.GetElapsedTime(began)) is { } remaining ? $", {remaining:h\\:mm\\:ss} left" : "";
        // Padded: it is written over a longer one.
        var line = $"{what}: {value.Done} of {value.Total}{left}".PadRight(Console.IsOutputRedirected ? 0 : 60);
        if (Console.IsOutputRedirected || ends)
        {
            Console.WriteLine((Console.IsOutputRedirected ? "" : "\r") + line);
        }
        else
        {
            Console.Write("\r" + line);
        }
    }
}
