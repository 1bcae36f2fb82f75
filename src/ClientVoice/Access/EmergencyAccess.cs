// Somebody has to know something about a client who is not at their own places: a night shift elsewhere, a client who went missing.
// They may, at once, for a few hours, to read only; they say why, and whoever guards privacy sees it.
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Access;

/// <summary>An access that runs.</summary>
internal sealed record RunningAccess(Guid Id, Guid ClientId, DateTimeOffset UntilAt);

/// <summary>Keeps access in an emergency.</summary>
internal sealed class EmergencyAccess(IDatabase database, Secrets secrets, TimeProvider time)
{
    /// <summary>A part of a shift: long enough to help, too short to look around.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(4);

    /// <summary>SQL: which clients a person (<c>@personId</c>) may read about at this moment (<c>@now</c>) outside their own places.</summary>
    public const string Clients = "SELECT e.ClientId FROM EmergencyAccess e WHERE e.PersonId = @personId AND e.UntilAt > @now";

    /// <summary>Begins access.</summary>
    /// <returns>Until when it lasts.</returns>
    public async Task<DateTimeOffset> BeginAsync(Guid personId, Guid clientId, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var about = await secrets.ForAsync(clientId, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO EmergencyAccess (Id, PersonId, ClientId, ReasonSecret, FromAt, UntilAt) VALUES (@id, @personId, @clientId, @reason, @now, @until)",
            new { id = Guid.CreateVersion7(now), personId, clientId, reason = about.Protect(SecretKind.Words, reason), now, until = now + Lasts }, cancellationToken: cancel));
        return now + Lasts;
    }

    /// <summary>Ends a person's access to a client at once.</summary>
    public async Task EndAsync(Guid personId, Guid clientId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE EmergencyAccess SET UntilAt = @now WHERE PersonId = @personId AND ClientId = @clientId AND UntilAt > @now", new { personId, clientId, now = time.GetUtcNow() }, cancellationToken: cancel));
    }

    /// <summary>What a person has at this moment; of each client the one that lasts longest.</summary>
    public async Task<IReadOnlyList<RunningAccess>> RunningAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT Id, ClientId, UntilAt FROM EmergencyAccess WHERE PersonId = @personId AND UntilAt > @now", new { personId, now = time.GetUtcNow() }, cancellationToken: cancel));
        return [.. rows.GroupBy(r => r.ClientId).Select(g => g.MaxBy(r => r.UntilAt)!).Select(r => new RunningAccess(r.Id, r.ClientId, r.UntilAt))];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid ClientId { get; init; }

        public DateTimeOffset UntilAt { get; init; }
    }
}
