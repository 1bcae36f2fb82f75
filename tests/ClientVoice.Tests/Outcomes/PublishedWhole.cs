using System.Text.Json;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <summary>What can be read of a publication, and what is kept for the next run; both without the ids of rows.</summary>
internal sealed record PublishedWhole(IReadOnlyList<string> Rows, string Head, string RowsHash, IReadOnlyList<string> Counted, IReadOnlyList<string> UnlikeRows)
{
    /// <summary>Reads the publication that is shown, and what the next run goes on from.</summary>
    public static async Task<PublishedWhole> ReadAsync(IDatabase database, IReadOnlyDictionary<string, MeasureSheet> sheets, IReadOnlyList<Guid> places)
    {
        await using var connection = await database.OpenAsync(default);
        var rows = new List<string>();
        var hash = new RowsHash();
        foreach (var (name, view, columns) in (IEnumerable<(string, string, IReadOnlyList<string>)>)[
            .. KeptTable.All.Where(t => t.IsPublished).Select(t => (t.Name, t.View!, (IReadOnlyList<string>)[.. t.Columns.SkipLast(t.Internals)])), (CellOptions.Table, CellOptions.View, CellOptions.Columns)])
        {
            await using var reader = await connection.ExecuteReaderAsync(
                $"SELECT {string.Join(", ", columns)} FROM {view} WHERE Publication = (SELECT Number FROM Publication WHERE IsCurrent = 1)");
            while (await reader.ReadAsync())
            {
                var values = columns.Select((c, i) => Value(reader, i, c)).ToArray();
                hash.Add(view, values);
                rows.Add($"{name} {JsonSerializer.Serialize(values)}");
            }
        }

        var head = await connection.QuerySingleAsync<(int, string, int, int, int)>("SELECT Number, Sha256, Cells, HiddenCells, Conversations FROM Publication WHERE IsCurrent = 1");
        var counted = (await connection.QueryAsync<(string, string, string, byte[], byte[])>(
            $"SELECT PeriodId, CAST(PlaceId AS varchar(36)) , {database.Dialect.Concat("InstrumentId", database.Dialect.Concat("Perspective", database.Dialect.Concat("About", "CAST(ClientGroupId AS varchar(36))")))}, Counted, News FROM KeptCount k JOIN OutcomeBlock b ON b.Id = k.BlockId WHERE UntilPublication = 2147483647"))
            .Select(b => $"{b.Item1} {b.Item2} {b.Item3} {Convert.ToHexString(b.Item4)} {(b.Item5.Length == 0 ? 0 : b.Item5[0])}").Order(StringComparer.Ordinal).ToList();
        return new PublishedWhole([.. rows.Order(StringComparer.Ordinal)], head.ToString(), hash.ToString(), counted,
            await KeptStanding.UnlikeRowsAsync(database, sheets, places));
    }

    private static object? Value(System.Data.Common.DbDataReader row, int at, string column) => row.IsDBNull(at) ? null
        : column is "PlaceId" or "ClientGroupId" ? row.GetValue(at) is Guid id ? id : Guid.Parse(row.GetString(at))
        : column is "Suppressed" or "AnonymousSuppressed" ? row.GetBoolean(at)
        : row.GetValue(at);
}
