// The way of a conversation into the database, in a process of its own and without the web around it: it starts in a third of the
// service's time, so that it can be killed fifty times within a test. Eight tablets send without end; every receipt is a line on its output.
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;

namespace ClientVoice.Tests.Faults;

/// <summary>Starts such a process, and is it.</summary>
internal static class IngestHost
{
    /// <summary>What this assembly is started with to be it; then the data folder and the folder of instruments.</summary>
    public const string Argument = "ingest";

    private const int Tablets = 8;

    public static Process Start(string folder) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(IngestHost).Assembly.Location, Argument, folder, ServiceUnderTest.SmallInstruments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Receives until it is killed, or until whoever started it is gone.</summary>
    public static async Task RunAsync(string folder, string instruments)
    {
        var options = new DatabaseOptions { Kind = Databases.Sqlite, Folder = folder };
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostApplicationLifetime, Microsoft.Extensions.Hosting.Internal.ApplicationLifetime>();
        services.AddDatabase(options);
        services.AddAccess(options, configuration, development: false);
        services.AddInstruments(instruments);
        services.AddClients();
        services.AddChoices();
        services.AddConversations();
        await using var house = services.BuildServiceProvider();
        await house.GetRequiredService<Migrator>().RunAsync(default);
        await house.LoadInstrumentsAsync();
        var receive = house.GetRequiredService<ReceiveConversation>();
        using var gone = new CancellationTokenSource();
        var sending = Enumerable.Range(0, Tablets).Select(_ => Task.Run(() => SendAsync(receive, gone.Token))).ToList();
        await Console.In.ReadToEndAsync();
        await gone.CancelAsync();
        await Task.WhenAll(sending);
    }

    private static async Task SendAsync(ReceiveConversation receive, CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            var id = Guid.CreateVersion7();
            var raw = Encoding.UTF8.GetBytes(Faults.Tablets.Conversation(id).ToJsonString());
            var (receipt, _) = await receive.KeepAsync(id, raw, ServiceUnderTest.Worker, ServiceUnderTest.Worker, default, CancellationToken.None);
            // One write to the pipe: what stands on a whole line was given before the process was killed.
            Console.WriteLine(JsonSerializer.Serialize(receipt));
        }
    }
}
