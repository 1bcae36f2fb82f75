// A machine has more than one core, and a server is waited for: what can be done after is done behind, while the next is worked out.
using System.Threading.Channels;

namespace ClientVoice.Outcomes;

/// <summary>Does pieces of work one after the other, in the order in which they came, beside whoever brings them.</summary>
internal sealed class Behind : IAsyncDisposable
{
    // So many wait, with what they hold in memory; who brings one more waits too.
    private const int Most = 2;

    private readonly Channel<Func<Task>> pieces = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(Most) { SingleReader = true });
    private readonly Task working;
    private volatile bool isDropped;

    public Behind() => working = Task.Run(WorkAsync);

    /// <summary>Takes a piece of work.</summary>
    /// <exception cref="Exception">What went wrong with one before it; none after that is done.</exception>
    public async Task DoAsync(Func<Task> piece)
    {
        try
        {
            await pieces.Writer.WriteAsync(piece);
        }
        catch (ChannelClosedException)
        {
            await working;
            throw;
        }
    }

    /// <summary>Waits until all is done. No more is taken.</summary>
    /// <exception cref="Exception">What went wrong with one of them.</exception>
    public Task DoneAsync()
    {
        pieces.Writer.TryComplete();
        return working;
    }

    /// <summary>Waits for what is under way and drops the rest: what went wrong was told, or is no matter where something else did.</summary>
    public async ValueTask DisposeAsync()
    {
        isDropped = true;
        await DoneAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync())
            {
                if (isDropped)
                {
                    return;
                }

                await piece();
            }
        }
        finally
        {
            pieces.Writer.TryComplete();
        }
    }
}
