using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Founding;

/// <summary>Makes the organisation and its first administrator, both or neither, once.</summary>
internal sealed class Founder(IDatabase database, People people, ClientStore clients, TimeProvider time)
{
    /// <summary>Fewer people than this are hidden in outcomes, until an organisation chooses otherwise.</summary>
    private const int SmallestGroup = 5;

    /// <summary>The organisation, where there is one already (filled from elsewhere); null on an empty database.</summary>
    public async Task<Place?> OrganisationAsync(CancellationToken cancel) => (await clients.PlacesAsync(cancel)).FirstOrDefault(p => p.ParentId is null);

    /// <summary>Founds it.</summary>
    /// <returns>False where somebody was first; nothing is changed then.</returns>
    public async Task<bool> FoundAsync(string organisation, string name, string email, string password, CancellationToken cancel)
    {
        await people.PrepareAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Person", transaction: transaction, cancellationToken: cancel)) > 0)
        {
            return false;
        }

        var root = await connection.QueryFirstOrDefaultAsync<Root>(new CommandDefinition("SELECT Id FROM Place WHERE ParentId IS NULL", transaction: transaction, cancellationToken: cancel));
        var id = root?.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        if (root is null)
        {
            await ClientStore.AddPlaceAsync(connection, transaction, new Place(id, null, "organisation", organisation, SmallestGroup), cancel);
        }

        await people.AddAsync(connection, transaction, new NewPerson(Guid.CreateVersion7(time.GetUtcNow()), email, name, Roles.Administrator, password, false, [id]), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private sealed record Root
    {
        public Guid Id { get; init; }
    }
}
