using System.Security.Claims;
using ClientVoice.Database;
using ClientVoice.Problems;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClientVoice.Access;

/// <summary>People, roles, sessions, keys.</summary>
internal static class AccessRoom
{
    /// <summary>Sent with every changing call to /api; a form on another site cannot set it.</summary>
    public const string Header = "X-ClientVoice";

    public static void AddAccess(this IServiceCollection services, DatabaseOptions options, IConfiguration configuration, bool development)
    {
        services.AddDataProtection()
            .SetApplicationName("ClientVoice")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(options.Folder, "keys")));
        services.AddSingleton<ClientKeys>();
        services.AddSingleton<ErasedClients>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<ServiceKeys>();
        services.AddSingleton<LookUps>();
        services.AddSingleton<LookUpRenewal>();
        services.AddSingleton(new LookUpColumn("Person", "EmailHash", "") { Text = "EmailSecret" });
        services.AddSingleton(new LookUpColumn("PersonLogin", "SubjectHash", "DELETE FROM PersonLogin") { Text = "SubjectSecret", GoesInTheEnd = true, Person = "PersonId" });
        services.AddSingleton(new LookUpColumn("Device", "CodeHash", "UPDATE Device SET CodeHash = NULL") { Served = ("CodeUntil", TimeSpan.Zero), GoesInTheEnd = true });
        services.AddSingleton(new LookUpColumn("SignInCount", "CountedHash", "DELETE FROM SignInCount") { Served = ("FailedAt", SignInBrake.Forgotten), GoesInTheEnd = true });
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddSingleton<People>();
        services.AddSingleton<OpenedNames>();
        services.AddSingleton<StaffStore>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<FirstUse>();
        services.AddSingleton<FeedKeys>();
        services.AddSingleton<IFeedKeys>(provider => provider.GetRequiredService<FeedKeys>());
        services.AddSingleton<Session>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<SignInBrake>();
        services.AddSingleton<Devices>();
        services.AddSingleton<DeviceRate>();
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section);
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditSearch>();
        services.AddSingleton<EmergencyAccess>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddNavigation(new NavigationEntry(
            1, "/trail", new("Logboek", "Audit trail"), new("Wie wat deed, wanneer, over wie en waarom.", "Who did what, when, about whom and why."), Right.ReadTrail));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Configure).AddProvider(configuration, development);
        var policies = services.AddAuthorizationBuilder();
        foreach (var right in Enum.GetValues<Right>())
        {
            policies.AddPolicy(right.ToString(), policy => policy.RequireAssertion(context => Roles.Has(context.User.FindFirstValue(ClaimTypes.Role), right)));
        }
    }

    /// <summary>Believes the proxies that are named about scheme and address, and nobody else; call it first in the pipeline.</summary>
    public static void UseNamedProxies(this WebApplication app)
    {
        var named = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Proxies;
        if (named.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in named)
        {
            options.KnownProxies.Add(System.Net.IPAddress.Parse(address));
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Only people with this right come through.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder builder, Right right)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(right.ToString());

    /// <summary>Refuses changing calls to /api without the header (cross-site request forgery), and parameters that no call there knows.</summary>
    public static void UseApiChecks(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && context.Request.Headers[Header] != "1")
        {
            throw new ProblemException(ProblemKinds.HeaderMissing);
        }

        var unknown = context.Request.Query.Keys.Where(key => key != "v").Select(key => new Fault(key, "This parameter is not known here.")).ToList();
        return unknown.Count == 0 ? next(context) : throw new ProblemException(ProblemKinds.ParameterUnknown, null, unknown);
    });

    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/session", async (SignIn body, HttpContext context, Session session, Devices devices) =>
        {
            var device = await devices.RequireAsync(context);
            await session.BeginOnTabletAsync(context, body.Email, body.Password, body.Code, device);
            return Results.NoContent();
        }).AllowAnonymous();
        app.MapDelete("/api/session", async (HttpContext context, Session session) =>
        {
            await session.EndAsync(context);
            return Results.NoContent();
        }).AllowAnonymous();
        app.MapPost("/api/device", async (Pairing body, HttpContext context, Devices devices, SignInBrake brake, IAuditTrail audit) =>
        {
            await PairAsync(body, context, devices, brake, audit);
            return Results.NoContent();
        }).AllowAnonymous();
        app.MapGet("/sign-in/provider", (string? back, ProviderOptions provider) => provider.Authority is null
            ? throw new ProblemException(ProblemKinds.NotFound)
            : Results.Challenge(new AuthenticationProperties { RedirectUri = ShellRoom.IsLocal(back) ? back : "/" }, [ProviderRoom.Scheme])).AllowAnonymous();
        app.MapPost("/sign-out", async (HttpContext context, IAntiforgery forms, Session session) =>
        {
            await forms.ValidateRequestAsync(context);
            await session.EndAsync(context);
            return Results.LocalRedirect("/sign-in");
        }).AllowAnonymous();
        app.MapGet("/api/session", (ClaimsPrincipal user, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Ok(new { person = new { id = user.PersonId(), name = user.PersonName(), role = user.PersonRole() } });
        }).RequireAuthorization();
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "cv-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Sessions.Lasts;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "return";
        options.Events.OnRedirectToLogin = context => Answer(context, ProblemKinds.SignInNeeded);
        options.Events.OnRedirectToAccessDenied = context => ProblemsRoom.WriteAsync(context.HttpContext, ProblemKinds.NotAllowed, null, []);
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, ProblemKind kind)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return ProblemsRoom.WriteAsync(context.HttpContext, kind, null, []);
        }

        if (TypedForm.IsOne(context.Request))
        {
            return TypedForm.WriteAsync(context.HttpContext);
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var user = context.Principal!;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (user.SessionId() is not { } session || !await sessions.HoldsAsync(session, user.PersonId(), user.FindFirstValue(PersonClaims.Stamp) ?? "", context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    /// <summary>The body of a sign-in.</summary>
    /// <param name="Code">Of the second step, where one was asked.</param>
    [System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)]
    internal sealed record SignIn(string Email, string Password, string? Code = null);

    /// <summary>The body of a pairing: the code that the desk shows.</summary>
    [System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Pairing(string Code);

    private static async Task PairAsync(Pairing body, HttpContext context, Devices devices, SignInBrake brake, IAuditTrail audit)
    {
        const string account = "pairing";
        var (counted, wait) = await brake.TryAsync(context, account, context.RequestAborted);
        if (counted is null)
        {
            throw new ProblemException(ProblemKinds.TooManyAttempts) { RetryAfter = wait };
        }

        if (await devices.PairAsync(context, body.Code, context.RequestAborted) is not { } device)
        {
            throw new ProblemException(ProblemKinds.PairingFailed);
        }

        await brake.TakeBackAsync(counted, context.RequestAborted);
        await audit.NowAsync(AuditEvent.Of(context, "device.pair", $"device/{device}") with { Device = device }, context.RequestAborted);
    }
}
