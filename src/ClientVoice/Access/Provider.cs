// Signing in with the organisation's own provider (Entra ID, Keycloak and the like): OpenID Connect, code with PKCE. The protocol is
// Microsoft's; what stands here is who somebody is in this house: a person whom an administrator added, found by the provider's own
// number for them, and the first time by their e-mail address, if the provider says that it is theirs.
using System.Security.Claims;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClientVoice.Access;

/// <summary>Settings below <c>ClientVoice:Access:Provider</c>; without an authority there is none.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "ClientVoice:Access:Provider";

    /// <summary>Where discovery begins, as <c>https://login.example/realms/care</c>.</summary>
    public string? Authority { get; set; }

    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    /// <summary>On the button, in place of "your organisation".</summary>
    public string? Name { get; set; }

    /// <summary>The claim that holds the groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Which group has which role; empty: roles are the administrator's.</summary>
    public IDictionary<string, string> Roles { get; } = new Dictionary<string, string>();

    /// <summary>Whether an address is believed without <c>email_verified</c>: for a provider in which only the organisation makes accounts, as Entra ID.</summary>
    public bool TrustEmail { get; set; }
}

/// <summary>What came of signing in with the provider.</summary>
internal enum ProviderCame
{
    Entered,

    /// <summary>Nobody here is of this account or address.</summary>
    Unknown,

    /// <summary>None of the groups has a role.</summary>
    NoRole,
}

/// <summary>Who somebody of the provider is in this house.</summary>
internal sealed class ProviderSignIn(IDatabase database, People people, LookUps lookUps, Secrets secrets, Session session, IAuditTrail audit, ProviderOptions options, TimeProvider time)
{
    private const string Its = "(SubjectHash IN @hashes OR (SubjectHash IN @before AND SubjectSecret IS NULL))";

    public async Task<ProviderCame> EnterAsync(HttpContext context, ClaimsPrincipal user)
    {
        var cancel = context.RequestAborted;
        var sub = user.FindFirst("sub")!;
        // The handler takes the claim of the issuer away, but each claim says whose it is.
        var subject = new Subject($"login {sub.Issuer} {sub.Value}", $"login  {sub.Value}");
        if (await FindAsync(subject, cancel) is not { } id)
        {
            var email = user.FindFirstValue("email");
            var isTheirs = options.TrustEmail || user.FindFirstValue("email_verified") is "true" or "True";
            if (email is null || !isTheirs || await people.IdOfAsync(email, cancel) is not { } known)
            {
                audit.Soon(AuditEvent.Of(context, "session.refused", "provider", "refused"));
                return ProviderCame.Unknown;
            }

            id = known;
            await LinkAsync(subject, id, cancel);
        }

        if (RoleOf(user) is var (role, isNone) && isNone)
        {
            audit.Soon(AuditEvent.Of(context, "session.refused", $"person/{id}", "refused"));
            return ProviderCame.NoRole;
        }

        if (role is not null && await people.SetRoleAsync(id, role, cancel))
        {
            await audit.NowAsync(new AuditEvent("system", null, "person.change", $"person/{id}", null, role), cancel);
        }

        if (await people.FindAsync(id, null, cancel) is not { } person)
        {
            return ProviderCame.Unknown;
        }

        await session.EnterAsync(context, person);
        return ProviderCame.Entered;
    }

    // The role that may most, of those that the groups have; in the order in which roles stand in the table of rights.
    private (string? Role, bool IsNone) RoleOf(ClaimsPrincipal user)
    {
        if (options.Roles.Count == 0)
        {
            return (null, false);
        }

        var groups = user.FindAll(options.GroupsClaim).Select(c => c.Value).ToHashSet();
        var roles = options.Roles.Where(r => groups.Contains(r.Key)).Select(r => r.Value).ToHashSet();
        var role = Roles.All.LastOrDefault(roles.Contains);
        return (role, role is null);
    }

    private async Task<Guid?> FindAsync(Subject subject, CancellationToken cancel)
    {
        var row = await lookUps.LookAsync((connection, moment, keys) => connection.QuerySingleOrDefaultAsync<LoginRow>(new CommandDefinition(
            $"SELECT PersonId, CASE WHEN SubjectSecret IS NULL THEN 1 ELSE 0 END AS IsOfOldKind FROM PersonLogin WHERE {Its}", new { hashes = keys.All(subject.Text), before = keys.All(subject.Before) }, moment, cancellationToken: cancel)), cancel);
        if (row is { IsOfOldKind: 1 })
        {
            await WriteAsync(subject, $"UPDATE PersonLogin SET SubjectHash = @hash, SubjectSecret = @secret WHERE {Its}", row.PersonId, cancel);
        }

        return row?.PersonId;
    }

    private async Task LinkAsync(Subject subject, Guid personId, CancellationToken cancel)
    {
        await lookUps.ReadyAsync(cancel);
        await WriteAsync(subject, "INSERT INTO PersonLogin (SubjectHash, PersonId, MadeAt, SubjectSecret) VALUES (@hash, @personId, @now, @secret)", personId, cancel);
    }

    // With the subject itself, encrypted: without it the hash could be brought under another key only at the next sign-in.
    private async Task WriteAsync(Subject subject, string sql, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            sql,
            new { hash = keys.Hash(subject.Text), hashes = keys.All(subject.Text), before = keys.All(subject.Before), secret = secrets.Protect(SecretKind.Name, subject.Text), personId, now = time.GetUtcNow() },
            transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Who somebody is at the provider, as it is hashed.</summary>
    /// <param name="Before">As it was hashed while it was not kept beside its hash: without the issuer.</param>
    private sealed record Subject(string Text, string Before);

    private sealed record LoginRow
    {
        public Guid PersonId { get; init; }

        public int IsOfOldKind { get; init; }
    }
}

/// <summary>Wires the provider, where there is one.</summary>
internal static class ProviderRoom
{
    public const string Scheme = "provider";
    private const string Callback = "/sign-in/provider/callback";

    public static void AddProvider(this AuthenticationBuilder builder, IConfiguration configuration, bool development)
    {
        var provider = new ProviderOptions();
        configuration.GetSection(ProviderOptions.Section).Bind(provider);
        builder.Services.AddSingleton(provider);
        builder.Services.AddSingleton<ProviderSignIn>();
        if (provider.Authority is null)
        {
            return;
        }

        if (provider.Roles.Values.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown)
        {
            throw new InvalidOperationException($"{ProviderOptions.Section}:Roles names '{unknown}', which is no role. Roles are: {string.Join(", ", Roles.All)}.");
        }

        builder.AddOpenIdConnect(Scheme, options => Configure(options, provider, development));
    }

    private static void Configure(OpenIdConnectOptions options, ProviderOptions provider, bool development)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !development;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.CallbackPath = Callback;
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email"])
        {
            options.Scope.Add(scope);
        }

        // The way back comes from another site: Strict would lose them.
        foreach (var cookie in (CookieBuilder[])[options.NonceCookie, options.CorrelationCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTicketReceived = async context =>
        {
            context.HandleResponse();
            var came = await context.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>().EnterAsync(context.HttpContext, context.Principal!);
            if (came == ProviderCame.Entered)
            {
                await GoOnAsync(context.HttpContext, context.ReturnUri);
                return;
            }

            context.Response.Redirect($"/sign-in?provider={(came == ProviderCame.NoRole ? "no-role" : "unknown")}");
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect("/sign-in?provider=failed");
            return Task.CompletedTask;
        };
    }

    // A redirect would still count as coming from the provider's site, and the session's cookie is not sent then: a page of our own goes on.
    private static Task GoOnAsync(HttpContext context, string? target)
    {
        var address = System.Net.WebUtility.HtmlEncode(Shell.ShellRoom.IsLocal(target) ? target : "/");
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={address}\"><title>ClientVoice</title><link rel=\"stylesheet\" href=\"/shell.css\"></head><body class=\"plain\"><main class=\"card narrow\"><h1>ClientVoice</h1><p><a class=\"button\" href=\"{address}\">Verder / Go on</a></p></main></body></html>",
            context.RequestAborted);
    }
}
