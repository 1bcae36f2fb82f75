// The options of a cell's distribution are most of what is published, and all of them change with one person more. They are written with their cell's row
// and stand as long as it does, beside each other: nothing of theirs has to be ended, found or compared. What they say is in the row as a hash.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The rows of distributions.</summary>
internal static class CellOptions
{
    public const string Table = "CellOption";

    /// <summary>What publications show of it.</summary>
    public const string View = "PublishedDistribution";

    /// <summary>As they are published, without ids.</summary>
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "MeasureId", "OptionCode", "OptionTextNl", "OptionTextEn", "Position", "People", "Share",
        "ShareLow", "ShareHigh", "FiguresOf", "Suppressed", "SuppressionReason",
    ];

    /// <summary>As they are stored: what is the same for all of a cell is in its row.</summary>
    public static readonly string[] Stored = ["Id", "FromPublication", "CellId", "OptionCode", "OptionTextNl", "OptionTextEn", "People", "Share", "ShareLow", "ShareHigh"];

    private const int CodeAt = 6;
    private const int PositionAt = 9;
    private const int PeopleAt = 10;
    private const int FiguresOfAt = 14;

    private static readonly int FirstAt = KeptTable.At(PublishedCell.Columns, "FirstOption");
    private static readonly int CountAt = KeptTable.At(PublishedCell.Columns, "Options");
    private static readonly int HashAt = KeptTable.At(PublishedCell.Columns, "OptionsHash");
    private static readonly int ScoredAt = KeptTable.At(PublishedCell.Columns, "Scored");

    /// <summary>How many a cell has.</summary>
    public static int Count(object?[] cell) => (int)cell[CountAt]!;

    /// <summary>The sum of their hashes; null where there are none.</summary>
    public static byte[]? Hash(object?[] cell) => (byte[]?)cell[HashAt];

    /// <summary>Whether a cell has figures beside its distribution.</summary>
    public static bool IsScored(object?[] cell) => cell[ScoredAt] is true;

    /// <summary>Says in the row of a cell which options it has.</summary>
    /// <param name="hash">To work with: what it has is lost.</param>
    public static void Say(object?[] cell, IReadOnlyList<object?[]> options, RowsHash hash)
    {
        cell[CountAt] = Boxed.Of(options.Count);
        cell[HashAt] = options.Count == 0 ? null : HashOf(options, hash);
    }

    /// <summary>A cell that goes on with as many options goes on with their ids.</summary>
    public static void KeepIds(object?[] cell, object?[] before)
    {
        if (Count(cell) == Count(before))
        {
            cell[FirstAt] = before[FirstAt];
        }
    }

    /// <summary>The rows to write with the row of a cell.</summary>
    /// <param name="lastId">The highest that is taken; a cell whose options have none yet takes the next.</param>
    public static IReadOnlyList<object?[]> Store(object?[] cell, long id, int from, IReadOnlyList<object?[]> options, ref long lastId)
    {
        if (options.Count > 0 && cell[FirstAt] is null)
        {
            cell[FirstAt] = (int)lastId + 1;
            lastId += options.Count;
        }

        var (first, rows, of, publication) = ((int?)cell[FirstAt] ?? 0, new object?[options.Count][], (object)id, (object)from);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [(long)first + i, publication, of, .. options[i].AsSpan(CodeAt..PositionAt), .. options[i].AsSpan(PeopleAt..FiguresOfAt)];
        }

        return rows;
    }

    /// <summary>Works out the hashes that an upgrade left open: SQL has none.</summary>
    public static async Task HashAsync(DbConnection connection, SqlDialect dialect, AggregationTurn turn, int together, CancellationToken cancel)
    {
        for (var left = true; left;)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            var hashes = await OpenAsync(connection, dialect, transaction, together, cancel);
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE KeptCell SET OptionsHash = @Hash WHERE Id = @Id AND UntilPublication >= 2147483647", hashes.Select(h => new { h.Id, h.Hash }), transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
            left = hashes.Count > 0;
        }
    }

    private static async Task<IReadOnlyList<(long Id, byte[] Hash)>> OpenAsync(DbConnection connection, SqlDialect dialect, DbTransaction transaction, int together, CancellationToken cancel)
    {
        var options = new List<(long Cell, object?[] Row)>();
        using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(
            $"""
            SELECT k.Id, b.PeriodId, b.PlaceId, b.ClientGroupId, b.InstrumentId, b.Perspective, k.MeasureId, o.OptionCode, o.OptionTextNl, o.OptionTextEn, o.Id - k.FirstOption AS Position,
              o.People, o.Share, o.ShareLow, o.ShareHigh, k.FiguresOf, k.Suppressed, k.SuppressionReason
            FROM (
              SELECT Id, FromPublication, BlockId, MeasureId, FirstOption, Options, FiguresOf, Suppressed, SuppressionReason FROM KeptCell WHERE OptionsHash IS NULL AND Options > 0
              ORDER BY Id{dialect.Page("@skip", "@take")}) k
            CROSS JOIN CellOption o
            JOIN OutcomeBlock b ON b.Id = k.BlockId
            WHERE o.Id >= k.FirstOption AND o.Id < k.FirstOption + k.Options AND o.FromPublication = k.FromPublication
            ORDER BY k.Id, o.Id
            """,
            new { skip = 0, take = together }, transaction, 600, cancellationToken: cancel));
        while (await rows.ReadAsync(cancel))
        {
            options.Add((rows.Whole(0), [
                rows.Text(1), rows.Id(2), rows.Id(3), rows.Text(4), rows.Text(5), rows.Text(6), rows.Text(7), rows.Text(8), rows.Text(9), rows.Whole(10),
                rows.IsNull(11) ? null : rows.Whole(11), rows.NumberOrNull(12), rows.NumberOrNull(13), rows.NumberOrNull(14), rows.IsNull(15) ? null : rows.Whole(15), rows.Flag(16), rows.TextOrNull(17),
            ]));
        }

        var hash = new RowsHash();
        return [.. options.GroupBy(o => o.Cell).Select(cell => (cell.Key, HashOf(cell.Select(o => o.Row), hash)))];
    }

    private static byte[] HashOf(IEnumerable<object?[]> options, RowsHash hash)
    {
        hash.Clear();
        foreach (var row in options)
        {
            hash.Add(View, row);
        }

        return hash.ToBytes();
    }
}
