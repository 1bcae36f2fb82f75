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
        var whole = await conversations.WholeAsync(user.PersonId(), ConversationsPage.FilterOf(list), list.Sort, list.Descending, context.RequestAborted);
        await trail.ChangedAsync(context, "conversation.export", $"conversations/{whole.Count}");
        return ListFile.Of(context, l["gesprekken.xlsx", "conversations.xlsx"], l["Gesprekken", "Conversations"], whole.LinesAsync(),
        [
            new(l["Cliënt", "Client"], CellType.Text, c => c.Client, 28), new(l["Plek", "Place"], CellType.Text, c => c.Place, 24), new(l["Dag", "Day"], CellType.Date, c => c.HeldOn),
            new(l["Instrument", "Instrument"], CellType.Text, c => catalogue.Current.Find(c.InstrumentId, c.InstrumentVersion) is { } instrument ? l[instrument.Title] : c.InstrumentId, 28), new(l["Versie", "Version"], CellType.Text, c => c.InstrumentVersion),
            new(l["Door wie", "By whom"], CellType.Text, c => ChoiceTexts.Perspective(c.Perspective, l), 22), new(l["Hoe het ging", "How it went"], CellType.Text, c => ConversationTexts.Outcome(c.Outcome, l), 18),
            new(l["Afspraken", "Agreements"], CellType.Whole, c => c.IsClosed ? null : c.Agreements), new(l["Wacht op een tweede kijker", "Waits for a second observer"], CellType.Flag, c => c.Waits),
        ]);
    }
}
