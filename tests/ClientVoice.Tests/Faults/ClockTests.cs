using System.Globalization;
using System.Net;

namespace ClientVoice.Tests.Faults;

/// <summary>The clock of the machine is put back, and forward again, under a service that runs; and it is started with a clock that is behind.</summary>
[Category("Faults")]
public sealed class ClockTests
{
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    [Test]
    public async Task AClockThatGoesBackLosesNothingAndKeepsNobodyOut()
    {
        using var machine = new FaultyMachine();
        using var folder = await FaultFolder.MakeAsync();
        var cookies = new CookieContainer();
        await using var service = await ServiceProcess.StartAsync(folder.Path, shell: machine.Shell);
        using var tablets = await Tablets.SignedInAsync(service.Address, cookies);
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(4, stop.Token);
        foreach (var moved in (TimeSpan[])[TimeSpan.Zero, -ADay, -TimeSpan.FromHours(1), -400 * ADay, TimeSpan.Zero])
        {
            machine.MoveClock(moved);
            await tablets.UntilAsync(tablets.Receipts.Count + 20);
        }

        await stop.CancelAsync();
        await sending;
        Assert.That(tablets.Refusals, Is.Empty, "every tablet got its receipt at once, with the session it had");
        var days = tablets.Receipts.Values.Select(r => DateTimeOffset.Parse(r.StoredAt, CultureInfo.InvariantCulture)).ToList();
        Assert.That(days.Max() - days.Min(), Is.GreaterThan(399 * ADay), "the clock was moved for the service too");
        service.AskToStop();
        await service.EndedAsync();
        await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);

        // Its keys are then of tomorrow, and so is what it wrote.
        machine.MoveClock(-ADay);
        await using var behind = await ServiceProcess.StartAsync(folder.Path, shell: machine.Shell);
        using var tablet = await Tablets.SignedInAsync(behind.Address);
        foreach (var (id, receipt) in tablets.Receipts.Take(5))
        {
            Assert.That(await tablet.SendOnceAsync(id), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(tablet.Receipts[id].StoredAt, Is.EqualTo(receipt.StoredAt));
        }

        Assert.That(await tablet.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.Created));
        behind.AskToStop();
        await behind.EndedAsync();
        await Ledger.AssertTrailAsync(folder.Path);
    }
}
