using ClientVoice.Access;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Authorization;

namespace ClientVoice.Instruments;

/// <summary>Every instrument and version, what a valid answer is, scores, and for whom it fits.</summary>
internal static class InstrumentsRoom
{
    /// <summary>Adds the catalogue over a folder of instruments.</summary>
    /// <param name="folder">As <c>ClientVoice:Instruments</c> has it.</param>
    /// <param name="readAhead">Whether to begin reading it now: the service does, most verbs need no instrument.</param>
    public static void AddInstruments(this IServiceCollection services, string folder, bool readAhead = false)
    {
        var instruments = new InstrumentFolder(Path.GetFullPath(folder));
        if (readAhead)
        {
            instruments.ReadAhead();
        }

        services.AddSingleton(instruments);
        services.AddSingleton<VersionStore>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<InstrumentCatalogue>();
        services.AddSingleton<ICatalogue>(provider => provider.GetRequiredService<InstrumentCatalogue>());
        services.AddHostedService<FolderWatch>();
        services.AddNavigation(new NavigationEntry(
            30, "/instruments", new("Instrumenten", "Instruments"), new("De manieren van vragen, en voor wie ze gemaakt zijn.", "The ways of asking, and for whom they are made."), Right.SeeCatalogue));
    }

    /// <summary>Loads the catalogue; call it once, after the migrations and before the service listens.</summary>
    public static Task LoadInstrumentsAsync(this IServiceProvider services, CancellationToken cancel = default) =>
        services.GetRequiredService<InstrumentCatalogue>().LoadAsync(cancel);

    /// <summary>
    /// Holds a request until the catalogue was read once, so that the service can listen while it reads: an answer that
    /// comes in that first second waits, and is not told that its instrument is unknown. What needs no sign-in needs no instrument.
    /// </summary>
    public static void UseInstrumentsLoaded(this WebApplication app)
    {
        var catalogue = app.Services.GetRequiredService<InstrumentCatalogue>();
        app.Use((context, next) => catalogue.FirstLoad.IsCompleted || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? next(context)
            : WaitAsync(context, next));

        async Task WaitAsync(HttpContext context, RequestDelegate next)
        {
            await catalogue.FirstLoad.WaitAsync(context.RequestAborted);
            await next(context);
        }
    }

    /// <summary>Maps the calls; the host adds who may make them.</summary>
    public static RouteGroupBuilder MapInstruments(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("");
        group.MapGet("/api/instruments", InstrumentEndpoints.List);
        group.MapGet("/api/instruments/{id}/{version}", InstrumentEndpoints.Bundle);
        group.MapGet("/api/symbols/{id}", InstrumentEndpoints.Symbol);
        group.MapGet("/api/instruments/{id}/{version}/recordings", InstrumentEndpoints.RecordingsOf);
        group.MapGet("/api/recordings/{about}/{language}/{file}", InstrumentEndpoints.Recording);
        group.MapGet("/instruments/{id}/{version}/download", InstrumentEndpoints.Download);
        return group;
    }
}
