using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientVoice.Conversations;

/// <summary>Erases a conversation, asked for on the page <c>/conversations/erase</c>.</summary>
internal sealed class EraseConversation(FormerConversations former, IAuditTrail audit, IAntiforgery forms)
{
    public async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user)
    {
        var cancel = context.RequestAborted;
        await forms.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["id"], out var id))
        {
            throw new ProblemException(ProblemKinds.BadRequest, "The number of the conversation is not a number of a conversation.");
        }

        if (form["reason"] is not [{ } reason] || !EraseReasons.All.Contains(reason) || form["sure"] != "yes")
        {
            return Results.LocalRedirect($"/conversations/erase?id={id}&missing=1");
        }

        if (await former.FindAsync(id, user.PersonId(), cancel) is null)
        {
            throw new ProblemException(ProblemKinds.NotFound);
        }

        await former.EraseAsync(id, user.PersonId(), reason, cancel);
        await audit.NowAsync(AuditEvent.Of(context, "conversation.erase", $"conversation/{id}", reason), cancel);
        return Results.LocalRedirect("/conversations/erase?erased=1");
    }
}
