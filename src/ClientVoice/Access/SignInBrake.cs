// Guessing passwords is slowed down, and nobody can use that to keep a colleague out. A device on which somebody signed in before is
// known by a cookie and has a count of its own: whatever strangers try elsewhere, its owner comes in. Strangers are counted by
// account and address together, by account over all addresses, and by address over all accounts; a care home shares an address, so
// the last two are wide. Counts are in the database, under keyed hashes: two nodes give no more guesses than one. A try is counted
// before it is looked at and taken back where it was right, so that many at once are no way around.
using System.Data;
using System.Data.Common;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Access;

/// <summary>A try that was counted, with what was counted before it.</summary>
internal sealed record CountedTry(DateTimeOffset At, IReadOnlyList<CountBefore> Before);

/// <summary>A count as it was.</summary>
/// <param name="What">What is counted, readable: it stays in memory.</param>
/// <param name="Most">Tries that cost no waiting.</param>
/// <param name="FailedAt">When the last one was wrong; null where nothing was counted.</param>
internal sealed record CountBefore(string What, int Most, int Failures, DateTimeOffset? FailedAt);

/// <summary>Slows down whoever tries passwords.</summary>
internal sealed class SignInBrake(IDataProtectionProvider provider, IDatabase database, LookUps lookUps, TimeProvider time)
{
    /// <summary>The cookie of a device on which somebody signed in before.</summary>
    public const string Cookie = "cv-known";

    /// <summary>Tries of one account from one device or address: enough for tired fingers.</summary>
    public const int Tries = 10;

    /// <summary>Tries by strangers of one account from everywhere, and from one address of every account.</summary>
    public const int TriesFromAfar = 100;

    /// <summary>How long after the last wrong one nothing is counted any more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>Counts that are kept at most: far more than people sign in within an hour, some tens of megabytes.</summary>
    public int MostCounts { get; init; } = 200_000;

    private const int MostPeople = 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    // So much may the clocks of two nodes differ.
    private static readonly TimeSpan ApartAtMost = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan BetweenTidying = TimeSpan.FromMinutes(1);

    private readonly IDataProtector protector = provider.CreateProtector("ClientVoice.KnownDevice");
    private long tidiedAt;

    /// <summary>Counts a try, where one may be made now.</summary>
    /// <returns>The try; or, where it has to wait, for how long: then nothing was counted.</returns>
    public async Task<(CountedTry? Try, TimeSpan Wait)> TryAsync(HttpContext context, string account, CancellationToken cancel)
    {
        var counted = Counted(context, account);
        await lookUps.ReadyAsync(cancel);
        // Where another node made the same row, or both waited for each other's, there is now one to wait for.
        return await Again.WhereOneWasFirstAsync(
            async stop =>
            {
                await using var connection = await database.OpenAsync(stop);
                await TidyAsync(connection, stop);
                return await CountAsync(connection, counted, stop);
            },
            cancel);
    }

    /// <summary>The try was right: it does not count.</summary>
    public async Task TakeBackAsync(CountedTry right, CancellationToken cancel)
    {
        foreach (var before in right.Before)
        {
            await ChangeAsync(
                "UPDATE SignInCount SET Failures = Failures - 1, FailedAt = CASE WHEN FailedAt = @at THEN @before ELSE FailedAt END WHERE CountedHash IN @hashes AND Failures > 0",
                keys => new { hashes = keys.All(before.What), at = right.At, before = before.FailedAt ?? right.At }, cancel);
        }
    }

    /// <summary>Somebody is in: this device is known from now on, and its tries are forgotten.</summary>
    public async Task SucceededAsync(HttpContext context, string account, CancellationToken cancel)
    {
        var own = Counted(context, account)[0].What;
        await ChangeAsync("DELETE FROM SignInCount WHERE CountedHash IN @hashes", keys => new { hashes = keys.All(own) }, cancel);
        List<string> known = [account, .. Known(context).Where(a => a != account)];
        context.Response.Cookies.Append(Cookie, protector.Protect(string.Join('\n', known.Take(MostPeople))), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), IsEssential = true,
        });
    }

    private async Task<(CountedTry?, TimeSpan)> CountAsync(DbConnection connection, IReadOnlyList<CountBefore> counted, CancellationToken cancel)
    {
        // To the millisecond, as databases keep it.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        var hashes = counted.Select(c => keys.Hash(c.What)).ToList();
        await BringOverAsync(connection, transaction, keys, counted, cancel);
        // Taken before they are read, so that two nodes wait for each other here and not for ever.
        await connection.ExecuteAsync(new CommandDefinition("UPDATE SignInCount SET Failures = Failures WHERE CountedHash IN @hashes", new { hashes }, transaction, cancellationToken: cancel));
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT CountedHash, Failures, FailedAt FROM SignInCount WHERE CountedHash IN @hashes", new { hashes }, transaction, cancellationToken: cancel))).ToDictionary(r => r.CountedHash);
        // A time that is still to come was written before a clock was put back: how often is known, how long ago is not.
        List<CountBefore> before = [.. counted.Select((c, i) => rows.TryGetValue(hashes[i], out var row) && now - row.FailedAt < Forgotten
            ? c with { Failures = row.Failures, FailedAt = row.FailedAt > now + ApartAtMost ? null : row.FailedAt } : c)];
        var wait = before.Where(c => c.FailedAt is not null && c.Failures >= c.Most).Select(c => c.FailedAt!.Value + WaitAfter(c.Failures, c.Most) - now).DefaultIfEmpty().Max();
        if (wait > TimeSpan.Zero)
        {
            return (null, wait);
        }

        foreach (var (count, hash) in before.Zip(hashes))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                rows.ContainsKey(hash)
                    ? "UPDATE SignInCount SET Failures = @failures, FailedAt = @now WHERE CountedHash = @hash"
                    : "INSERT INTO SignInCount (CountedHash, Failures, FailedAt) VALUES (@hash, @failures, @now)",
                new { hash, failures = count.Failures + 1, now }, transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
        return (new CountedTry(now, before), TimeSpan.Zero);
    }

    // What was counted under a key that is being renewed goes on under the new one, and is counted there alone.
    private static async Task BringOverAsync(DbConnection connection, DbTransaction transaction, LookUpKeys keys, IReadOnlyList<CountBefore> counted, CancellationToken cancel)
    {
        foreach (var what in keys.IsRenewing ? counted.Select(c => c.What) : [])
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE SignInCount SET CountedHash = @hash WHERE CountedHash IN @older", new { hash = keys.Hash(what), older = keys.Older(what) }, transaction, cancellationToken: cancel));
        }
    }

    // Of one moment with the keys: a count is brought over beside this.
    private async Task ChangeAsync(string sql, Func<LookUpKeys, object> values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, values(await lookUps.InAsync(connection, transaction, cancel)), transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    // Half a minute after the last free try, then twice as long each time.
    private static TimeSpan WaitAfter(int failures, int most) => failures < most
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, Math.Min(failures - most, 10))));

    // Once a minute for each node. Where somebody makes counts faster than they are forgotten, those go first that stand for least: the
    // counts of whoever is really being guessed at stay.
    private async Task TidyAsync(DbConnection connection, CancellationToken cancel)
    {
        var (now, last) = (time.GetUtcNow(), Interlocked.Read(ref tidiedAt));
        if (Math.Abs(now.Ticks - last) < BetweenTidying.Ticks || Interlocked.CompareExchange(ref tidiedAt, now.Ticks, last) != last)
        {
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM SignInCount WHERE FailedAt < @forgotten", new { forgotten = now - Forgotten }, cancellationToken: cancel));
        var over = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM SignInCount", cancellationToken: cancel)) - MostCounts;
        if (over > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"DELETE FROM SignInCount WHERE CountedHash IN (SELECT CountedHash FROM SignInCount ORDER BY Failures, FailedAt{database.Dialect.Page("@none", "@over")})",
                new { none = 0, over }, cancellationToken: cancel));
        }
    }

    // What is counted; it is kept hashed: neither an account nor an address can be read from the database. The first is the one that getting in clears.
    private List<CountBefore> Counted(HttpContext context, string account)
    {
        var address = context.Connection.RemoteIpAddress;
        (string What, int Most)[] counted = Known(context).Contains(account)
            ? [($"known|{context.Request.Cookies[Cookie]}|{account}", Tries)]
            : [($"here|{address}|{account}", Tries), ($"account|{account}", TriesFromAfar), ($"address|{address}", TriesFromAfar)];
        return [.. counted.Select(c => new CountBefore($"sign-in {c.What}", c.Most, 0, null))];
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

    private sealed record Row
    {
        public string CountedHash { get; init; } = "";

        public int Failures { get; init; }

        public DateTimeOffset FailedAt { get; init; }
    }
}
