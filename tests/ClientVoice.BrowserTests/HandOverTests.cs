// Somebody left with work unsent on a tablet: an administrator sends it from there, without reading it.
using ClientVoice.Access;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Tests;
using Dapper;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class HandOverTests
{
    [Test]
    public async Task AnAdministratorSendsWhatALeaverHadNotSentAndNothingOfTheLeaverStays()
    {
        await using var service = await ServiceUnderTest.StartAsync(demo: true);
        await using var context = await Chromium.ContextAsync(Chromium.Portrait, service.Address);
        var page = await context.NewPageAsync();
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("begeleider@demo");
        await tablet.ReadyForOfflineAsync();
        var client = tablet.At("work-client").First;
        var id = (await client.GetAttributeAsync("data-client-id"))!;
        var before = await StoredConversations.CountAsync(service, id);
        await context.SetOfflineAsync(true);
        await tablet.RefuseAsync(client);
        await page.ReloadAsync();
        await tablet.At("pick-person").WaitForAsync();
        await LeavesAsync(service, "begeleider@demo");
        await context.SetOfflineAsync(false);

        await tablet.At("pick-hand-over").ClickAsync();
        await Assertions.Expect(tablet.At("hand-over-whose")).ToBeCheckedAsync();
        await Chromium.IsAccessibleAsync(page, "hand-over");
        await Chromium.PictureAsync(page, "hand-over");
        // Who is not an administrator is told so, and nothing leaves the tablet.
        await SendAsync(tablet, "teamleider@demo");
        await Assertions.Expect(tablet.At("hand-over-fault")).ToContainTextAsync("Alleen een beheerder");
        Assert.That(await StoredConversations.CountAsync(service, id), Is.EqualTo(before));

        await SendAsync(tablet, "beheer@demo");
        await Assertions.Expect(tablet.At("hand-over-done")).ToContainTextAsync("1 gesprek is aangekomen.");
        Assert.That(await StoredConversations.CountAsync(service, id), Is.EqualTo(before + 1));
        await tablet.At("hand-over-back").ClickAsync();
        await tablet.At("sign-in-email").WaitForAsync();
        Assert.That(await page.EvaluateAsync<int>(Kept), Is.Zero, "of the leaver nothing stays on the tablet");
        Assert.That(await page.EvaluateAsync<int>("fetch('/api/session').then(r => r.status)"), Is.EqualTo(401), "the administrator does not stay signed in");
    }

    private const string Kept =
        """
        () => new Promise((done, fail) => {
          const open = indexedDB.open('clientvoice');
          open.onerror = fail;
          open.onsuccess = () => {
            const tx = open.result.transaction(['people', 'records']);
            const people = tx.objectStore('people').count(), records = tx.objectStore('records').count();
            tx.oncomplete = () => { open.result.close(); done(people.result + records.result); };
          };
        })
        """;

    private static async Task SendAsync(TabletSteps tablet, string email)
    {
        await tablet.At("hand-over-next").ClickAsync();
        await tablet.AccountAsync(email, DemoOrganisation.Password);
    }

    private static async Task LeavesAsync(ServiceUnderTest service, string email)
    {
        var id = await service.Services.GetRequiredService<People>().IdOfAsync(email, default);
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        Assert.That(await connection.ExecuteAsync("UPDATE Person SET DisabledAt = '2026-01-01T00:00:00.000Z' WHERE Id = @id", new { id }), Is.EqualTo(1));
    }
}
