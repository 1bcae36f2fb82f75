using ClientVoice.Feed;
using NUnit.Framework;

namespace ClientVoice.Tests.Feed;

/// <summary>The feed takes turns, gives way to people, and waits for nobody's line.</summary>
internal sealed class GateTest
{
    private static readonly int Turns = Math.Max(1, Environment.ProcessorCount / 2);

    [Test]
    public async Task ASlowLineHoldsNobodyUp()
    {
        using var gate = new FeedGate(new StillTime());
        var held = new List<FeedGate.Turn>();
        for (var i = 0; i < Turns; i++)
        {
            held.Add(await gate.TakeAsync(default));
        }

        var next = gate.TakeAsync(default);
        Assert.That(next.IsCompleted, Is.False, "every turn is taken");
        var line = new TaskCompletionSource();
        var pause = held[0].PauseAsync(line.Task, default);
        var other = await next;
        Assert.That(pause.IsCompleted, Is.False, "the slow one waits for its line");
        other.Dispose();
        line.SetResult();
        await pause;
        held.ForEach(t => t.Dispose());
    }

    [Test]
    public async Task WhileAPersonIsServedTheFeedRestsAfterEachLump()
    {
        var time = new StillTime();
        using var gate = new FeedGate(time);
        using var turn = await gate.TakeAsync(default);
        Assert.That(turn.PauseAsync(Task.CompletedTask, default).IsCompleted, Is.True, "nobody is there");
        var person = new TaskCompletionSource();
        var served = gate.LetPassAsync(() => person.Task);
        var rest = turn.PauseAsync(Task.CompletedTask, default);
        Assert.That(rest.IsCompleted, Is.False, "somebody is");
        time.Pass(TimeSpan.FromMilliseconds(50));
        await rest;
        person.SetResult();
        await served;
        rest = turn.PauseAsync(Task.CompletedTask, default);
        Assert.That(rest.IsCompleted, Is.False, "who was there a moment ago may send again");
        time.Pass(TimeSpan.FromMilliseconds(200));
        await rest;
        Assert.That(turn.PauseAsync(Task.CompletedTask, default).IsCompleted, Is.True, "nobody has been there for a while");
    }

    [Test]
    public async Task AReaderThatLeavesWhileItWaitsTakesNoTurnAlong()
    {
        using var gate = new FeedGate(new StillTime());
        var person = new TaskCompletionSource();
        var served = gate.LetPassAsync(() => person.Task);
        using var leaves = new CancellationTokenSource();
        var waits = gate.TakeAsync(leaves.Token);
        await leaves.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => waits);
        person.SetResult();
        await served;
        var turns = Enumerable.Range(0, Turns).Select(_ => gate.TakeAsync(default)).ToList();
        Assert.That(turns, Has.Count.EqualTo(Turns));
    }

    /// <summary>A clock that stands still until it is told that time passes.</summary>
    private sealed class StillTime : TimeProvider
    {
        private readonly List<Timer> timers = [];
        private TimeSpan now = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(() => callback(state), now + dueTime);
            timers.Add(timer);
            return timer;
        }

        public void Pass(TimeSpan by)
        {
            now += by;
            foreach (var timer in timers.Where(t => t.At <= now).ToList())
            {
                timers.Remove(timer);
                timer.Ring();
            }
        }

        private sealed class Timer(Action ring, TimeSpan at) : ITimer
        {
            private bool ended;

            public TimeSpan At { get; } = at;

            public void Ring()
            {
                if (!ended)
                {
                    ring();
                }
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => ended = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
