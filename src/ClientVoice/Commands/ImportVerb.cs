using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Import;
using ClientVoice.Clients.Register;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Commands;

/// <summary><c>import clients FILE.xlsx</c>: all rows or none, each fault with its row and cell.</summary>
internal static class ImportVerb
{
    private const string Usage = "import: say 'import clients FILE.xlsx [--group CODE] [--communication CODE] [--complete] [--look]'.";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["clients", var path, ..] || path.StartsWith('-'))
        {
            throw new UsageException(Usage);
        }

        var options = new VerbOptions("import", args[2..], ["group", "communication"], ["complete", "look"]);
        var file = HousePaths.FromCaller(path);
        ImportTable table;
        try
        {
            await using var stream = File.OpenRead(file);
            table = SheetReader.Read(stream);
        }
        catch (ImportException wrong)
        {
            throw new InvalidOperationException($"{file}: {ImportFault.Text(wrong.Kind).In("en")}");
        }

        await using var app = House.Builder(options.Settings).Build();
        await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        return await ReadAsync(app.Services, file, table, options);
    }

    private static async Task<int> ReadAsync(IServiceProvider services, string file, ImportTable table, VerbOptions options)
    {
        var columns = services.GetRequiredService<ImportColumns>();
        var wishes = new ImportWishes(
            await columns.SuggestAsync(table.Headings, CancellationToken.None), await GroupAsync(services, options.Text("group")), Communication(options.Text("communication")), options.Has("complete"));
        var plan = await services.GetRequiredService<ImportPlanner>().PlanAsync(table, wishes, null, CancellationToken.None);
        foreach (var fault in plan.Faults)
        {
            var where = fault.Row is null ? fault.Field!.Title.In("en") : ImportTemplate.Cell(fault, table.Headings);
            Console.Error.WriteLine($"{file}: {where}: {ImportFault.Text(fault.Kind).In("en")}");
        }

        if (!plan.IsGood)
        {
            Console.Error.WriteLine($"{plan.Faults.Count} faults; nothing was read in");
            return 1;
        }

        var said = $"{plan.New.Count} new, {plan.Changed.Count(c => !c.Moves && !c.Leaves)} changed, {plan.Changed.Count(c => c.Moves)} moved, {plan.Missing.Count + plan.Changed.Count(c => c.Leaves)} left, {plan.Unchanged} unchanged";
        if (options.Has("look"))
        {
            Console.WriteLine($"would read in: {said}");
            return 0;
        }

        var console = new ConsoleProgress("import");
        var batch = Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (!await services.GetRequiredService<ImportWriter>().WriteAsync(plan, batch, null, new Steps(console), CancellationToken.None))
        {
            throw new InvalidOperationException("import: somebody changed something meanwhile; nothing was read in. Try again.");
        }

        await services.GetRequiredService<IAuditTrail>().NowAsync(new AuditEvent("system", null, "client.import", $"batch/{batch}", null, "done"), CancellationToken.None);
        Console.WriteLine(said);
        return 0;
    }

    private static async Task<Guid?> GroupAsync(IServiceProvider services, string? code)
    {
        var groups = await services.GetRequiredService<ClientStore>().GroupsAsync(CancellationToken.None);
        return code is null ? null : groups.FirstOrDefault(g => g.Code == code)?.Id
            ?? throw new UsageException($"import: there is no client group '{code}'; there are {string.Join(", ", groups.Select(g => g.Code))}.");
    }

    private static string? Communication(string? code) => code is null || ClientCodes.Communications.Contains(code)
        ? code
        : throw new UsageException($"import: --communication is one of {string.Join(", ", ClientCodes.Communications)}.");

    private sealed class Steps(IProgress<WorkProgress> console) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => console.Report(new WorkProgress(value.Done, value.Total));
    }
}
