using System.Diagnostics;
using System.Globalization;
using ClientVoice.Clients;
using ClientVoice.Clients.Import;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Benchmarks;

/// <summary>A client list of 10,000 rows from file to database, against reading the file alone.</summary>
internal static class ImportBenchmarks
{
    private const int Many = 10_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-import-").FullName;
        await using var app = House.Builder(["--ClientVoice:Data", folder, "--environment", "Production", "--Logging:LogLevel:Default=None"]).Build();
        await app.Services.GetRequiredService<Migrator>().RunAsync(default);
        var (organisation, location, group) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var store = app.Services.GetRequiredService<ClientStore>();
        await store.AddPlaceAsync(new Place(organisation, null, "organisation", "Groot", 5), default);
        await store.AddPlaceAsync(new Place(location, organisation, "location", "Huis", null), default);
        await store.AddGroupAsync(new ClientGroup(group, "g", new LocalText("Groep", null), "wlz", ["speaks"], [], []), default);
        using var file = await FileAsync();
        // Warm: tiered compilation must have seen it before it counts.
        SheetReader.Read(file);

        var watch = Stopwatch.StartNew();
        var table = SheetReader.Read(file);
        var read = watch.Elapsed;
        var planner = app.Services.GetRequiredService<ImportPlanner>();
        var fields = await app.Services.GetRequiredService<ImportColumns>().SuggestAsync(table.Headings, default);
        watch.Restart();
        var plan = await planner.PlanAsync(table, new ImportWishes(fields, null, null, true), null, default);
        var planned = watch.Elapsed;
        watch.Restart();
        await app.Services.GetRequiredService<ImportWriter>().WriteAsync(plan, Guid.CreateVersion7(), null, null, default);
        var written = watch.Elapsed;
        watch.Restart();
        var again = await planner.PlanAsync(table, new ImportWishes(fields, null, null, true), null, default);
        var compared = watch.Elapsed;
        if (plan.New.Count != Many || !again.IsEmpty)
        {
            throw new InvalidOperationException("The list of the benchmark must be read in whole, once.");
        }

        Console.WriteLine($"{Many} rows, {file.Length:N0} bytes:");
        Say("read the file (baseline)", read, read);
        Say("look what it would do", planned, read);
        Say("read it in", written, read);
        Say("look again, with everybody there", compared, read);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    private static void Say(string what, TimeSpan took, TimeSpan baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {took.TotalSeconds,7:N2} s  {took / baseline,6:N1} x"));

    private static async Task<MemoryStream> FileAsync()
    {
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet("Lijst", [.. ImportField.All.Select(f => new SheetColumn(f.Title.Nl, CellType.Text))]);
            for (var i = 0; i < Many; i++)
            {
                sheet.Row($"N{i}", $"Voornaam{i} Achternaam{i}", $"Voornaam{i}", "Huis", "Groep", "praat", "12-5-1970", "1-2-2024", null, null, $"Ouder {i}", "ouder", null);
            }
        }

        return file;
    }
}
