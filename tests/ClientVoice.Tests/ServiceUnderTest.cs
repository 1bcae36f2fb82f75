// The service as it runs, on a port of its own with a database of its own; gone afterwards.
using System.Net;
using System.Net.Http.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Quartz;

namespace ClientVoice.Tests;

/// <summary>A running service with a small organisation: two locations, a group at each, one worker at each.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    public const string Password = "een lange zin om in te loggen";

    public static readonly Guid Organisation = Id(1), North = Id(2), South = Id(3), Group = Id(4), Worker = Id(5), Colleague = Id(6), Officer = Id(7), Anna = Id(8), Bram = Id(9);

    private readonly TemporaryFolder data;
    private WebApplication? app;
    private TimeProvider? time;

    // The small organisation is asked with one instrument: reading one takes a tenth of the time of reading all.
    private static readonly Lazy<string> OneInstrument = new(CopyOneInstrument);

    /// <summary>The folder with the one instrument of the small organisation.</summary>
    public static string SmallInstruments => OneInstrument.Value;

    /// <summary>The setting with which the small organisation has every instrument that ships.</summary>
    public static string[] AllInstruments => ["--ClientVoice:Instruments", Path.Combine(HousePaths.House, "instruments")];

    private ServiceUnderTest(string database) => data = new TemporaryFolder(database);

    public string Address { get; private set; } = "";

    public string Folder => data.Path;

    /// <summary>Its folder and database; they stay when it is stopped, and go with it.</summary>
    public TemporaryFolder Data => data;

    public IServiceProvider Services => app!.Services;

    public Guid Choice { get; private set; }

    /// <param name="settings">More settings, as on the command line.</param>
    /// <param name="demo">With the demo organisation in place of the small one.</param>
    /// <param name="database">One of <see cref="Databases"/>.</param>
    /// <param name="empty">With the people alone: nothing that needs an instrument.</param>
    /// <param name="untouched">As on a new database: nobody and nothing.</param>
    /// <param name="time">In place of the machine's.</param>
    public static async Task<ServiceUnderTest> StartAsync(
        string[]? settings = null, bool demo = false, string database = Databases.Sqlite, bool empty = false, bool untouched = false, TimeProvider? time = null)
    {
        var service = new ServiceUnderTest(database) { time = time };
        try
        {
            await service.RunAsync(settings ?? [], demo, empty, untouched);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the service and starts it again on the same data and the same port.</summary>
    public async Task RestartAsync()
    {
        var address = Address;
        await StopAsync();
        await StartHostAsync(["--urls", address], false);
    }

    /// <summary>A client that is signed in, and carries the header of the tablet.</summary>
    public async Task<HttpClient> SignedInAsync(string email)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), Expect100ContinueTimeout = Patience }) { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        using var answer = await client.PostAsJsonAsync("/api/session", new { email, password = email.EndsWith("@demo", StringComparison.Ordinal) ? DemoOrganisation.Password : Password });
        return answer.StatusCode == HttpStatusCode.NoContent ? client : throw new InvalidOperationException($"{email} could not sign in: {answer.StatusCode}");
    }

    /// <summary>How long a request may wait to hear whether its body is wanted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks first whether the body is wanted, and sends it only then. Who sends one that is refused unread may find the line shut before it reads why.</summary>
    public static async Task<HttpResponseMessage> AskToSendAsync(HttpClient client, HttpMethod method, string address, HttpContent body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request);
    }

    /// <summary>Counts the outcomes now.</summary>
    /// <param name="full">Also where nothing changed.</param>
    public async Task<string?> AggregateAsync(bool full = false) => await Services.GetRequiredService<AggregateWork>().RunAsync(full, new Progress<WorkProgress>(), default) is { } line ? line.In("en") : null;

    /// <summary>At its start the service does each of its works once: it counts, and the empty publication is the first. Waits until all of them have ended.</summary>
    public async Task UntilTheSchedulerHasRunAsync()
    {
        var runs = Services.GetRequiredService<WorkRuns>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await runs.ListAsync(null, null, "started", true, 0, 1, default)).Runs.SingleOrDefault() is not { State: "done" })
        {
            await Task.Delay(50, patience.Token);
        }

        // Counting can end before another work has begun.
        var scheduler = await Services.GetRequiredService<ISchedulerFactory>().GetScheduler(patience.Token);
        while ((await scheduler.QueryTriggers(new TriggerQuery { NextFireTimeBefore = TimeProvider.System.GetUtcNow() }, patience.Token)).Items.Count > 0
            || (await scheduler.QueryFireInstances(new FireInstanceQuery { State = null }, patience.Token)).Items.Count > 0)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Lets no work begin by itself any more, and waits for what was under way.</summary>
    public async Task RestAsync()
    {
        await UntilTheSchedulerHasRunAsync();
        await (await Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Shutdown(true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        data.Dispose();
    }

    /// <summary>Ends the service; its data stay.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            if (Traces.Listening is { } traces)
            {
                await traces.EndAsync(app.Services, Address);
            }

            await app.StopAsync();
            await app.DisposeAsync();
            app = null;
        }
    }

    private async Task RunAsync(string[] settings, bool demo, bool empty, bool untouched)
    {
        await StartHostAsync(["--urls", "http://127.0.0.1:0", .. settings], demo);
        if (!demo && !untouched)
        {
            await FillAsync(empty);
        }
    }

    private async Task StartHostAsync(string[] settings, bool demo)
    {
        string[] instruments = demo ? [] : ["--ClientVoice:Instruments", OneInstrument.Value];
        var builder = House.Builder(["--environment", "Development", "--Logging:LogLevel:Default=Warning", .. data.Settings, .. instruments, .. settings]);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        Traces.Listening?.Add(builder);
        app = House.Application(builder);
        await House.PrepareAsync(app.Services, default);
        if (demo)
        {
            await app.Services.GetRequiredService<DemoOrganisation>().FillIfEmptyAsync(DemoSize.Small, new Progress<WorkProgress>(), default);
        }

        await app.StartAsync();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    private async Task FillAsync(bool empty)
    {
        var clients = Services.GetRequiredService<ClientStore>();
        await clients.AddPlaceAsync(new Place(Organisation, null, "organisation", "De Proef", 5), default);
        await clients.AddPlaceAsync(new Place(North, Organisation, "location", "Noord", null), default);
        await clients.AddPlaceAsync(new Place(South, Organisation, "location", "Zuid", null), default);
        await clients.AddGroupAsync(new ClientGroup(Group, "lvb", new LocalText("Licht", "Mild"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        var people = Services.GetRequiredService<People>();
        await people.AddAsync(new NewPerson(Worker, "worker@proef", "Wil Werker", Roles.SupportWorker, Password, false, [North]), default);
        await people.AddAsync(new NewPerson(Colleague, "colleague@proef", "Col Lega", Roles.SupportWorker, Password, false, [South]), default);
        await people.AddAsync(new NewPerson(Officer, "officer@proef", "Of Ficier", Roles.QualityOfficer, Password, false, [Organisation]), default);
        await clients.AddAsync([Client(Anna, North, "Anna Achternaam"), Client(Bram, South, "Bram Buitenscope")], default);
        if (empty)
        {
            return;
        }

        var today = DateOnly.FromDateTime(Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        Choice = await Services.GetRequiredService<ChoiceStore>().MakeAsync(
            new NewChoice(Group, "mijn-verhaal", "client", today.AddDays(-10), 12, true, null, null), default);
    }

    private static string CopyOneInstrument()
    {
        var from = Path.Combine(HousePaths.House, "instruments");
        var to = Directory.CreateTempSubdirectory("clientvoice-instruments-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(to, true);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar) is [_] or ["scales" or "symbols" or "mijn-verhaal", ..])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
                File.Copy(file, Path.Combine(to, path));
            }
        }

        return to;
    }

    private static NewClient Client(Guid id, Guid place, string name) =>
        new(id, place, Group, name, name.Split(' ')[0], null, "speaks", place == North ? Worker : Colleague, new DateOnly(2024, 1, 1));

    private static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:000000000000}");
}
