using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Problems;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>The outcomes page as an Excel file: the same selection, the same figures.</summary>
internal static class OutcomesDownload
{
    public static async Task HandleAsync(HttpContext context, ClaimsPrincipal user, IPublications publications, OutcomesReader reader, ReleasedWords words, Language l)
    {
        var selection = await OutcomeSelection.FromAsync(context, user, publications, reader);
        if (selection?.Question is not { } question)
        {
            throw new ProblemException(ProblemKinds.NothingPublished);
        }

        var answer = await reader.ReadAsync(selection.Publication.Number, user.PersonId(), question, context.RequestAborted);
        var beside = new OutcomesBeside(
            await reader.OverTimeAsync(selection.Publication.Number, user.PersonId(), question, selection.TrendKind, context.RequestAborted),
            await reader.SideBySideAsync(selection.Publication.Number, user.PersonId(), question, context.RequestAborted),
            await words.BesideAsync(selection.Publication.Number, question, answer, user.PersonId(), context.RequestAborted));
        context.Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{l["uitkomsten", "outcomes"]}-{question.Period}.xlsx\"";
        context.Response.Headers.CacheControl = "no-store";
        // The zip writes synchronously, which a response does not take; one selection is a few kilobytes.
        using var memory = new MemoryStream();
        await OutcomesWorkbook.WriteAsync(memory, selection, answer, beside, l);
        memory.Position = 0;
        await memory.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
