using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientVoice.Clients.Changes;

/// <summary>Answers <c>POST /desk/undo</c>: the button beside what was just done.</summary>
internal static class Undo
{
    /// <summary>Whoever may make some change may undo their own; <see cref="DeskChanges"/> looks at who made it.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, IAntiforgery forms, DeskChanges changes, IAuditTrail audit)
    {
        await forms.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = ShellRoom.IsLocal(form["back"]) ? form["back"].ToString() : "/";
        if (!Guid.TryParseExact(form["change"], "D", out var change))
        {
            return Results.LocalRedirect(back);
        }

        var came = await changes.UndoAsync(change, user.PersonId(), context.RequestAborted);
        if (came == Undone.Done)
        {
            await audit.NowAsync(AuditEvent.Of(context, "desk.undo", $"change/{change}"), context.RequestAborted);
        }

        return Results.LocalRedirect($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}undone={came switch
        {
            Undone.Done => "yes",
            Undone.TooLate => "late",
            Undone.InUse => "used",
        }}");
    }
}
