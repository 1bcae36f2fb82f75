using ClientVoice.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace ClientVoice.Tests.Access;

/// <summary>A new key of the ring, as Data Protection makes one every ninety days, and as somebody makes one who fears for the old.</summary>
public sealed class KeyRotationTests
{
    [Test]
    public async Task ANewKeyIsWrittenUnderFromThenOnWhileWhatStoodBeforeStaysOpenAndNobodyIsSignedOut()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var officer = await service.SignedInAsync("officer@proef");
        var secrets = service.Services.GetRequiredService<Secrets>();
        var before = secrets.Protect(SecretKind.Name, "Voor");
        var now = TimeProvider.System.GetUtcNow();
        var made = service.Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
        // The ring is read again behind what goes on, so that nobody waits for it.
        var after = secrets.Protect(SecretKind.Name, "Na");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (KeyOf(after) != made.KeyId)
        {
            await Task.Delay(20, patience.Token);
            after = secrets.Protect(SecretKind.Name, "Na");
        }

        Assert.That(KeyOf(before), Is.Not.EqualTo(made.KeyId));
        Assert.That((secrets.Open(SecretKind.Name, before), secrets.Open(SecretKind.Name, after)), Is.EqualTo(("Voor", "Na")));
        Assert.That(await officer.GetStringAsync("/clients"), Does.Contain("Anna Achternaam"), "the session goes on, and so does the key of a client, wrapped under the older key");
        using var again = await service.SignedInAsync("officer@proef");
        Assert.That(await again.GetStringAsync("/clients"), Does.Contain("Anna Achternaam"));
    }

    // The first bytes of what Data Protection writes: a mark of four bytes, and which key it is.
    private static Guid KeyOf(byte[] cipher) => new(cipher.AsSpan(4, 16));
}
