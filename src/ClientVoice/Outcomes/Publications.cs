using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>Which publications can be read.</summary>
internal sealed class Publications(IDatabase database) : IPublications
{
    private const string Columns = "SELECT Number, MadeAt, Sha256, Cells, HiddenCells, LeftOutMarked FROM Publication ";

    public Task<Publication?> CurrentAsync(CancellationToken cancel) => OneAsync(Columns + "WHERE IsCurrent = 1", null, cancel);

    public Task<Publication?> FindAsync(int number, CancellationToken cancel) => OneAsync(Columns + "WHERE Number = @number", new { number }, cancel);

    private async Task<Publication?> OneAsync(string sql, object? values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, values, cancellationToken: cancel));
        return row is null ? null : new Publication(row.Number, row.MadeAt, row.Sha256, row.Cells, row.HiddenCells) { LeftOutMarked = row.LeftOutMarked };
    }

    private sealed record Row
    {
        public int Number { get; init; }

        public DateTimeOffset MadeAt { get; init; }

        public string Sha256 { get; init; } = "";

        public int Cells { get; init; }

        public int HiddenCells { get; init; }

        public bool LeftOutMarked { get; init; }
    }
}
