using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.QualityReports;

/// <summary>A link that was made.</summary>
internal sealed record ReportLink
{
    public Guid Id { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Links to frozen reports for people without an account: the client council, relatives.</summary>
internal sealed class ReportLinks(IDatabase database, TimeProvider time)
{
    /// <summary>Days that a link can hold: long enough for a meeting of the council, short enough for a link that is passed on.</summary>
    public static readonly IReadOnlyList<int> Days = [7, 30, 90];

    /// <summary>Makes a link.</summary>
    /// <returns>The key that stands in it; it is kept nowhere.</returns>
    public async Task<string> MakeAsync(Guid report, int days, Guid person, CancellationToken cancel)
    {
        var (key, now) = (RandomNumberGenerator.GetHexString(40, lowercase: true), time.GetUtcNow());
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO QualityReportLink (Id, ReportId, KeyHash, MadeBy, MadeAt, ExpiresAt) VALUES (@id, @report, @hash, @person, @now, @expires)",
            new { id = Guid.CreateVersion7(now), report, hash = Hash(key), person, now, expires = now.AddDays(days) }, cancellationToken: cancel));
        return key;
    }

    /// <summary>The links of a report that still hold.</summary>
    public async Task<IReadOnlyList<ReportLink>> OfAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<ReportLink>(new CommandDefinition(
            "SELECT Id, MadeAt, ExpiresAt FROM QualityReportLink WHERE ReportId = @report AND ExpiresAt > @now ORDER BY MadeAt", new { report, now = time.GetUtcNow() }, cancellationToken: cancel))];
    }

    /// <summary>Takes a link back.</summary>
    public async Task TakeBackAsync(Guid report, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE QualityReportLink SET ExpiresAt = @now WHERE Id = @id AND ReportId = @report AND ExpiresAt > @now", new { id, report, now = time.GetUtcNow() }, cancellationToken: cancel));
    }

    /// <summary>The report to which a key leads; null where it holds no more or never was.</summary>
    public async Task<Guid?> FindAsync(string? key, CancellationToken cancel)
    {
        if (key is not { Length: 40 })
        {
            return null;
        }

        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "SELECT ReportId FROM QualityReportLink WHERE KeyHash = @hash AND ExpiresAt > @now", new { hash = Hash(key), now = time.GetUtcNow() }, cancellationToken: cancel));
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
