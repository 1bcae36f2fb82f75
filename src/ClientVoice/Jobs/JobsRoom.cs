using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Quartz;

namespace ClientVoice.Jobs;

/// <summary>Schedules, starts and shows background work.</summary>
internal static class JobsRoom
{
    public static IServiceCollection AddJobs(this IServiceCollection services, DatabaseOptions options, Action<Schedule> plan)
    {
        services.AddSingleton<WorkRuns>();
        services.AddSingleton<WorkStarter>();
        services.AddNavigation(new NavigationEntry(
            50, "/jobs", new("Verwerking", "Processing"), new("Wanneer er is geteld, en nu laten tellen.", "When outcomes were counted, and have them counted now."), Right.RunJobs));
        services.AddQuartz(quartz =>
        {
            // A stop does not wait for a count to end: it is cut off between two transactions, and done anew by the next.
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UsePersistentStore(store =>
            {
                if (options.Kind == "sqlserver")
                {
                    store.UseSqlServer(SqlClientFactory.Instance, options.ConnectionString!);
                    store.UseClustering();
                }
                else
                {
                    // A file of its own: the scheduler's housekeeping never waits for, or delays, an answer being stored.
                    Directory.CreateDirectory(options.Folder);
                    store.UseSqlite(SqliteFactory.Instance, $"Data Source={Path.Combine(options.Folder, "jobs.db")};Default Timeout=30");
                }

                store.ProvisionSchema();
                store.UseSystemTextJsonSerializer();
            });
            plan(new Schedule(services, quartz));
        });
        services.Configure<QuartzHostedServiceOptions>(hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<QuartzHostedService>();
        services.AddHostedService<SchedulerAfterStart>();
        return services;
    }

    public static void MapJobs(this IEndpointRouteBuilder app) => app.MapGet("/jobs/export", JobsExport.HandleAsync).Require(Right.RunJobs);
}

/// <summary>Says which work runs how often.</summary>
internal sealed class Schedule(IServiceCollection services, IQuartzBuilder quartz)
{
    public Schedule Every<TWork>(TimeSpan interval)
        where TWork : class, IWork
    {
        services.AddTransient<TWork>();
        var key = new JobKey(TWork.Name);
        quartz.AddJob<QuartzWork<TWork>>(job => job.WithIdentity(key).StoreDurably().DisallowConcurrentExecution());
        quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(TWork.Name).StartNow()
            .WithSimpleSchedule(interval));
        return this;
    }
}

/// <summary>Starts work now.</summary>
internal sealed class WorkStarter(ISchedulerFactory schedulers)
{
    /// <summary>Asks for a run; one that is running already is followed by another.</summary>
    public async Task StartAsync<TWork>(CancellationToken cancel)
        where TWork : IWork
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.TriggerJob(new JobKey(TWork.Name), cancel);
    }
}

/// <summary>
/// Starts the scheduler shortly after the service listens: preparing it takes longer than all the rest, and neither the
/// first page nor what is asked right after it should have to share the processor with it. Where its database is in trouble it
/// is tried again: tablets must not lose their service because figures cannot be counted.
/// </summary>
internal sealed partial class SchedulerAfterStart(QuartzHostedService quartz, IHostApplicationLifetime lifetime, ILogger<SchedulerAfterStart> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    // Soon enough that outcomes are hardly later than they would have been, rare enough not to fill the log.
    private static readonly TimeSpan BeforeTheNextTry = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(Pause, stoppingToken);
        while (!await TryAsync())
        {
            await Task.Delay(BeforeTheNextTry, stoppingToken);
        }
    }

    // Not cut off half-way: a service that stops at once lets it finish starting, and then stops it.
    private async Task<bool> TryAsync()
    {
        try
        {
            await quartz.StartAsync(CancellationToken.None);
            return true;
        }
        catch (Exception error) when (error is SchedulerException or System.Data.Common.DbException or IOException)
        {
            NotStarted(error);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The scheduler could not be started; it is tried again.")]
    private partial void NotStarted(Exception error);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await quartz.StopAsync(cancellationToken);
    }
}

/// <summary>The one class that Quartz sees.</summary>
internal sealed class QuartzWork<TWork>(TWork work, WorkRuns runs) : IJob
    where TWork : IWork
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RunAsync(TWork.Name, work.RunAsync, cancellationToken);
}
