using System.Data.Common;
using Dapper;

namespace ClientVoice.Clients;

/// <summary>What decides when, by whom and whether a client is asked; no name.</summary>
/// <param name="IsAsked">False where the client took that back.</param>
/// <param name="MovedOn">The day of the last move; null for who never moved.</param>
internal sealed record ClientFacts(ClientPresence Presence, Guid? RegularWorkerId, bool IsAsked, DateOnly? MovedOn)
{
    /// <summary>Reads them of some clients, within the caller's transaction.</summary>
    public static async Task<IReadOnlyList<ClientFacts>> OfAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT {ClientPresence.Columns}, c.RegularWorkerId, {ClientStore.NotAsked} AS NotAsked, (SELECT MAX(v.MovedOn) FROM ClientMove v WHERE v.ClientId = c.Id) AS MovedOn
            FROM Client c WHERE c.Id IN @ids
            """,
            new { ids }, transaction, cancellationToken: cancel));
        var evaluations = await ClientPresences.EvaluationsAsync(connection, transaction, "SELECT ClientId, EvaluatedOn FROM ClientEvaluation WHERE ClientId IN @ids", new { ids }, cancel);
        return [.. rows.Select(r => new ClientFacts(
            new ClientPresence { Id = r.Id, PlaceId = r.PlaceId, GroupId = r.GroupId, FromOn = r.FromOn, UntilOn = r.UntilOn, GroupFromOn = r.GroupFromOn, Evaluations = [.. evaluations[r.Id]] },
            r.RegularWorkerId, r.NotAsked == 0, r.MovedOn))];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid PlaceId { get; init; }

        public Guid GroupId { get; init; }

        public DateOnly FromOn { get; init; }

        public DateOnly? UntilOn { get; init; }

        public DateOnly? GroupFromOn { get; init; }

        public Guid? RegularWorkerId { get; init; }

        public int NotAsked { get; init; }

        public DateOnly? MovedOn { get; init; }
    }
}
