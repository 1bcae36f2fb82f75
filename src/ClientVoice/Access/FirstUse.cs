// On a new database nobody can sign in, and there is no default password to forget about. Whoever starts the service reads a code
// off its console; with it, once, they become the first administrator. The code is in memory only: another start, another code.
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using ClientVoice.Problems;

namespace ClientVoice.Access;

/// <summary>The code of the first use.</summary>
internal sealed class FirstUse(StaffStore staff) : IDisposable
{
    // Without 0, O, 1, I and L: a code is read off one screen and typed on another.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 12;

    // Twelve of 31 letters are beyond guessing at ten attempts in five minutes; the limit is for whoever tries anyway.
    private readonly FixedWindowRateLimiter attempts = new(new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(5) });
    private string? code;

    /// <summary>Whether the first administrator is still to come.</summary>
    public bool IsOpen => code is not null;

    /// <summary>Makes a code where nobody can sign in yet; null where somebody can.</summary>
    /// <returns>In groups of four, for reading.</returns>
    public async Task<string?> OpenAsync(CancellationToken cancel)
    {
        if (await staff.AnyAsync(cancel))
        {
            return code = null;
        }

        code = RandomNumberGenerator.GetString(Letters, Length);
        return string.Join('-', code.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>Whether this is the code; case, spaces and hyphens do not matter.</summary>
    /// <exception cref="ProblemException"><c>too-many-attempts</c>.</exception>
    public bool IsCode(string typed)
    {
        using var lease = attempts.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            throw new ProblemException(ProblemKinds.TooManyAttempts);
        }

        var plain = new string([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return code is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(plain), Encoding.UTF8.GetBytes(code));
    }

    /// <summary>There is an administrator now: the code opens nothing any more.</summary>
    public void Close() => code = null;

    public void Dispose() => attempts.Dispose();
}
