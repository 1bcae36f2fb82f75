using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClientVoice.Benchmarks;

/// <summary>The feed over a million rows: a full pull against the same bytes from memory, pages early and late, and readers beside tablets.</summary>
internal static class FeedBenchmarks
{
    private const int Rows = 1_001_000;
    private const int Runs = 3;
    private const int Consumers = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        await using var house = await BenchmarkHouse.StartAsync(Rows);
        using var reader = house.Reader();
        await PullAsync(house, reader);
        await PagesAsync(reader);
        await TogetherAsync(house);
    }

    private static async Task PullAsync(BenchmarkHouse house, HttpClient reader)
    {
        var (feed, memory) = (new List<Pulled>(), new List<Pulled>());
        var sizes = new List<int>();
        for (var run = 0; run <= Runs; run++)
        {
            feed.Add(await WalkAsync(reader, sizes));
            house.Sizes = [.. sizes];
            memory.Add(await FromMemoryAsync(reader, sizes.Count));
        }

        // The first run compiles the code.
        var (slow, fast) = (Median(feed.Skip(1)), Median(memory.Skip(1)));
        Say($"full pull of {slow.Rows:N0} Outcomes rows in {sizes.Count} pages, {slow.Bytes / 1_000_000} MB, median of {Runs} runs:");
        Say($"  from the feed            {slow.Time.TotalSeconds,6:F2} s  {slow.Rows / slow.Time.TotalSeconds,9:F0} rows per second  largest heap {slow.Heap / 1_000_000} MB");
        Say($"  same bytes from memory   {fast.Time.TotalSeconds,6:F2} s  the feed takes {slow.Time / fast.Time:F1} x as long");
    }

    private static async Task PagesAsync(HttpClient reader)
    {
        var links = new List<(string Name, string Address)> { ("row 0", "/odata/Outcomes") };
        foreach (var row in new[] { 10, 10_000, 1_000_000 })
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"row {row:N0}");
            links.Add((name, await LinkAfterAsync(reader, row)));
        }

        var times = links.ToDictionary(l => l.Name, _ => new List<(double First, double All)>());
        for (var run = 0; run < 40; run++)
        {
            foreach (var (name, address) in links)
            {
                times[name].Add(await OneAsync(reader, address, 100));
            }
        }

        Say("a page of 100 rows, median of 40, first byte and whole:");
        foreach (var (name, _) in links)
        {
            var sorted = times[name].OrderBy(t => t.All).ToList();
            Say($"  at {name,-13} {times[name].Select(t => t.First).Order().ElementAt(20),5:F1} ms {sorted[20].All,5:F1} ms  ({sorted[20].All / times["row 10"].Select(t => t.All).Order().ElementAt(20):F2} x row 10)");
        }

        var large = new List<double>();
        for (var run = 0; run < 10; run++)
        {
            large.Add((await OneAsync(reader, "/odata/Outcomes", 10_000)).First);
        }

        Say($"first byte of a page of 10,000 rows: {large.Order().ElementAt(5):F1} ms");
    }

    private static async Task TogetherAsync(BenchmarkHouse house)
    {
        await using var tablet = await house.TabletAsync();
        var (alone, beside) = (new List<double>(), new List<double>());
        var pages = 0;
        await tablet.SubmitForAsync(Window);
        // In turn, so that whatever else the machine does falls on both alike.
        for (var round = 0; round < 8; round++)
        {
            alone.Add(await tablet.SubmitForAsync(Window));
            using var stop = new CancellationTokenSource();
            var readers = Enumerable.Range(0, Consumers).Select(n => ConsumeAsync(house, n, () => Interlocked.Increment(ref pages), stop.Token)).ToArray();
            beside.Add(await tablet.SubmitForAsync(Window));
            await stop.CancelAsync();
            await Task.WhenAll(readers);
        }

        var (before, after) = (alone.Order().ElementAt(4), beside.Order().ElementAt(4));
        Say($"submissions, each {Window.TotalSeconds:F0} s, median of {alone.Count} rounds in turn:");
        Say($"  alone                          {before,6:F1} per second");
        Say($"  beside {Consumers} parallel consumers    {after,6:F1} per second  {(before / after) - 1:P0} slower  (the consumers got {pages / (Window.TotalSeconds * alone.Count):F1} pages of 1,000 rows a second)");
    }

    private static async Task ConsumeAsync(BenchmarkHouse house, int number, Action page, CancellationToken stop)
    {
        using var reader = house.Reader(number);
        try
        {
            for (string? address = "/odata/Outcomes"; !stop.IsCancellationRequested; address ??= "/odata/Outcomes")
            {
                var body = await reader.GetByteArrayAsync(new Uri(address, UriKind.RelativeOrAbsolute), stop);
                address = NextLink(body);
                page();
            }
        }
        catch (OperationCanceledException)
        {
            // The round is over.
        }
    }

    private static async Task<Pulled> WalkAsync(HttpClient reader, List<int> sizes)
    {
        sizes.Clear();
        GC.Collect();
        var (watch, bytes, heap) = (Stopwatch.StartNew(), 0L, 0L);
        var buffer = new byte[128 * 1024];
        for (string? next = "/odata/Outcomes"; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Add("Prefer", "odata.maxpagesize=10000");
            using var answer = await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            var (page, filled) = (0, 0);
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(filled))) > 0; page += read)
            {
                // The link stands at the end: the last bytes are kept in front of the next ones.
                var end = filled + read;
                filled = Math.Min(end, 1_500);
                buffer.AsSpan(end - filled, filled).CopyTo(buffer);
            }

            sizes.Add(page);
            bytes += page;
            heap = Math.Max(heap, GC.GetTotalMemory(false));
            next = NextLink(buffer.AsSpan(0, filled));
        }

        return new Pulled(watch.Elapsed, bytes, Rows, heap);
    }

    private static async Task<Pulled> FromMemoryAsync(HttpClient reader, int pages)
    {
        GC.Collect();
        var (watch, bytes) = (Stopwatch.StartNew(), 0L);
        var buffer = new byte[128 * 1024];
        for (var page = 0; page < pages; page++)
        {
            using var answer = await reader.GetAsync(new Uri($"/memory/{page}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            for (int read; (read = await body.ReadAsync(buffer)) > 0;)
            {
                bytes += read;
            }
        }

        return new Pulled(watch.Elapsed, bytes, Rows, 0);
    }

    // Pages as large as may be, and a last one that ends at the row.
    private static async Task<string> LinkAfterAsync(HttpClient reader, int row)
    {
        var next = "/odata/Outcomes";
        for (var at = 0; at < row;)
        {
            var size = Math.Min(10_000, row - at);
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Add("Prefer", $"odata.maxpagesize={size}");
            using var answer = await reader.SendAsync(request);
            next = NextLink(await answer.Content.ReadAsByteArrayAsync()) ?? throw new InvalidOperationException("There are too few rows.");
            at += size;
        }

        return next;
    }

    private static async Task<(double First, double All)> OneAsync(HttpClient reader, string address, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Prefer", $"odata.maxpagesize={size}");
        var watch = Stopwatch.StartNew();
        using var answer = await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[1];
        await body.ReadExactlyAsync(first);
        var begun = watch.Elapsed.TotalMilliseconds;
        await body.CopyToAsync(Stream.Null);
        return (begun, watch.Elapsed.TotalMilliseconds);
    }

    private static string? NextLink(ReadOnlySpan<byte> body)
    {
        var at = body.LastIndexOf("\"@odata.nextLink\":"u8);
        return at < 0 ? null : JsonDocument.Parse("{" + Encoding.UTF8.GetString(body[at..])).RootElement.GetProperty("@odata.nextLink").GetString();
    }

    private static Pulled Median(IEnumerable<Pulled> runs) => runs.OrderBy(r => r.Time).ElementAt(Runs / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);

    private sealed record Pulled(TimeSpan Time, long Bytes, long Rows, long Heap);
}
