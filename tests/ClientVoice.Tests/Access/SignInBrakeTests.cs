using System.Net;
using ClientVoice.Access;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Tests.Access;

/// <summary>Guessing is slowed down, and keeps nobody out who is at home.</summary>
public sealed class SignInBrakeTests
{
    private const string Account = "WIL@HUIS";

    private Clock clock = null!;
    private SignInBrake brake = null!;

    [SetUp]
    public void Make()
    {
        clock = new Clock();
        brake = new SignInBrake(new EphemeralDataProtectionProvider(), clock);
    }

    [TearDown]
    public void Remove() => brake.Dispose();

    [Test]
    public void AfterTenTriesEachFurtherOneTakesTwiceAsLongUpToAQuarterOfAnHour()
    {
        Fail(Stranger(1), SignInBrake.Tries);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var wait = brake.Wait(Stranger(1), Account)!.Value;
            waits.Add(wait.TotalSeconds);
            clock.Now += wait;
            Assert.That(brake.Wait(Stranger(1), Account), Is.Null, "the wait is over");
            brake.Failed(Stranger(1), Account);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 30, 60, 120, 240, 480, 900, 900 }));
    }

    [Test]
    public void AnAttackerElsewhereKeepsNobodyOut()
    {
        Fail(Stranger(1), SignInBrake.Tries);
        Assert.That(brake.Wait(Stranger(2), Account), Is.Null, "another address");
        Assert.That(brake.Wait(Stranger(1), "RIA@HUIS"), Is.Null, "a colleague at the same address");
    }

    [Test]
    public void WhoSignedInOnADeviceBeforeComesInThereWhateverIsTriedElsewhere()
    {
        var cookie = Known(Stranger(1));
        for (var address = 1; address <= 30; address++)
        {
            Fail(Stranger(address), SignInBrake.Tries);
        }

        Assert.That(brake.Wait(Stranger(200), Account), Is.Not.Null, "a stranger waits, wherever: the account is tried from everywhere");
        Assert.That(brake.Wait(Stranger(1, cookie), Account), Is.Null, "the owner, at the attacker's own address");
    }

    [Test]
    public void ManyAccountsFromOneAddressAreSlowedDownToo()
    {
        for (var i = 0; i < SignInBrake.TriesFromAfar; i++)
        {
            brake.Failed(Stranger(1), $"A{i}@HUIS");
        }

        Assert.That(brake.Wait(Stranger(1), "NEW@HUIS"), Is.Not.Null);
    }

    [Test]
    public void AKnownDeviceIsCountedToo()
    {
        var cookie = Known(Stranger(1));
        Fail(Stranger(1, cookie), SignInBrake.Tries);
        Assert.That(brake.Wait(Stranger(1, cookie), Account), Is.Not.Null);
    }

    [TestCase("made up")]
    [TestCase("WIL@HUIS")]
    public void ACookieThatWasMadeUpIsNoKnownDevice(string cookie)
    {
        Fail(Stranger(1), SignInBrake.Tries);
        Assert.That(brake.Wait(Stranger(1, cookie), Account), Is.Not.Null);
    }

    private void Fail(HttpContext context, int times)
    {
        for (var i = 0; i < times; i++)
        {
            brake.Failed(context, Account);
        }
    }

    private string Known(HttpContext context)
    {
        brake.Succeeded(context, Account);
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict"));
        return cookie.Split(';')[0].Split('=', 2)[1];
    }

    private static DefaultHttpContext Stranger(int address, string? cookie = null)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = new IPAddress([192, 0, 2, (byte)address]) } };
        if (cookie is not null)
        {
            context.Request.Headers.Cookie = $"{SignInBrake.Cookie}={cookie}";
        }

        return context;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
