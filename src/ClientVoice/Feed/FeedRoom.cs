using ClientVoice.Access;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Shell;

namespace ClientVoice.Feed;

/// <summary>OData over the publications: read only, for BI.</summary>
internal static class FeedRoom
{
    public static void AddFeed(this IServiceCollection services)
    {
        services.AddSingleton<FeedDatabase>();
        services.AddSingleton<FeedEndpoint>();
        services.AddNavigation(new NavigationEntry(
            40, "/feed", new("Koppeling", "Feed"), new("De uitkomsten in Power BI en Excel laden.", "Load the outcomes into Power BI and Excel."), Right.SeeFeed));
    }

    /// <summary>Everything below /odata; the caller may add limits and logging to the group.</summary>
    public static RouteGroupBuilder MapFeed(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(FeedRequest.Prefix).AddEndpointFilter<FeedSignIn>();
        group.MapGet("/{**path}", (HttpContext context, FeedEndpoint feed) => feed.AnswerAsync(context)).WithName("Feed");
        return group;
    }
}
