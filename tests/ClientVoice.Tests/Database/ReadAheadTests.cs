using System.Runtime.CompilerServices;
using ClientVoice.Database;

namespace ClientVoice.Tests.Database;

public sealed class ReadAheadTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(999)]
    [TestCase(1000)]
    [TestCase(25_001)]
    public async Task EveryRowComesOnceAndInOrder(int count)
    {
        var read = new List<int>();
        await foreach (var some in ReadAhead.Of(RowsAsync(count), default))
        {
            read.AddRange(some);
        }

        Assert.That(read, Is.EqualTo(Enumerable.Range(0, count)));
    }

    [Test]
    public void WhatGoesWrongInReadingIsThrownToWhoTakesTheRows() => Assert.That(
        async () =>
        {
            await foreach (var _ in ReadAhead.Of(RowsAsync(5_000, breaks: true), default))
            {
            }
        },
        Throws.TypeOf<IOException>().With.Message.EqualTo("row 4999"));

    [Test]
    public async Task NothingReadsAnyMoreOnceItHasEndedEarly()
    {
        var state = new Reading();
        await foreach (var _ in ReadAhead.Of(RowsAsync(1_000_000, state), default))
        {
            break;
        }

        Assert.That(state.Ended);
        Assert.That(state.Last, Is.LessThan(999_999));
    }

    [Test]
    public void WhoEndsTheRunEndsTheReading()
    {
        using var ending = new CancellationTokenSource();
        Assert.That(
            async () =>
            {
                await foreach (var _ in ReadAhead.Of(RowsAsync(1_000_000), ending.Token))
                {
                    await ending.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static IAsyncEnumerable<int> RowsAsync(int count, bool breaks = false) => RowsAsync(count, new Reading { Breaks = breaks });

    private static async IAsyncEnumerable<int> RowsAsync(int count, Reading state, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                state.Last = i;
                if (state.Breaks && i == count - 1)
                {
                    throw new IOException($"row {i}");
                }

                yield return i;
            }
        }
        finally
        {
            await Task.Yield();
            state.Ended = true;
        }
    }

    private sealed class Reading
    {
        public bool Breaks { get; init; }

        public int Last { get; set; }

        public bool Ended { get; set; }
    }
}
