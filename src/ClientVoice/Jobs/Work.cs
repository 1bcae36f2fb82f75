// What a job is to the other rooms. Behind it stands Quartz; nobody else names it.
using ClientVoice.Shell;

namespace ClientVoice.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units to do; 0 while it is not known.</param>
internal readonly record struct WorkProgress(int Done, int Total)
{
    /// <summary>How long it will take yet, if it goes on as it went; null where that cannot be told: nothing is done yet, or all is.</summary>
    public TimeSpan? Remaining(TimeSpan elapsed) => Done <= 0 || Done >= Total || elapsed <= TimeSpan.Zero ? null : elapsed * ((double)(Total - Done) / Done);
}

/// <summary>A piece of background work. One run at a time, over all nodes.</summary>
internal interface IWork
{
    /// <summary>Stable name, kebab-case.</summary>
    static abstract string Name { get; }

    /// <summary>Does the work and returns one closing line of counts, without personal data; null where there was nothing to do.</summary>
    /// <param name="progress">Writes to the database: do not report while a writing transaction is open.</param>
    Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel);
}
