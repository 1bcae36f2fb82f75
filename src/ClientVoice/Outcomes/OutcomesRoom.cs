using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientVoice.Outcomes;

/// <summary>Turns stored answers into publications, hides small groups, shows what is left.</summary>
internal static class OutcomesRoom
{
    public static void AddOutcomes(this IServiceCollection services)
    {
        services.AddSingleton<IPublications, Publications>();
        services.AddSingleton<OutcomesReader>();
        services.AddSingleton<DrillDown>();
        services.AddSingleton<ReleasedWords>();
        services.AddSingleton<PublicationHistory>();
        services.AddSingleton<CountingLimits>();
        services.AddTransient<AggregateWork>();
        services.AddNavigation(new NavigationEntry(
            10, "/outcomes", new("Uitkomsten", "Outcomes"), new("Wat cliënten vertellen, per groep en plaats.", "What clients tell, per group and place."), Right.SeeOutcomes));
    }

    public static void MapOutcomes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/outcomes/publications/export", PublicationExport.HandleAsync).Require(Right.SeeOutcomes);
        app.MapGet("/outcomes/download", OutcomesDownload.HandleAsync).Require(Right.SeeOutcomes);
        // Both: whoever sets an organisation up may choose, and sees no outcomes to change.
        app.MapPost("/outcomes/marked", LeaveOutMarkedAsync).Require(Right.ChooseInstruments).Require(Right.SeeOutcomes);
        app.MapPost("/outcomes/quotes/decisions", QuoteDecision.HandleAsync).Require(Right.ReleaseQuotes);
        app.MapPost("/jobs/aggregate", async (HttpContext context, IAntiforgery forms, WorkStarter starter) =>
        {
            await forms.ValidateRequestAsync(context);
            await starter.StartAsync<AggregateWork>(context.RequestAborted);
            return Results.LocalRedirect("/jobs");
        }).Require(Right.RunJobs);
    }

    // The figures follow at the next count, which is asked for at once.
    private static async Task<IResult> LeaveOutMarkedAsync(HttpContext context, IAntiforgery forms, ClientStore clients, WorkStarter starter)
    {
        await forms.ValidateRequestAsync(context);
        await clients.LeaveOutMarkedAsync((await context.Request.ReadFormAsync(context.RequestAborted))["marked"] == "leave-out", context.RequestAborted);
        await starter.StartAsync<AggregateWork>(context.RequestAborted);
        return Results.LocalRedirect("/outcomes?counting=1");
    }
}
