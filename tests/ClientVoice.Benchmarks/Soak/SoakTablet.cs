using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Conversations;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>A tablet through a day: somebody signs in, takes the work along, holds conversations and sends them, and hands it to the next.</summary>
internal sealed class SoakTablet(SoakHouse house, int number, string address, SoakCaller caller, SoakLedger ledger) : IDisposable
{
    // Of so many conversations; a shift and a fetch come round within minutes, so that an hour has many of each.
    private const int ShiftEvery = 60, FetchEvery = 12;
    private const double Twice = 0.05, LostReceipt = 0.04, OldOne = 0.01;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(45);

    private readonly DemoRandom random = new(1_000 + number);
    private readonly HttpClient client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address), DefaultRequestHeaders = { { "X-ClientVoice", "1" } } };
    private DemoConversations? talks;
    private List<DemoTalk> people = [];

    /// <summary>Sends a conversation once in so long, evenly spread, until told to stop.</summary>
    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        talks = new DemoConversations(random, house.Schema);
        await Task.Delay(every * random.Below(100) / 100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            if (turn % ShiftEvery == 0)
            {
                await ChangeShiftAsync(turn > 0);
            }

            if (turn % FetchEvery == 0)
            {
                await FetchAsync();
            }

            if (people.Count > 0)
            {
                await TalkAsync();
            }

            // Half to one and a half: nobody sends by the clock.
            await Task.Delay(every * (50 + random.Below(101)) / 100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task ChangeShiftAsync(bool signsOut)
    {
        if (signsOut)
        {
            await caller.AskAsync("sign-out", client, () => new HttpRequestMessage(HttpMethod.Delete, "/api/session"), default, HttpStatusCode.NoContent);
        }

        var account = new { email = SoakHouse.Worker(number), password = DemoOrganisation.Password };
        await caller.AskAsync("sign-in", client, () => new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(account) }, default, HttpStatusCode.NoContent);
    }

    private async Task FetchAsync()
    {
        if (await caller.GetAsync("work", client, "/api/work") is not { } body || JsonNode.Parse(body) is not { } work)
        {
            return;
        }

        people = [.. work["clients"]!.AsArray().Where(c => c!["due"]!.AsArray().Count > 0).Select(c => Talk(c!, work["person"]!["id"]!.GetValue<Guid>()))];
        await caller.GetAsync("instruments", client, "/api/instruments");
        foreach (var key in people.Select(p => p.Instrument.Key).Distinct())
        {
            await caller.GetAsync("instruments", client, $"/api/instruments/{key.Id}/{key.Version}");
        }
    }

    private DemoTalk Talk(JsonNode who, Guid worker)
    {
        var due = who["due"]![0]!;
        var instrument = house.Instruments.Find(due["instrument"]!["id"]!.GetValue<string>(), due["instrument"]!["version"]!.GetValue<string>())!;
        var about = new NewClient(who["id"]!.GetValue<Guid>(), who["place"]!["id"]!.GetValue<Guid>(), who["group"]!["id"]!.GetValue<Guid>(), "", "", null, who["communication"]!.GetValue<string>(), null, default);
        return new DemoTalk(about, DemoTexts.Groups.First(g => g.Instrument == instrument.Key.Id), instrument, due["choice"]!.GetValue<Guid>(), worker, default, random.Normal());
    }

    private async Task TalkAsync()
    {
        var held = random.Of(people) with { At = TimeProvider.System.GetUtcNow() - Before };
        var made = talks!.Make(held);
        var talk = new SoakTalk(made.Document.Id, made.Raw.ToArray(), held);
        if (random.Chance(LostReceipt))
        {
            // The network goes away while it is sent, or before its receipt came.
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Below(15)));
            await SendAsync(talk, impatient.Token);
        }

        // As the outbox does: the same again until the receipt is there.
        while (!await SendAsync(talk, default) && !caller.Stopping)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        if (random.Chance(Twice))
        {
            await SendAsync(talk, default);
        }

        if (random.Chance(OldOne) && ledger.Any(random) is { } old && old.Talk.PersonId == held.PersonId)
        {
            await SendAsync(old, default);
        }
    }

    private async Task<bool> SendAsync(SoakTalk talk, CancellationToken impatient)
    {
        var isNew = !ledger.Receipts.ContainsKey(talk.Id);
        if (isNew)
        {
            ledger.Unanswered[talk.Id] = true;
        }

        var answer = await caller.AskAsync("submit", client, Request, impatient, isNew ? [HttpStatusCode.Created, HttpStatusCode.OK] : [HttpStatusCode.OK]);
        if (answer is null)
        {
            return false;
        }

        if (ledger.Keep(talk, JsonSerializer.Deserialize<Receipt>(answer.Value.Body, JsonSerializerOptions.Web)!) is { } fault)
        {
            caller.Wrong("submit", fault);
        }
        else if (isNew)
        {
            caller.Figures.Accepted();
        }

        return true;

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Put, $"/api/conversations/{talk.Id}") { Content = new ByteArrayContent(talk.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            request.Headers.Add(ReceiveConversation.ClockHeader, TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            return request;
        }
    }
}
