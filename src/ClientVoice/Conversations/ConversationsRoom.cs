using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients.Changes;
using ClientVoice.Conversations.Agreements;
using ClientVoice.Conversations.Anonymous;
using ClientVoice.Conversations.Corrections;
using ClientVoice.Conversations.Quotes;
using ClientVoice.Conversations.Reflections;
using ClientVoice.Conversations.Rights;
using ClientVoice.Conversations.SideBySides;
using ClientVoice.Shell;

namespace ClientVoice.Conversations;

/// <summary>Receives, checks, keeps and reads conversations.</summary>
internal static class ConversationsRoom
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationSchema>();
        services.AddSingleton<ReflectionSchema>();
        services.AddSingleton<SideBySideSchema>();
        services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.Section)
            .Validate(o => o.MostAtOnce > 0 && o.MostBytesAtOnce > 0, $"{IngestOptions.Section}: MostAtOnce and MostBytesAtOnce are above nought.").ValidateOnStart();
        services.AddOptions<AnonymousOptions>().BindConfiguration(AnonymousOptions.Section)
            .Validate(o => o.PerMinute > 0 && o.AtOnce > 0, $"{AnonymousOptions.Section}: PerMinute and AtOnce are above nought.").ValidateOnStart();
        services.AddSingleton<IngestGate>();
        services.AddSingleton<IngestWriter>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<IPastConversations>(provider => provider.GetRequiredService<ConversationStore>());
        services.AddSingleton<FormerConversations>();
        services.AddSingleton<PersonHashes>();
        services.AddSingleton<IHashedOtherwise>(provider => provider.GetRequiredService<PersonHashes>());
        services.AddSingleton<ReceiveConversation>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<QuoteStore>();
        services.AddSingleton<CorrectConversation>();
        services.AddSingleton<EraseConversation>();
        services.AddSingleton<Observations>();
        services.AddSingleton<ReceiveReflection>();
        services.AddSingleton<ReceiveSideBySide>();
        services.AddSingleton<ReflectionPlaces>();
        services.AddSingleton<ReflectionReader>();
        services.AddSingleton<SideBySideReader>();
        services.AddSingleton<AnonymousKeys>();
        services.AddSingleton<AnonymousPermissions>();
        services.AddSingleton<AnonymousPool>();
        services.AddSingleton<Consents>();
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<Forgetting>();
        services.AddSingleton<CarryOver>();
        services.AddSingleton<ErasedAgain>();
        services.AddSingleton<Retention>();
        services.AddNavigation(new NavigationEntry(
            2, "/rights", new("Rechten", "Rights"), new("Wat er over een cliënt bewaard is, toestemming en bewaartermijnen.", "What is kept about a client, consent and retention."), Right.ServeRights));
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<ConversationList>();
        services.AddSingleton<AgreementReader>();
        services.AddSingleton<AgreementList>();
        services.AddSingleton<AgreementStore>();
        services.AddPagePart(new PagePart(PageParts.Start, 1, typeof(AgreementReminder), Right.SeeConversations));
        services.AddPagePart(new PagePart(PageParts.Client, 0, typeof(ClientTalks), Right.SeeConversations));
        services.AddNavigation(new NavigationEntry(
            6, "/agreements", new("Afspraken", "Agreements"), new("Wat er is afgesproken, en wat ervan kwam.", "What was agreed, and what came of it."), Right.SeeConversations));
        services.AddNavigation(new NavigationEntry(
            6, "/conversations/erase", new("Gesprek wissen", "Erase a conversation"), new("Een gesprek voorgoed weghalen, als iemand daarom vraagt.", "Take a conversation away for good, when somebody asks."), Right.EraseConversations));
        services.AddNavigation(new NavigationEntry(
            5, "/conversations", new("Teruglezen", "Read back"), new("Wat er in gesprekken is gezegd en afgesproken.", "What was said and agreed in conversations."), Right.SeeConversations));
    }

    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/conversations/{id:guid}", (Guid id, HttpContext context, ClaimsPrincipal user, ReceiveConversation receive) =>
            receive.HandleAsync(id, context, user)).Require(Right.HoldConversations);
        app.MapPost("/api/anonymous/permissions", (HttpContext context, ClaimsPrincipal user, AnonymousPermissions permissions) => permissions.HandleAsync(context, user)).Require(Right.HoldConversations);
        app.MapPost("/api/anonymous/answers", (HttpContext context, AnonymousPool pool) => pool.HandleAsync(context)).AllowAnonymous();
        app.MapGet("/api/hand-over-key", async (HttpContext context, ServiceKeys keys) =>
            Results.Ok(new { handOver = await keys.HandOverKeyAsync(context.RequestAborted), receipt = await keys.ReceiptKeyAsync(context.RequestAborted) })).RequireAuthorization();
        app.MapPut("/api/hand-overs/{id:guid}", (Guid id, HttpContext context, ClaimsPrincipal user, HandOver handOver) => handOver.HandleAsync(id, context, user)).Require(Right.HandOverWork);
        app.MapPost("/api/conversations/{id:guid}/correction", (Guid id, HttpContext context, CorrectConversation correct) =>
            correct.HandleAsync(id, context)).Require(Right.CorrectConversations);
        app.MapGet("/conversations/export", ConversationExport.HandleAsync).Require(Right.SeeConversations);
        app.MapGet("/agreements/export", AgreementExport.HandleAsync).Require(Right.SeeConversations);
        app.MapGet("/clients/{id:guid}/rights.json", RightsData.HandleAsync).Require(Right.ServeRights);
        app.MapPost("/conversations/erasures", (HttpContext context, ClaimsPrincipal user, EraseConversation erase) => erase.HandleAsync(context, user)).Require(Right.EraseConversations);
        app.MapGet("/api/side-by-sides", async (HttpContext context, ClaimsPrincipal user, SideBySideReader reader, DeskTrail trail) =>
        {
            var answer = await reader.ForAsync(user.PersonId(), context.RequestAborted);
            trail.Read(context, "side-by-side.read", "side-by-sides", answer.Sets.Where(set => set.Complete).Select(set => set.Client));
            return Personal(context, answer);
        }).Require(Right.HoldConversations);
        app.MapGet("/api/reflections", async (HttpContext context, ClaimsPrincipal user, ReflectionPlaces places, DeskTrail trail) =>
        {
            trail.Read(context, "reflection.list", "reflections");
            return Personal(context, await places.ForAsync(user.PersonId(), context.RequestAborted));
        }).Require(Right.HoldConversations);
    }

    // Words of people: never in a shared or private cache; the tablet keeps them in its vault.
    private static IResult Personal(HttpContext context, object answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(answer);
    }
}
