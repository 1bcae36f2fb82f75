// An hour of a working day: tablets that send, desks that read, a BI tool that refreshes and the scheduler's own jobs, against the
// service in a process of its own with everything as in production. What leaks, grows or is lost only after a while shows here.
using System.Diagnostics;
using System.Globalization;
using ClientVoice.Access;

namespace ClientVoice.Benchmarks.Soak;

internal static class SoakBenchmarks
{
    private static readonly TimeSpan PageEvery = TimeSpan.FromSeconds(2), PullEvery = TimeSpan.FromMinutes(1), StopsWithin = TimeSpan.FromSeconds(10);

    /// <param name="perSecond">Conversations of all tablets together. Six: more than the largest organisation sends in its busiest hour, and far less than the service takes.</param>
    /// <returns>Whether nothing was lost and nothing unexpected came.</returns>
    public static async Task<bool> RunAsync(int minutes, int tablets, int perSecond)
    {
        var making = Stopwatch.StartNew();
        var house = await SoakHouse.MakeAsync(tablets);
        Say($"{house.Before} conversations to begin with, made in {making.Elapsed.TotalSeconds:0} s; {tablets} tablets send {perSecond} conversations a second together, two people open a page each every {PageEvery.TotalSeconds:0} s, a BI tool pulls everything every minute");
        Say($"min  accepted  submit p50/p95/p99  page p50/p95/p99    feed p50/p95/p99    memory  handles threads  db MB log MB pending published  errors");
        var (caller, ledger) = (new SoakCaller(new SoakFigures()), new SoakLedger());
        await using var service = await SoakService.StartAsync(house.Folder);
        var (took, exit) = await LoadAsync(house, service, caller, ledger, minutes, tablets, perSecond);
        List<string> wrong = [.. Sum(caller.Figures.Minutes), .. service.Faults.Select(f => $"{f.Value} x in the service's log: {f.Key}")];
        if (took > StopsWithin || exit != 0)
        {
            wrong.Add($"the stop took {took.TotalSeconds:0.0} s and ended with {exit}");
        }

        wrong.AddRange(await SoakProof.FaultsAsync(house, ledger));
        Say($"stopped under load in {took.TotalSeconds:0.0} s; {ledger.Receipts.Count} receipts, {ledger.Unanswered.Count} without an answer at the stop, {ledger.Corrections.Taken} corrections; database {new FileInfo(house.File).Length / 1e6:0} MB");
        wrong.ForEach(line => Console.WriteLine($"WRONG: {line}"));
        Console.WriteLine(wrong.Count == 0 ? "nothing lost, no errors" : $"look in {house.Folder}");
        if (wrong.Count == 0)
        {
            house.Delete();
        }

        return wrong.Count == 0;
    }

    private static async Task<(TimeSpan Took, int Exit)> LoadAsync(SoakHouse house, SoakService service, SoakCaller caller, SoakLedger ledger, int minutes, int tablets, double perSecond)
    {
        using var stop = new CancellationTokenSource();
        var all = Enumerable.Range(0, tablets).Select(n => new SoakTablet(house, n, service.Address, caller, ledger)).ToList();
        var desk = new SoakDesk(house, service.Address, caller, ledger);
        List<Task> load =
        [
            .. all.Select(tablet => Task.Run(() => tablet.RunAsync(TimeSpan.FromSeconds(tablets / perSecond), stop.Token))),
            Task.Run(() => desk.ReadAsync(SoakHouse.Officer, Roles.QualityOfficer, PageEvery, stop.Token)),
            Task.Run(() => desk.ReadAsync(SoakHouse.Leader, Roles.TeamLeader, PageEvery, stop.Token)),
            Task.Run(() => desk.CorrectAsync(stop.Token)),
            Task.Run(() => new SoakReader(house, service.Address, caller).PullAsync(PullEvery, stop.Token)),
        ];
        using var operators = new HttpClient { BaseAddress = new Uri(service.Address) };
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (caller.Figures.Minutes.Count < minutes && await timer.WaitForNextTickAsync())
        {
            Show(caller.Figures.Close(service.State(await operators.GetStringAsync(new Uri("/metrics", UriKind.Relative)))));
            // Who makes the load must not fall away in silence.
            foreach (var ended in load.Where(t => t.IsCompleted))
            {
                await ended;
            }
        }

        caller.Stopping = true;
        var stopped = await service.StopAsync();
        await stop.CancelAsync();
        await Task.WhenAll(load);
        all.ForEach(tablet => tablet.Dispose());
        return stopped;
    }

    private static void Show(SoakMinute minute)
    {
        var errors = string.Join(", ", minute.Errors.Select(e => $"{e.Key}: {e.Value}"));
        Say($"{minute.Number,3}  {minute.Accepted,8}  {SoakFigures.Percentiles(minute, "submit"),-18}  {SoakFigures.Percentiles(minute, "page"),-18}  {SoakFigures.Percentiles(minute, "feed"),-18}  {minute.State.Memory,6:0}  {minute.State.Handles,7} {minute.State.Threads,7} {minute.State.Database,6:0} {minute.State.Log,6:0.0} {minute.State.Pending,7:0} {minute.State.Published,8:0}s  {(errors.Length == 0 ? "none" : errors)}");
    }

    private static IEnumerable<string> Sum(IReadOnlyList<SoakMinute> minutes)
    {
        Say($"in all {minutes.Sum(m => m.Accepted)} conversations in {minutes.Count} minutes; first quarter, last quarter, ratio:");
        foreach (var trend in SoakFigures.Trends(minutes))
        {
            Say($"  {trend.Name,-22} {trend.First,9:0.0} {trend.Last,9:0.0} {trend.Ratio,6:0.00} x  {(trend.IsFlat ? "" : "grew")}");
        }

        Say($"single pages and downloads whose median grew:");
        foreach (var page in SoakFigures.Grown(minutes))
        {
            Say($"  {page.Name,-60} {page.First,9:0.0} {page.Last,9:0.0} {page.Ratio,6:0.00} x");
        }

        return minutes.SelectMany(m => m.Errors).GroupBy(e => e.Key).Select(e => $"{e.Sum(one => one.Value)} x {e.Key}");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
