using ClientVoice.Problems;

namespace ClientVoice.QualityReports;

/// <summary>A file of a frozen report, as the job made it.</summary>
internal static class DownloadReport
{
    /// <summary>GET /reports/{id}/file: for who may see the report.</summary>
    public static async Task<IResult> HandleAsync(Guid id, string? voice, string? language, HttpContext context, ReportDesk desk, ReportFiles files)
    {
        var head = await desk.HeadAsync(context, id);
        return await FileAsync(head.Id, voice, language, context, files);
    }

    /// <summary>GET /shared/file: for who has a link that still holds.</summary>
    public static async Task<IResult> SharedAsync(string? key, string? voice, string? language, HttpContext context, ReportLinks links, ReportFiles files) =>
        await FileAsync(await links.FindAsync(key, context.RequestAborted) ?? throw new ProblemException(ProblemKinds.LinkGone), voice, language, context, files);

    private static async Task<IResult> FileAsync(Guid id, string? voice, string? language, HttpContext context, ReportFiles files)
    {
        if (ReportFiles.Form(voice ?? "") is not var (media, ending) || language is not ("nl" or "en"))
        {
            throw new ProblemException(ProblemKinds.BadRequest, "Name a voice (word, easy, excel or json) and a language (nl or en).");
        }

        var content = await files.ReadAsync(id, voice!, language, context.RequestAborted) ?? throw new ProblemException(ProblemKinds.ReportFileNotReady);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(content, media, $"kwaliteitsrapport-{id.ToString("N")[^8..]}-{language}.{ending}");
    }
}
