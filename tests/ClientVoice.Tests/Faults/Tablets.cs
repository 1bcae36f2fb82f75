// Tablets that send as the outbox does: one conversation at a time each, the same again until its receipt is there.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClientVoice.Conversations;
using ClientVoice.Tests.Conversations;

namespace ClientVoice.Tests.Faults;

/// <summary>What tablets sent, and what they were told.</summary>
internal sealed class Tablets : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http;

    private Tablets(HttpClient http) => this.http = http;

    private readonly ConcurrentDictionary<Guid, Guid> underWay = new();

    /// <summary>The receipts that were given.</summary>
    public ConcurrentDictionary<Guid, Receipt> Receipts { get; } = new();

    /// <summary>How often something else came than a receipt: a status, or <c>none</c> where the connection ended.</summary>
    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    public HttpClient Http => http;

    /// <summary>Signs in once; every tablet sends with that session.</summary>
    public static async Task<Tablets> SignedInAsync(string address, CookieContainer? cookies = null, string email = FaultFolder.Worker)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        using var answer = await http.PostAsJsonAsync("/api/session", new { email, password = ServiceUnderTest.Password });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        return new Tablets(http);
    }

    /// <summary>The conversation under an id: told from the id alone, so that it can be sent again from anywhere.</summary>
    public static JsonObject Conversation(Guid id)
    {
        var document = ConversationJson.Valid(id);
        // An agreement has an id of its own.
        document["agreements"] = new JsonArray();
        return document;
    }

    /// <summary>So many tablets send until they are told to stop, or until nobody answers.</summary>
    /// <param name="goesOn">Whether a tablet tries again where nobody answers.</param>
    public Task SendAsync(int tablets, CancellationToken stop, bool goesOn = false) => Task.WhenAll(Enumerable.Range(0, tablets).Select(_ => Task.Run(() => TabletAsync(goesOn, stop), CancellationToken.None)));

    /// <summary>Sends one conversation once.</summary>
    /// <returns>The answer's status; null where there was none.</returns>
    public async Task<HttpStatusCode?> SendOnceAsync(Guid id)
    {
        var sent = Guid.NewGuid();
        underWay[sent] = id;
        try
        {
            using var answer = await http.PutAsync($"/api/conversations/{id}", ConversationJson.Body(Conversation(id)));
            if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                Receipts[id] = (await answer.Content.ReadFromJsonAsync<Receipt>())!;
            }
            else
            {
                Refusals.AddOrUpdate($"{(int)answer.StatusCode}", 1, (_, before) => before + 1);
            }

            return answer.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            Refusals.AddOrUpdate("none", 1, (_, before) => before + 1);
            return null;
        }
        finally
        {
            underWay.TryRemove(sent, out _);
        }
    }

    /// <summary>Waits until there are so many receipts.</summary>
    public Task UntilAsync(int receipts) => UntilAsync(() => Receipts.Count >= receipts);

    /// <summary>Waits until a tablet was told something else than a receipt, and what was under way then has its answer: it may have been kept before.</summary>
    public async Task UntilRefusedAsync()
    {
        await UntilAsync(() => !Refusals.IsEmpty);
        var then = underWay.Keys.ToList();
        await UntilAsync(() => !then.Any(underWay.ContainsKey));
    }

    public void Dispose() => http.Dispose();

    private async Task TabletAsync(bool goesOn, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.CreateVersion7();
            while (await SendOnceAsync(id) is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                if (stop.IsCancellationRequested || (!goesOn && Refusals.ContainsKey("none")))
                {
                    return;
                }

                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
