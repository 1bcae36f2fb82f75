using Microsoft.AspNetCore.ResponseCompression;

namespace ClientVoice.Shell;

/// <summary>Page layout, styles, language, navigation and the headers that every answer carries.</summary>
internal static class ShellRoom
{
    // 'self' only, nothing inline: a text that slips into a page cannot run or restyle anything.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    // The preview of an instrument stands in a frame of our own desk page; it sends no forms and starts no worker.
    private const string PreviewPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'";

    // Files with a hash of what is in them in their names.
    private static readonly string[] Hashed = ["/tablet/assets", "/charts/assets"];

    public static void AddShell(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        // Over TLS too: only files that are the same for everyone are compressed (UseShellFiles), nothing that holds a secret.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        // Beside what other rooms compress at their own addresses.
        services.PostConfigure<ResponseCompressionOptions>(options =>
            options.MimeTypes = [.. options.MimeTypes ?? [], "text/html", "text/css", "text/javascript", "image/svg+xml", "application/manifest+json"]);
        services.AddScoped<Language>();
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "cv-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddCascadingAuthenticationState();
    }

    public static void UseShellHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // As the answer goes out: what answers a failure clears whatever was set before it.
        context.Response.OnStarting(static state =>
        {
            SetHeaders((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = IsPreview(context.Request) ? PreviewPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = IsPreview(context.Request) ? "SAMEORIGIN" : "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Permitted-Cross-Domain-Policies"] = "none";
        headers["Origin-Agent-Cluster"] = "?1";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
        }
    }

    /// <summary>Static files; the tablet's page is never cached by the browser itself, hashed files for ever.</summary>
    public static void UseShellFiles(this WebApplication app)
    {
        app.UseWhen(context => IsFile(context.Request.Path), files => files.UseResponseCompression());
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                Hashed.Any(folder => context.Context.Request.Path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase))
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        });
    }

    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapGet("/language/{code}", (string code, string? back, HttpContext context) =>
        {
            context.Response.Cookies.Append(Language.Cookie, code == "en" ? "en" : "nl", new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
            });
            return Results.LocalRedirect(IsLocal(back) ? back! : "/");
        }).AllowAnonymous();
        app.MapGet("/tablet", Tablet).AllowAnonymous();
        app.MapRazorComponents<App>();
    }

    private static bool IsFile(PathString path) =>
        path.StartsWithSegments("/tablet", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/charts", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(path.Value) is ".css" or ".svg";

    /// <summary>An address on this site: a path that no browser reads as another host.</summary>
    public static bool IsLocal(string? address) =>
        address is { Length: > 0 } && address[0] == '/' && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
        // A line end would begin another header, and a tab is passed over by browsers: "/\t/elsewhere" is another host.
        && !address.Any(char.IsControl);

    private static bool IsPreview(HttpRequest request) => request.Path.Equals("/tablet/", StringComparison.Ordinal) && request.Query.ContainsKey("preview");

    private static IResult Tablet(IWebHostEnvironment environment, HttpContext context)
    {
        // Routing sees no difference; the app's relative addresses and its service worker do.
        if (context.Request.Path.Value?.EndsWith('/') != true)
        {
            return Results.LocalRedirect("/tablet/");
        }

        var page = environment.WebRootFileProvider.GetFileInfo("tablet/index.html");
        context.Response.Headers.CacheControl = "no-cache";
        return page is { Exists: true } file
            ? Results.Stream(file.CreateReadStream(), "text/html; charset=utf-8")
            : Results.Problem("The tablet app has not been built: run npm ci and npm run build in src/tablet.", statusCode: 503);
    }
}
