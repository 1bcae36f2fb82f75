using ClientVoice.Access;

namespace ClientVoice.Outcomes;

/// <summary>Turns stored answers into publications, hides small groups, shows what is left.</summary>
internal static class OutcomesRoom
{
    public static void AddOutcomes(this IServiceCollection services)
    {
        services.AddSingleton<IPublications, Publications>();
        services.AddSingleton<OutcomesReader>();
        services.AddTransient<AggregateWork>();
    }

    public static void MapOutcomes(this IEndpointRouteBuilder app) =>
        app.MapGet("/outcomes/download", OutcomesDownload.HandleAsync).Require(Right.SeeOutcomes);
}
