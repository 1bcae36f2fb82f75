using System.Globalization;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using Dapper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClientVoice.Benchmarks;

/// <summary>The service as it runs, with the demo organisation and a publication of as many outcomes as are asked for; gone afterwards.</summary>
internal sealed class BenchmarkHouse : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("benchmark-feed-").FullName;
    private readonly List<string> keys = [];
    private WebApplication app = null!;
    private string address = "";

    /// <summary>How long the pages of the last pull were; the same are given from memory at /memory/N.</summary>
    public int[] Sizes { get; set; } = [];

    /// <param name="rows">Of outcomes; 0 for those that the demo organisation has.</param>
    /// <param name="size">Of the demo organisation; null for the small one.</param>
    public static async Task<BenchmarkHouse> StartAsync(int rows, DemoSize? size = null)
    {
        var house = new BenchmarkHouse();
        await house.RunAsync(rows, size ?? DemoSize.Small);
        return house;
    }

    /// <summary>A browser of somebody who is signed in.</summary>
    public Task<HttpClient> SignedInAsync(string email) => SignedInAsync(address, email);

    /// <summary>Likewise, at a service somewhere.</summary>
    public static async Task<HttpClient> SignedInAsync(string address, string email)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        using var answer = await client.PostAsJsonAsync("/api/session", new { email, password = DemoOrganisation.Password });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>A BI tool with a key of its own.</summary>
    public HttpClient Reader(int key = 0)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Add("X-ClientVoice-Key", keys[key]);
        return client;
    }

    /// <summary>A tablet of somebody who is signed in.</summary>
    public Task<Tablet> TabletAsync() => Tablet.SignedInAsync(address);

    /// <summary>Whoever has this role sees the whole organisation from now on.</summary>
    public async Task WidenAsync(string role)
    {
        await using var connection = await Database.OpenAsync(default);
        await connection.ExecuteAsync("UPDATE PersonScope SET PlaceId = (SELECT Id FROM Place WHERE ParentId IS NULL) WHERE PersonId IN (SELECT Id FROM Person WHERE Role = @role)", new { role });
    }

    /// <summary>Nothing runs by itself.</summary>
    public static void WithoutJobs(WebApplicationBuilder builder) =>
        builder.Services.Remove(builder.Services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(SchedulerAfterStart)));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The database behind it.</summary>
    public IDatabase Database => app.Services.GetRequiredService<IDatabase>();

    private async Task RunAsync(int rows, DemoSize size)
    {
        var builder = House.Builder(
        [
            "--environment", "Development", "--Logging:LogLevel:Default=Warning", "--urls", "http://127.0.0.1:0", "--ClientVoice:Data", data,
            "--ClientVoice:Instruments", Path.Combine(HousePaths.House, "instruments"), "--ClientVoice:Feed:RequestsPerMinute", "1000000",
            "--ClientVoice:Access:RequestsPerMinute", "1000000",
        ]);
        // Counting every five minutes would put another publication in the place of this one, and meet what is being made here.
        WithoutJobs(builder);
        builder.Services.AddSingleton<IStartupFilter>(new Memory(this));
        app = House.Application(builder);
        await House.PrepareAsync(app.Services, default);
        await app.Services.GetRequiredService<DemoOrganisation>().FillIfEmptyAsync(size, new Progress<WorkProgress>(), default);
        if (rows > 0)
        {
            await FillAsync(rows);
        }

        await app.StartAsync();
        address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    // The demo's publication over and over, each row with a number of its own: as many rows as a sector has.
    private async Task FillAsync(int rows)
    {
        await using var connection = await Database.OpenAsync(default);
        var organisation = await connection.ExecuteScalarAsync<Guid>("SELECT Id FROM Place WHERE ParentId IS NULL");
        for (var i = 0; i < 10; i++)
        {
            keys.Add(await app.Services.GetRequiredService<FeedKeys>().CreateAsync($"benchmark {i}", organisation, null, default));
        }

        var set = PublishedModel.Set("Outcomes");
        var columns = string.Join(", ", KeptTable.Cells.Stored.Skip(3));
        var publication = await connection.ExecuteScalarAsync<int>("SELECT Number FROM Publication WHERE IsCurrent = 1");
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {KeptTable.Cells.Name} (FromPublication, UntilPublication, Id, {columns})
            SELECT @publication, 2147483647, o.Id + n.N * (SELECT MAX(Id) FROM {set.Table} WHERE Publication = @publication), {string.Join(", ", columns.Split(", ").Select(c => "o." + c))}
            FROM (WITH RECURSIVE Numbers (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Numbers WHERE N < 10000) SELECT N FROM Numbers) n
            CROSS JOIN {KeptTable.Cells.Name} o
            WHERE o.FromPublication <= @publication AND o.UntilPublication > @publication
            LIMIT @rows - (SELECT COUNT(*) FROM {set.Table} WHERE Publication = @publication)
            """,
            new { publication, rows }, transaction, commandTimeout: 600);
        await transaction.CommitAsync();
        await connection.ExecuteAsync("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    // Before everything that the service does with a request: nobody has to be let in here.
    private sealed class Memory(BenchmarkHouse house) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/memory", memory => memory.Run(context => house.FromMemoryAsync(context, int.Parse(context.Request.Path.Value!.AsSpan(1), CultureInfo.InvariantCulture))));
            next(app);
        };
    }

    private async Task FromMemoryAsync(HttpContext context, int page)
    {
        var lump = new byte[32 * 1024];
        context.Response.ContentType = "application/json";
        for (var left = Sizes[page]; left > 0; left -= lump.Length)
        {
            await context.Response.Body.WriteAsync(lump.AsMemory(0, Math.Min(left, lump.Length)), context.RequestAborted);
        }
    }
}

/// <summary>Somebody's tablet, that sends conversations one after the other.</summary>
internal sealed class Tablet(HttpClient client, Guid someone) : IAsyncDisposable
{
    public static async Task<Tablet> SignedInAsync(string address)
    {
        var client = await BenchmarkHouse.SignedInAsync(address, "begeleider@demo");
        var work = (await client.GetFromJsonAsync<JsonObject>("/api/work"))!;
        var someone = work["clients"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>()).First();
        return new Tablet(client, someone);
    }

    /// <summary>Sends for so long; returns how many were taken in a second.</summary>
    public async Task<double> SubmitForAsync(TimeSpan time) => (await SubmitAllForAsync(time)).Count / time.TotalSeconds;

    /// <summary>Sends for so long; returns how long each took.</summary>
    public async Task<IReadOnlyList<TimeSpan>> SubmitAllForAsync(TimeSpan time)
    {
        var (watch, took) = (Stopwatch.StartNew(), new List<TimeSpan>());
        while (watch.Elapsed < time)
        {
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            using var body = new StringContent(Conversation(id).ToJsonString(), Encoding.UTF8, "application/json");
            var began = watch.Elapsed;
            using var answer = await client.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
            took.Add(watch.Elapsed - began);
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                throw new InvalidOperationException($"A conversation was not taken: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        return took;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonNode Conversation(Guid id) => JsonNode.Parse(
        $$"""
        {
          "format": 1, "id": "{{id}}", "choice": null, "client": "{{someone}}",
          "instrument": { "id": "mijn-verhaal", "version": "1.0" },
          "perspective": "client", "outcome": "finished", "language": "nl",
          "startedAt": "2026-11-02T10:00:00Z", "endedAt": "2026-11-02T10:25:00Z",
          "conductor": { "relation": "regular-worker", "knowsClient": "well", "chosenByClient": true },
          "present": ["client"], "answersBy": "speaking", "quotesAllowed": false,
          "answers": { "feelings": "good", "feelings-wish": "stay", "home": "bad", "home-wish": "change" },
          "words": { "home": "Het is er te koud in de winter" },
          "passed": { "friends": { "reason": "Dat gaat je niets aan" } },
          "changes": [], "readBack": "confirmed", "agreements": [], "seconds": { "feelings": 12 }
        }
        """)!;
}
