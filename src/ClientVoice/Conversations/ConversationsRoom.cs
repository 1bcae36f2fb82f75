using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Shell;

namespace ClientVoice.Conversations;

/// <summary>Receives, checks, keeps and reads conversations.</summary>
internal static class ConversationsRoom
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationSchema>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<IPastConversations>(provider => provider.GetRequiredService<ConversationStore>());
        services.AddSingleton<ReceiveConversation>();
        services.AddSingleton<Observations>();
        services.AddSingleton<ConversationReader>();
        services.AddNavigation(new NavigationEntry(
            5, "/conversations", new("Teruglezen", "Read back"), new("Wat er in gesprekken is gezegd en afgesproken.", "What was said and agreed in conversations."), Right.SeeConversations));
    }

    public static void MapConversations(this IEndpointRouteBuilder app) =>
        app.MapPut("/api/conversations/{id:guid}", (Guid id, HttpContext context, ClaimsPrincipal user, ReceiveConversation receive) =>
            receive.HandleAsync(id, context, user)).Require(Right.HoldConversations);
}
