// Signing in and out, for the desk's pages and for the tablet alike: one cookie, one place.
using System.Security.Claims;
using System.Threading.RateLimiting;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ClientVoice.Access;

/// <summary>The signed-in person of a request.</summary>
internal static class PersonClaims
{
    public const string Stamp = "stamp";

    /// <summary>The paired tablet on which the session began.</summary>
    public const string Device = "device";

    public static Guid PersonId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static string PersonName(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Name)!;

    /// <summary>The paired tablet of this session; null elsewhere.</summary>
    public static Guid? DeviceId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Device), out var id) ? id : null;

    public static string PersonRole(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role)!;
}

/// <summary>Begins and ends sessions.</summary>
internal sealed class Session(People people) : IDisposable
{
    // Failed attempts, per address and account together: a care home shares one address, and an attacker elsewhere cannot
    // lock a colleague out. Ten is enough for tired fingers, and hopeless for guessing.
    private readonly PartitionedRateLimiter<string> failures = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(5) }));

    /// <exception cref="ProblemException"><c>sign-in-failed</c> or <c>too-many-attempts</c>.</exception>
    public async Task<Person> BeginAsync(HttpContext context, string email, string password)
    {
        var key = $"{context.Connection.RemoteIpAddress}|{email.Trim().ToUpperInvariant()}";
        if (failures.GetStatistics(key)?.CurrentAvailablePermits == 0)
        {
            throw new ProblemException(ProblemKinds.TooManyAttempts);
        }

        if (await people.SignInAsync(email, password, context.RequestAborted) is not { } person)
        {
            using var spent = failures.AttemptAcquire(key);
            throw new ProblemException(ProblemKinds.SignInFailed);
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, person.Id.ToString("D")),
                new Claim(ClaimTypes.Name, person.Name),
                new Claim(ClaimTypes.Role, person.Role),
                new Claim(PersonClaims.Stamp, person.SecurityStamp),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = false });
        return person;
    }

    public void Dispose() => failures.Dispose();
}
