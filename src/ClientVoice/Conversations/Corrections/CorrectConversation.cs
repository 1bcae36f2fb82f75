// POST /api/conversations/{id}/correction: { "reason": "...", "document": { ... } }. The document is checked as one that comes
// in; the one that stood is kept beside it, with who corrected it, when and why.
using System.Text;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Instruments;
using ClientVoice.Problems;

namespace ClientVoice.Conversations.Corrections;

/// <summary>Corrects a conversation.</summary>
internal sealed class CorrectConversation(ReceiveConversation receive, FormerConversations former, IAuditTrail audit)
{
    /// <summary>Long enough to tell what was wrong, short enough not to become a report.</summary>
    public const int LongestReason = 500;

    public async Task<IResult> HandleAsync(Guid id, HttpContext context)
    {
        var cancel = context.RequestAborted;
        using var json = ReceiveConversation.Parse(await ReceiveConversation.BodyAsync(context.Request, cancel));
        var (reason, document) = Read(json.RootElement);
        try
        {
            await CorrectAsync(id, reason, document, context, cancel);
        }
        catch (ProblemException problem) when (problem.Faults.Count > 0)
        {
            // The faults of a document that comes in name places in it; here it is a part of the body.
            throw new ProblemException(problem.Kind, problem.Detail, [.. problem.Faults.Select(f => f with { Pointer = "/document" + f.Pointer })]);
        }

        return Results.NoContent();
    }

    /// <summary>Puts a document in the place of the one that stands.</summary>
    /// <exception cref="ProblemException">It is not there for this person, is not valid, or would be another conversation; faults name places in the document.</exception>
    public async Task CorrectAsync(Guid id, string reason, JsonElement document, HttpContext context, CancellationToken cancel)
    {
        var person = context.User.PersonId();
        // The same answer whether it is elsewhere or nowhere: an id is not to be tried out.
        if (await former.FindAsync(id, person, cancel) is not { } there)
        {
            throw new ProblemException(ProblemKinds.NotFound);
        }

        var raw = Encoding.UTF8.GetBytes(document.GetRawText());
        var corrected = await receive.CheckConversationAsync(new ReceivedDocument(id, document, raw, CanonicalJson.Sha256(document), person), cancel);
        Refusal.Of(OtherThan(there, corrected.Document).Select(member => new Fault($"/{member}", "A correction cannot change this: it would be another conversation.")));
        await former.CorrectAsync(corrected, person, reason, cancel);
        await audit.NowAsync(AuditEvent.Of(context, "conversation.correct", $"conversation/{id}", about: there.ClientId), cancel);
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
