// Guessing passwords is slowed down, and nobody can use that to keep a colleague out. A device on which somebody signed in before is
// known by a cookie and has a count of its own: whatever strangers try elsewhere, its owner comes in. Strangers are counted by
// account and address together, by account over all addresses, and by address over all accounts; a care home shares an address, so
// the last two are wide. Counts are in memory: of several nodes, each has its own.
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace ClientVoice.Access;

/// <summary>Slows down whoever tries passwords.</summary>
internal sealed class SignInBrake(IDataProtectionProvider provider, TimeProvider time) : IDisposable
{
    /// <summary>The cookie of a device on which somebody signed in before.</summary>
    public const string Cookie = "cv-known";

    /// <summary>Tries of one account from one device or address: enough for tired fingers.</summary>
    public const int Tries = 10;

    /// <summary>Tries by strangers of one account from everywhere, and from one address of every account.</summary>
    public const int TriesFromAfar = 100;

    private const int MostPeople = 20;
    private const int MostCounts = 200_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly IDataProtector protector = provider.CreateProtector("ClientVoice.KnownDevice");
    private readonly MemoryCache counts = new(new MemoryCacheOptions { SizeLimit = MostCounts });
    private readonly Lock turn = new();

    /// <summary>How long this account has to wait before the next try counts here; null where it may be tried.</summary>
    public TimeSpan? Wait(HttpContext context, string account)
    {
        var now = time.GetUtcNow();
        lock (turn)
        {
            return Keys(context, account).Select(k => counts.Get<Count>(k.Key)?.Until - now).Where(wait => wait > TimeSpan.Zero).Max();
        }
    }

    /// <summary>A try was wrong.</summary>
    public void Failed(HttpContext context, string account)
    {
        var now = time.GetUtcNow();
        lock (turn)
        {
            foreach (var (key, most) in Keys(context, account))
            {
                var failed = counts.Get<Count>(key) is { } before && now - before.At < Forgotten ? before.Failures + 1 : 1;
                // Half a minute after the last free try, then twice as long each time.
                var wait = failed < most ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, Math.Min(failed - most, 10))));
                counts.Set(key, new Count(failed, now + wait, now), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Forgotten });
            }
        }
    }

    /// <summary>It was right: this device is known from now on, and its tries are forgotten.</summary>
    public void Succeeded(HttpContext context, string account)
    {
        lock (turn)
        {
            counts.Remove(Keys(context, account)[0].Key);
        }

        List<string> known = [account, .. Known(context).Where(a => a != account)];
        context.Response.Cookies.Append(Cookie, protector.Protect(string.Join('\n', known.Take(MostPeople))), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), IsEssential = true,
        });
    }

    public void Dispose() => counts.Dispose();

    // The first is the one that a right password clears.
    private List<(string Key, int Most)> Keys(HttpContext context, string account)
    {
        if (Known(context).Contains(account))
        {
            return [($"known|{context.Request.Cookies[Cookie]}|{account}", Tries)];
        }

        var address = context.Connection.RemoteIpAddress;
        return [($"here|{address}|{account}", Tries), ($"account|{account}", TriesFromAfar), ($"address|{address}", TriesFromAfar)];
    }

    private string[] Known(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 and < 4_000 } cookie)
        {
            return [];
        }

        try
        {
            return protector.Unprotect(cookie).Split('\n');
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Made up, or of a key that is gone: as if there were none.
            return [];
        }
    }

    private sealed record Count(int Failures, DateTimeOffset Until, DateTimeOffset At);
}
