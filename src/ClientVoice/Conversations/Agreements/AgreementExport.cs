using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Conversations.Agreements;

/// <summary>Answers <c>GET /agreements/export</c>: the agreements as the list is filtered, as an Excel file.</summary>
internal static class AgreementExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, AgreementList agreements, DeskTrail trail, Language l, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var list = AgreementsPage.ListOf(context.Request);
        var whole = await agreements.WholeAsync(user.PersonId(), AgreementsPage.FilterOf(list), list.Sort, list.Descending, context.RequestAborted);
        await trail.ChangedAsync(context, "agreement.export", $"agreements/{whole.Count}");
        return ListFile.Of(context, l["afspraken.xlsx", "agreements.xlsx"], l["Afspraken", "Agreements"], whole.LinesAsync(),
        [
            new(l["Afspraak", "Agreement"], CellType.Text, a => a.What ?? l["Uit een observatie die nog op een tweede kijker wacht", "From an observation that still waits for a second observer"], 50),
            new(l["Wie doet het", "Who does it"], CellType.Text, a => a.Name ?? ConversationTexts.Who(a.Who, l), 20), new(l["Cliënt", "Client"], CellType.Text, a => a.Client, 28), new(l["Plek", "Place"], CellType.Text, a => a.Place, 24),
            new(l["Uit het gesprek van", "From the conversation of"], CellType.Date, a => a.HeldOn), new(l["Wanneer", "When"], CellType.Date, a => a.DueOn),
            new(l["Wie let erop", "Who sees to it"], CellType.Text, a => a.Owner ?? l["niemand meer", "nobody any more"], 24), new(l["Stand", "State"], CellType.Text, a => AgreementTexts.State(a, today, l, time), 40),
            new(l["Waarom niet gedaan", "Why it was not done"], CellType.Text, a => a.NotDoneReason, 40),
        ]);
    }
}
