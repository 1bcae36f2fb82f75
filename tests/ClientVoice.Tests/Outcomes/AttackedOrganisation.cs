// The organisation that is attacked: a made-up one of any shape, of which every publication is kept.
using System.Globalization;
using System.Text.Json;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>Receives, erases, corrects and counts; knows which answers are in every cell.</summary>
internal sealed class AttackedOrganisation : IAsyncDisposable
{
    private const string Instrument = "acht-domeinen@1.0";
    private const int Smallest = 5;

    /// <summary>Two questions of one domain; the domain is their mean where both were answered.</summary>
    public static readonly string[] Questions = ["calm", "joy"];

    private static readonly double[] Scale = [0, 25, 50, 75, 100];

    private readonly TemporaryFolder data;
    private readonly WebApplication app;
    private readonly Dictionary<Guid, HashSet<Guid>> below = [];
    private readonly List<(Guid Location, Guid Old, Guid To, DateOnly From)> moves = [];
    private readonly Guid group = Guid.CreateVersion7();
    private readonly Guid person = Guid.CreateVersion7();

    private AttackedOrganisation(string database)
    {
        data = new TemporaryFolder(database);
        app = House.Builder(["--environment", "Development", "--Logging:LogLevel:Default=Warning", .. data.Settings, .. ServiceUnderTest.AllInstruments]).Build();
    }

    public List<Talk> Talks { get; } = [];

    public static async Task<AttackedOrganisation> CreateAsync(string database, Random random, int locations, int people, int batches)
    {
        var made = new AttackedOrganisation(database);
        await House.PrepareAsync(made.app.Services, default);
        var places = await made.PlacesAsync(locations);
        await made.PeopleAsync(random, places, people, batches);
        return made;
    }

    public async Task ReceiveAsync(int batch)
    {
        await using var connection = await data.Database.OpenAsync(default);
        foreach (var talk in Talks.Where(t => t.Batch == batch && t.Corrects is null))
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO Conversation (Id, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, StartedAt, EndedAt, ReceivedAt, PersonId,
                  ConductorRelation, QuotesAllowed, ContentHash, DocumentSecret)
                VALUES (@Id, @Client, @Place, @group, 'acht-domeinen', '1.0', 'client', 'finished', @HeldOn, @EndedAt, @EndedAt, @EndedAt, @person, 'none', 0, '', @document)
                """,
                new { talk.Id, talk.Client, talk.Place, group, talk.HeldOn, talk.EndedAt, person, document = Array.Empty<byte>() });
            for (var i = 0; i < Questions.Length; i++)
            {
                await connection.ExecuteAsync(
                    "INSERT INTO Answer (ConversationId, QuestionId, Position, Score, PassedOver) VALUES (@Id, @question, 0, @score, @passed)",
                    new { talk.Id, question = Questions[i], score = talk.Scores[i], passed = talk.Scores[i] is null });
            }

            if (talk.Scores.All(s => s is not null))
            {
                await connection.ExecuteAsync("INSERT INTO DomainScore (ConversationId, DomainId, Score) VALUES (@Id, 'emotional-wellbeing', @score)", new { talk.Id, score = talk.Scores.Average() });
            }

            await connection.ExecuteAsync("INSERT INTO OutcomeChange (ConversationId, ChangedAt) VALUES (@Id, @EndedAt)", new { talk.Id, talk.EndedAt });
        }
    }

    /// <summary>Erases and corrects what is not to stay.</summary>
    public async Task EndAsync(int batch)
    {
        var former = app.Services.GetRequiredService<FormerConversations>();
        foreach (var talk in Talks.Where(t => t.Until == batch))
        {
            if (Talks.Find(t => t.Corrects == talk.Index) is { } corrected)
            {
                await former.CorrectAsync(Correction(corrected), person, "Anders bedoeld.", default);
            }
            else
            {
                await former.EraseAsync(talk.Id, person, EraseReasons.AskedByClient, default);
            }
        }
    }

    /// <summary>Counts, and reads what everybody may read.</summary>
    /// <param name="full">Everything, also where nothing changed.</param>
    public async Task<IReadOnlyList<Shown>> CountAsync(bool full)
    {
        await app.Services.GetRequiredService<AggregateWork>().RunAsync(full, new Progress<WorkProgress>(), default);
        await using var connection = await data.Database.OpenAsync(default);
        var cells = (await connection.QueryAsync<Shown>(
            """
            SELECT o.PeriodId, o.PlaceId, m.Kind + '/' + m.Code AS Measure, p.FromOn, p.UntilOn, o.FiguresOf, o.SuppressionReason, o.Respondents, o.ScoreSum
            FROM PublishedOutcome o
            JOIN Publication n ON n.Number = o.Publication AND n.IsCurrent = 1
            JOIN PublishedMeasure m ON m.Publication = o.Publication AND m.Id = o.MeasureId
            JOIN PublishedPeriod p ON p.Publication = o.Publication AND p.Id = o.PeriodId
            WHERE o.InstrumentId = @Instrument
            """.Replace("m.Kind + '/' + m.Code", data.Database.Dialect.Concat(data.Database.Dialect.Concat("m.Kind", "'/'"), "m.Code"), StringComparison.Ordinal),
            new { Instrument })).ToList();
        foreach (var cell in cells.Where(c => c.FiguresOf is not null))
        {
            var vector = Vector(cell, cell.FiguresOf!.Value);
            Assert.That(cell.ScoreSum, Is.EqualTo(Scores(vector)).Within(0.001), $"{cell}: the figure is that of publication {cell.FiguresOf}");
            Assert.That(cell.Respondents, Is.AtLeast(Smallest), $"{cell}: enough people");
        }

        return cells;
    }

    /// <summary>Which answers are in a cell as it was when so many batches were in, twice over (a domain takes half of each).</summary>
    public long[] Vector(Shown cell, int batch)
    {
        var vector = new long[Talks.Count * Questions.Length];
        var latest = Talks.Where(t => t.Batch <= batch && t.Until > batch && t.HeldOn >= cell.FromOn && t.HeldOn <= cell.UntilOn)
            .GroupBy(t => t.Client).Select(g => g.MaxBy(t => (t.HeldOn, t.EndedAt, t.Id))!)
            .Where(t => below[cell.PlaceId].Contains(t.Place) ? !IsAway(cell.PlaceId, t) : CameTo(cell.PlaceId, t));
        foreach (var talk in latest)
        {
            for (var i = 0; i < Questions.Length; i++)
            {
                var counts = cell.Measure.StartsWith("question/", StringComparison.Ordinal)
                    ? cell.Measure == "question/" + Questions[i] && talk.Scores[i] is not null
                    : talk.Scores.All(s => s is not null);
                vector[(talk.Index * Questions.Length) + i] = !counts ? 0 : cell.Measure.StartsWith("question/", StringComparison.Ordinal) ? 2 : 1;
            }
        }

        return vector;
    }

    /// <summary>Puts a location under the other region, from the month on that begins after all that this batch can hold.</summary>
    public async Task ReparentAsync(Random random, int batch, int batches)
    {
        var last = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(-600 + (600 * batch / batches));
        var places = await app.Services.GetRequiredService<ClientStore>().PlacesAsync(default);
        var locations = places.Where(p => p.Kind == "location").OrderBy(p => p.Id).ToList();
        var location = locations[random.Next(locations.Count)];
        var to = places.Single(p => p.Kind == "region" && p.Id != location.ParentId).Id;
        var counts = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
        moves.Add((location.Id, location.ParentId!.Value, to, counts));
        await data.RunAsync("UPDATE Place SET ParentId = @to WHERE Id = @Id", new { location.Id, to });
        await data.RunAsync("UPDATE PlaceTree SET AncestorId = @to WHERE DescendantId = @Id AND Depth = 1", new { location.Id, to });
        await data.RunAsync(
            "INSERT INTO PlaceMove (Id, PlaceId, FromParentId, ToParentId, CountsFrom, MovedAt) VALUES (@move, @Id, @ParentId, @to, @counts, @now)",
            new { move = Guid.CreateVersion7(), location.Id, location.ParentId, to, counts, now = DateTimeOffset.UnixEpoch.AddDays(batch) });
    }

    // Where each location stood on a day: the last move of it that counted by then says.
    private Guid? RegionOn(Talk talk) => moves.Where(m => m.Location == talk.Place && m.From <= talk.HeldOn).Select(m => (Guid?)m.To).LastOrDefault();

    private bool IsAway(Guid place, Talk talk) => moves.Exists(m => m.Old == place || m.To == place) && RegionOn(talk) is { } region && region != place;

    private bool CameTo(Guid place, Talk talk) => RegionOn(talk) == place;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        data.Dispose();
    }

    private CheckedConversation Correction(Talk talk)
    {
        var answers = Questions.Zip(talk.Scores).Where(q => q.Second is not null).ToDictionary(q => q.First, q => q.Second switch { 100 => "yes", 50 => "bit", _ => "no" });
        var json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            talk.Id, talk.Client, instrument = new { id = "acht-domeinen", version = "1.0" }, perspective = "client", outcome = "finished", language = "nl", startedAt = talk.EndedAt, talk.EndedAt,
            conductor = new { relation = "none", knowsClient = "well", chosenByClient = false }, present = Array.Empty<string>(), answersBy = "speaking", answers,
            words = new Dictionary<string, string>(), passed = new Dictionary<string, string>(), changes = Array.Empty<string>(), readBack = "confirmed", agreements = Array.Empty<string>(),
            seconds = new Dictionary<string, int>(),
        }, JsonSerializerOptions.Web);
        using var document = JsonDocument.Parse(json);
        var instrument = app.Services.GetRequiredService<ICatalogue>().Current.Find("acht-domeinen", "1.0")!;
        return new CheckedConversation(ConversationDocument.Read(document.RootElement.Clone()), instrument, "", json, talk.Place, group, person);
    }

    private double Scores(long[] vector) => vector.Select((factor, i) => factor * (Talks[i / Questions.Length].Scores[i % Questions.Length] ?? 0)).Sum() / 2;

    private async Task<IReadOnlyList<Guid>> PlacesAsync(int locations)
    {
        var clients = app.Services.GetRequiredService<ClientStore>();
        var all = Enumerable.Range(1, locations + 3).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}")).ToList();
        await clients.AddPlaceAsync(new Place(all[0], null, "organisation", "O", Smallest), default);
        below[all[0]] = [.. all];
        foreach (var region in all[1..3])
        {
            await clients.AddPlaceAsync(new Place(region, all[0], "region", "R", null), default);
            below[region] = [region];
        }

        for (var i = 3; i < all.Count; i++)
        {
            var region = all[1 + (i % 2)];
            await clients.AddPlaceAsync(new Place(all[i], region, "location", "L", null), default);
            below[all[i]] = [all[i]];
            below[region].Add(all[i]);
        }

        await clients.AddGroupAsync(new ClientGroup(group, "g", new LocalText("G", "G"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        await data.RunAsync(
            "INSERT INTO Person (Id, EmailHash, EmailSecret, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo) VALUES (@person, 'x', @none, @none, 'support-worker', '', '', 0)",
            new { person, none = Array.Empty<byte>() });
        return all[3..];
    }

    // Some people move, some are asked twice in a quarter, some pass a question over; one location is always content.
    private async Task PeopleAsync(Random random, IReadOnlyList<Guid> locations, int people, int batches)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var added = new List<NewClient>();
        for (var p = 0; p < people; p++)
        {
            var client = Guid.CreateVersion7();
            var home = locations[Math.Min(random.Next(locations.Count), random.Next(locations.Count + 2)) % locations.Count];
            added.Add(new NewClient(client, home, group, "N", "N", null, "speaks", null, new DateOnly(2020, 1, 1)));
            for (var t = 1 + random.Next(3); t > 0; t--)
            {
                var day = today.AddDays(-random.Next(600));
                var place = random.Next(8) == 0 ? locations[random.Next(locations.Count)] : home;
                var batch = Math.Min(batches, 1 + ((600 - (today.DayNumber - day.DayNumber)) * batches / 600) + (random.Next(6) == 0 ? 1 : 0));
                Talks.Add(new Talk(
                    Talks.Count, Guid.CreateVersion7(), client, place, day, new DateTimeOffset(day, new TimeOnly(10, random.Next(60)), TimeSpan.Zero), batch,
                    [.. Questions.Select(_ => random.Next(10) == 0 ? (double?)null : place == locations[0] ? 75 : Scale[random.Next(Scale.Length)])]));
            }
        }

        // Of the talks of every batch but the last some are erased with a later one, and some corrected.
        foreach (var talk in Talks.Where(t => t.Batch < batches && random.Next(7) == 0).ToList())
        {
            var until = talk.Batch + 1 + random.Next(batches - talk.Batch);
            Talks[talk.Index] = talk with { Until = until };
            if (random.Next(2) == 0)
            {
                Talks.Add(talk with { Index = Talks.Count, Batch = until, Corrects = talk.Index, Scores = [.. Questions.Select(_ => random.Next(10) == 0 ? (double?)null : Scale[2 * random.Next(3)])] });
            }
        }

        await app.Services.GetRequiredService<ClientStore>().AddAsync(added, default);
    }

    public sealed record Talk(int Index, Guid Id, Guid Client, Guid Place, DateOnly HeldOn, DateTimeOffset EndedAt, int Batch, double?[] Scores)
    {
        /// <summary>With which batch it was erased, or corrected into another one; <see cref="int.MaxValue"/> where it stays.</summary>
        public int Until { get; init; } = int.MaxValue;

        /// <summary>The talk that it was corrected from; null where it came in as it is.</summary>
        public int? Corrects { get; init; }
    }

    public sealed record Shown
    {
        public string PeriodId { get; init; } = "";

        public Guid PlaceId { get; init; }

        public string Measure { get; init; } = "";

        public DateOnly FromOn { get; init; }

        public DateOnly UntilOn { get; init; }

        public int? FiguresOf { get; init; }

        public string? SuppressionReason { get; init; }

        public int? Respondents { get; init; }

        public double? ScoreSum { get; init; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Measure} at {PlaceId.ToString()[^2..]} in {PeriodId}");
    }
}
