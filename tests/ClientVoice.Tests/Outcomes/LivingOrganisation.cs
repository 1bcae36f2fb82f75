using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Commands;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Agreements;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>An organisation of two regions and four locations in which things happen, each by a seed, on days of its own.</summary>
internal sealed class LivingOrganisation : IAsyncDisposable
{
    private static readonly string[] Perspectives = ["client", "client", "relative"];
    private static readonly DateTimeOffset Beginning = new(2025, 10, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Guid> Places = Ids(1, 7), Groups = Ids(21, 2), People = Ids(101, 30);
    private static readonly Guid Worker = Ids(31, 1)[0], AnonymousKey = Ids(41, 1)[0];

    private readonly TemporaryFolder data;
    private readonly WebApplication app;
    private readonly SetTime time = new();
    private readonly List<(Guid Id, Guid Client, string Perspective, DateTimeOffset EndedAt)> conversations = [];
    private int number;
    private MadeConversations made = new(Worker);

    private LivingOrganisation(string database, int mostUnknowns)
    {
        data = new TemporaryFolder(database);
        var builder = House.Builder(["--environment", "Development", "--Logging:LogLevel:Default=Warning", .. data.Settings, .. ServiceUnderTest.AllInstruments]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new CountingLimits { MostUnknowns = mostUnknowns, RowsTogether = 30 });
        app = builder.Build();
    }

    public static async Task<LivingOrganisation> CreateAsync(string database, int mostUnknowns)
    {
        var one = new LivingOrganisation(database, mostUnknowns);
        await House.PrepareAsync(one.app.Services, default);
        var clients = one.app.Services.GetRequiredService<ClientStore>();
        for (var i = 0; i < Places.Count; i++)
        {
            await clients.AddPlaceAsync(new Place(Places[i], ParentOf(i), i == 0 ? "organisation" : i < 3 ? "region" : "location", $"P{i}", 3), default);
        }

        foreach (var group in Groups)
        {
            await clients.AddGroupAsync(new ClientGroup(group, group.ToString()[^2..], new LocalText("G", "G"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        }

        await one.data.RunAsync(
            "INSERT INTO Person (Id, EmailHash, EmailSecret, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo) VALUES (@Worker, 'x', @none, @none, 'support-worker', '', '', 0)",
            new { Worker, none = Array.Empty<byte>() });
        await clients.AddAsync([.. People.Select((id, i) => new NewClient(id, Places[3 + (i % 4)], Groups[i % 2], "N", "N", null, "speaks", null, new DateOnly(2025, 1, 1)))], default);
        await one.data.RunAsync(
            """
            INSERT INTO Choice (Id, GroupId, InstrumentId, FromOn, EveryMonths, Perspective, MinimumObservers, RegularWorkerMayLead, MadeAt)
            VALUES (@Id, @Group, 'acht-domeinen', @from, 12, 'client', 1, 1, @now)
            """,
            new { Id = Guid.CreateVersion7(Beginning), Group = Groups[0], from = new DateOnly(2025, 3, 1), now = Beginning });
        return one;
    }

    /// <summary>Back to the first day, with nobody asked and nothing published.</summary>
    public async Task ForgetAsync()
    {
        time.Now = Beginning;
        number = 0;
        made = new MadeConversations(Worker);
        conversations.Clear();
        await data.RunAsync(string.Join(";\n", ((string[])
        [
            "AnonymousPermission", "AnonymousKey", "Answer", "DomainScore", "ConversationMark", "Agreement", "FormerConversation", "Conversation", "OutcomeChange", "FollowUpChange", "Publication", "PublishedState", .. PublishedModel.Dimensions,
            .. KeptTable.All.Select(t => t.Name), CellOptions.Table, BlockStates.Table, "ClientMove", "ClientGroupMove", "ClientMoveAhead", "DeskChange", "PlaceMove", "PlaceTree",
        ]).Select(t => $"DELETE FROM {t}")));
        for (var i = 0; i < Places.Count; i++)
        {
            await data.RunAsync("UPDATE Place SET ParentId = @parent WHERE Id = @Id", new { Id = Places[i], parent = ParentOf(i) });
            for (var (at, depth) = ((int?)i, 0); at is { } above; (at, depth) = (ParentOf(above) is { } parent ? Places.ToList().IndexOf(parent) : null, depth + 1))
            {
                await data.RunAsync("INSERT INTO PlaceTree (AncestorId, DescendantId, Depth) VALUES (@above, @Id, @depth)", new { above = Places[above], Id = Places[i], depth });
            }
        }

        await data.RunAsync("UPDATE AggregationTurn SET Holder = NULL, UntilAt = NULL, Writing = NULL; UPDATE Place SET LeavesOutMarked = NULL");
        for (var i = 0; i < People.Count; i++)
        {
            await data.RunAsync("UPDATE Client SET PlaceId = @place, GroupId = @group WHERE Id = @Id", new { Id = People[i], place = Places[3 + (i % 4)], group = Groups[i % 2] });
        }
    }

    public async Task SubmitAsync(Random random, int count)
    {
        var batch = new List<(CheckedConversation, DateTimeOffset)>();
        for (var i = 0; i < count; i++)
        {
            var client = People[random.Next(People.Count)];
            var home = await data.ValueAsync<string>("SELECT CAST(PlaceId AS varchar(36)) FROM Client WHERE Id = @client", new { client });
            var group = await data.ValueAsync<string>("SELECT CAST(GroupId AS varchar(36)) FROM Client WHERE Id = @client", new { client });
            var id = new Guid($"01900000-0000-7000-9000-{++number:000000000000}");
            var ended = time.Now.AddMinutes(-random.Next(500 * 24 * 60));
            var perspective = Perspectives[random.Next(Perspectives.Length)];
            conversations.Add((id, client, perspective, ended));
            batch.Add((made.Make(Instrument(), random, id, client, perspective, ended, Guid.Parse(home!), Guid.Parse(group!)), time.Now));
        }

        await using var connection = await data.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await app.Services.GetRequiredService<ConversationStore>().AddAsync(connection, transaction, batch, default);
        await transaction.CommitAsync();
    }

    /// <summary>Several take part without a name, on days of their own; who did already in a quarter is asked no more in it.</summary>
    public async Task TakePartWithoutANameAsync(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var given = DateOnly.FromDateTime(time.Now.DateTime).AddDays(-random.Next(200));
            var values = new
            {
                id = new Guid($"01900000-0000-7000-b000-{++number:000000000000}"), key = AnonymousKey, client = People[random.Next(People.Count)], given, now = time.Now,
                epoch = $"{given.Year}-Q{((given.Month - 1) / 3) + 1}", perspective = Perspectives[random.Next(Perspectives.Length)], place = Places[0], group = Groups[0], none = Array.Empty<byte>(),
            };
            await data.RunAsync(
                """
                INSERT INTO AnonymousKey (Id, Epoch, InstrumentId, Perspective, GroupId, PlaceId, KeySecret)
                  SELECT @key, 'x', 'acht-domeinen', 'client', @group, @place, @none WHERE NOT EXISTS (SELECT 1 FROM AnonymousKey WHERE Id = @key);
                INSERT INTO OutcomeChange (ConversationId, ChangedAt) SELECT @id, @now
                  WHERE NOT EXISTS (SELECT 1 FROM AnonymousPermission p WHERE p.Epoch = @epoch AND p.Perspective = @perspective AND p.ClientId = @client);
                INSERT INTO AnonymousPermission (Id, KeyId, Epoch, ChoiceId, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, GivenOn, BlindedHash)
                  SELECT @id, @key, @epoch, (SELECT MAX(h.Id) FROM Choice h), c.Id, c.PlaceId, c.GroupId, 'acht-domeinen', '1.0', @perspective, @given, 'x' FROM Client c
                  WHERE c.Id = @client AND NOT EXISTS (SELECT 1 FROM AnonymousPermission p WHERE p.Epoch = @epoch AND p.Perspective = @perspective AND p.ClientId = @client);
                """,
                values);
        }
    }

    public Task MoveAsync(Random random) => data.RunAsync(
        "UPDATE Client SET PlaceId = @place, GroupId = @group WHERE Id = @client",
        new { client = People[random.Next(People.Count)], place = Places[3 + random.Next(4)], group = Groups[random.Next(2)] });

    /// <summary>Somebody is going to move, to another place or group or both, on a day to come.</summary>
    public Task MoveAheadAsync(Random random) => app.Services.GetRequiredService<MovesAhead>().PlanAsync(
        People[random.Next(People.Count)], Places[3 + random.Next(4)], random.Next(2) == 0 ? null : Groups[random.Next(2)], null, DateOnly.FromDateTime(time.Now.DateTime).AddDays(1 + random.Next(30)), Worker, default);

    /// <summary>A location is put under the other region.</summary>
    public async Task ReparentAsync(Random random)
    {
        var place = Places[3 + random.Next(4)];
        var at = (await app.Services.GetRequiredService<ClientStore>().PlacesAsync(default)).Single(p => p.Id == place).ParentId;
        Assert.That((await app.Services.GetRequiredService<PlaceMover>().MoveAsync(place, at == Places[1] ? Places[2] : Places[1], Worker, default)).Fault, Is.EqualTo(MovingFault.None));
    }

    public async Task CorrectAsync(Random random)
    {
        if (conversations.Count == 0)
        {
            return;
        }

        var at = random.Next(conversations.Count);
        var (id, client, perspective, ended) = conversations[at];
        ended = random.Next(3) == 0 ? ended.AddDays(-random.Next(40)) : ended;
        conversations[at] = (id, client, perspective, ended);
        await app.Services.GetRequiredService<FormerConversations>().CorrectAsync(made.Make(Instrument(), random, id, client, perspective, ended, Places[3], Groups[0]), Worker, "Anders bedoeld.", default);
    }

    public async Task EraseAsync(Random random)
    {
        if (conversations.Count == 0)
        {
            return;
        }

        var at = random.Next(conversations.Count);
        await app.Services.GetRequiredService<FormerConversations>().EraseAsync(conversations[at].Id, Worker, EraseReasons.AskedByClient, default);
        conversations.RemoveAt(at);
    }

    /// <summary>Something becomes of an agreement, or it is opened again.</summary>
    public async Task FollowUpAsync(Random random)
    {
        await using var connection = await data.Database.OpenAsync(default);
        var agreements = (await connection.QueryAsync<Guid>("SELECT Id FROM Agreement")).Order().ToList();
        if (agreements.Count == 0)
        {
            return;
        }

        var one = agreements[random.Next(agreements.Count)];
        var store = app.Services.GetRequiredService<AgreementStore>();
        await (random.Next(4) switch
        {
            0 => store.NotDoneAsync(one, "Geen tijd.", default),
            1 => store.ToldAsync(one, DateOnly.FromDateTime(time.Now.DateTime), "talk", Worker, default),
            2 => store.ReopenAsync(one, default),
            _ => store.DoneAsync(one, default),
        });
    }

    public Task LeaveOutMarkedAsync(Random random) => app.Services.GetRequiredService<ClientStore>().LeaveOutMarkedAsync(random.Next(2) == 0, default);

    public async Task SleepAsync(Random random)
    {
        time.Now = time.Now.AddDays(1 + random.Next(45));
        await app.Services.GetRequiredService<MovesAhead>().RunAsync(default);
    }

    /// <summary>Counts; false where there was nothing to count.</summary>
    public async Task<bool> CountAsync(bool full)
    {
        return await app.Services.GetRequiredService<AggregateWork>().RunAsync(full, new Dying(int.MaxValue), default) is not null;
    }

    /// <summary>Begins to count, and dies after so many reports of progress; true where it did not get that far, and published.</summary>
    public async Task<bool> DieAsync(int after)
    {
        try
        {
            return await app.Services.GetRequiredService<AggregateWork>().RunAsync(after % 2 == 0, new Dying(after), default) is not null;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public Task<PublishedWhole> PublishedAsync() => PublishedWhole.ReadAsync(data.Database, Sheets(), Places);

    /// <summary>As if the service was one of before cells had their options with them until now.</summary>
    public async Task UpgradeAsync()
    {
        await EarlierCells.BringBackAsync(data, Sheets());
        await data.Migrator().RunAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        data.Dispose();
    }

    private IReadOnlyDictionary<string, MeasureSheet> Sheets() => MeasureSheet.Of(app.Services.GetRequiredService<ICatalogue>().Current.Instruments);

    private Instrument Instrument() => app.Services.GetRequiredService<ICatalogue>().Current.Find("acht-domeinen", "1.0")!;

    private static Guid? ParentOf(int place) => place == 0 ? null : Places[place < 3 ? 0 : 1 + (place % 2)];

    private static IReadOnlyList<Guid> Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}"))];

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Beginning;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Dying(int after) : IProgress<WorkProgress>
    {
        private int reports;

        public void Report(WorkProgress value)
        {
            if (reports++ >= after)
            {
                throw new TimeoutException();
            }
        }
    }
}
