using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ClientVoice.Database;

/// <summary>
/// Reads on while what was read is worked on: with millions of rows the database and the program each have something to do. Whatever
/// reads must not be used for anything else meanwhile.
/// </summary>
internal static class ReadAhead
{
    // Small enough to be let go cheaply, large enough that handing over costs nothing.
    private const int Together = 1_000;
    private const int Ahead = 4;

    /// <summary>The rows, some at a time, in their order. Nothing reads any more once this has ended, also when it ended early.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Of<T>(IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var read = Channel.CreateBounded<List<T>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(rows, read.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var some in read.Reader.ReadAllAsync(cancel))
            {
                yield return some;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await reading;
        }
    }

    // What goes wrong is thrown to who takes the rows.
    private static async Task ReadAsync<T>(IAsyncEnumerable<T> rows, ChannelWriter<List<T>> to, CancellationToken cancel)
    {
        try
        {
            var some = new List<T>(Together);
            await foreach (var row in rows.WithCancellation(cancel))
            {
                some.Add(row);
                if (some.Count == Together)
                {
                    await to.WriteAsync(some, cancel);
                    some = new List<T>(Together);
                }
            }

            await to.WriteAsync(some, cancel);
            to.Complete();
        }
        catch (Exception error)
        {
            to.Complete(error);
        }
    }
}
