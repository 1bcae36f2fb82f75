using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Choices;
using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Conversations;

/// <summary>Answers <c>GET /conversations/export</c>: which conversations were held, as the list is filtered, as an Excel file. No answers.</summary>
internal static class ConversationExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, ConversationList conversations, ICatalogue catalogue, DeskTrail trail, Language l)
    {
        var list = ConversationsPage.ListOf(context.Request);
        var (lines, _) = await conversations.ListAsync(user.PersonId(), ConversationsPage.FilterOf(list), list.Sort, list.Descending, 0, int.MaxValue, context.RequestAborted);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Gesprekken", "Conversations"],
            [
                new(l["Cliënt", "Client"], CellType.Text, 28), new(l["Plek", "Place"], CellType.Text, 24), new(l["Dag", "Day"], CellType.Date), new(l["Instrument", "Instrument"], CellType.Text, 28),
                new(l["Versie", "Version"], CellType.Text), new(l["Door wie", "By whom"], CellType.Text, 22), new(l["Hoe het ging", "How it went"], CellType.Text, 18), new(l["Afspraken", "Agreements"], CellType.Whole),
                new(l["Wacht op een tweede kijker", "Waits for a second observer"], CellType.Flag),
            ]);
            foreach (var c in lines)
            {
                sheet.Row(
                    c.Client, c.Place, c.HeldOn, catalogue.Current.Find(c.InstrumentId, c.InstrumentVersion) is { } instrument ? l[instrument.Title] : c.InstrumentId, c.InstrumentVersion,
                    ChoiceTexts.Perspective(c.Perspective, l), ConversationTexts.Outcome(c.Outcome, l), c.IsClosed ? null : c.Agreements, c.Waits);
            }
        }

        await trail.ChangedAsync(context, "conversation.export", $"conversations/{lines.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["gesprekken.xlsx", "conversations.xlsx"]);
    }
}
