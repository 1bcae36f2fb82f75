// One tablet, two workers: neither reads the other's work, and whoever finds the tablet reads nobody's.
using ClientVoice.Commands;
using ClientVoice.Tests;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class TwoWorkersTests
{
    private const string Words = "Ik mis mijn oude poes Mies heel erg";
    private const string HisPin = "280517";

    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task NeitherReadsTheOthersWorkAndSigningOutLeavesNothingReadableAndDropsNothing()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        var client = page.Locator("[data-testid='work-client']").Filter(new() { HasText = "Mijn verhaal" }).First;
        var (id, name) = ((await client.GetAttributeAsync("data-client-id"))!, (await client.InnerTextAsync()).Split('\n').First(line => line.Trim().Length > 3).Trim());
        var before = await StoredConversations.CountAsync(service, id);
        await tablet.BeginAsync(client);
        await page.Locator("[data-testid^='option-']").First.ClickAsync();
        await tablet.At("words-open").ClickAsync();
        await tablet.At("words").FillAsync(Words);
        await tablet.At("pause").ClickAsync();
        await Assertions.Expect(tablet.At("resume-conversation")).ToHaveCountAsync(1);
        await LockAsync(tablet);

        // Her colleague on the same tablet: his own list, and no word of hers, on the screen or on the disk.
        await tablet.At("pick-other").ClickAsync();
        await tablet.FirstTimeAsync("teamleider@demo", HisPin);
        await Assertions.Expect(tablet.At("resume-conversation")).ToHaveCountAsync(0);
        await NothingIsReadableAsync(page, name, "with a conversation under way");
        // Her record, put under his name by somebody who can write to the disk: his key does not open it, and the rest works.
        await page.EvaluateAsync(StealDraft);
        await page.ReloadAsync();
        await tablet.At("pick-person").Filter(new() { HasText = "Ria" }).ClickAsync();
        await tablet.At("pin").FillAsync(HisPin);
        await tablet.At("pin-submit").ClickAsync();
        await tablet.At("work-client").First.WaitForAsync();
        await Assertions.Expect(tablet.At("resume-conversation")).ToHaveCountAsync(0);
        await Assertions.Expect(tablet.At("work-list")).Not.ToContainTextAsync(Words);
        await LockAsync(tablet);

        // She finishes without network and signs out: it waits, sealed, and only her password brings it back.
        await OpenAsync(tablet, "Sanne", TabletSteps.Pin);
        await context.SetOfflineAsync(true);
        await tablet.At("resume-conversation").ClickAsync();
        await tablet.At("stop").ClickAsync();
        await tablet.At("stop-save").ClickAsync();
        await tablet.At("done").ClickAsync();
        await tablet.At("me").ClickAsync();
        await tablet.At("sign-out").ClickAsync();
        await tablet.At("pick-person").First.WaitForAsync();
        await NothingIsReadableAsync(page, name, "after signing out");
        Assert.That(await StoredConversations.CountAsync(service, id), Is.EqualTo(before));
        await context.SetOfflineAsync(false);
        await tablet.At("pick-person").Filter(new() { HasText = "Sanne" }).ClickAsync();
        await tablet.AccountAsync("begeleider@demo");
        await tablet.ChoosePinAsync(TabletSteps.Pin);
        await tablet.SentAsync();
        Assert.That(await StoredConversations.CountAsync(service, id), Is.EqualTo(before + 1));
        Assert.That((await StoredConversations.LastAsync(service, id)).GetProperty("words").ToString(), Does.Contain(Words));
    }

    [Test]
    public async Task WrongPinsSlowDownAndLockAndOnlyThePasswordOpensAgain()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await LockAsync(tablet);
        await tablet.At("pick-person").ClickAsync();
        for (var i = 1; i <= 10; i++)
        {
            await tablet.At("pin").FillAsync("000001");
            await tablet.At("pin-submit").ClickAsync();
            await Assertions.Expect(tablet.At("pin-fault")).ToContainTextAsync(i < 10 ? $"nog {10 - i} keer" : "Te vaak");
            if (i == 3)
            {
                await Assertions.Expect(tablet.At("pin-submit")).ToBeDisabledAsync();
                await page.Clock.FastForwardAsync("00:03");
                await Assertions.Expect(tablet.At("pin-submit")).ToBeDisabledAsync();
                await Chromium.IsAccessibleAsync(page, "waiting after a wrong PIN");
            }

            await page.Clock.FastForwardAsync("05:00");
        }

        await Assertions.Expect(tablet.At("pin-submit")).ToHaveCountAsync(0);
        await Chromium.IsAccessibleAsync(page, "locked after ten wrong PINs");
        await Chromium.PictureAsync(page, "pin-locked");
        await page.ReloadAsync();
        await tablet.At("pick-person").ClickAsync();
        await tablet.AccountAsync("begeleider@demo");
        await tablet.ChoosePinAsync(TabletSteps.Pin);
        await tablet.At("work-client").First.WaitForAsync();
    }

    private const string StealDraft =
        """
        async () => {
          const db = await new Promise((ok) => { const r = indexedDB.open('clientvoice'); r.onsuccess = () => ok(r.result); });
          const store = db.transaction('records', 'readwrite').objectStore('records');
          const all = await new Promise((ok) => { const r = store.getAll(); r.onsuccess = () => ok(r.result); });
          const hers = all.find((r) => r.kind === 'draft');
          const his = all.find((r) => r.kind === 'work' && r.vault !== hers.vault);
          await new Promise((ok) => { const r = store.put({ ...hers, vault: his.vault }); r.onsuccess = ok; });
          db.close();
        }
        """;

    private static async Task NothingIsReadableAsync(IPage page, string client, string when)
    {
        var disk = await TabletDisk.ReadAsync(page);
        Assert.That(disk, Does.Contain("records").And.Contain("key extractable=false"), "the disk was read");
        foreach (var secret in (string[])[Words, "oude poes", client, "Sanne", "Ria Willemsen", "begeleider@demo", "teamleider@demo", TabletSteps.Pin, HisPin, DemoOrganisation.Password])
        {
            Assert.That(disk, Does.Not.Contain(secret), $"{when}: \"{secret}\" lies readable on the tablet");
        }
    }

    private static async Task LockAsync(TabletSteps tablet)
    {
        await tablet.At("me").ClickAsync();
        await tablet.At("lock").ClickAsync();
        await tablet.At("pick-person").First.WaitForAsync();
    }

    private static async Task OpenAsync(TabletSteps tablet, string name, string pin)
    {
        await tablet.At("pick-person").Filter(new() { HasText = name }).ClickAsync();
        await tablet.At("pin").FillAsync(pin);
        await tablet.At("pin-submit").ClickAsync();
        await tablet.At("work-client").First.WaitForAsync();
    }
}
