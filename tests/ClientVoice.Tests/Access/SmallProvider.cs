// A small OpenID provider with an address of its own: discovery, keys that can be rotated, authorisation code with PKCE. It refuses what a
// real one refuses, so that a client that leaves a step out does not pass.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClientVoice.Tests.Access;

/// <summary>Somebody at the provider.</summary>
internal sealed record ProviderUser(string Subject, string Email, bool EmailVerified, params string[] Groups);

internal sealed class SmallProvider : IAsyncDisposable
{
    public const string ClientId = "clientvoice";
    public const string ClientSecret = "a secret of the tests";

    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> codes = new();
    private WebApplication app = null!;
    private RsaSecurityKey key = NewKey();

    public string Authority { get; private set; } = "";

    /// <summary>Who is signed in there.</summary>
    public ProviderUser User { get; set; } = new("1", "worker@proef", true);

    /// <summary>How often the keys were fetched.</summary>
    public int KeysFetched { get; private set; }

    /// <summary>Signs with a key that is not among those it shows.</summary>
    public bool Forges { get; set; }

    public static async Task<SmallProvider> StartAsync()
    {
        var provider = new SmallProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = provider.Authority, authorization_endpoint = provider.Authority + "/authorize", token_endpoint = provider.Authority + "/token", jwks_uri = provider.Authority + "/keys",
            response_types_supported = (string[])["code"], subject_types_supported = (string[])["public"], id_token_signing_alg_values_supported = (string[])["RS256"], code_challenge_methods_supported = (string[])["S256"],
        });
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync).DisableAntiforgery();
        await app.StartAsync();
        provider.app = app;
        provider.Authority = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    /// <summary>From now on another key signs, and the one before is gone.</summary>
    public void Rotate() => key = NewKey();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private object Keys()
    {
        KeysFetched++;
        var parts = key.Rsa.ExportParameters(false);
        return new { keys = (object[])[new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parts.Modulus), e = Base64UrlEncoder.Encode(parts.Exponent) }] };
    }

    private IResult Authorize(HttpRequest request)
    {
        var q = request.Query;
        if (q["client_id"] != ClientId || q["response_type"] != "code" || q["code_challenge_method"] != "S256" || q["code_challenge"].ToString().Length != 43 || q["nonce"].ToString().Length < 20 || q["state"].ToString().Length < 20)
        {
            return Results.BadRequest("no code with PKCE, nonce and state");
        }

        var code = Guid.NewGuid().ToString("N");
        codes[code] = (q["code_challenge"]!, q["nonce"]!, q["redirect_uri"]!);
        return Results.Redirect($"{q["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(q["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        codes.TryRemove(form["code"]!, out var asked);
        var isRight = form["client_id"] == ClientId && form["client_secret"] == ClientSecret && form["grant_type"] == "authorization_code" && asked.Challenge is not null
            && asked.Redirect == form["redirect_uri"] && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) == asked.Challenge;
        if (!isRight)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var forged = Forges ? new RsaSecurityKey(RSA.Create(2048)) { KeyId = key.KeyId } : key;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority, Audience = ClientId, SigningCredentials = new SigningCredentials(forged, SecurityAlgorithms.RsaSha256), Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = User.Subject, ["email"] = User.Email, ["email_verified"] = User.EmailVerified, ["groups"] = User.Groups, ["nonce"] = asked.Nonce },
        });
        return Results.Json(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
