// PUT /api/hand-overs/{id}: unsent work of somebody who left, from the tablet on which it waits. It comes as it lies there,
// sealed under the key of that person's vault, with that key put away under the service's own. Whoever delivers it reads
// nothing; it is opened here, checked as if it came from its owner, and answered with the same receipt.
using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClientVoice.Access;
using ClientVoice.Problems;

namespace ClientVoice.Conversations;

/// <summary>A parcel as it lies in a vault; bytes as base64url.</summary>
/// <param name="Person">Whose work it is.</param>
/// <param name="Vault">The vault it lies in: sealed along with it.</param>
/// <param name="Kid">Under which key of the service the vault's key was put away.</param>
/// <param name="Wrapped">The vault's key, RSA-OAEP with SHA-256.</param>
/// <param name="Iv">Of AES-GCM: twelve bytes.</param>
/// <param name="Data">The sealed parcel, its tag at the end.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SealedParcel(Guid Person, Guid Vault, string Kid, string Wrapped, string Iv, string Data);

/// <summary>Delivers what a colleague had not sent.</summary>
internal sealed class HandOver(ReceiveConversation receive, ServiceKeys keys, People people, IAuditTrail audit)
{
    // A parcel has its conversation as text within JSON, and comes in four characters for three bytes.
    private const int MaxBytes = 1_900_000;
    private const int TagBytes = 16;
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <returns>A receipt over the conversation within the parcel.</returns>
    /// <exception cref="ProblemException"><c>hand-over-unreadable</c>, or what is wrong with the conversation; nothing was kept.</exception>
    public async Task<IResult> HandleAsync(Guid id, HttpContext context, ClaimsPrincipal user)
    {
        var cancel = context.RequestAborted;
        var parcel = Read(await ReceiveConversation.BodyAsync(context.Request, cancel, MaxBytes));
        if (!await people.IsKnownAsync(parcel.Person, cancel))
        {
            throw new ProblemException(ProblemKinds.HandOverUnreadable, "There is no such person here.");
        }

        var raw = await OpenAsync(id, parcel, cancel);
        var (receipt, about) = await receive.KeepAsync(id, raw, parcel.Person, user.PersonId(), default, cancel);
        await audit.NowAsync(AuditEvent.Of(context, "conversation.hand-over", $"conversation/{id} person/{parcel.Person}", about is null ? "there already" : "done", about?.Client), cancel);
        return Results.Json(receipt, statusCode: about is null ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static SealedParcel Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SealedParcel>(body, Form) ?? throw new ProblemException(ProblemKinds.BadRequest, "The body is null.");
        }
        catch (JsonException error)
        {
            // The parser's message may quote the input; the place is enough.
            throw new ProblemException(ProblemKinds.NotJson, $"The fault is at {error.Path}, line {error.LineNumber + 1}.");
        }
    }

    private async Task<byte[]> OpenAsync(Guid id, SealedParcel parcel, CancellationToken cancel)
    {
        if (parcel.Kid != (await keys.HandOverKeyAsync(cancel)).Kid)
        {
            throw new ProblemException(ProblemKinds.HandOverUnreadable, "Its key was put away under another key than this service has.");
        }

        try
        {
            var key = await keys.OpenHandOverAsync(Base64Url.DecodeFromChars(parcel.Wrapped), cancel);
            var data = Base64Url.DecodeFromChars(parcel.Data);
            var plain = new byte[Math.Max(0, data.Length - TagBytes)];
            using var cipher = new AesGcm(key, TagBytes);
            // The label that the vault seals a record with: a parcel cannot pose as another one.
            cipher.Decrypt(Base64Url.DecodeFromChars(parcel.Iv), data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), plain, Encoding.UTF8.GetBytes($"{parcel.Vault:D}/parcel/{id:D}"));
            using var json = JsonDocument.Parse(plain);
            return Encoding.UTF8.GetBytes(json.RootElement.GetProperty("body").GetString()!);
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProblemException(ProblemKinds.HandOverUnreadable, "It does not open with the key beside it.");
        }
    }
}
