using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using ClientVoice.Problems;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.QualityReports;

/// <summary>One report: a draft that is worked on, or a frozen one that is read and shared.</summary>
public sealed partial class ReportPage
{
    private ReportHead head = default!;
    private ReportWords words = ReportWords.None;
    private IReadOnlyList<ImprovementPoint> points = [];
    private IReadOnlyList<(string Part, LocalText Name)> parts = [];
    private IReadOnlyList<ReportFile> files = [];
    private IReadOnlyList<ReportLink> links = [];
    private IReadOnlyList<LocalText> unheard = [];
    private QualityReport? report;
    private string? madeLink;
    private bool mayWrite;
    private Posted form = default!;

    /// <summary>Of the report.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ReportStore Reports { get; set; } = default!;

    [Inject]
    private ReportDesk Desk { get; set; } = default!;

    [Inject]
    private PointStore Points { get; set; } = default!;

    [Inject]
    private ReportFiles Files { get; set; } = default!;

    [Inject]
    private ReportLinks Links { get; set; } = default!;

    [Inject]
    private WorkStarter Starter { get; set; } = default!;

    [Inject]
    private IAuditTrail Audit { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L);
        mayWrite = Roles.Has(Context.User.PersonRole(), Right.WriteReports);
        head = await Desk.HeadAsync(Context, Id);
        if (head.IsFrozen)
        {
            files = await Files.OfAsync(Id, Context.RequestAborted);
            links = mayWrite ? await Links.OfAsync(Id, Context.RequestAborted) : [];
            if (!form.IsSent && files.Any(f => !f.IsMade && !f.HasFailed))
            {
                // The page follows the job without a script: it asks again until the files are there.
                Context.Response.Headers["Refresh"] = "2";
            }

            return;
        }

        words = await Reports.WordsAsync(Id, Context.RequestAborted);
        points = await Points.OfReportAsync(head, Context.RequestAborted);
        report = await Desk.ReadAsync(Context, head);
        parts = ReportDesk.Parts(report);
        unheard = [.. report?.Groups.Where(g => g.IsHidden && g.Heard is null).Select(g => g.Name) ?? []];
    }

    private static LocalText Judged(ImprovementPoint point) => point.ClosedInReportId is null && point.Reached is null
        ? new("nog niet beoordeeld", "not judged yet")
        : point.Reached switch { "yes" => new("gelukt", "reached"), "partly" => new("deels gelukt", "reached in part"), _ => new LocalText("niet gelukt", "not reached") };

    private string VoiceName(ReportFile file) => (file.Voice switch { ReportFiles.Word => "Word", ReportFiles.Excel => "Excel", ReportFiles.Easy => L["Makkelijke taal", "Easy language"], _ => L["Gegevens (JSON)", "Data (JSON)"] })
        + (file.Language == "en" ? L[", Engels", ", English"] : L[", Nederlands", ", Dutch"]);

    private async Task FreezeAsync()
    {
        MustWrite();
        if (form.Raw("sure") != "yes")
        {
            form.Fault("sure", L["Zet eerst het vinkje dat u het rapport hebt gelezen.", "First tick that you read the report."]);
            return;
        }

        if (report is null || !await Reports.FreezeAsync(Id, report, Context.User.PersonId(), Context.RequestAborted))
        {
            form.Fault("", L["Er valt nu niets vast te stellen. Open de pagina opnieuw en kijk wat er staat.", "There is nothing to freeze now. Open the page again and look at what it says."]);
            return;
        }

        await Starter.StartAsync<ReportWork>(Context.RequestAborted);
        await DoneAsync("report.freeze", $"/reports/{Id}");
    }

    private async Task DiscardAsync()
    {
        MustWrite();
        if (await Reports.DiscardAsync(Id, Context.RequestAborted))
        {
            await DoneAsync("report.discard", "/reports?gone=1");
        }
    }

    private async Task AgainAsync()
    {
        MustWrite();
        await Files.TryAgainAsync(Id, Context.RequestAborted);
        await Starter.StartAsync<ReportWork>(Context.RequestAborted);
        await DoneAsync("report.files", $"/reports/{Id}");
    }

    private async Task LinkAsync()
    {
        MustWrite();
        var days = form.Choice("days", ReportLinks.Days.ToDictionary(d => d.ToString(CultureInfo.InvariantCulture), d => (object)d), L["Kies hoe lang.", "Choose for how long."]);
        if (days is int chosen && head.IsFrozen)
        {
            var key = await Links.MakeAsync(Id, chosen, Context.User.PersonId(), Context.RequestAborted);
            madeLink = $"{Context.Request.Scheme}://{Context.Request.Host}/shared?key={key}";
            links = await Links.OfAsync(Id, Context.RequestAborted);
            await Audit.NowAsync(AuditEvent.Of(Context, "report.link", $"report/{Id}"), Context.RequestAborted);
        }
    }

    private async Task TakeBackAsync(Guid link)
    {
        MustWrite();
        await Links.TakeBackAsync(Id, link, Context.RequestAborted);
        await DoneAsync("report.link-back", $"/reports/{Id}?kept=1");
    }

    private async Task DoneAsync(string action, string next)
    {
        await Audit.NowAsync(AuditEvent.Of(Context, action, $"report/{Id}"), Context.RequestAborted);
        Navigation.NavigateTo(next);
    }

    // The page itself is for readers too.
    private void MustWrite()
    {
        if (!mayWrite)
        {
            throw new ProblemException(ProblemKinds.NotAllowed);
        }
    }
}
