using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Choices.Due;

/// <summary>Keeps decisions about next conversations: rows are added, the newest counts.</summary>
internal sealed class DuePlans(IDatabase database, Secrets secrets, TimeProvider time)
{
    // The newest of each client and choice.
    private static readonly string Newest =
        $"""
        SELECT d.ClientId, d.ChoiceId, d.PersonId, d.PostponedOn, d.Reason, d.ReasonSecret, d.MadeAt
        FROM DuePlan d
        JOIN Client c ON c.Id = d.ClientId
        WHERE {ScopeSql.Of("c", "@person")}
          AND NOT EXISTS (SELECT 1 FROM DuePlan n WHERE n.ClientId = d.ClientId AND n.ChoiceId = d.ChoiceId AND n.MadeAt > d.MadeAt)
        """;

    /// <summary>The decisions that count, for the clients in a person's scope.</summary>
    public async Task<IReadOnlyDictionary<(Guid Client, Guid Choice), DuePlan>> OfScopeAsync(Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var plans = new Dictionary<(Guid, Guid), DuePlan>();
        foreach (var r in await connection.QueryAsync<PlanRow>(new CommandDefinition(Newest, new { person }, cancellationToken: cancel)))
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(r.MadeAt, time.LocalTimeZone).DateTime);
            plans[(r.ClientId, r.ChoiceId)] = new DuePlan(
                r.ClientId, r.ChoiceId, r.PersonId, r.PostponedOn, r.Reason, r.ReasonSecret is null ? null : secrets.Open(SecretKind.Words, r.ReasonSecret), day);
        }

        return plans;
    }

    /// <summary>Keeps a decision; an empty one goes back to the rhythm.</summary>
    public async Task KeepAsync(DuePlan plan, Guid madeBy, CancellationToken cancel)
    {
        var about = await secrets.ForAsync(plan.ClientId, cancel);
        await using var connection = await database.OpenAsync(cancel);
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
            cancellationToken: cancel));
    }

    private sealed record PlanRow
    {
        public Guid ClientId { get; init; }

        public Guid ChoiceId { get; init; }

        public Guid? PersonId { get; init; }

        public DateOnly? PostponedOn { get; init; }

        public string? Reason { get; init; }

        public byte[]? ReasonSecret { get; init; }

        public DateTimeOffset MadeAt { get; init; }
    }
}
