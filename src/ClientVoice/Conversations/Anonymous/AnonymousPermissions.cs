// POST /api/anonymous/permissions: somebody takes part without a name. What is kept is that they did, so that nobody asks them again and
// nobody answers twice; what they say comes later, by another way, from nobody.
using System.Buffers.Text;
using System.Data.Common;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Dapper;

namespace ClientVoice.Conversations.Anonymous;

/// <summary>The answer: under which key to blind; and the signature, where a blinded text came along for that very key.</summary>
/// <param name="Public">SubjectPublicKeyInfo, base64url.</param>
/// <param name="Signature">Base64url; null where another key holds now.</param>
internal sealed record AnonymousPermit(Guid Key, string Public, string? Signature);

/// <summary>Gives permissions.</summary>
internal sealed class AnonymousPermissions(
    IDatabase database, AnonymousKeys keys, ChoiceStore choices, ClientStore clients, ICatalogue catalogue, IAuditTrail audit, TimeProvider time)
{
    private const int MaxBytes = 4_000;

    public async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user)
    {
        var cancel = context.RequestAborted;
        var request = Read(await ReceiveConversation.BodyAsync(context.Request, cancel, MaxBytes));
        if (request.Key is { } asked && request.Blinded is { } before && await GivenAsync(request, asked, before, cancel))
        {
            // The answer to it got lost: the same once more.
            database.Confirm();
            return Results.Ok(await AnswerAsync(asked, before, cancel));
        }

        var choice = (await choices.AllAsync(cancel)).FirstOrDefault(c => c.Id == request.Choice);
        if (choice is not { Anonymous: true, IsUndone: false } || await clients.WhereAsync(request.Client, user.PersonId(), cancel) is not { } where || where.GroupId != choice.GroupId)
        {
            throw new ProblemException(ProblemKinds.AnonymousNotOffered);
        }

        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var cohort = new AnonymousCohort(AnonymousCohort.EpochOf(today), choice.InstrumentId, choice.Perspective, choice.GroupId, where.PlaceId);
        var (key, publicKey) = await keys.OfAsync(cohort, cancel);
        if (request.Key != key || request.Blinded is not { } blinded)
        {
            return Results.Ok(new AnonymousPermit(key, Base64Url.EncodeToString(publicKey), null));
        }

        var permit = await AnswerAsync(key, blinded, cancel);
        await KeepAsync(request, choice, cohort, key, today, cancel);
        audit.Soon(AuditEvent.Of(context, "anonymous.permit", $"choice/{choice.Id}", about: request.Client));
        return Results.Ok(permit);
    }

    private async Task<AnonymousPermit> AnswerAsync(Guid key, byte[] blinded, CancellationToken cancel)
    {
        try
        {
            var cohort = await keys.CohortAsync(key, cancel);
            var (_, publicKey) = await keys.OfAsync(cohort!, cancel);
            return new AnonymousPermit(key, Base64Url.EncodeToString(publicKey), Base64Url.EncodeToString(await keys.SignBlindlyAsync(key, blinded, cancel)));
        }
        catch (ArgumentException)
        {
            throw new ProblemException(ProblemKinds.BadRequest, "The blinded text does not fit the key.");
        }
    }

    private async Task<bool> GivenAsync(Request request, Guid key, byte[] blinded, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM AnonymousPermission WHERE KeyId = @key AND ClientId = @Client AND ChoiceId = @Choice AND BlindedHash = @hash",
            new { key, request.Client, request.Choice, hash = Hash(blinded) }, cancellationToken: cancel)) > 0;
    }

    private async Task KeepAsync(Request request, Choice choice, AnonymousCohort cohort, Guid key, DateOnly today, CancellationToken cancel)
    {
        var id = AnonymousKeys.RandomId();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO AnonymousPermission (Id, KeyId, Epoch, ChoiceId, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, GivenOn, BlindedHash)
                VALUES (@id, @key, @Epoch, @choice, @Client, @PlaceId, @GroupId, @InstrumentId, @version, @Perspective, @today, @hash)
                """,
                new
                {
                    id, key, cohort.Epoch, choice = choice.Id, request.Client, cohort.PlaceId, cohort.GroupId, cohort.InstrumentId,
                    version = catalogue.Current.Newest(cohort.InstrumentId)?.Key.Version ?? throw new ProblemException(ProblemKinds.AnonymousNotOffered),
                    cohort.Perspective, today, hash = Hash(request.Blinded!),
                },
                transaction, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO OutcomeChange (ConversationId, ChangedAt) VALUES (@id, @now)", new { id, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
            await ClientChanges.MarkAsync(connection, transaction, [request.Client], cancel);
            await database.CommitAsync(transaction, cancel);
        }
        catch (DbException) when (!cancel.IsCancellationRequested)
        {
            if (transaction.Connection is null)
            {
                // It was committed, but is not confirmed.
                throw;
            }

            await transaction.RollbackAsync(CancellationToken.None);
            // One permission in a quarter for each: by the unique key, whoever asks twice at once.
            if (await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                "SELECT COUNT(*) FROM AnonymousPermission WHERE Epoch = @Epoch AND InstrumentId = @InstrumentId AND Perspective = @Perspective AND ClientId = @Client",
                new { cohort.Epoch, cohort.InstrumentId, cohort.Perspective, request.Client }, cancellationToken: cancel)) > 0)
            {
                throw new ProblemException(ProblemKinds.AnonymousGiven);
            }

            throw;
        }
    }

    private static string Hash(byte[] blinded) => Convert.ToHexStringLower(SHA256.HashData(blinded));

    private static Request Read(byte[] raw)
    {
        using var json = ReceiveConversation.Parse(raw);
        var body = new AnonymousBody(json.RootElement, ["client", "choice", "key", "blinded"]);
        var blinded = body.Bytes("blinded");
        return blinded is { Length: not AnonymousKeys.SignatureBytes }
            ? throw new ProblemException(ProblemKinds.BadRequest, $"blinded has {AnonymousKeys.SignatureBytes} bytes.")
            : new Request(body.Id("client") ?? throw AnonymousBody.Missing("client"), body.Id("choice") ?? throw AnonymousBody.Missing("choice"), body.Id("key"), blinded);
    }

    private sealed record Request(Guid Client, Guid Choice, Guid? Key, byte[]? Blinded);
}
