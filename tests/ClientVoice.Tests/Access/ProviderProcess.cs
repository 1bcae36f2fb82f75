// A small OpenID provider, a process of its own: discovery, keys that can be rotated, authorisation code with PKCE. It refuses what a
// real one refuses, so that a client that leaves a step out does not pass. Tests drive it through SmallProvider.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClientVoice.Tests.Access;

internal sealed class ProviderProcess
{
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> codes = new();
    private RsaSecurityKey key = NewKey();

    private string authority = "";
    private ProviderState state = new(new ProviderUser("1", "worker@proef", true), false);
    private int keysFetched;

    /// <summary>Serves on a free port, writes its address as the only line, and ends when whoever started it closes what it reads.</summary>
    public static async Task RunAsync()
    {
        var provider = new ProviderProcess();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = provider.authority, authorization_endpoint = provider.authority + "/authorize", token_endpoint = provider.authority + "/token", jwks_uri = provider.authority + "/keys",
            response_types_supported = (string[])["code"], subject_types_supported = (string[])["public"], id_token_signing_alg_values_supported = (string[])["RS256"], code_challenge_methods_supported = (string[])["S256"],
        });
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync).DisableAntiforgery();
        app.MapPut("/state", (ProviderState wanted) => { provider.state = wanted; });
        app.MapPost("/rotate", () => { provider.key = NewKey(); });
        app.MapGet("/fetched", () => provider.keysFetched);
        await app.StartAsync();
        provider.authority = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await Console.Out.WriteLineAsync(provider.authority);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private object Keys()
    {
        keysFetched++;
        var parts = key.Rsa.ExportParameters(false);
        return new { keys = (object[])[new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parts.Modulus), e = Base64UrlEncoder.Encode(parts.Exponent) }] };
    }

    private IResult Authorize(HttpRequest request)
    {
        var q = request.Query;
        if (q["client_id"] != SmallProvider.ClientId || q["response_type"] != "code" || q["code_challenge_method"] != "S256" || q["code_challenge"].ToString().Length != 43 || q["nonce"].ToString().Length < 20 || q["state"].ToString().Length < 20)
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
        var isRight = form["client_id"] == SmallProvider.ClientId && form["client_secret"] == SmallProvider.ClientSecret && form["grant_type"] == "authorization_code" && asked.Challenge is not null
            && asked.Redirect == form["redirect_uri"] && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) == asked.Challenge;
        if (!isRight)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var forged = state.Forges ? new RsaSecurityKey(RSA.Create(2048)) { KeyId = key.KeyId } : key;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = authority, Audience = SmallProvider.ClientId, SigningCredentials = new SigningCredentials(forged, SecurityAlgorithms.RsaSha256), Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = state.User.Subject, ["email"] = state.User.Email, ["email_verified"] = state.User.EmailVerified, ["groups"] = state.User.Groups, ["nonce"] = asked.Nonce },
        });
        return Results.Json(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
