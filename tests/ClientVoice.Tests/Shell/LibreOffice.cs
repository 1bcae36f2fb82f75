using System.Diagnostics;

namespace ClientVoice.Tests.Shell;

/// <summary>Opens what we write with another program than ours.</summary>
internal static class LibreOffice
{
    private const string Program = "/usr/bin/soffice";

    /// <summary>Makes a PDF of each file, in the folder.</summary>
    /// <returns>The sizes of the PDFs in bytes.</returns>
    public static async Task<IReadOnlyList<long>> PdfAsync(string folder, IReadOnlyList<string> files)
    {
        Assert.That(File.Exists(Program), "LibreOffice is on this machine; tests/run installs it");
        // A profile of its own: a LibreOffice that somebody has open does not answer instead.
        string[] arguments = ["--headless", $"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf", "--outdir", folder, .. files];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        var pdfs = files.Select(f => Path.ChangeExtension(f, ".pdf")).ToList();
        Assert.That(pdfs.Where(f => !File.Exists(f)), Is.Empty, $"LibreOffice opens every file: {await said} {await complained}");
        return [.. pdfs.Select(f => new FileInfo(f).Length)];
    }
}
