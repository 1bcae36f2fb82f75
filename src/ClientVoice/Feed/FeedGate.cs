// BI tools come in numbers and take all they can get, at the same hour as the tablets send in. So only so many answers
// are put together at one time; the others wait their turn, for milliseconds. Who has a slow line holds nobody up: a turn
// is given back while bytes go out.
namespace ClientVoice.Feed;

/// <summary>Turns at putting answers together.</summary>
internal sealed class FeedGate : IDisposable
{
    // Half the machine is for people; on a small one a single reader still gets a whole core.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a turn; disposing gives it back.</summary>
    public async Task<Turn> TakeAsync(CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        return new Turn(turns);
    }

    public void Dispose() => turns.Dispose();

    /// <summary>A turn that was taken.</summary>
    internal sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private bool held = true;

        /// <summary>Gives the turn back while something else than work is waited for, and takes it again.</summary>
        public async Task PauseAsync(Task wait, CancellationToken cancel)
        {
            if (wait.IsCompletedSuccessfully && turns.CurrentCount > 0)
            {
                // It is done, and nobody waits.
                return;
            }

            Dispose();
            await wait;
            await turns.WaitAsync(cancel);
            held = true;
        }

        public void Dispose()
        {
            if (held)
            {
                held = false;
                turns.Release();
            }
        }
    }
}
