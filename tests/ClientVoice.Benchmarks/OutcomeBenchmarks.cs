using System.Diagnostics;
using System.Globalization;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Benchmarks;

/// <summary>
/// Counting everything against a bare GROUP BY over the same answers in the same database, and counting a thousand new
/// conversations on top of ten thousand, a hundred thousand and a million.
/// </summary>
internal static class OutcomeBenchmarks
{
    private const int New = 1_000;
    // Not counted: a service that counts every five minutes has long been compiled for what it does.
    private const int Warm = 2;
    private const int Runs = 9;
    private static readonly int[] Histories = [10_000, 100_000, 1_000_000];

    /// <param name="smallest">Histories below this are left out.</param>
    /// <param name="largest">And those above this.</param>
    public static async Task RunAsync(int smallest, int largest)
    {
        var flat = new List<(int History, TimeSpan Time)>();
        foreach (var history in Histories.Where(h => h >= smallest && h <= largest))
        {
            await using var house = await CountedHouse.StartAsync(history);
            await WholeAsync(house, history);
            flat.Add((history, await ChangedAsync(house, history)));
        }

        Say("counting 1,000 new conversations, against the same on the smallest history:");
        foreach (var (history, time) in flat)
        {
            Say($"  on {history,9:N0}   {time.TotalSeconds,6:F2} s   {time / flat[0].Time,5:F2} x");
        }
    }

    private static async Task WholeAsync(CountedHouse house, int history)
    {
        // Once before and once after, so that neither has the warmer cache.
        var bare = await BareAsync(house);
        var memory = new Memory();
        var watch = Stopwatch.StartNew();
        var busy = Environment.CpuUsage.TotalTime;
        var line = await house.CountAsync(true);
        var whole = watch.Elapsed;
        busy = Environment.CpuUsage.TotalTime - busy;
        var peak = memory.Stop();
        var after = await BareAsync(house);
        var baseline = (bare + after) / 2;
        Say($"{history:N0} conversations, {house.Answers:N0} answers: {line}");
        Say($"  bare GROUP BY (group, place, month, question)   {baseline.TotalSeconds,7:F1} s  ({bare.TotalSeconds:F1} before, {after.TotalSeconds:F1} after)");
        Say($"  counting everything, the first publication      {whole.TotalSeconds,7:F1} s  {whole / baseline:F2} x  processors busy {busy.TotalSeconds:F1} s  {peak}");
    }

    private static async Task<TimeSpan> ChangedAsync(CountedHouse house, int history)
    {
        var times = new List<TimeSpan>();
        var busy = new List<TimeSpan>();
        var line = "";
        var peak = "";
        for (var run = -Warm; run < Runs; run++)
        {
            await house.AddAsync(New, today: true);
            var memory = new Memory();
            var watch = Stopwatch.StartNew();
            var before = Environment.CpuUsage.TotalTime;
            line = await house.CountAsync(false);
            var (took, worked) = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
            peak = memory.Stop();
            if (run >= 0)
            {
                times.Add(took);
                busy.Add(worked);
            }
        }

        var median = times.Order().ElementAt(Runs / 2);
        Say($"  {New:N0} new on top of {history:N0}: median of {Runs} {median.TotalSeconds:F2} s ({string.Join(", ", times.Select(t => t.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)))}), processors busy {busy.Order().ElementAt(Runs / 2).TotalSeconds:F2} s, {peak}; {line}");
        return median;
    }

    private static async Task<TimeSpan> BareAsync(CountedHouse house)
    {
        await using var connection = await house.Database.OpenAsync(default);
        // As the counting has it.
        await using var many = await ForManyRows.BeginAsync(house.Database.Dialect, connection);
        var watch = Stopwatch.StartNew();
        await using var rows = await connection.ExecuteReaderAsync(
            """
            SELECT c.GroupId, c.PlaceId, SUBSTR(c.HeldOn, 1, 7), a.QuestionId, COUNT(*), SUM(a.Score), SUM(a.Score * a.Score)
            FROM Conversation c JOIN Answer a ON a.ConversationId = c.Id
            WHERE c.Outcome = 'finished'
            GROUP BY c.GroupId, c.PlaceId, SUBSTR(c.HeldOn, 1, 7), a.QuestionId
            """, commandTimeout: 3600);
        while (await rows.ReadAsync())
        {
        }

        return watch.Elapsed;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);

    // The process holds what the benchmark itself needs as well: what it says is an upper bound.
    private sealed class Memory
    {
        private readonly Task<string> watching;
        private volatile bool ended;

        public Memory()
        {
            GC.Collect(2, GCCollectionMode.Aggressive, true, true);
            watching = Task.Run(async () =>
            {
                var (most, managed) = (0L, 0L);
                while (!ended)
                {
                    using var process = Process.GetCurrentProcess();
                    most = Math.Max(most, process.WorkingSet64);
                    managed = Math.Max(managed, GC.GetTotalMemory(false));
                    await Task.Delay(50);
                }

                return $"largest working set {most / 1_000_000} MB, of it the program's objects at most {managed / 1_000_000} MB";
            });
        }

        public string Stop()
        {
            ended = true;
            return watching.GetAwaiter().GetResult();
        }
    }
}
