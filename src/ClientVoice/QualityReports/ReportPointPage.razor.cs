using ClientVoice.Access;
using ClientVoice.Problems;
using ClientVoice.Shell;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.QualityReports;

/// <summary>One point: planned in the report where it begins, judged in those that come after.</summary>
public sealed partial class ReportPointPage
{
    private ReportHead head = default!;
    private ImprovementPoint? point;
    private PointPart? shown;
    private IReadOnlyList<AreaLine> lines = [];
    private bool isPromised;
    private int version;
    private Posted form = default!;

    /// <summary>Of the report.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ReportDesk Desk { get; set; } = default!;

    [Inject]
    private PointStore Points { get; set; } = default!;

    [Inject]
    private ReportMaker Maker { get; set; } = default!;

    [Inject]
    private IAuditTrail Audit { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L);
        head = await Desk.HeadAsync(Context, Id);
        if (head.IsFrozen)
        {
            return;
        }

        if (Context.Request.Query["point"].ToString() is { Length: > 0 } asked)
        {
            point = (await Points.OfReportAsync(head, Context.RequestAborted)).FirstOrDefault(p => p.Id.ToString("D") == asked) ?? throw new ProblemException(ProblemKinds.NotFound);
        }

        var all = await Maker.LinesAsync(head, Context.User.PersonId(), Context.RequestAborted);
        lines = [.. all.Where(l => l.Last is not null).DistinctBy(l => l.Key)];
        isPromised = point is not null && point.MadeInReportId != Id;
        shown = point is null ? null : PointsShown.Of(point, all, Id).Part;
        version = int.TryParse(form.Raw("version"), out var sent) ? sent : point?.Version ?? 0;
    }

    private async Task PlanAsync()
    {
        MustBeDraft();
        var goal = form.Line("goal", L["Schrijf op wat u wilt bereiken.", "Write down what you want to reach."], 300);
        var source = form.Choice("source", lines.ToDictionary(l => l.Key), null);
        var wanted = form.Number("wanted", 0, 100);
        if (wanted is not null && source is null)
        {
            form.Fault("wanted", L["Kies eerst uit welke uitkomst dit komt, of laat dit leeg.", "First choose from which outcome this comes, or leave this empty."]);
        }

        var steps = Long("steps");
        var owner = form.Line("owner", L["Schrijf op wie ervoor zorgt.", "Write down who sees to it."], 120);
        var due = form.Day("due", L["Vul in wanneer het klaar is.", "Fill in when it is ready."]);
        if (!form.IsGood)
        {
            return;
        }

        var words = new PointWords(goal, owner, steps, null, null);
        var from = source is null ? null : new PointSource(source.Group, source.Instrument, source.Perspective, source.Area, ReportMaker.Whole(source.Last!.Mean), source.Last.PeriodId);
        if (point is null)
        {
            await Points.AddAsync(head, words, from, wanted, due!.Value, Context.RequestAborted);
            await DoneAsync("report.point");
        }
        else
        {
            await KeptAsync("report.point", await Points.PlanAsync(point with { Version = version }, words, from, wanted, due!.Value, Context.RequestAborted));
        }
    }

    private async Task JudgeAsync()
    {
        MustBeDraft();
        var reached = form.Many("reached", ["yes", "partly", "no"]).SingleOrDefault();
        var isClosed = form.Raw("next") == "closed";
        var (done, why) = (Long("done"), Long("why"));
        var due = form.Day("due", L["Vul in tot wanneer.", "Fill in until when."]);
        if (reached is null && isClosed)
        {
            form.Fault("reached", L["Kies of het is gelukt: een punt gaat niet weg zonder antwoord.", "Choose whether it was reached: a point does not go away without an answer."]);
        }

        if (reached is "no" or "partly" && why is null)
        {
            form.Fault("why", L["Schrijf op waarom het niet helemaal is gelukt.", "Write down why it was not wholly reached."]);
        }

        if (form.IsGood)
        {
            var words = point!.Words with { Done = done, Why = why };
            await KeptAsync("report.point-judge", await Points.JudgeAsync(point with { Version = version }, words, reached, due!.Value, isClosed ? Id : null, Context.RequestAborted));
        }
    }

    private async Task RemoveAsync()
    {
        MustBeDraft();
        await KeptAsync("report.point-remove", await Points.RemoveAsync(point!, Context.RequestAborted));
    }

    private string? Long(string name)
    {
        var text = (form.Raw(name) ?? "").Trim().ReplaceLineEndings(" ");
        if (text.Length > 1000)
        {
            form.Fault(name, L["Dit is te lang: hoogstens 1000 tekens.", "This is too long: 1000 characters at most."]);
        }

        return text.Length == 0 ? null : text;
    }

    private void MustBeDraft()
    {
        if (head.IsFrozen)
        {
            throw new ProblemException(ProblemKinds.ReportFrozen);
        }
    }

    private async Task KeptAsync(string action, bool kept)
    {
        if (kept)
        {
            await DoneAsync(action);
            return;
        }

        form.Fault("", L["Een collega heeft dit punt intussen veranderd. Wat u typte staat er nog; open de pagina ernaast opnieuw en vergelijk.", "A colleague changed this point meanwhile. What you typed is still here; open the page again beside it and compare."]);
    }

    private async Task DoneAsync(string action)
    {
        await Audit.NowAsync(AuditEvent.Of(Context, action, $"report/{Id}"), Context.RequestAborted);
        Navigation.NavigateTo($"/reports/{Id}?kept=1");
    }
}
