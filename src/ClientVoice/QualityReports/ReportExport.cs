using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Outcomes;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.QualityReports;

/// <summary>Answers <c>GET /reports/export</c>: which reports there are, as the list is filtered, as an Excel file.</summary>
internal static class ReportExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, ClaimsPrincipal user, ReportStore reports, IAuditTrail audit, Language l, TimeProvider time)
    {
        var list = ReportsPage.ListOf(context.Request);
        var (found, _) = await reports.ListAsync(user.PersonId(), Roles.Has(user.PersonRole(), Right.WriteReports), list.FilterId("place"), list.Filter("state"), list.Sort, list.Descending, 0, int.MaxValue, context.RequestAborted);
        await audit.NowAsync(AuditEvent.Of(context, "report.export", $"reports/{found.Count}"), context.RequestAborted);
        return ListFile.Of(context, l["rapporten.xlsx", "reports.xlsx"], l["Rapporten", "Reports"], found,
        [
            new(l["Titel", "Title"], CellType.Text, r => r.Title, 40), new(l["Waarover", "About"], CellType.Text, r => OutcomeTexts.Period(r.Period, l), 24), new(l["Soort", "Kind"], CellType.Text, r => l[ReportTexts.Kind(r.Kind)], 30),
            new(l["Plek", "Place"], CellType.Text, r => r.Place, 30), new(l["Vastgesteld op", "Frozen on"], CellType.Text, r => r.FrozenAt is { } at ? l.Moment(at, time) : null, 24),
        ]);
    }
}
