using System.Data.Common;
using ClientVoice.Database;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Database;

/// <summary>What fails only for the moment is done again, a few times, with growing pauses.</summary>
public sealed class AgainTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Again.Most - 1)]
    public async Task WhatPassesIsDoneAgainUntilItIsDone(int failures)
    {
        var tries = 0;
        Assert.That(await Again.WhereItPassesAsync(_ => ++tries <= failures ? throw new Deadlock() : Task.FromResult(42), default), Is.EqualTo(42));
        Assert.That(tries, Is.EqualTo(failures + 1));
    }

    [Test]
    public void WhatDoesNotPassIsToldAfterFiveTries()
    {
        var tries = 0;
        Assert.That(() => Again.WhereItPassesAsync(_ => Fail(ref tries, new Deadlock()), default), Throws.InstanceOf<Deadlock>());
        Assert.That(tries, Is.EqualTo(5));
    }

    [Test]
    public async Task WorkWithinWorkIsNotDoneAgainForItself()
    {
        var tries = 0;
        Assert.That(() => Again.WhereItPassesAsync(_ => Again.WhereItPassesAsync(_ => Fail(ref tries, new Deadlock()), default), default), Throws.InstanceOf<Deadlock>());
        Assert.That(tries, Is.EqualTo(5));
        await WhatPassesIsDoneAgainUntilItIsDone(1);
    }

    [Test]
    public async Task WhoeverWasNotFirstFindsWhatIsThereTheNextTime()
    {
        foreach (var meeting in (DbException[])[new SqliteException("unique", 19), new Deadlock()])
        {
            var tries = 0;
            Assert.That(await Again.WhereOneWasFirstAsync(_ => ++tries <= 2 ? throw meeting : Task.FromResult(42), default), Is.EqualTo(42));
            Assert.That(tries, Is.EqualTo(3));
        }
    }

    [Test]
    public void WithinOtherWorkADeadlockIsDoneAgainFromTheBeginningAndAMeetingWhereItWas()
    {
        var (outer, inner) = (0, 0);
        Assert.That(
            () => Again.WhereItPassesAsync(_ =>
            {
                outer++;
                return Again.WhereOneWasFirstAsync(_ => Fail(ref inner, new Deadlock()), default);
            }, default),
            Throws.InstanceOf<Deadlock>());
        Assert.That((outer, inner), Is.EqualTo((Again.Most, Again.Most)));
        (outer, inner) = (0, 0);
        Assert.That(
            async () => await Again.WhereItPassesAsync(_ =>
            {
                outer++;
                return Again.WhereOneWasFirstAsync(_ => ++inner <= 2 ? throw new SqliteException("unique", 19) : Task.CompletedTask, default);
            }, default),
            Throws.Nothing);
        Assert.That((outer, inner), Is.EqualTo((1, 3)));
    }

    [Test]
    public void AFullDiskIsNoMeeting()
    {
        foreach (var error in (Exception[])[new SqliteException("busy", 5), new SqliteException("full", 13), new DatabaseFileException("gone"), new InvalidOperationException()])
        {
            var tries = 0;
            Assert.That(() => Again.WhereOneWasFirstAsync(_ => Fail(ref tries, error), default), Throws.Exception.SameAs(error));
            Assert.That(tries, Is.EqualTo(1));
        }
    }

    [Test]
    public void WhatASecondTryDoesNotMendIsToldAtOnce()
    {
        foreach (var error in (Exception[])[new SqliteException("busy", 5), new SqliteException("full", 13), new DatabaseFileException("gone"), new InvalidOperationException()])
        {
            var tries = 0;
            Assert.That(() => Again.WhereItPassesAsync(_ => Fail(ref tries, error), default), Throws.Exception.SameAs(error));
            Assert.That(tries, Is.EqualTo(1));
        }
    }

    /// <summary>Each is by chance, so of many.</summary>
    [Test]
    public void PausesGrowAndHaveAnEnd()
    {
        var many = new List<List<TimeSpan>>();
        for (var i = 0; i < 200; i++)
        {
            var clock = new Waits();
            var tries = 0;
            Assert.That(async () => await Again.Made(clock).ExecuteAsync(_ => new ValueTask(Fail(ref tries, new Deadlock()))), Throws.InstanceOf<Deadlock>());
            Assert.That(tries, Is.EqualTo(Again.Most));
            many.Add(clock.Asked);
        }

        Assert.Multiple(() =>
        {
            Assert.That(many.SelectMany(asked => asked), Has.All.InRange(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            Assert.That(many.Average(asked => asked.Max().TotalSeconds), Is.GreaterThan(2 * many.Average(asked => asked[0].TotalSeconds)));
        });
    }

    [Test]
    public void WhoStopsIsNotKeptWaiting()
    {
        using var stop = new CancellationTokenSource();
        Assert.That(
            () => Again.WhereItPassesAsync(_ =>
            {
                stop.Cancel();
                return Task.FromException(new Deadlock());
            }, stop.Token),
            Throws.InstanceOf<OperationCanceledException>().Or.InstanceOf<Deadlock>());
    }

    private static Task Fail(ref int tries, Exception error)
    {
        tries++;
        return Task.FromException(error);
    }

    /// <summary>What a server says that chose another transaction over this one.</summary>
    internal sealed class Deadlock : DbException
    {
        public override bool IsTransient => true;
    }

    // Lets every pause go by at once, and keeps how long it was.
    private sealed class Waits : TimeProvider
    {
        public List<TimeSpan> Asked { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
