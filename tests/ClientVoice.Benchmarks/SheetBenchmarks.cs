// The streaming Excel writer against compressing the very same sheet: what writing cells costs beyond the zip itself.
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Benchmarks;

internal static class SheetBenchmarks
{
    private static readonly SheetColumn[] Columns =
    [
        new("Plaats", CellType.Text), new("Cliëntgroep", CellType.Text), new("Periode", CellType.Text), new("Levensgebied", CellType.Text),
        new("Mensen", CellType.Whole), new("Gehouden", CellType.Whole), new("Geweigerd", CellType.Whole), new("Gemiddelde", CellType.Number),
        new("Van", CellType.Number), new("Tot", CellType.Number), new("Dag", CellType.Date), new("Verborgen", CellType.Flag),
    ];

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-sheets-").FullName;
        var file = Path.Combine(folder, "sheet.xlsx");
        await WriteAsync(file, Math.Min(rows, 20_000));
        var plain = Path.Combine(folder, "sheet.xml");
        var most = 0L;
        var (written, compressed) = (new List<double>(), new List<double>());
        for (var run = 0; run < 3; run++)
        {
            using var watching = new CancellationTokenSource();
            var watch = WatchAsync(bytes => most = Math.Max(most, bytes), watching.Token);
            written.Add(await TimeAsync(() => WriteAsync(file, rows)));
            await watching.CancelAsync();
            await watch;
            Unpack(file, plain);
            compressed.Add(await TimeAsync(() => CompressAsync(plain, Path.Combine(folder, "again.zip"))));
        }

        var (one, other) = (written.Order().ElementAt(1), compressed.Order().ElementAt(1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows x {Columns.Length} columns, {new FileInfo(plain).Length / 1_000_000.0:0.0} MB of XML, {new FileInfo(file).Length / 1_000_000.0:0.0} MB packed; medians of three"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compressing the same bytes {other:0.00} s, writing the sheet {one:0.00} s: {one / other:0.00} x; largest working set {most / 1_000_000.0:0} MB"));
        Directory.Delete(folder, true);
    }

    private static async Task WriteAsync(string file, int rows)
    {
        await using var stream = File.Create(file);
        await using var book = new Workbook(stream);
        await using var sheet = book.Sheet("Uitkomsten", Columns, count => $"Aantal rijen: {count}");
        for (var i = 0; i < rows; i++)
        {
            sheet.Row(
                $"Locatie {i % 300}", $"Groep {i % 8}", $"{2020 + (i % 7)}", $"Levensgebied {i % 11}", i % 97, i % 89, i % 7,
                (i % 1000) / 10.0, (i % 900) / 10.0, (i % 1100) / 11.0, new DateOnly(2026, 1, 1).AddDays(i % 365), i % 5 == 0);
        }
    }

    private static void Unpack(string file, string plain)
    {
        using var zip = ZipFile.OpenRead(file);
        zip.Entries.Single(e => e.FullName == "xl/worksheets/sheet1.xml").ExtractToFile(plain, true);
    }

    private static async Task CompressAsync(string plain, string packed)
    {
        await using var from = File.OpenRead(plain);
        await using var to = File.Create(packed);
        using var zip = new ZipArchive(to, ZipArchiveMode.Create);
        await using var entry = zip.CreateEntry("sheet1.xml", CompressionLevel.Fastest).Open();
        await from.CopyToAsync(entry, 1 << 16);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task WatchAsync(Action<long> seen, CancellationToken until)
    {
        using var process = Process.GetCurrentProcess();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(until))
            {
                process.Refresh();
                seen(process.WorkingSet64);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
