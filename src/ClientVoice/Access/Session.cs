// Signing in and out, for the desk's pages and for the tablet alike: one cookie, one place.
using System.Security.Claims;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Access;

/// <summary>The signed-in person of a request.</summary>
internal static class PersonClaims
{
    public const string Stamp = "stamp";

    /// <summary>The row of the session.</summary>
    public const string Session = "session";

    /// <summary>How the person signed in: one of <see cref="Means"/>.</summary>
    public const string How = "means";

    /// <summary>The paired tablet on which the session began.</summary>
    public const string Device = "device";

    public static Guid PersonId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static string PersonName(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Name)!;

    public static string PersonRole(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role)!;

    /// <summary>The paired tablet of this session; null elsewhere.</summary>
    public static Guid? DeviceId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Device), out var id) ? id : null;

    /// <summary>The session; null where nobody is signed in.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}

/// <summary>How somebody signed in.</summary>
internal static class Means
{
    public const string Password = "password";
    public const string PasswordAndCode = "password-and-code";
    public const string Provider = "provider";
}

/// <summary>Begins and ends sessions.</summary>
internal sealed class Session(People people, Sessions sessions, SecondFactors factors, SignInBrake brake, IAuditTrail audit, IDataProtectionProvider provider)
{
    // Long enough to find the phone, too short to be found in a form later.
    private static readonly TimeSpan TicketLasts = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector tickets = provider.CreateProtector("ClientVoice.SecondStep").ToTimeLimitedDataProtector();

    /// <summary>Signs in at the desk.</summary>
    /// <returns>Null where it is done; else a ticket for the second step.</returns>
    /// <exception cref="ProblemException"><c>sign-in-failed</c> or <c>too-many-attempts</c>.</exception>
    public async Task<string?> BeginAsync(HttpContext context, string email, string password)
    {
        var person = await PersonOfAsync(context, email, password);
        if (await factors.FindAsync(person.Id, context.RequestAborted) is not null)
        {
            return tickets.Protect($"{person.Id:D} {person.SecurityStamp}", TicketLasts);
        }

        await brake.SucceededAsync(context, Account(email), context.RequestAborted);
        await EnterAsync(context, person, Means.Password, null);
        return null;
    }

    /// <summary>The second step at the desk.</summary>
    /// <exception cref="ProblemException"><c>second-step-failed</c>, <c>sign-in-failed</c> where the ticket is too old, or <c>too-many-attempts</c>.</exception>
    public async Task EndSecondStepAsync(HttpContext context, string ticket, string code)
    {
        if (PersonOfTicket(ticket) is not var (id, stamp) || await people.FindAsync(id, stamp, context.RequestAborted) is not { } person)
        {
            throw new ProblemException(ProblemKinds.SignInFailed);
        }

        await CheckCodeAsync(context, person, code);
        await EnterAsync(context, person, Means.PasswordAndCode, null);
    }

    /// <summary>Signs in on a tablet: all at once, for the tablet has the password at hand until its vault is open.</summary>
    /// <param name="code">Of the second step; null where none was asked yet.</param>
    /// <param name="device">The paired tablet; null on one that need not be.</param>
    /// <exception cref="ProblemException">As above, or <c>second-step-needed</c>.</exception>
    public async Task BeginOnTabletAsync(HttpContext context, string email, string password, string? code, Guid? device)
    {
        var person = await PersonOfAsync(context, email, password);
        var means = Means.Password;
        if (await factors.FindAsync(person.Id, context.RequestAborted) is not null)
        {
            await CheckCodeAsync(context, person, code ?? throw new ProblemException(ProblemKinds.SecondStepNeeded));
            means = Means.PasswordAndCode;
        }

        await brake.SucceededAsync(context, Account(email), context.RequestAborted);
        await EnterAsync(context, person, means, device);
    }

    /// <summary>Signs in somebody who is known already: by the organisation's own provider.</summary>
    public Task EnterAsync(HttpContext context, Person person) => EnterAsync(context, person, Means.Provider, null);

    /// <summary>Signs out here.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (context.User.SessionId() is { } session)
        {
            await sessions.EndAsync(session, context.User.PersonId(), context.RequestAborted);
            await audit.NowAsync(AuditEvent.Of(context, "session.end", $"session/{session}"), context.RequestAborted);
        }

        await context.SignOutAsync();
    }

    private static string Account(string email) => email.Trim().ToUpperInvariant();

    private async Task<Person> PersonOfAsync(HttpContext context, string email, string password)
    {
        var account = Account(email);
        var counted = await CountedAsync(context, account);
        if (await people.SignInAsync(email, password, context.RequestAborted) is { } person)
        {
            await brake.TakeBackAsync(counted, context.RequestAborted);
            return person;
        }

        audit.Soon(AuditEvent.Of(context, "session.refused", "session", "refused"));
        throw new ProblemException(ProblemKinds.SignInFailed);
    }

    // Tries of codes are counted by person: whoever comes here knows the password.
    private async Task CheckCodeAsync(HttpContext context, Person person, string code)
    {
        var account = $"code {person.Id:D}";
        var counted = await CountedAsync(context, account);
        if (!await factors.UseAsync(person.Id, code, context.RequestAborted))
        {
            audit.Soon(AuditEvent.Of(context, "session.refused", $"person/{person.Id}", "refused"));
            throw new ProblemException(ProblemKinds.SecondStepFailed);
        }

        await brake.TakeBackAsync(counted, context.RequestAborted);
        await brake.SucceededAsync(context, account, context.RequestAborted);
    }

    private async Task<CountedTry> CountedAsync(HttpContext context, string account)
    {
        var (counted, wait) = await brake.TryAsync(context, account, context.RequestAborted);
        return counted ?? throw new ProblemException(ProblemKinds.TooManyAttempts) { RetryAfter = wait };
    }

    private async Task EnterAsync(HttpContext context, Person person, string means, Guid? device)
    {
        var session = await sessions.BeginAsync(person.Id, device, means, Sessions.BrowserOf(context.Request), context.RequestAborted);
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, person.Id.ToString("D")), new(ClaimTypes.Name, person.Name), new(ClaimTypes.Role, person.Role),
            new(PersonClaims.Stamp, person.SecurityStamp), new(PersonClaims.Session, session.ToString("D")), new(PersonClaims.How, means),
        ];
        if (device is { } tablet)
        {
            claims.Add(new(PersonClaims.Device, tablet.ToString("D")));
        }

        var user = new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, user, new AuthenticationProperties { IsPersistent = false });
        context.User = user;
        await audit.NowAsync(AuditEvent.Of(context, "session.begin", $"session/{session}"), context.RequestAborted);
    }

    private (Guid Id, string Stamp)? PersonOfTicket(string ticket)
    {
        try
        {
            return ticket.Length > 2_000 ? null : tickets.Unprotect(ticket).Split(' ') is [var id, var stamp] ? (Guid.Parse(id), stamp) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
