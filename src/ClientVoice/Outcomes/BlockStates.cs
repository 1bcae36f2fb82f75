// Which cells were ever shown, or hidden for their own sake, and with what in them: what the proof of hiding looks back at. A run that counts a thousand
// conversations shows twenty thousand cells anew, for ever: one row for a block and a publication, and in it a bit for each measure.
using System.Data.Common;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The cells that were ever shown, or hidden for their own sake.</summary>
internal static class BlockStates
{
    public const string Table = "BlockState";

    public static readonly string[] Columns = ["BlockId", "Through", "Publication", "Shown", "LeftOutMarked", "Measures"];

    /// <summary>Of one block in one publication.</summary>
    /// <param name="through">The last change that was in them.</param>
    /// <param name="shown">Their figures were shown; otherwise they were hidden for their own sake.</param>
    /// <param name="leftOutMarked">Marked conversations did not count.</param>
    /// <param name="measures">By their place in the sheet.</param>
    public static object?[] Row(int block, long through, int publication, bool shown, bool leftOutMarked, IReadOnlyCollection<int> measures)
    {
        var bits = new byte[(measures.Max() / 8) + 1];
        foreach (var measure in measures)
        {
            bits[measure / 8] |= (byte)(1 << (measure % 8));
        }

        return [block, through, publication, shown, leftOutMarked, bits];
    }

    /// <summary>Every one of a family; measures that the sheet does not know are left out.</summary>
    /// <returns>In an order that does not hang on how blocks are numbered.</returns>
    public static async Task<IReadOnlyList<CountedCell>> OfAsync(DbConnection connection, DbTransaction transaction, OutcomeFamily family, MeasureSheet sheet, CancellationToken cancel)
    {
        var states = new List<CountedCell>();
        using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(
            """
            SELECT b.PeriodId, b.PlaceId, s.Through, s.LeftOutMarked, s.Shown, s.Measures FROM OutcomeBlock b JOIN BlockState s ON s.BlockId = b.Id
            WHERE b.ClientGroupId = @Group AND b.InstrumentId = @Instrument AND b.Perspective = @Perspective
            """,
            new { family.Group, family.Instrument, family.Perspective }, transaction, 300, cancellationToken: cancel));
        while (await rows.ReadAsync(cancel))
        {
            var bits = rows.Binary(5);
            for (var measure = 0; measure < Math.Min(bits.Length * 8, sheet.All.Count); measure++)
            {
                if ((bits[measure / 8] & (1 << (measure % 8))) != 0)
                {
                    states.Add(new CountedCell(rows.Text(0), rows.Id(1), measure, rows.Whole(2), rows.Flag(3), rows.Flag(4)));
                }
            }
        }

        return [.. states.OrderBy(s => s.Period, StringComparer.Ordinal).ThenBy(s => s.Place).ThenBy(s => s.Measure).ThenBy(s => s.Through).ThenBy(s => s.Shown)];
    }

    /// <summary>Brings over what an upgrade left in the shape of before, a row for each measure: SQL does not know their places. Instruments that are not known wait.</summary>
    public static async Task BringOverAsync(DbConnection connection, AggregationTurn turn, IReadOnlyDictionary<string, MeasureSheet> sheets, CancellationToken cancel)
    {
        // There may be millions: a family's of one period are held at once.
        foreach (var (group, instrument, perspective, period) in (await connection.QueryAsync<(Guid, string, string, string)>(new CommandDefinition(
            "SELECT DISTINCT GroupId, InstrumentId, Perspective, PeriodId FROM PublishedState", commandTimeout: 600, cancellationToken: cancel))).ToList())
        {
            if (sheets.GetValueOrDefault(instrument) is { } sheet)
            {
                await BringOverAsync(connection, turn, OutcomeFamily.Of(group, instrument, perspective), period, sheet, cancel);
            }
        }
    }

    private static async Task BringOverAsync(DbConnection connection, AggregationTurn turn, OutcomeFamily family, string period, MeasureSheet sheet, CancellationToken cancel)
    {
        const string ofPeriod = "FROM PublishedState WHERE GroupId = @Group AND InstrumentId = @Instrument AND Perspective = @Perspective AND PeriodId = @period";
        var measures = sheet.All.ToDictionary(m => m.Id, m => m.Index);
        var values = new { family.Group, family.Instrument, family.Perspective, period };
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await turn.RenewAsync(connection, transaction, cancel);
        var blocks = new BlockNumbers(connection, transaction);
        var rows = new List<object?[]>();
        foreach (var state in (await connection.QueryAsync<StateRow>(new CommandDefinition($"SELECT PlaceId, MeasureId, Through, Shown, LeftOutMarked {ofPeriod}", values, transaction, 600, cancellationToken: cancel)))
            .Where(s => measures.ContainsKey(s.MeasureId)).GroupBy(s => (s.PlaceId, s.Through, s.Shown, s.LeftOutMarked)))
        {
            var block = await blocks.NumberAsync([period, state.Key.PlaceId, family.Group, family.Instrument, family.Perspective], cancel);
            rows.Add(Row(block, state.Key.Through, 0, state.Key.Shown, state.Key.LeftOutMarked, [.. state.Select(s => measures[s.MeasureId])]));
        }

        await Rows.InsertAsync(connection, transaction, "OutcomeBlock", BlockNumbers.Columns, blocks.TakeAdded(), cancel);
        await Rows.InsertAsync(connection, transaction, Table, Columns, rows, cancel);
        await connection.ExecuteAsync(new CommandDefinition($"DELETE {ofPeriod}", values, transaction, 600, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    private sealed record StateRow
    {
        public Guid PlaceId { get; init; }

        public string MeasureId { get; init; } = "";

        public long Through { get; init; }

        public bool Shown { get; init; }

        public bool LeftOutMarked { get; init; }
    }
}
