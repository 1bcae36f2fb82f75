using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Choices.Due;
using ClientVoice.Clients.Changes;
using ClientVoice.Choices.FirstSteps;
using ClientVoice.Shell;

namespace ClientVoice.Choices;

/// <summary>Which instrument for which group, and who is due.</summary>
internal static class ChoicesRoom
{
    public static void AddChoices(this IServiceCollection services)
    {
        services.AddSingleton<ChoiceStore>();
        services.AddSingleton<WorkList>();
        services.AddSingleton<DuePlans>();
        services.AddSingleton<DueRefresh>();
        services.AddSingleton<DueReader>();
        services.AddNavigation(new NavigationEntry(
            8, "/due", new("Aan de beurt", "Who is due"), new("Met wie het tijd is voor een gesprek, en wie lang niet is gesproken.", "Whose turn it is for a conversation, and who was not spoken with for long."), Right.PlanConversations));
        services.AddSingleton<FirstStepsReader>();
        services.AddPagePart(new PagePart(PageParts.Start, 0, typeof(FirstStepsCard), Right.ManagePlaces));
        services.AddPagePart(new PagePart(PageParts.Banner, 0, typeof(FirstStepsBanner), Right.ManagePlaces));
        services.AddNavigation(new NavigationEntry(
            20, "/choices", new("Keuzes", "Choices"), new("Welk instrument voor welke groep, en hoe vaak.", "Which instrument for which group, and how often."), Right.ChooseInstruments));
    }

    public static void MapChoices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/choices/export", ChoiceExport.HandleAsync).Require(Right.ChooseInstruments);
        app.MapGet("/due/export", DueExport.HandleAsync).Require(Right.PlanConversations);
        app.MapGet("/api/work", async (ClaimsPrincipal user, WorkList work, HttpContext context, DeskTrail trail, CancellationToken cancel) =>
        {
            trail.Read(context, "work.read", "work");
            // Names: never in a shared or private cache; the tablet keeps them in its vault.
            context.Response.Headers.CacheControl = "no-store";
            return Results.Ok(await work.ForAsync(user, cancel));
        }).Require(Right.HoldConversations);
    }
}
