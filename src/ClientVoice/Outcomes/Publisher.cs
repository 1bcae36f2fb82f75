// Writes a publication piece by piece, so that tablets can send in between, and shows it at once: readers see the old one
// whole or the new one whole.
using System.Data.Common;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>Writes one publication. Rows are compared with what stands, and written, while the next are made.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    // A reader that pages through a publication has until the third next one to finish.
    private const int Kept = 3;

    // A cell's own row and its options: two to a cell, where twenty questions and their domains are counted.
    private const int RowsOfCell = 3;

    private readonly DbConnection connection;
    private readonly SqlDialect dialect;
    private readonly AggregationTurn turn;
    private readonly PublicationMoment moment;
    private readonly bool whole;
    private readonly int together;
    private readonly BlockNumbers blocks;
    private readonly RowComparison comparison;
    private readonly Dictionary<KeptTable, long> lastIds;

    // Place by place there are a few rows: together they cost one write to the disk, and not one each.
    private readonly Dictionary<KeptTable, (List<long> Ends, List<object?[]> Begins)> waiting = KeptTable.All.ToDictionary(t => t, _ => (new List<long>(), new List<object?[]>()));
    private readonly List<object?[]> newBlocks = [];
    private List<object?[]> options = [];
    private long lastOption;

    // One after the other: there is one connection.
    private readonly Behind writing = new();

    private readonly Behind comparing = new();

    private Publisher(DbConnection connection, SqlDialect dialect, AggregationTurn turn, PublicationMoment moment, BlockNumbers blocks, bool whole, int together, Dictionary<KeptTable, long> lastIds, long lastOption)
    {
        this.blocks = blocks;
        this.lastOption = lastOption;
        this.lastIds = lastIds;
        this.connection = connection;
        this.dialect = dialect;
        this.turn = turn;
        this.moment = moment;
        this.whole = whole;
        this.together = together;
        comparison = new RowComparison(moment.Before, whole);
    }

    /// <summary>Makes ready, and takes away what no publication that is left has any more; of the next one nothing is written yet.</summary>
    /// <param name="connection">To write with: nobody else uses it from here on.</param>
    /// <param name="blocks">Within the moment that is counted.</param>
    /// <param name="whole">Every row is given anew, not only those of what changed.</param>
    /// <param name="together">So many rows to a transaction (<see cref="CountingLimits.RowsTogether"/>).</param>
    public static async Task<Publisher> OpenAsync(DbConnection connection, SqlDialect dialect, AggregationTurn turn, PublicationMoment moment, BlockNumbers blocks, bool whole, int together, CancellationToken cancel)
    {
        var lastIds = new Dictionary<KeptTable, long>();
        foreach (var table in KeptTable.All)
        {
            lastIds[table] = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COALESCE(MAX(Id), 0) FROM {table.Name}", cancellationToken: cancel));
        }

        var lastOption = await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COALESCE(MAX(Id), 0) FROM CellOption", cancellationToken: cancel));
        var publisher = new Publisher(connection, dialect, turn, moment, blocks, whole, together, lastIds, lastOption);
        await publisher.writing.DoAsync(() => publisher.TakeAwayAsync(KeptTable.All.Where(t => t.IsPublished), moment.Before.Number - Kept + 1, cancel));
        return publisher;
    }

    /// <summary>Notes what is shown, or hidden for its own sake, for the first time.</summary>
    public async Task StatesAsync(OutcomeFamily family, IEnumerable<(OutcomeCell Cell, bool Shown)> states, bool leftOutMarked, CancellationToken cancel)
    {
        var rows = new List<object?[]>();
        foreach (var some in states.GroupBy(s => (s.Cell.Block, s.Shown)))
        {
            var block = await blocks.NumberAsync([some.Key.Block.Period, some.Key.Block.Place, family.Group, family.Instrument, family.Perspective], cancel);
            rows.Add(BlockStates.Row(block, moment.Through, moment.Number, some.Key.Shown, leftOutMarked, [.. some.Select(s => s.Cell.Measure.Index)]));
        }

        var added = blocks.TakeAdded();
        await writing.DoAsync(async () =>
        {
            await WriteAsync("OutcomeBlock", BlockNumbers.Columns, added, cancel);
            await WriteAsync(BlockStates.Table, BlockStates.Columns, rows, cancel);
        });
    }

    /// <summary>
    /// Begins to write, with the places, groups, periods, instruments and measures that the figures refer to. A run that dies from here on leaves something to be cleared away.
    /// </summary>
    public Task BeginAsync(IReadOnlyList<Place> places, IReadOnlyList<ClientGroup> groups, IEnumerable<Period> periods, IReadOnlyList<MeasureSheet> sheets, CancellationToken cancel)
    {
        (string Table, string[] Columns, IEnumerable<object?[]> Rows)[] dimensions =
        [
            ("PublishedPlace", ["Id", "ParentId", "Kind", "Name"], places.Select(p => (object?[])[p.Id, p.ParentId, p.Kind, p.Name])),
            ("PublishedClientGroup", ["Id", "Code", "NameNl", "NameEn", "Law"], groups.Select(g => (object?[])[g.Id, g.Code, g.Name.Nl, g.Name.In("en"), g.Law])),
            ("PublishedPeriod", ["Id", "Kind", "FromOn", "UntilOn"], periods.Select(p => (object?[])[p.Id, p.Kind, p.FromOn, p.UntilOn])),
            ("PublishedInstrument", ["Id", "InstrumentId", "Version", "Kind", "TitleNl", "TitleEn"],
                sheets.Select(s => s.Instrument).Select(i => (object?[])[i.Key.ToString(), i.Key.Id, i.Key.Version, i.Kind, i.Title.Nl, i.Title.In("en")])),
            ("PublishedMeasure", ["Id", "InstrumentId", "Kind", "Code", "TextNl", "TextEn", "SharedDomain", "WishOf", "Position", "ContinuesId"],
                sheets.SelectMany(s => s.All.Select(m => (object?[])[m.Id, s.Instrument.Key.ToString(), m.Kind, m.Code, m.Text.Nl, m.Text.In("en"), m.Shared, m.WishOf, m.Index, m.Continues]))),
        ];
        // At once: each time that something is committed the disk is waited for.
        return writing.DoAsync(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            await connection.ExecuteAsync(new CommandDefinition("UPDATE AggregationTurn SET Writing = @Number WHERE Id = 1", new { moment.Number }, transaction, cancellationToken: cancel));
            foreach (var (table, columns, rows) in dimensions)
            {
                await Rows.InsertAsync(connection, transaction, table, ["Publication", .. columns], rows.Select(row => (object?[])[moment.Number, .. row]), cancel);
            }

            await transaction.CommitAsync(cancel);
        });
    }

    /// <summary>Puts rows in the place of those that stand: what is the same goes on, what is different ends here and begins here.</summary>
    public Task ReplaceAsync(KeptTable table, IReadOnlyList<KeptRow> standing, IReadOnlyList<object?[]> rows, CancellationToken cancel) => ReplaceAsync(table, standing, rows, null, cancel);

    /// <summary>The same for what is shown of measures, and their options with them.</summary>
    public Task ReplaceAsync(IReadOnlyList<KeptRow> standing, IReadOnlyList<CellRow> rows, CancellationToken cancel) => ReplaceAsync(KeptTable.Cells, standing, [.. rows.Select(r => r.Values)], rows, cancel);

    private async Task ReplaceAsync(KeptTable table, IReadOnlyList<KeptRow> standing, IReadOnlyList<object?[]> rows, IReadOnlyList<CellRow>? cells, CancellationToken cancel)
    {
        var numbers = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            numbers[i] = await blocks.NumberAsync(rows[i], cancel);
        }

        var added = blocks.TakeAdded();
        await comparing.DoAsync(() => CompareAsync(table, standing, rows, cells, numbers, added, cancel));
    }

    private async Task CompareAsync(KeptTable table, IReadOnlyList<KeptRow> standing, IReadOnlyList<object?[]> rows, IReadOnlyList<CellRow>? cells, int[] numbers, IReadOnlyList<object?[]> added, CancellationToken cancel)
    {
        comparison.SayOptions(cells ?? []);
        var (ends, begins) = comparison.Of(table, standing, rows);
        var waits = waiting[table];
        newBlocks.AddRange(added);
        waits.Ends.AddRange(ends);
        foreach (var (there, at) in begins)
        {
            var id = there ?? ++lastIds[table];
            if (cells?[at].Options is { } own)
            {
                options.AddRange(CellOptions.Store(rows[at], id, moment.Number, own, ref lastOption));
            }

            waits.Begins.Add(KeptTable.Store(id, moment.Number, numbers[at], rows[at]));
        }

        if (waits.Begins.Count + waits.Ends.Count + (cells is null ? 0 : options.Count) >= together)
        {
            await HandOverAsync(table, cancel);
        }
    }

    /// <summary>Shows it.</summary>
    /// <exception cref="InvalidOperationException">Another run was first.</exception>
    public async Task<Publication> ShowAsync(PublicationBasis basis, DateTimeOffset now, CancellationToken cancel)
    {
        await comparing.DoneAsync();
        foreach (var table in KeptTable.All)
        {
            await HandOverAsync(table, cancel);
        }

        await writing.DoneAsync();
        var publication = new Publication(moment.Number, now, comparison.Sha256, comparison.Cells, comparison.Hidden);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        await turn.RenewAsync(connection, transaction, cancel);
        await RunAsync("UPDATE Publication SET IsCurrent = 0 WHERE IsCurrent = 1", null);
        await RunAsync(
            """
            INSERT INTO Publication (Number, MadeAt, ThroughSequence, Sha256, Cells, HiddenCells, IsCurrent, LeftOutMarked, Basis, ParticipationBasis, Conversations)
            VALUES (@Number, @MadeAt, @Through, @Sha256, @Cells, @HiddenCells, 1, @LeftOutMarked, @Cell, @Participation, @Conversations)
            """,
            new
            {
                publication.Number, publication.MadeAt, moment.Through, publication.Sha256, publication.Cells, publication.HiddenCells, basis.LeftOutMarked, basis.Cell, basis.Participation, basis.Conversations,
            });
        await RunAsync("UPDATE AggregationTurn SET Writing = NULL WHERE Id = 1", null);
        await RunAsync("DELETE FROM Publication WHERE Number <= @old", new { old = moment.Number - Kept });
        foreach (var table in PublishedModel.Dimensions)
        {
            await RunAsync($"DELETE FROM {table} WHERE Publication <= @old", new { old = moment.Number - Kept });
        }

        await transaction.CommitAsync(cancel);
        // What is counted is read by the next run alone, never by who reads an earlier publication: it goes at once.
        await TakeAwayAsync(KeptTable.All.Where(t => !t.IsPublished), moment.Number, cancel);
        if (whole)
        {
            // Blocks that nothing is of any more: a place or a group that went, an instrument.
            await connection.ExecuteAsync(new CommandDefinition(
                "DELETE FROM OutcomeBlock WHERE " + string.Join(" AND ", KeptTable.All.Select(t => t.Name).Append(BlockStates.Table).Select(t => $"NOT EXISTS (SELECT 1 FROM {t} k WHERE k.BlockId = OutcomeBlock.Id)")), commandTimeout: 600, cancellationToken: cancel));
        }

        return publication;

        Task RunAsync(string sql, object? values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    // Some at a time, as they are written: a tablet's conversation waits behind each.
    private async Task TakeAwayAsync(IEnumerable<KeptTable> tables, int oldest, CancellationToken cancel)
    {
        foreach (var table in tables)
        {
            var some = new EndedRows(table, dialect, oldest, table == KeptTable.Cells ? Math.Max(1, together / RowsOfCell) : together);
            for (var gone = some.Most; gone >= some.Most;)
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                gone = await some.TakeAwayAsync(connection, transaction, cancel);
                await transaction.CommitAsync(cancel);
            }
        }
    }

    /// <summary>Waits until nothing is written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await comparing.DisposeAsync();
        await writing.DisposeAsync();
    }

    // What waits of a table, with the blocks that are new: these are written before the rows that are of them.
    private Task HandOverAsync(KeptTable table, CancellationToken cancel)
    {
        var (ends, begins) = waiting[table];
        waiting[table] = ([], []);
        List<object?[]> added = [.. newBlocks];
        newBlocks.Clear();
        var own = table == KeptTable.Cells ? options : [];
        options = table == KeptTable.Cells ? [] : options;
        return writing.DoAsync(async () =>
        {
            await WriteAsync(table, added, ends, begins, cancel);
            await WriteAsync(CellOptions.Table, CellOptions.Stored, own.OrderBy(o => (long)o[0]!), cancel);
        });
    }

    // All ends before the first beginning: a row that begins must not be ended with the one before it. The last of them and the first of the beginnings
    // mostly are all there is, and are committed together: each time the disk is waited for.
    private async Task WriteAsync(KeptTable table, IReadOnlyList<object?[]> added, List<long> ends, List<object?[]> begins, CancellationToken cancel)
    {
        await WriteAsync("OutcomeBlock", BlockNumbers.Columns, added, cancel);
        // In the order of the table: neighbours are written together.
        ends.Sort();
        begins.Sort((one, other) => ((long)one[0]!).CompareTo((long)other[0]!));
        long[][] ended = [.. ends.Chunk(together).DefaultIfEmpty([])];
        object?[][][] begun = [.. begins.Chunk(together).DefaultIfEmpty([])];
        (long[] Ends, object?[][] Begins)[] pieces = [.. ended[..^1].Select(some => (some, Array.Empty<object?[]>())), (ended[^1], begun[0]), .. begun[1..].Select(some => (Array.Empty<long>(), some))];
        foreach (var (some, others) in pieces.Where(p => p.Ends.Length + p.Begins.Length > 0))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            await Rows.EachAsync(connection, transaction, $"UPDATE {table.Name} SET UntilPublication = @value WHERE UntilPublication >= 2147483647 AND Id", moment.Number, some, cancel);
            await Rows.InsertAsync(connection, transaction, table.Name, table.Stored, others, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private async Task WriteAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        foreach (var chunk in rows.Chunk(together))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            await Rows.InsertAsync(connection, transaction, table, columns, chunk, cancel);
            await transaction.CommitAsync(cancel);
        }
    }
}

/// <summary>On what a publication rests beside its changes.</summary>
/// <param name="Cell">Of what all cells rest on (places, smallest group, year, instruments).</param>
/// <param name="Participation">Of what participation rests on beside conversations (clients, choices, the day).</param>
/// <param name="Conversations">How many there are.</param>
internal sealed record PublicationBasis(string Cell, string Participation, int Conversations, bool LeftOutMarked);
