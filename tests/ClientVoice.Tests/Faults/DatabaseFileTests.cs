// The file of the embedded database is gone, cut off or something else: said by its name, never written over.
using System.Net;
using System.Security.Cryptography;
using ClientVoice.Database;

namespace ClientVoice.Tests.Faults;

[Category("Faults")]
public sealed class DatabaseFileTests
{
    [Test]
    public async Task ADatabaseThatIsGoneGivesNoReceiptsAndTheServiceGoesOnByItselfWhenItIsBack()
    {
        using var folder = await FaultFolder.MakeAsync();
        var elsewhere = folder.Path + ".elsewhere";
        await using var service = await ServiceProcess.StartAsync(folder.Path);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(8, stop.Token, goesOn: true);
        await tablets.UntilAsync(40);

        // As when a disk is taken out: connections still have the file open, and could write to it where nobody looks.
        Directory.Move(folder.Path, elsewhere);
        await tablets.UntilRefusedAsync();
        var receipts = tablets.Receipts.Count;
        foreach (var _ in Enumerable.Range(0, 20))
        {
            Assert.That(await tablets.SendOnceAsync(Guid.CreateVersion7()), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        Assert.That(tablets.Receipts, Has.Count.EqualTo(receipts), "no receipt for what is written into a file that is not there");
        Assert.That(tablets.Refusals.Keys, Is.EqualTo((string[])["503"]));
        Assert.That((await tablets.Http.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(File.Exists(folder.File), Is.False, "no empty database in its place");

        Directory.Move(elsewhere, folder.Path);
        await tablets.UntilAsync(receipts + 40);
        await stop.CancelAsync();
        await sending;
        await service.KillAsync();
        await Ledger.AssertKeptAsync(folder.File, tablets.Receipts.Values);
    }

    [Test]
    public void AskingADiskWhoseFolderIsGoneRefusesAndMakesNothingInItsPlace()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => folder.Database.Confirm(), Throws.Nothing, "it is there");
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path, "*-asked-*"), Is.Empty, "nothing stays of the question");
        var elsewhere = folder.Path + ".elsewhere";
        Directory.Move(folder.Path, elsewhere);
        Assert.That(() => folder.Database.Confirm(), Throws.TypeOf<DatabaseFileException>());
        Assert.That(Directory.Exists(folder.Path), Is.False);
        Directory.Move(elsewhere, folder.Path);
        Assert.That(() => folder.Database.Confirm(), Throws.Nothing, "and back");
    }

    [Test]
    public async Task ADatabaseThatIsDeletedUnderLoadTakesNoReceiptWithItThatWasGivenAfterwards()
    {
        using var folder = await FaultFolder.MakeAsync();
        await using var service = await ServiceProcess.StartAsync(folder.Path);
        using var tablets = await Tablets.SignedInAsync(service.Address);
        using var stop = new CancellationTokenSource();
        var sending = tablets.SendAsync(8, stop.Token, goesOn: true);
        await tablets.UntilAsync(40);
        foreach (var file in Directory.GetFiles(folder.Path, "clientvoice.db*"))
        {
            File.Delete(file);
        }

        await tablets.UntilRefusedAsync();
        var receipts = tablets.Receipts.Count;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => tablets.SendOnceAsync(Guid.CreateVersion7())));
        await stop.CancelAsync();
        await sending;
        Assert.That(tablets.Receipts, Has.Count.EqualTo(receipts));
        Assert.That(service.Output.Contains(folder.File, StringComparison.Ordinal), "the log names the file");
    }

    private static readonly TestCaseData<Action<string>, string>[] Damaged =
    [
        new(file => Cut(file, 0), "is empty") { TestName = "Emptied" },
        new(file => Cut(file, 100), "is damaged or was cut off") { TestName = "CutOffInItsFirstPage" },
        new(file => Cut(file, new FileInfo(file).Length / 2), "is damaged or was cut off") { TestName = "CutOffHalfWay" },
        new(file => Cut(file, new FileInfo(file).Length - 1), "is damaged or was cut off") { TestName = "WithoutItsLastByte" },
        new(file => File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(100_000)), "is not a database, or is damaged") { TestName = "Noise" },
        new(file => File.WriteAllText(file, "Deze map is van de administratie."), "is not a database, or is damaged") { TestName = "SomethingElse" },
    ];

    [TestCaseSource(nameof(Damaged))]
    public async Task ADamagedDatabaseIsRefusedAtTheStartByItsNameAndNotWrittenOver(Action<string> damage, string why)
    {
        using var folder = await FaultFolder.MakeAsync();
        damage(folder.File);
        var before = await File.ReadAllBytesAsync(folder.File);
        await using var service = ServiceProcess.Begin(folder.Path);
        Assert.That(await service.EndedAsync(), Is.EqualTo(1));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(service.Output, Does.Contain($"The database {folder.File} {why}"));
            Assert.That(service.Output, Does.Not.Contain("   at "), "a sentence, not a stack of calls");
            Assert.That(await File.ReadAllBytesAsync(folder.File), Is.EqualTo(before));
        });
    }

    private static void Cut(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(length);
    }
}
