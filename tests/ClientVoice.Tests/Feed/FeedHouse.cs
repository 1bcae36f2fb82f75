using System.Net.Http.Headers;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Feed;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>The feed alone in a running service, with keys and publications that the test rules.</summary>
internal sealed class FeedHouse : IAsyncDisposable
{
    public const string WholeKey = "key-of-the-organisation";
    public const string NorthKey = "key-of-the-north";
    public const string HousesKey = "key-of-two-houses";
    public const string GroupKey = "key-of-a-client-group";
    public const string OtherGroupKey = "key-of-another-client-group";
    private readonly WebApplication app;

    private FeedHouse(WebApplication app, FeedStore store, FakePublications publications, FakeTrail trail)
    {
        Trail = trail;
        this.app = app;
        Store = store;
        Publications = publications;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Client.DefaultRequestHeaders.Add("X-ClientVoice-Key", WholeKey);
    }

    public FeedStore Store { get; }

    public FakePublications Publications { get; }

    public FakeTrail Trail { get; }

    /// <summary>Sends the key of the whole organisation with everything.</summary>
    public HttpClient Client { get; }

    public string Root => Client.BaseAddress!.ToString().TrimEnd('/');

    /// <param name="database">One of <see cref="Databases"/>.</param>
    public static async Task<FeedHouse> StartAsync(string database, params (string Name, string Value)[]? settings)
    {
        var store = await FeedStore.CreateAsync(database);
        var publications = new FakePublications();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDatabase>(store.Database);
        builder.Services.AddSingleton<IFeedKeys>(new FakeKeys());
        builder.Services.AddSingleton<IPublications>(publications);
        builder.Services.AddSingleton(TimeProvider.System);
        var trail = new FakeTrail();
        builder.Services.AddSingleton<IAuditTrail>(trail);
        builder.Services.AddFeed();
        foreach (var (name, value) in settings ?? [])
        {
            builder.Configuration[name] = value;
        }

        var app = builder.Build();
        app.UseProblems();
        app.UseFeed();
        app.MapFeed();
        await app.StartAsync();
        return new FeedHouse(app, store, publications, trail);
    }

    /// <summary>Asks below /odata with the headers given (name: value).</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : "/odata/" + path);
        foreach (var header in headers.Select(h => h.Split(": ", 2)))
        {
            request.Headers.Remove(header[0]);
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The whole body, with this run's address as <c>http://feed</c>.</summary>
    public async Task<string> TextAsync(string path, params string[] headers)
    {
        using var response = await AskAsync(path, headers);
        return (await response.Content.ReadAsStringAsync()).Replace(Root, "http://feed", StringComparison.Ordinal);
    }

    public async Task<JsonElement> JsonAsync(string path, params string[] headers)
    {
        using var response = await AskAsync(path, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), $"{path} should be answered, not: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Store.DisposeAsync();
    }

    internal sealed class FakePublications : IPublications
    {
        public List<int> Kept { get; } = [1, 2];

        public Task<Publication?> CurrentAsync(CancellationToken cancel) => FindAsync(Kept.Count == 0 ? 0 : Kept[^1], cancel);

        public Task<Publication?> FindAsync(int number, CancellationToken cancel) =>
            Task.FromResult(Kept.Contains(number) ? new Publication(number, DateTimeOffset.UnixEpoch, $"hash-{number}", 10, 2) : null);
    }

    /// <summary>Keeps what was put in the trail.</summary>
    internal sealed class FakeTrail : IAuditTrail
    {
        public System.Collections.Concurrent.ConcurrentQueue<AuditEvent> Events { get; } = [];

        public void Soon(AuditEvent happened) => Events.Enqueue(happened);

        public Task NowAsync(AuditEvent happened, CancellationToken cancel)
        {
            Soon(happened);
            return Task.CompletedTask;
        }
    }

    private sealed class FakeKeys : IFeedKeys
    {
        public Task<FeedReader?> RecogniseAsync(string key, CancellationToken cancel) => Task.FromResult(key switch
        {
            WholeKey => new FeedReader(FeedStore.Group, "whole", [FeedStore.Organisation]),
            HousesKey => new FeedReader(FeedStore.Group, "houses", [FeedStore.NorthHouse, FeedStore.SouthHouse]),
            GroupKey => new FeedReader(FeedStore.Group, "group", [FeedStore.Organisation]) { Groups = [FeedStore.Group] },
            OtherGroupKey => new FeedReader(FeedStore.Group, "other", [FeedStore.Organisation]) { Groups = [FeedStore.OtherGroup] },
            NorthKey => new FeedReader(FeedStore.Group, "north", [FeedStore.North]),
            _ => null,
        });
    }
}
