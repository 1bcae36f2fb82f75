// Rooms above keep what follows from what is known of a client: who is due. That must never be older than what it follows from, and it
// cannot be made anew from here. So whoever changes something about a client leaves a mark in the same transaction, and whoever keeps
// what follows looks for marks before it reads. Rows are only added: a conversation that comes in never waits for somebody who reads.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients;

/// <summary>Marks of clients about whom something changed from which something else follows.</summary>
internal static class ClientChanges
{
    /// <summary>The clients with a mark, as SQL: <c>c.Id IN {Marked}</c>.</summary>
    public const string Marked = "(SELECT h.ClientId FROM ClientChange h)";

    /// <summary>Takes away what follows from a client, as SQL, before the client is: who is due (Choices keeps it), and marks.</summary>
    /// <param name="client">The name of a parameter.</param>
    public static IReadOnlyList<string> Delete(string client) =>
        [$"DELETE FROM DueLine WHERE ClientId = {client}", $"DELETE FROM DueClient WHERE ClientId = {client}", $"DELETE FROM ClientChange WHERE ClientId = {client}"];

    /// <summary>Marks clients within the caller's transaction: they who had a conversation, moved, left, take no part any more.</summary>
    public static Task MarkAsync(DbConnection connection, DbTransaction transaction, IEnumerable<Guid> clients, CancellationToken cancel) =>
        Rows.InsertAsync(connection, transaction, "ClientChange", ["ClientId"], clients.Distinct().Select(id => new object?[] { id }), cancel);

    /// <summary>The marks of clients. Read them before what they are about: a change that comes after them has a mark of its own.</summary>
    public static async Task<IReadOnlyList<long>> OfAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<string> clients, CancellationToken cancel) =>
        [.. await connection.QueryAsync<long>(new CommandDefinition("SELECT Sequence FROM ClientChange WHERE ClientId IN @clients", new { clients }, transaction, cancellationToken: cancel))];

    /// <summary>Takes these marks away, and no others: one with a lower number can still be on its way.</summary>
    public static async Task TakeAwayAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<long> marks, CancellationToken cancel)
    {
        // SQL Server takes 2,100 parameters a statement.
        foreach (var some in marks.Chunk(1_000))
        {
            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM ClientChange WHERE Sequence IN @some", new { some }, transaction, cancellationToken: cancel));
        }
    }
}
