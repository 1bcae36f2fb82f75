// Every address of the house with who comes in there, in one table. A test walks every endpoint with every role and every scope
// and compares; an endpoint that is not here lets nobody in and fails that test. The README of this room shows the table.
using System.Security.Claims;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Options;

namespace ClientVoice.Access;

/// <summary>What an address asks of whoever comes.</summary>
internal enum Entrance
{
    /// <summary>Nothing: it shows nothing of anybody.</summary>
    Anyone,

    /// <summary>Whoever is signed in, in whatever role.</summary>
    SignedIn,

    /// <summary>All of the rights that stand beside it.</summary>
    Right,

    /// <summary>A key of the feed; people do not come in here.</summary>
    FeedKey,

    /// <summary>Closed: the framework makes it, and nothing here uses it.</summary>
    Nobody,
}

/// <summary>What a scope does at an address.</summary>
internal enum Reach
{
    /// <summary>There is nothing of places or people to see.</summary>
    Nothing,

    /// <summary>Only the places in scope and what is at and below them, of the client groups in scope.</summary>
    Places,

    /// <summary>One thing, named in the address: elsewhere it is as absent as one that never was.</summary>
    OneThing,

    /// <summary>The same for the whole organisation: instruments, groups, jobs.</summary>
    Organisation,

    /// <summary>Of the person alone.</summary>
    Self,
}

/// <summary>One address.</summary>
/// <param name="Method">As sent; a page that is also sent back as a form is <c>GET</c> alone here and asks the same of both.</param>
/// <param name="Pattern">As routed.</param>
/// <param name="Thing">Of <see cref="Reach.OneThing"/>: what it is, as <c>client</c>.</param>
internal sealed record Door(string Method, string Pattern, Entrance Entrance, Reach Reach, IReadOnlyList<Right> Rights, string? Thing = null)
{
    /// <summary>Whether somebody in a role comes in; null for who is not signed in.</summary>
    public bool Opens(string? role) => Entrance switch
    {
        Entrance.Anyone => true,
        Entrance.SignedIn => role is not null,
        Entrance.Right => role is not null && Rights.All(right => Roles.Has(role, right)),
        Entrance.FeedKey or Entrance.Nobody => false,
    };
}

/// <summary>The table.</summary>
internal static class Doors
{
    public static readonly IReadOnlyList<Door> All =
    [
        // Coming in and going out.
        Anyone("GET", "/sign-in"), Anyone("GET", "/sign-in/provider"), Anyone("GET", "/welcome"), Anyone("GET", "/first-use"), Anyone("GET", "/language/{code}"), Anyone("GET", "/tablet"),
        Anyone("GET", "/health/live"), Anyone("GET", "/health/ready"), Anyone("GET", "/metrics"), Anyone("POST", "/api/session"), Anyone("DELETE", "/api/session"), Anyone("POST", "/api/device"), Anyone("POST", "/sign-out"),
        new("GET", "/api/session", Entrance.SignedIn, Reach.Self, []), new("GET", "/", Entrance.SignedIn, Reach.Self, []), new("GET", "/account", Entrance.SignedIn, Reach.Self, []),

        // The tablet.
        May("GET", "/api/work", Reach.Places, Right.HoldConversations), May("GET", "/api/side-by-sides", Reach.Places, Right.HoldConversations),
        May("GET", "/api/reflections", Reach.Places, Right.HoldConversations), May("PUT", "/api/conversations/{id:guid}", Reach.Places, Right.HoldConversations),
        // Who sends an answer without a name must not be known: the permission that comes with it is what lets it in.
        May("POST", "/api/anonymous/permissions", Reach.Places, Right.HoldConversations), Anyone("POST", "/api/anonymous/answers"),
        new("GET", "/api/hand-over-key", Entrance.SignedIn, Reach.Nothing, []), May("PUT", "/api/hand-overs/{id:guid}", Reach.Places, Right.HandOverWork),
        May("GET", "/api/instruments", Reach.Organisation, Right.SeeCatalogue), May("GET", "/api/instruments/{id}/{version}", Reach.Organisation, Right.SeeCatalogue),
        May("GET", "/api/instruments/{id}/{version}/recordings", Reach.Organisation, Right.SeeCatalogue), May("GET", "/api/symbols/{id}", Reach.Organisation, Right.SeeCatalogue),
        May("GET", "/api/recordings/{about}/{language}/{file}", Reach.Organisation, Right.SeeCatalogue),

        // What was said.
        May("GET", "/conversations", Reach.Places, Right.SeeConversations), One("GET", "/conversations/{Id:guid}", "conversation", Right.SeeConversations), May("GET", "/conversations/export", Reach.Places, Right.SeeConversations),
        One("POST", "/api/conversations/{id:guid}/correction", "conversation", Right.CorrectConversations),
        One("GET", "/reflections/{Id:guid}", "reflection", Right.SeeConversations),
        May("GET", "/agreements", Reach.Places, Right.SeeConversations), May("GET", "/agreements/export", Reach.Places, Right.SeeConversations), One("GET", "/agreements/{Id:guid}", "agreement", Right.SeeConversations),
        May("GET", "/emergency", Reach.Organisation, Right.ReadInEmergency),
        May("GET", "/conversations/erase", Reach.Places, Right.EraseConversations), May("POST", "/conversations/erasures", Reach.Places, Right.EraseConversations),

        // Clients, and who is due.
        May("GET", "/clients", Reach.Places, Right.SeeClients), One("GET", "/clients/{Id:guid}", "client", Right.SeeClients),
        May("GET", "/clients/new", Reach.Places, Right.ManageClients), One("GET", "/clients/{Id:guid}/edit", "client", Right.ManageClients),
        One("GET", "/clients/{Id:guid}/move", "client", Right.ManageClients), One("GET", "/clients/{Id:guid}/leave", "client", Right.ManageClients),
        May("GET", "/clients/export", Reach.Places, Right.ManageClients), May("GET", "/clients/import", Reach.Places, Right.ManageClients), May("GET", "/clients/import/{Id:guid}", Reach.Self, Right.ManageClients),
        May("GET", "/clients/import/template", Reach.Organisation, Right.ManageClients), May("POST", "/desk/undo", Reach.Self, Right.ManageClients),
        May("GET", "/due", Reach.Places, Right.PlanConversations), May("GET", "/due/export", Reach.Places, Right.PlanConversations),
        One("GET", "/due/{ClientId:guid}/{ChoiceId:guid}", "client", Right.PlanConversations),

        // The organisation.
        May("GET", "/places", Reach.Places, Right.ManagePlaces), One("GET", "/places/{Id:guid}", "place", Right.ManagePlaces), One("GET", "/places/{Id:guid}/move", "place", Right.ManagePlaces),
        May("GET", "/places/export", Reach.Places, Right.ManagePlaces), May("GET", "/groups/export", Reach.Organisation, Right.ManagePlaces),
        May("GET", "/groups", Reach.Organisation, Right.ManagePlaces), May("GET", "/groups/new", Reach.Organisation, Right.ManagePlaces),
        May("GET", "/groups/{Id:guid}", Reach.Organisation, Right.ManagePlaces),
        May("GET", "/staff", Reach.Places, Right.ManagePeople), May("GET", "/staff/new", Reach.Places, Right.ManagePeople),
        One("GET", "/staff/{Id:guid}", "person", Right.ManagePeople), May("GET", "/staff/export", Reach.Places, Right.ManagePeople),
        May("GET", "/tablets", Reach.Places, Right.ManageTablets), May("GET", "/tablets/export", Reach.Places, Right.ManageTablets),
        May("GET", "/instruments", Reach.Organisation, Right.SeeCatalogue), May("GET", "/instruments/{Id}", Reach.Organisation, Right.SeeCatalogue),
        May("GET", "/instruments/{id}/{version}/download", Reach.Organisation, Right.SeeCatalogue),
        May("GET", "/choices", Reach.Organisation, Right.ChooseInstruments), May("GET", "/choices/export", Reach.Organisation, Right.ChooseInstruments),
        May("GET", "/jobs", Reach.Organisation, Right.RunJobs), May("GET", "/jobs/export", Reach.Organisation, Right.RunJobs), May("POST", "/jobs/aggregate", Reach.Organisation, Right.RunJobs),

        // Figures.
        May("GET", "/outcomes", Reach.Places, Right.SeeOutcomes), May("GET", "/outcomes/download", Reach.Places, Right.SeeOutcomes),
        May("GET", "/outcomes/quotes", Reach.Places, Right.ReleaseQuotes), May("POST", "/outcomes/quotes/decisions", Reach.Places, Right.ReleaseQuotes),
        May("GET", "/outcomes/publications", Reach.Places, Right.SeeOutcomes), May("GET", "/outcomes/publications/export", Reach.Organisation, Right.SeeOutcomes),
        May("POST", "/outcomes/marked", Reach.Organisation, Right.ChooseInstruments, Right.SeeOutcomes),
        May("GET", "/reports", Reach.Places, Right.SeeReports), May("GET", "/reports/export", Reach.Places, Right.SeeReports), One("GET", "/reports/{Id:guid}", "report", Right.SeeReports),
        One("GET", "/reports/{Id:guid}/read", "report", Right.SeeReports), One("GET", "/reports/{Id:guid}/easy", "report", Right.SeeReports),
        One("GET", "/reports/{id:guid}/file", "report", Right.SeeReports),
        One("GET", "/reports/{Id:guid}/text", "report", Right.WriteReports), One("GET", "/reports/{Id:guid}/points", "report", Right.WriteReports),
        // Whoever has a link that still holds; without one there is nothing here.
        Anyone("GET", "/shared"), Anyone("GET", "/shared/file"),
        May("GET", "/feed", Reach.Organisation, Right.SeeFeed), May("GET", "/feed/clientvoice.pbids", Reach.Organisation, Right.SeeFeed),
        May("GET", "/feed/excel/{set}.odc", Reach.Organisation, Right.SeeFeed), May("GET", "/feed/try", Reach.Places, Right.SeeFeed, Right.SeeOutcomes),
        May("GET", "/feed/keys", Reach.Places, Right.ManageFeedKeys),
        new("GET", "/odata/{**path}", Entrance.FeedKey, Reach.Places, []), new("POST", "/odata/$batch", Entrance.FeedKey, Reach.Places, []),
        new("GET", "/_framework/opaque-redirect", Entrance.Nobody, Reach.Nothing, []),

        // Privacy.
        May("GET", "/trail", Reach.Places, Right.ReadTrail),
        One("GET", "/clients/{Id:guid}/views", "client", Right.SeeConversations),
        May("GET", "/rights", Reach.Places, Right.ServeRights), One("GET", "/clients/{Id:guid}/rights", "client", Right.ServeRights),
        One("GET", "/clients/{id:guid}/rights.json", "client", Right.ServeRights), May("GET", "/retention", Reach.Organisation, Right.SetRetention),
    ];

    private static Door Anyone(string method, string pattern) => new(method, pattern, Entrance.Anyone, Reach.Nothing, []);

    private static Door May(string method, string pattern, Reach reach, params Right[] rights) => new(method, pattern, Entrance.Right, reach, rights);

    private static Door One(string method, string pattern, string thing, params Right[] rights) => new(method, pattern, Entrance.Right, Reach.OneThing, rights, thing);

    /// <summary>Holds every request to the table: what is not in it lets nobody in, whatever the endpoint itself says.</summary>
    public static void UseDoors(this WebApplication app)
    {
        var doors = All.ToDictionary(door => (door.Method, door.Pattern));
        var (rate, devices, access) = (app.Services.GetRequiredService<DeviceRate>(), app.Services.GetRequiredService<Devices>(), app.Services.GetRequiredService<IOptions<AccessOptions>>().Value);
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not RouteEndpoint endpoint)
            {
                return next(context);
            }

            var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            // A page is sent back as a form to its own address.
            var method = HttpMethods.IsHead(context.Request.Method) || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? HttpMethods.Get : context.Request.Method;
            var role = context.User.Identity?.IsAuthenticated == true ? context.User.PersonRole() : null;
            if (!doors.TryGetValue((method, pattern), out var door))
            {
                throw new ProblemException(ProblemKinds.NotAllowed);
            }

            if (door.Entrance != Entrance.FeedKey && !door.Opens(role))
            {
                return role is null ? context.ChallengeAsync() : throw new ProblemException(ProblemKinds.NotAllowed);
            }

            if (role is not null && pattern.StartsWith("/api/", StringComparison.Ordinal))
            {
                rate.Take(context.User.DeviceId() ?? context.User.SessionId() ?? context.User.PersonId());
                if (door.Rights.Contains(Right.HoldConversations) && context.User.DeviceId() is null && !devices.UnpairedMayEnter)
                {
                    throw new ProblemException(ProblemKinds.TabletNotPaired);
                }
            }

            // Until the second step is set up, there is only the page to set it up at.
            if (access.SecondStepRequired && door.Entrance is Entrance.Right or Entrance.SignedIn && context.User.FindFirstValue(PersonClaims.How) == Means.Password
                && context.User.DeviceId() is null && pattern is not ("/account" or "/api/session"))
            {
                context.Response.Redirect("/account");
                return Task.CompletedTask;
            }

            return next(context);
        });
    }
}
