// What a tablet does in the anonymous lane, with another library than the tablet has: so both are held to RFC 9474.
using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClientVoice.Choices;
using ClientVoice.Clients;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace ClientVoice.Tests.Conversations.Anonymous;

/// <summary>A permission, ready to use.</summary>
internal sealed record Permission(string Key, byte[] Token, byte[] Signature);

internal static class AnonymousTablet
{
    private const int Bucket = 16_384;

    /// <summary>A client at North for each, and a choice that may be answered without a name.</summary>
    public static async Task<(Guid Choice, IReadOnlyList<Guid> Clients)> PrepareAsync(ServiceUnderTest service, int people)
    {
        List<Guid> ids = [.. Enumerable.Range(0, people).Select(i => new Guid($"01900000-0000-7000-8000-{4000 + i:000000000000}"))];
        await service.Services.GetRequiredService<ClientStore>().AddAsync(
            [.. ids.Select((id, i) => new NewClient(id, ServiceUnderTest.North, ServiceUnderTest.Group, $"Iemand {i}", "Iemand", null, "speaks", ServiceUnderTest.Worker, new DateOnly(2024, 1, 1)))], default);
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        return (await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(ServiceUnderTest.Group, "mijn-verhaal", "client", today.AddDays(-5), 12, true, null, null, true), default), ids);
    }

    /// <summary>Asks for a permission; null with the refusal's code where there is none.</summary>
    public static async Task<(Permission? Permission, string? Refusal)> PermitAsync(HttpClient worker, Guid client, Guid choice)
    {
        using var first = await worker.PostAsJsonAsync("/api/anonymous/permissions", new { client, choice });
        var offer = (await first.Content.ReadFromJsonAsync<JsonObject>())!;
        if (!first.IsSuccessStatusCode)
        {
            return (null, (string?)offer["code"]);
        }

        var key = (RsaKeyParameters)PublicKeyFactory.CreateKey(Base64Url.DecodeFromChars((string)offer["public"]!));
        var token = RandomNumberGenerator.GetBytes(64);
        var factor = new RsaBlindingFactorGenerator();
        factor.Init(key);
        var blinding = new RsaBlindingParameters(key, factor.GenerateBlindingFactor());
        var signer = new PssSigner(new RsaBlindingEngine(), new Sha384Digest(), 48);
        signer.Init(true, blinding);
        signer.BlockUpdate(token, 0, token.Length);
        var blinded = Whole(signer.GenerateSignature());
        using var second = await worker.PostAsJsonAsync("/api/anonymous/permissions", new { client, choice, key = (string)offer["key"]!, blinded = Base64Url.EncodeToString(blinded) });
        var given = (await second.Content.ReadFromJsonAsync<JsonObject>())!;
        if (!second.IsSuccessStatusCode)
        {
            return (null, (string?)given["code"]);
        }

        var engine = new RsaBlindingEngine();
        engine.Init(false, blinding);
        var signature = Base64Url.DecodeFromChars((string)given["signature"]!);
        return (new Permission((string)given["key"]!, token, Whole(engine.ProcessBlock(signature, 0, signature.Length))), null);
    }

    /// <summary>Sends answers as nobody: without a session, without the tablet's header's owner.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient nobody, Permission permission, JsonObject answers, params string[] passed) =>
        nobody.PostAsync("/api/anonymous/answers", new StringContent(Body(permission, answers, passed), Encoding.UTF8, "application/json"));

    public static string Body(Permission permission, JsonObject answers, params string[] passed)
    {
        var body = new JsonObject
        {
            ["key"] = permission.Key, ["token"] = Base64Url.EncodeToString(permission.Token), ["signature"] = Base64Url.EncodeToString(permission.Signature),
            ["version"] = "1.0", ["answers"] = answers.DeepClone(), ["passed"] = new JsonArray([.. passed.Select(p => JsonValue.Create(p))]), ["pad"] = "",
        };
        body["pad"] = new string('0', Bucket - Encoding.UTF8.GetByteCount(body.ToJsonString()));
        return body.ToJsonString();
    }

    private static byte[] Whole(byte[] number) => [.. new byte[256 - number.Length], .. number];
}
