using ClientVoice.Access;
using ClientVoice.Problems;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>What the pages of a report share: whose it is to see, and how it reads now.</summary>
internal sealed class ReportDesk(ReportStore reports, PointStore points, ReportMaker maker)
{
    /// <summary>The report of an address.</summary>
    /// <exception cref="ProblemException">There is none in this person's places, or it is a draft that they may not see.</exception>
    public async Task<ReportHead> HeadAsync(HttpContext context, Guid id) =>
        await reports.FindAsync(id, context.User.PersonId(), Roles.Has(context.User.PersonRole(), Right.WriteReports), context.RequestAborted) ?? throw new ProblemException(ProblemKinds.NotFound);

    /// <summary>As it was frozen, or as a draft reads now; null of a draft of which nothing was counted.</summary>
    public async Task<QualityReport?> ReadAsync(HttpContext context, ReportHead head)
    {
        var cancel = context.RequestAborted;
        return head.IsFrozen
            ? await reports.FrozenAsync(head.Id, cancel)
            : await maker.MakeAsync(head, await reports.WordsAsync(head.Id, cancel), await points.OfReportAsync(head, cancel), context.User.PersonId(), cancel);
    }

    /// <summary>The texts that a report has room for, in its order.</summary>
    public static IReadOnlyList<(string Part, LocalText Name)> Parts(QualityReport? report) =>
    [
        (ReportWords.Introduction, new("Inleiding", "Introduction")),
        .. from g in report?.Groups ?? []
           from part in (IEnumerable<(string, LocalText)>)
           [
               (ReportWords.Group(g.Id), new LocalText($"{g.Name.Nl}: wat wij hierin zien", $"{g.Name.In("en")}: what we see in this")),
               (ReportWords.Heard(g.Id), new LocalText($"{g.Name.Nl}: wat we deden om hen te horen", $"{g.Name.In("en")}: what we did to hear them")),
           ]
           select part,
        (ReportWords.Ahead, new("Wat we nu gaan doen", "What we are going to do now")),
        (ReportWords.Council, new("Wat de cliëntenraad vindt", "What the client council says")),
    ];
}
