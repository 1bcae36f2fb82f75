// Puts the rooms together. The same for the service and for every verb that needs the database.
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Clients.Register;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Anonymous;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Feed;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using ClientVoice.QualityReports;
using ClientVoice.Shell;

namespace ClientVoice.Commands;

internal static class House
{
    // Often enough that a team sees its conversation the same hour, rare enough to cost nothing.
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(5);

    // A term is in months: once a day is exact enough.
    private static readonly TimeSpan TakeAwayEvery = TimeSpan.FromDays(1);

    private static readonly TimeSpan LetGoEvery = TimeSpan.FromHours(6);

    // What is under way gets its answer; below the ten seconds after which systemd and Docker are told to end it for good.
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(8);

    // A full disk is not emptied sooner, and a tablet that waits longer is asked about by who holds it.
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    /// <summary>The rooms, wired.</summary>
    /// <param name="serves">Whether it is going to serve: then the instruments begin to be read at once.</param>
    public static WebApplicationBuilder Builder(string[] settings, bool serves = false)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = HousePaths.Content });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2_000_000;
            kestrel.Limits.MaxConcurrentConnections = FileHandles.ForConnections();
        });
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(json => json.IncludeScopes = true);
        }

        var options = DatabaseOptions.From(builder.Configuration, Path.Combine(HousePaths.House, "data"));
        var instruments = Path.GetFullPath(builder.Configuration["ClientVoice:Instruments"] ?? Path.Combine(HousePaths.House, "instruments"));
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
        services.AddDatabase(options);
        services.AddAccess(options, builder.Configuration, builder.Environment.IsDevelopment());
        services.AddShell();
        services.AddInstruments(instruments, readAhead: serves);
        services.AddClients();
        services.AddChoices();
        services.AddConversations();
        services.AddOutcomes();
        services.AddQualityReports();
        services.AddSingleton<IReportPictures, ReportPictures>();
        services.AddFeed();
        services.AddSingleton<Metrics>();
        services.AddJobs(options, plan => plan.Every<AggregateWork>(CountEvery).Every<ReportWork>(CountEvery).Every<RetentionWork>(TakeAwayEvery).Every<AnonymousReleaseWork>(LetGoEvery).Every<MovesAheadWork>(CountEvery).Every<ClientKeysWork>(CountEvery).Every<LookUpKeyWork>(CountEvery).Every<DueWork>(CountEvery));
        services.AddSingleton<DemoFollowUp>();
        services.AddSingleton<DemoOrganisation>();
        return builder;
    }

    /// <summary>The pipeline and the addresses.</summary>
    public static WebApplication Application(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        // Counts from the first request.
        app.Services.GetRequiredService<Metrics>();
        app.UseNamedProxies();
        app.UseShellHeaders();
        app.UseProblems(error => DatabaseTrouble.IsOfTheMoment(error) ? new ProblemException(ProblemKinds.StorageUnavailable) { RetryAfter = AfterTrouble }
            : error is ClientKeyGoneException ? new ProblemException(ProblemKinds.ClientKeyGone) : null);
        app.UseShellFiles();
        app.UseFeed();
        app.UseRouting();
        app.UseAuthentication();
        app.UseApiChecks();
        app.UseDoors();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseInstrumentsLoaded();
        app.MapAccess();
        app.MapInstruments().Require(Right.SeeCatalogue);
        app.MapClients();
        app.MapChoices();
        app.MapConversations();
        app.MapOutcomes();
        app.MapJobs();
        app.MapQualityReports();
        app.MapFeed();
        app.MapFeedFiles();
        app.MapOperations();
        app.MapShell();
        return app;
    }

    /// <summary>Schema up to date, nobody there who was erased, and catalogue read: what everything else stands on.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        await services.GetRequiredService<ErasedAgain>().RunAsync(cancel);
        await services.LoadInstrumentsAsync(cancel);
    }
}
