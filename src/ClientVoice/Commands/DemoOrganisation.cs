// A small, believable, made-up organisation, so that whoever starts ClientVoice for the first time sees it
// work. Only ever put into an empty database.
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Commands;

internal sealed class DemoOrganisation(
    IDatabase database, People people, FeedKeys keys, ClientStore clients, ChoiceStore choices, ConversationStore conversations,
    ConversationSchema schema, ICatalogue catalogue, AggregateWork aggregate, DemoFollowUp followUp, WorkRuns runs, TimeProvider time)
{
    /// <summary>Of every demo account; they open in Development only.</summary>
    public const string Password = "samen-in-gesprek";

    /// <summary>The demo's BI key; it opens in Development only.</summary>
    public const string Key = "cvk_demo_alleen_voor_ontwikkeling";

    private const string Job = "demo";

    // Children before parents: what an interrupted fill leaves is taken away in this order.
    private static readonly string[] Filled =
    [
        "ReportFile", "QualityReportQuote", "QualityReportText", "QualityReportGroup", "ImprovementPoint", "QualityReport", "Quote",
        "DueLine", "DueClient", "ClientChange", "OutcomeChange", "FollowUpChange", "Agreement", "ConversationMark", "DomainScore", "Answer", "Conversation", "Choice", "ClientEvaluation", "Client", "FeedKeyGroup", "FeedKey", "PersonGroup", "PersonScope", "Person", "ClientGroup", "PlaceTree", "Place",
    ];

    private static readonly (string Email, string Name, string Role, bool Everywhere)[] Accounts =
    [
        ("begeleider@demo", "Sanne de Vries", Roles.SupportWorker, false),
        ("observator@demo", "Mark Jansen", Roles.Observer, false),
        ("teamleider@demo", "Ria Willemsen", Roles.TeamLeader, false),
        ("kwaliteit@demo", "Noor van Dam", Roles.QualityOfficer, true),
        ("beheer@demo", "Tom Bouwman", Roles.Administrator, true),
        ("privacy@demo", "Leila Haddad", Roles.PrivacyOfficer, true),
    ];

    /// <summary>Prints the accounts, the password and the key.</summary>
    public static void Introduce(TextWriter output, string address)
    {
        output.WriteLine();
        output.WriteLine("Demo organisation (Development only). Every account has the password: " + Password);
        foreach (var account in Accounts)
        {
            output.WriteLine($"  {account.Email,-18} {account.Name}, {account.Role}");
        }

        output.WriteLine($"  feed key: {Key}");
        output.WriteLine($"  tablet: {address}/tablet/   desk: {address}/   feed: {address}/odata");
        output.WriteLine();
    }

    /// <summary>Whether this database holds the demo, whole.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancel) => await CountAsync("SELECT COUNT(*) FROM JobRun WHERE Job = 'demo' AND State = 'done'", cancel) > 0;

    /// <summary>Fills an empty database; a fill that was cut off is taken away and done again.</summary>
    /// <returns>False where the database holds something else, or the whole demo already; nothing is changed then.</returns>
    public async Task<bool> FillIfEmptyAsync(DemoSize size, IProgress<WorkProgress> console, CancellationToken cancel)
    {
        if (await clients.AnyAsync(cancel))
        {
            var cutOff = await CountAsync("SELECT COUNT(*) FROM JobRun WHERE Job = 'demo'", cancel) > 0 && !await IsThereAsync(cancel);
            if (!cutOff)
            {
                return false;
            }

            await ClearAsync(cancel);
        }

        if (MissingInstruments() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"The demo organisation needs the instruments {string.Join(", ", missing)}; put them into the instruments folder.");
        }

        await runs.RunAsync(Job, (_, _) => FillAsync(size, console, cancel), cancel);
        await runs.RunAsync(AggregateWork.Name, (progress, stop) => aggregate.RunAsync(true, progress, stop), cancel);
        await followUp.ReportsAsync(cancel);
        return true;
    }

    /// <summary>The instruments that the demo's groups are asked with and that are not in the folder.</summary>
    public IReadOnlyList<string> MissingInstruments() =>
        [.. DemoTexts.Groups.Select(group => group.Instrument).Distinct().Where(id => catalogue.Current.Newest(id) is null)];

    private async Task<LocalText?> FillAsync(DemoSize size, IProgress<WorkProgress> console, CancellationToken cancel)
    {
        var random = new DemoRandom(size.Seed);
        var today = new DateTimeOffset(time.GetLocalNow().Date, TimeSpan.Zero);
        var begin = today.AddMonths(-size.Months);
        var locations = await PlacesAsync(size, random, begin, cancel);
        var workers = await PeopleAsync(locations, random, begin, cancel);
        var groups = await GroupsAsync(random, begin, cancel);
        var everyone = MakeClients(size, random, begin, locations, workers, groups);
        await clients.AddAsync([.. everyone.Select(c => c.Client)], cancel);
        await EvaluationsAsync([.. everyone.Select(c => c.Client)], new DemoRandom(size.Seed + 2), DateOnly.FromDateTime(today.Date), cancel);
        var talks = everyone.SelectMany(c => Talks(c, random, begin, today, workers)).ToList();
        await TalkAsync(talks, new DemoConversations(random, schema), new DemoRandom(size.Seed + 1), console, cancel);
        return new LocalText($"{everyone.Count} cliënten, {talks.Count} gesprekken", $"{everyone.Count} clients, {talks.Count} conversations");
    }

    private async Task<IReadOnlyList<Guid>> PlacesAsync(DemoSize size, DemoRandom random, DateTimeOffset at, CancellationToken cancel)
    {
        var organisation = random.Id(at);
        await clients.AddPlaceAsync(new Place(organisation, null, "organisation", "Stichting De Brug", 5), cancel);
        Guid[] regions = [random.Id(at), random.Id(at)];
        await clients.AddPlaceAsync(new Place(regions[0], organisation, "region", "Regio Noord", null), cancel);
        await clients.AddPlaceAsync(new Place(regions[1], organisation, "region", "Regio Zuid", null), cancel);
        var locations = new List<Guid>();
        for (var i = 0; i < size.Locations; i++)
        {
            var name = DemoTexts.Locations[i % DemoTexts.Locations.Length] + (i < DemoTexts.Locations.Length ? "" : $" {(i / DemoTexts.Locations.Length) + 1}");
            locations.Add(random.Id(at));
            await clients.AddPlaceAsync(new Place(locations[i], regions[i * 2 / size.Locations], "location", name, null), cancel);
        }

        await keys.CreateAsync("demo", organisation, Key, cancel);
        return locations;
    }

    private async Task<ILookup<Guid, Guid>> PeopleAsync(IReadOnlyList<Guid> locations, DemoRandom random, DateTimeOffset at, CancellationToken cancel)
    {
        var organisation = (await clients.PlacesAsync(cancel))[0].Id;
        var workers = new List<(Guid Location, Guid Person)>();
        foreach (var (email, name, role, everywhere) in Accounts)
        {
            var id = await people.AddAsync(new NewPerson(random.Id(at), email, name, role, Password, true, [everywhere ? organisation : locations[0]]), cancel);
            if (Roles.Has(role, Right.HoldConversations))
            {
                workers.Add((locations[0], id));
            }
        }

        foreach (var location in locations)
        {
            // Colleagues who held conversations; nobody knows their password.
            for (var i = 0; i < 2; i++)
            {
                var name = $"{random.Of(DemoTexts.FirstNames)} {random.Of(DemoTexts.LastNames)}";
                var id = random.Id(at);
                await people.AddAsync(new NewPerson(id, $"{id:N}@demo", name, Roles.SupportWorker, Guid.CreateVersion7(time.GetUtcNow()).ToString(), true, [location]), cancel);
                workers.Add((location, id));
            }
        }

        return workers.ToLookup(w => w.Location, w => w.Person);
    }

    private async Task<IReadOnlyList<(DemoGroup Group, Guid Id, Guid Choice)>> GroupsAsync(DemoRandom random, DateTimeOffset begin, CancellationToken cancel)
    {
        var made = new List<(DemoGroup, Guid, Guid)>();
        foreach (var group in DemoTexts.Groups)
        {
            var id = random.Id(begin);
            await clients.AddGroupAsync(group.ToGroup(id), cancel);
            var choice = new NewChoice(id, group.Instrument, group.Perspective, DateOnly.FromDateTime(begin.Date), 12, group.Code != "ambulant", null, null);
            made.Add((group, id, await choices.MakeAsync(choice, cancel)));
        }

        return made;
    }

    private static List<DemoClient> MakeClients(
        DemoSize size, DemoRandom random, DateTimeOffset begin, IReadOnlyList<Guid> locations, ILookup<Guid, Guid> workers, IReadOnlyList<(DemoGroup Group, Guid Id, Guid Choice)> groups)
    {
        var everyone = new List<DemoClient>();
        foreach (var (group, groupId, choice) in groups)
        {
            var count = (int)Math.Round(size.Clients * group.Share);
            for (var i = 0; i < count; i++)
            {
                // Unevenly over the locations: some groups are small somewhere, as in life, and are hidden there.
                var location = locations[Math.Min(random.Below(locations.Count), random.Below(locations.Count + 2)) % locations.Count];
                var first = random.Of(DemoTexts.FirstNames);
                var client = new NewClient(
                    random.Id(begin), location, groupId, $"{first} {random.Of(DemoTexts.LastNames)}", first, 1950 + random.Below(56), group.ClientCommunication,
                    random.Of([.. workers[location]]), DateOnly.FromDateTime(begin.AddDays(-random.Below(2000)).Date));
                everyone.Add(new DemoClient(client, group, choice, random.Normal()));
            }
        }

        return everyone;
    }

    // Of most clients the last evaluation of the care plan is known, of some the next one too; of the rest nobody wrote it down yet.
    private async Task EvaluationsAsync(IReadOnlyList<NewClient> everyone, DemoRandom random, DateOnly today, CancellationToken cancel)
    {
        var days = new List<object>();
        foreach (var client in everyone.Where(_ => random.Chance(0.7)))
        {
            var last = today.AddDays(-random.Below(365));
            if (last >= client.FromOn)
            {
                days.Add(new { client.Id, Day = last });
            }

            if (random.Chance(0.4))
            {
                days.Add(new { client.Id, Day = today.AddDays(1 + random.Below(180)) });
            }
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("INSERT INTO ClientEvaluation (ClientId, EvaluatedOn) VALUES (@Id, @Day)", days, transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, everyone.Select(c => c.Id), cancel);
        await transaction.CommitAsync(cancel);
    }

    private IEnumerable<DemoTalk> Talks(DemoClient who, DemoRandom random, DateTimeOffset begin, DateTimeOffset today, ILookup<Guid, Guid> workers)
    {
        var instrument = catalogue.Current.Newest(who.Group.Instrument)!;
        var team = workers[who.Client.PlaceId].ToList();
        for (var at = begin.AddDays(random.Below(365)); at < today.AddDays(-1); at = at.AddDays(340 + random.Below(70)))
        {
            if (random.Chance(0.1))
            {
                continue;
            }

            var first = random.Below(team.Count);
            yield return Talk(at, team[first]);
            if (who.Group.Perspective == "observer" && at.AddDays(7) < today && random.Chance(0.9))
            {
                yield return Talk(at.AddDays(7), team[(first + 1) % team.Count]);
            }
        }

        // Support slowly improves over the period: a trend that a reader can find.
        DemoTalk Talk(DateTimeOffset day, Guid person) => new(
            who.Client, who.Group, instrument, who.Choice, person, day.AddHours(9 + random.Below(8)).AddMinutes(random.Below(60)),
            who.Mood + ((day - begin).TotalDays / 900));
    }

    private async Task TalkAsync(List<DemoTalk> talks, DemoConversations make, DemoRandom fates, IProgress<WorkProgress> console, CancellationToken cancel)
    {
        const int together = 250;
        for (var done = 0; done < talks.Count; done += together)
        {
            console.Report(new WorkProgress(done, talks.Count));
            var batch = talks.Skip(done).Take(together).Select(t => (make.Make(t), t.At.AddHours(3))).ToList();
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await conversations.AddAsync(connection, transaction, batch, cancel);
            await transaction.CommitAsync(cancel);
            await followUp.AgreementsAsync(batch.Select(b => b.Item1), fates, cancel);
        }

        console.Report(new WorkProgress(talks.Count, talks.Count));
    }

    private async Task ClearAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var table in Filled)
        {
            // A place stands below its parent: the smallest go first.
            var sql = table == "Place" ? "UPDATE Place SET ParentId = NULL; DELETE FROM Place" : $"DELETE FROM {table}";
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
    }

    private async Task<int> CountAsync(string sql, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, cancellationToken: cancel));
    }

    private sealed record DemoClient(NewClient Client, DemoGroup Group, Guid Choice, double Mood);
}
