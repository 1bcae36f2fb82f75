// BI tools come in numbers and take all they can get, at the same hour as the tablets send in. So only so many answers
// are put together at one time, the others wait their turn; and where a person waits for the service, the feed goes on
// at a walk. Who has a slow line holds nobody up: a turn is given back while bytes go out.
namespace ClientVoice.Feed;

/// <summary>Turns at putting answers together, after people.</summary>
internal sealed class FeedGate(TimeProvider time) : IDisposable
{
    // A lump of rows takes about two milliseconds of work: after such a rest that is a twenty-fifth of one core, and readers
    // still get some five thousand rows a second.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    // Who sends one thing often sends the next: a tablet that empties its outbox, a page with its pictures.
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(100);

    // Half the machine is for people; on a small one a single reader still gets a whole core.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int people;
    private long lastLeft;

    /// <summary>Runs a request of somebody who is not a BI tool: the feed gives way meanwhile.</summary>
    public async Task LetPassAsync(Func<Task> request)
    {
        Interlocked.Increment(ref people);
        try
        {
            await request();
        }
        finally
        {
            Volatile.Write(ref lastLeft, time.GetTimestamp());
            Interlocked.Decrement(ref people);
        }
    }

    /// <summary>Waits for a turn; disposing gives it back.</summary>
    public async Task<Turn> TakeAsync(CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        var turn = new Turn(this);
        try
        {
            await GiveWayAsync(cancel);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public void Dispose() => turns.Dispose();

    // The turn is kept: were it given on, the next reader would only do the work that this one rests from.
    private Task GiveWayAsync(CancellationToken cancel) => PeopleAreHere() ? Task.Delay(Rest, time, cancel) : Task.CompletedTask;

    private bool PeopleAreHere() =>
        Volatile.Read(ref people) > 0 || (Volatile.Read(ref lastLeft) is var left && left != 0 && time.GetElapsedTime(left) < Shortly);

    /// <summary>A turn that was taken.</summary>
    internal sealed class Turn(FeedGate gate) : IDisposable
    {
        private bool held = true;

        /// <summary>Gives the turn back while bytes go out, and takes it again.</summary>
        public async Task PauseAsync(Task sending, CancellationToken cancel)
        {
            if (!sending.IsCompletedSuccessfully || gate.turns.CurrentCount == 0)
            {
                // The line is slow, or others wait.
                Dispose();
                await sending;
                await gate.turns.WaitAsync(cancel);
                held = true;
            }

            await gate.GiveWayAsync(cancel);
        }

        public void Dispose()
        {
            if (held)
            {
                held = false;
                gate.turns.Release();
            }
        }
    }
}
