// Killed without warning while tablets send: what got its receipt is there, once and whole.
using System.Net;
using System.Text.Json;
using ClientVoice.Conversations;

namespace ClientVoice.Tests.Faults;

[Category("Faults")]
public sealed class KillTests
{
    // Two databases at once, twenty-five kills of each: most of the time is starting, and that is half as long on two cores.
    private const int Databases = 2;
    private const int KillsOfEach = 25;
    private const int KillsOfTheService = 3;

    // Work to lose, between two kills.
    private const int AtLeast = 40;

    [Test]
    public async Task WhatGotItsReceiptIsThereAfterFiftyKillsOnceAndWhole()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, Databases).Select(_ => Task.Run(KillOverAndOverAsync)));
        await TestContext.Out.WriteLineAsync($"{Databases * KillsOfEach} kills, {kept.Sum(k => k.Receipts)} receipts, {kept.Sum(k => k.There)} conversations there");
    }

    [Test]
    public async Task WhatGotItsReceiptFromTheWholeServiceIsThereAfterAKill()
    {
        using var folder = await FaultFolder.MakeAsync();
        var cookies = new CookieContainer();
        var receipts = new List<Receipt>();
        for (var kill = 0; kill < KillsOfTheService; kill++)
        {
            await using var service = await ServiceProcess.StartAsync(folder.Path);
            using var tablets = await Tablets.SignedInAsync(service.Address, cookies);
            var sending = tablets.SendAsync(8, default);
            await tablets.UntilAsync(AtLeast);
            await service.KillAsync();
            await sending;
            receipts.AddRange(tablets.Receipts.Values);
        }

        await using var last = await ServiceProcess.StartAsync(folder.Path);
        using var tablet = await Tablets.SignedInAsync(last.Address, cookies);
        foreach (var receipt in receipts)
        {
            Assert.That(await tablet.SendOnceAsync(receipt.Id), Is.EqualTo(HttpStatusCode.OK), "sent again it is there, with this content");
            Assert.That(tablet.Receipts[receipt.Id], Is.EqualTo(receipt with { Signature = tablet.Receipts[receipt.Id].Signature }), "and has the same receipt, but for the signature, which is drawn anew");
        }

        var there = await Ledger.AssertKeptAsync(folder.File, receipts);
        await TestContext.Out.WriteLineAsync($"{KillsOfTheService} kills, {receipts.Count} receipts, {there} conversations there");
    }

    private static async Task<(int Receipts, int There)> KillOverAndOverAsync()
    {
        using var folder = await FaultFolder.MakeAsync();
        var receipts = new List<Receipt>();
        for (var kill = 0; kill < KillsOfEach; kill++)
        {
            using var host = IngestHost.Start(folder.Path);
            var before = receipts.Count;
            // Not always at the same point: a few receipts more or less, and in the midst of a transaction as it comes.
            for (var enough = AtLeast + (kill % 7); receipts.Count < before + enough && await host.StandardOutput.ReadLineAsync() is { } line;)
            {
                receipts.Add(JsonSerializer.Deserialize<Receipt>(line)!);
            }

            host.Kill();
            await host.WaitForExitAsync();
            // What it said before it was killed was said; a line that was cut off was not.
            var rest = await host.StandardOutput.ReadToEndAsync();
            receipts.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Receipt>(line)!));
            Assert.That(receipts, Has.Count.GreaterThanOrEqualTo(before + AtLeast), "there was work to lose");
        }

        return (receipts.Count, await Ledger.AssertKeptAsync(folder.File, receipts));
    }
}
