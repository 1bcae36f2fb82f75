// The arithmetic of a soak, apart from everything that makes its load: minutes, percentiles, and whether the last quarter is as the first.
using System.Globalization;

namespace ClientVoice.Benchmarks.Soak;

/// <summary>The service's process at one moment.</summary>
/// <param name="Memory">Resident, in MB.</param>
/// <param name="Handles">Open files and connections.</param>
/// <param name="Database">The database's file, in MB.</param>
/// <param name="Log">Its write-ahead log, in MB.</param>
/// <param name="Pending">Changes that wait to be counted.</param>
/// <param name="Published">Seconds since the last publication.</param>
internal sealed record SoakState(double Memory, int Handles, int Threads, double Database, double Log, double Pending, double Published);

/// <summary>What was seen in one minute.</summary>
/// <param name="Accepted">Conversations with a receipt for the first time.</param>
/// <param name="Took">Milliseconds of each request, by what was asked.</param>
/// <param name="TookOne">Milliseconds of each single page, by which one; each is in <paramref name="Took"/> too.</param>
/// <param name="Errors">Answers that were not expected, by what was asked and what came.</param>
internal sealed record SoakMinute(
    int Number, int Accepted, IReadOnlyDictionary<string, IReadOnlyList<double>> Took, IReadOnlyDictionary<string, IReadOnlyList<double>> TookOne, IReadOnlyDictionary<string, int> Errors, SoakState State);

/// <summary>One figure in the first and in the last quarter of the minutes.</summary>
internal sealed record SoakTrend(string Name, double First, double Last)
{
    // What two quarters of a service that does nothing new can differ on a machine that does other things too.
    private const double Flat = 1.25;

    /// <summary>The last over the first; 1 where both are nothing.</summary>
    public double Ratio => First > 0 ? Last / First : Last > 0 ? double.PositiveInfinity : 1;

    /// <summary>Whether it did not grow.</summary>
    public bool IsFlat => Ratio <= Flat;
}

/// <summary>Takes note of requests, from any thread.</summary>
internal sealed class SoakFigures
{
    private readonly Lock gate = new();
    private readonly List<SoakMinute> minutes = [];
    private Dictionary<string, List<double>> took = [], tookOne = [];
    private Dictionary<string, int> errors = [];
    private int accepted;

    public IReadOnlyList<SoakMinute> Minutes => minutes;

    /// <summary>A request that was answered as expected.</summary>
    /// <param name="one">Which one of those that are counted under that name; null where they are alike.</param>
    public void Took(string what, double milliseconds, string? one = null)
    {
        lock (gate)
        {
            Note(took, what);
            if (one is not null)
            {
                Note(tookOne, one);
            }
        }

        void Note(Dictionary<string, List<double>> by, string name) => (by.TryGetValue(name, out var all) ? all : by[name] = []).Add(milliseconds);
    }

    /// <summary>A conversation that has its receipt now.</summary>
    public void Accepted()
    {
        lock (gate)
        {
            accepted++;
        }
    }

    /// <summary>An answer that was not expected.</summary>
    /// <param name="came">Its status, or why there was none.</param>
    public void Error(string what, string came)
    {
        lock (gate)
        {
            errors[$"{what} {came}"] = errors.GetValueOrDefault($"{what} {came}") + 1;
        }
    }

    /// <summary>Ends a minute; what comes afterwards is the next one's.</summary>
    public SoakMinute Close(SoakState state)
    {
        lock (gate)
        {
            var minute = new SoakMinute(minutes.Count + 1, accepted, Sorted(took), Sorted(tookOne), errors, state);
            minutes.Add(minute);
            (took, tookOne, errors, accepted) = ([], [], [], 0);
            return minute;
        }

        static Dictionary<string, IReadOnlyList<double>> Sorted(Dictionary<string, List<double>> by) => by.ToDictionary(t => t.Key, t => (IReadOnlyList<double>)[.. t.Value.Order()]);
    }

    /// <summary>The value below which a share of the sorted values lies (nearest rank); 0 of none.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>The three percentiles of one kind in one minute, as text.</summary>
    public static string Percentiles(SoakMinute minute, string what)
    {
        var all = minute.Took.GetValueOrDefault(what) ?? [];
        return string.Create(CultureInfo.InvariantCulture, $"{At(all, .5),5:0}/{At(all, .95),5:0}/{At(all, .99),5:0}");
    }

    /// <summary>Every figure in the first and the last quarter of the minutes; with fewer than two minutes there is nothing to compare.</summary>
    public static IReadOnlyList<SoakTrend> Trends(IReadOnlyList<SoakMinute> minutes)
    {
        if (minutes.Count < 2)
        {
            return [];
        }

        var (first, last) = Quarters(minutes);
        return
        [
            .. Both(first, last, m => m.Took).SelectMany(what => new[] { .5, .95, .99 }.Select(share =>
                new SoakTrend(string.Create(CultureInfo.InvariantCulture, $"{what} p{share * 100:0} ms"), Of(first, what, share, m => m.Took), Of(last, what, share, m => m.Took)))),
            Mean("memory MB", s => s.Memory), Mean("handles", s => s.Handles), Mean("threads", s => s.Threads), Mean("log MB", s => s.Log), Mean("pending changes", s => s.Pending),
        ];

        SoakTrend Mean(string name, Func<SoakState, double> value) => new(name, first.Average(m => value(m.State)), last.Average(m => value(m.State)));
    }

    /// <summary>The medians of the single pages that grew, those that took longest in the last quarter first.</summary>
    public static IReadOnlyList<SoakTrend> Grown(IReadOnlyList<SoakMinute> minutes)
    {
        var (first, last) = Quarters(minutes);
        return [.. Both(first, last, m => m.TookOne).Select(one => new SoakTrend(one, Of(first, one, .5, m => m.TookOne), Of(last, one, .5, m => m.TookOne))).Where(t => !t.IsFlat).OrderByDescending(t => t.Last)];
    }

    private static (IReadOnlyList<SoakMinute> First, IReadOnlyList<SoakMinute> Last) Quarters(IReadOnlyList<SoakMinute> minutes)
    {
        var quarter = Math.Max(1, minutes.Count / 4);
        return ([.. minutes.Take(quarter)], [.. minutes.TakeLast(quarter)]);
    }

    // What was not asked in one of the two has nothing to compare.
    private static IEnumerable<string> Both(IEnumerable<SoakMinute> first, IEnumerable<SoakMinute> last, Func<SoakMinute, IReadOnlyDictionary<string, IReadOnlyList<double>>> by) =>
        first.SelectMany(m => by(m).Keys).Intersect(last.SelectMany(m => by(m).Keys)).Order(StringComparer.Ordinal);

    // Of all requests of the quarter together: a percentile of percentiles says nothing.
    private static double Of(IEnumerable<SoakMinute> part, string what, double share, Func<SoakMinute, IReadOnlyDictionary<string, IReadOnlyList<double>>> by) =>
        At([.. part.SelectMany(m => by(m).GetValueOrDefault(what) ?? []).Order()], share);
}
