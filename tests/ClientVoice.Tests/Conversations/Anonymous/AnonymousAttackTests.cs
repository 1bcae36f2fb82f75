// The attack: somebody has the whole database with every key, its files as they lie on the disk, the trail, and saw on the network who took part
// in which order and that the answers came in that very order. They put the answers in every order that can be read anywhere, and lay it beside the
// order of the people. Each way is tried twenty times with six people; by chance half of the pairs of answers are in the right order, with a known
// spread. An order that leaks gives all of them (or none), and a control shows that this would be seen.
using System.Text;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Conversations.Anonymous;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ClientVoice.Tests.Conversations.Anonymous;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AnonymousAttackTests(string database)
{
    private const int Times = 20;
    private const int People = 6;
    private const int Pairs = People * (People - 1) / 2;

    // Of a random order the number of pairs in the right order has mean n(n-1)/4 and variance n(n-1)(2n+5)/72 (Kendall). Five standard
    // deviations are passed by chance less than once in a million.
    private static readonly double Mean = Times * Pairs / 2.0;
    private static readonly double Bound = 5 * Math.Sqrt(Times * (People * (People - 1) * ((2 * People) + 5) / 72.0));

    private static readonly string[] Feelings = ["very-good", "good", "so-so", "not-good", "bad"];

    private readonly Dictionary<string, int> inOrder = [];
    private ServiceUnderTest service = null!;

    [Test]
    public async Task NoOrderThatCanBeReadAnywhereTiesAnswersToPeopleBetterThanChance()
    {
        service = await ServiceUnderTest.StartAsync(database: database);
        await using var _ = service;
        await service.UntilTheSchedulerHasRunAsync();
        var (choice, clients) = await AnonymousTablet.PrepareAsync(service, Times * People);
        using var worker = await service.SignedInAsync("worker@proef");
        using var nobody = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        nobody.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        for (var time = 0; time < Times; time++)
        {
            var permissions = new List<Permission>();
            foreach (var client in clients.Skip(time * People).Take(People))
            {
                permissions.Add((await AnonymousTablet.PermitAsync(worker, client, choice)).Permission!);
            }

            await UsedAsync(clients.Skip(time * People).Take(People), permissions);
            for (var person = 0; person < People; person++)
            {
                using var answer = await AnonymousTablet.SendAsync(nobody, permissions[person], Answers(person));
                Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            }

            await WaitingAsync();
            var before = await IdsAsync("SELECT Id FROM AnonymousConversation");
            await service.Services.GetRequiredService<AnonymousReleaseWork>().RunAsync(new Progress<WorkProgress>(), default);
            await ReleasedAsync([.. (await IdsAsync("SELECT Id FROM AnonymousConversation")).Except(before)]);
            Note("control: as they came", [.. Enumerable.Range(0, People)]);
        }

        TestContext.Out.WriteLine($"by chance {Mean} of {Times * Pairs} pairs, give or take {Bound:0.0}");
        foreach (var (way, pairs) in inOrder)
        {
            TestContext.Out.WriteLine($"{way}: {pairs}");
        }

        Assert.Multiple(() =>
        {
            Assert.That(inOrder.Where(w => !w.Key.StartsWith("control", StringComparison.Ordinal) && Math.Abs(w.Value - Mean) > Bound), Is.Empty);
            Assert.That(Math.Abs(inOrder["control: as they came"] - Mean), Is.GreaterThan(Bound), "an order that leaks would be seen");
            Assert.That(inOrder, Has.Count.EqualTo(database == Databases.Sqlite ? 11 : 8));
        });
    }

    [Test]
    public async Task AnAnswerThatComesInWritesNothingBesideItselfAndItsUsedPermission()
    {
        service = await ServiceUnderTest.StartAsync(database: Databases.Sqlite);
        await using var _ = service;
        await service.UntilTheSchedulerHasRunAsync();
        var (choice, clients) = await AnonymousTablet.PrepareAsync(service, 2);
        using var worker = await service.SignedInAsync("worker@proef");
        using var nobody = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(service.Address) };
        nobody.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        var (first, _) = await AnonymousTablet.PermitAsync(worker, clients[0], choice);
        var (second, _) = await AnonymousTablet.PermitAsync(worker, clients[1], choice);
        // What was read before is written within a second: a change after it, and it is there.
        await service.Services.GetRequiredService<IAuditTrail>().NowAsync(new AuditEvent("system", null, "test", "test", null, "done"), default);
        // The key of receipts is made when it is first needed.
        await service.Services.GetRequiredService<ServiceKeys>().ReceiptKeyAsync(default);
        var before = await SizesAsync();
        using var one = await AnonymousTablet.SendAsync(nobody, first!, Answers(0));
        using var other = await AnonymousTablet.SendAsync(nobody, second!, new JsonObject(), "feelings", "home", "friends", "closing");
        var log = new FileInfo(Path.Combine(service.Folder, "clientvoice.db-wal")).Length;
        await service.Services.GetRequiredService<IAuditTrail>().NowAsync(new AuditEvent("system", null, "test", "test", null, "done"), default);
        var after = await SizesAsync();
        var lengths = await QueryAsync<int>("SELECT LENGTH(ContentSecret) FROM AnonymousPool");
        var (received, again) = (await one.Content.ReadAsStringAsync(), await other.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That(after.Where(t => t.Value != before[t.Key]).Select(t => (t.Key, t.Value - before[t.Key])), Is.EquivalentTo(((string, int)[])[("AnonymousSpent", 2), ("AnonymousPool", 2), ("AuditEvent", 1)]), "and the one event of this test");
            Assert.That(lengths.Distinct().Count(), Is.EqualTo(1), "all are equally long, whatever was answered");
            Assert.That(received, Has.Length.EqualTo(again.Length));
            Assert.That(log, Is.Zero, "no log in which arrivals stand apart");
            Assert.That(one.Headers.Contains("Set-Cookie"), Is.False);
        });
    }

    [Test]
    public async Task NoTableWithAnswersHasAPersonATabletOrATime()
    {
        using var folder = new TemporaryFolder(Databases.Sqlite);
        await folder.Migrator().RunAsync(default);
        await using var connection = await folder.Database.OpenAsync(default);
        var columns = (await connection.QueryAsync<(string Table, string Column)>(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name IN ('AnonymousPool', 'AnonymousSpent', 'AnonymousConversation', 'AnonymousAnswer', 'AnonymousScore')"))
            .Select(c => $"{c.Table}.{c.Column}");
        Assert.That(columns, Is.EquivalentTo((string[])
        [
            "AnonymousPool.Id", "AnonymousPool.KeyId", "AnonymousPool.ContentSecret", "AnonymousSpent.TokenHash",
            "AnonymousConversation.Id", "AnonymousConversation.InstrumentId", "AnonymousConversation.InstrumentVersion", "AnonymousConversation.Perspective", "AnonymousConversation.GroupId",
            "AnonymousConversation.PlaceId", "AnonymousConversation.CountedOn", "AnonymousAnswer.AnonymousId", "AnonymousAnswer.QuestionId", "AnonymousAnswer.Position", "AnonymousAnswer.OptionCode",
            "AnonymousAnswer.Score", "AnonymousAnswer.PassedOver", "AnonymousScore.AnonymousId", "AnonymousScore.DomainId", "AnonymousScore.Score",
        ]));
    }

    // Everybody's answers are their own, so that the test, unlike the attacker, knows whose they are.
    private static JsonObject Answers(int person) => new() { ["feelings"] = Feelings[person % 5], ["feelings-wish"] = person < 5 ? "stay" : "change" };

    private static int PersonOf(string feelings, string wish) => wish == "change" ? 5 : Array.IndexOf(Feelings, feelings);

    // What the service signed, beside what was used in the end.
    private async Task UsedAsync(IEnumerable<Guid> clients, List<Permission> permissions)
    {
        var blinded = new List<string>();
        foreach (var client in clients)
        {
            blinded.AddRange(await QueryAsync<string>($"SELECT BlindedHash FROM AnonymousPermission WHERE ClientId = '{client}'"));
        }

        List<string> used = [.. permissions.Select(p => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(p.Token)))];
        Note("permissions by what was signed, beside what was used", [.. used.OrderBy(u => u, StringComparer.Ordinal).Select(u => used.IndexOf(u)).Select(i => blinded.Order(StringComparer.Ordinal).ToList().IndexOf(blinded[i]))]);
    }

    private async Task WaitingAsync()
    {
        var secrets = service.Services.GetRequiredService<Secrets>();
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        List<(string Id, int Person)> waiting = [.. (await connection.QueryAsync<Row>("SELECT Id, ContentSecret FROM AnonymousPool")).Select(row =>
        {
            var answers = AnonymousPool.Open(secrets, row.ContentSecret).Answers;
            return (row.Id.ToString(), PersonOf(answers.GetProperty("feelings").GetString()!, answers.GetProperty("feelings-wish").GetString()!));
        })];
        Note("waiting, as the table is gone through", [.. waiting.Select(w => w.Person)]);
        Note("waiting, by id", [.. waiting.OrderBy(w => w.Id, StringComparer.Ordinal).Select(w => w.Person)]);
        if (database == Databases.Sqlite)
        {
            await NoteFileAsync("waiting, in the file", waiting);
        }
    }

    private async Task ReleasedAsync(IReadOnlyList<string> ids)
    {
        var answers = (await QueryAsync<Given>("SELECT AnonymousId, QuestionId, OptionCode FROM AnonymousAnswer")).ToLookup(a => a.AnonymousId.ToString());
        List<(string Id, int Person)> released = [.. ids.Select(id => (id, PersonOf(Of(id, "feelings"), Of(id, "feelings-wish"))))];
        Note("let go, as the table is gone through", [.. released.Select(r => r.Person)]);
        Note("let go, by id", [.. released.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Person)]);
        Note("let go, as the answers are gone through", [.. answers.Select(a => a.Key).Where(ids.Contains).Select(id => released.Single(r => r.Id == id).Person)]);
        var queue = (await IdsAsync("SELECT ConversationId FROM OutcomeChange ORDER BY Sequence")).Where(ids.Contains);
        Note("let go, in the queue of counting", [.. queue.Select(id => released.Single(r => r.Id == id).Person)]);
        if (database == Databases.Sqlite)
        {
            await NoteFileAsync("let go, first in the file", released);
            await NoteFileAsync("let go, last in the file", released, last: true);
        }

        string Of(string id, string question) => answers[id].Single(a => a.QuestionId == question).OptionCode!;
    }

    private async Task NoteFileAsync(string way, IEnumerable<(string Id, int Person)> rows, bool last = false)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var path = Path.Combine(service.Folder, "clientvoice.db");
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var file = new byte[stream.Length];
        await stream.ReadExactlyAsync(file);
        Note(way, [.. rows.OrderBy(r => Place(Encoding.ASCII.GetBytes(r.Id))).Select(r => r.Person)]);

        int Place(byte[] id) => last ? file.AsSpan().LastIndexOf(id) : file.AsSpan().IndexOf(id);
    }

    private void Note(string way, List<int> order)
    {
        Assert.That(order.Order(), Is.EqualTo(Enumerable.Range(0, People)), way);
        var pairs = 0;
        for (var i = 0; i < People; i++)
        {
            pairs += order.Skip(i + 1).Count(later => later > order[i]);
        }

        inOrder[way] = inOrder.GetValueOrDefault(way) + pairs;
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string sql) => [.. (await QueryAsync<Guid>(sql)).Select(id => id.ToString())];

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    private async Task<Dictionary<string, int>> SizesAsync()
    {
        var sizes = new Dictionary<string, int>();
        foreach (var table in await QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        {
            sizes[table] = (await QueryAsync<int>($"SELECT COUNT(*) FROM {table}"))[0];
        }

        return sizes;
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public byte[] ContentSecret { get; init; } = [];
    }

    private sealed record Given
    {
        public Guid AnonymousId { get; init; }

        public string QuestionId { get; init; } = "";

        public string? OptionCode { get; init; }
    }
}
