using System.Diagnostics;

namespace ClientVoice.Benchmarks;

/// <summary>What one run of something took.</summary>
/// <param name="Time">Of the wall clock.</param>
/// <param name="Bytes">Allocated on the thread that ran it.</param>
internal sealed record Measured(TimeSpan Time, long Bytes);

/// <summary>Measures by hand: a median of runs in turn says enough where a ratio is asked for, and takes seconds.</summary>
internal static class Measure
{
    /// <summary>The median of each, measured in turn so that whatever else the machine does falls on all alike.</summary>
    public static IReadOnlyList<Measured> Medians(int runs, params Action[] actions)
    {
        foreach (var action in actions)
        {
            // Warm: tiered compilation must have seen it before it counts.
            action();
        }

        var all = actions.Select(_ => new List<Measured>()).ToList();
        for (var run = 0; run < runs; run++)
        {
            foreach (var (index, action) in actions.Index())
            {
                all[index].Add(Once(action));
            }
        }

        return [.. all.Select(measured => measured.OrderBy(one => one.Time).ElementAt(runs / 2))];
    }

    public static Measured Once(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        action();
        return new Measured(watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
