using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Groups;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;
using ClientVoice.Commands;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Rights;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Tests.Choices;

/// <summary>An organisation in which everything happens that who is due follows from, each by a seed and through what the pages and tablets use.</summary>
internal sealed class DueOrganisation : IAsyncDisposable
{
    private static readonly DateTimeOffset Beginning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly (string Instrument, string Perspective)[] Asked = [("mijn-verhaal", "client"), ("mijn-verhaal", "client"), ("verwant-aan-het-woord", "relative"), ("laccs-observatie", "observer")];
    private static readonly string[] Relations = ["regular-worker", "other-worker", "interviewer"];
    private static readonly IReadOnlyList<Guid> Places = Ids(1, 4), Groups = Ids(21, 3);

    private readonly TemporaryFolder data;
    private readonly WebApplication app;
    private readonly SetTime time = new();
    private readonly Instruments instruments;
    private readonly List<Guid> clients = [];
    private readonly List<(Guid Id, Guid Client, string Instrument, string Perspective, DateTimeOffset EndedAt)> conversations = [];
    private readonly List<Guid> choices = [];
    private int number;

    private DueOrganisation(string database)
    {
        data = new TemporaryFolder(database);
        var builder = House.Builder(["--environment", "Development", "--Logging:LogLevel:Default=Warning", .. data.Settings, .. ServiceUnderTest.AllInstruments]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ICatalogue>(provider => new Instruments(provider.GetRequiredService<InstrumentCatalogue>()));
        app = builder.Build();
        instruments = (Instruments)Get<ICatalogue>();
    }

    /// <summary>With everything, with one location, and with one client group, in scope.</summary>
    public static IReadOnlyList<Guid> People { get; } = Ids(31, 3);

    public IServiceProvider Services => app.Services;

    public DateOnly Today => DateOnly.FromDateTime(time.Now.DateTime);

    public static async Task<DueOrganisation> CreateAsync(string database)
    {
        var made = new DueOrganisation(database);
        await House.PrepareAsync(made.app.Services, default);
        for (var i = 0; i < Places.Count; i++)
        {
            await made.Get<ClientStore>().AddPlaceAsync(new Place(Places[i], i == 0 ? null : Places[i == 3 ? 1 : 0], i == 0 ? "organisation" : i == 3 ? "team" : "location", $"P{i}", i == 0 ? 5 : null), default);
        }

        foreach (var group in Groups)
        {
            await made.Get<ClientStore>().AddGroupAsync(new ClientGroup(group, group.ToString()[^2..], new LocalText("G", "G"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        }

        for (var i = 0; i < People.Count; i++)
        {
            await made.Get<ClientVoice.Access.People>().AddAsync(
                new NewPerson(People[i], $"p{i}@proef", $"Per Soon {i}", Roles.QualityOfficer, ServiceUnderTest.Password, false, [Places[i == 1 ? 1 : 0]]) { Groups = i == 2 ? [Groups[1]] : [] }, default);
        }

        return made;
    }

    /// <summary>Other people and other choices, with nobody asked yet.</summary>
    public async Task BeginAnewAsync(Random random)
    {
        await data.RunAsync(string.Join(";\n", ((string[])
        [
            "DueLine", "DueClient", "ClientChange", "DuePlan", "ConsentWithdrawal", "AnonymousPermission", "AnonymousKey", "Answer", "DomainScore", "ConversationMark", "Agreement", "FormerConversation", "Conversation", "Choice", "OutcomeChange",
            "FollowUpChange", "ClientMove", "ClientGroupMove", "ClientMoveAhead", "ClientEvaluation", "ClientNumber", "ClientRepresentative", "DeskChange", "Client",
        ]).Select(t => $"DELETE FROM {t}")));
        await data.RunAsync("UPDATE ClientGroup SET MostPerYear = NULL");
        clients.Clear();
        conversations.Clear();
        choices.Clear();
        (time.Now, instruments.Gone) = (Beginning, null);
        for (var i = 0; i < 8; i++)
        {
            await AddAsync(random);
        }

        await ChooseAsync(random);
        await ChooseAsync(random);
    }

    /// <summary>What can happen; each is a step.</summary>
    public IReadOnlyList<Func<Random, Task>> Steps =>
    [
        SubmitAsync, SubmitAsync, SubmitAsync, CorrectAsync, EraseAsync, AddAsync, MoveAsync, MoveAsync, ChangeGroupAsync, MoveAheadAsync, LeaveAsync, LeaveAsync, EvaluateAsync, EvaluateAsync, HandOverAsync, UndoAsync, UndoAsync, PlanAsync, PlanAsync,
        ChooseAsync, ChooseAsync, TakeBackAsync, LimitAsync, WithdrawAsync, TakePartAsync, ForgetAsync, InstrumentGoesAsync, SleepAsync, SleepAsync, ReparentAsync,
    ];

    /// <summary>The job looks.</summary>
    public Task LookAheadAsync() => Get<DueRefresh>().EverybodyAsync(default);

    /// <summary>Who is due as somebody reads it, and as it is worked out whole.</summary>
    public async Task<(IReadOnlyList<string> Kept, IReadOnlyList<string> Whole)> ReadAsync(Guid person)
    {
        var kept = (await Get<DueReader>().ListAsync(person, DueFilter.Whole, "due", false, 0, int.MaxValue, default)).Lines;
        var whole = await WholeDue.OfScopeAsync(app.Services, data.Database, person, Today);
        return (
            [.. kept.Select(l => Said(new DueFact(l.ClientId, l.ChoiceId, l.DueOn, l.LastOn, l.LeaderId, l.Plan?.Id, l.IsPostponed, l.Why, l.Because), l.PlaceId, l.GroupId, l.State, l.LeftOn)).Order(StringComparer.Ordinal)],
            [.. whole.Select(w => Said(w.Fact, w.Client.PlaceId, w.Client.GroupId, DueRule.State(w.Fact.DueOn, Today), w.Client.UntilOn < Today ? w.Client.UntilOn : null)).Order(StringComparer.Ordinal)]);
    }

    public Task<int> CountAsync(string table) => data.ValueAsync<int>($"SELECT COUNT(*) FROM {table}");

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        data.Dispose();
    }

    private static string Said(DueFact fact, Guid place, Guid group, string state, DateOnly? leftOn) => $"{fact} {place} {group} {state} {leftOn}";

    private T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    private async Task SubmitAsync(Random random)
    {
        var batch = new List<(CheckedConversation, DateTimeOffset)>();
        for (var i = random.Next(4); i >= 0 && clients.Count > 0; i--)
        {
            var client = One(clients, random);
            var (instrument, perspective) = Asked[random.Next(Asked.Length)];
            var ended = time.Now.AddDays(-random.Next(random.Next(3) == 0 ? 1_600 : 120));
            var id = Next();
            conversations.Add((id, client, instrument, perspective, ended));
            batch.Add((Conversation(random, id, client, instrument, perspective, ended), time.Now));
        }

        await using var connection = await data.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await Get<ConversationStore>().AddAsync(connection, transaction, batch, default);
        await transaction.CommitAsync();
    }

    private async Task CorrectAsync(Random random)
    {
        if (conversations.Count > 0)
        {
            var at = random.Next(conversations.Count);
            var (id, client, instrument, perspective, ended) = conversations[at];
            ended = ended.AddDays(-random.Next(60));
            conversations[at] = (id, client, instrument, perspective, ended);
            await Get<FormerConversations>().CorrectAsync(Conversation(random, id, client, instrument, perspective, ended), People[0], "Anders bedoeld.", default);
        }
    }

    private async Task EraseAsync(Random random)
    {
        if (conversations.Count > 0)
        {
            var at = random.Next(conversations.Count);
            await Get<FormerConversations>().EraseAsync(conversations[at].Id, People[0], EraseReasons.AskedByClient, default);
            conversations.RemoveAt(at);
        }
    }

    private async Task AddAsync(Random random)
    {
        var id = Next();
        clients.Add(id);
        await Get<ClientWriter>().AddAsync(
            new ClientRecord(id, $"Naam {number % 7}", "N", null, "speaks", Places[random.Next(Places.Count)], Groups[random.Next(Groups.Count)], random.Next(2) == 0 ? People[0] : null, null, Today.AddDays(random.Next(40) - 1_700 + (1_690 * random.Next(2))), null, []),
            People[0], default);
    }

    private Task MoveAsync(Random random) => ChangeAsync(random, c => c with { PlaceId = Places[random.Next(Places.Count)] }, Today.AddDays(-random.Next(900)));

    private Task ChangeGroupAsync(Random random) => ChangeAsync(random, c => c with { GroupId = Groups[random.Next(Groups.Count)] }, random.Next(2) == 0 ? null : Today.AddDays(-random.Next(60)));

    private Task LeaveAsync(Random random) => ChangeAsync(random, c => c with { UntilOn = random.Next(3) == 0 ? null : Later(c.FromOn, Today.AddDays(60 - random.Next(500))) }, null);

    private Task HandOverAsync(Random random) => ChangeAsync(random, c => c with { RegularWorkerId = random.Next(3) == 0 ? null : People[random.Next(People.Count)] }, null);

    private Task EvaluateAsync(Random random) => ChangeAsync(random, c => c with { Evaluations = random.Next(4) == 0 ? [] : EvaluationDays.With(c.Evaluations, Later(c.FromOn, Today.AddDays(200 - random.Next(500))), Today) }, null);

    private async Task MoveAheadAsync(Random random)
    {
        if (clients.Count > 0)
        {
            await Get<MovesAhead>().PlanAsync(One(clients, random), Places[random.Next(Places.Count)], random.Next(2) == 0 ? null : Groups[random.Next(Groups.Count)], null, Today.AddDays(1 + random.Next(20)), People[0], default);
        }
    }

    private async Task ChangeAsync(Random random, Func<ClientRecord, ClientRecord> change, DateOnly? movedOn)
    {
        if (clients.Count > 0 && await Get<ClientRegister>().FindAnywhereAsync(One(clients, random), default) is { } before)
        {
            var seen = await Get<DeskChanges>().NewestAsync(before.Id, default);
            Assert.That((await Get<ClientWriter>().ChangeAsync(before, change(before), seen, movedOn, People[0], default)).Kept, Is.EqualTo(Kept.Done));
        }
    }

    // Of somebody who was added, nobody is left.
    private async Task UndoAsync(Random random)
    {
        if (clients.Count > 0 && One(clients, random) is var client && await Get<DeskChanges>().NewestAsync(client, default) is { } change)
        {
            await Get<DeskChanges>().UndoAsync(change, People[0], default);
            if (await Get<ClientRegister>().FindAnywhereAsync(client, default) is null)
            {
                clients.Remove(client);
            }
        }
    }

    private async Task PlanAsync(Random random)
    {
        var lines = (await Get<DueReader>().ListAsync(People[0], DueFilter.Whole, "due", false, 0, 30, default)).Lines;
        if (lines.Count > 0)
        {
            var line = lines[random.Next(lines.Count)];
            await Get<DuePlans>().KeepAsync(
                new DuePlan(line.ClientId, line.ChoiceId, random.Next(2) == 0 ? People[1] : null, random.Next(3) == 0 ? null : Today.AddDays(1 + random.Next(200)), "ill", null, Today), People[0], default);
        }
    }

    private async Task ChooseAsync(Random random)
    {
        var (instrument, perspective) = Asked[random.Next(Asked.Length)];
        try
        {
            choices.AddRange(await Get<ChoiceStore>().MakeAsync(
                [new NewChoice(Groups[random.Next(Groups.Count)], instrument, perspective, Today.AddDays(100 - random.Next(500)), 1 + random.Next(24), random.Next(2) == 0, "Bewust gekozen.", null)
                {
                    SharePercent = random.Next(3) == 0 ? 50 : 100, Moment = random.Next(2) == 0 ? null : One(ClientTurn.Moments, random), Spreads = random.Next(2) == 0,
                }],
                default));
        }
        catch (ProblemException error) when (error.Kind == ProblemKinds.ChoiceNotValid && instruments.Gone == instrument)
        {
        }
    }

    // As the page does: only where nobody was asked by it.
    private async Task TakeBackAsync(Random random)
    {
        if (choices.Count > 0)
        {
            await Get<ChoiceStore>().UndoAsync(One(choices, random), default);
        }
    }

    private async Task LimitAsync(Random random)
    {
        var limited = One(Groups, random);
        var group = (await Get<ClientStore>().GroupsAsync(default)).Single(g => g.Id == limited);
        await Get<GroupStore>().ChangeAsync(group, GroupProfile.Of(group) with { MostPerYear = random.Next(3) is > 0 and var most ? most : null }, People[0], default);
    }

    private async Task WithdrawAsync(Random random)
    {
        if (clients.Count > 0)
        {
            var (client, kind) = (One(clients, random), random.Next(4) == 0 ? Consents.Quotes : Consents.Asking);
            await (random.Next(2) == 0 ? Get<Consents>().WithdrawAsync(client, kind, People[0], default) : Get<Consents>().AgainAsync(client, kind, People[0], default));
        }
    }

    // As AnonymousPermissions keeps it, which signs besides; and, once in a while, the term is over.
    private async Task TakePartAsync(Random random)
    {
        await using var connection = await data.Database.OpenAsync(default);
        if ((await connection.QueryAsync<Guid>("SELECT Id FROM AnonymousPermission")).Order().ToList() is { Count: > 2 } given)
        {
            await Get<Forgetting>().PermissionAsync(given[random.Next(given.Count)], People[0], default);
        }
        else if (clients.Count > 0 && choices.Count > 0)
        {
            var client = One(clients, random);
            var values = new { id = Next(), key = Ids(41, 1)[0], client, given = Today.AddDays(-random.Next(200)), now = time.Now, epoch = $"{number}", place = Places[0], group = Groups[0], choice = choices[0], none = Array.Empty<byte>() };
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(
                """
                INSERT INTO AnonymousKey (Id, Epoch, InstrumentId, Perspective, GroupId, PlaceId, KeySecret)
                  SELECT @key, 'x', 'mijn-verhaal', 'client', @group, @place, @none WHERE NOT EXISTS (SELECT 1 FROM AnonymousKey WHERE Id = @key);
                INSERT INTO OutcomeChange (ConversationId, ChangedAt) VALUES (@id, @now);
                INSERT INTO AnonymousPermission (Id, KeyId, Epoch, ChoiceId, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, GivenOn, BlindedHash)
                  VALUES (@id, @key, @epoch, @choice, @client, @place, @group, 'mijn-verhaal', '1.0', 'client', @given, 'x');
                """,
                values, transaction);
            await ClientChanges.MarkAsync(connection, transaction, [client], default);
            await transaction.CommitAsync();
        }
    }

    private async Task ForgetAsync(Random random)
    {
        if (clients.Count > 3 && random.Next(3) == 0)
        {
            var client = One(clients, random);
            await Get<Forgetting>().ClientAsync(client, People[0], default);
            clients.Remove(client);
            conversations.RemoveAll(c => c.Client == client);
        }
    }

    private Task InstrumentGoesAsync(Random random)
    {
        instruments.Gone = random.Next(2) == 0 ? null : Asked[random.Next(Asked.Length)].Instrument;
        return Task.CompletedTask;
    }

    private async Task SleepAsync(Random random)
    {
        time.Now = time.Now.AddDays(random.Next(3) == 0 ? random.Next(200) : random.Next(15));
        await Get<MovesAhead>().RunAsync(default);
    }

    // Scopes follow at once, and no line is another for it.
    private async Task ReparentAsync(Random random)
    {
        var at = (await Get<ClientStore>().PlacesAsync(default)).Single(p => p.Id == Places[3]).ParentId;
        await Get<PlaceMover>().MoveAsync(Places[3], at == Places[1] ? Places[2] : Places[1], People[0], default);
    }

    private CheckedConversation Conversation(Random random, Guid id, Guid client, string instrument, string perspective, DateTimeOffset ended)
    {
        var json = JsonSerializer.Serialize(new
        {
            id, client, instrument = new { id = instrument, version = "1.0" }, perspective, outcome = random.Next(6) switch { 0 => "refused", 1 => "stopped", _ => "finished" }, language = "nl",
            startedAt = ended.AddMinutes(-20), endedAt = ended, conductor = new { relation = Relations[random.Next(Relations.Length)], knowsClient = "well", chosenByClient = false },
            present = Array.Empty<string>(), answersBy = "speaking", quotesAllowed = false, answers = new Dictionary<string, string>(), words = new Dictionary<string, string>(), passed = new Dictionary<string, object>(),
            changes = Array.Empty<string>(), readBack = "confirmed", agreements = Array.Empty<object>(), seconds = new Dictionary<string, int>(),
        }, JsonSerializerOptions.Web);
        using var document = JsonDocument.Parse(json);
        return new CheckedConversation(
            ConversationDocument.Read(document.RootElement.Clone()), instruments.Whole.Find(instrument, "1.0")!, id.ToString("N"), Encoding.UTF8.GetBytes(json), Places[0], Groups[0], People[random.Next(People.Count)]);
    }

    /// <summary>A moment later: of two changes in one moment none is the newest.</summary>
    public void Tick() => time.Now = time.Now.AddSeconds(1);

    private Guid Next()
    {
        Tick();
        return new Guid($"01900000-0000-7000-9000-{++number:000000000000}");
    }

    private static T One<T>(IReadOnlyList<T> some, Random random) => some[random.Next(some.Count)];

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static IReadOnlyList<Guid> Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}"))];

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Beginning;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    // The shipped instruments, one of which can be taken out.
    private sealed class Instruments(InstrumentCatalogue all) : ICatalogue
    {
        public string? Gone { get; set; }

        public CatalogueState Whole => all.Current;

        public CatalogueState Current => Gone is null ? Whole : Whole with { Instruments = [.. Whole.Instruments.Where(i => i.Key.Id != Gone)] };
    }
}
