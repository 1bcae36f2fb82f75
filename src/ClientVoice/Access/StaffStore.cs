// The people who can sign in, as an administrator keeps them. Signing in itself is People's.
using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>A member of staff as an administrator sees them.</summary>
/// <param name="Places">The places in scope; everything below them is too.</param>
/// <param name="Disabled">Shut out since; null for who can sign in.</param>
/// <param name="HasPassword">False until a one-time link was used.</param>
internal sealed record StaffMember(
    Guid Id, string Name, string Email, string Role, IReadOnlyList<Guid> Places, DateTimeOffset? Disabled, bool HasPassword)
{
    /// <summary>The client groups to which the scope is narrowed; none is every group.</summary>
    public IReadOnlyList<Guid> Groups { get; init; } = [];

    /// <summary>Whether a client group is in scope.</summary>
    public bool Sees(Guid group) => Groups.Count == 0 || Groups.Contains(group);
}

/// <summary>Reads and writes people.</summary>
internal sealed class StaffStore(IDatabase database, Secrets secrets, OpenedNames names, LookUps lookUps)
{
    private const string Columns = "p.Id, p.NameSecret, p.EmailSecret, p.Role, p.DisabledAt, CASE WHEN p.PasswordHash = '' THEN 0 ELSE 1 END AS HasPassword";

    // Whom this person may manage: everyone whose scope lies within this person's own, by places and by groups.
    private static readonly string Managed =
        $"""
        NOT EXISTS (SELECT 1 FROM PersonScope o WHERE o.PersonId = p.Id AND o.PlaceId NOT IN {ScopeSql.Places("@manager")})
          AND (NOT EXISTS (SELECT 1 FROM PersonGroup m WHERE m.PersonId = @manager)
            OR (EXISTS (SELECT 1 FROM PersonGroup o WHERE o.PersonId = p.Id)
              AND NOT EXISTS (SELECT 1 FROM PersonGroup o WHERE o.PersonId = p.Id AND o.GroupId NOT IN (SELECT m.GroupId FROM PersonGroup m WHERE m.PersonId = @manager))))
        """;

    /// <summary>Everyone whom <paramref name="manager"/> may manage.</summary>
    public async Task<IReadOnlyList<StaffMember>> OfManagerAsync(Guid manager, CancellationToken cancel) =>
        await ReadAsync(Managed, new { manager }, cancel);

    /// <summary>One of them; null where there is none.</summary>
    public async Task<StaffMember?> FindAsync(Guid id, Guid manager, CancellationToken cancel) =>
        (await ReadAsync($"p.Id = @id AND {Managed}", new { id, manager }, cancel)).SingleOrDefault();

    /// <summary>Everyone with a role that works with clients and a scope that holds this place: who can be a regular worker there.</summary>
    /// <param name="groupId">And this client group; null where it is still to be chosen.</param>
    public async Task<IReadOnlyList<StaffMember>> WorkersAtAsync(Guid placeId, Guid? groupId, CancellationToken cancel) => await ReadAsync(
        $"""
        p.DisabledAt IS NULL AND p.Role IN ('support-worker', 'observer', 'team-leader')
          AND EXISTS (SELECT 1 FROM PersonScope s JOIN PlaceTree t ON t.AncestorId = s.PlaceId WHERE s.PersonId = p.Id AND t.DescendantId = @placeId)
          {(groupId is null ? "" : $"AND {ScopeSql.Group("@groupId", "p.Id")}")}
        """,
        new { placeId, groupId }, cancel);

    /// <summary>The client groups to which somebody's own scope is narrowed; none is every group.</summary>
    public async Task<IReadOnlySet<Guid>> GroupsOfAsync(Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT GroupId FROM PersonGroup WHERE PersonId = @person", new { person }, cancellationToken: cancel))).ToHashSet();
    }

    /// <summary>Everyone with a role that works with clients, wherever.</summary>
    public async Task<IReadOnlyList<StaffMember>> WorkersAsync(CancellationToken cancel) =>
        await ReadAsync("p.DisabledAt IS NULL AND p.Role IN ('support-worker', 'observer', 'team-leader')", new { }, cancel);

    /// <summary>Names by id, of whoever they are.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var found = new Dictionary<Guid, string>();
        // SQL Server takes 2,100 parameters a statement.
        foreach (var some in ids.Distinct().Chunk(1_000))
        {
            foreach (var row in await connection.QueryAsync<StaffRow>(new CommandDefinition(
                "SELECT p.Id, p.NameSecret FROM Person p WHERE p.Id IN @ids", new { ids = IdList.Of(some) }, cancellationToken: cancel)))
            {
                found.Add(row.Id, names.Open(row.NameSecret));
            }
        }

        return found;
    }

    /// <summary>Whether anybody can sign in: false on a new database, where the first administrator is still to come.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Person", cancellationToken: cancel)) > 0;
    }

    /// <summary>Whether anybody who holds conversations can sign in.</summary>
    public async Task<bool> AnyWorkerAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM Person WHERE Role IN ('support-worker', 'observer', 'team-leader') AND DisabledAt IS NULL AND PasswordHash <> ''", cancellationToken: cancel)) > 0;
    }

    /// <summary>Whether somebody else who can sign in is an administrator of the whole organisation.</summary>
    public async Task<bool> AnotherAdministratorAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            SELECT COUNT(*) FROM Person p JOIN PersonScope s ON s.PersonId = p.Id JOIN Place o ON o.Id = s.PlaceId
            WHERE p.Id <> @id AND p.Role = @role AND p.DisabledAt IS NULL AND p.PasswordHash <> '' AND o.ParentId IS NULL
              AND NOT EXISTS (SELECT 1 FROM PersonGroup n WHERE n.PersonId = p.Id)
            """,
            new { id, role = Roles.Administrator }, cancellationToken: cancel)) > 0;
    }

    /// <summary>What has to be there before a transaction in which somebody is written.</summary>
    public Task PrepareAsync(CancellationToken cancel) => lookUps.ReadyAsync(cancel);

    /// <summary>Writes a person within the caller's transaction, which is serializable. A new one has no password yet. Sessions begun before end.</summary>
    /// <returns>False where the address is somebody else's: then nothing was written.</returns>
    public async Task<bool> WriteAsync(DbConnection connection, DbTransaction transaction, StaffMember person, bool isNew, CancellationToken cancel)
    {
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        if (await People.IsTakenAsync(connection, transaction, keys, person.Email, person.Id, cancel))
        {
            return false;
        }

        var row = new
        {
            person.Id, emailHash = keys.Hash(person.Email), person.Role, disabled = person.Disabled,
            EmailSecret = secrets.Protect(SecretKind.Name, person.Email),
            NameSecret = secrets.Protect(SecretKind.Name, person.Name),
            stamp = RandomNumberGenerator.GetHexString(32, lowercase: true),
            isDemo = false,
        };
        await RunAsync(
            isNew
                ? "INSERT INTO Person (Id, EmailHash, EmailSecret, NameSecret, Role, PasswordHash, SecurityStamp, IsDemo) VALUES (@Id, @emailHash, @EmailSecret, @NameSecret, @Role, '', @stamp, @isDemo)"
                : "UPDATE Person SET EmailHash = @emailHash, EmailSecret = @EmailSecret, NameSecret = @NameSecret, Role = @Role, DisabledAt = @disabled, SecurityStamp = @stamp WHERE Id = @Id",
            row);
        await RunAsync("DELETE FROM PersonScope WHERE PersonId = @Id", row);
        await RunAsync("INSERT INTO PersonScope (PersonId, PlaceId) VALUES (@Id, @place)", person.Places.Select(place => new { person.Id, place }));
        await RunAsync("DELETE FROM PersonGroup WHERE PersonId = @Id", row);
        await RunAsync("INSERT INTO PersonGroup (PersonId, GroupId) VALUES (@Id, @group)", person.Groups.Select(group => new { person.Id, group }));
        return true;

        Task RunAsync(string sql, object values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    /// <summary>Takes a person away who never did anything; a constraint refuses where they did.</summary>
    public static async Task RemoveAsync(DbConnection connection, DbTransaction transaction, Guid id, CancellationToken cancel)
    {
        foreach (var sql in (string[])["DELETE FROM Invitation WHERE PersonId = @id", "DELETE FROM PersonScope WHERE PersonId = @id", "DELETE FROM PersonGroup WHERE PersonId = @id", "DELETE FROM Person WHERE Id = @id"])
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, new { id }, transaction, cancellationToken: cancel));
        }
    }

    private async Task<IReadOnlyList<StaffMember>> ReadAsync(string where, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var scopes = (await connection.QueryAsync<ScopeRow>(new CommandDefinition(
            $"SELECT s.PersonId, s.PlaceId FROM PersonScope s JOIN Person p ON p.Id = s.PersonId WHERE {where}", values, cancellationToken: cancel))).ToLookup(s => s.PersonId, s => s.PlaceId);
        var groups = (await connection.QueryAsync<GroupRow>(new CommandDefinition(
            $"SELECT g.PersonId, g.GroupId FROM PersonGroup g JOIN Person p ON p.Id = g.PersonId WHERE {where}", values, cancellationToken: cancel))).ToLookup(g => g.PersonId, g => g.GroupId);
        var rows = await connection.QueryAsync<StaffRow>(new CommandDefinition($"SELECT {Columns} FROM Person p WHERE {where}", values, cancellationToken: cancel));
        return [.. rows
            .Select(r => new StaffMember(r.Id, names.Open(r.NameSecret), names.Open(r.EmailSecret), r.Role, [.. scopes[r.Id]], r.DisabledAt, r.HasPassword == 1) { Groups = [.. groups[r.Id]] })
            .OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id)];
    }

    private sealed record StaffRow
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public byte[] EmailSecret { get; init; } = [];

        public string Role { get; init; } = "";

        public DateTimeOffset? DisabledAt { get; init; }

        public int HasPassword { get; init; }
    }

    private sealed record GroupRow
    {
        public Guid PersonId { get; init; }

        public Guid GroupId { get; init; }
    }

    private sealed record ScopeRow
    {
        public Guid PersonId { get; init; }

        public Guid PlaceId { get; init; }
    }
}
