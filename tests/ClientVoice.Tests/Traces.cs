// What services leave behind while tests use them: everything they log, their metrics, the problems they answer with; and what may be in
// none of it: every name, and everything that somebody said or wrote.
using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests;

/// <summary>Traces of every service that is started after <see cref="BeginWhereAsked"/>; of several at once as well.</summary>
internal sealed class Traces : ILoggerProvider, IStartupFilter
{
    /// <summary>Shorter texts stand in any text.</summary>
    private const int ShortestText = 12;

    private readonly ConcurrentQueue<(string Kind, string Line)> lines = [];
    private readonly ConcurrentDictionary<string, bool> known = new();
    private int running;

    /// <summary>Who listens; null where nobody does.</summary>
    public static Traces? Listening { get; private set; }

    /// <summary>How many services are not ended yet.</summary>
    public int Running => running;

    /// <summary>What was caught, of each kind: <c>log</c>, <c>metrics</c> and <c>problem</c>.</summary>
    public ILookup<string, string> Lines => lines.ToLookup(l => l.Kind, l => l.Line);

    /// <summary>The names and texts that any of the services knew.</summary>
    public IReadOnlyCollection<string> Known => [.. known.Keys];

    /// <summary>Names the folder in which a run leaves its traces, and another looks through them.</summary>
    public const string Variable = "CLIENTVOICE_TRACES";

    /// <summary>Where traces are kept between two runs; null where nobody asked for any.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Listens from now on, where somebody will look.</summary>
    public static void BeginWhereAsked() => Listening = Folder is null ? null : new Traces();

    /// <summary>Keeps what was heard for the run that looks through it.</summary>
    public void Keep()
    {
        File.WriteAllText(Path.Combine(Folder!, "traces.json"), JsonSerializer.Serialize(new Kept(running, [.. known.Keys], [.. lines.Distinct().Select(l => new[] { l.Kind, l.Line })])));
    }

    /// <summary>What an earlier run kept; null where there is nothing.</summary>
    public static Traces? OfEarlierRun()
    {
        if (Folder is null || !File.Exists(Path.Combine(Folder, "traces.json")))
        {
            return null;
        }

        var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(Path.Combine(Folder, "traces.json")))!;
        var traces = new Traces { running = kept.Running };
        foreach (var one in kept.Known)
        {
            traces.known.TryAdd(one, true);
        }

        foreach (var line in kept.Lines)
        {
            traces.lines.Enqueue((line[0], line[1]));
        }

        return traces;
    }

    /// <summary>Everyone's name and address, and everything that somebody said or wrote.</summary>
    public static async Task<(IReadOnlyList<string> Names, IReadOnlyList<string> Texts)> KnownAsync(IServiceProvider services)
    {
        var secrets = services.GetRequiredService<Secrets>();
        await using var connection = await services.GetRequiredService<IDatabase>().OpenAsync(default);
        var names = (await connection.QueryAsync<byte[]>("SELECT NameSecret FROM Client UNION ALL SELECT NameSecret FROM Person UNION ALL SELECT EmailSecret FROM Person")).Select(n => secrets.Open(SecretKind.Name, n));
        var texts = (await connection.QueryAsync<byte[]>("SELECT WordsSecret FROM Answer WHERE WordsSecret IS NOT NULL UNION ALL SELECT TextSecret FROM Answer WHERE TextSecret IS NOT NULL UNION ALL SELECT WhatSecret FROM Agreement"))
            .Select(t => secrets.Open(SecretKind.Words, t));
        return ([.. names.Distinct()], [.. texts.Where(t => t.Length >= ShortestText).Distinct()]);
    }

    /// <summary>Listens to a service that is about to be built.</summary>
    public void Add(WebApplicationBuilder builder)
    {
        Interlocked.Increment(ref running);
        // As in use, whatever the console shows.
        builder.Logging.AddProvider(this).AddFilter<Traces>(null, LogLevel.Information);
        builder.Services.AddSingleton<IStartupFilter>(this);
    }

    /// <summary>Takes from a service that is about to end what it knew and what it measured.</summary>
    /// <param name="address">Where it serves; empty where it never did.</param>
    public async Task EndAsync(IServiceProvider services, string address)
    {
        try
        {
            if (address.Length > 0)
            {
                using var client = new HttpClient { BaseAddress = new Uri(address) };
                lines.Enqueue(("metrics", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))));
                var (names, texts) = await KnownAsync(services);
                foreach (var one in names.Concat(texts))
                {
                    known.TryAdd(one, true);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    /// <summary>Every line that holds something known, with it.</summary>
    public IReadOnlyList<string> Find()
    {
        // A whole run says a hundred thousand lines and knows thousands of texts: all are looked for at once.
        var any = SearchValues.Create([.. Known], StringComparison.OrdinalIgnoreCase);
        return
        [
            .. lines.Distinct().Where(l => l.Line.AsSpan().ContainsAny(any))
                .SelectMany(l => Known.Where(one => l.Line.Contains(one, StringComparison.OrdinalIgnoreCase)).Select(one => $"{l.Kind}: {one}: {l.Line}")),
        ];
    }

    public ILogger CreateLogger(string categoryName) => new Catcher(this, categoryName);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CatchAsync);
        next(app);
    };

    // One for all services: none of them ends it.
    public void Dispose()
    {
    }

    // Problems are answers of the API.
    private async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        await using var read = new Reading(body, context.Response);
        context.Response.Body = read;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            if (read.Problem.Length > 0)
            {
                lines.Enqueue(("problem", Encoding.UTF8.GetString(read.Problem.ToArray())));
            }
        }
    }

    private sealed record Kept(int Running, IReadOnlyList<string> Known, IReadOnlyList<string[]> Lines);

    /// <summary>Passes everything on as it comes, and remembers what is a problem.</summary>
    private sealed class Reading(Stream inner, HttpResponse response) : Stream
    {
        public MemoryStream Problem { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Remember(buffer.AsSpan(offset, count));
            inner.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Remember(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void Remember(ReadOnlySpan<byte> bytes)
        {
            if (response.ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) == true)
            {
                Problem.Write(bytes);
            }
        }
    }

    private sealed class Catcher(Traces traces, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            traces.lines.Enqueue(("log", $"{category} {Text(state)}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            traces.lines.Enqueue(("log", $"{category} {formatter(state, exception)} {Text(state)} {exception}"));

        // Values too, which a message may leave out and JSON lines write.
        private static string Text(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(v => $"{v.Key}={v.Value}")) : $"{state}";
    }
}
