namespace ClientVoice.Shell.Lists;

/// <summary>A long list of which the last comes first: most who open it look at its beginning, which is of the last month or year, and what was before need not be looked at for that.</summary>
internal static class Lately
{
    // In days before today.
    private static readonly int[] Days = [-31, -366];

    /// <summary>A day since which there are enough lines; null where that is long ago.</summary>
    /// <param name="wanted">How many lines, from the first.</param>
    /// <param name="countAsync">How many there are since a day.</param>
    public static async Task<DateOnly?> SinceAsync(TimeProvider time, long wanted, Func<DateOnly, Task<int>> countAsync)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        foreach (var since in Days.Select(today.AddDays))
        {
            if (await countAsync(since) >= wanted)
            {
                return since;
            }
        }

        return null;
    }
}
