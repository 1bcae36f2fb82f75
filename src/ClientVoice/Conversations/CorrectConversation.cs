// POST /api/conversations/{id}/correction: { "reason": "...", "document": { ... } }. The document is checked as one that comes
// in; the one that stood is kept beside it, with who corrected it, when and why.
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Instruments;
using ClientVoice.Problems;

namespace ClientVoice.Conversations;

/// <summary>Corrects a conversation.</summary>
internal sealed class CorrectConversation(ReceiveConversation receive, FormerConversations former, IAuditTrail audit)
{
    // Long enough to tell what was wrong, short enough not to become a report.
    private const int LongestReason = 500;

    public async Task<IResult> HandleAsync(Guid id, HttpContext context, ClaimsPrincipal user)
    {
        var cancel = context.RequestAborted;
        using var json = ReceiveConversation.Parse(await ReceiveConversation.BodyAsync(context.Request, cancel));
        var (reason, document) = Read(json.RootElement);
        // The same answer whether it is elsewhere or nowhere: an id is not to be tried out.
        if (await former.FindAsync(id, user.PersonId(), cancel) is not { } there)
        {
            throw new ProblemException(ProblemKinds.NotFound);
        }

        var raw = Encoding.UTF8.GetBytes(document.GetRawText());
        var corrected = await CheckAsync(new ReceivedDocument(id, document, raw, CanonicalJson.Sha256(document), user.PersonId()), cancel);
        Refusal.Of(OtherThan(there, corrected.Document).Select(member => new Fault($"/document/{member}", "A correction cannot change this: it would be another conversation.")));
        await former.CorrectAsync(corrected, user.PersonId(), reason, cancel);
        await audit.NowAsync(AuditEvent.Of(context, "conversation.correct", $"conversation/{id}", about: there.ClientId), cancel);
        return Results.NoContent();
    }

    // The faults of a document that comes in name places in it; here it is a part of the body.
    private async Task<CheckedConversation> CheckAsync(ReceivedDocument received, CancellationToken cancel)
    {
        try
        {
            return await receive.CheckConversationAsync(received, cancel);
        }
        catch (ProblemException problem) when (problem.Faults.Count > 0)
        {
            throw new ProblemException(problem.Kind, problem.Detail, [.. problem.Faults.Select(f => f with { Pointer = "/document" + f.Pointer })]);
        }
    }

    private static (string Reason, JsonElement Document) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Refusal.Of("", "This must be an object with a reason and a document.");
        }

        Refusal.Of(body.EnumerateObject().Where(m => m.Name is not ("reason" or "document")).Select(m => new Fault($"/{m.Name}", "This is not known here.")));
        if (!body.TryGetProperty("reason", out var why) || why.ValueKind != JsonValueKind.String || why.GetString()!.Trim() is not { Length: > 0 and <= LongestReason } reason)
        {
            Refusal.Of("/reason", $"Say why, in at most {LongestReason} characters.");
            return default;
        }

        if (!body.TryGetProperty("document", out var document))
        {
            Refusal.Of("/document", "The corrected document is missing.");
        }

        return (reason, document);
    }

    private static IEnumerable<string> OtherThan(ConversationStub there, ConversationDocument corrected)
    {
        if (corrected.Client != there.ClientId)
        {
            yield return "client";
        }

        if (corrected.Instrument.Id != there.InstrumentId || corrected.Instrument.Version != there.InstrumentVersion)
        {
            yield return "instrument";
        }

        if (corrected.Perspective != there.Perspective)
        {
            yield return "perspective";
        }
    }
}
