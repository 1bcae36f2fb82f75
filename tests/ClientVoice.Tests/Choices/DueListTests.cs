// The list of who is due as its address asks for it, by the database: which lines, in which order, how many. With one body on every database.
using System.Globalization;
using ClientVoice.Choices;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Clients.Register;
using ClientVoice.Shell;
using ClientVoice.Tests.Conversations;

namespace ClientVoice.Tests.Choices;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class DueListTests(string database)
{
    private static readonly Guid Other = new("01900000-0000-7000-8000-000000000099");

    private ServiceUnderTest service = null!;

    private DueReader Reader => service.Services.GetRequiredService<DueReader>();

    private DateOnly Today => DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);

    // Of two groups at two places: overdue, soon, later, spoken with, not for three years, and somebody who left.
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database, empty: true);
        var clients = service.Services.GetRequiredService<ClientStore>();
        await clients.AddGroupAsync(new ClientGroup(Other, "anders", new LocalText("Anders", "Other"), "wlz", ["speaks"], ["mild"], ["living"]), default);
        await service.Data.RunAsync("UPDATE Client SET FromOn = @day", new { day = Today.AddYears(-1) });
        await clients.AddAsync(
            [
                Client(1, "Zoë de Vries", ServiceUnderTest.North, Other, Today.AddDays(-5)), Client(2, "àgnes Aalders", ServiceUnderTest.South, Other, Today.AddDays(-4)),
                Client(3, "Éva Bakker", ServiceUnderTest.South, Other, Today.AddYears(-4)), Client(4, "Lotte Links", ServiceUnderTest.North, Other, Today.AddYears(-2)),
            ],
            default);
        var choices = service.Services.GetRequiredService<ChoiceStore>();
        await choices.MakeAsync(new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", Today.AddDays(-10), 12, true, null, null), default);
        await choices.MakeAsync(new NewChoice(Other, "mijn-verhaal", "client", Today.AddDays(20), 12, true, null, null), default);
        await choices.MakeAsync(new NewChoice(Other, "mijn-verhaal", "client", Today.AddDays(-300), 12, true, null, null) { Moment = ClientTurn.Farewell }, default);
        using var worker = await service.SignedInAsync("worker@proef");
        var id = Guid.CreateVersion7();
        var talk = ConversationJson.Valid(id);
        (talk["startedAt"], talk["endedAt"]) = (At(-26), At(-25));
        using var body = ConversationJson.Body(talk);
        using var sent = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
        Assert.That(sent.IsSuccessStatusCode);
        var register = service.Services.GetRequiredService<ClientRegister>();
        var lotte = (await register.FindAsync(Id(4), ServiceUnderTest.Officer, default))!;
        await service.Services.GetRequiredService<ClientWriter>().ChangeAsync(lotte, lotte with { UntilOn = Today.AddDays(-30) }, null, null, ServiceUnderTest.Officer, default);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    // Anna was spoken with last month, and is due a year later; Lotte left thirty days ago.
    [TestCase("", "", "now", "Lotte|Bram|Éva|Zoë|àgnes")]
    [TestCase("", "", "overdue", "Lotte|Bram")]
    [TestCase("", "", "three", "Éva")]
    [TestCase("", "", "left", "Lotte")]
    [TestCase("", "", "all", "Lotte|Bram|Zoë|Éva|àgnes|Anna")]
    [TestCase("south", "", "all", "Bram|Éva|àgnes")]
    [TestCase("organisation", "", "all", "Lotte|Bram|Zoë|Éva|àgnes|Anna")]
    [TestCase("", "other", "all", "Lotte|Zoë|Éva|àgnes")]
    [TestCase("north", "other", "now", "Lotte|Zoë")]
    [TestCase("north", "other", "three", "")]
    [TestCase("", "", "what is not a state", "Lotte|Bram|Éva|Zoë|àgnes")]
    public async Task ThePlaceTheGroupAndTheStateSayWho(string place, string group, string state, string names)
    {
        var filter = new DueFilter(
            place switch { "south" => ServiceUnderTest.South, "north" => ServiceUnderTest.North, "organisation" => ServiceUnderTest.Organisation, _ => null }, group.Length == 0 ? null : Other, state);
        foreach (var sort in DueReader.Sorts)
        {
            var part = await Reader.ListAsync(ServiceUnderTest.Officer, filter, sort, false, 0, 50, default);
            Assert.That(part.Lines.Select(First), Is.EquivalentTo(names.Split('|', StringSplitOptions.RemoveEmptyEntries)), sort);
            Assert.That(part.Total, Is.EqualTo(part.Lines.Count), sort);
        }
    }

    // On one day by place: North comes before South; on one day at one place by who came first.
    [TestCase("due", "Lotte Bram Zoë àgnes Éva Anna")]
    [TestCase("-due", "Anna Éva àgnes Zoë Bram Lotte")]
    [TestCase("client", "àgnes Anna Bram Éva Lotte Zoë")]
    [TestCase("-client", "Zoë Lotte Éva Bram Anna àgnes")]
    [TestCase("last", "Lotte Bram Zoë àgnes Éva Anna")]
    [TestCase("-last", "Anna Lotte Bram Zoë àgnes Éva")]
    public async Task TheOrderIsTheOneAskedForOnEveryPage(string sort, string names)
    {
        var (column, descending) = (sort.TrimStart('-'), sort.StartsWith('-'));
        var whole = (await Reader.ListAsync(ServiceUnderTest.Officer, DueFilter.Whole, column, descending, 0, 50, default)).Lines;
        Assert.That(string.Join(' ', whole.Select(First)), Is.EqualTo(names));
        var pages = new List<DueLine>();
        for (var skip = 0; skip < 6; skip += 2)
        {
            var part = await Reader.ListAsync(ServiceUnderTest.Officer, DueFilter.Whole, column, descending, skip, 2, default);
            Assert.That((part.Lines.Count, part.Total), Is.EqualTo((2, 6)));
            pages.AddRange(part.Lines);
        }

        Assert.That(pages, Is.EqualTo(whole));
        Assert.That((await Reader.ListAsync(ServiceUnderTest.Officer, DueFilter.Whole, column, descending, 6, 2, default)).Lines, Is.Empty);
    }

    [TestCase("eva", "Éva")]
    [TestCase("AALDERS agn", "àgnes")]
    [TestCase("anna", "Anna")]
    [TestCase("niemand", "")]
    public async Task ANameIsFoundWhateverTheFilterAndAccentsAndCapitals(string search, string names)
    {
        var part = await Reader.ListAsync(ServiceUnderTest.Officer, new DueFilter(ServiceUnderTest.South, Other, DueFilter.Left), "due", false, 0, 50, default, search);
        Assert.That((string.Join('|', part.Lines.Select(First)), part.Total), Is.EqualTo((names, part.Lines.Count)));
    }

    [Test]
    public async Task TheFiguresAreOfThePlaceAndTheGroupWhateverTheState()
    {
        var figures = (await Reader.ListAsync(ServiceUnderTest.Officer, DueFilter.Whole with { State = DueFilter.Left }, "due", false, 0, 1, default)).Figures;
        Assert.That((figures.Lines, figures.Overdue, figures.Due, figures.Upcoming, figures.NotReached, figures.PeopleNotReached, figures.WhoLeft), Is.EqualTo((6, 2, 3, 1, 1, 1, 1)));
        figures = (await Reader.ListAsync(ServiceUnderTest.Officer, new DueFilter(ServiceUnderTest.South, Other, DueFilter.Now), "client", false, 0, 1, default)).Figures;
        Assert.That((figures.Lines, figures.Overdue, figures.Due, figures.PeopleNotReached), Is.EqualTo((2, 0, 2, 1)));
        figures = (await Reader.ListAsync(ServiceUnderTest.Worker, DueFilter.Whole, "due", false, 0, 1, default)).Figures;
        Assert.That(figures.Lines, Is.EqualTo(3), "of the own scope");
    }

    [Test]
    public async Task TheCalendarShowsAFewOfEachDayAndCountsTheRest()
    {
        var day = Today.AddDays(20);
        var month = new DateOnly(day.Year, day.Month, 1);
        var shown = await Reader.MonthAsync(ServiceUnderTest.Officer, DueFilter.Whole, DueCalendar.FirstOf(month), month, 2, default);
        Assert.That(string.Join('|', shown.Days.Where(d => d.DueOn == day).Select(d => d.Client.Split(' ')[0])), Is.EqualTo("Zoë|àgnes"));
        Assert.That(shown.Counts[day], Is.EqualTo(3));
        Assert.That(shown.Before, Is.EqualTo(new[] { Today.AddDays(-10), Today.AddDays(-30) }.Count(d => d < month)));
        Assert.That(shown.Figures.Lines, Is.EqualTo(6));
        shown = await Reader.MonthAsync(ServiceUnderTest.Officer, new DueFilter(ServiceUnderTest.North, null, DueFilter.Overdue), DueCalendar.FirstOf(month), month, 2, default);
        Assert.That((string.Join('|', shown.Days.Where(d => d.DueOn == day).Select(d => d.Client.Split(' ')[0])), shown.Counts[day]), Is.EqualTo(("Zoë", 1)), "of the place, and in a calendar of every state");
    }

    [Test]
    public async Task FromTheCalendarWhoIsOverdueIsShownOfTheSamePlaceAndGroup()
    {
        using var officer = await service.SignedInAsync("officer@proef");
        var month = Today.AddMonths(2).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var page = System.Net.WebUtility.HtmlDecode(await officer.GetStringAsync(new Uri($"/due?view=calendar&month={month}&place={ServiceUnderTest.South}&group={ServiceUnderTest.Group}", UriKind.Relative)));
        Assert.That(page, Does.Match($"href=\"/due\\?place={ServiceUnderTest.South}&group={ServiceUnderTest.Group}&state=overdue&sort=\\w+\"[^>]*data-testid=\"overdue-link\""));
    }

    private string At(int days) => service.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string First(DueLine line) => line.Client.Split(' ')[0];

    private static NewClient Client(int number, string name, Guid place, Guid group, DateOnly from) => new(Id(number), place, group, name, name, null, "speaks", null, from);

    private static Guid Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"01900000-0000-7000-8000-0000000001{number:00}"));
}
