using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Import;

// A list without headings has a client in its first row: what is kept as a heading is its keyed hash.
/// <summary>Remembers which column holds what: a client record system gives its lists the same headings every month.</summary>
internal sealed class ImportColumns(IDatabase database, LookUps lookUps)
{
    /// <summary>What each heading held the last time; where it was never seen, what its name says. Null: passed over.</summary>
    public async Task<IReadOnlyList<ImportField?>> SuggestAsync(IReadOnlyList<string> headings, CancellationToken cancel)
    {
        var (keys, remembered) = await lookUps.LookAsync(async (connection, moment, keys) => (keys, (await connection.QueryAsync<ColumnRow>(new CommandDefinition(
            "SELECT Heading, Field FROM ImportColumn", transaction: moment, cancellationToken: cancel))).ToDictionary(r => r.Heading, r => r.Field)), cancel);
        var suggested = new List<ImportField?>();
        foreach (var heading in headings)
        {
            var field = keys.All(ImportField.Plain(heading)).Select(hash => remembered.GetValueOrDefault(hash)).OfType<string>().FirstOrDefault() is { } code ? ImportField.All.FirstOrDefault(f => f.Code == code) : ImportField.ByHeading(heading);
            // Of two headings that sound alike the first has it; a person can say otherwise.
            suggested.Add(field is not null && suggested.Contains(field) ? null : field);
        }

        return suggested;
    }

    /// <summary>Keeps what each heading held this time.</summary>
    public async Task RememberAsync(IReadOnlyList<string> headings, IReadOnlyList<ImportField?> fields, CancellationToken cancel)
    {
        await lookUps.ReadyAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var keys = await lookUps.InAsync(connection, transaction, cancel);
        foreach (var (heading, field) in headings.Zip(fields).Where(c => c.First.Length > 0).DistinctBy(c => ImportField.Plain(c.First)))
        {
            var values = new { hash = keys.Hash(ImportField.Plain(heading)), hashes = keys.All(ImportField.Plain(heading)), field = field?.Code ?? "" };
            if (await RunAsync("UPDATE ImportColumn SET Heading = @hash, Field = @field WHERE Heading IN @hashes", values) == 0)
            {
                await RunAsync("INSERT INTO ImportColumn (Heading, Field) VALUES (@hash, @field)", values);
            }
        }

        await transaction.CommitAsync(cancel);

        Task<int> RunAsync(string sql, object values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    private sealed record ColumnRow
    {
        public string Heading { get; init; } = "";

        public string Field { get; init; } = "";
    }
}
