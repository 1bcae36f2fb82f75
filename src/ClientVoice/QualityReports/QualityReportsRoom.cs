using ClientVoice.Access;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>The quality report: one model, several voices, and the improvement points that go from one report into the next.</summary>
internal static class QualityReportsRoom
{
    public static void AddQualityReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportQuotes>();
        services.AddSingleton<ReportStore>();
        services.AddSingleton<PointStore>();
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton(s =>
        {
            using var script = new StreamReader(s.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo("read-aloud.js").CreateReadStream());
            return new EasyFile(s.GetRequiredService<IReportPictures>(), script.ReadToEnd());
        });
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<ReportLinks>();
        services.AddNavigation(new NavigationEntry(
            15, "/reports", new("Rapport", "Report"), new("Het kwaliteitsrapport: wat cliënten vertelden en wat u ermee doet.", "The quality report: what clients told and what you do with it."), Right.SeeReports));
    }

    public static void MapQualityReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/export", ReportExport.HandleAsync).Require(Right.SeeReports);
        app.MapGet("/reports/{id:guid}/file", DownloadReport.HandleAsync).Require(Right.SeeReports);
        app.MapGet("/shared/file", DownloadReport.SharedAsync).AllowAnonymous();
    }
}
