using System.IO.Compression;
using ClientVoice.Access;
using ClientVoice.Feed.Batch;
using ClientVoice.Feed.Pages;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Shell;
using Microsoft.AspNetCore.ResponseCompression;

namespace ClientVoice.Feed;

/// <summary>OData over the publications: read only, for BI.</summary>
internal static class FeedRoom
{
    /// <summary>How answers may be compressed.</summary>
    public static readonly IReadOnlyList<string> Encodings = ["br", "gzip"];

    public static void AddFeed(this IServiceCollection services)
    {
        services.AddSingleton<FeedDatabase>();
        services.AddSingleton<FeedEndpoint>();
        services.AddSingleton<FeedGate>();
        services.AddSingleton<FeedRate>();
        services.AddSingleton<FeedTrail>();
        services.AddSingleton<BatchEndpoint>();
        services.AddSingleton<FeedPlaces>();
        services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddResponseCompression(options =>
        {
            // An answer holds no secret of the reader's that a guesser could get at by its length.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/xml", "multipart/mixed"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddNavigation(new NavigationEntry(
            40, "/feed", new("Koppeling", "Feed"), new("De uitkomsten in Power BI en Excel laden.", "Load the outcomes into Power BI and Excel."), Right.SeeFeed));
    }

    /// <summary>Compresses what the feed answers, and lets every other request go before it; call it before routing.</summary>
    public static void UseFeed(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<FeedGate>();
        app.Use((context, next) => IsFeed(context) ? next(context) : gate.LetPassAsync(() => next(context)));
        app.UseWhen(IsFeed, feed => feed.UseResponseCompression());
    }

    /// <summary>The files that tools open, below /feed.</summary>
    public static void MapFeedFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/feed/clientvoice.pbids", FeedFiles.PowerBi).Require(Right.SeeFeed);
        app.MapGet("/feed/excel/{set}.odc", FeedFiles.Excel).Require(Right.SeeFeed);
    }

    /// <summary>Everything below /odata; the caller may add limits and logging to the group.</summary>
    public static RouteGroupBuilder MapFeed(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(FeedRequest.Prefix).AddEndpointFilter<FeedSignIn>();
        group.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], (HttpContext context, FeedEndpoint feed) => feed.AnswerAsync(context)).WithName("Feed");
        group.MapPost("/$batch", (HttpContext context, BatchEndpoint batch) => batch.AnswerAsync(context)).DisableAntiforgery();
        return group;
    }

    private static bool IsFeed(HttpContext context) => context.Request.Path.StartsWithSegments(FeedRequest.Prefix, StringComparison.OrdinalIgnoreCase);
}
