using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

public sealed class BehindTests
{
    [Test]
    public async Task PiecesAreDoneOneAfterTheOtherInTheOrderInWhichTheyCame()
    {
        await using var behind = new Behind();
        var (done, atOnce) = (new List<int>(), 0);
        for (var i = 0; i < 100; i++)
        {
            var piece = i;
            await behind.DoAsync(async () =>
            {
                Assert.That(Interlocked.Increment(ref atOnce), Is.EqualTo(1));
                await Task.Yield();
                done.Add(piece);
                Interlocked.Decrement(ref atOnce);
            });
        }

        await behind.DoneAsync();
        Assert.That(done, Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public async Task WhatWentWrongIsToldToWhoBringsTheNextAndNothingAfterItIsDone()
    {
        await using var behind = new Behind();
        var done = 0;
        await behind.DoAsync(() => throw new InvalidOperationException("the turn is lost"));
        Assert.That(
            async () =>
            {
                while (true)
                {
                    await behind.DoAsync(() => Task.FromResult(done++));
                }
            },
            Throws.InvalidOperationException.With.Message.EqualTo("the turn is lost"));
        Assert.That(behind.DoneAsync, Throws.InvalidOperationException);
        Assert.That(done, Is.Zero);
    }

    [Test]
    public async Task WhatWaitsIsDroppedWhereTheRestIsGivenUp()
    {
        var (begun, goOn, done) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var behind = new Behind();
        await behind.DoAsync(() =>
        {
            begun.SetResult();
            return goOn.Task;
        });
        await behind.DoAsync(() => Task.FromResult(done++));
        await begun.Task;
        var ended = behind.DisposeAsync().AsTask();
        Assert.That(ended.IsCompleted, Is.False, "what is under way is waited for");
        goOn.SetResult();
        await ended;
        Assert.That(done, Is.Zero);
    }
}
