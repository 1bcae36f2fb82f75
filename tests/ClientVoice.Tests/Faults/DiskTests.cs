// The disk is full, breaks, cannot be written, or is slow: no receipt without a conversation, and all goes on when it is well again.
using System.Diagnostics;
using System.Net;

namespace ClientVoice.Tests.Faults;

[Category("Faults")]
public sealed class DiskTests
{
    // More than the least that "ready" asks for, and little enough to fill in a second.
    private const int Megabytes = 320;

    // Before the disk itself was asked after each flush, one in six of these lost something.
    private const int Breaks = 6;

    [Test]
    public async Task AFullDiskIsAnsweredWithWaitAndNothingIsLostOrHalfThere()
    {
        using var disk = MountedDisk.Make(Megabytes);
        var folder = await FaultFolder.MakeAsync(Path.Combine(disk.Path, "data"));
        await using var service = await ServiceProcess.StartAsync(folder.Path);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        Assert.That(await (await tablets.Http.GetAsync("/health/ready")).Content.ReadAsStringAsync(), Is.EqualTo("ready"));
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(4, stop.Token, goesOn: true);
        await tablets.UntilAsync(20);

        disk.Fill();
        await tablets.UntilRefusedAsync();
        Assert.That(tablets.Refusals.Keys, Is.EqualTo((string[])["503"]), "a tablet is told to wait, not that its conversation is wrong");
        using (var refused = await RefusedAsync(tablets))
        {
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("storage-unavailable"));
        }

        Assert.That(await (await tablets.Http.GetAsync("/health/ready")).Content.ReadAsStringAsync(), Is.EqualTo("not ready: the disk is nearly full"));
        Assert.That((await tablets.Http.GetAsync("/api/session")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "reading goes on");

        disk.Empty();
        var before = tablets.Receipts.Count;
        await tablets.UntilAsync(before + 20);
        await stop.CancelAsync();
        await sending;
        service.AskToStop();
        await service.EndedAsync();
        var there = await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
        Assert.That(await Ledger.EventsAsync(folder.File, "conversation.receive"), Is.EqualTo(there), "the trail was written late, and whole");
    }

    /// <summary>In the midst of flushes: what the kernel says of one that it breaks off is not to be relied upon.</summary>
    [Test]
    public async Task ADiskThatBreaksUnderLoadLosesNothingThatHasAReceipt()
    {
        for (var time = 0; time < Breaks; time++)
        {
            using var disk = MountedDisk.Make(Megabytes);
            var folder = await FaultFolder.MakeAsync(Path.Combine(disk.Path, "data"));
            disk.Flush();
            await using var service = await ServiceProcess.StartAsync(folder.Path);
            using var tablets = await Tablets.SignedInAsync(service.Address);
            using var stop = new CancellationTokenSource();
            var sending = tablets.SendAsync(8, stop.Token, goesOn: true);
            await tablets.UntilAsync(20 + (7 * time));
            disk.Break();
            // Tablets go on sending what has no receipt, and what they send was perhaps written.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            await stop.CancelAsync();
            await sending;
            if (!service.HasEnded)
            {
                await service.KillAsync();
            }

            disk.Repair();
            await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
            await TestContext.Out.WriteLineAsync($"{tablets.Receipts.Count} receipts, all there");
        }
    }

    [Test]
    public async Task ADiskThatBreaksBetweenFlushesGivesNoReceiptsAndWhatHadOneIsThereAfterTheRepair()
    {
        using var disk = MountedDisk.Make(Megabytes);
        var folder = await FaultFolder.MakeAsync(Path.Combine(disk.Path, "data"));
        disk.Flush();
        await using (var service = await ServiceProcess.StartAsync(folder.Path))
        {
            using var tablets = await Tablets.SignedInAsync(service.Address);
            using var stop = new CancellationTokenSource();
            var sending = tablets.SendAsync(4, stop.Token, goesOn: true);
            await tablets.UntilAsync(20);
            await stop.CancelAsync();
            await sending;
            disk.Break();
            // Either it says so, or the kernel has ended it: what the database shares between its connections is memory of that disk.
            Assert.That(await tablets.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.ServiceUnavailable).Or.Null);
            await TestContext.Out.WriteLineAsync(service.HasEnded ? "the kernel ended the service" : "the service answers 503");
            if (!service.HasEnded)
            {
                await service.KillAsync();
            }

            disk.Repair();
            await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
        }

        await using var again = await ServiceProcess.StartAsync(folder.Path);
        using var tablet = await Tablets.SignedInAsync(again.Address);
        Assert.That(await tablet.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task AFolderThatCannotBeWrittenIsSaidAtTheStartByItsName()
    {
        using var disk = MountedDisk.Make(32);
        var folder = await FaultFolder.MakeAsync(Path.Combine(disk.Path, "data"));
        disk.ForReadingOnly();
        await using var service = ServiceProcess.Begin(folder.Path);
        Assert.That(await service.EndedAsync(), Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain(folder.File).And.Contain("cannot be written"));
    }

    [Test]
    public async Task ASlowDiskMakesTabletsWaitAndLosesNothing()
    {
        var flush = TimeSpan.FromMilliseconds(100);
        using var machine = new FaultyMachine();
        using var folder = await FaultFolder.MakeAsync();
        await using var service = await ServiceProcess.StartAsync(folder.Path, shell: machine.Shell);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        machine.SlowDisk(flush);
        var watch = Stopwatch.StartNew();
        Assert.That(await tablets.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(watch.Elapsed, Is.GreaterThanOrEqualTo(flush), "a receipt waits for the disk");
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(16, stop.Token);
        await tablets.UntilAsync(32);
        await stop.CancelAsync();
        await sending;
        Assert.That(tablets.Refusals, Is.Empty);
        await service.KillAsync();
        await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
    }

    private static async Task<HttpResponseMessage> RefusedAsync(Tablets tablets)
    {
        var id = Guid.CreateVersion7();
        return await tablets.Http.PutAsync($"/api/conversations/{id}", Conversations.ConversationJson.Body(Tablets.Conversation(id)));
    }
}
