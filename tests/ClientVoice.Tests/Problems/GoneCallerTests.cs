// A tablet whose network goes away while it sends: nobody is there to be told, and nobody has to look into it.
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClientVoice.Tests.Problems;

public sealed class GoneCallerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase("body")]
    [TestCase("refused")]
    public async Task WhoBreaksOffWhileSendingLeavesNoErrorInTheLog(string how)
    {
        using var log = new ErrorLog();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls", "http://127.0.0.1:0"] });
        builder.Logging.ClearProviders().AddProvider(log);
        await using var app = builder.Build();
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                ended.TrySetResult();
            }
        });
        app.UseProblems();
        app.MapPut("/api/thing", async context =>
        {
            var gone = new TaskCompletionSource();
            await using var told = context.RequestAborted.Register(gone.SetResult);
            begun.SetResult();
            await gone.Task.WaitAsync(Patience);
            throw how == "body" ? new BadHttpRequestException("Unexpected end of request content.") : new ProblemException(ProblemKinds.TooLarge);
        });
        await app.StartAsync();
        using (var caller = new TcpClient())
        {
            await caller.ConnectAsync("127.0.0.1", new Uri(app.Urls.First()).Port);
            caller.LingerState = new LingerOption(true, 0);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes("PUT /api/thing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"));
            await begun.Task.WaitAsync(Patience);
        }

        await ended.Task.WaitAsync(Patience);
        await app.StopAsync();
        Assert.That(log.Errors, Is.Empty);
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue($"{formatter(state, exception)} {exception?.GetType().Name}");
            }
        }

        public void Dispose()
        {
        }
    }
}
