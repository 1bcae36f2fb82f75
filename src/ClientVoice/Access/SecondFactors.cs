// A second step at signing in: a code of six digits that an app makes of a shared key and the time (RFC 6238), and ten codes on paper for
// whoever loses the app. A code is good once.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;
using OtpNet;

namespace ClientVoice.Access;

/// <summary>A second step that is set up.</summary>
/// <param name="Since">When it was confirmed with a first code.</param>
/// <param name="CodesLeft">Codes on paper that were not used yet.</param>
internal sealed record SecondStep(DateTimeOffset Since, int CodesLeft);

/// <summary>Keeps and checks second steps.</summary>
internal sealed class SecondFactors(IDatabase database, Secrets secrets, TimeProvider time)
{
    /// <summary>How many codes on paper are made at once.</summary>
    public const int RecoveryCodes = 10;

    // As in codes for first use: without what looks alike.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    // A clock that is half a minute off, either way, is right enough.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>What a person has; null where nothing is confirmed.</summary>
    public async Task<SecondStep?> FindAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<StepRow>(new CommandDefinition(
            """
            SELECT f.ConfirmedAt, (SELECT COUNT(*) FROM RecoveryCode r WHERE r.PersonId = f.PersonId AND r.UsedAt IS NULL) AS CodesLeft
            FROM SecondFactor f WHERE f.PersonId = @personId AND f.ConfirmedAt IS NOT NULL
            """,
            new { personId }, cancellationToken: cancel));
        return row is null ? null : new SecondStep(row.ConfirmedAt, row.CodesLeft);
    }

    /// <summary>The key to set an app up with: a new one, unless one waits to be confirmed.</summary>
    /// <returns>In base 32, as apps take it.</returns>
    public async Task<string> BeginAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await RowAsync(connection, personId, cancel) is { ConfirmedAt: null } waiting)
        {
            return Base32Encoding.ToString(secrets.OpenBytes(SecretKind.ServiceKey, waiting.KeySecret));
        }

        var key = RandomNumberGenerator.GetBytes(20);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO SecondFactor (PersonId, KeySecret, MadeAt, LastStep) VALUES (@personId, @key, @now, 0)",
            new { personId, key = secrets.Protect(SecretKind.ServiceKey, key), now = time.GetUtcNow() }, cancellationToken: cancel));
        return Base32Encoding.ToString(key);
    }

    /// <summary>The address that an app reads from a picture.</summary>
    public static string Address(string key, string account) => $"otpauth://totp/ClientVoice:{Uri.EscapeDataString(account)}?secret={key}&issuer=ClientVoice";

    /// <summary>Confirms with a first code of the app.</summary>
    /// <returns>Codes to keep on paper, shown once; null where the code is not right.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Guid personId, string code, CancellationToken cancel)
    {
        if (!await TakeStepAsync(personId, code, confirmed: false, cancel))
        {
            return null;
        }

        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("UPDATE SecondFactor SET ConfirmedAt = @now WHERE PersonId = @personId", new { personId, now = time.GetUtcNow() }, cancellationToken: cancel));
        return await NewCodesAsync(personId, cancel);
    }

    /// <summary>Makes new codes on paper; those before stop working.</summary>
    public async Task<IReadOnlyList<string>> NewCodesAsync(Guid personId, CancellationToken cancel)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, 10)).ToList();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM RecoveryCode WHERE PersonId = @personId", new { personId }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO RecoveryCode (PersonId, CodeHash) VALUES (@personId, @hash)", codes.Select(code => new { personId, hash = Hash(personId, code) }), transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return [.. codes.Select(code => $"{code[..5]}-{code[5..]}")];
    }

    /// <summary>Whether this is a code of the person's app that was not used yet, or one on paper; it is used then.</summary>
    public async Task<bool> UseAsync(Guid personId, string code, CancellationToken cancel)
    {
        var plain = new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        if (plain.Length == 6 && plain.All(char.IsAsciiDigit))
        {
            return await TakeStepAsync(personId, plain, confirmed: true, cancel);
        }

        await using var connection = await database.OpenAsync(cancel);
        // Whoever marks it first has used it.
        return plain.Length == 10 && await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE RecoveryCode SET UsedAt = @now WHERE PersonId = @personId AND CodeHash = @hash AND UsedAt IS NULL",
            new { personId, hash = Hash(personId, plain), now = time.GetUtcNow() }, cancellationToken: cancel)) == 1;
    }

    /// <summary>Takes the second step away, with its codes.</summary>
    public async Task RemoveAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        foreach (var table in (string[])["RecoveryCode", "SecondFactor"])
        {
            await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM {table} WHERE PersonId = @personId", new { personId }, cancellationToken: cancel));
        }
    }

    private async Task<bool> TakeStepAsync(Guid personId, string code, bool confirmed, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await RowAsync(connection, personId, cancel) is not { } row || row.ConfirmedAt is null == confirmed)
        {
            return false;
        }

        var totp = new Totp(secrets.OpenBytes(SecretKind.ServiceKey, row.KeySecret));
        // In one statement, so that a code that is sent twice at once opens once.
        return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code.Trim(), out var step, Window) && await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE SecondFactor SET LastStep = @step WHERE PersonId = @personId AND LastStep < @step", new { personId, step }, cancellationToken: cancel)) == 1;
    }

    private static Task<Row?> RowAsync(System.Data.Common.DbConnection connection, Guid personId, CancellationToken cancel) => connection.QuerySingleOrDefaultAsync<Row?>(new CommandDefinition(
        "SELECT KeySecret, ConfirmedAt FROM SecondFactor WHERE PersonId = @personId", new { personId }, cancellationToken: cancel));

    // Fifty random bits behind a brake on tries, and bound to whose they are.
    private static string Hash(Guid personId, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{personId:D} {code}"))));

    private sealed record Row
    {
        public byte[] KeySecret { get; init; } = [];

        public DateTimeOffset? ConfirmedAt { get; init; }
    }

    private sealed record StepRow
    {
        public DateTimeOffset ConfirmedAt { get; init; }

        public int CodesLeft { get; init; }
    }
}
