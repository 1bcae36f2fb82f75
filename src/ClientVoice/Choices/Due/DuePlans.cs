using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Choices.Due;

/// <summary>Keeps decisions about next conversations: rows are added, the newest counts.</summary>
internal sealed class DuePlans(IDatabase database, Secrets secrets, TimeProvider time)
{
    // The newest of each client and choice: of two in one moment the one with the later id.
    private const string Newest =
        """
        SELECT d.Id, d.ClientId, d.ChoiceId, d.PersonId, d.PostponedOn, d.Reason, d.ReasonSecret, d.MadeAt
        FROM DuePlan d
        JOIN Client c ON c.Id = d.ClientId
        WHERE NOT EXISTS (SELECT 1 FROM DuePlan n WHERE n.ClientId = d.ClientId AND n.ChoiceId = d.ChoiceId AND (n.MadeAt > d.MadeAt OR (n.MadeAt = d.MadeAt AND n.Id > d.Id)))
        """;

    private static readonly string NewestInScope = $"{Newest} AND {ScopeSql.Of("c", "@person")}";

    /// <summary>The decisions that count, for the clients in a person's scope.</summary>
    public async Task<IReadOnlyDictionary<(Guid Client, Guid Choice), DuePlan>> OfScopeAsync(Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<PlanRow>(new CommandDefinition(NewestInScope, new { person }, cancellationToken: cancel)))
            .Select(row => Open(row, secrets, time)).ToDictionary(plan => (plan.ClientId, plan.ChoiceId));
    }

    /// <summary>The decisions that count for these clients, within the caller's transaction; their words stay closed.</summary>
    public async Task<IReadOnlyList<DuePlan>> OfClientsAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> clients, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<PlanRow>(new CommandDefinition($"{Newest} AND d.ClientId IN @clients", new { clients }, transaction, cancellationToken: cancel))).Select(row => Open(row, null, time))];

    /// <summary>A decision as it is kept, opened.</summary>
    /// <param name="secrets">Null: its words stay closed.</param>
    public static DuePlan Open(PlanRow row, Secrets? secrets, TimeProvider time) => new(
        row.ClientId, row.ChoiceId, row.PersonId, row.PostponedOn, row.Reason, row.ReasonSecret is null ? null : secrets?.Open(SecretKind.Words, row.ReasonSecret),
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(row.MadeAt, time.LocalTimeZone).DateTime)) { Id = row.Id };

    /// <summary>Keeps a decision; an empty one goes back to the rhythm.</summary>
    public async Task KeepAsync(DuePlan plan, Guid madeBy, CancellationToken cancel)
    {
        var about = await secrets.ForAsync(plan.ClientId, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO DuePlan (Id, ClientId, ChoiceId, PersonId, PostponedOn, Reason, ReasonSecret, MadeBy, MadeAt)
            VALUES (@id, @ClientId, @ChoiceId, @PersonId, @PostponedOn, @Reason, @secret, @madeBy, @now)
            """,
            new
            {
                id = Guid.CreateVersion7(time.GetUtcNow()), plan.ClientId, plan.ChoiceId, plan.PersonId, plan.PostponedOn, plan.Reason, madeBy, now = time.GetUtcNow(),
                secret = about.ProtectOrNull(SecretKind.Words, plan.Words),
            },
            transaction, cancellationToken: cancel));
        await ClientChanges.MarkAsync(connection, transaction, [plan.ClientId], cancel);
        await transaction.CommitAsync(cancel);
    }
}

/// <summary>A decision as it is kept.</summary>
internal sealed record PlanRow
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public Guid ChoiceId { get; init; }

    public Guid? PersonId { get; init; }

    public DateOnly? PostponedOn { get; init; }

    public string? Reason { get; init; }

    public byte[]? ReasonSecret { get; init; }

    public DateTimeOffset MadeAt { get; init; }
}
