using System.Runtime.CompilerServices;

namespace ClientVoice.Shell.Lists;

/// <summary>A list from its first line to its last, which may be more than memory should hold: the ids in order, and the lines as they are asked for.</summary>
/// <typeparam name="T">A line of the list.</typeparam>
/// <param name="ids">In the order of the list.</param>
/// <param name="read">The lines of some of the ids, in that order. What is gone by then is left out.</param>
internal sealed class WholeList<T>(IReadOnlyList<Guid> ids, Func<IReadOnlyList<Guid>, CancellationToken, Task<IReadOnlyList<T>>> read)
{
    // A database takes only so many values at once, and reads these in some milliseconds.
    private const int AtOnce = 1_000;

    /// <summary>How many lines there were when it was asked for.</summary>
    public int Count => ids.Count;

    /// <summary>The lines.</summary>
    public async IAsyncEnumerable<T> LinesAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var some in ids.Chunk(AtOnce))
        {
            foreach (var line in await read(some, cancel))
            {
                yield return line;
            }
        }
    }
}
