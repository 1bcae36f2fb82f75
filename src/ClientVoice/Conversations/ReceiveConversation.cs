// PUT /api/conversations/{id}: the one way in for answers. Checked whole, kept whole, answered with a
// signed receipt; a tablet removes nothing before it has that.
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Conversations.Reflections;
using ClientVoice.Conversations.SideBySides;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;

namespace ClientVoice.Conversations;

/// <summary>Proof that a conversation is stored.</summary>
/// <param name="Sha256">Of the request body as received, lower hex.</param>
/// <param name="Signature">ECDSA P-256 over <c>id \n sha256 \n storedAt</c>, base64url.</param>
internal sealed record Receipt(Guid Id, string Sha256, string StoredAt, string Key, string Signature);

/// <summary>What a document that was kept is about.</summary>
/// <param name="Client">Null where it is about a place, or lies views side by side.</param>
internal sealed record ReceivedAbout(Guid? Client);

/// <summary>Receives a conversation.</summary>
internal sealed class ReceiveConversation(
    ICatalogue catalogue, ClientStore clients, ChoiceStore choices, ConversationStore store, ServiceKeys keys, ConversationSchema schema,
    ReceiveReflection reflections, ReceiveSideBySide sideBySides, IAuditTrail audit, IngestGate gate, IngestWriter writer, IDatabase database, TimeProvider time)
{
    private static readonly Meter Meter = new("ClientVoice.Conversations");

    private static readonly Histogram<double> Waited = Meter.CreateHistogram<double>(
        "clientvoice.outbox.age", "s", "From the end of a conversation, by the tablet's clock put right, to its receipt: how long work waits on tablets.");

    /// <summary>The time by the tablet's own clock as it sends, as an ISO moment; optional.</summary>
    public const string ClockHeader = "X-ClientVoice-Clock";

    // Under this a clock is right enough to tell a day; the delay of a slow line is not a fault of the clock.
    private static readonly TimeSpan RightEnough = TimeSpan.FromMinutes(10);

    // A long conversation with words at every question is under 300 kB; this leaves room and stops a flood.
    public const int MaxBytes = 1_000_000;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public async Task<IResult> HandleAsync(Guid id, HttpContext context, ClaimsPrincipal user)
    {
        using var place = gate.Enter(context.Request.ContentLength);
        var raw = await BodyAsync(context.Request, context.RequestAborted);
        var (receipt, about) = await KeepAsync(id, raw, user.PersonId(), user.PersonId(), ClockBehind(context.Request), context.RequestAborted);
        if (about is null)
        {
            return Results.Ok(receipt);
        }

        // Soon is enough: who sent it and when stands with the conversation, in its own transaction.
        audit.Soon(AuditEvent.Of(context, "conversation.receive", $"conversation/{id}", about: about.Client));
        return Results.Json(receipt, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Checks a document and keeps it, or finds that it was kept before.</summary>
    /// <param name="owner">Whose work it is.</param>
    /// <param name="scopeOf">In whose places it must be.</param>
    /// <returns>The receipt; and what it is about where it is new.</returns>
    /// <exception cref="ProblemException">It is not valid, or something else is there under its id; nothing was kept.</exception>
    public async Task<(Receipt Receipt, ReceivedAbout? New)> KeepAsync(Guid id, byte[] raw, Guid owner, Guid scopeOf, TimeSpan clockBehind, CancellationToken cancel)
    {
        using var json = Parse(raw);
        var hash = CanonicalJson.Sha256(json.RootElement);
        if (await store.FindAsync(id, cancel) is { } before)
        {
            return (await AgainAsync(id, before, hash, raw, owner), null);
        }

        if (await store.IsErasedAsync(id, cancel))
        {
            throw new ProblemException(ProblemKinds.ConversationErased);
        }

        var keep = await CheckAsync(new ReceivedDocument(id, json.RootElement, raw, hash, owner) { ScopeOf = scopeOf }, clockBehind, cancel);
        DateTimeOffset storedAt;
        try
        {
            storedAt = await keep();
        }
        catch (DbException) when (!cancel.IsCancellationRequested)
        {
            // Two requests with one id at once: the other was first. Anything else is thrown on.
            if (await store.FindAsync(id, cancel) is not { } other)
            {
                throw;
            }

            return (await AgainAsync(id, other, hash, raw, owner), null);
        }

        if (EndedAt(json.RootElement) is { } ended)
        {
            Waited.Record(Math.Max(0, (storedAt - ended - clockBehind).TotalSeconds));
        }

        return (await ReceiptAsync(id, raw, storedAt), new ReceivedAbout(ClientOf(json.RootElement)));
    }

    private static DateTimeOffset? EndedAt(JsonElement document) =>
        document.TryGetProperty("endedAt", out var ended) && ended.ValueKind == JsonValueKind.String && ended.TryGetDateTimeOffset(out var moment) ? moment : null;

    private static Guid? ClientOf(JsonElement document) =>
        document.TryGetProperty("client", out var client) && client.ValueKind == JsonValueKind.String && client.TryGetGuid(out var id) ? id : null;

    private TimeSpan ClockBehind(HttpRequest request)
    {
        if (request.Headers[ClockHeader] is not [{ Length: > 0 } text])
        {
            return default;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var clock) || clock.Year is < 1900 or > 2199)
        {
            throw new ProblemException(ProblemKinds.BadRequest, $"{ClockHeader} is not a moment.");
        }

        var behind = time.GetUtcNow() - clock;
        return behind.Duration() > RightEnough ? behind : default;
    }

    private async Task<Receipt> AgainAsync(Guid id, StoredConversation before, string hash, byte[] raw, Guid owner)
    {
        if (before.ContentHash != hash || before.PersonId != owner)
        {
            throw new ProblemException(ProblemKinds.ConversationDiffers);
        }

        // It can be read, but the commit that brought it may be the one that was not confirmed.
        database.Confirm();
        return await ReceiptAsync(id, raw, before.ReceivedAt);
    }

    // Checks it, and says how it is kept. What a document is about says which kind it is: a place, views laid side by side, or a client.
    private async Task<Func<Task<DateTimeOffset>>> CheckAsync(ReceivedDocument received, TimeSpan clockBehind, CancellationToken cancel)
    {
        if (received.Has("place") || received.Has("of"))
        {
            var other = received.Has("place") ? await reflections.CheckAsync(received, cancel) : await sideBySides.CheckAsync(received, cancel);
            return () => writer.KeepAsync(other, cancel);
        }

        var conversation = await CheckConversationAsync(received, cancel) with { ClockBehind = clockBehind };
        return () => writer.KeepAsync(conversation, cancel);
    }

    /// <summary>Checks a document about a client; changes nothing.</summary>
    /// <exception cref="ProblemException">It is not valid, or not about a client in the sender's scope.</exception>
    public async Task<CheckedConversation> CheckConversationAsync(ReceivedDocument received, CancellationToken cancel)
    {
        received.RefuseForm(schema);
        Refusal.Of(ConversationRules.Days(received.Json));
        var document = ConversationDocument.Read(received.Json);
        received.RefuseOtherId(document.Id);
        var instrument = Refusal.UnlessKnown(catalogue, document.Instrument);
        if (instrument.Subject != "client")
        {
            Refusal.Of("/instrument", "This instrument is not about a client.");
        }

        if (document.Choice is { } choice && (await choices.AllAsync(cancel)).All(c => c.Id != choice))
        {
            Refusal.Of("/choice", "There is no such choice.");
        }

        // The same words whether the client is unknown or out of scope: an id is not to be tried out.
        var where = await clients.WhereAsync(document.Client, received.ScopeOf, cancel);
        if (where is null)
        {
            Refusal.Of("/client", "There is no such client in your scope.");
        }

        Refusal.Of(ConversationRules.Against(instrument, document));
        await store.PrepareAsync(document.Client, cancel);
        return new CheckedConversation(document, instrument, received.Hash, received.Raw, where!.Value.PlaceId, where.Value.GroupId, received.PersonId);
    }

    private async Task<Receipt> ReceiptAsync(Guid id, byte[] raw, DateTimeOffset storedAt)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(raw));
        var stored = storedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var key = await keys.ReceiptKeyAsync(CancellationToken.None);
        var signature = await keys.SignAsync($"{id:D}\n{sha256}\n{stored}", CancellationToken.None);
        return new Receipt(id, sha256, stored, key.Kid, signature);
    }

    /// <summary>The whole body of a request.</summary>
    /// <exception cref="ProblemException">It is not JSON by its header, or too large.</exception>
    public static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancel, int atMost = MaxBytes)
    {
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(ProblemKinds.MediaType);
        }

        if (request.ContentLength > atMost)
        {
            throw new ProblemException(ProblemKinds.TooLarge);
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancel)) > 0)
        {
            if (buffer.Length + read > atMost)
            {
                throw new ProblemException(ProblemKinds.TooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a body strictly: a member that stands twice is a fault.</summary>
    /// <exception cref="ProblemException">It is not JSON.</exception>
    public static JsonDocument Parse(byte[] raw)
    {
        try
        {
            return JsonDocument.Parse(raw, Strict);
        }
        catch (JsonException error)
        {
            // The parser's message may quote the input; the place is enough.
            throw new ProblemException(ProblemKinds.NotJson, $"The fault is at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
    }
}
