using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClientVoice.Conversations.Agreements;
using ClientVoice.Database;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ClientVoice.Tests.Conversations;

/// <summary>The list of agreements that ended and of which the client was told, page by page.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AgreementListTests(string database)
{
    private const int Conversations = 4;
    private const int Each = 3;
    private const int All = Conversations * Each;

    // Days after the first, of what was to be done; some on one day, some on none.
    private static readonly int?[] Due = [400, 3, null, 3, 30, 0, 3, null, 900, 900, 31, 401];

    // Most were told long ago, some within a year, one today.
    private static readonly int[] Told = [10, 10, 500, 0, 500, 860, 33, 2, 900, 33, 33, 1];

    private static readonly DateOnly First = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(-900);

    private static readonly AgreementFilter Closed = new(AgreementFilter.All, AgreementFilter.Closed);

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        using var worker = await service.SignedInAsync("worker@proef");
        await using var connection = await Get<IDatabase>().OpenAsync(default);
        for (var i = 0; i < Conversations; i++)
        {
            var id = Guid.CreateVersion7();
            var document = ConversationJson.Valid(id);
            var agreements = Enumerable.Range(0, Each).Select(_ => (Id: Guid.CreateVersion7(), Node: document["agreements"]![0]!.DeepClone())).ToList();
            agreements.ForEach(a => a.Node["id"] = a.Id);
            document["agreements"] = new JsonArray([.. agreements.Select(a => a.Node)]);
            using var body = ConversationJson.Body(document);
            using var answer = await worker.PutAsync(new Uri($"/api/conversations/{id}", UriKind.Relative), body);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            // Every other one is of somebody at another place.
            var client = i % 2 == 1 ? ServiceUnderTest.Bram : ServiceUnderTest.Anna;
            await connection.ExecuteAsync("UPDATE Conversation SET ClientId = @client WHERE Id = @id", new { id, client });
            for (var j = 0; j < Each; j++)
            {
                var (due, told) = (Due[(i * Each) + j], Told[(i * Each) + j]);
                await connection.ExecuteAsync(
                    "UPDATE Agreement SET ClientId = @client, DueOn = @due, DoneAt = @told, ToldBackAt = @told WHERE Id = @id",
                    new { client, id = agreements[j].Id, due = due is null ? (DateOnly?)null : First.AddDays(due.Value), told = new DateTimeOffset(First.AddDays(told), new TimeOnly(11, 0), TimeSpan.Zero) });
            }
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task EveryPageIsThePartOfTheWholeListThatItStandsFor([Values("due", "place", "told")] string sort, [Values] bool descending)
    {
        var whole = await WholeAsync(sort, descending);
        Assert.That(whole, Has.Count.EqualTo(All));
        foreach (var size in (int[])[1, 2, 3, 5, 11, 12, 13])
        {
            for (var skip = 0; skip <= All; skip++)
            {
                var (lines, total) = await Get<AgreementList>().ListAsync(ServiceUnderTest.Officer, Closed, sort, descending, skip, size, default);
                Assert.That(lines, Is.EqualTo(whole.Skip(skip).Take(size)), $"{size} after {skip}");
                Assert.That(total, Is.EqualTo(All));
            }
        }
    }

    [Test]
    public async Task ItIsInTheOrderThatWasAskedForAndNoDayComesLast()
    {
        var byDay = (await WholeAsync("due", false)).Select(a => a.DueOn).ToList();
        Assert.That(byDay, Is.EqualTo(byDay.OrderBy(d => d is null).ThenBy(d => d)).And.EquivalentTo(Due.Select(d => d is null ? (DateOnly?)null : First.AddDays(d.Value))));
        byDay = [.. (await WholeAsync("due", true)).Select(a => a.DueOn)];
        Assert.That(byDay, Is.EqualTo(byDay.OrderBy(d => d is null).ThenByDescending(d => d)));
        Assert.That((await WholeAsync("told", true)).Select(a => a.ToldBackAt), Is.Ordered.Descending);
        Assert.That((await WholeAsync("told", false)).Select(a => a.ToldBackAt), Is.Ordered);
        Assert.That((await WholeAsync("place", false)).Select(a => a.Place), Is.EqualTo(Enumerable.Repeat("Noord", All / 2).Concat(Enumerable.Repeat("Zuid", All / 2))));
    }

    [Test]
    public async Task WhereNothingEndedThePageIsEmpty([Values("due", "place", "told")] string sort, [Values] bool descending)
    {
        var (lines, total) = await Get<AgreementList>().ListAsync(ServiceUnderTest.Officer, Closed with { Client = ServiceUnderTest.Worker }, sort, descending, 0, 50, default);
        Assert.That((lines.Count, total), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task ThePageShowsTheLastToldFirstAndCanBeTurnedRound()
    {
        using var leader = await service.SignedInAsync("worker@proef");
        var page = await leader.GetStringAsync(new Uri("/agreements?whose=all&state=closed", UriKind.Relative));
        Assert.That(page, Does.Match("(?s)aria-sort=\"descending\"><a class=\"sort\" href=\"/agreements\\?whose=all&(amp;)?state=closed&(amp;)?sort=told\">Stand"));
        Assert.That(page, Does.Match($"(?s)verteld op {Day(500)}.*verteld op {Day(33)}"));
        Assert.That(await leader.GetStringAsync(new Uri("/agreements?whose=all&state=closed&sort=told", UriKind.Relative)), Does.Match($"(?s)verteld op {Day(33)}.*verteld op {Day(500)}"));
        Assert.That(await leader.GetStringAsync(new Uri("/agreements?whose=all&state=open", UriKind.Relative)), Does.Not.Contain("sort=told"));
    }

    private static string Day(int told) => First.AddDays(told).ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("nl"));

    private async Task<IReadOnlyList<AgreementLine>> WholeAsync(string sort, bool descending) =>
        await (await Get<AgreementList>().WholeAsync(ServiceUnderTest.Officer, Closed, sort, descending, default)).LinesAsync().ToListAsync();

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
