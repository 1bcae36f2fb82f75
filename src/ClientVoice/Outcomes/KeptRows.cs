// How publications share rows. A row stands from one publication until another; what a publication shows is what stands at
// its number (the views Published...). So a new publication writes what is different and nothing else, and a reader of the
// one before goes on seeing that one.
using System.Data.Common;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>A table of rows that publications share.</summary>
/// <param name="Columns">Without id and publications; the first five are period, place, group, instrument and perspective.</param>
/// <param name="Keys">How many of the first columns tell its rows apart.</param>
/// <param name="Internals">How many of the last columns are the service's own, and no part of what is published.</param>
internal sealed record KeptTable(string Name, IReadOnlyList<string> Columns, int Keys, int Internals)
{
    /// <summary>Until which publication a row stands that still does.</summary>
    public const int Standing = int.MaxValue;

    public static readonly KeptTable Outcomes = new("KeptOutcome", PublishedFigures.Columns, 6, 1);

    public static readonly KeptTable Distributions = new("KeptDistribution", PublishedOption.Columns, 7, 1);

    public static readonly KeptTable Participation = new("KeptParticipation", ParticipationRows.Columns, 5, 0);

    public static readonly KeptTable FollowUp = new("KeptFollowUp", FollowUpWork.Columns, 5, 0);

    /// <summary>What is counted, before hiding: no part of what is published.</summary>
    public static readonly KeptTable Blocks = new("KeptBlock", ["PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "About", "Counted", "News"], 6, 8);

    public static readonly IReadOnlyList<KeptTable> All = [Outcomes, Distributions, Participation, FollowUp, Blocks];

    public bool IsPublished => Internals < Columns.Count;

    /// <summary>The place of the column that says whether a row is hidden.</summary>
    public int SuppressedAt { get; } = At(Columns, "Suppressed");

    /// <summary>What tells a row apart from the others.</summary>
    public string Key(object?[] row) => string.Join('\n', row[..Keys]);

    /// <summary>The place of a column.</summary>
    public static int At(IReadOnlyList<string> columns, string column) => columns.ToList().IndexOf(column);
}

/// <summary>A row as it stands.</summary>
/// <param name="Id">Of its cell.</param>
internal sealed record KeptRow(long Id, object?[] Values);

/// <summary>Reads what stands, within one moment.</summary>
internal sealed class KeptRows(DbConnection connection, DbTransaction transaction)
{
    // Not "=": most rows stand, and an equal value would make the database think that the index on it finds few.
    private const string OfFamily = " WHERE UntilPublication >= 2147483647 AND ClientGroupId = @Group AND InstrumentId = @Instrument AND Perspective = @Perspective";

    private const int Seconds = 600;

    // SQLite has neither flags nor uuids: what a column holds is said here, once for both.
    private static readonly HashSet<string> Keys = ["PlaceId", "ClientGroupId"];
    private static readonly HashSet<string> Wholes = ["Respondents", "PassedOver", "NotGood", "WantChange", "NotGoodWantChange", "FiguresOf", "Position", "People", "Invited", "Held", "Anonymous", "Refused", "Stopped", "NotReached", "Marked", "Made", "Done", "NotDone", "StillOpen", "ToldBack"];

    /// <summary>The families that have rows or counts.</summary>
    public async Task<IReadOnlyList<OutcomeFamily>> FamiliesAsync(CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(Guid Group, string Instrument, string Perspective)>(new CommandDefinition(
            string.Join(" UNION ", KeptTable.All.Select(t =>
                $"SELECT ClientGroupId, InstrumentId, Perspective FROM {t.Name} WHERE UntilPublication >= 2147483647")),
            null, transaction, Seconds, cancellationToken: cancel));
        return [.. rows.Select(r => OutcomeFamily.Of(r.Group, r.Instrument, r.Perspective))];
    }

    /// <summary>The rows of a family in one place.</summary>
    /// <param name="periods">Those alone; null for all.</param>
    public async Task<List<KeptRow>> OfPlaceAsync(KeptTable table, OutcomeFamily family, Guid place, IReadOnlyCollection<string>? periods, CancellationToken cancel)
    {
        var sql = $"SELECT Id, {string.Join(", ", table.Columns)} FROM {table.Name}{OfFamily} AND PlaceId = @place" + (periods is null ? "" : " AND PeriodId IN @periods");
        var rows = new List<KeptRow>();
        using var reader = await ManyRows.OfAsync(
            connection, new CommandDefinition(sql, new { family.Group, family.Instrument, family.Perspective, place, periods }, transaction, Seconds, cancellationToken: cancel));
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[table.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Value(reader, i + 1, table.Columns[i]);
            }

            rows.Add(new KeptRow(reader.Whole(0), values));
        }

        return rows;
    }

    /// <summary>How each cell of a family stands, without its figures.</summary>
    /// <param name="place">That place alone; null for all.</param>
    /// <param name="periods">Those alone; null for all.</param>
    public async Task<Dictionary<(BlockKey Block, string Measure), EarlierCell>> CellsAsync(OutcomeFamily family, Guid? place, IReadOnlyCollection<string>? periods, CancellationToken cancel)
    {
        var cells = new Dictionary<(BlockKey, string), EarlierCell>();
        var some = (place is null ? "" : " AND PlaceId = @place") + (periods is null ? "" : " AND PeriodId IN @periods");
        // Questions without scores have a distribution alone; its first row stands for all.
        foreach (var from in (string[])[$"KeptOutcome{OfFamily}{some}", $"KeptDistribution{OfFamily}{some} AND Position = 0"])
        {
            using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(
                $"SELECT PeriodId, PlaceId, MeasureId, ShownThrough, SuppressionReason FROM {from}",
                new { family.Group, family.Instrument, family.Perspective, place, periods }, transaction, Seconds, cancellationToken: cancel));
            while (await rows.ReadAsync(cancel))
            {
                cells.TryAdd(
                    (new BlockKey(string.Intern(rows.Text(0)), rows.Id(1)), string.Intern(rows.Text(2))),
                    new EarlierCell(rows.IsNull(3) ? null : rows.Whole(3), rows.TextOrNull(4)));
            }
        }

        return cells;
    }

    private static object? Value(ManyRows row, int at, string column) => row.IsNull(at) ? null
        : Keys.Contains(column) ? row.Id(at)
        : Wholes.Contains(column) ? (int)row.Whole(at)
        : column switch
        {
            "ShownThrough" => row.Whole(at),
            "Suppressed" or "AnonymousSuppressed" => row.Flag(at),
            "Counted" or "News" => row.Binary(at),
            _ => row.Value(at),
        };
}
