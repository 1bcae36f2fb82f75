// How publications share rows. A row stands from one publication until another; what a publication shows is what stands at
// its number (the views Published...). So a new publication writes what is different and nothing else, and a reader of the
// one before goes on seeing that one.
using System.Data.Common;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>A table of rows that publications share.</summary>
/// <param name="View">What publications show of it; null where they show nothing.</param>
/// <param name="Columns">Without id and publications; the first five are period, place, group, instrument and perspective, which are kept as a block's number.</param>
/// <param name="Keys">How many of the first columns tell its rows apart.</param>
/// <param name="Internals">How many of the last columns are the service's own, and no part of what is published.</param>
internal sealed record KeptTable(string Name, string? View, IReadOnlyList<string> Columns, int Keys, int Internals)
{
    /// <summary>Until which publication a row stands that still does.</summary>
    public const int Standing = int.MaxValue;

    /// <summary>What is shown of a measure in a block: its figures, where it has scores, and of its distribution how many options there are (<see cref="CellOptions"/>).</summary>
    public static readonly KeptTable Cells = new("KeptCell", "PublishedOutcome", PublishedCell.Columns, 6, 5);

    public static readonly KeptTable Participation = new("KeptResponse", "PublishedParticipation", ParticipationRows.Columns, 5, 0);

    public static readonly KeptTable FollowUp = new("KeptAgreement", "PublishedFollowUp", FollowUpWork.Columns, 5, 0);

    /// <summary>What is counted, before hiding: no part of what is published.</summary>
    public static readonly KeptTable Blocks = new("KeptCount", null, ["PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "About", "Counted", "News", "Standing"], 6, 9);

    public static readonly IReadOnlyList<KeptTable> All = [Cells, Participation, FollowUp, Blocks];

    /// <summary>How many of the first columns a block's number stands for.</summary>
    public const int OfBlock = 5;

    public bool IsPublished => View is not null;

    /// <summary>The columns as they are stored.</summary>
    public IReadOnlyList<string> Stored { get; } = ["Id", "FromPublication", "UntilPublication", "BlockId", .. Columns.Skip(OfBlock)];

    /// <summary>A row as it is stored.</summary>
    public static object?[] Store(long id, int from, int block, object?[] row) => [id, from, Standing, block, .. row.AsSpan(OfBlock)];

    /// <summary>The place of the column that says whether a row is hidden.</summary>
    public int SuppressedAt { get; } = At(Columns, "Suppressed");

    /// <summary>What tells a row apart from the others.</summary>
    public KeptKey Key(object?[] row) => new(
        (string)row[0]!, (Guid)row[1]!, (Guid)row[2]!, (string)row[3]!, (string)row[4]!, Keys > OfBlock ? (string)row[OfBlock]! : null);

    /// <summary>The place of a column.</summary>
    public static int At(IReadOnlyList<string> columns, string column) => columns.ToList().IndexOf(column);
}

/// <summary>What tells a row of a table apart from the others there.</summary>
/// <param name="What">Of what it is in its block: a measure, or what is counted; null where a block has one row.</param>
internal readonly record struct KeptKey(string Period, Guid Place, Guid Group, string Instrument, string Perspective, string? What)
{
    // The others are the same for all rows that are held against each other: a run asks this for tens of thousands.
    public override int GetHashCode() => HashCode.Combine(Period, Place, What);
}

/// <summary>A row as it stands.</summary>
/// <param name="Id">Of its cell.</param>
internal sealed record KeptRow(long Id, object?[] Values);

/// <summary>Reads what stands, within one moment.</summary>
internal sealed class KeptRows(DbConnection connection, DbTransaction transaction, BlockNumbers blocks)
{
    private const string OfFamily = "b.ClientGroupId = @Group AND b.InstrumentId = @Instrument AND b.Perspective = @Perspective AND k.UntilPublication >= 2147483647";

    private const int Seconds = 600;

    // SQLite has neither flags nor uuids: what a column holds is said here, once for both. What is not named is as the database has it.
    private static readonly Dictionary<string, Func<ManyRows, int, object>> Readers = new (string[] Columns, Func<ManyRows, int, object> Read)[]
    {
        (["Respondents", "PassedOver", "NotGood", "WantChange", "NotGoodWantChange", "FiguresOf", "FirstOption", "Options", "People", "Invited", "Held", "Anonymous", "Refused", "Stopped", "NotReached", "Marked", "Made", "Done", "NotDone", "StillOpen", "ToldBack"], (row, at) => Boxed.Of((int)row.Whole(at))),
        (["ShownThrough"], (row, at) => row.Whole(at)),
        (["Suppressed", "AnonymousSuppressed", "Scored"], (row, at) => Boxed.Of(row.Flag(at))),
        (["Counted", "News", "Standing", "OptionsHash"], (row, at) => row.Binary(at)),
    }.SelectMany(r => r.Columns, (r, column) => (column, r.Read)).ToDictionary(r => r.column, r => r.Read);

    /// <summary>The families that have rows or counts.</summary>
    public async Task<IReadOnlyList<OutcomeFamily>> FamiliesAsync(CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(Guid Group, string Instrument, string Perspective)>(new CommandDefinition(
            "SELECT DISTINCT b.ClientGroupId, b.InstrumentId, b.Perspective FROM OutcomeBlock b WHERE "
                + string.Join(" OR ", KeptTable.All.Select(t => $"EXISTS (SELECT 1 FROM {t.Name} k WHERE k.BlockId = b.Id AND k.UntilPublication >= 2147483647)")),
            null, transaction, Seconds, cancellationToken: cancel));
        return [.. rows.Select(r => OutcomeFamily.Of(r.Group, r.Instrument, r.Perspective))];
    }

    /// <summary>The rows of a family in one place.</summary>
    /// <param name="periods">Those alone; null for all.</param>
    public Task<List<KeptRow>> OfPlaceAsync(KeptTable table, OutcomeFamily family, Guid place, IReadOnlyCollection<string>? periods, CancellationToken cancel) =>
        OfPlaceAsync(table, "", null, family, place, periods, cancel);

    /// <summary>What is counted of a family in one place.</summary>
    /// <param name="about">One of <see cref="CountedBlock"/>'s: what the others are about is not read.</param>
    /// <param name="periods">Those alone; null for all.</param>
    public Task<List<KeptRow>> BlocksAsync(string about, OutcomeFamily family, Guid place, IReadOnlyCollection<string>? periods, CancellationToken cancel) =>
        OfPlaceAsync(KeptTable.Blocks, " AND k.About = @about", about, family, place, periods, cancel);

    private async Task<List<KeptRow>> OfPlaceAsync(KeptTable table, string only, string? about, OutcomeFamily family, Guid place, IReadOnlyCollection<string>? periods, CancellationToken cancel)
    {
        var ofFamily = await blocks.OfAsync(family, cancel);
        var own = table.Columns.Skip(KeptTable.OfBlock).ToList();
        var sql = $"SELECT k.Id, k.BlockId, {string.Join(", ", own.Select(c => $"k.{c}"))} FROM OutcomeBlock b JOIN {table.Name} k ON k.BlockId = b.Id WHERE {OfFamily}{only} AND b.PlaceId = @place"
            + (periods is null ? "" : " AND b.PeriodId IN @periods");
        var rows = new List<KeptRow>();
        var readers = own.Select(c => Readers.GetValueOrDefault(c, (row, at) => row.Value(at)!)).ToArray();
        object group = family.Group;
        using var reader = await ManyRows.OfAsync(
            connection, new CommandDefinition(sql, new { family.Group, family.Instrument, family.Perspective, about, place, periods }, transaction, Seconds, cancellationToken: cancel));
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[table.Columns.Count];
            (values[0], values[1]) = ofFamily[(int)reader.Whole(1)];
            (values[2], values[3], values[4]) = (group, family.Instrument, family.Perspective);
            for (var i = 0; i < readers.Length; i++)
            {
                values[KeptTable.OfBlock + i] = reader.IsNull(i + 2) ? null : readers[i](reader, i + 2);
            }

            rows.Add(new KeptRow(reader.Whole(0), values));
        }

        return rows;
    }

    /// <summary>How each cell of a family stands, from the rows themselves; by measure, null where there is none.</summary>
    /// <param name="sheet">Measures that it does not know are left out, but not their blocks; null where it is no longer known.</param>
    public async Task<Dictionary<BlockKey, EarlierCell?[]>> CellsAsync(OutcomeFamily family, MeasureSheet? sheet, CancellationToken cancel)
    {
        var ofFamily = await blocks.OfAsync(family, cancel);
        var cells = new Dictionary<BlockKey, EarlierCell?[]>();
        var measures = (sheet?.All ?? []).ToDictionary(m => m.Id, m => m.Index);
        using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(
            $"SELECT k.BlockId, k.MeasureId, k.ShownThrough, k.SuppressionReason, k.Scored, k.Options FROM OutcomeBlock b JOIN KeptCell k ON k.BlockId = b.Id WHERE {OfFamily}", new { family.Group, family.Instrument, family.Perspective }, transaction, Seconds, cancellationToken: cancel));
        while (await rows.ReadAsync(cancel))
        {
            var (period, place) = ofFamily[(int)rows.Whole(0)];
            var block = new BlockKey(period, (Guid)place);
            if (!cells.TryGetValue(block, out var there))
            {
                cells[block] = there = new EarlierCell?[measures.Count];
            }

            if (measures.TryGetValue(rows.Text(1), out var measure))
            {
                there[measure] = new EarlierCell(rows.IsNull(2) ? null : rows.Whole(2), rows.TextOrNull(3), rows.Flag(4), rows.Whole(5) > 0);
            }
        }

        return cells;
    }
}
