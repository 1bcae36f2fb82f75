using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Benchmarks;

/// <summary>
/// An organisation of five regions, fifty locations, four client groups and a hundred thousand clients, asked with one instrument
/// of twenty questions (ten areas, and the wish about each) over the last three years. The same for every history. Gone afterwards.
/// </summary>
internal sealed class CountedHouse : IAsyncDisposable
{
    private const int Locations = 50;
    private const int Clients = 100_000;
    // About what a document with some words takes, encrypted.
    private static readonly byte[] Document = new byte[1_500];

    private readonly string data = Directory.CreateTempSubdirectory("benchmark-outcomes-").FullName;
    private readonly Random random = new(1);
    private readonly List<Guid> places = [], groups = [];
    private readonly List<(Guid Id, Guid Place, Guid Group)> clients = [];
    private readonly Guid worker = Guid.CreateVersion7();
    private WebApplication app = null!;
    private Instrument instrument = null!;

    public IDatabase Database => app.Services.GetRequiredService<IDatabase>();

    public long Answers { get; private set; }

    public static async Task<CountedHouse> StartAsync(int conversations)
    {
        var house = new CountedHouse();
        await house.FillAsync();
        await house.AddAsync(conversations, today: false);
        return house;
    }

    /// <summary>Counts as the job does, and returns its closing line.</summary>
    public async Task<string> CountAsync(bool full) => (await app.Services.GetRequiredService<AggregateWork>().RunAsync(full, new Progress<WorkProgress>(), default))!.In("en");

    /// <summary>Adds conversations with answers to every question.</summary>
    /// <param name="today">All held today; otherwise over the last three years.</param>
    public async Task AddAsync(int count, bool today)
    {
        await using var connection = await Database.OpenAsync(default);
        await connection.ExecuteAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
        var questions = instrument.Questions.Where(q => q.Kind != AnswerKind.Text).ToList();
        var now = TimeProvider.System.GetUtcNow();
        var oldest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-3 * 365);
        for (var from = 0; from < count; from += 20_000)
        {
            var some = Enumerable.Range(from, Math.Min(20_000, count - from)).Select(i =>
            {
                // Days in the order in which they came in, as they do.
                var day = today ? DateOnly.FromDateTime(now.UtcDateTime) : oldest.AddDays((int)((long)i * 3 * 365 / count));
                return (Id: Guid.CreateVersion7(new DateTimeOffset(day, new TimeOnly(0, 0), TimeSpan.Zero).AddMilliseconds(i % 80_000_000)), Client: clients[random.Next(clients.Count)], Day: day);
            }).ToList();
            await using var transaction = await connection.BeginTransactionAsync();
            await Rows.InsertAsync(connection, transaction, "Conversation",
                ["Id", "ClientId", "PlaceId", "GroupId", "InstrumentId", "InstrumentVersion", "Perspective", "Outcome", "HeldOn", "StartedAt", "EndedAt", "ReceivedAt", "PersonId", "ConductorRelation", "QuotesAllowed", "ContentHash", "DocumentSecret"],
                some.Select(c => (object?[])[c.Id, c.Client.Id, c.Client.Place, c.Client.Group, instrument.Key.Id, instrument.Key.Version, "client", "finished", c.Day, At(c.Day), At(c.Day), At(c.Day), worker, "other-worker", false, "", Document]), default);
            await Rows.InsertAsync(connection, transaction, "Answer", ["ConversationId", "QuestionId", "Position", "OptionCode", "Score", "PassedOver"],
                some.SelectMany(c => questions.Select(q =>
                {
                    var option = q.Options[random.Next(q.Options.Count)];
                    return (object?[])[c.Id, q.Id, 0, option.Code, option.Score, false];
                })), default);
            await Rows.InsertAsync(connection, transaction, "DomainScore", ["ConversationId", "DomainId", "Score"],
                some.SelectMany(c => instrument.Domains.Select(d => (object?[])[c.Id, d.Id, 25.0 * random.Next(5)])), default);
            await Rows.InsertAsync(connection, transaction, "OutcomeChange", ["ConversationId", "ChangedAt"], some.Select(c => (object?[])[c.Id, At(c.Day)]), default);
            await transaction.CommitAsync();
            Answers += (long)some.Count * questions.Count;
        }

        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        // What this needed is not what counting needs.
        await connection.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        static DateTimeOffset At(DateOnly day) => new(day, new TimeOnly(9, 0), TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    private async Task FillAsync()
    {
        app = House.Builder(["--environment", "Development", "--Logging:LogLevel:Default=Warning", "--ClientVoice:Data", data, "--ClientVoice:Instruments", Path.Combine(HousePaths.House, "instruments")]).Build();
        await House.PrepareAsync(app.Services, default);
        instrument = app.Services.GetRequiredService<ICatalogue>().Current.Find("mijn-verhaal", "1.0")!;
        var store = app.Services.GetRequiredService<ClientStore>();
        for (var i = 0; i < 6 + Locations; i++)
        {
            places.Add(Guid.CreateVersion7());
            await store.AddPlaceAsync(new Place(places[i], i == 0 ? null : places[i < 6 ? 0 : 1 + (i % 5)], i == 0 ? "organisation" : i < 6 ? "region" : "location", $"P{i}", null), default);
        }

        for (var i = 0; i < 4; i++)
        {
            groups.Add(Guid.CreateVersion7());
            await store.AddGroupAsync(new ClientGroup(groups[i], $"g{i}", new LocalText("G", "G"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        }

        for (var i = 0; i < Clients; i++)
        {
            clients.Add((Guid.CreateVersion7(), places[6 + random.Next(Locations)], groups[random.Next(4)]));
        }

        await using var connection = await Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO Person (Id, EmailHash, EmailSecret, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo) VALUES (@worker, 'x', @none, @none, 'support-worker', '', '', 0)",
            new { worker, none = Array.Empty<byte>() }, transaction);
        await Rows.InsertAsync(connection, transaction, "Client", ["Id", "PlaceId", "GroupId", "NameSecret", "ShortNameSecret", "Communication", "FromOn"],
            clients.Select(c => (object?[])[c.Id, c.Place, c.Group, Array.Empty<byte>(), Array.Empty<byte>(), "speaks", new DateOnly(2020, 1, 1)]), default);
        await transaction.CommitAsync();
    }
}
