using ClientVoice.Access;
using ClientVoice.Shell;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Jobs;

/// <summary>Answers <c>GET /jobs/export</c>: runs as the list is filtered, as an Excel file.</summary>
internal static class JobsExport
{
    public static async Task<IResult> HandleAsync(HttpContext context, WorkRuns runs, Language l, TimeProvider time)
    {
        var list = JobsPage.ListOf(context.Request);
        var (found, _) = await runs.ListAsync(list.Filter("job"), list.Filter("state"), list.Sort, list.Descending, 0, SheetText.MostRows - 1, context.RequestAborted);
        return ListFile.Of(context, l["verwerking.xlsx", "processing.xlsx"], l["Verwerking", "Processing"], found,
        [
            new(l["Begonnen", "Started"], CellType.Text, r => l.Moment(r.StartedAt, time), 22), new(l["Wat", "What"], CellType.Text, r => JobTexts.Named(r.Job, l), 36), new(l["Stand", "State"], CellType.Text, r => JobTexts.State(r, time.GetUtcNow(), l), 30),
            new(l["Uitkomst", "Result"], CellType.Text, r => JobTexts.Closing(r, l), 60), new(l["Duur (seconden)", "Duration (seconds)"], CellType.Number, r => r.EndedAt is { } end ? Math.Round((end - r.StartedAt).TotalSeconds, 1) : null),
        ]);
    }
}
