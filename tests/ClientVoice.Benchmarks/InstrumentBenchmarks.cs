using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Benchmarks;

/// <summary>Checking and scoring conversations against parsing them alone, and reading a folder of 500 instruments.</summary>
internal static class InstrumentBenchmarks
{
    private const int Conversations = 100_000;
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        Score();
        await LoadAsync();
    }

    private static void Score()
    {
        using var folder = new BenchmarkFolder();
        folder.AddFortyQuestions();
        var content = FolderReader.Read(folder.Path);
        var instrument = content.Files.Count == 1 ? content.Files[0].Instrument : throw new InvalidOperationException(string.Join('\n', content.Faults));
        var texts = Enumerable.Range(0, 200).Select(seed => Answers(instrument, seed)).ToArray();
        long faults = 0, scores = 0;
        void Parse(int n)
        {
            using var json = JsonDocument.Parse(texts[n % texts.Length]);
        }

        void Check(int n)
        {
            using var json = JsonDocument.Parse(texts[n % texts.Length]);
            faults += instrument.Validate(json.RootElement).Count;
        }

        void CheckAndScore(int n)
        {
            using var json = JsonDocument.Parse(texts[n % texts.Length]);
            faults += instrument.Validate(json.RootElement).Count;
            scores += instrument.Score(json.RootElement).Count;
        }

        var medians = Measure.Medians(Runs, () => Repeat(Parse), () => Repeat(Check), () => Repeat(CheckAndScore));
        if (faults > 0 || scores == 0)
        {
            throw new InvalidOperationException("The answers of the benchmark must be valid and scored.");
        }

        Console.WriteLine($"{Conversations} conversations of {instrument.Questions.Count} questions ({texts.Average(text => text.Length):N0} bytes), median of {Runs} runs:");
        foreach (var (name, measured) in ((string[])["parse (baseline)", "parse and validate", "parse, validate and score"]).Zip(medians))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-26} {Conversations / measured.Time.TotalSeconds,9:F0} per second  {measured.Bytes / Conversations,7} bytes each  {measured.Time / medians[0].Time,5:F1} x the baseline"));
        }
    }

    private static void Repeat(Action<int> one)
    {
        for (var n = 0; n < Conversations; n++)
        {
            one(n);
        }
    }

    private static byte[] Answers(Instrument instrument, int seed)
    {
        var random = new Random(seed);
        var answers = new JsonObject();
        foreach (var question in instrument.Questions)
        {
            answers[question.Id] = question.Kind switch
            {
                AnswerKind.Choice => question.Options[random.Next(question.Options.Count)].Code,
                AnswerKind.Number => random.Next(1, 11),
                AnswerKind.Text => "Het gaat wel goed, maar ik zou vaker naar buiten willen.",
                _ => null,
            };
        }

        return JsonSerializer.SerializeToUtf8Bytes(answers);
    }

    private static async Task LoadAsync()
    {
        using var folder = new BenchmarkFolder();
        var files = folder.AddShipped(500);
        var times = new List<(TimeSpan Read, TimeSpan First, TimeSpan Again, long Kept)>();
        for (var run = 0; run <= Runs; run++)
        {
            times.Add(await LoadOnceAsync(folder.Path, files));
        }

        // The first run compiles the code; a service pays that once.
        var cold = times[0];
        var warm = times.Skip(1).ToList();
        TimeSpan Median(Func<(TimeSpan Read, TimeSpan First, TimeSpan Again, long Kept), TimeSpan> of) => warm.Select(of).Order().ElementAt(Runs / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {files} instrument files, median of {Runs} runs (and the very first):
              read and check the folder     {Median(t => t.Read).TotalSeconds:F2} s ({cold.Read.TotalSeconds:F2} s)
              first start, all published    {Median(t => t.First).TotalSeconds:F2} s ({cold.First.TotalSeconds:F2} s)
              later start                   {Median(t => t.Again).TotalSeconds:F2} s ({cold.Again.TotalSeconds:F2} s)
              kept in memory                {warm.Select(t => t.Kept).Order().ElementAt(Runs / 2) / 1024.0 / 1024.0:F0} MB
            """));
    }

    private static async Task<(TimeSpan Read, TimeSpan First, TimeSpan Again, long Kept)> LoadOnceAsync(string folder, int files)
    {
        var data = Directory.CreateTempSubdirectory("benchmark-").FullName;
        try
        {
            await using var services = Services(folder, data);
            await services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
            var read = Measure.Once(() => FolderReader.Read(folder)).Time;
            var watch = Stopwatch.StartNew();
            await services.LoadInstrumentsAsync();
            var first = watch.Elapsed;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await using var again = Services(folder, data);
            watch.Restart();
            await again.LoadInstrumentsAsync();
            var later = watch.Elapsed;
            var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
            var state = again.GetRequiredService<ICatalogue>().Current;
            return state.Instruments.Count == files && state.Faults.Count == 0
                ? (read, first, later, kept)
                : throw new InvalidOperationException($"{state.Instruments.Count} of {files} loaded: {state.Faults.FirstOrDefault()}");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(data, recursive: true);
        }
    }

    private static ServiceProvider Services(string folder, string data)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(new DatabaseOptions { Kind = "sqlite", Folder = data });
        services.AddInstruments(folder);
        return services.BuildServiceProvider();
    }
}
