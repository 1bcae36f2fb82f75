using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Import;

// A list without headings has a client in its first row: what is kept as a heading is its keyed hash.
/// <summary>Remembers which column holds what: a client record system gives its lists the same headings every month.</summary>
internal sealed class ImportColumns(IDatabase database, ServiceKeys keys)
{
    /// <summary>What each heading held the last time; where it was never seen, what its name says. Null: passed over.</summary>
    public async Task<IReadOnlyList<ImportField?>> SuggestAsync(IReadOnlyList<string> headings, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var remembered = (await connection.QueryAsync<ColumnRow>(new CommandDefinition("SELECT Heading, Field FROM ImportColumn", cancellationToken: cancel)))
            .ToDictionary(r => r.Heading, r => r.Field);
        var suggested = new List<ImportField?>();
        foreach (var heading in headings)
        {
            var field = remembered.TryGetValue(await KeyAsync(heading, cancel), out var code) ? ImportField.All.FirstOrDefault(f => f.Code == code) : ImportField.ByHeading(heading);
            // Of two headings that sound alike the first has it; a person can say otherwise.
            suggested.Add(field is not null && suggested.Contains(field) ? null : field);
        }

        return suggested;
    }

    /// <summary>Keeps what each heading held this time.</summary>
    public async Task RememberAsync(IReadOnlyList<string> headings, IReadOnlyList<ImportField?> fields, CancellationToken cancel)
    {
        // Before the transaction: the first hash of a service makes a key, and SQLite has one writer.
        var rows = new Dictionary<string, string>();
        foreach (var (heading, field) in headings.Zip(fields).Where(c => c.First.Length > 0))
        {
            rows.TryAdd(await KeyAsync(heading, cancel), field?.Code ?? "");
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        foreach (var (hash, field) in rows)
        {
            if (await RunAsync("UPDATE ImportColumn SET Field = @field WHERE Heading = @hash", hash, field) == 0)
            {
                await RunAsync("INSERT INTO ImportColumn (Heading, Field) VALUES (@hash, @field)", hash, field);
            }
        }

        await transaction.CommitAsync(cancel);

        Task<int> RunAsync(string sql, string hash, string field) => connection.ExecuteAsync(new CommandDefinition(sql, new { hash, field }, transaction, cancellationToken: cancel));
    }

    private Task<string> KeyAsync(string heading, CancellationToken cancel) => keys.HashAsync(ImportField.Plain(heading), cancel);

    private sealed record ColumnRow
    {
        public string Heading { get; init; } = "";

        public string Field { get; init; } = "";
    }
}
