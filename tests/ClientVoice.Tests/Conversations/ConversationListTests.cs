using System.Globalization;
using System.Net;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ClientVoice.Tests.Conversations;

/// <summary>The list of conversations, page by page.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ConversationListTests(string database)
{
    // Some lately, most long ago, two on one day: a page begins and ends in each of them.
    private static readonly int[] DaysAgo = [0, 3, 3, 30, 40, 200, 365, 400, 700, 1_000, 1_500];

    private readonly List<Guid> newestFirst = [];
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        using var worker = await service.SignedInAsync("worker@proef");
        var today = DateOnly.FromDateTime(Get<TimeProvider>().GetLocalNow().DateTime);
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        var held = new List<(DateOnly Day, Guid Id)>();
        foreach (var days in DaysAgo)
        {
            var id = Guid.CreateVersion7();
            var document = ConversationJson.Valid(id);
            document["agreements"]!.AsArray().Clear();
            using var body = ConversationJson.Body(document);
            using var answer = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            // Every third is with somebody at another place.
            var client = held.Count % 3 == 2 ? ServiceUnderTest.Bram : ServiceUnderTest.Anna;
            // And every fourth was another instrument, or of somebody else.
            var (instrument, perspective) = (held.Count % 4) switch { 1 => ("samen-kijken", "worker"), 3 => ("mijn-verhaal", "relative"), _ => ("mijn-verhaal", "client") };
            await connection.ExecuteAsync(
                "UPDATE Conversation SET HeldOn = @day, ClientId = @client, InstrumentId = @instrument, Perspective = @perspective WHERE Id = @id",
                new { id, client, day = today.AddDays(-days), instrument, perspective });
            held.Add((today.AddDays(-days), id));
        }

        var (all, total) = await PageAsync(0, int.MaxValue);
        Assert.That(total, Is.EqualTo(DaysAgo.Length));
        newestFirst.AddRange(all);
        Assert.That(newestFirst.Select(id => held.Single(h => h.Id == id).Day), Is.EqualTo(held.Select(h => h.Day).OrderDescending()));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task EveryPageIsThePartOfTheWholeListThatItStandsFor([Values(1, 2, 3, 4, 5, 10, 11, 12)] int size)
    {
        for (var skip = 0; skip <= DaysAgo.Length; skip++)
        {
            var (page, total) = await PageAsync(skip, size);
            Assert.That(page, Is.EqualTo(newestFirst.Skip(skip).Take(size)), $"after {skip}");
            Assert.That(total, Is.EqualTo(DaysAgo.Length));
        }
    }

    [Test]
    public async Task ByPlaceEveryPageIsThePartOfTheWholeListThatItStandsFor([Values(1, 3, 4, 7, 12)] int size, [Values] bool descending)
    {
        var places = (await Get<ConversationList>().ListAsync(ServiceUnderTest.Officer, new ConversationFilter(), "held", true, 0, int.MaxValue, default)).Lines.ToDictionary(l => l.Id, l => l.Place);
        Assert.That(places.Values.Distinct(), Is.EquivalentTo((string[])["Noord", "Zuid"]));
        List<Guid> whole = [.. descending ? newestFirst.OrderByDescending(id => places[id]) : newestFirst.OrderBy(id => places[id])];
        for (var skip = 0; skip <= DaysAgo.Length; skip++)
        {
            var (page, total) = await PageAsync(skip, size, "place", descending);
            Assert.That(page, Is.EqualTo(whole.Skip(skip).Take(size)), $"after {skip}");
            Assert.That(total, Is.EqualTo(DaysAgo.Length));
        }
    }

    [Test]
    public async Task SortedAnotherWayEveryPageIsThePartOfTheWholeListThatItStandsFor([Values("held", "instrument")] string sort, [Values] bool descending)
    {
        var whole = await (await Get<ConversationList>().WholeAsync(ServiceUnderTest.Officer, new ConversationFilter(), sort, descending, default)).LinesAsync().ToListAsync();
        Assert.That(whole.Select(l => sort == "held" ? l.HeldOn.ToString("O", CultureInfo.InvariantCulture) : $"{l.InstrumentId} {l.Perspective}"), descending ? Is.Ordered.Descending.Using<string>(StringComparer.Ordinal) : Is.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(whole.Select(l => l.Id), Is.EquivalentTo(newestFirst));
        foreach (var size in (int[])[1, 2, 3, 4, 7, 12])
        {
            for (var skip = 0; skip <= DaysAgo.Length; skip++)
            {
                var (page, total) = await PageAsync(skip, size, sort, descending);
                Assert.That(page, Is.EqualTo(whole.Skip(skip).Take(size).Select(l => l.Id)), $"{size} after {skip}");
                Assert.That(total, Is.EqualTo(DaysAgo.Length));
            }
        }
    }

    [Test]
    public async Task APageOfWhatDoesNotExistIsEmpty()
    {
        foreach (var sort in ConversationList.Sorts)
        {
            var (lines, total) = await Get<ConversationList>().ListAsync(ServiceUnderTest.Officer, new ConversationFilter(Outcome: "refused"), sort, true, 0, 3, default);
            Assert.That((lines.Count, total), Is.EqualTo((0, 0)), sort);
        }
    }

    private async Task<(IReadOnlyList<Guid> Ids, int Total)> PageAsync(int skip, int take, string sort = "held", bool descending = true)
    {
        var (lines, total) = await Get<ConversationList>().ListAsync(ServiceUnderTest.Officer, new ConversationFilter(), sort, descending, skip, take, default);
        return ([.. lines.Select(l => l.Id)], total);
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
