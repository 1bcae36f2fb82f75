// No e-mail is sent from here: an administrator gets a link, once, and hands it over by a way that both trust. Whoever opens it
// sets a password of their own, so no administrator ever knows one.
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace ClientVoice.Access;

/// <summary>Makes one-time links and sets passwords with them.</summary>
internal sealed class Invitations(IDatabase database, Secrets secrets, IPasswordHasher<Person> hasher, TimeProvider time)
{
    /// <summary>A week: long enough for somebody who works part-time, short enough for a link in a mailbox.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Makes a link's code for a person; codes made before stop working.</summary>
    /// <returns>The code; it is kept nowhere.</returns>
    public async Task<string> MakeAsync(Guid personId, CancellationToken cancel)
    {
        var (id, code, now) = (Guid.CreateVersion7(time.GetUtcNow()), RandomNumberGenerator.GetHexString(40, lowercase: true), time.GetUtcNow());
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Invitation SET ExpiresAt = @now WHERE PersonId = @personId AND UsedAt IS NULL AND ExpiresAt > @now", new { personId, now }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO Invitation (Id, PersonId, CodeHash, MadeAt, ExpiresAt) VALUES (@id, @personId, @hash, @now, @expires)",
            new { id, personId, hash = Hash(code), now, expires = now + Lasts }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return code;
    }

    /// <summary>The name of whom a code is for; null where it was used, is too old or never was.</summary>
    public async Task<string?> NameAsync(string code, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var secret = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            """
            SELECT p.NameSecret FROM Invitation i JOIN Person p ON p.Id = i.PersonId
            WHERE i.CodeHash = @hash AND i.UsedAt IS NULL AND i.ExpiresAt > @now AND p.DisabledAt IS NULL
            """,
            new { hash = Hash(code), now = time.GetUtcNow() }, cancellationToken: cancel));
        return secret is null ? null : secrets.Open(SecretKind.Name, secret);
    }

    /// <summary>Sets the password of whom the code is for, and ends their sessions.</summary>
    /// <returns>Who it is; null where the code does not hold (any more).</returns>
    public async Task<Guid?> UseAsync(string code, string password, CancellationToken cancel)
    {
        var values = new
        {
            hash = Hash(code), now = time.GetUtcNow(), password = hasher.HashPassword(null!, password), stamp = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Whoever marks it first has it: a link that was opened twice sets one password.
        if (await RunAsync("UPDATE Invitation SET UsedAt = @now WHERE CodeHash = @hash AND UsedAt IS NULL AND ExpiresAt > @now") != 1
            || await RunAsync("UPDATE Person SET PasswordHash = @password, SecurityStamp = @stamp WHERE DisabledAt IS NULL AND Id = (SELECT PersonId FROM Invitation WHERE CodeHash = @hash)") != 1)
        {
            return null;
        }

        var person = await connection.QuerySingleAsync<Guid>(new CommandDefinition("SELECT PersonId FROM Invitation WHERE CodeHash = @hash", values, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return person;

        Task<int> RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    // A code has 160 random bits: a plain hash cannot be guessed, and it can be looked up by index.
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim())));
}
