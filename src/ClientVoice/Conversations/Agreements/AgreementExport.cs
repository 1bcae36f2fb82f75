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
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, AgreementStore agreements, DeskTrail trail, Language l, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var list = ListAddress.Of(context.Request, AgreementsPage.Filters, AgreementStore.Sorts);
        var (lines, _) = await agreements.ListAsync(user.PersonId(), AgreementsPage.FilterOf(list), list.Sort, list.Descending, 0, int.MaxValue, context.RequestAborted);
        // The zip writes synchronously, which a response does not take.
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet(l["Afspraken", "Agreements"],
            [
                new(l["Afspraak", "Agreement"], CellType.Text, 50), new(l["Wie doet het", "Who does it"], CellType.Text, 20), new(l["Cliënt", "Client"], CellType.Text, 28), new(l["Plek", "Place"], CellType.Text, 24),
                new(l["Uit het gesprek van", "From the conversation of"], CellType.Date), new(l["Wanneer", "When"], CellType.Date), new(l["Wie let erop", "Who sees to it"], CellType.Text, 24), new(l["Stand", "State"], CellType.Text, 40),
                new(l["Waarom niet gedaan", "Why it was not done"], CellType.Text, 40),
            ]);
            foreach (var a in lines)
            {
                sheet.Row(
                    a.What ?? l["Uit een observatie die nog op een tweede kijker wacht", "From an observation that still waits for a second observer"], a.Name ?? ConversationTexts.Who(a.Who, l), a.Client, a.Place,
                    a.HeldOn, a.DueOn, a.Owner ?? l["niemand meer", "nobody any more"], AgreementTexts.State(a, today, l, time), a.NotDoneReason);
            }
        }

        await trail.ChangedAsync(context, "agreement.export", $"agreements/{lines.Count}");
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", l["afspraken.xlsx", "agreements.xlsx"]);
    }
}
