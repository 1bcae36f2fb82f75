using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Commands;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>People at a desk who go through their pages, and one of them corrects now and then.</summary>
internal sealed class SoakDesk(SoakHouse house, string address, SoakCaller caller, SoakLedger ledger)
{
    // What a desk mostly looks at; every other page of the role comes by in between.
    private static readonly string[] Main =
        ["/outcomes", "/clients", "/due", "/due?state=all", "/conversations", "/agreements?whose=all", "/reports", "/outcomes/publications", "/", "/outcomes/download", "/conversations/export"];

    private static readonly TimeSpan CorrectsEvery = TimeSpan.FromSeconds(10);

    private readonly DemoRandom random = new(7);

    /// <summary>A page once in so long, until told to stop.</summary>
    public async Task ReadAsync(string email, string role, TimeSpan every, CancellationToken stop)
    {
        using var person = await BenchmarkHouse.SignedInAsync(address, email);
        var mine = Main.Where(page => PageBenchmarks.Opens(page, role)).ToList();
        person.DefaultRequestHeaders.Add("Accept", "text/html");
        var others = await PageBenchmarks.PagesAsync(person, role);
        using var timer = new PeriodicTimer(every);
        for (var turn = 0; await TickAsync(timer, stop); turn++)
        {
            var page = turn % 3 < 2 ? mine[turn % mine.Count] : others[turn / 3 % others.Count];
            // A list that is downloaded is as long as the list.
            await caller.GetAsync(PageBenchmarks.IsPage(page) ? "page" : "download", person, page, $"{role} {PageBenchmarks.Named(page)}");
        }
    }

    /// <summary>Corrects one of the last conversations now and then, until told to stop.</summary>
    public async Task CorrectAsync(CancellationToken stop)
    {
        using var leader = await BenchmarkHouse.SignedInAsync(address, SoakHouse.Leader);
        var talks = new DemoConversations(random, house.Schema);
        using var timer = new PeriodicTimer(CorrectsEvery);
        while (await TickAsync(timer, stop))
        {
            if (ledger.Any(random) is { } talk)
            {
                var (was, now) = (JsonNode.Parse(talk.Body)!, JsonNode.Parse(talks.Make(talk.Talk).Raw.Span)!);
                (now["id"], now["agreements"]) = (talk.Id.ToString(), was["agreements"]!.DeepClone());
                var correction = new JsonObject { ["reason"] = "Verkeerd getikt", ["document"] = now };
                var answer = await caller.AskAsync("correct", leader, () => new HttpRequestMessage(HttpMethod.Post, $"/api/conversations/{talk.Id}/correction") { Content = JsonContent.Create(correction) }, default, HttpStatusCode.NoContent);
                var (taken, unanswered) = ledger.Corrections;
                ledger.Corrections = answer is null ? (taken, unanswered + 1) : (taken + 1, unanswered);
            }
        }
    }

    /// <summary>Waits for the next tick; false where it is over.</summary>
    public static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>A BI tool that refreshes: every table of the feed, whole, page by page.</summary>
internal sealed class SoakReader(SoakHouse house, string address, SoakCaller caller)
{
    /// <summary>Once in so long, until told to stop.</summary>
    public async Task PullAsync(TimeSpan every, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { { "X-ClientVoice-Key", house.FeedKey } } };
        using var timer = new PeriodicTimer(every);
        do
        {
            if (await caller.GetAsync("feed", client, "/odata/") is { } tables)
            {
                await caller.GetAsync("feed", client, "/odata/$metadata");
                foreach (var table in JsonNode.Parse(tables)!["value"]!.AsArray().Select(t => t!["url"]!.GetValue<string>()))
                {
                    await PullTableAsync(client, table, stop);
                }
            }
        }
        while (await SoakDesk.TickAsync(timer, stop));
    }

    private async Task PullTableAsync(HttpClient client, string table, CancellationToken stop)
    {
        var (rows, counted) = (0L, 0L);
        for (string? next = $"/odata/{table}?$count=true"; next is not null;)
        {
            if (stop.IsCancellationRequested || await caller.GetAsync("feed", client, next) is not { } body)
            {
                return;
            }

            var page = JsonNode.Parse(body)!;
            counted = page["@odata.count"]?.GetValue<long>() ?? counted;
            rows += page["value"]!.AsArray().Count;
            next = page["@odata.nextLink"]?.GetValue<string>();
        }

        if (rows != counted)
        {
            caller.Wrong("feed", "other rows than counted");
        }
    }
}
