// Figures as ratios against a baseline of the same run: dotnet run -c Release --project tests/ClientVoice.Benchmarks -- NAME
using ClientVoice.Benchmarks;
using ClientVoice.Benchmarks.Soak;

var benchmarks = new Dictionary<string, Func<Task>>
{
    ["feed"] = FeedBenchmarks.RunAsync,
    ["import"] = ImportBenchmarks.RunAsync,
    // ingest server: on the T-SQL server that CLIENTVOICE_TEST_SQLSERVER names, in place of the embedded database.
    ["ingest"] = () => IngestBenchmarks.RunAsync(args.Contains("server") ? Environment.GetEnvironmentVariable("CLIENTVOICE_TEST_SQLSERVER") ?? throw new InvalidOperationException("CLIENTVOICE_TEST_SQLSERVER names no server.") : null),
    ["instruments"] = InstrumentBenchmarks.RunAsync,
    // outcomes 10000 100000: the histories from that up to that.
    ["outcomes"] = () => OutcomeBenchmarks.RunAsync(Number(1, 0), Number(2, int.MaxValue)),
    // pages 5000 98: so many clients and locations. pages 20000 300 1200000: and conversations of years. pages 5000 98 "/due?state=all": of these addresses alone.
    ["pages"] = () => PageBenchmarks.RunAsync(Number(1, 5000), Number(2, 98), args is [_, _, _, [not '/', ..], ..] ? Number(3, 0) : 0, [.. args.Skip(3).Where(a => a[0] == '/')]),
    ["secrets"] = SecretBenchmarks.RunAsync,
    // sheets 1000000: that many rows of twelve columns.
    ["sheets"] = () => SheetBenchmarks.RunAsync(Number(1, 1_000_000)),
    // soak 60 16 6: so many minutes and tablets, and conversations a second of all together; exits with 1 where something was lost or came that was not expected.
    ["soak"] = async () => Environment.ExitCode = await SoakBenchmarks.RunAsync(Number(1, 60), Number(2, 16), Number(3, 6)) ? 0 : 1,
};
if (args is not [var name, ..] || !benchmarks.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"Name one of: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}");
await run();
return Environment.ExitCode;

int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
