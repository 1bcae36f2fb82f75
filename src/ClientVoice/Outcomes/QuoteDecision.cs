using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Conversations.Quotes;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientVoice.Outcomes;

/// <summary>Takes one decision of the quality officer about somebody's own words.</summary>
internal static class QuoteDecision
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, IAntiforgery forms, QuoteStore quotes, IAuditTrail audit)
    {
        await forms.ValidateRequestAsync(context);
        var cancel = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(cancel);
        var question = form["question"].ToString();
        var decision = form["decision"].ToString();
        if (decision is not ("release" or "leave-out" or "take-back"))
        {
            throw new ProblemException(ProblemKinds.BadRequest, "There is no such decision.");
        }

        // The same answer whether it is elsewhere, not allowed, or nowhere.
        if (!Guid.TryParse(form["conversation"], out var conversation) || await quotes.FindAsync(conversation, question, user.PersonId(), cancel) is not { } quote)
        {
            throw new ProblemException(ProblemKinds.NotFound);
        }

        var problem = await DecideAsync(decision, quote, form["text"].ToString(), user, quotes, cancel);
        if (problem is null)
        {
            await audit.NowAsync(AuditEvent.Of(context, $"quote.{decision}", $"conversation/{conversation} {question}"), cancel);
        }

        // Only the query part comes from the form: the address itself leads nowhere else.
        var back = QueryString.FromUriComponent(form["back"].ToString() is ['?', ..] query ? query : "");
        return Results.LocalRedirect("/outcomes/quotes" + (problem is null ? back : back.Add("refused", problem).Add("at", $"{conversation} {question}")));
    }

    // Null, or what is wrong.
    private static async Task<string?> DecideAsync(string decision, Quote quote, string text, ClaimsPrincipal user, QuoteStore quotes, CancellationToken cancel)
    {
        if (decision == "take-back")
        {
            await quotes.TakeBackAsync(quote.Conversation, quote.Question, cancel);
            return null;
        }

        if (decision == "leave-out")
        {
            await quotes.DecideAsync(quote with { Shortened = false }, null, user.PersonId(), cancel);
            return null;
        }

        var shown = Cut.OneLine(text);
        if (shown.Length > Cut.Longest)
        {
            return "long";
        }

        if (!Cut.IsOf(quote.Text, shown))
        {
            return "other";
        }

        await quotes.DecideAsync(quote with { Shortened = shown != Cut.OneLine(quote.Text) }, shown, user.PersonId(), cancel);
        return null;
    }
}
