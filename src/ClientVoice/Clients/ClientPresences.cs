using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients;

/// <summary>Reads who was in support where and since when, without names: what participation is counted from, and when clients are asked.</summary>
internal static class ClientPresences
{
    // SQLite looks every parameter up by name, one after another.
    private const int IdsTogether = 200;

    /// <summary>Every client, without names, whenever they were in support.</summary>
    public static async Task<IReadOnlyList<ClientPresence>> AllAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) => WithEvaluations(
        await ReadAsync(connection, new CommandDefinition($"SELECT {ClientPresence.Columns} FROM Client c", transaction: transaction, cancellationToken: cancel), cancel),
        await EvaluationsAsync(connection, transaction, "SELECT ClientId, EvaluatedOn FROM ClientEvaluation", null, cancel));

    /// <summary>These clients, without names.</summary>
    public static async Task<IReadOnlyList<ClientPresence>> OfAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<Guid> clients, CancellationToken cancel)
    {
        var presences = new List<ClientPresence>();
        foreach (var ids in clients.Chunk(IdsTogether).Select(IdList.Of))
        {
            presences.AddRange(WithEvaluations(
                await ReadAsync(connection, new CommandDefinition($"SELECT {ClientPresence.Columns} FROM Client c WHERE c.Id IN @ids", new { ids }, transaction, cancellationToken: cancel), cancel),
                await EvaluationsAsync(connection, transaction, "SELECT ClientId, EvaluatedOn FROM ClientEvaluation WHERE ClientId IN @ids", new { ids }, cancel)));
        }

        return presences;
    }

    /// <summary>Another text as soon as anybody is in support elsewhere, or otherwise, than before: what <see cref="AllAsync"/> tells, without telling it.</summary>
    public static async Task<string> DigestAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        using var digest = new RowDigest();
        await AddAsync("SELECT Id, PlaceId, GroupId, FromOn, UntilOn FROM Client ORDER BY Id", 5);
        await AddAsync("SELECT ClientId, ToGroupId, MovedOn FROM ClientGroupMove ORDER BY ClientId, MovedOn, Id", 3);
        await AddAsync("SELECT ClientId, EvaluatedOn FROM ClientEvaluation ORDER BY ClientId, EvaluatedOn", 2);
        return digest.ToString();

        async Task AddAsync(string sql, int columns)
        {
            using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(sql, null, transaction, 600, cancellationToken: cancel));
            while (await rows.ReadAsync(cancel))
            {
                digest.Add(rows, columns);
            }
        }
    }

    private static async Task<IReadOnlyList<ClientPresence>> ReadAsync(DbConnection connection, CommandDefinition command, CancellationToken cancel)
    {
        var presences = new List<ClientPresence>();
        using var row = await ManyRows.OfAsync(connection, command);
        while (await row.ReadAsync(cancel))
        {
            presences.Add(new ClientPresence { Id = row.Id(0), PlaceId = row.Id(1), GroupId = row.Id(2), FromOn = row.Day(3), UntilOn = row.DayOrNull(4), GroupFromOn = row.DayOrNull(5) });
        }

        return presences;
    }

    /// <summary>Days of evaluation by client, in order, as SQL asks for them.</summary>
    public static async Task<ILookup<Guid, DateOnly>> EvaluationsAsync(DbConnection connection, DbTransaction? transaction, string sql, object? values, CancellationToken cancel) =>
        (await connection.QueryAsync<EvaluationRow>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel))).OrderBy(e => e.EvaluatedOn).ToLookup(e => e.ClientId, e => e.EvaluatedOn);

    /// <summary>Clients with their days of evaluation.</summary>
    public static IReadOnlyList<ClientPresence> WithEvaluations(IEnumerable<ClientPresence> presences, ILookup<Guid, DateOnly> evaluations) =>
        [.. presences.Select(p => evaluations.Contains(p.Id) ? p with { Evaluations = [.. evaluations[p.Id]] } : p)];

    private sealed record EvaluationRow
    {
        public Guid ClientId { get; init; }

        public DateOnly EvaluatedOn { get; init; }
    }
}
