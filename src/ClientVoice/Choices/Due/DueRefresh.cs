// Lines of who is due are kept, so that the database can filter, sort and page them, and are never older than what they follow from:
// before somebody reads, those in the reader's scope under which something changed are made anew. What changed is found in two ways. Of
// one client (a conversation, a move, a decision, ...) there is a mark, written in the transaction of the change itself (ClientChanges).
// All else (the day, choices, the limit of a group, instruments, the program) is in the hash that a client's lines were made under
// (DueBasis.Of): whatever of it is different makes it another hash, also where nobody thought of telling.
using System.Data;
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Choices.Due;

/// <summary>Makes lines anew where something under them changed.</summary>
internal sealed class DueRefresh(IDatabase database, IPastConversations conversations, ICatalogue catalogue, DuePlans plans, TimeProvider time)
{
    /// <summary>Clients in a transaction: enough to make five thousand in ten, few enough that a conversation that comes in waits some tens of milliseconds at most.</summary>
    public const int MostTogether = 500;

    private static readonly string[] LineColumns = ["ClientId", "ChoiceId", "DueOn", "LastOn", "LeaderId", "PlanId", "IsPostponed", "NotReached", "Because", "SinceOn"];

    // Whoever is or could be on the list has a row that says from what; who is not has none.
    private const string Stale =
        $"""
        FROM Client c LEFT JOIN DueClient d ON d.ClientId = c.Id
        WHERE (c.Id IN {ClientChanges.Marked}
          OR CASE WHEN c.FromOn <= @today AND (c.UntilOn IS NULL OR c.UntilOn >= @since) THEN 1 ELSE 0 END
            <> CASE WHEN d.ClientId IS NULL THEN 0 WHEN d.GroupId = c.GroupId AND d.Basis IN @bases THEN 1 ELSE 2 END)
        """;

    private static readonly string StaleInScope = $"{Stale} AND {ScopeSql.Of("c", "@person")}";

    /// <summary>Makes anew what is to be made anew for the clients in a person's scope.</summary>
    /// <returns>Of how many clients.</returns>
    public Task<int> OfScopeAsync(Guid person, CancellationToken cancel) => RunAsync(person, cancel);

    /// <summary>The same for everybody.</summary>
    public Task<int> EverybodyAsync(CancellationToken cancel) => RunAsync(null, cancel);

    private async Task<int> RunAsync(Guid? person, CancellationToken cancel)
    {
        await using (var connection = await database.OpenAsync(cancel))
        {
            // Mostly there is nothing, and then nothing is written or waited for.
            if ((await StaleAsync(connection, null, await BasisAsync(connection, null, cancel), person, 1, cancel)).Count == 0)
            {
                return 0;
            }
        }

        for (var made = 0; ;)
        {
            // On a server another transaction can take away what this one is writing about, or be chosen over it.
            var some = await Again.WhereOneWasFirstAsync(stop => SomeAsync(person, stop), cancel);
            made += some;
            if (some < MostTogether)
            {
                return made;
            }
        }
    }

    private async Task<int> SomeAsync(Guid? person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        // One at a time: who read before a change must not write after who read it. Writers of what lines follow from do not come here.
        await connection.ExecuteAsync(new CommandDefinition("UPDATE DueTurn SET Turns = Turns + 1 WHERE Id = 1", transaction: transaction, cancellationToken: cancel));
        var basis = await BasisAsync(connection, transaction, cancel);
        var clients = await StaleAsync(connection, transaction, basis, person, MostTogether, cancel);
        if (clients.Count == 0)
        {
            return 0;
        }

        // Marks before what they are about: a change that is not in what is read now has a mark that stays.
        var marks = await ClientChanges.OfAsync(connection, transaction, clients, cancel);
        var facts = await ClientFacts.OfAsync(connection, transaction, clients, cancel);
        var past = (await conversations.OfClientsAsync(connection, transaction, clients, cancel)).ToLookup(p => p.ClientId);
        var decided = (await plans.OfClientsAsync(connection, transaction, clients, cancel)).ToLookup(p => p.ClientId);
        var lines = facts.SelectMany(client => DueFacts.Of(client, [.. past[client.Presence.Id]], decided[client.Presence.Id].ToDictionary(p => p.ChoiceId), basis)).ToList();
        await ReplaceAsync(connection, transaction, clients, facts, lines, basis, cancel);
        await ClientChanges.TakeAwayAsync(connection, transaction, marks, cancel);
        await transaction.CommitAsync(cancel);
        return clients.Count;
    }

    private static async Task ReplaceAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<string> clients, IReadOnlyList<ClientFacts> facts, IEnumerable<DueFact> lines, DueBasis basis, CancellationToken cancel)
    {
        var bases = facts.Select(f => f.Presence.GroupId).Distinct().ToDictionary(group => group, basis.Of);
        await RunAsync("DELETE FROM DueLine WHERE ClientId IN @clients");
        await RunAsync("DELETE FROM DueClient WHERE ClientId IN @clients");
        await Rows.InsertAsync(connection, transaction, "DueLine", LineColumns, lines.Select(l => new object?[]
        {
            l.ClientId, l.ChoiceId, l.DueOn, l.LastOn, l.LeaderId, l.PlanId, l.IsPostponed, DueCodes.Of(l.Why), DueCodes.Of(l.Because.Why), l.Because.Since,
        }), cancel);
        await Rows.InsertAsync(connection, transaction, "DueClient", ["ClientId", "GroupId", "Basis"], facts.Select(f => f.Presence).Where(basis.Covers)
            .Select(who => new object?[] { who.Id, who.GroupId, bases[who.GroupId] }), cancel);

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, new { clients }, transaction, cancellationToken: cancel));
    }

    private async Task<IReadOnlyList<string>> StaleAsync(DbConnection connection, DbTransaction? transaction, DueBasis basis, Guid? person, int most, CancellationToken cancel) =>
        IdList.Of(await connection.QueryAsync<Guid>(new CommandDefinition(
            $"SELECT c.Id {(person is null ? Stale : StaleInScope)} ORDER BY c.Id{database.Dialect.Page("@skip", "@most")}",
            new { person, today = basis.Today, since = basis.LeftSince, bases = basis.MostPerYear.Keys.Select(basis.Of).ToList(), skip = 0, most }, transaction, cancellationToken: cancel)));

    private async Task<DueBasis> BasisAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var limits = await connection.QueryAsync<Limit>(new CommandDefinition("SELECT Id, MostPerYear FROM ClientGroup", transaction: transaction, cancellationToken: cancel));
        return new DueBasis(
            DateOnly.FromDateTime(time.GetLocalNow().DateTime), (await ChoiceStore.AllAsync(connection, transaction, cancel)).ToLookup(c => c.GroupId),
            limits.ToDictionary(l => l.Id, l => l.MostPerYear), catalogue.Current);
    }

    private sealed record Limit
    {
        public Guid Id { get; init; }

        public int? MostPerYear { get; init; }
    }
}
