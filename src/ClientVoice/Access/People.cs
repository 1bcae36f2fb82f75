using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Database;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace ClientVoice.Access;

/// <summary>A member of staff, opened.</summary>
internal sealed record Person(Guid Id, string Name, string Role, string SecurityStamp);

/// <summary>Finds and keeps the people who can sign in.</summary>
internal sealed class People(IDatabase database, Secrets secrets, LookUps lookUps, IPasswordHasher<Person> hasher, IHostEnvironment environment)
{
    // Checked where the address is unknown, so that an unknown address takes as long as a wrong password.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Person>().HashPassword(null!, RandomNumberGenerator.GetHexString(32)));

    /// <summary>The person whose address and password these are, or null. Demo accounts open in Development only.</summary>
    public async Task<Person?> SignInAsync(string email, string password, CancellationToken cancel)
    {
        var row = await lookUps.LookAsync((connection, moment, keys) => connection.QuerySingleOrDefaultAsync<PersonRow>(new CommandDefinition(
            "SELECT Id, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo FROM Person WHERE EmailHash IN @hashes AND DisabledAt IS NULL",
            new { hashes = keys.All(email) }, moment, cancellationToken: cancel)), cancel);
        // Nor does somebody who has not set a password yet answer any sooner.
        var verdict = hasher.VerifyHashedPassword(null!, row is { PasswordHash.Length: > 0 } ? row.PasswordHash : NobodysHash.Value, password);
        return row is null || verdict == PasswordVerificationResult.Failed || (row.IsDemo && !environment.IsDevelopment())
            ? null
            : new Person(row.Id, secrets.Open(SecretKind.Name, row.NameSecret), row.Role, row.SecurityStamp);
    }

    /// <summary>Somebody who may sign in and whose stamp is still this; null where that is not so.</summary>
    /// <param name="stamp">Null for whatever it is.</param>
    public async Task<Person?> FindAsync(Guid id, string? stamp, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<PersonRow>(new CommandDefinition(
            "SELECT Id, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo FROM Person WHERE Id = @id AND DisabledAt IS NULL", new { id }, cancellationToken: cancel));
        return row is null || (stamp is not null && row.SecurityStamp != stamp) || (row.IsDemo && !environment.IsDevelopment())
            ? null
            : new Person(row.Id, secrets.Open(SecretKind.Name, row.NameSecret), row.Role, row.SecurityStamp);
    }

    /// <summary>Whose address this is, of who may sign in; null where it is nobody's.</summary>
    public Task<Guid?> IdOfAsync(string email, CancellationToken cancel) =>
        lookUps.LookAsync((connection, moment, keys) => connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "SELECT Id FROM Person WHERE EmailHash IN @hashes AND DisabledAt IS NULL", new { hashes = keys.All(email) }, moment, cancellationToken: cancel)), cancel);

    /// <summary>Whether an address belongs to somebody else, also to somebody who was shut out.</summary>
    public static async Task<bool> IsTakenAsync(DbConnection connection, DbTransaction transaction, LookUpKeys keys, string email, Guid id, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM Person WHERE EmailHash IN @hashes AND Id <> @id", new { hashes = keys.All(email), id }, transaction, cancellationToken: cancel)) > 0;

    /// <summary>Gives a person another role; their sessions end.</summary>
    /// <returns>False where they had it already.</returns>
    public async Task<bool> SetRoleAsync(Guid id, string role, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Person SET Role = @role, SecurityStamp = @stamp WHERE Id = @id AND Role <> @role",
            new { id, role, stamp = RandomNumberGenerator.GetHexString(32, lowercase: true) }, cancellationToken: cancel)) == 1;
    }

    /// <summary>The e-mail address of a person.</summary>
    public async Task<string> EmailAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return secrets.Open(SecretKind.Name, (await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition("SELECT EmailSecret FROM Person WHERE Id = @id", new { id }, cancellationToken: cancel)))!);
    }

    /// <summary>Sets another password where the one before is right; the person's sessions end.</summary>
    /// <returns>False where it is not right.</returns>
    public async Task<bool> ChangePasswordAsync(Guid id, string before, string after, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var kept = await connection.ExecuteScalarAsync<string>(new CommandDefinition("SELECT PasswordHash FROM Person WHERE Id = @id", new { id }, cancellationToken: cancel));
        if (kept is not { Length: > 0 } || hasher.VerifyHashedPassword(null!, kept, before) == PasswordVerificationResult.Failed)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Person SET PasswordHash = @hash, SecurityStamp = @stamp WHERE Id = @id",
            new { id, hash = hasher.HashPassword(null!, after), stamp = RandomNumberGenerator.GetHexString(32, lowercase: true) }, cancellationToken: cancel));
        return true;
    }

    /// <summary>Whether there is or was such a person here, also somebody who left.</summary>
    public async Task<bool> IsKnownAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Person WHERE Id = @id", new { id }, cancellationToken: cancel)) == 1;
    }

    /// <summary>Adds a person with a scope.</summary>
    public async Task<Guid> AddAsync(NewPerson person, CancellationToken cancel)
    {
        await PrepareAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        await AddAsync(connection, transaction, person, cancel);
        await transaction.CommitAsync(cancel);
        return person.Id;
    }

    /// <summary>What has to be there before a transaction in which somebody is added.</summary>
    public Task PrepareAsync(CancellationToken cancel) => lookUps.ReadyAsync(cancel);

    /// <summary>Adds a person within the caller's transaction, which is serializable.</summary>
    /// <exception cref="InvalidOperationException">Somebody else has this address.</exception>
    public async Task AddAsync(DbConnection connection, DbTransaction transaction, NewPerson person, CancellationToken cancel)
    {
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        if (await IsTakenAsync(connection, transaction, keys, person.Email, person.Id, cancel))
        {
            throw new InvalidOperationException("Somebody else has this e-mail address.");
        }

        var row = new
        {
            person.Id,
            emailHash = keys.Hash(person.Email),
            EmailSecret = secrets.Protect(SecretKind.Name, person.Email),
            NameSecret = secrets.Protect(SecretKind.Name, person.Name),
            person.Role,
            PasswordHash = hasher.HashPassword(null!, person.Password),
            SecurityStamp = RandomNumberGenerator.GetHexString(32, lowercase: true),
            person.IsDemo,
        };
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO Person (Id, EmailHash, EmailSecret, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo)
            VALUES (@Id, @emailHash, @EmailSecret, @NameSecret, @Role, @PasswordHash, @SecurityStamp, @IsDemo)
            """,
            row, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO PersonScope (PersonId, PlaceId) VALUES (@PersonId, @PlaceId)",
            person.Places.Select(place => new { PersonId = person.Id, PlaceId = place }), transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO PersonGroup (PersonId, GroupId) VALUES (@PersonId, @GroupId)",
            person.Groups.Select(group => new { PersonId = person.Id, GroupId = group }), transaction, cancellationToken: cancel));
    }

    private sealed record PersonRow
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public string Role { get; init; } = "";

        public string PasswordHash { get; init; } = "";

        public string SecurityStamp { get; init; } = "";

        public bool IsDemo { get; init; }
    }
}

/// <summary>A person to add.</summary>
/// <param name="Places">The places in scope; everything below them is too.</param>
internal sealed record NewPerson(Guid Id, string Email, string Name, string Role, string Password, bool IsDemo, IReadOnlyList<Guid> Places)
{
    /// <summary>The client groups to which the scope is narrowed; none is every group.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];
}
