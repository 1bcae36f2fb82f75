using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Register;

/// <summary>Tells the audit trail's page whom an event was about.</summary>
internal sealed class ClientSubjects(ClientRegister register, IDatabase database, OpenedNames names) : IAuditSubjects
{
    private const int Most = 10;

    public async Task<IReadOnlyList<(Guid Id, string Name, string Place)>> FindAsync(string search, Guid reader, CancellationToken cancel)
    {
        var found = await register.ListAsync(reader, new ClientFilter(null, null, ClientFilter.Everyone, search), ClientRegister.ByName, false, 0, Most, cancel);
        return [.. found.Lines.Select(line => (line.Id, line.Name, line.Place))];
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, Guid reader, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, string>();
        }

        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT c.Id, c.NameSecret FROM Client c
            WHERE c.Id IN @ids AND {ScopeSql.Of("c", "@reader")}
            """,
            new { ids = IdList.Of(ids), reader }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.Id, r => names.Open(r.NameSecret));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];
    }
}
